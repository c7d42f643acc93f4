"""Webhooks as a person meets them: made, shown, changed, tried, switched off and deleted, by their owner alone."""

import logging
import secrets
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db.models import F
from django.db.models.functions import Now

from hooks import signing
from hooks.events import EVENTS
from hooks.models import Delivery, Endpoint
from hooks.sender import Answer
from tests.dashboard.page import Page, Visitor
from tests.hooks.receiver import ANSWERS, HOOKS, again, ended, made, only, page_of, receiver, round_of_beat
from tests.jobs import acts


def make(visit: Visitor, **answers: object) -> Page:
    return visit.post(HOOKS, **{**ANSWERS, "once": secrets.token_urlsafe(), **answers})


def secret_of(page: Page) -> str:
    [secret] = page.texts("code", class_="secret")
    return secret


def test_settings_lead_there(visit):
    assert HOOKS in visit.get("/dashboard/settings").links()
    assert "Your own programs are told when a job ends" in visit.get("/dashboard/settings").text
    assert visit.get(HOOKS).texts("h1") == ["Webhooks"]


@pytest.mark.parametrize("plan", ["FREE", "PRO", "PREMIUM"])
def test_who_is_on_another_plan_is_told_which_one_has_it(bob, plan):
    if plan != "FREE":
        acts.put_on(bob, plan)
    visit = Visitor(bob)

    page, answer = visit.get(HOOKS), make(visit)
    assert (page.status, answer.status, Endpoint.objects.count()) == (200, 403, 0)
    for one in (page, answer):
        assert "Webhooks come with the ENTERPRISE plan." in one.text
        assert "/dashboard/billing#upgrade" in one.links()
        assert one.all("input", name="url") == []


def test_an_endpoint_is_made_and_its_secret_shown_this_once(company, visit, caplog):
    caplog.set_level(logging.DEBUG)
    page = make(visit)
    secret = secret_of(page)
    endpoint = Endpoint.objects.get()

    assert (page.status, endpoint.user, endpoint.url) == (201, company, ANSWERS["url"])
    assert (endpoint.events, signing.unseal(endpoint.secret)) == (ANSWERS["events"], secret)
    assert "no-store" in page.response.headers["Cache-Control"]
    assert page.html.count(secret) == 1
    for path in (HOOKS, page_of(endpoint), "/dashboard/settings"):
        assert secret not in visit.get(path).html
        assert endpoint.secret not in visit.get(path).html
    assert secret not in str(visit.client.cookies) + str(page.response.headers) + caplog.text
    assert all(secret not in str(session.get_decoded()) for session in Session.objects.all())


@pytest.mark.parametrize(("answers", "error"), [
    ({"url": ""}, "This field is required."),
    ({"url": "http://example.com/"}, "The URL must begin with https://."),
    ({"url": "https://127.0.0.1/"}, "This host is not one of the public network."),
    ({"url": "http://localhost:8000/"}, "The URL must begin with https://."),
    ({"url": "https://user:word@example.com/"}, "The URL must hold no name, no password and no #."),
    ({"url": "https://example.com:25/"}, "The port must be 443, or one above 1023."),
    ({"events": []}, "This field is required."),
    ({"events": ["job.started"]}, "Select a valid choice. job.started is not one of the available choices."),
    ({"events": ["webhook.test"]}, "Select a valid choice. webhook.test is not one of the available choices."),
])  # fmt: skip
def test_a_wrong_answer_is_told_beside_its_field_and_changes_nothing(company, visit, answers, error):
    endpoint = made(company).endpoint
    for path in (HOOKS, page_of(endpoint)):
        page = visit.post(path, **{**ANSWERS, **answers})
        assert (page.status, page.texts("p", class_="error")) == (400, [error])
    assert list(Endpoint.objects.values_list("pk", "url", "events")) == [(endpoint.pk, endpoint.url, list(EVENTS))]


def test_the_eleventh_endpoint_is_refused_with_the_way_out(company, visit):
    for _ in range(10):
        made(company)
    page = make(visit)

    assert (page.status, Endpoint.objects.count()) == (409, 10)
    assert "There may be 10 endpoints. Delete one first." in page.text
    assert page.value("url") == ANSWERS["url"]


def test_the_list_shows_the_own_ones_and_how_they_stand(company, bob, visit):
    acts.put_on(bob, "ENTERPRISE")
    theirs = made(bob, "https://theirs.example.com/").endpoint
    on, off, failing = (made(company, f"https://example.com/{name}").endpoint for name in ("on", "off", "failing"))
    Endpoint.objects.filter(pk=off.pk).update(off_at=Now(), off_because="owner")
    Endpoint.objects.filter(pk=failing.pk).update(failing_since=Now())
    page = visit.get(HOOKS)

    assert page.links(f"{HOOKS}/") == [page_of(one) for one in (on, off, failing)]
    badges = [one.text for one in page.all("span") if one.attributes.get("class", "").startswith("badge")]
    assert badges == ["On", "Off", "Failing"]
    assert theirs.url not in page.html


def test_an_endpoint_is_changed_in_place(company, visit):
    endpoint = made(company).endpoint
    page = visit.get(page_of(endpoint))
    assert page.value("url") == endpoint.url
    answer = visit.post(page_of(endpoint), url="https://example.com/new", events=["job.failed"])

    assert (answer.status, answer.response.headers["Location"]) == (303, page_of(endpoint))
    assert (again(endpoint).url, again(endpoint).events) == ("https://example.com/new", ["job.failed"])
    assert again(endpoint).secret == endpoint.secret


def test_a_new_secret_is_shown_once_and_the_old_one_lasts_a_day(company, visit):
    new = made(company)
    page = visit.post(page_of(new.endpoint, "secret"))

    assert page.status == 201
    assert secret_of(page) != new.secret
    assert signing.unseal(again(new.endpoint).secret) == secret_of(page)
    assert signing.unseal(again(new.endpoint).old_secret) == new.secret
    assert secret_of(page) not in visit.get(page_of(new.endpoint)).html


def test_a_button_pressed_twice_does_not_end_the_secret_that_receivers_know(company, visit):
    new = made(company)
    visit.post(page_of(new.endpoint, "secret"))
    last = visit.post(page_of(new.endpoint, "secret"))

    assert signing.unseal(again(new.endpoint).secret) == secret_of(last)
    assert signing.unseal(again(new.endpoint).old_secret) == new.secret


def test_a_new_secret_of_later_ends_the_oldest(company, visit):
    new = made(company)
    second = secret_of(visit.post(page_of(new.endpoint, "secret")))
    Endpoint.objects.update(old_secret_until=F("old_secret_until") - timedelta(minutes=2))
    visit.post(page_of(new.endpoint, "secret"))

    assert signing.unseal(again(new.endpoint).old_secret) == second


def test_an_endpoint_is_switched_off_and_on(company, visit):
    endpoint = made(company).endpoint
    for _ in range(2):
        assert visit.post(page_of(endpoint, "switch"), wanted="off").status == 303
    assert again(endpoint).off_because == "owner"
    assert "It was switched off by you." in visit.get(page_of(endpoint)).text

    Endpoint.objects.update(failing_since=Now())
    for _ in range(2):
        assert visit.post(page_of(endpoint, "switch"), wanted="on").status == 303
    assert (again(endpoint).off_at, again(endpoint).off_because, again(endpoint).failing_since) == (None, "", None)


def test_an_endpoint_is_deleted_with_its_log_after_a_second_press(company, visit):
    endpoint = made(company).endpoint
    ended(endpoint)
    confirming = [one for one in visit.get(page_of(endpoint)).all("details") if "Yes, delete it" in one.text]
    assert [one.attributes.get("open") for one in confirming] == [None]
    answer = visit.post(page_of(endpoint, "delete"))

    assert (answer.status, answer.response.headers["Location"]) == (303, HOOKS)
    assert (Endpoint.objects.count(), Delivery.objects.count()) == (0, 0)
    assert visit.get(page_of(endpoint)).status == 404


@pytest.mark.usefixtures("loopback")
def test_a_test_is_sent_and_the_log_shows_how_it_went(company, visit):
    with receiver(418) as server:
        endpoint = made(company, server.url).endpoint
        assert visit.post(page_of(endpoint, "test")).status == 303
        assert "Waiting" in visit.get(page_of(endpoint)).text
        round_of_beat()
    page = visit.get(page_of(endpoint))

    assert server.types == ["webhook.test"]
    assert server.told[0]["data"] == {"endpoint_id": str(endpoint.pk)}
    assert only(endpoint).message_id in page.text
    for words in ("webhook.test", "418", "Given up"):
        assert words in page.text


def test_the_sixth_test_in_a_minute_is_refused(company, visit):
    one, other = made(company).endpoint, made(company).endpoint
    for endpoint in (one, other, one, other, one, other):
        visit.post(page_of(endpoint, "test"))
    assert "That is many tests at once. Please wait a minute." in visit.get(page_of(other)).text
    assert Delivery.objects.count() == 5

    Delivery.objects.update(created_at=Now() - timedelta(seconds=61))
    visit.post(page_of(one, "test"))
    assert Delivery.objects.count() == 6


def test_what_ended_is_sent_again_and_what_has_not_is_not(company, visit):
    endpoint = made(company).endpoint
    row = ended(endpoint)
    button = page_of(endpoint, "deliveries", row.pk, "again")
    assert [one.attributes["action"] for one in visit.get(page_of(endpoint)).all("form", action=button)] == [button]
    assert visit.post(button).status == 303
    assert only(endpoint).state == "waiting"
    assert visit.get(page_of(endpoint)).all("form", action=button) == []

    visit.post(button)
    assert "This delivery is still under way" in visit.get(page_of(endpoint)).text
    assert only(endpoint).attempts_before == 1


def test_a_failed_attempt_is_shown_with_the_next_one(company, visit):
    endpoint = made(company, "https://example.com/", "job.completed").endpoint
    acts.finished(company)
    round_of_beat(post=lambda *_: Answer(None, "It did not answer in time."))
    page = visit.get(page_of(endpoint))

    assert "It did not answer in time." in page.text
    assert "Next attempt:" in page.text
    assert "Nothing has been accepted since" in page.text


def test_the_log_is_of_this_endpoint_and_in_pages_of_twenty(company, visit):
    endpoint, other = made(company).endpoint, made(company).endpoint
    rows = [Delivery(endpoint=endpoint, type="job.failed", occasion=str(number), body="{}") for number in range(21)]
    Delivery.objects.bulk_create([*rows, Delivery(endpoint=other, type="job.failed", occasion="x", body="{}")])
    page = visit.get(page_of(endpoint))
    [older] = [link for link in page.links("?cursor=")]
    second = visit.get(page_of(endpoint) + older)

    shown = [code for one in (page, second) for code in one.texts("code")]
    assert shown == [row.message_id for row in rows[::-1]]
    assert visit.get(page_of(endpoint), cursor="rubbish").status == 404


def test_the_pages_take_as_many_statements_for_many_as_for_one(company, visit):
    endpoint = made(company).endpoint
    ended(endpoint)
    few = visit.queries(HOOKS), visit.queries(page_of(endpoint))
    for number in range(9):
        made(company)
        Delivery.objects.create(endpoint=endpoint, type="job.failed", occasion=str(number), body="{}")
    assert (visit.queries(HOOKS), visit.queries(page_of(endpoint))) == few


def test_looking_writes_nothing(company, visit):
    endpoint = made(company).endpoint
    ended(endpoint)
    before = list(Endpoint.objects.values()), list(Delivery.objects.values())
    visit.get(HOOKS)
    visit.get(page_of(endpoint))
    assert (list(Endpoint.objects.values()), list(Delivery.objects.values())) == before


def test_the_same_form_sent_again_makes_no_second_endpoint(company, visit):
    once = visit.get(HOOKS).value("once")

    first, again_sent = make(visit, once=once), make(visit, once=once)

    assert (first.status, again_sent.status, Endpoint.objects.count()) == (201, 303, 1)
    assert first.value("once") not in {"", once}
