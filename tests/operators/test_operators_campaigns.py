"""Credits for many: looked at first, granted to each once, gone on with where it stopped, refused without a look."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from credits import ledger
from credits.models import CreditAccount, CreditTransaction
from operators import campaign_admin, campaigns
from operators.models import Campaign, Recipient
from tests.jobs import acts
from tests.operators.desk import WHY, Operator, staff, told, trail

NEW = "/admin/operators/campaign/new/"


def form(**answers):
    return {"plans": ["FREE"], "emails": "", "amount": 7, "kind": "bonus", "reason": WHY, "key": "sorry", **answers}


def confirmed(operator, typed: str = "", **answers):
    looked = operator.post(NEW, **form(**answers))
    return operator.post(NEW, **form(**answers), confirmed=seen_in(looked), typed=typed)


def seen_in(looked) -> str:
    return looked.all("button", name="confirmed")[0].attributes["value"]


def work_off() -> int:
    return campaigns.go_on()


def balances(*people: User) -> list[int]:
    return [acts.balance_of(one) for one in people]


@pytest.fixture
def crowd(alice, bob, charlie) -> list[User]:
    acts.put_on(charlie, "PRO")
    return [alice, bob, charlie]


def test_a_dry_run_says_who_how_much_and_who_is_unknown_and_grants_nothing(operator, crowd):
    page = operator.post(NEW, **form(plans=[], emails="Alice@example.test, bob@example.test\nnobody@example.test"))
    assert "2 people get 7 bonus credits each, 14 in all" in page.text
    assert [text for text in page.texts("a") if text.endswith("@example.test")] == [
        "alice@example.test", "bob@example.test",
    ]  # fmt: skip
    assert "Nobody has these addresses (1): nobody@example.test" in page.text
    assert (Campaign.objects.count(), balances(*crowd)) == (0, [100, 100, 1000])


def test_those_on_a_plan_get_it_with_reason_operator_and_name(operator, crowd):
    confirmed(operator, plans=["PRO"])
    assert work_off() == 1
    row = CreditTransaction.objects.filter(account=crowd[2].pk).latest("id")
    assert balances(*crowd) == [100, 100, 1007]
    assert (row.type, row.amount, row.description) == ("bonus", 7, WHY)
    assert row.metadata == {"reason": WHY, "operator": str(operator.user.pk), "campaign": "sorry"}
    assert trail(Campaign.objects.get()) == [f"7 bonus credits for 1 person. Reason: {WHY}"]


def test_all_that_is_said_must_fit(crowd):
    choice = campaigns.Choice(plans=("FREE",), emails=("bob@example.test", "charlie@example.test"))
    assert list(campaigns.chosen(choice)) == [crowd[1]]


def test_who_signed_in_or_started_a_job_since_is_active(crowd):
    alice, bob, charlie = crowd
    today = timezone.now()
    User.objects.filter(pk=alice.pk).update(last_login=today)
    User.objects.filter(pk=charlie.pk).update(last_login=today - timedelta(days=9))
    acts.queued(bob)
    found = campaigns.chosen(campaigns.Choice(active_since=today.date().isoformat()))
    assert set(found) == {alice, bob}


def test_who_may_not_sign_in_gets_nothing(alice, bob):
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert list(campaigns.chosen(campaigns.Choice(plans=("FREE",)))) == [alice]


def test_a_form_sent_twice_is_one_campaign_and_one_grant(operator, alice):
    for _ in range(2):
        confirmed(operator, plans=[], emails=alice.email)
        work_off()
    assert Campaign.objects.count() == 1
    assert acts.rows_of(alice) == [("bonus", 7)]


def test_a_name_used_before_adds_nobody_and_the_dry_run_says_so(operator, alice, bob):
    confirmed(operator, plans=[], emails=alice.email)
    work_off()
    page = operator.post(NEW, **form(plans=[], emails=f"{alice.email} {bob.email}"))
    assert "There is a grant named sorry already" in page.text
    confirmed(operator, plans=[], emails=f"{alice.email} {bob.email}")
    work_off()
    assert balances(alice, bob) == [107, 100]


def test_a_campaign_goes_on_where_it_stopped(operator, crowd, monkeypatch):
    monkeypatch.setattr(campaigns, "CHUNK", 2)
    confirmed(operator, plans=["FREE", "PRO"], emails=" ".join(one.email for one in crowd))
    campaign = Campaign.objects.get()
    assert campaigns.serve(campaign) == 2
    page = operator.get(operator.page_of(campaign))
    assert "2 of 3 have got it, 0 were refused" in page.text
    assert told(operator.act("go-on", campaign)) == ["For sorry: A worker goes on with it."]
    assert work_off() == 1
    assert balances(*crowd) == [107, 107, 1007]
    assert Campaign.objects.get().finished_at


def test_what_a_crash_left_granted_but_not_noted_is_not_granted_again(operator, alice):
    confirmed(operator, plans=[], emails=alice.email)
    campaigns.grant_each(Campaign.objects.get(), [alice.pk])
    assert work_off() == 1
    assert acts.rows_of(alice) == [("bonus", 7)]


def test_one_whom_the_ledger_refuses_keeps_nobody_else_from_theirs(operator, alice, bob):
    confirmed(operator, plans=[], emails=f"{alice.email} {bob.email}")
    campaign = Campaign.objects.get()
    Campaign.objects.filter(pk=campaign.pk).update(expires_at=timezone.now() - timedelta(days=1))
    ledger.grant(
        user_id=bob.pk, amount=7, type="bonus", source=f"{campaigns.source_of('sorry')}{bob.pk}", description="Had it"
    )
    assert work_off() == 2
    found = Recipient.objects.filter(campaign=campaign).order_by("user_id")
    assert [(one.user_id, bool(one.granted_at)) for one in found] == [(alice.pk, False), (bob.pk, True)]
    assert found[0].error == "what is granted has not expired before"
    assert balances(alice, bob) == [100, 107]


def test_many_are_served_by_a_statement_and_not_each(operator, alice):
    def statements(number: int) -> int:
        people = [User.objects.create_user(f"{one}-of-{number}@crowd.test") for one in range(number)]
        confirmed(operator, plans=[], emails=" ".join(one.email for one in people), key=f"for-{number}")
        with CaptureQueriesContext(connection) as asked:
            assert work_off() == number
        return len(asked)

    assert statements(2) == statements(30)
    assert CreditAccount.objects.filter(balance=107).count() == 32


def test_over_the_bound_the_number_is_typed(operator, crowd, monkeypatch):
    monkeypatch.setattr(campaign_admin, "BOUND", 1)
    everybody = {"plans": [], "emails": " ".join(one.email for one in crowd)}
    for typed in ("", "2", "three"):
        assert told(confirmed(operator, **everybody, typed=typed)) == ["These are 3 people. Type that number to go on."]
    assert Campaign.objects.count() == 0
    confirmed(operator, **everybody, typed="3")
    assert Campaign.objects.get().people == 3


def test_a_dry_run_that_no_longer_holds_is_shown_again(operator, alice, bob):
    answers = form(plans=[], emails=f"{alice.email} {bob.email}")
    seen = seen_in(operator.post(NEW, **answers))
    User.objects.filter(pk=bob.pk).update(is_active=False)
    for said in (seen, "2", "-1", "9" * 5000):
        page = operator.post(NEW, **answers, confirmed=said)
        assert told(page) == ["Other people fit now than in the dry run. Please look again."]
    assert Campaign.objects.count() == 0


def test_as_many_others_are_not_those_who_were_looked_at(operator, crowd):
    alice, _bob, charlie = crowd
    seen = seen_in(operator.post(NEW, **form()))
    acts.put_on(charlie, "FREE")
    acts.put_on(alice, "PRO")
    page = operator.post(NEW, **form(), confirmed=seen)
    assert told(page) == ["Other people fit now than in the dry run. Please look again."]
    assert Campaign.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"plans": []}, {"amount": 0}, {"reason": ""}, {"key": "no spaces"}, {"emails": "not-an-address"},
              {"expires_on": "2020-01-01"}, {"kind": "refill"}],
)  # fmt: skip
def test_a_form_with_a_mistake_is_shown_again(operator, alice, wrong):
    page = operator.post(NEW, **form(**wrong), confirmed="1")
    assert "errorlist" in page.html
    assert Campaign.objects.count() == 0


def test_the_page_is_refused_to_who_lacks_the_right(alice):
    clerk = Operator(staff("operators.view_campaign"))
    assert clerk.get(NEW).status == 403
    assert clerk.post(NEW, **form(), confirmed="1").status == 403
    assert Campaign.objects.count() == 0
