"""What operators do about payments: sync, process again, resolve; in the admin and by command."""

import io
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from billing import concerns, mirror, subscriptions
from billing.models import Concern, Subscription, WebhookEvent
from tests import environment
from tests.billing.payers import deliver
from tests.operators import desk


@pytest.fixture
def operator(db):
    return desk.Operator()


def act(operator, name: str, *targets) -> list[str]:
    return desk.told(operator.act(name, *targets))


def paid_unheard(payer):
    """Stripe has a subscription, and no word of it has come."""
    payer.pay(payer.open_checkout("PRO")["session_id"])
    return payer


def synced(*words: str) -> str:
    out = io.StringIO()
    call_command("sync_stripe", *words, stdout=out, stderr=out)
    return out.getvalue()


def test_sync_now_in_the_admin_follows_stripe(payer, operator):
    said = act(operator, "sync", paid_unheard(payer).row)
    assert said == ["For FREE, active: Is now as Stripe has it."]
    assert payer.stands == ("PRO", "active", 1000)
    assert desk.trail(payer.user) == [f"FREE, active: Is now as Stripe has it. Reason: {desk.WHY}"]


def test_sync_now_says_when_stripe_is_away_and_when_there_is_nothing(payer, operator, settings, bob):
    assert act(operator, "sync", bob.subscription) == ["For FREE, active: Never paid: there is nothing to sync."]
    paid_unheard(payer)
    settings.STRIPE_API_HOST = "http://127.0.0.1:9"
    [said] = act(operator, "sync", payer.row)
    assert "does not answer" in said
    assert desk.trail(payer.user) == []


def test_an_event_can_be_processed_again_in_the_admin(payer, operator):
    [event, *_] = paid_unheard(payer).events()
    deliver(payer.client, event)
    row = WebhookEvent.objects.get(pk=event["id"])
    assert act(operator, "process-again", row) == [f"For {row}: Processed."]
    assert payer.stands == ("PRO", "active", 1000)


def test_a_concern_is_resolved_in_the_admin_and_opens_again_only_when_it_changes(alice, operator):
    def worry(detail: str) -> None:
        concerns.raise_concern(kind=Concern.Kind.OWED, subject="in_1", user_id=alice.pk, detail=detail)

    worry("5 owed")
    concern = Concern.objects.get()
    assert act(operator, "resolve", concern) == [f"For {concern}: Resolved."]
    assert act(operator, "resolve", concern) == [f"For {concern}: Was resolved before."]
    worry("5 owed")
    assert Concern.objects.get().resolved_at
    worry("9 owed")
    assert Concern.objects.get().resolved_at is None


@pytest.mark.parametrize("page", ["subscription", "webhookevent", "concern"])
def test_the_lists_open_and_cannot_be_edited(payer, operator, page):
    payer.buy("PRO")
    assert operator.get(f"/admin/billing/{page}/").status == 200
    assert operator.get(f"/admin/billing/{page}/add/").status == 403


def test_the_command_syncs_one_or_all(payer, bob):
    paid_unheard(payer)
    assert "bob@example.test: never paid" in synced("bob@example.test")
    assert payer.stands == ("FREE", "active", 100)
    assert "alice@example.test: PRO, active" in synced("--all")
    assert payer.stands == ("PRO", "active", 1000)


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "or say --all"), (("--all", "a@example.test"), "or say --all"), (("no@example.test",), "There is no user")],
)
def test_the_command_says_what_it_wants(db, words, said):
    with pytest.raises(CommandError, match=said):
        synced(*words)


def test_the_command_fails_while_stripe_is_away(payer, settings):
    paid_unheard(payer)
    settings.STRIPE_API_HOST = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="1 could not be synced"):
        synced("--all")


def test_a_period_that_should_have_ended_is_read_from_stripe(payer):
    payer.buy("PRO")
    Subscription.objects.filter(pk=payer.user.pk).update(
        current_period_end="2020-01-01T00:00Z", current_period_start="2019-12-01T00:00Z"
    )
    assert subscriptions.reconcile_due() == 1
    assert payer.row.current_period_end.year > 2025
    assert subscriptions.reconcile_due() == 0


@pytest.mark.parametrize(
    ("environment_says", "refusal"),
    [
        ({"STRIPE_WEBHOOK_SECRET": ""}, "without STRIPE_WEBHOOK_SECRET"),
        ({"STRIPE_API_HOST": "http://127.0.0.1:1", "STRIPE_SANDBOX": "0"}, "for the local sandbox"),
        ({"STRIPE_API_HOST": "http://127.0.0.1:1", "DEBUG": "0"}, "for the local sandbox"),
        ({"STRIPE_API_HOST": "http://127.0.0.1:1", "STRIPE_SECRET_KEY": "sk_live_1"}, "for the local sandbox"),
    ],
)
def test_incident_25_a_start_with_a_hole_in_it_is_refused(environment_says, refusal):
    done = subprocess.run(
        [sys.executable, "-c", "from avatarg import settings"], cwd=environment.ROOT, text=True,
        env={**os.environ, **environment_says}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert refusal in done.stderr


@pytest.mark.parametrize("says", [{"STRIPE_SANDBOX": "0"}, {"DEBUG": "0"}, {"STRIPE_SECRET_KEY": "sk_live_1"}])
def test_the_sandbox_never_starts_in_production(says):
    done = subprocess.run(
        [sys.executable, "-c", "from stripe_sandbox import settings"], cwd=environment.ROOT, text=True,
        env={**os.environ, "STRIPE_API_HOST": "", **says}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "The Stripe sandbox runs only with" in done.stderr


@pytest.mark.parametrize("model", mirror.MIRRORED, ids=lambda model: model.__name__)
def test_the_mirror_is_shown_searched_and_never_edited(payer, operator, model):
    payer.buy("PRO")
    name = model._meta.model_name
    row = model.objects.first()
    assert operator.get(f"/admin/djstripe/{name}/", q="sub").status == 200
    assert operator.get(f"/admin/djstripe/{name}/add/").status == 403
    if row is not None:
        page = operator.get(f"/admin/djstripe/{name}/{row.pk}/change/")
        assert page.status == 200
        assert page.all("input", name="_save") == []


def test_incident_12_no_page_of_the_admin_shows_a_key(operator):
    assert operator.get("/admin/djstripe/apikey/").status == 404


def test_no_row_of_the_inbox_is_written_by_a_page(payer, operator):
    before = WebhookEvent.objects.count()
    operator.get("/admin/billing/webhookevent/")
    assert WebhookEvent.objects.count() == before
