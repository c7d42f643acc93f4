"""Pages that tell of an error: in the design of the rest, with a way on; under /api the one error body."""

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from avatarg import urls
from dashboard import errors
from tests.cast import PASSWORD
from tests.dashboard import scenes
from tests.dashboard.page import Page, Visitor, read
from tests.dashboard.test_markup import assert_sound
from tests.jobs import acts


def raising(error: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
urlpatterns = [
    *(
        path(f"{start}{name}", raising(error))
        for start in ("", "api/")
        for name, error in (
            ("suspicious", SuspiciousOperation("odd")), ("denied", PermissionDenied()), ("broken", KeyError("oops")),
        )
    ),
    path("", include(urls.urlpatterns)),
]  # fmt: skip


@pytest.fixture
def odd_views(settings) -> None:
    """Three views that raise, on pages and in the API."""
    settings.ROOT_URLCONF = __name__


def seen(path: str, user=None, **headers: str) -> Page:
    visitor = Client(raise_request_exception=False)
    if user:
        visitor.force_login(user)
    return read(visitor.get(path, headers=headers))


def body_of(page: Page) -> tuple[int, str, set[str]]:
    body = json.loads(page.response.content)
    return page.status, body["code"], set(body)


PAGES = (
    ("/suspicious", 400, "That request could not be read"),
    ("/denied", 403, "You have no access to this"),
    ("/nowhere", 404, "This page has left its orbit"),
    ("/broken", 500, "Something broke on our side"),
)


@pytest.mark.parametrize(("path", "status", "title"), PAGES)
def test_each_error_has_a_page_with_a_way_on(odd_views, path, status, title):
    page = seen(path)

    assert (page.status, page.texts("h1")) == (status, [title])
    assert str(status) in page.texts("p", class_="code")
    assert any(
        "primary" in one.attributes["class"]
        for one in page.all(
            "a",
        )
        if "class" in one.attributes
    )
    assert_sound(page)


@pytest.mark.parametrize(("path", "status", "title"), PAGES[:3])
def test_who_is_signed_in_is_led_back_to_their_agents(odd_views, alice, path, status, title):
    page = seen(path, alice)

    assert page.status == status
    assert "/dashboard" in page.links()
    assert "Sign in" not in page.texts("a")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/suspicious", 400, "VALIDATION_ERROR"),
        ("/api/denied", 403, "PERMISSION_DENIED"),
        ("/api/nowhere", 404, "NOT_FOUND"),
        ("/api", 404, "NOT_FOUND"),
        ("/api/broken", 500, "SERVER_ERROR"),
    ],
)
def test_the_api_has_its_one_body_for_each(odd_views, path, status, code):
    assert body_of(seen(path)) == (status, code, {"error", "code", "metadata"})


@pytest.mark.parametrize("debug", [False, True])
def test_a_name_that_is_not_ours_gets_the_page_or_the_body(settings, debug):
    settings.DEBUG = debug
    page = seen("/dashboard", host="evil.example")

    assert (page.status, page.texts("h1")) == (400, ["That request could not be read"])
    assert "does not answer under this name" in page.text
    assert "evil.example" not in page.html
    assert_sound(page)
    for address in ("/api", "/api/agents", "/api/nowhere"):
        assert body_of(seen(address, host="evil.example")) == (400, "VALIDATION_ERROR", {"error", "code", "metadata"})


def test_a_name_that_is_not_ours_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert seen("/dashboard", host="evil.example").status == 400


def test_the_page_for_our_own_errors_asks_nothing_of_anything(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = read(errors.server_error(rf.get("/dashboard")))

    assert page.status == 500
    assert page.links() == ["/dashboard"]


def test_the_page_for_our_own_errors_comes_while_the_database_is_away(visit):
    def away(execute, sql, params, many, context):
        raise RuntimeError("the database is away")

    visit.client.raise_request_exception = False
    with connection.execute_wrapper(away):
        page = visit.get("/dashboard")

    assert (page.status, page.texts("h1")) == (500, ["Something broke on our side"])


def test_a_form_without_its_token_is_told_why(alice):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(alice)
    page = read(careful.post("/dashboard/billing/upgrade", {"plan": "PRO"}))

    assert (page.status, page.texts("h1")) == (403, ["This form is too old"])
    assert "Nothing was charged" in page.text
    assert_sound(page)


def test_a_door_tried_too_often_says_how_long_to_wait(settings, alice):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "signup": "1/180s/ip"}
    visitor = Visitor()
    pages = [visitor.post("/accounts/login/", login=alice.email, password=f"not {PASSWORD}") for _ in range(3)]

    assert [page.status for page in pages] == [200, 200, 429]
    assert pages[-1].texts("h1") == ["A little slower, please"]
    assert "Wait 1 minute at most" in pages[-1].text
    assert pages[-1].response.headers["Retry-After"] == "60"
    assert_sound(pages[-1])

    for number in range(2):
        page = visitor.post("/accounts/signup/", email="not an address", password1=f"{PASSWORD}{number}")
    assert "Wait 3 minutes at most" in page.text
    assert page.response.headers["Retry-After"] == "180"


def test_every_door_for_jobs_leads_from_too_few_credits_to_more(alice, visit):
    job = scenes.delivered(alice)
    acts.leave(alice, 3)
    reset = "Your next monthly credits come on"
    studio = visit.post(
        "/dashboard/agents/image-creator", prompt="A lighthouse", style="painted", shape="square", submit_key="k1"
    )
    visit.post(f"/dashboard/jobs/{job.pk}/retry", submit_key="k2")
    again = visit.get(f"/dashboard/jobs/{job.pk}")

    assert studio.status == 402
    for page in (studio, again):
        assert "You need 5 more credits" in page.text
        assert reset in page.text
    assert "/dashboard/billing#upgrade" in studio.links()
