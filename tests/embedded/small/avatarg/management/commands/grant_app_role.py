from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("role")

    def handle(self, *args, role: str, **options):
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
