"""The sandbox's process: the product's settings with its own pages, and none of the product's."""

from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured

from avatarg.settings import *  # noqa: F403
from avatarg.settings import CONTENT_SECURITY_POLICY, DEBUG, STRIPE_SANDBOX, STRIPE_SECRET_KEY, TEMPLATES

if not (STRIPE_SANDBOX and DEBUG and STRIPE_SECRET_KEY.startswith("sk_test_")):
    raise ImproperlyConfigured("The Stripe sandbox runs only with STRIPE_SANDBOX=1, DEBUG=1 and a test key.")

INSTALLED_APPS = [
    "stripe_sandbox",
    "csp",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
ROOT_URLCONF = "stripe_sandbox.urls"
WSGI_APPLICATION = "stripe_sandbox.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [], "OPTIONS": {
    "context_processors": ["django.template.context_processors.request"],
}}]  # fmt: skip
CSRF_COOKIE_NAME = "sandbox_csrf"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
# A page that redirects back to the product after a form is posted: browsers hold form-action against that too.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {**CONTENT_SECURITY_POLICY["DIRECTIVES"], "form-action": [SELF, "http:", "https:"]}
}
