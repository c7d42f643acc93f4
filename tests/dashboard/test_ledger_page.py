"""The ledger as a page: every credit that came or went."""

import pytest

from credits.models import CreditTransaction
from jobs.models import Job
from tests.dashboard import scenes
from tests.dashboard.page import Page
from tests.jobs import acts

CREDITS = "/dashboard/credits"
MINUS_8 = "\u22128"


def rows(page: Page) -> list[str]:
    return page.texts("tr")[1:]


def amounts(page: Page) -> list[str]:
    return [one.text for one in page.all("td") if "num" in one.attributes["class"]][::2]


def test_a_newcomer_has_one_row_and_one_lot(visit):
    page = visit.get(CREDITS)

    assert amounts(page) == ["+100"]
    assert "Allowance 100 until" in page.text
    assert "What you have 100 credits" in page.text


def test_every_movement_is_a_row_newest_first(alice, bob, visit):
    scenes.delivered(alice)
    scenes.failed(alice)
    acts.give(alice, 1500)
    acts.give(bob, 77)
    page = visit.get(CREDITS)

    assert amounts(page) == ["+1,500", "+8", MINUS_8, MINUS_8, "+100"]
    assert [row.split()[-1] for row in rows(page)] == ["1,592", "92", "84", "92", "100"]
    assert "Bonus 1,500 without an end" in page.text


def test_a_row_leads_to_its_job_while_that_is_kept(alice, visit):
    kept, pruned = scenes.delivered(alice), scenes.canceled(alice)
    Job.objects.filter(pk=pruned.pk).delete()
    page = visit.get(CREDITS)

    assert page.links("/dashboard/jobs/") == [f"/dashboard/jobs/{kept.pk}"]
    assert amounts(page) == ["+8", MINUS_8, MINUS_8, "+100"]


@pytest.mark.parametrize(
    ("type", "wanted"),
    [("deduction", [MINUS_8, MINUS_8]), ("refund", ["+8"]), ("bonus", ["+50"]), ("refill", ["+100"])],
)
def test_filters_hold_only_what_fits(alice, visit, type, wanted):
    scenes.delivered(alice)
    scenes.failed(alice)
    acts.give(alice, 50)
    page = visit.get(CREDITS, type=type)

    assert amounts(page) == wanted
    assert page.value("type") == type
    assert page.links("/api/credits/") == [f"/api/credits/transactions.csv?type={type}"]


def test_a_kind_with_nothing_in_it_leads_back(visit):
    page = visit.get(CREDITS, type="purchase")

    assert "Nothing of this kind" in page.texts("h2")
    assert "Show everything" in page.texts("a")


def test_the_csv_is_the_same_ledger(alice, visit):
    scenes.delivered(alice)
    [link] = visit.get(CREDITS).links("/api/credits/")
    told = visit.client.get(link).getvalue().decode().splitlines()

    assert len(told) == 1 + CreditTransaction.objects.filter(account_id=alice.pk).count()


def test_older_rows_are_on_the_next_page_under_the_same_filter(alice, visit):
    for number in range(1, 34):
        acts.give(alice, number)
    page = visit.get(CREDITS, type="bonus")
    [older] = [link for link in page.links("?") if "cursor=" in link]

    assert amounts(page) == [f"+{number}" for number in range(33, 3, -1)]
    assert amounts(visit.get(f"{CREDITS}{older}")) == ["+3", "+2", "+1"]


@pytest.mark.parametrize("cursor", ["nonsense", "bnVsbA", "W10"])
def test_a_cursor_that_is_not_ours_is_not_found(visit, cursor):
    assert visit.get(CREDITS, cursor=cursor).status == 404
