"""Whose webhooks they are: the owner's alone, while the plan carries them."""

from uuid import uuid4

from django.test import Client

from hooks.models import Delivery, Endpoint
from tests.dashboard.page import Visitor
from tests.hooks.receiver import ACTIONS, ANSWERS, HOOKS, again, ended, made, only, page_of
from tests.jobs import acts


def test_after_a_downgrade_endpoints_are_still_shown_switched_off_and_deleted_but_not_used(company, visit):
    endpoint = made(company).endpoint
    row = ended(endpoint)
    acts.put_on(company, "PREMIUM")
    listed, page = visit.get(HOOKS), visit.get(page_of(endpoint))

    assert "Your endpoints are paused" in listed.text
    assert "It is paused while your plan carries no webhooks." in page.text
    for one in (listed, page):
        assert "Webhooks come with the ENTERPRISE plan." in one.text
        assert "Paused" in one.text
        assert one.all("input", name="url") == []
    for action in ("test", "secret", f"deliveries/{row.pk}/again"):
        assert visit.post(page_of(endpoint, action)).status == 303
        assert "Webhooks come with the ENTERPRISE plan." in visit.get(HOOKS).text
    visit.post(page_of(endpoint), **ANSWERS)
    assert list(Endpoint.objects.values_list("url", "old_secret")) == [(endpoint.url, "")]
    assert only(endpoint).state == "delivered"

    visit.post(page_of(endpoint, "switch"), wanted="off")
    visit.post(page_of(endpoint, "switch"), wanted="on")
    assert again(endpoint).off_because == "owner"
    assert visit.post(page_of(endpoint, "delete")).status == 303
    assert Endpoint.objects.count() == 0


def test_a_strangers_endpoint_is_not_found(company, bob):
    acts.put_on(bob, "ENTERPRISE")
    endpoint, own = made(company).endpoint, made(bob).endpoint
    row = ended(endpoint)
    stranger = Visitor(bob)
    before = list(Endpoint.objects.values()), list(Delivery.objects.values())

    assert [stranger.get(page_of(endpoint)).status, stranger.post(page_of(endpoint), **ANSWERS).status] == [404, 404]
    assert [stranger.post(page_of(endpoint, action), wanted="on").status for action in ACTIONS] == [404] * 4
    assert stranger.post(page_of(endpoint, "switch"), wanted="off").status == 404
    for one in (endpoint, own):
        assert stranger.post(page_of(one, "deliveries", row.pk, "again")).status == 404
    assert stranger.get(f"{HOOKS}/{uuid4()}").status == 404
    assert (list(Endpoint.objects.values()), list(Delivery.objects.values())) == before


def test_what_changes_something_takes_a_post_with_a_token_of_somebody_signed_in(company):
    endpoint = made(company).endpoint
    row = ended(endpoint)
    careful, nobody = Client(enforce_csrf_checks=True), Client()
    careful.force_login(company)

    for action in (*ACTIONS, f"deliveries/{row.pk}/again"):
        assert careful.get(page_of(endpoint, action)).status_code == 405
        assert careful.post(page_of(endpoint, action)).status_code == 403
        assert nobody.post(page_of(endpoint, action)).status_code == 302
    assert nobody.get(HOOKS).headers["Location"] == f"/accounts/login/?next={HOOKS}"
    assert careful.post(HOOKS, ANSWERS).status_code == 403
    assert Endpoint.objects.count() == 1
