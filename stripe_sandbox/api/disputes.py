from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.engine import disputes as engine
from stripe_sandbox.engine import story
from stripe_sandbox.router import PAGING, Call, endpoint, list_of
from stripe_sandbox.shapes.dispute import NOT_SAID


@endpoint("GET", "/v1/disputes", takes=(*PAGING, "charge", "created", "payment_intent"))
def list_all(call: Call) -> dict[str, Any]:
    return list_of(store.find("dispute", **fields.texts(call.params, "charge", "payment_intent")), call)


@endpoint("GET", "/v1/disputes/{dispute}")
def retrieve(call: Call, dispute: str) -> dict[str, Any]:
    return store.get("dispute", dispute).data


@endpoint("POST", "/v1/disputes/{dispute}", takes=("evidence", "metadata", "submit"))
def update(call: Call, dispute: str) -> dict[str, Any]:
    found = store.get("dispute", dispute)
    with story.changing(found) as data:
        data.update(fields.metadata(call.params, data["metadata"]))
    if "evidence" in call.params:
        given = call.params.inner("evidence")
        given.refuse_unknown(NOT_SAID)
        engine.answer(found, fields.texts(given, *NOT_SAID), submit=call.params.boolean("submit", True))
    return found.data


@endpoint("POST", "/v1/disputes/{dispute}/close")
def close(call: Call, dispute: str) -> dict[str, Any]:
    """To accept it: it is lost."""
    return engine.close(store.get("dispute", dispute), won=False).data
