"""Whose tickets are whose: for strangers they do not exist, and who is not signed in signs in first."""

from uuid import uuid4

import pytest
from django.test import Client

from support.models import Message, Ticket
from tests.dashboard.page import Visitor
from tests.jobs import acts
from tests.support import desk

SUPPORT = "/dashboard/support"
ANSWERS = {"topic": "job", "subject": "A question", "text": "How does it work?"}
DOORS = (("get", ""), ("post", ""), ("post", "/close"), ("post", "/reopen"))


def everything() -> tuple[list[dict], list[dict]]:
    return list(Ticket.objects.values()), list(Message.objects.values())


def knock(client: Client, door: tuple[str, str], ticket_id: object) -> int:
    method, end = door
    return getattr(client, method)(f"{SUPPORT}/{ticket_id}{end}", {"text": "Mine?"}).status_code


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("closed", [False, True])
def test_every_door_of_a_ticket_is_its_owners(alice, bob, operator, door, closed):
    ticket = desk.opened(alice)
    if closed:
        desk.closed(ticket)
    before = everything()

    for stranger in (bob, operator):
        assert knock(Visitor(stranger).client, door, ticket.pk) == 404
        assert knock(Visitor(stranger).client, door, uuid4()) == 404
    assert knock(Visitor().client, door, ticket.pk) == 302
    assert everything() == before
    assert knock(Visitor(alice).client, door, ticket.pk) == (200 if door[0] == "get" else 303)


@pytest.mark.parametrize("page", [SUPPORT, f"{SUPPORT}/00000000-0000-7000-8000-000000000000"])
def test_who_is_not_signed_in_signs_in_and_comes_back(client, db, page):
    assert client.get(page).headers["Location"] == f"/accounts/login/?next={page}"


def test_a_strangers_job_is_refused_as_one_that_does_not_exist(alice, bob):
    theirs, visit = acts.finished(bob), Visitor(alice)

    for job_id in (theirs.pk, uuid4()):
        assert visit.get(SUPPORT, job=job_id).status == 404
        assert visit.post(SUPPORT, job=job_id, **ANSWERS).status == 404
    assert visit.get(SUPPORT, job="7").status == 404
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("door", [door for door in DOORS if door[0] == "post"])
def test_what_changes_something_takes_a_post_with_a_token(alice, door):
    ticket, careful = desk.opened(alice), Client(enforce_csrf_checks=True)
    careful.force_login(alice)
    before = everything()

    assert knock(careful, door, ticket.pk) == 403
    assert careful.post(SUPPORT, ANSWERS).status_code == 403
    if door[1]:
        assert careful.get(f"{SUPPORT}/{ticket.pk}{door[1]}").status_code == 405
    assert everything() == before


def test_no_cache_keeps_a_ticket(alice):
    for path in (SUPPORT, f"{SUPPORT}/{desk.opened(alice).pk}"):
        kept = Visitor(alice).get(path).response.headers["Cache-Control"]
        assert "no-store" in kept
        assert "private" in kept
