"""Somebody on PREMIUM who has made something with most agents. Models are imported here: settings come first."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import Profile, User
from billing import subscriptions
from jobs import execution, lifecycle, submission
from jobs.models import Job

EMAIL, NAME = "ada@example.test", "Ada Lund"
LAUNCH = "A poster and a short cheerful song for a bakery by the harbour"
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
    ("goal", "avatar-g-agent", "orchestrate", {"goal": LAUNCH}),
)  # fmt: skip
TALK = ("Give me three names for a bakery by the harbour.", "Which of them is the shortest?")


def open_account(*, until: datetime) -> tuple[str, dict[str, str]]:
    """The value of the session's cookie, and the pages worth seeing by name."""
    user = User.objects.create_user(email=EMAIL)
    subscriptions.put_on_plan(
        user_id=user.pk, plan="PREMIUM", source="demo", started_at=until - timedelta(days=30), ends_at=until
    )
    made = {name: make(user, agent, operation, given) for name, agent, operation, given in WORK}
    last = talk(user)
    Profile.objects.filter(pk=user.pk).update(full_name=NAME)
    show_face(user, made["portrait"])
    busy = claim(user, "image-creator", "generate", {"prompt": "A whale and a small boat on a stormy grey sea"})
    lifecycle.report(busy.pk, busy.fence, 62, "Drawing the water")
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value, {
        "landing": "/", "pricing": "/pricing", "orbit": "/dashboard?view=orbit", "studio":
        f"/dashboard/agents/image-creator?from={made['picture'].pk}", "chat":
        f"/dashboard/agents/chat?operation=context&after={last.pk}", "jobs": "/dashboard/jobs", "credits":
        "/dashboard/credits", "billing": "/dashboard/billing", "settings": "/dashboard/settings",
        **{f"job-{name}": f"/dashboard/jobs/{job.pk}" for name, job in made.items()},
        "job-running": f"/dashboard/jobs/{busy.pk}",
    }  # fmt: skip


def claim(user: User, agent: str, operation: str, given: dict[str, Any]) -> Job:
    accepted = submission.submit(user_id=user.pk, agent_id=agent, operation=operation, input=given)
    return lifecycle.claim(accepted.job_id)


def make(user: User, agent: str, operation: str, given: dict[str, Any]) -> Job:
    """One job and, when it is a plan, its steps, run here."""
    accepted = submission.submit(user_id=user.pk, agent_id=agent, operation=operation, input=given)
    while waiting := list(Job.objects.filter(status="queued", waiting=False)):
        for job in sorted(waiting, key=lambda one: one.parent_id is None):
            if job.parent_id or not Job.objects.filter(parent=job, status="queued").exists():
                execution.run(job.pk)
    job = Job.objects.get(pk=accepted.job_id)
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
