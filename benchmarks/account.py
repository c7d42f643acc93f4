"""Ada, on PREMIUM, who has made something with most agents: what she asked for, and what came of it."""

from typing import Any

from django.core.files.base import ContentFile

from accounts.models import Profile, User
from jobs import execution, lifecycle, submission
from jobs.models import Job

EMAIL, NAME = "ada@example.test", "Ada Lund"
LAUNCH = "A poster and a short cheerful song for a bakery by the harbour"
BRIEF = (
    "Report on the first month of our harbour bakery: 4,200 loaves sold at 4.50 each, 380 of them unsold; rent 2,900, "
    "flour and energy 5,600, two bakers 6,400. Mira Holm decides on 3 December whether we open on Mondays."
)
WORK = (
    ("portrait", "avatar-builder", "generate",
     {"prompt": "A laughing woman with curly black hair and gold earrings, orange background", "seed": 11}),
    ("picture", "image-creator", "generate",
     {"prompt": "Three hot-air balloons above green hills at dawn", "style": "painted", "seed": 14}),
    ("night", "image-creator", "generate",
     {"prompt": "A village in deep snow at night, warm windows, aurora", "style": "painted", "seed": 13}),
    ("track", "music-studio", "generate",
     {"prompt": "A warm lo-fi beat with electric piano for a rainy evening", "mood": "calm", "duration": 20}),
    ("voice", "voice-lab", "synthesize", {"text": "Once upon a time, a small robot learned to sing."}),
    ("film", "video-studio", "generate",
     {"prompt": "A windmill turns in a green field. Night falls and the stars come out.", "seconds": 6, "seed": 5}),
    ("report", "business-agent", "report", {"prompt": BRIEF, "seed": 3}),
    ("goal", "avatar-g-agent", "orchestrate", {"goal": LAUNCH}),
)  # fmt: skip
TALK = ("Give me three names for a bakery by the harbour.", "Which of them is the shortest?")


def fill(user: User) -> tuple[dict[str, Job], Job]:
    """Her jobs by name, in each state too, and the last turn of a conversation."""
    made = {name: make(user, agent, operation, given) for name, agent, operation, given in WORK}
    last = talk(user)
    Profile.objects.filter(pk=user.pk).update(full_name=NAME)
    show_face(user, made["portrait"])
    return made | in_each_state(user), last


def in_each_state(user: User) -> dict[str, Job]:
    broken = claim(user, "image-creator", "generate", {"prompt": "An isometric tea house at dusk"})
    lifecycle.fail(broken, code="DELIVERY_INVALID", message="The picture came out damaged.")
    stopped = ask(user, "music-studio", "generate", {"prompt": "A brass march for a very small parade"})
    lifecycle.cancel(user_id=user.pk, job_id=stopped.pk)
    busy = claim(user, "image-creator", "generate", {"prompt": "A whale and a small boat on a stormy grey sea"})
    lifecycle.report(busy.pk, busy.fence, 62, "Painting the picture")
    waiting = ask(user, "video-studio", "generate", {"prompt": "A paper boat crosses a neon harbour", "seconds": 6})
    broken.refresh_from_db()
    return {"failed": broken, "canceled": stopped, "running": busy, "queued": waiting}


def ask(user: User, agent: str, operation: str, given: dict[str, Any]) -> Job:
    accepted = submission.submit(user_id=user.pk, agent_id=agent, operation=operation, input=given)
    return Job.objects.get(pk=accepted.job_id)


def claim(user: User, agent: str, operation: str, given: dict[str, Any]) -> Job:
    return lifecycle.claim(ask(user, agent, operation, given).pk)


def make(user: User, agent: str, operation: str, given: dict[str, Any]) -> Job:
    """One job and, when it is a plan, its steps, run here."""
    asked = ask(user, agent, operation, given)
    while waiting := list(Job.objects.filter(user=user, status="queued", waiting=False)):
        for job in sorted(waiting, key=lambda one: one.parent_id is None):
            if job.parent_id or not Job.objects.filter(parent=job, status="queued").exists():
                execution.run(job.pk)
    job = Job.objects.get(pk=asked.pk)
    print(f"{agent}: {job.status}", flush=True)
    return job


def talk(user: User) -> Job:
    """A conversation with the model that comes along, as it answers."""
    last: dict[str, str] = {}
    for message in TALK:
        job = make(user, "chat", "context", {"message": message, "seed": 5, **last})
        last = {"conversation": str(job.pk)}
    return job


def show_face(user: User, portrait: Job) -> None:
    with portrait.artifacts.filter(kind="image").first().file.open("rb") as picture:
        user.profile.avatar.save("ada.png", ContentFile(picture.read()))
