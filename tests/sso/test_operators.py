"""What operators do with single sign-on. Each approval lets a provider into every account of a domain."""

import pytest

from accounts.models import User
from sso import connections
from sso.models import SingleSignOn
from tests.cast import PASSWORD
from tests.jobs import acts
from tests.operators.desk import WHY, Operator, staff, told, trail


@pytest.fixture
def operator(db) -> Operator:
    return Operator()


def now(sign_on: SingleSignOn) -> SingleSignOn:
    return SingleSignOn.objects.get(pk=sign_on.pk)


def changed(sign_on: SingleSignOn, **facts) -> None:
    as_it_was = {"domain": sign_on.domain, "issuer": sign_on.issuer, "client_id": sign_on.client_id}
    connections.save_sign_on(
        owner_id=sign_on.owner_id, client_secret="", required=False, **as_it_was | facts
    )  # fmt: skip


def test_an_operator_lets_it_work_and_the_trail_shows_it(operator, sign_on, owner):
    waits = sign_on(checked=False)
    page = operator.client.get(operator.page_of(waits)).content.decode()

    operator.act("approve", waits)

    assert "s3cret" not in page
    assert waits.sealed_secret not in page
    assert now(waits).checked_at is not None
    assert trail(waits) == [f"Checked that acme.test is theirs ({waits.issuer}). Reason: {WHY}"]
    assert trail(owner) == [f"acme.test: {trail(waits)[0]}"]


@pytest.mark.parametrize(
    "facts", [{"domain": "victim.test"}, {"issuer": "https://id.evil.test"}, {"client_id": "another"}]
)
def test_what_was_changed_after_the_look_is_not_let_work(operator, sign_on, facts):
    waits = sign_on(checked=False)
    seen = operator.form("approve", waits)
    changed(waits, **facts)

    page = operator.send("approve", waits, form=seen)

    assert "changed since the page was opened" in page.text
    assert now(waits).checked_at is None
    assert trail(waits) == []


def test_what_is_changed_in_the_same_moment_is_not_let_work(operator, sign_on, monkeypatch):
    waits = sign_on(checked=False)
    approve = connections.approve

    def late(seen):
        changed(seen, domain="victim.test")
        return approve(seen)

    monkeypatch.setattr(connections, "approve", late)
    page = operator.act("approve", waits)

    assert told(page) == ["For acme.test: acme.test was changed just now. Look again."]
    assert connections.working_for("dora@victim.test") is None


def test_who_may_only_look_lets_nothing_work(sign_on):
    waits = sign_on(checked=False)
    clerk = Operator(staff("sso.view_singlesignon"))

    assert clerk.client.get(clerk.page_of(waits)).status_code == 200
    assert clerk.client.get(clerk.address("approve", waits)).status_code == 403
    assert now(waits).checked_at is None


def test_a_suspended_one_works_no_more_and_is_suspended_once(operator, sign_on):
    works = sign_on()
    form = operator.form("suspend", works)

    for _ in range(2):
        operator.send("suspend", works, form=form)

    assert connections.working_for("dora@acme.test") is None
    assert trail(works) == [f"Suspended. Reason: {WHY}"]


def test_a_domain_works_for_one_customer_only(operator, owner, sign_on):
    sign_on()
    other = User.objects.create_user(email="other@example.test", password=PASSWORD)
    acts.put_on(other, "ENTERPRISE")
    theirs = connections.save_sign_on(
        owner_id=other.pk, domain="acme.test", issuer="https://id.other.test", client_id="x", client_secret="",
        required=False,
    )  # fmt: skip

    page = operator.act("approve", theirs)

    assert told(page) == ["For acme.test: acme.test is another's already."]
    assert connections.working_for("dora@acme.test").owner == owner
