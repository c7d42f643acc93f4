"""The card of mails in settings, without JavaScript."""

from accounts.models import Profile
from notifications import kinds
from notifications.kinds import KINDS
from tests.dashboard.page import Page, Visitor
from tests.notifications import post

SETTINGS = "/dashboard/settings"


def preferences(user) -> dict:
    return Profile.objects.get(pk=user.pk).preferences


def on(page: Page) -> set[str]:
    boxes = [one for one in page.all("input", type="checkbox") if one.attributes["name"] in KINDS]
    assert [one.attributes["name"] for one in boxes] == list(KINDS)
    return {one.attributes["name"] for one in boxes if "checked" in one.attributes}


def test_all_are_on_but_the_one_about_jobs_until_somebody_chooses(alice):
    page = Visitor(alice).get(SETTINGS)

    assert on(page) == set(KINDS) - {"job_done"}
    for kind in KINDS.values():
        assert kind.sentence in page.text
    assert preferences(alice) == {}


def test_a_choice_is_saved_and_shown(alice):
    visit = Visitor(alice)
    answer = visit.post(SETTINGS, form="mail", job_done="on", plan_ends="on")

    assert (answer.status, answer.response.headers["Location"]) == (303, f"{SETTINGS}#mail")
    page = visit.get(SETTINGS)
    assert on(page) == {"job_done", "plan_ends"}
    assert "Your choice of mails is saved." in page.text
    assert preferences(alice)["mail"] == {kind: kind in {"job_done", "plan_ends"} for kind in KINDS}


def test_the_two_cards_leave_each_others_settings_alone(alice):
    visit = Visitor(alice)
    Profile.objects.filter(pk=alice.pk).update(preferences={"future": 1, "mail": {"later": "x"}})
    visit.post(SETTINGS, form="mail", welcome="on")
    visit.post(SETTINGS, full_name="Alice", theme="dark")
    assert preferences(alice)["theme"] == "dark"
    assert (preferences(alice)["future"], preferences(alice)["mail"]["later"]) == (1, "x")
    assert on(visit.get(SETTINGS)) == {"welcome"}

    visit.post(SETTINGS, form="mail")
    assert preferences(alice)["theme"] == "dark"
    assert Profile.objects.get(pk=alice.pk).full_name == "Alice"
    assert on(visit.get(SETTINGS)) == set()


def test_a_refused_profile_shows_the_mails_as_they_are(alice):
    post.turn(alice, welcome=False)
    page = Visitor(alice).post(SETTINGS, full_name="", theme="plaid")

    assert page.status == 400
    assert on(page) == set(KINDS) - {"welcome", "job_done"}


def test_what_is_neither_on_nor_off_counts_as_untouched():
    for odd in ({}, {"mail": None}, {"mail": []}, {"mail": {"welcome": "no"}}, {"mail": {"welcome": None}}):
        assert kinds.is_on(kinds.WELCOME, odd)
        assert not kinds.is_on(kinds.JOB_DONE, odd)


def test_every_kind_can_be_off(alice, bob, charlie):
    for one in (alice, bob, charlie):
        post.turn(one, **dict.fromkeys(KINDS, False))
    post.subscribe(alice, status="past_due", cancel_at_period_end=True)
    post.notify()

    assert post.subjects(alice) == post.subjects(bob) == []
    assert post.states(alice, "welcome") == {"welcome": "skipped"}
