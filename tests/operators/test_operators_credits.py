"""Credits by an operator's hand: granted and taken back through the ledger, with a reason, once for each form."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from credits import selectors
from credits.models import CreditLot, CreditTransaction
from tests.jobs import acts
from tests.operators.desk import WHY, Operator, staff, told, trail


def last_row(user):
    return CreditTransaction.objects.filter(account=user.pk).latest("id")


def test_a_grant_is_a_bonus_with_reason_and_operator(operator, alice):
    page = operator.act("grant", alice, amount=50)
    row = last_row(alice)
    assert told(page) == ["For alice@example.test: Granted 50 credits. The balance is 150."]
    assert (row.type, row.amount, row.description) == ("bonus", 50, WHY)
    assert row.metadata == {"reason": WHY, "operator": str(operator.user.pk)}
    assert trail(alice) == [f"Granted 50 credits. The balance is 150. Reason: {WHY}"]


def test_a_form_that_is_sent_twice_grants_once_and_is_written_down_once(operator, alice):
    form = operator.form("grant", alice, amount=50)
    operator.send("grant", alice, form=form)
    assert told(operator.send("grant", alice, form=form)) == [
        "For alice@example.test: Had been granted before. The balance stays 150."
    ]
    assert acts.rows_of(alice) == [("bonus", 50)]
    assert len(trail(alice)) == 1


def test_two_forms_are_two_grants(operator, alice):
    operator.act("grant", alice, amount=50)
    operator.act("grant", alice, amount=50)
    assert acts.balance_of(alice) == 200


def test_a_grant_to_several_gives_each_once(operator, alice, bob):
    form = operator.form("grant", alice, bob, amount=5)
    for _ in range(2):
        operator.send("grant", alice, bob, form=form)
    assert [acts.balance_of(one) for one in (alice, bob)] == [105, 105]


def test_a_grant_may_expire_at_the_end_of_a_day(operator, alice):
    day = timezone.now().date() + timedelta(days=9)
    operator.act("grant", alice, amount=50, expires_on=day.isoformat())
    lot = CreditLot.objects.get(account=alice.pk, kind="bonus")
    assert lot.expires_at.isoformat() == f"{day.isoformat()}T23:59:59+00:00"


@pytest.mark.parametrize(
    "wrong", [{"amount": 0}, {"amount": -5}, {"amount": "many"}, {"amount": 10**9}, {"reason": " "},
              {"expires_on": "2020-01-01"}, {"key": ""}],
)  # fmt: skip
def test_a_form_with_a_mistake_grants_nothing_and_says_so(operator, alice, wrong):
    page = operator.act("grant", alice, **{"amount": 50, **wrong})
    assert page.all("ul", class_="errorlist")
    assert acts.rows_of(alice) == []
    assert trail(alice) == []


def test_a_take_back_is_a_deduction_without_a_job(operator, alice):
    page = operator.act("take-back", alice, amount=30)
    row = last_row(alice)
    assert told(page) == ["For alice@example.test: Took back 30 credits. The balance is 70."]
    assert (row.type, row.amount, row.job_id) == ("deduction", -30, None)
    assert row.metadata == {"reason": WHY, "operator": str(operator.user.pk)}
    assert selectors.account_of(alice.pk).total_spent == 0


def test_a_take_back_that_is_sent_twice_takes_once(operator, alice):
    form = operator.form("take-back", alice, amount=30)
    for _ in range(2):
        page = operator.send("take-back", alice, form=form)
    assert told(page) == ["For alice@example.test: Had been taken back before. The balance stays 70."]
    assert acts.rows_of(alice) == [("deduction", -30)]


def test_no_more_is_taken_than_is_there(operator, alice):
    page = operator.act("take-back", alice, amount=101)
    assert told(page) == ["For alice@example.test: Only 100 credits are there to take back."]
    assert acts.rows_of(alice) == []
    assert trail(alice) == []


def test_a_frozen_account_is_charged_nothing_until_it_is_unfrozen(operator, alice):
    operator.act("freeze", alice)
    assert acts.refusal_of(lambda: acts.submit(alice)).code == "DEDUCTION_FAILED"
    operator.act("unfreeze", alice)
    assert acts.submit(alice).cost == 1


def test_freezing_again_changes_and_records_nothing(operator, alice):
    operator.act("freeze", alice)
    at = selectors.account_of(alice.pk).frozen_at
    assert told(operator.act("freeze", alice)) == ["For alice@example.test: Was frozen already."]
    assert selectors.account_of(alice.pk).frozen_at == at
    assert len(trail(alice)) == 1


@pytest.mark.parametrize(
    "name", ["grant", "take-back", "freeze", "unfreeze", "sync", "anonymise", "reset-second-factor"]
)
def test_an_act_is_refused_to_who_lacks_the_right(alice, name):
    clerk = Operator(staff("accounts.view_user", "accounts.change_user"))
    form = {"key": "00000000-0000-4000-8000-000000000000", "reason": WHY, "amount": 5}
    assert clerk.client.get(clerk.address(name, alice)).status_code == 403
    assert clerk.client.post(clerk.address(name, alice), form).status_code == 403
    assert clerk.get(clerk.page_of(alice)).links(f"/admin/accounts/user/act/{name}/") == []
    assert (acts.rows_of(alice), trail(alice)) == ([], [])


def test_one_right_opens_one_act(alice):
    clerk = Operator(staff("accounts.view_user", "operators.grant_credits"))
    assert told(clerk.act("grant", alice, amount=5)) == [
        "For alice@example.test: Granted 5 credits. The balance is 105."
    ]
    assert clerk.client.get(clerk.address("take-back", alice)).status_code == 403


def test_a_person_who_is_no_operator_does_not_get_there(alice, bob):
    somebody = Operator(bob)
    assert somebody.client.get(somebody.address("grant", alice)).status_code == 302
    somebody.client.post(somebody.address("grant", alice), {"amount": 5, "reason": WHY})
    assert acts.rows_of(alice) == []


def test_an_act_without_its_token_is_refused(operator, alice):
    operator.client.handler.enforce_csrf_checks = True
    form = operator.form("grant", alice, amount=5)
    assert operator.client.post(operator.address("grant", alice), form).status_code == 403
    assert acts.rows_of(alice) == []


@pytest.mark.parametrize("path", ["act/none/?id={id}", "act/grant/", "act/grant/?id=nobody"])
def test_an_address_that_names_no_act_or_nobody_is_not_found(operator, alice, path):
    assert operator.get(f"/admin/accounts/user/{path.format(id=alice.pk)}").status == 404


def test_the_lists_action_leads_to_the_page_that_asks_for_the_reason(operator, alice, bob):
    chosen = {"action": "grant", "_selected_action": [str(alice.pk), str(bob.pk)]}
    page = operator.client.post("/admin/accounts/user/", chosen, follow=True)
    assert page.redirect_chain[0][0].startswith("/admin/accounts/user/act/grant/?id=")
    assert "alice@example.test" in page.content.decode()
    assert acts.rows_of(alice) == []


def test_the_way_back_leads_nowhere_else(operator, alice):
    form = operator.form("grant", alice, amount=5)
    answer = operator.client.post(f"{operator.address('grant', alice)}&next=https://evil.example/", form)
    assert answer["Location"] == operator.page_of(alice)


def test_the_line_about_somebody_anonymised_names_them_no_more(operator, alice):
    operator.act("anonymise", alice)

    assert list(LogEntry.objects.values_list("object_repr", flat=True)) == [f"{alice.pk}@anonymised.invalid"]
