"""When an endpoint is told nothing: before it began, while it is off, while its owner's plan carries no webhooks."""

from accounts.models import User
from billing.models import Subscription
from hooks import endpoints, recording
from tests.hooks.receiver import again, made, only, told
from tests.jobs import acts


def test_an_endpoint_begins_with_what_comes_after_it(company):
    acts.finished(company)
    endpoint = made(company).endpoint
    recording.record_due()
    assert told(endpoint) == []


def test_while_the_plan_is_gone_endpoints_pause_and_go_on_with_what_comes_after(company):
    endpoint = made(company, "https://example.com/", "job.completed").endpoint
    Subscription.objects.filter(pk=company.pk).update(plan="PREMIUM")
    acts.finished(company)
    recording.record_due()
    assert (told(endpoint), again(endpoint).paused_at is None) == ([], False)

    paused_at = again(endpoint).paused_at
    recording.record_due()
    assert again(endpoint).paused_at == paused_at

    Subscription.objects.filter(pk=company.pk).update(plan="ENTERPRISE")
    recording.record_due()
    job = acts.finished(company)
    recording.record_due()
    assert (again(endpoint).paused_at, only(endpoint).occasion) == (None, str(job.pk))


def test_what_happened_while_an_endpoint_was_off_is_not_told(company):
    endpoint = made(company).endpoint
    endpoints.switch_off(endpoint_id=endpoint.pk, because="owner")
    acts.finished(company)
    recording.record_due()
    endpoints.switch_on(user_id=company.pk, endpoint_id=endpoint.pk)
    recording.record_due()

    assert told(endpoint) == []


def test_somebody_who_may_not_sign_in_is_told_nothing(company):
    endpoint = made(company).endpoint
    acts.finished(company)
    User.objects.filter(pk=company.pk).update(is_active=False)
    recording.record_due()
    assert told(endpoint) == []
