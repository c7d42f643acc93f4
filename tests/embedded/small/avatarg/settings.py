"""As little of a product as the runner can start: it shows how processes live and end, and starts in a moment."""

import os
from pathlib import Path

import environ

env = environ.Env()
SECRET_KEY = env("SECRET_KEY")
DEBUG = env.bool("DEBUG")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
INSTALLED_APPS = ["django.contrib.contenttypes", "avatarg"]
DATABASES = {"default": env.db_url("DATABASE_URL")}
ROOT_URLCONF = "avatarg.urls"
USE_TZ = True
CELERY_BROKER_URL = env("REDIS_URL")
CELERY_TASK_DEFAULT_QUEUE = "standard"
CELERY_BEAT_SCHEDULE: dict = {}
MEDIA_ROOT = Path(os.environ["MEDIA_ROOT"])
