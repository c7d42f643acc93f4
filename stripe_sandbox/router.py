"""From an HTTP request to an endpoint and back, the way Stripe's API does it."""

import base64
import binascii
import copy
import hashlib
import importlib
import json
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from stripe_sandbox import api, events, store
from stripe_sandbox.errors import StripeError, parameter_invalid, resource_missing
from stripe_sandbox.models import Record, Reply
from stripe_sandbox.params import Params, decode
from stripe_sandbox.shapes.event import VERSION

ALWAYS = ("expand",)
PAGING = ("limit", "starting_after", "ending_before")
MOST = 100
BOUNDS = {"gt": "__gt", "gte": "__gte", "lt": "__lt", "lte": "__lte"}


@dataclass(frozen=True, slots=True)
class Call:
    """One request that was let in. `host` is the sandbox's own address, for pages that it links to."""

    method: str
    path: str
    params: Params
    host: str
    request_id: str
    idempotency_key: str | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    method: str
    template: str
    pattern: re.Pattern[str]
    takes: frozenset[str]
    act: Callable[..., dict[str, Any]]


ENDPOINTS: list[Endpoint] = []
EXPANSIONS: dict[tuple[str, str], Callable[[dict[str, Any]], Any]] = {}


def endpoint(method: str, template: str, *, takes: tuple[str, ...] = ()) -> Callable[[Any], Any]:
    """Serve a path of the API; `{names}` in it become arguments. Unknown top-level parameters are refused."""

    def register(act: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template) + "$")
        ENDPOINTS.append(Endpoint(method, template, pattern, frozenset((*takes, *ALWAYS)), act))
        return act

    return register


def expansion(object: str, name: str) -> Callable[[Any], Any]:
    """A key that an object shows only when it is asked for in `expand`; made from the object's data.

    Inside an object that has no name of its own, `object` is the path to it: `checkout.session.total_details`.
    """

    def register(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
        EXPANSIONS[object, name] = make
        return make

    return register


@cache
def load() -> None:
    for module in pkgutil.iter_modules(api.__path__):
        importlib.import_module(f"{api.__name__}.{module.name}")


@csrf_exempt
def serve(request: HttpRequest) -> HttpResponse:
    """Every call of /v1. Writes are alone; a repeated Idempotency-Key gets the first answer again."""
    load()
    call = Call(
        method=str(request.method),
        path=request.path,
        params=Params({}),
        host=f"{request.scheme}://{request.get_host()}",
        request_id=store.new_id("req"),
        idempotency_key=request.headers.get("Idempotency-Key") if request.method == "POST" else None,
    )
    try:
        _let_in(request)
        status, body = _answer(call, _params_of(request))
    except StripeError as error:
        status, body = error.status, error.envelope
    headers = {"Request-Id": call.request_id, "Stripe-Version": VERSION}
    if call.idempotency_key:
        headers["Idempotency-Key"] = call.idempotency_key
    return JsonResponse(body, status=status, headers=headers)


def _let_in(request: HttpRequest) -> None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    key = given.strip()
    if scheme.lower() == "basic":
        try:
            key = base64.b64decode(given).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            key = ""
    if not key.startswith("sk_test_"):
        raise StripeError("The sandbox takes test keys only: Authorization: Bearer sk_test_…", status=401)
    version = request.headers.get("Stripe-Version", VERSION)
    if version != VERSION:
        raise StripeError(f"The sandbox speaks version {VERSION} of the API, not {version}.")


def _params_of(request: HttpRequest) -> dict[str, Any]:
    encoded = request.META["QUERY_STRING"] if request.method in ("GET", "DELETE") else ""
    try:
        body = request.body.decode()
    except UnicodeDecodeError:
        raise StripeError("The body of a request is form-encoded text.") from None
    return decode("&".join(part for part in (encoded, body) if part))


def _answer(call: Call, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    found, arguments = _endpoint_of(call)
    call = Call(call.method, call.path, Params(values), call.host, call.request_id, call.idempotency_key)
    call.params.refuse_unknown(found.takes)
    if call.method == "GET":
        return 200, _expanded(found.act(call, **arguments), call.params.items("expand"))
    digest = hashlib.sha256(json.dumps([call.method, call.path, values]).encode()).hexdigest()
    with events.caused_by(call.request_id, call.idempotency_key), store.acting():
        before = _reply_to(call, digest)
        if before is not None:
            return before.status, before.body
        try:
            status, body = 200, _expanded(found.act(call, **arguments), call.params.items("expand"))
        except StripeError as error:
            if not error.keeps:
                raise
            status, body = error.status, error.envelope
        if call.idempotency_key:
            Reply.objects.create(key=call.idempotency_key, request=digest, status=status, body=body)
    return status, body


def _endpoint_of(call: Call) -> tuple[Endpoint, dict[str, str]]:
    for candidate in ENDPOINTS:
        match = candidate.pattern.match(call.path)
        if match and candidate.method == call.method:
            return candidate, match.groupdict()
    raise StripeError(f"The sandbox does not have this endpoint ({call.method}: {call.path}).", status=404)


def _reply_to(call: Call, digest: str) -> Reply | None:
    reply = Reply.objects.filter(key=call.idempotency_key).first() if call.idempotency_key else None
    if reply is not None and reply.request != digest:
        raise StripeError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. "
            f"Try using a key other than '{call.idempotency_key}' if you meant to execute a different request.",
            type="idempotency_error",
        )
    return reply


def _expanded(data: dict[str, Any], paths: list[str]) -> dict[str, Any]:
    whole = copy.deepcopy(data)
    for path in paths:
        _expand(whole, path.split("."), path)
    return whole


def _expand(here: Any, path: list[str], whole: str, inside: str = "") -> None:
    if isinstance(here, list):
        for one in here:
            _expand(one, path, whole, inside)
        return
    if not isinstance(here, dict) or not path:
        return
    name, rest = path[0], path[1:]
    kind = str(here.get("object", inside))
    make = EXPANSIONS.get((kind, name))
    if make is not None and not isinstance(here.get(name), dict):
        here[name] = copy.deepcopy(make(here))
    elif name not in here:
        raise StripeError(f"This property cannot be expanded ({name}). You may want to try expanding something else.",
                          param=f"expand[{whole}]")  # fmt: skip
    elif isinstance(here[name], str):
        record = Record.objects.filter(id=here[name]).first()
        if record is not None:
            here[name] = copy.deepcopy(record.data)
    elif isinstance(here[name], list) and not rest:
        ids = [one for one in here[name] if isinstance(one, str)]
        found = {record.id: record.data for record in Record.objects.filter(id__in=ids)}
        here[name] = [copy.deepcopy(found.get(one, one)) if isinstance(one, str) else one for one in here[name]]
    _expand(here[name], rest, whole, f"{kind}.{name}")


def list_of(
    records: QuerySet[Record], call: Call, *, show: Callable[[Record], dict[str, Any]] | None = None
) -> dict[str, Any]:
    """A page of Stripe's list, newest first; filters by `created`. `show` makes what the list holds of a record."""
    limit = call.params.integer("limit", 10) or 0
    if not 1 <= limit <= MOST:
        raise parameter_invalid("limit", f"This value must be between 1 and {MOST}.")
    records = _created_within(records, call.params)
    after, before = call.params.text("starting_after"), call.params.text("ending_before")
    if after:
        records = records.filter(position__lt=_place_of(after, "starting_after"))
    if before:
        records = records.filter(position__gt=_place_of(before, "ending_before")).order_by("position")
    page = list(records[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    if before:
        page.reverse()
    data = [show(record) if show else record.data for record in page]
    return {"object": "list", "data": data, "has_more": more, "url": call.path}


def _created_within(records: QuerySet[Record], params: Params) -> QuerySet[Record]:
    if "created" not in params:
        return records
    if isinstance(params.values["created"], str):
        return records.filter(created=params.integer("created") or 0)
    bounds = params.inner("created")
    bounds.refuse_unknown(BOUNDS)
    return records.filter(**{f"created{BOUNDS[name]}": bounds.integer(name) for name in bounds})


def _place_of(id: str, param: str) -> int:
    position = Record.objects.filter(id=id).values_list("position", flat=True).first()
    if position is None:
        raise resource_missing("object", id, param=param, status=400)
    return position
