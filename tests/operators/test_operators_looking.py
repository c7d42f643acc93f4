"""An operator looks at the pages as a person does: recorded, seen by all, and without changing the least thing."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from accounts.models import User
from credits import ledger
from jobs.models import Job
from operators.errors import OnlyLooking
from tests.dashboard.page import Visitor
from tests.jobs import acts
from tests.operators.desk import WHY, Operator, staff, told, trail

BEGIN, STOP = "/admin/look/", "/looking/stop"
SAID = "Nothing can be changed here"


@pytest.fixture
def looking(operator, alice) -> Operator:
    """An operator who sees what alice sees."""
    operator.post(BEGIN, user_pk=alice.pk, reason=WHY)
    return operator


def signed_in_as(visitor: Operator) -> str:
    return visitor.client.session["_auth_user_id"]


def test_the_pages_are_the_persons_with_a_banner_on_each(looking, alice):
    for path in ("/dashboard", "/dashboard/jobs", "/dashboard/billing", "/dashboard/credits", "/pricing"):
        page = looking.get(path)
        assert page.status == 200
        assert [one.text for one in page.all("aside", class_="looking")] == [
            f"You look at the pages as {alice.email} does. Nothing can be changed. Stop"
        ]


def test_nobody_else_sees_a_banner(alice):
    assert Visitor(alice).get("/dashboard").all("aside", class_="looking") == []


def test_begin_and_end_are_recorded_with_who_and_why(looking, alice):
    operator = looking.user
    answer = looking.client.post(STOP)
    assert answer["Location"] == looking.page_of(alice)
    assert signed_in_as(looking) == str(operator.pk)
    assert trail(alice) == [
        f"Looks at the pages as they do, for an hour at most. Reason: {WHY}",
        f"No longer looks at the pages as they do. Reason was: {WHY}",
    ]
    assert set(LogEntry.objects.values_list("user", flat=True)) == {operator.pk}


def test_nothing_of_the_person_changes(operator, alice):
    before = User.objects.filter(pk=alice.pk).values().get()
    operator.post(BEGIN, user_pk=alice.pk, reason=WHY)
    operator.get("/dashboard")
    operator.client.post(STOP)
    assert User.objects.filter(pk=alice.pk).values().get() == before


def test_it_lasts_an_hour_at_most(looking):
    assert looking.client.session.get_expiry_age() == 3600


def test_without_a_reason_it_does_not_begin(operator, alice):
    page = operator.client.post(BEGIN, {"user_pk": alice.pk, "reason": "  "}, follow=True)
    assert "Say why you want to look" in page.content.decode()
    assert signed_in_as(operator) == str(operator.user.pk)


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_it_begins_by_post_alone(operator, alice, method):
    assert getattr(operator.client, method)(f"{BEGIN}?user_pk={alice.pk}&reason=x").status_code in (400, 405)
    assert signed_in_as(operator) == str(operator.user.pk)


@pytest.mark.parametrize("path", [BEGIN, STOP])
def test_it_begins_and_ends_with_a_token_alone(looking, alice, path):
    looking.client.handler.enforce_csrf_checks = True
    assert looking.client.post(path, {"user_pk": alice.pk, "reason": WHY}).status_code == 403
    assert signed_in_as(looking) == str(alice.pk)


@pytest.mark.parametrize("rights", [(), ("accounts.view_user", "accounts.change_user")])
def test_it_takes_the_right_to(alice, rights):
    clerk = Operator(staff(*rights))
    assert clerk.client.post(BEGIN, {"user_pk": alice.pk, "reason": WHY}).status_code == 403
    assert signed_in_as(clerk) == str(clerk.user.pk)
    assert trail(alice) == []


def test_the_right_alone_is_enough_for_an_operator_and_not_for_a_person(alice, bob):
    clerk = Operator(staff("operators.view_as_user"))
    clerk.post(BEGIN, user_pk=alice.pk, reason=WHY)
    assert signed_in_as(clerk) == str(alice.pk)
    bob.user_permissions.set(clerk.user.user_permissions.all())
    person = Operator(bob)
    assert person.client.post(BEGIN, {"user_pk": alice.pk, "reason": WHY}).status_code == 403


def others() -> dict[str, User]:
    return {
        "staff": staff(email="other@example.test"),
        "superuser": User.objects.create_superuser("root@example.test", "a-long-password-1"),
        "inactive": User.objects.create_user("gone@example.test", is_active=False),
    }


@pytest.mark.parametrize("who", ["staff", "superuser", "inactive"])
def test_never_as_an_operator_nor_as_somebody_who_left(operator, who):
    target = others()[who]
    assert operator.client.post(BEGIN, {"user_pk": target.pk, "reason": WHY}).status_code == 403
    assert signed_in_as(operator) == str(operator.user.pk)
    assert operator.get(operator.page_of(target)).all("input", id="look-reason") == []


@pytest.mark.parametrize("pk", ["", "nobody", "00000000-0000-4000-8000-000000000000"])
def test_nobody_is_not_found(operator, pk):
    assert operator.client.post(BEGIN, {"user_pk": pk, "reason": WHY}).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "path", ["/dashboard/settings", "/dashboard/agents/chat", "/dashboard/billing/upgrade", "/accounts/logout/",
             BEGIN, "/no/such/page"],
)  # fmt: skip
def test_every_page_refuses_what_is_not_reading(looking, alice, path, method):
    answer = getattr(looking.client, method)(path, {"message": "hello"}, content_type="application/json")
    assert (answer.status_code, SAID in answer.content.decode()) == (403, True)
    assert signed_in_as(looking) == str(alice.pk)
    assert Job.objects.count() == 0


@pytest.mark.parametrize("path", ["/api/agents/execute", "/api/billing/checkout", "/api/uploads", "/api/no-such"])
def test_the_api_refuses_it_in_its_own_words(looking, path):
    answer = looking.client.post(path, {"agent_id": "chat", "input": acts.HELLO}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json() == {"error": OnlyLooking.sentence, "code": "PERMISSION_DENIED", "metadata": {}}
    assert Job.objects.count() == 0


def test_the_api_is_read_as_the_person(looking):
    assert looking.client.get("/api/credits/balance").json()["balance"] == 100


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/recovery-codes/", "/accounts/email/",
             "/accounts/password/change/", "/dashboard/settings/keys", "/dashboard/billing?checkout=success",
             "/dashboard/billing?portal=back"],
)  # fmt: skip
def test_what_concerns_signing_in_and_keys_is_not_shown(looking, path):
    answer = looking.client.get(path)
    assert (answer.status_code, SAID in answer.content.decode()) == (403, True)


def test_a_page_that_would_write_is_refused_by_the_database(looking, alice, monkeypatch):
    job = acts.finished(alice)
    before = acts.rows_of(alice)

    def writes(user_id, job_id):
        ledger.freeze(alice.pk)
        return job

    monkeypatch.setattr("jobs.selectors.job_of", writes)
    answer = looking.client.get(f"/dashboard/jobs/{job.pk}")
    assert (answer.status_code, SAID in answer.content.decode()) == (403, True)
    assert acts.rows_of(alice) == before
    assert acts.submit(alice).cost == 1


def test_the_admin_is_shut_meanwhile(looking):
    assert looking.client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("loss", [{"is_staff": False, "is_superuser": False}, {"is_active": False}])
def test_an_operator_who_is_none_any_more_sees_nothing_more(looking, loss):
    User.objects.filter(pk=looking.user.pk).update(**loss)
    assert looking.client.get("/dashboard")["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in looking.client.session


def test_a_person_who_becomes_an_operator_is_no_longer_looked_at(looking, alice):
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    assert looking.client.get("/dashboard")["Location"] == "/accounts/login/"


def test_it_ends_with_the_session(looking):
    Session.objects.all().delete()
    assert looking.client.get("/dashboard").status_code == 302
    assert looking.client.post(STOP).status_code == 403


def test_who_looks_at_nobody_cannot_stop(operator):
    assert operator.client.post(STOP).status_code == 403
    assert told(operator.get("/admin/")) == []
