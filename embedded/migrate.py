"""The schema, up to date; on a database that has none of dj-stripe's tables, in seconds.

dj-stripe's 0002 migration has 522 operations that cost a minute of CPU. Here its tables are made at once from the
state that its migrations end in, and these are recorded as applied; tests/embedded/test_schema.py proves that both ways
end in the same schema, and that a later migration applies to it. Everything else is plain `migrate`.

    DATABASE_URL=<the owner's> python -m embedded.migrate [ROLE]    (then grants the application's role its rights)
"""

import contextlib
import io
import os
import sys
from collections.abc import Iterator

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

SLOW_APP = "djstripe"
ONE_AT_A_TIME = 4_136_201  # any number of our own, for the advisory lock


def bring_up_to_date(*, verbosity: int = 1) -> None:
    """Every migration applied. Call it as the owner of the database; a second caller waits for the first."""
    with _alone():
        if _slow_app_is_absent():
            _make_in_one_go()
        call_command("migrate", interactive=False, verbosity=verbosity)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _slow_app_is_absent() -> bool:
    if not apps.is_installed(SLOW_APP):
        return False
    tables = connection.introspection.table_names()
    recorder = MigrationRecorder(connection)
    recorded = recorder.has_table() and recorder.migration_qs.filter(app=SLOW_APP).exists()
    return not recorded and not any(table.startswith(f"{SLOW_APP}_") for table in tables)


def _make_in_one_go() -> None:
    """The rest first, for dj-stripe points to our users; its tables and its history in one transaction."""
    with _without_migrations(SLOW_APP):
        call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        with connection.schema_editor() as editor:
            for model in _models_after_all_migrations():
                editor.create_model(model)
        call_command("migrate", SLOW_APP, fake=True, interactive=False, verbosity=0)


def _models_after_all_migrations() -> list[type[Model]]:
    """As the migrations leave them, not as dj-stripe's code has them: the two differ in the keys of three tables."""
    loader = MigrationLoader(connection)
    state = loader.project_state(loader.graph.leaf_nodes(SLOW_APP))
    return [model for model in state.apps.get_app_config(SLOW_APP).get_models() if model._meta.managed]


@contextlib.contextmanager
def _without_migrations(app: str) -> Iterator[None]:
    before = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {**before, app: None}
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = before


def main(roles: list[str], *, verbosity: int = 1) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avatarg.settings")
    django.setup()
    bring_up_to_date(verbosity=verbosity)
    for role in roles:
        call_command("grant_app_role", role, stdout=sys.stdout if verbosity else io.StringIO())


if __name__ == "__main__":
    main(sys.argv[1:])
