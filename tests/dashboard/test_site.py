"""What everybody may read: the front page, the plans, the errors."""

import pytest
from django.test import Client, RequestFactory

from billing.plans import PLANS
from dashboard import errors
from dashboard.views import site
from tests.dashboard.page import Visitor, read


@pytest.mark.parametrize("path", ["/", "/pricing"])
def test_the_four_plans_are_told_with_price_and_credits(path):
    page = Visitor().get(path)
    told = page.texts("article")

    assert [one.split()[0] for one in told] == list(PLANS)
    for words, plan in zip(told, PLANS.values(), strict=True):
        assert f"${plan.price_dollars} a month" in words
        assert f"{plan.credits:,} credits a month" in words


@pytest.mark.parametrize("path", ["/", "/pricing"])
def test_every_button_leads_to_something_that_works(path):
    page = Visitor().get(path)

    assert set(page.links()) <= {
        "#main", "/", "/pricing", "/accounts/login/", "/accounts/signup/", "/api/docs",
    }  # fmt: skip
    assert all(Client().get(link).status_code == 200 for link in page.links("/"))


def test_who_is_signed_in_is_led_back_in(visit):
    page = visit.get("/")

    assert {"/dashboard", "/dashboard/billing"} <= set(page.links())
    assert "/accounts/signup/" not in page.links()


def test_the_front_page_asks_the_database_for_nothing(nobody, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert nobody.get("/").status_code == 200


def test_an_address_that_is_not_there(visit):
    page = visit.get("/dashboard/nowhere")

    assert (page.status, page.texts("h1")) == (404, ["This page has left its orbit"])
    assert "/dashboard" in page.links()
    assert "/accounts/login/" in Visitor().get("/nowhere").links()


def test_an_address_below_the_api_that_is_not_there(nobody):
    assert nobody.get("/api/nowhere").json()["code"] == "NOT_FOUND"


def test_a_form_without_its_token(alice):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(alice)
    page = read(careful.post("/dashboard/settings", {"full_name": "Alice"}))

    assert (page.status, page.texts("h1")) == (403, ["This form is too old"])
    assert "Nothing was charged." in page.text


@pytest.mark.parametrize(
    ("handler", "status", "title"),
    [
        (errors.bad_request, 400, "That request could not be read"),
        (errors.forbidden, 403, "You have no access to this"),
        (errors.not_found, 404, "This page has left its orbit"),
    ],
)
def test_each_error_has_its_page_and_its_body_under_the_api(handler, status, title):
    page = read(handler(RequestFactory().get("/somewhere"), Exception()))
    answer = handler(RequestFactory().get("/api/somewhere"), Exception())

    assert (page.status, page.texts("h1")) == (status, [title])
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json")


def test_an_error_of_ours_says_so_and_asks_nothing_of_anything(alice, monkeypatch, django_assert_num_queries):
    def broken(*_: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(site, "render", broken)
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    with django_assert_num_queries(2):  # session and user, for the language; the page asks nothing
        page = read(client.get("/"))

    assert (page.status, page.texts("h1")) == (500, ["Something broke on our side"])
    assert page.links() == ["/dashboard"]
