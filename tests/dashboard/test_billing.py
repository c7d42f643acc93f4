"""The billing page: plan, credits, usage and what the next plan would change."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agents.registry import AGENTS
from billing.models import Subscription
from credits import selectors
from credits.models import CreditAccount
from dashboard import cards
from jobs.models import Job
from tests.dashboard import scenes
from tests.jobs import acts


def subscription(user, **facts) -> None:
    Subscription.objects.filter(pk=user.pk).update(**facts)


def tiles(page) -> dict[str, tuple[str, str]]:
    """The four numbers of the usage card, each with the line below it."""
    words = page.texts("dt")[3:7]
    values = [one.text for one in page.all("dd")[3:11]]
    return {word: (values[2 * number], values[2 * number + 1]) for number, word in enumerate(words)}


def test_a_newcomer_sees_plan_credits_and_a_way_on(visit):
    page = visit.get("/dashboard/billing")

    assert "FREE $0 a month" in page.text
    assert "100 of 100 left" in page.text
    assert "Nothing has run in this period yet." in page.text
    assert "No jobs yet" in page.texts("h2")
    assert not page.all("svg", class_="chart")


def test_usage_counts_what_stayed_spent(alice, bob, visit):
    acts.put_on(alice, "PRO")
    scenes.delivered(alice)
    scenes.delivered(alice, "track.mp3", agent_id="music-studio")
    scenes.failed(alice)
    scenes.canceled(alice)
    scenes.waiting(alice)
    scenes.delivered(bob)

    assert tiles(visit.get("/dashboard/billing")) == {
        "Jobs": ("5", "1 in progress"),
        "Completed": ("2", "1 canceled"),
        "Success rate": ("67 %", "1 failed, refunded"),
        "Credits spent": ("31", "16 came back"),
    }
    assert selectors.account_of(alice.pk).balance == 1000 - 31


def test_the_chart_is_drawn_and_told_as_a_table(alice, visit):
    scenes.delivered(alice)
    page = visit.get("/dashboard/billing")
    [chart] = page.all("svg", class_="chart")
    today = datetime.now(UTC)

    assert ": 8 in all, most on" in chart.attributes["aria-label"]
    assert "Today" in [one.text for one in page.all("text")]
    rows = page.all("details")[0].text
    assert rows.startswith("Show the numbers as tables Credits by day")
    assert f"{today.day} {today:%b} 8 Credits by agent" in rows


def test_agents_are_drawn_and_told_by_credits_most_first(alice, visit):
    acts.put_on(alice, "PRO")
    for _ in range(2):
        scenes.delivered(alice)
    scenes.delivered(alice, "track.mp3", agent_id="music-studio")
    page = visit.get("/dashboard/billing")
    [chart] = page.all("svg", class_="agent-chart")
    rows = [one.text for one in page.all("details")[0:1]]

    assert chart.attributes["aria-label"] == "Credits by agent: Image Creator 16, Music Studio 15."
    assert "Image Creator 2 52 % 16 Music Studio 1 48 % 15" in rows[0]


def test_an_orchestrated_job_is_counted_once_with_what_it_paid(alice, visit):
    acts.put_on(alice, "PREMIUM")
    plan = scenes.waiting(alice, "avatar-g-agent", input={"goal": "A poster and a song for a bakery"})
    page = visit.get("/dashboard/billing")

    assert plan.children.count() > 1
    assert tiles(page)["Jobs"] == ("1", "1 in progress")
    assert [one.attributes["aria-label"] for one in page.all("svg", class_="agent-chart")] == [
        f"Credits by agent: {AGENTS['avatar-g-agent'].name} {plan.cost}."
    ]


def test_jobs_before_this_period_do_not_count(alice, visit):
    job = scenes.delivered(alice)
    started_at = selectors.account_of(alice.pk).period_started_at
    Job.objects.filter(pk=job.pk).update(created_at=started_at - timedelta(seconds=1))

    assert tiles(visit.get("/dashboard/billing"))["Jobs"] == ("0", "0 in progress")


@pytest.mark.parametrize(
    ("facts", "tone", "title"),
    [
        ({"status": "past_due"}, "bad", "Your last payment did not go through"),
        ({"cancel_at_period_end": True}, "warn", "PRO ends on 4 December"),
    ],
)
def test_trouble_is_said_on_top(alice, visit, facts, tone, title):
    acts.put_on(alice, "PRO")
    subscription(alice, current_period_end=datetime(2030, 12, 4, tzinfo=UTC), **facts)
    [banner] = [
        one for one in visit.get("/dashboard/billing").all("div") if "banner" in one.attributes.get("class", "")
    ]

    assert banner.attributes["class"] == f"banner {tone}"
    assert banner.text.startswith(title)


def test_low_credits_are_said_and_plenty_are_not(alice, visit):
    assert "run low" not in visit.get("/dashboard/billing").text

    acts.leave(alice, 25)
    assert "Your credits run low" in visit.get("/dashboard/billing").text

    acts.leave(alice, 0)
    assert "You are out of credits" in visit.get("/dashboard/billing").text


def test_the_forecast_says_when_they_run_out(alice, visit):
    acts.leave(alice, 16)
    scenes.delivered(alice)

    assert "At this pace your credits last until" in visit.get("/dashboard/billing").text


def test_the_forecast_has_words_for_every_case():
    def said(balance: int, spent: int) -> tuple[str, object, bool]:
        account = CreditAccount(
            balance=balance, monthly_allowance=100, period_started_at=datetime(2026, 11, 4, tzinfo=UTC),
            next_reset_at=datetime(2026, 12, 4, tzinfo=UTC),
        )  # fmt: skip
        card = cards.balance_card(account, spent, datetime(2026, 11, 13, 12, tzinfo=UTC))
        return card.forecast, card.lasts_until, card.runs_short

    assert said(40, 60) == (
        "At this pace your credits last until 20 November, 14 days before the reset.", date(2026, 11, 20), True
    )  # fmt: skip
    assert said(90, 10) == ("At this pace about 70 credits will be left on reset day.", date(2027, 2, 11), False)
    assert said(99, 1) == ("At this pace about 97 credits will be left on reset day.", None, False)
    assert said(100, 0) == ("Nothing is spent in this period yet, so there is no pace to go by.", None, False)
    assert said(0, 100)[0::2] == ("You have none left. The next ones come on 4 December.", True)


def test_what_the_own_ledger_says_is_on_the_page(alice, visit):
    scenes.delivered(alice)
    page = visit.get("/dashboard/billing")

    assert "You spent 8 credits in 1 day; PRO gives 1,000 a month." in page.texts("li")
    assert "How this is counted" in page.texts("summary")


def test_what_the_next_plan_would_change(visit):
    rows = [one.text for one in visit.get("/dashboard/billing").all("section", id="upgrade")]

    assert len(rows) == 1
    assert "Credits a month 100 1,000" in rows[0]
    assert "Voice slots 0 3" in rows[0]


def test_at_the_top_there_is_nothing_to_upgrade_to(alice, visit):
    acts.put_on(alice, "ENTERPRISE")
    page = visit.get("/dashboard/billing")

    assert not page.all("section", id="upgrade")
    assert "#upgrade" not in page.links()
