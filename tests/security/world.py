"""Alice's things, and five who come for them: nobody, alice, bob, an operator, and a program with alice's key."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from accounts import keys
from accounts.models import User
from hooks.models import Delivery, Endpoint
from jobs.models import Voice
from notifications import kinds, links
from tests.dashboard import scenes
from tests.jobs import acts
from tests.support import desk

COMERS = ("anonymous", "owner", "stranger", "staff", "key")


@dataclass(frozen=True)
class World:
    alice: User
    bob: User
    operator: User
    token: str
    ids: dict[str, str]

    def client_of(self, comer: str) -> Client:
        client = Client(headers={"Authorization": f"Bearer {self.token}"} if comer == "key" else {})
        person = {"owner": self.alice, "stranger": self.bob, "staff": self.operator}.get(comer)
        if person:
            client.force_login(person)
        return client

    def answers(self, method: str, path: str, body: object = None) -> Iterator[tuple[str, HttpResponse]]:
        """What each of them gets, each in the world as it was."""
        for comer in COMERS:
            with transaction.atomic():
                kind = {"content_type": "application/json"} if path.startswith("/api/") else {}
                client = self.client_of(comer)
                data = {"data": body} if method in ("post", "put", "patch") and body is not None else {}
                answer = getattr(client, method)(path.format(**self.ids), **data, **(kind if data else {}))
                yield comer, answer
                if answer.streaming:
                    list(answer.streaming_content)  # closes the file
                transaction.set_rollback(True)


def made(alice: User, bob: User) -> World:
    """All on ENTERPRISE, so that what they meet is a question of whose it is, never of the plan."""
    for person in (alice, bob):
        acts.put_on(person, "ENTERPRISE")
    operator = User.objects.create_superuser(email="operator@example.test", password="x")
    acts.put_on(operator, "ENTERPRISE")
    job = scenes.delivered(alice)
    talk = scenes.waiting(alice, "chat", input={"message": "hello"})
    voice = Voice.objects.create(user=alice, name="Mine", profile={})
    made_key = keys.make_key(
        user_id=alice.pk, name="a program", scopes=["read", "execute"], expires_at=datetime.now(UTC) + timedelta(days=1)
    )  # fmt: skip
    endpoint = Endpoint.objects.create(user=alice, url="https://hooks.example/", events=["job.failed"])
    delivery = Delivery.objects.create(endpoint=endpoint, type="job.failed", occasion="once", body="{}")
    ids = {
        "endpoint": str(endpoint.pk), "delivery": str(delivery.pk), "ticket": str(desk.opened(alice).pk),
        "job": str(job.pk), "talk": str(talk.pk), "voice": str(voice.pk), "key": str(made_key.key.pk),
        "mail": links.off_link(alice.pk, kinds.KINDS["welcome"]).rpartition("/")[2],
    }  # fmt: skip
    return World(alice, bob, operator, made_key.secret, ids)
