"""Every address against every kind of comer: what is not in the table fails, so nothing is opened by accident."""

import re
from collections.abc import Iterator

import pytest
from django.urls import get_resolver

from tests.security import routes, world


def walk(patterns, before: str = "") -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern)
        yield from walk(one.url_patterns, here) if hasattr(one, "url_patterns") else [here]


def addresses() -> set[str]:
    hidden = re.compile("|".join(routes.HIDDEN))
    return {one for one in walk(get_resolver().url_patterns) if not hidden.fullmatch(one)}


def test_every_address_is_in_the_table():
    people_s = {one for one in addresses() if not one.startswith("admin/")}

    assert sorted(people_s) == sorted({row.route for row in routes.ROWS})


@pytest.mark.parametrize("group", routes.GROUPS)
def test_each_comer_gets_what_the_table_says(alice, bob, group, quick_runners, settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "10000/minute")
    here = world.made(alice, bob)
    wanted, got = {}, {}

    for row in routes.GROUPS[group]:
        name = f"{row.method} {row.path}"
        wanted[name] = {comer: getattr(row, comer) for comer in world.COMERS}
        answers = here.answers(row.method, row.path, row.body)
        got[name] = {comer: answer.status_code for comer, answer in answers}

    assert {name: one for name, one in got.items() if one != wanted[name]} == {}


@pytest.fixture
def operators_addresses() -> list[str]:
    """Every address of the admin, with ids that fit."""
    found = [one for one in addresses() if one.startswith("admin/")]
    words = {r"^(?P<app_label>": "admin/jobs/", "(?P<url>.*)$": "admin/nothing"}
    paths = []
    for one in found:
        odd = next((path for part, path in words.items() if part in one), None)
        paths.append("/" + (odd or re.sub(r"<[^>]+>", "1", one)))
    return sorted(set(paths))


def test_the_admin_is_shut_to_all_but_operators(alice, bob, operators_addresses):
    here = world.made(alice, bob)
    shut = {comer: here.client_of(comer) for comer in ("anonymous", "owner", "key")}

    open_ones = [
        (comer, path, answer.status_code)
        for path in operators_addresses
        for comer, client in shut.items()
        if not leads_to_the_door(answer := client.get(path)) and path not in ("/admin/login/", "/admin/logout/")
    ]

    assert len(operators_addresses) > 250
    assert open_ones == []


def leads_to_the_door(answer) -> bool:
    if answer.status_code in (400, 403, 404, 405):
        return True
    return answer.status_code == 302 and "/login/" in answer.headers["Location"]


def test_an_operator_adds_and_deletes_only_what_the_table_says(alice, bob, operators_addresses):
    operator = world.made(alice, bob).client_of("staff")
    may: dict[str, set[str]] = {}

    for path in operators_addresses:
        _, _, app, model, *rest = [*path.split("/"), "", ""]
        verb = next((one for one in ("add", "delete") if one in rest), "")
        if verb and operator.get(path).status_code != 403:
            may.setdefault(f"{app}/{model}", set()).add(verb)

    assert may == routes.ADMIN_MAY
