"""Rounds of looking: beside work and each other, on indexes, in a fixed number of statements."""

import pytest

from credits import selectors as ledger_reads
from hooks import delivery, recording
from hooks.events import CREDITS_CHANGED, EVENTS
from hooks.models import Delivery
from jobs.models import Job
from tests import together
from tests.hooks.receiver import again, canceled, failed, made, told
from tests.jobs import acts


def test_a_round_takes_as_many_statements_for_many_as_for_few(company, bob, django_assert_num_queries):
    acts.put_on(bob, "ENTERPRISE")
    made(company)
    with django_assert_num_queries(9):
        recording.record_due()
    for number in range(5):
        made(bob, f"https://example.com/{number}")
    with django_assert_num_queries(9):
        recording.record_due()


@pytest.mark.parametrize(("statement", "indexes"), [
    (recording.ENDED, ["job_ended_of_user"]),
    (recording.MOVED, ["transaction_of_account"]),
    (delivery.CLAIM, ["delivery_due"]),
], ids=["jobs", "ledger", "due"])  # fmt: skip
def test_no_table_is_read_whole(explain, statement, indexes):
    facts = {"endpoints": ["01000000-0000-7000-8000-000000000000"], "most": 50, "each": 4, "lease": 60}
    plan = explain(statement.replace("%(endpoints)s", "%(endpoints)s::uuid[]"), facts)

    assert [index for index in indexes if index in plan] == indexes
    assert "Seq Scan on jobs_job" not in plan
    assert "Seq Scan on hooks_delivery" not in plan
    assert "Seq Scan on credits_credittransaction" not in plan


@pytest.mark.django_db(transaction=True)
def test_rounds_beside_work_and_beside_each_other_tell_everything_once(company):
    endpoint = again(made(company, "https://example.com/", *EVENTS).endpoint)
    jobs = [lambda: acts.finished(company), lambda: failed(company), lambda: canceled(company)] * 3
    results = together.at_once([*jobs, *[recording.record_due] * 4])
    assert [one for one in results if isinstance(one, Exception)] == []
    recording.record_due()

    ended = sorted(f"job.{status}" for status in Job.objects.values_list("status", flat=True))
    after = ledger_reads.transactions_of(company.pk).filter(pk__gt=endpoint.ledger_after)
    rows = [str(pk) for pk in after.values_list("pk", flat=True)]
    assert sorted(one for one in told(endpoint) if one.startswith("job.")) == ended
    found = Delivery.objects.filter(endpoint=endpoint, type=CREDITS_CHANGED).values_list("occasion", flat=True)
    assert (sorted(found), len(rows)) == (sorted(rows), 15)


@pytest.mark.django_db(transaction=True)
def test_who_looks_while_another_does_leaves_it_to_them(company):
    made(company)
    acts.finished(company)
    results = together.at_once([recording.record_due] * 6)
    assert sum(results) >= 2
    assert Delivery.objects.count() == 2
