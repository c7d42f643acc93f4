"""The chat as a conversation: the thread so far, the answer as it is written, and the next message, on one page."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import new_id
from jobs import lifecycle
from jobs.conversations import MOST_TURNS
from jobs.models import Job
from tests.dashboard.page import Page, Visitor, read, sent
from tests.dashboard.test_markup import assert_sound
from tests.jobs import acts

STUDIO = "/dashboard/agents/chat"
FORM = f"{STUDIO}?operation=context"


def said(user, message: str, before: Job | None = None) -> Job:
    given = {"message": message, **({"conversation": str(before.pk)} if before else {})}
    return acts.queued(user, operation="context", input=given)


def turn(user, message: str, answer: str, before: Job | None = None) -> Job:
    job = lifecycle.claim(said(user, message, before).pk)
    lifecycle.complete(job, files=[], output={"text": answer}, engine="test")
    return acts.again(job)


def writing(user, draft: str, before: Job | None = None) -> Job:
    job = lifecycle.claim(said(user, "And then?", before).pk)
    lifecycle.draft(job.pk, job.fence, draft)
    return acts.again(job)


def failed(user, message: str, before: Job | None = None) -> Job:
    job = lifecycle.claim(said(user, message, before).pk)
    lifecycle.fail(job, code="ENGINE_UNAVAILABLE", message="The provider is away.")
    return acts.again(job)


def talk(user, turns: int) -> Job:
    """The last of so many turns, made without paying for each."""
    last = turn(user, "Question 1.", "Answer 1.")
    for number in range(2, turns + 1):
        given = {"message": f"Question {number}.", "conversation": str(last.pk)}
        last.pk, last.input, last.output = new_id(), given, {"text": f"Answer {number}."}
        last.cost, last.created_at = 0, last.created_at + timedelta(seconds=1)
        last.save(force_insert=True)
    return last


def after(visit: Visitor, job: Job) -> Page:
    return visit.get(STUDIO, operation="context", after=job.pk)


def latest(page: Page):
    return page.all("li", id="latest")[0]


def watched(user, page: Page):
    client = Client()
    client.force_login(user)
    response = client.get(latest(page).attributes["hx-get"], headers={"HX-Request": "true"})
    return response.status_code, read(response)


def test_the_thread_stands_above_the_form_oldest_first(alice, visit):
    first = turn(alice, "I am *Ada*.", "Hello **Ada**.")
    page = after(visit, turn(alice, "Who am I?", "You are Ada.", first))

    assert "You I am *Ada*. Chat Hello Ada ." in page.text
    assert page.texts("strong").count("Ada") == 1
    places = [
        page.text.index(words) for words in ("I am *Ada*.", "Hello Ada .", "Who am I?", "You are Ada.", "Message")
    ]
    assert places[:4] == sorted(places[:4])
    assert page.html.index("You are Ada.") < page.html.index('name="message"')
    assert_sound(page)


def test_the_next_message_goes_on_from_the_latest_answer(alice, visit):
    last = turn(alice, "Hello.", "Hello!")
    page = after(visit, last)

    assert page.value("conversation") == str(last.pk)
    assert "autofocus" in page.all("textarea", name="message")[0].attributes
    answer = visit.post(FORM, submit_key="k", message="And now?", conversation=last.pk)
    job = Job.objects.get(status="queued")
    assert answer.status == 303
    assert answer.response.headers["Location"] == f"{FORM}&after={job.pk}#latest"
    assert job.input == {"message": "And now?", "conversation": str(last.pk)}


def test_a_second_click_leads_to_the_same_turn(alice, visit):
    first, second = (visit.post(FORM, submit_key="k", message="Hello.") for _ in range(2))

    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert (Job.objects.count(), acts.balance_of(alice)) == (1, 98)


def test_a_single_message_still_leads_to_its_job(alice, visit):
    answer = sent(visit, f"{STUDIO}?operation=message", message="Hello.")

    assert answer.response.headers["Location"] == f"/dashboard/jobs/{Job.objects.get().pk}"


def test_an_answer_appears_as_it_is_written(alice, visit):
    first = turn(alice, "Tell me a story.", "Once.")
    job = writing(alice, "There was a *river*", first)
    page = after(visit, job)

    assert "There was a river" in latest(page).text
    assert "Once." in page.text
    assert not page.all("textarea")
    [thread] = page.all("ol", class_="turns")
    assert (thread.attributes["aria-live"], latest(page).attributes["aria-busy"]) == ("polite", "true")
    assert latest(page).attributes["hx-trigger"] == "every 500ms"
    assert_sound(page)

    assert watched(alice, page)[0] == 204
    lifecycle.draft(job.pk, job.fence, "There was a *river* and a town")
    status, changed = watched(alice, page)
    assert (status, len(changed.all("li")), changed.all("textarea")) == (200, 1, [])
    assert "There was a river and a town" in changed.text


def test_once_it_is_written_the_next_message_can_be_typed(alice, visit):
    job = writing(alice, "There was a")
    page = after(visit, job)
    lifecycle.complete(job, files=[], output={"text": "There was a river."}, engine="test")
    status, done = watched(alice, page)

    assert (status, done.value("conversation")) == (200, str(job.pk))
    assert "There was a river." in latest(done).text
    assert "hx-get" not in latest(done).attributes
    assert done.all("div", id="compose")[0].attributes["hx-swap-oob"] == "true"
    assert "autofocus" in done.all("textarea", name="message")[0].attributes


def test_without_javascript_the_page_asks_again_by_itself_while_it_is_written(alice, visit):
    job = writing(alice, "There was")
    [refresh] = after(visit, job).all("meta", http_equiv="refresh")
    lifecycle.complete(job, files=[], output={"text": "There was a river."}, engine="test")

    assert f"after={job.pk}" in refresh.attributes["content"]
    page = after(visit, job)
    assert page.all("meta", http_equiv="refresh") == []
    assert page.all("textarea", name="message")


def test_a_failed_answer_says_so_with_its_refund_and_can_be_sent_again(alice, visit):
    first = turn(alice, "Hello.", "Hello!")
    page = after(visit, failed(alice, "And now?", first))

    assert "Your 2 credits are back. The provider is away." in latest(page).text
    assert page.value("conversation") == str(first.pk)
    [again] = [one for one in page.all("form") if one.attributes["action"].endswith("/retry")]
    assert again.text == "Send again for 2"
    answer = visit.post(again.attributes["action"], talk="1", submit_key="again")
    job = Job.objects.get(status="queued")
    assert answer.response.headers["Location"] == f"{FORM}&after={job.pk}#latest"
    assert job.input == {"message": "And now?", "conversation": str(first.pk)}


def test_stopping_an_answer_gives_the_credits_back_and_stays_in_the_conversation(alice, visit):
    job = writing(alice, "There was")
    answer = visit.post(f"/dashboard/jobs/{job.pk}/cancel", talk="1")

    assert answer.response.headers["Location"] == f"{FORM}&after={job.pk}#latest"
    assert "Your 2 credits are back. You canceled this." in latest(after(visit, job)).text
    assert acts.balance_of(alice) == 100


def test_a_refused_message_keeps_the_thread_and_the_words(alice, visit):
    last = turn(alice, "Hello.", "Hello!")
    acts.leave(alice, 1)
    page = visit.post(FORM, submit_key="k", message="And now?", conversation=last.pk)

    assert (page.status, page.value("message"), page.value("conversation")) == (402, "And now?", str(last.pk))
    assert "You Hello. Chat Hello!" in page.text
    assert_sound(page)


def test_what_model_and_person_write_is_text_and_nothing_else(alice, visit):
    bad = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    first = turn(alice, bad, bad)
    page = after(visit, writing(alice, bad, first))

    assert page.text.count("<script>alert(1)</script>") == 3
    assert_sound(page)
    assert not page.all("img", src="x")


@pytest.mark.parametrize("bad", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_where_there_is_no_thread_there_is_an_empty_form(visit, bad):
    page = visit.get(STUDIO, operation="context", after=bad)

    assert (page.status, page.all("ol", class_="turns"), page.value("conversation")) == (200, [], "")


def test_strangers_turns_are_invisible(alice, bob, visit):
    theirs = turn(bob, "My secret.", "Noted.")
    mine = turn(alice, "Hello.", "Hello!")
    Job.objects.filter(pk=mine.pk).update(input={"message": "Hello.", "conversation": str(theirs.pk)})

    assert "My secret." not in after(visit, mine).text
    assert "My secret." not in after(visit, theirs).text
    assert visit.get(f"/dashboard/turns/{theirs.pk}").status == 404


def test_turns_of_other_agents_are_none(alice, visit, quick_runners):
    picture = acts.finished(alice, "music-studio")

    assert visit.get(f"/dashboard/turns/{picture.pk}").status == 404
    assert visit.get(STUDIO, operation="context", after=picture.pk).all("ol", class_="turns") == []


def test_a_turn_without_the_script_leads_to_its_conversation(alice, visit):
    job = turn(alice, "Hello.", "Hello!")

    assert visit.get(f"/dashboard/turns/{job.pk}").response.headers["Location"] == f"{FORM}&after={job.pk}#latest"


def test_of_a_very_long_thread_the_latest_turns_are_shown(alice, visit):
    page = after(visit, talk(alice, MOST_TURNS + 5))

    assert "Question 6." in page.text
    assert "Question 5." not in page.text
    assert len([one for one in page.all("li") if "turn" in one.attributes.get("class", "").split()]) == MOST_TURNS
    assert "Earlier turns" in page.texts("a")
