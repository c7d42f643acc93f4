"""Job done: for who asked, of jobs that took long, with what came back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from jobs.models import Job
from tests.dashboard import scenes
from tests.jobs import acts, plans
from tests.jobs.plans import troupe  # noqa: F401 a fixture
from tests.notifications import post


@pytest.fixture
def asking(welcomed):
    post.turn(welcomed, job_done=True)
    return welcomed


def test_nobody_is_told_who_did_not_ask(welcomed):
    post.ran_for(scenes.delivered(welcomed), 60)
    post.notify()

    assert mail.outbox == []


def test_a_long_job_is_told_once_with_a_link(asking):
    job = post.ran_for(scenes.delivered(asking), 21)
    for _ in range(3):
        post.notify()

    [told] = post.mails_to(asking)
    assert told.subject == "Your job is done: Image Creator"
    assert "> A red lighthouse at dusk\n" in told.body
    assert f"http://localhost:8000/dashboard/jobs/{job.pk}\n" in told.body


def test_a_failed_job_says_why_and_what_came_back(asking):
    post.ran_for(scenes.failed(asking), 30)
    post.notify()

    [told] = post.mails_to(asking)
    assert told.subject == "Your job failed: Image Creator"
    assert "The picture came out damaged." in told.body
    assert "8 credits came back to you." in told.body


def test_each_of_several_jobs_is_told(asking):
    for _ in range(3):
        post.ran_for(scenes.delivered(asking), 30)
    post.notify()

    assert post.subjects(asking) == ["Your job is done: Image Creator"] * 3


def test_short_canceled_and_old_jobs_are_not_told(asking):
    post.ran_for(scenes.delivered(asking), 20)
    scenes.canceled(asking)
    old = post.ran_for(scenes.delivered(asking), 60)
    Job.objects.filter(pk=old.pk).update(finished_at=datetime.now(UTC) - timedelta(days=1, minutes=1))
    post.notify()

    assert post.subjects(asking) == []


def test_steps_of_a_plan_are_not_told_of_and_the_plan_is(asking, troupe):  # noqa: F811
    acts.put_on(asking, "PREMIUM")
    whole = plans.work_off(plans.start(asking))
    for job in [whole, *whole.children.all()]:
        post.ran_for(job, 40)
    post.notify()

    [told] = post.mails_to(asking)
    assert told.subject == "Your job is done: Avatar G"
    assert str(whole.pk) in told.body


def test_switching_it_on_brings_no_old_news(welcomed):
    post.ran_for(scenes.delivered(welcomed), 60)
    post.turn(welcomed, job_done=True)
    post.notify()
    assert post.subjects(welcomed) == []

    post.ran_for(scenes.delivered(welcomed), 60)
    post.turn(welcomed, job_done=True)
    post.notify()
    assert len(post.subjects(welcomed)) == 1


def test_what_a_person_asked_for_stays_text(asking):
    said = '<script>alert(1)</script>\r\nBcc: bob@example.test\n\n<a href="https://evil.test">Open billing</a>'
    post.ran_for(scenes.delivered(asking, input={"prompt": said}), 60)
    post.notify()

    [told] = post.mails_to(asking)
    html = post.html_of(told)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Bcc: bob@example.test" in html
    assert 'href="https://evil' not in html
    assert "> <script>alert(1)</script> Bcc: bob@example.test" in told.body
    assert told.message()["Bcc"] is None
    assert told.subject == "Your job is done: Image Creator"


def test_a_job_that_is_gone_before_the_mail_goes_is_passed_over(asking, settings):
    job = post.ran_for(scenes.failed(asking), 60)
    with post.mail_server(settings, MAIL="451 later"):
        post.notify()
    Job.objects.filter(pk=job.pk).delete()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    post.retry_now()
    post.notify()

    assert post.states(asking, "job_done") == {str(job.pk): "skipped"}
