"""A person's first hour: sign up, make an avatar, a picture and a track, and see the credits leave or come back."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import av
import pytest
from django.core.management import call_command
from django.test import Client
from PIL import Image

from accounts.models import User
from agents.runners import RUNNERS
from jobs.models import Job
from tests.api.calls import Api
from tests.embedded.processes import wait_until
from tests.faults.crew import Program
from tests.faults.crew import crew as open_crew
from tests.jobs import acts

EMAIL, PASSWORD = "newcomer@example.test", "a-password-nobody-guesses"


@pytest.fixture
def worker(live_env: dict[str, str], tmp_path: Path, monkeypatch) -> Iterator[Program]:
    monkeypatch.setitem(RUNNERS, ("chat", "message"), acts.runner())
    with open_crew(live_env, tmp_path) as crew:
        yield crew.worker()


def sign_up() -> Api:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/accounts/signup/")
    assert page.status_code == 200
    form = {"email": EMAIL, "password1": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    answer = client.post("/accounts/signup/", form)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/dashboard")
    api = Api(User.objects.get(email=EMAIL))
    api.client = client
    return api


class Person:
    """Somebody who calls the API from a page, with the page's CSRF token."""

    def __init__(self, api: Api, worker: Program) -> None:
        self.api, self.worker = api, worker

    def post(self, path: str, body: dict | None = None) -> tuple[int, dict]:
        return self.api.post(path, body or {}, **{"X-CSRFToken": self.api.client.cookies["csrftoken"].value})

    def run(self, agent_id: str, **given: object) -> dict:
        """The job of a call, finished."""
        call = {"agent_id": agent_id, "input": given}
        quote = self.post("agents/quote", call)[1]
        status, accepted = self.post("agents/execute", call)
        assert (status, accepted["balance"]) == (202, quote["balance_after"])
        ended = Job.objects.filter(pk=accepted["job_id"]).exclude(finished_at=None)
        wait_until(ended.exists, 60, self.worker.said)
        return self.api.get(f"jobs/{accepted['job_id']}")[1]

    def file(self, job: dict, name: str) -> bytes:
        (artifact,) = [one for one in job["artifacts"] if one["name"] == name]
        response = self.api.client.get(artifact["url"])
        data = b"".join(response)
        assert (response.status_code, len(data)) == (200, artifact["size"])
        return data

    @property
    def balance(self) -> int:
        return self.api.get("credits/balance")[1]["balance"]


def assert_picture(data: bytes) -> None:
    with Image.open(BytesIO(data)) as image:
        image.load()
        assert image.format == "PNG"
        assert len(image.convert("RGB").getcolors(2**24)) > 3


def assert_sound(data: bytes, seconds: float) -> None:
    with av.open(BytesIO(data)) as sound:
        frames = list(sound.decode(audio=0))
    assert sum(frame.samples / frame.sample_rate for frame in frames) == pytest.approx(seconds, abs=2)
    assert max(abs(frame.to_ndarray()).max() for frame in frames) > 0.05


def test_a_newcomer_s_first_hour(worker: Program, transactional_db, capsys):
    person = Person(sign_up(), worker)
    assert person.balance == 100
    assert person.api.get("credits/balance")[1]["plan"] == "FREE"

    avatar = person.run("avatar-builder", prompt="A smiling woman with red hair and round glasses")
    assert (avatar["status"], person.balance) == ("completed", 90)
    assert_picture(person.file(avatar, "avatar.png"))

    picture = person.run("image-creator", prompt="A red boat on a calm lake at sunset")
    assert (picture["status"], person.balance) == ("completed", 82)
    assert_picture(person.file(picture, picture["artifacts"][0]["name"]))

    track = person.run("music-studio", prompt="slow dreamy lo-fi with piano", duration=12)
    assert (track["status"], person.balance) == ("completed", 67)
    assert_sound(person.file(track, "track.mp3"), seconds=track["output"]["duration"])

    failed = person.run("chat", message="fail There is nothing to laugh about.")
    assert (failed["status"], failed["cost"], failed["refunded"], person.balance) == ("failed", 1, 1, 67)
    assert failed["error"] == {"code": "ENGINE_FAILED", "message": "There is nothing to laugh about."}

    speech = {"agent_id": "voice-lab", "operation": "synthesize", "input": {"text": "Hi"}}
    locked = person.post("agents/execute", speech)
    assert (locked[0], locked[1]["code"], locked[1]["metadata"]) == (
        403, "PLAN_REQUIRED", {"required_plan": "PRO", "plan": "FREE"}
    )  # fmt: skip

    assert [row["amount"] for row in person.api.get("credits/transactions")[1]["transactions"]] == [
        1, -1, -15, -8, -10, 100
    ]  # fmt: skip
    spend_everything(person)
    capsys.readouterr()
    call_command("audit")
    assert capsys.readouterr().out.splitlines()[-1].startswith("All ")


def spend_everything(person: Person) -> None:
    user = User.objects.get(email=EMAIL)
    acts.leave(user, 0)
    job_count = Job.objects.count()

    status, body = person.post("agents/execute", {"agent_id": "image-creator", "input": {"prompt": "a tree"}})

    reset = person.api.get("credits/balance")[1]["next_reset_at"]
    assert (status, body) == (402, {
        "error": "This takes 8 credits and you have 0.", "code": "INSUFFICIENT_CREDITS",
        "metadata": {"required": 8, "available": 0, "next_reset_at": reset},
    })  # fmt: skip
    assert Job.objects.count() == job_count
