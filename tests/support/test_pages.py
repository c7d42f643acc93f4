"""Support as a person meets it: the list, the form, the conversation."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from support import tickets
from support.models import Message, Ticket
from tests.dashboard.page import Page, Visitor
from tests.jobs import acts
from tests.support import desk

SUPPORT = "/dashboard/support"
NEW = f"{SUPPORT}?new=1"
ANSWERS = {"topic": "other", "job": "", "subject": "A question", "text": "How does it work?"}


@pytest.fixture
def visit(alice) -> Visitor:
    return Visitor(alice)


def page_of(ticket: Ticket) -> str:
    return f"{SUPPORT}/{ticket.pk}"


def send(visit: Visitor, **answers: object) -> Page:
    """The form of the page, filled in and sent."""
    return visit.post(SUPPORT, submit_key=visit.get(NEW).value("submit_key"), **{**ANSWERS, **answers})


def errors_of(page: Page) -> list[str]:
    return page.texts("p", class_="error")


def test_it_is_found_from_every_page_settings_a_job_and_billing(alice, visit):
    job = acts.finished(alice)

    for path in ("/dashboard", "/dashboard/settings"):
        assert SUPPORT in visit.get(path).links()
    assert len(visit.get("/dashboard/settings").links(SUPPORT)) == 2
    about_job, about_payment = f"{SUPPORT}?job={job.pk}", f"{SUPPORT}?topic=payment"
    page, billing = visit.get(f"/dashboard/jobs/{job.pk}"), visit.get("/dashboard/billing")
    assert page.texts("a", href=about_job) == ["Get help with this job"]
    assert billing.texts("a", href=about_payment) == ["Something wrong with a payment?"]


@pytest.mark.parametrize(
    ("plan", "promise"),
    [
        ("FREE", "On FREE we aim to answer within 3 business days."),
        ("PRO", "On PRO we answer within 24 hours on business days."),
    ],
)
def test_who_has_no_tickets_is_told_what_comes_of_one(alice, visit, plan, promise):
    if plan != "FREE":
        acts.put_on(alice, plan)
    page = visit.get(SUPPORT)

    assert (page.status, page.texts("h1"), page.all("table")) == (200, ["Support"], [])
    assert "No tickets yet" in page.text
    assert promise in page.text
    assert page.links(f"{SUPPORT}?") == [NEW]
    assert page.all("textarea") == []


def test_a_ticket_is_opened_and_its_page_follows(alice, visit):
    answer = send(visit)
    ticket = Ticket.objects.get()
    page = visit.get(page_of(ticket))

    assert (answer.status, answer.response.headers["Location"]) == (303, page_of(ticket))
    assert (ticket.user, ticket.subject, ticket.topic) == (alice, "A question", "other")
    assert page.texts("h1") == ["A question"]
    assert "Your ticket is open. On FREE we aim to answer within 3 business days." in page.text
    assert page.texts("div", class_="said") == ["You · just now How does it work?"]


def test_from_a_job_the_form_is_about_it(alice, visit):
    job = acts.finished(alice)
    page = visit.get(SUPPORT, job=job.pk)

    assert (page.value("topic"), page.value("job")) == ("job", str(job.pk))
    assert "No tickets yet" not in page.text
    send(visit, topic="job", job=job.pk)
    ticket = Ticket.objects.get()
    assert ticket.job_id == job.pk
    assert f"/dashboard/jobs/{job.pk}" in visit.get(page_of(ticket)).links()


def test_from_billing_the_form_is_about_a_payment(visit):
    assert visit.get(SUPPORT, topic="payment").value("topic") == "payment"
    assert visit.get(SUPPORT, topic="weather").value("topic") == ""


def test_the_latest_jobs_can_be_chosen_and_an_older_one_when_it_was_come_from(alice, bob, visit):
    acts.finished(bob)
    jobs = [acts.finished(alice) for _ in range(14)]
    latest = [str(one.pk) for one in reversed(jobs[2:])]

    assert [value for value, _ in visit.get(NEW).options("job")] == ["", *latest]
    oldest = str(jobs[0].pk)
    assert [value for value, _ in visit.get(SUPPORT, job=oldest).options("job")] == ["", oldest, *latest]


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"subject": ""}, 1), ({"subject": "x" * 121}, 1), ({"text": " "}, 1), ({"text": "x" * 5001}, 1),
        ({"topic": "weather"}, 1), ({"topic": ""}, 1), ({"job": "7"}, 1), ({"subject": "a\x00b"}, 1),
        ({"text": "a\x00b", "subject": ""}, 2),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_beside_its_field_and_opens_nothing(visit, answers, fields):
    page = send(visit, **answers)

    assert (page.status, len(errors_of(page)), Ticket.objects.count()) == (400, fields, 0)


def test_what_was_written_is_kept_when_something_is_wrong(visit):
    page = send(visit, subject="")
    assert (page.value("text"), page.value("topic")) == ("How does it work?", "other")


def test_line_ends_count_as_a_browser_counts_them(visit):
    send(visit, text="\r\n".join(["x" * 9] * 500))
    assert len(Message.objects.get().text) == 4999


def test_the_same_form_sent_twice_opens_one_ticket(visit):
    key = visit.get(NEW).value("submit_key")
    places = [visit.post(SUPPORT, submit_key=key, **ANSWERS).response.headers["Location"] for _ in range(2)]

    assert places == [page_of(Ticket.objects.get())] * 2


def test_the_same_form_with_other_words_is_another_ticket(visit):
    key = visit.get(NEW).value("submit_key")
    for subject in ("One", "Two"):
        visit.post(SUPPORT, submit_key=key, **{**ANSWERS, "subject": subject})

    assert set(Ticket.objects.values_list("subject", flat=True)) == {"One", "Two"}


def test_every_form_that_is_shown_is_another(visit):
    assert visit.get(NEW).value("submit_key") != visit.get(NEW).value("submit_key") != ""


def test_a_reply_sent_twice_is_one_message_and_the_page_follows(alice, operator, visit):
    ticket = desk.answered(desk.opened(alice), operator)
    key = visit.get(page_of(ticket)).value("submit_key")
    answers = [visit.post(page_of(ticket), submit_key=key, text="Thank you") for _ in range(2)]

    assert [(one.status, one.response.headers["Location"]) for one in answers] == [
        (303, f"{page_of(ticket)}#latest")
    ] * 2
    assert desk.said(ticket)[2:] == [("person", "", "Thank you")]
    assert desk.again(ticket).state == "open"


def test_a_reply_without_words_is_told_on_the_page(alice, visit):
    ticket = desk.opened(alice)
    page = visit.post(page_of(ticket), text=" ")

    assert (page.status, errors_of(page), len(desk.said(ticket))) == (400, ["This field is required."], 1)


def test_closing_and_opening_again_by_buttons(alice, visit):
    ticket = desk.opened(alice)
    key = visit.get(page_of(ticket)).value("submit_key")
    for _ in range(2):
        answer = visit.post(f"{page_of(ticket)}/close", submit_key=key)
        assert (answer.status, answer.response.headers["Location"]) == (303, page_of(ticket))
    page = visit.get(page_of(ticket))
    assert "This ticket is closed." in page.text
    assert [one.attributes["action"] for one in page.all("form") if SUPPORT in one.attributes.get("action", "")] == [
        f"{page_of(ticket)}/reopen", page_of(ticket),
    ]  # fmt: skip

    visit.post(f"{page_of(ticket)}/reopen", submit_key=page.value("submit_key"))
    assert desk.again(ticket).state == "open"
    assert [act for _, act, _ in desk.said(ticket)] == ["", "closed", "reopened"]


def test_both_sides_are_told_apart_and_notes_and_names_of_operators_are_not_shown(alice, operator, visit):
    ticket = desk.answered(desk.opened(alice, text="Mine"), operator, text="Theirs", close=True)
    tickets.add_note(operator_id=operator.pk, ticket_id=ticket.pk, key="n", text="Between us operators")
    page = visit.get(page_of(ticket))

    assert page.texts("div", class_="said") == ["You · just now Mine"]
    assert page.texts("div", class_="reply") == ["Avatar G support · just now Theirs"]
    assert "Support closed this ticket" in page.text
    assert "Between us" not in page.html
    assert "operator@" not in page.html


def test_what_a_person_types_is_text_and_nothing_else(alice, visit):
    evil = '<script>alert(1)</script><img src=x onerror="x">{{ 7|add:7 }}'
    ticket = desk.opened(alice, subject=evil, text=evil)
    for path in (SUPPORT, page_of(ticket)):
        page = visit.get(path)
        assert [one for one in page.all("script") if "src" not in one.attributes] == page.all("img", src="x") == []
        assert "alert(1)" in page.text
        assert "{{ 7|add:7 }}" in page.text


def test_the_due_time_is_told_and_lateness_owned(alice, operator, visit):
    ticket = desk.opened(alice, at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
    page = visit.get(page_of(ticket))
    assert "Answer by 5 Nov 2026, 09:00 UTC" in page.text
    assert "We are late with this answer" in page.text

    desk.answered(ticket, operator)
    page = visit.get(page_of(ticket))
    assert "Answer by" not in page.text
    assert "late" not in page.text


def test_the_list_has_the_own_ones_with_what_changed_last_first(alice, bob, operator, visit):
    first, second = desk.opened(alice, subject="First"), desk.opened(alice, subject="Second")
    desk.opened(bob, subject="Not mine")
    desk.answered(first, operator)
    page = visit.get(SUPPORT)

    assert page.links(f"{SUPPORT}/") == [page_of(first), page_of(second)]
    assert page.texts("span", class_="badge ok") == ["Answered"]
    assert "Not mine" not in page.text


def test_the_list_goes_on_where_a_page_ends(alice, visit):
    for number in range(23):
        made = desk.closed(desk.opened(alice))
        Ticket.objects.filter(pk=made.pk).update(updated_at=F("updated_at") - timedelta(minutes=number))
    page = visit.get(SUPPORT)
    [older] = page.links("?cursor=")
    rest = visit.get(f"{SUPPORT}{older}")

    shown = page.links(f"{SUPPORT}/") + rest.links(f"{SUPPORT}/")
    assert (len(page.links(f"{SUPPORT}/")), len(rest.links(f"{SUPPORT}/")), len(set(shown))) == (20, 3, 23)
    assert rest.links("?cursor=") == []
    assert visit.get(SUPPORT, cursor="rubbish").status == 404


def test_as_many_statements_for_thirty_tickets_and_messages_as_for_one(alice, operator, visit):
    ticket = desk.opened(alice)
    pages = (SUPPORT, NEW, page_of(ticket))
    few = [visit.queries(path) for path in pages]
    for number in range(30):
        desk.answered(desk.replied(ticket), operator)
        if number:
            desk.closed(desk.opened(alice))
    assert [visit.queries(path) for path in pages] == few


def test_looking_writes_nothing(alice, visit):
    ticket = desk.opened(alice, at=timezone.now() - timedelta(days=30))
    before = list(Ticket.objects.values()), list(Message.objects.values())
    for path in (SUPPORT, NEW, page_of(ticket)):
        visit.get(path)
    assert (list(Ticket.objects.values()), list(Message.objects.values())) == before


def test_the_sixth_open_ticket_is_refused_on_the_page_and_the_words_stay(alice, visit):
    for _ in range(5):
        desk.opened(alice)
    page = send(visit)

    assert (page.status, Ticket.objects.count()) == (409, 5)
    assert "There may be 5 open tickets at a time." in page.text
    assert page.value("text") == "How does it work?"


def test_opening_again_beyond_the_limit_is_refused_in_words(alice, visit):
    ticket = desk.closed(desk.opened(alice))
    for _ in range(5):
        desk.opened(alice)
    assert visit.post(f"{page_of(ticket)}/reopen").status == 303
    assert "There may be 5 open tickets at a time." in visit.get(page_of(ticket)).text
    assert visit.post(page_of(ticket), text="More").status == 409
    assert desk.again(ticket).state == "closed"


def test_too_much_in_an_hour_is_slowed_down_for_this_person_alone(alice, bob, visit, settings):
    settings.API_RATES = {**settings.API_RATES, "support": "2/hour"}
    ticket = desk.opened(alice)
    send(visit)
    visit.post(page_of(ticket), text="One")
    refused = [visit.post(page_of(ticket), text="Two"), send(visit, subject="Another")]

    for page in refused:
        assert page.status == 429
        assert 0 < int(page.response.headers["Retry-After"]) <= 3600
        assert "Please wait a little" in page.text
    assert visit.post(f"{page_of(ticket)}/close").status == 303
    assert desk.again(ticket).state == "open"
    assert (Ticket.objects.count(), len(desk.said(ticket))) == (2, 2)
    assert send(Visitor(bob)).status == 303
