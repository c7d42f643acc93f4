"""Behind proxies: who a visitor is, and how many connections a process has."""

import json
import os
import subprocess
import sys

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.test import RequestFactory
from rest_framework.throttling import BaseThrottle

from tests import environment

TOLD = "from django.conf import settings as s; import json; print(json.dumps([s.DATABASES['default'][n] for n in %r]))"


def settings_told(names: tuple[str, ...], **given: str) -> list:
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", TOLD % (names,)]
    known = {**os.environ, "DJANGO_SETTINGS_MODULE": environment.SETTINGS, **given}
    done = subprocess.run(command, cwd=environment.ROOT, env=known, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.9")])
def test_a_visitor_is_who_the_nearest_trusted_proxy_says(settings, proxies, address):
    settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "192.0.2.66, 203.0.113.9, 198.51.100.7"})
    assert get_client_ip(request) == address
    assert BaseThrottle().get_ident(request) == address


def test_a_pool_takes_the_place_of_kept_connections_and_keeps_the_addresss_options():
    url = f"{os.environ['DATABASE_URL']}?sslmode=prefer"
    age, options = settings_told(("CONN_MAX_AGE", "OPTIONS"), DATABASE_URL=url, DATABASE_POOL="4")
    assert (age, options["sslmode"]) == (0, "prefer")
    assert options["pool"] == {"min_size": 1, "max_size": 4, "timeout": 5}


def test_pgbouncer_is_told_of_by_the_address():
    url = f"{os.environ['DATABASE_URL']}?DISABLE_SERVER_SIDE_CURSORS=true"
    assert settings_told(("DISABLE_SERVER_SIDE_CURSORS",), DATABASE_URL=url) == ["true"]
