"""The operators' desk: what waits longest first, one page a ticket, and who may do what."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from accounts import people
from support import tickets
from support.models import Message, Ticket
from tests.dashboard.page import Page, Visitor
from tests.jobs import acts
from tests.support import desk

LIST = "/admin/support/ticket/"
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def visit(operator) -> Visitor:
    return Visitor(operator)


def page_of(ticket: Ticket) -> str:
    return f"{LIST}{ticket.pk}/change/"


def press(visit: Visitor, ticket: Ticket, act: str, text: str = "") -> Page:
    return visit.post(page_of(ticket), act=act, text=text, form_key=visit.get(page_of(ticket)).value("form_key"))


def subjects(page: Page) -> list[str]:
    assert page.status == 200
    return page.texts("th", class_="field-question")


def log_of(ticket: Ticket) -> list[tuple[str, str]]:
    entries = LogEntry.objects.filter(object_id=str(ticket.pk)).order_by("id")
    return [(one.user.email, one.get_change_message()) for one in entries]


def test_the_list_begins_with_what_is_overdue_and_ends_with_what_is_done(alice, operator, visit):
    acts.put_on(alice, "ENTERPRISE")
    desk.answered(desk.opened(alice, subject="Answered"), operator)
    desk.opened(alice, subject="In time")
    desk.opened(alice, subject="Late", at=timezone.now() - timedelta(days=9))
    desk.opened(alice, subject="Latest", at=LONG_AGO)
    page = visit.get(LIST)

    assert subjects(page) == ["Latest", "Late", "In time", "Answered"]
    waits = page.texts("td", class_="field-waits")
    assert waits[0].startswith("overdue for")
    assert waits[2].startswith("due in")
    assert waits[3] == "-"


def test_the_list_is_filtered_by_state_tier_topic_and_lateness(alice, bob, operator, visit):
    acts.put_on(bob, "PRO")
    desk.opened(alice, subject="Mine", topic="payment", at=LONG_AGO)
    desk.answered(desk.opened(bob, subject="Theirs", topic="account"), operator)

    for query in ({"state": "open"}, {"tier": "FREE"}, {"topic": "payment"}, {"overdue": "yes"}):
        name = next(iter(query))
        wanted = query if name == "overdue" else {f"{name}__exact": query[name]}
        assert subjects(visit.get(LIST, **wanted)) == ["Mine"], query
    assert subjects(visit.get(LIST, overdue="no")) == ["Theirs"]


def test_the_list_is_searched_by_address_job_and_ticket(alice, bob, visit):
    job = acts.finished(alice)
    mine = desk.opened(alice, subject="Mine", topic="job", job_id=job.pk)
    desk.opened(bob, subject="Theirs")

    for query in ("alice@example", str(job.pk), str(mine.pk), "Mine"):
        assert subjects(visit.get(LIST, q=query)) == ["Mine"], query


def test_as_many_statements_for_thirty_tickets_and_messages_as_for_one(alice, operator, visit):
    ticket = desk.opened(alice)
    few = visit.queries(LIST), visit.queries(page_of(ticket))
    for _ in range(30):
        desk.answered(desk.replied(ticket), operator)
        desk.closed(desk.opened(alice))
    assert (visit.queries(LIST), visit.queries(page_of(ticket))) == few


def test_one_page_has_the_conversation_with_notes_and_authors_and_what_is_known_of_the_person(alice, operator, visit):
    job = acts.finished(alice)
    ticket = desk.answered(desk.opened(alice, text="Asked", topic="job", job_id=job.pk), operator, text="Answered")
    acts.put_on(alice, "PRO")
    tickets.add_note(operator_id=operator.pk, ticket_id=ticket.pk, key="n", text="Noted")
    page = visit.get(page_of(ticket))

    heads = [one.partition(" ·")[0] for one in page.texts("h2") if "UTC" in one]
    assert heads == ["alice@example.test", "operator@example.test, support", "operator@example.test, internal note"]
    assert [one.text for one in page.all("div", class_="desk-text")][:3] == ["Asked", "Answered", "Noted"]
    for fact in ("FREE: 72 hours, best effort", "PRO, active", "1,000 of 1,000", "Chat message", "Completed"):
        assert fact in page.text, fact
    for link in (
        f"/admin/accounts/user/{alice.pk}/change/", f"/admin/billing/subscription/{alice.pk}/change/",
        f"/admin/jobs/job/{job.pk}/change/",
    ):  # fmt: skip
        assert page.links(link) == [link]
        assert visit.get(link).status == 200


def test_a_job_that_is_no_longer_kept_is_told_by_its_id(alice, visit):
    job = acts.finished(alice)
    ticket = desk.opened(alice, topic="job", job_id=job.pk)
    job.delete()
    assert f"{ticket.job_id}, no longer kept" in visit.get(page_of(ticket)).text


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        ("answer", ("answered", ("support", "", "Words"), "Answered")),
        ("answer_and_close", ("closed", ("support", "closed", "Words"), "Answered and closed")),
        ("note", ("open", ("note", "", "Words"), "Noted")),
        ("close", ("closed", ("support", "closed", ""), "Closed")),
    ],
)
def test_an_operator_acts_once_however_often_the_form_is_sent(alice, operator, visit, act, outcome):
    state, row, logged = outcome
    ticket = desk.opened(alice)
    key = visit.get(page_of(ticket)).value("form_key")
    for _ in range(2):
        answer = visit.post(page_of(ticket), act=act, text="" if act == "close" else "Words", form_key=key)
        assert (answer.status, answer.response.headers["Location"]) == (302, page_of(ticket))

    assert desk.again(ticket).state == state
    assert desk.said(ticket)[1:] == [row]
    assert Message.objects.get(side=row[0], act=row[1], ticket=ticket, text=row[2]).author == operator
    assert log_of(ticket) == [("operator@example.test", logged)]


@pytest.mark.parametrize("act", ["answer", "answer_and_close", "note"])
@pytest.mark.parametrize("text", ["", "  ", "x" * 5001])
def test_an_answer_without_words_or_with_too_many_is_told(alice, visit, act, text):
    ticket = desk.opened(alice)
    page = press(visit, ticket, act, text)

    assert (page.status, len(page.texts("ul", class_="errorlist")), len(desk.said(ticket))) == (400, 1, 1)


def test_an_unknown_act_does_nothing(alice, visit):
    ticket = desk.opened(alice)
    assert press(visit, ticket, "delete", "Words").status == 400
    assert visit.post(page_of(ticket), act="answer", text="Words").status == 400
    assert len(desk.said(ticket)) == 1


def test_tickets_are_closed_from_the_list(alice, visit):
    first, second = desk.opened(alice), desk.closed(desk.opened(alice))
    chosen = {"action": "close", "_selected_action": [first.pk, second.pk]}
    for _ in range(2):
        assert visit.post(LIST, **chosen).status == 302

    assert [desk.again(one).state for one in (first, second)] == ["closed", "closed"]
    assert (len(desk.said(first)), len(desk.said(second))) == (2, 2)
    assert (len(log_of(first)), log_of(second)) == (1, [])


def test_nobody_adds_or_deletes(alice, visit):
    ticket = desk.opened(alice)
    assert visit.get(f"{LIST}add/").status == 403
    assert visit.post(f"{LIST}{ticket.pk}/delete/", post="yes").status == 403
    visit.post(LIST, action="delete_selected", _selected_action=[ticket.pk], post="yes")
    assert Ticket.objects.count() == 1
    assert visit.get(f"{LIST}7/change/").status == 404


@pytest.mark.parametrize(
    ("permissions", "sees", "answers"),
    [
        ((), 403, 403),
        (("view_job", "change_user"), 403, 403),
        (("view_ticket",), 200, 403),
        (("change_ticket",), 200, 302),
    ],
)
def test_who_may_view_reads_and_who_may_change_answers(alice, permissions, sees, answers):
    ticket = desk.opened(alice)
    visit = Visitor(desk.staff("staff@example.test", *permissions))
    post = {"act": "answer", "text": "Words", "form_key": "k"}

    assert [visit.get(path).status for path in (LIST, page_of(ticket))] == [sees, sees]
    assert visit.post(page_of(ticket), **post).status == answers
    visit.post(LIST, action="close", _selected_action=[ticket.pk])
    assert (len(desk.said(ticket)) > 1) == (answers == 302)
    page = visit.get(page_of(ticket))
    assert bool(page.all("textarea")) == (answers == 302)


def test_who_is_no_operator_is_kept_out(alice, bob):
    ticket = desk.opened(alice)
    for client in (Visitor(bob).client, Visitor(alice).client, Client()):
        assert client.get(page_of(ticket)).status_code == 302
        assert client.post(page_of(ticket), {"act": "close", "form_key": "k"}).status_code == 302
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(desk.staff("staff@example.test", "change_ticket"))
    assert careful.post(page_of(ticket), {"act": "close", "form_key": "k"}).status_code == 403
    assert desk.again(ticket).state == "open"


def test_what_a_person_types_is_text_and_nothing_else(alice, visit):
    evil = '<script>alert(1)</script><img src=x onerror="x">'
    ticket = desk.opened(alice, subject=evil, text=evil)
    for path in (LIST, page_of(ticket)):
        page = visit.get(path)
        assert "<script>alert" not in page.html
        assert page.all("img", src="x") == []


def test_who_has_left_gets_no_answer_and_is_not_in_the_log(alice, operator, visit):
    ticket = desk.opened(alice)
    press(visit, ticket, "answer", "Words")
    people.anonymise(alice)
    press(visit, ticket, "answer", "More words")
    page = visit.get(page_of(ticket))

    assert "This person has left" in page.text
    assert "(left)" in page.text
    assert subjects(visit.get(LIST)) == ["(forgotten)"]
    assert len(desk.said(ticket)) == 2
    assert all("alice" not in one.object_repr for one in LogEntry.objects.all())
