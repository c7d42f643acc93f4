"""One settings file. What differs between places comes from the environment or `.env`; `.env.example` lists it.

It is longer than other files may be, so that all that can be set is in one place.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from avatarg import logs, reports

django_stubs_ext.monkeypatch()  # generic Django classes may name their type at run time
BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
EMBEDDED = env.bool("EMBEDDED", default=False)
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
CRON_SECRET = env("CRON_SECRET", default="")

INSTALLED_APPS = [
    "djstripe",  # before ours: its pages in the admin are replaced
    "accounts",
    "credits",
    "billing",
    "agents",
    "jobs",
    "sso",
    "support",
    "hooks",
    "notifications",
    "monitoring",
    "metrics",
    "dashboard",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "hijack",
    "operators",  # after allauth: its page of second factors in the admin is replaced
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "operators.apps.DeskConfig",  # Django's admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "avatarg.logs.told",
    "avatarg.policies.hardened",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dashboard.errors.known_host",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.languages.own_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hijack.middleware.HijackUserMiddleware",
    "operators.viewing.Guard",
    "operators.door.second_factor",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "avatarg.urls"
WSGI_APPLICATION = "avatarg.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dashboard.context.shell",
            ],
        },
    },
]

DATABASE_POOL = env.int("DATABASE_POOL", default=0)
DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL"),
        "CONN_MAX_AGE": 0 if DATABASE_POOL else env.int("CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
    },
}
if DATABASE_POOL:  # of one process; who finds no free connection waits for five seconds, then gets a 500
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "avatarg",
        "OPTIONS": {
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 1,
        },
    },
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

# Postgres is the queue of record; the broker only rings. A lost or doubled message costs nothing.
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2  # below socket_timeout: a silent broker is not tried twice, a broken socket is
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 3,  # a submit waits so long for a broker that does not answer
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "queue_order_strategy": "avatarg.queues:MostlyInOrder",
}
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_DISABLE_PREFETCH = True  # what is taken early can not be overtaken
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 270
CELERY_TASK_DEFAULT_QUEUE = "upkeep"  # what beat asks for does not wait behind a crowd of jobs
CELERY_TASK_ROUTES = {"billing.*": {"queue": "billing"}, "notifications.*": {"queue": "billing"}}
CELERY_TASK_PUBLISH_RETRY = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "jobs.sweep", "schedule": timedelta(seconds=env.int("JOBS_SWEEP_SECONDS", default=5))},
    "canary": {
        "task": "jobs.canary",
        "schedule": timedelta(seconds=15),
        "args": ("standard",),
        "options": {"queue": "standard"},
    },
    "heavy-canary": {
        "task": "jobs.canary",
        "schedule": timedelta(seconds=15),
        "args": ("heavy",),
        "options": {"queue": "standard-heavy"},
    },
    "reset-credits": {"task": "credits.reset", "schedule": timedelta(minutes=5)},
    "process-events": {"task": "billing.process_due", "schedule": timedelta(seconds=30)},
    "reread-events": {"task": "billing.reread", "schedule": timedelta(minutes=10)},
    "reconcile-subscriptions": {"task": "billing.reconcile_due", "schedule": timedelta(hours=1)},
    "purge-events": {"task": "billing.purge", "schedule": timedelta(hours=24)},
    "prune-jobs": {"task": "jobs.prune", "schedule": timedelta(hours=6)},
    "audit": {"task": "monitoring.audit", "schedule": timedelta(hours=1)},
    "notify": {"task": "notifications.notify", "schedule": timedelta(minutes=1)},
    "tell-operators": {"task": "support.tell_operators", "schedule": timedelta(minutes=1)},
    "go-on-with-campaigns": {"task": "operators.go_on", "schedule": timedelta(minutes=1)},
    "refresh-metrics": {"task": "metrics.refresh", "schedule": timedelta(minutes=5)},
    "prune-notifications": {"task": "notifications.prune", "schedule": timedelta(hours=24)},
    "deliver-webhooks": {"task": "hooks.deliver", "schedule": timedelta(seconds=5)},
    "prune-webhooks": {"task": "hooks.prune", "schedule": timedelta(hours=24)},
}

JOBS_LEASE_SECONDS = env.int("JOBS_LEASE_SECONDS", default=30)
JOBS_RING_AGAIN_SECONDS = env.int("JOBS_RING_AGAIN_SECONDS", default=15)
JOBS_KEPT_DAYS = env.int("JOBS_KEPT_DAYS", default=365)

HOOKS_ALLOW_LOOPBACK = env.bool("HOOKS_ALLOW_LOOPBACK", default=False)
if HOOKS_ALLOW_LOOPBACK and not DEBUG:
    raise ImproperlyConfigured("HOOKS_ALLOW_LOOPBACK is for a machine of one's own, with DEBUG=1: webhooks to itself.")

AUTH_USER_MODEL = "accounts.User"
FORGETS = ["support.tickets.forget_texts"]  # called with the id of a user who is anonymised, in the same transaction
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/dashboard"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "sso.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "sso.adapter.SocialAccountAdapter"
SSO_ALLOW_LOOPBACK = env.bool("SSO_ALLOW_LOOPBACK", default=False)
if SSO_ALLOW_LOOPBACK and not DEBUG:
    raise ImproperlyConfigured("SSO_ALLOW_LOOPBACK is for a machine of one's own, with DEBUG=1: a provider on itself.")

EMAIL_CONFIGURED = bool(env("EMAIL_URL", default=""))
if EMAIL_CONFIGURED:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "notifications.console.EmailBackend"
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_CONFIGURED else "none"
OPERATORS_NEED_SECOND_FACTOR = not EMBEDDED
MFA_ALLOW_UNVERIFIED_EMAIL = not EMAIL_CONFIGURED  # where nobody can confirm an address, none is
MFA_ADAPTER = "accounts.second_factor.Adapter"
MFA_TOTP_ISSUER = "Avatar G"
MFA_TOTP_TOLERANCE = 1  # clocks differ
HIJACK_PERMISSION_CHECK = "operators.viewing.may_look"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Avatar G <hello@avatarg.test>")
SUPPORT_EMAIL = env("SUPPORT_EMAIL", default="")
EMAIL_TIMEOUT = 10  # a mail server that says nothing holds nobody up for longer
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")

STRIPE_PRICES = {plan: env(f"STRIPE_PRICE_{plan}", default="") for plan in ("PRO", "PREMIUM", "ENTERPRISE")}
STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET = env("STRIPE_WEBHOOK_SECRET", default="")
STRIPE_LIVE_MODE = STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_"))
STRIPE_TEST_SECRET_KEY, STRIPE_LIVE_SECRET_KEY = (
    ("", STRIPE_SECRET_KEY) if STRIPE_LIVE_MODE else (STRIPE_SECRET_KEY, "")
)
STRIPE_API_VERSION = "2026-05-27.dahlia"  # dj-stripe 2.11 knows this one; the SDK's own is newer
STRIPE_SANDBOX = env.bool("STRIPE_SANDBOX", default=False)
STRIPE_PAGES = ["https://checkout.stripe.com", "https://billing.stripe.com"]
if STRIPE_SECRET_KEY and not STRIPE_WEBHOOK_SECRET:
    raise ImproperlyConfigured("STRIPE_SECRET_KEY without STRIPE_WEBHOOK_SECRET: anybody could send Stripe's events.")
if env("STRIPE_API_HOST", default=""):
    if not (STRIPE_SANDBOX and DEBUG and STRIPE_SECRET_KEY.startswith("sk_test_")):
        raise ImproperlyConfigured(
            "STRIPE_API_HOST is for the local sandbox: STRIPE_SANDBOX=1, DEBUG=1 and a test key."
        )
    STRIPE_API_HOST = env("STRIPE_API_HOST")
    STRIPE_PAGES = [STRIPE_API_HOST]
if STRIPE_SANDBOX:
    INSTALLED_APPS.append("stripe_sandbox")
    STRIPE_SANDBOX_WEBHOOK_URL = env("STRIPE_SANDBOX_WEBHOOK_URL", default="")
BILLING_PAGE = "/dashboard/billing"
DJSTRIPE_SUBSCRIBER_CUSTOMER_KEY = "user_id"
DJSTRIPE_FOREIGN_KEY_TO_FIELD = "id"

TEXT_MODEL = env("TEXT_MODEL", default="")
TEXT_API_KEY = env("TEXT_API_KEY", default="")
TEXT_BASE_URL = env("TEXT_BASE_URL", default="")
SPEECH_MODEL = env("SPEECH_MODEL", default="")
SPEECH_API_KEY = env("SPEECH_API_KEY", default="")
SPEECH_BASE_URL = env("SPEECH_BASE_URL", default="")
SPEECH_VOICE = env("SPEECH_VOICE", default="alloy")
IMAGE_MODEL = env("IMAGE_MODEL", default="")
IMAGE_API_KEY = env("IMAGE_API_KEY", default="")
IMAGE_BASE_URL = env("IMAGE_BASE_URL", default="")
MUSIC_URL = env("MUSIC_URL", default="")
MUSIC_API_KEY = env("MUSIC_API_KEY", default="")
MUSIC_MODEL = env("MUSIC_MODEL", default="")
VIDEO_URL = env("VIDEO_URL", default="")
VIDEO_API_KEY = env("VIDEO_API_KEY", default="")
VIDEO_MODEL = env("VIDEO_MODEL", default="")
for medium, work in (("TEXT", "write"), ("SPEECH", "speak"), ("IMAGE", "draw")):
    model, key, address = (env(f"{medium}_{name}", default="") for name in ("MODEL", "API_KEY", "BASE_URL"))
    if (key or address) and not model:
        raise ImproperlyConfigured(
            f"{medium}_API_KEY or {medium}_BASE_URL without {medium}_MODEL: which model is to {work}?"
        )
    if model and not (key or address):
        raise ImproperlyConfigured(f"{medium}_MODEL without {medium}_API_KEY or {medium}_BASE_URL: where is it?")
for medium in ("MUSIC", "VIDEO"):
    model, key, address = (env(f"{medium}_{name}", default="") for name in ("MODEL", "API_KEY", "URL"))
    if bool(address) != bool(model) or (key and not address):
        raise ImproperlyConfigured(
            f"{medium}: a provider needs {medium}_URL and {medium}_MODEL, often {medium}_API_KEY."
        )

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["avatarg.bearer.KeyAuthentication", "avatarg.api.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated", "avatarg.bearer.KeyMayDoThis"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["avatarg.api.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "avatarg.api.Negotiation",
    "DEFAULT_THROTTLE_CLASSES": ["avatarg.api.ClassThrottle"],
    "DEFAULT_SCHEMA_CLASS": "avatarg.schema.Schema",
    "EXCEPTION_HANDLER": "avatarg.api.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "NUM_PROXIES": TRUSTED_PROXIES,
}
API_RATES = env.dict("API_RATES", default={"read": "600/minute", "write": "120/minute", "execute": "60/minute"})
API_RATES.setdefault("support", "30/hour")  # what a person sends to the operators, by pages alone
SPECTACULAR_SETTINGS = {
    "TITLE": "Avatar G",
    "DESCRIPTION": "Run AI agents and pay with credits.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "avatarg.schema.completed",
    ],
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ka", "ქართული")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "avatarg.formats"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = not DEBUG
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / "media")))
S3_BUCKET = env("S3_BUCKET", default="")
S3_ENDPOINT_URL = env("S3_ENDPOINT_URL", default="")
S3_REGION = env("S3_REGION", default="")
S3_PREFIX = env("S3_PREFIX", default="")
S3_ACCESS_KEY = env("S3_ACCESS_KEY", default="")
S3_SECRET_KEY = env("S3_SECRET_KEY", default="")
if bool(S3_ACCESS_KEY) != bool(S3_SECRET_KEY):
    raise ImproperlyConfigured("S3_ACCESS_KEY and S3_SECRET_KEY go together; without both the machine's own are used.")
if not S3_BUCKET and (S3_ENDPOINT_URL or S3_REGION or S3_PREFIX or S3_ACCESS_KEY):
    raise ImproperlyConfigured("S3_… without S3_BUCKET: in which bucket are the files to lie?")
STORAGES = {
    "default": {"BACKEND": "avatarg.bucket.Bucket" if S3_BUCKET else "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],  # a film or a sound is looked at before it is sent; pictures need no address
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *STRIPE_PAGES],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "dashboard.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_SUBDOMAINS", default=False)
if not SECURE_HSTS_INCLUDE_SUBDOMAINS:  # other names of the domain may be somebody else's: only an operator knows
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

OPERATOR_EMAILS = env.list("OPERATOR_EMAILS", default=[])
ADMINS = [("Operator", address) for address in OPERATOR_EMAILS]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = "[Avatar G] "
AUDIT_MOST_FROZEN = env.int("AUDIT_MOST_FROZEN", default=20)
METRICS_TOKEN = env("METRICS_TOKEN", default="")
if METRICS_TOKEN and len(METRICS_TOKEN) < 16:
    raise ImproperlyConfigured("METRICS_TOKEN needs 16 characters or more: it opens /metrics to whoever has it.")

MASKING = logs.Masking(
    [
        SECRET_KEY, CRON_SECRET, METRICS_TOKEN, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET,
        TEXT_API_KEY, SPEECH_API_KEY, IMAGE_API_KEY, MUSIC_API_KEY, VIDEO_API_KEY,
        str(DATABASES["default"].get("PASSWORD", "")), urlsplit(REDIS_URL).password or "",
    ]
)  # fmt: skip
LOG_FORMAT = env("LOG_FORMAT", default="text" if DEBUG else "json")
LOGGING = logs.configuration(level=env("LOG_LEVEL", default="INFO"), as_json=LOG_FORMAT == "json", masking=MASKING)
if SENTRY_DSN := env("SENTRY_DSN", default=""):
    reports.start(
        dsn=SENTRY_DSN, environment=env("SENTRY_ENVIRONMENT", default="production"),
        release=env("RELEASE", default=""), traces=env.float("SENTRY_TRACES", default=0.0), masking=MASKING,
    )  # fmt: skip
