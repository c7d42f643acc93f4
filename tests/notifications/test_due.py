"""Finding what is due: by beat, through indexes, and a bounded number at a time."""

import pytest
from django.conf import settings
from django.core import mail

from accounts.models import User
from avatarg.celery import app
from notifications import due
from notifications.models import Notification
from tests.notifications import post

FACTS = {
    "oldest": "01000000-0000-7000-8000-000000000000", "new_for": due.NEW_FOR, "cheapest": 1, "confirmed_only": True,
    "most": 500,
}  # fmt: skip


@pytest.mark.parametrize(
    ("found", "index"),
    [
        (due.NEWCOMERS, "accounts_user_pkey"),
        (due.UNPAID, "subscription_past_due"),
        (due.ENDING, "subscription_ending"),
        (due.DONE, "profile_wants_job_mail"),
        (due.DONE, "job_ended_of_user"),
        (due.GAVE_UP, "endpoint_gave_up"),
    ],
)
def test_no_table_is_read_whole(explain, found, index):
    plan = explain(due.RECORD.replace("{found}", found), FACTS)

    assert index in plan
    assert "Seq Scan" not in plan


def test_recent_rows_of_the_ledger_are_found_by_their_age(explain):
    recent = "created_at > statement_timestamp() - interval '1 day'"

    assert "transaction_age" in explain(f"SELECT FROM credits_credittransaction WHERE {recent}")


def test_what_does_not_fit_into_one_round_comes_in_the_next(db, monkeypatch):
    monkeypatch.setattr(due, "MOST", 2)
    User.objects.bulk_create(User(email=f"{number}@example.test") for number in range(5))

    assert [due.record_due() for _ in range(4)] == [2, 2, 1, 0]
    assert len(Notification.objects.values("user").distinct()) == 5


def test_looking_writes_nothing_but_what_is_due(alice):
    assert due.record_due() == 1
    assert due.record_due() == 0
    assert mail.outbox == []


def test_beat_asks_for_both_tasks_and_workers_know_them(alice):
    app.loader.import_default_modules()
    asked = {entry["task"]: entry for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    for name in ("notifications.notify", "notifications.prune"):
        assert asked[name]["task"] in app.tasks
        assert app.amqp.router.route({}, name)["queue"].name == "billing"
        app.tasks[name].run()

    assert post.subjects(alice) == ["Welcome to Avatar G"]


def test_operators_look_at_what_was_sent_and_change_nothing(alice, client):
    post.notify()
    operator = User.objects.create_superuser("operator@example.test")
    client.force_login(operator)
    listed = client.get("/admin/notifications/notification/?q=alice")
    row = Notification.objects.get(user=alice)

    assert "alice@example.test" in listed.content.decode()
    assert client.get(f"/admin/notifications/notification/{row.pk}/change/").status_code == 200
    assert client.post(f"/admin/notifications/notification/{row.pk}/change/", {"state": "waiting"}).status_code == 403
    assert client.get("/admin/notifications/notification/add/").status_code == 403
    assert client.post(f"/admin/notifications/notification/{row.pk}/delete/", {"post": "yes"}).status_code == 403
