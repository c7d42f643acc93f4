"""Two kinds of workers side by side: what takes long keeps nobody waiting who asked for little."""

from jobs.models import Job, Pulse
from tests.embedded.processes import wait_until
from tests.faults.crew import HEAVY, LIGHT, Crew, sweep_until
from tests.faults.test_workers import is_, told
from tests.jobs import acts


def film(user, seconds: float) -> Job:
    return acts.queued(user, "video-studio", input={"message": f"work {seconds}"})


def test_a_film_in_the_making_keeps_no_answer_waiting(crew: Crew, alice, bob):
    worker, studio = crew.worker(LIGHT), crew.worker(HEAVY, at_once=1)
    films = [film(alice, 3), film(bob, 0.1)]
    wait_until(is_("running", films[0]), 20, studio.said)
    for user in (alice, bob):
        acts.put_on(user, "PRO")

    answers = [told(user, "work 0.1") for user in (alice, bob)]
    wait_until(is_("completed", *answers), 3, worker.said)

    assert not is_("completed", films[0])()
    assert not is_("completed", films[1])()
    assert str(films[0].pk) not in worker.said()
    sweep_until(is_("completed", *films), 30, studio.said)


def test_each_kind_of_worker_gives_its_own_sign_of_life(crew: Crew, db):
    studio = crew.worker(HEAVY, at_once=1)
    wait_until(lambda: Pulse.objects.filter(queue="heavy").exists(), 10, studio.said)
    assert list(Pulse.objects.values_list("queue", flat=True)) == ["heavy"]

    worker = crew.worker(LIGHT)
    wait_until(lambda: Pulse.objects.filter(queue="standard").exists(), 10, worker.said)


def test_who_pays_for_priority_is_served_first_and_the_rest_is_not_forgotten(crew: Crew, alice, bob):
    worker = crew.worker(LIGHT, at_once=1)
    acts.put_on(alice, "PREMIUM")
    first = told(alice, "work 1")
    wait_until(is_("running", first), 20, worker.said)
    patient = told(bob, "work 0.1")
    crowd = [told(alice, "work 0.1") for _ in range(8)]

    wait_until(is_("completed", first, patient, *crowd), 30, worker.said)

    order = list(Job.objects.order_by("started_at").values_list("pk", flat=True))
    assert (patient.queue, crowd[0].queue) == ("standard", "priority")
    assert 2 <= order.index(patient.pk) <= 4
    assert [pk for pk in order if pk != patient.pk] == [job.pk for job in [first, *crowd]]
