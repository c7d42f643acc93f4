"""docs/deploy.md, docs/upgrade.md and the examples of configuration name what is there."""

import re

import pytest

from tests.environment import ROOT

ALL = (ROOT / ".env.example").read_text()
MINIMUM = (ROOT / "deploy" / "production.env.example").read_text()
PAGES = {name: (ROOT / "docs" / name).read_text() for name in ("deploy.md", "upgrade.md")}


def names_in(text: str) -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))


def test_what_a_server_needs_is_in_the_list_of_all_that_can_be_set():
    assert names_in(MINIMUM) - names_in(ALL) == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page):
    shape = r"(?:^|[\s(`/])(deploy/[\w./-]+|compose\.yaml|requirements[\w-]*\.txt)"
    named = set(re.findall(shape, PAGES[page], re.MULTILINE))
    kept = {name for name in named if not name.endswith((".env", "/", "*"))}
    assert [name for name in kept if not (ROOT / name.rstrip("./")).exists()] == []
    assert kept


def test_units_that_the_pages_start_are_there():
    text = "".join(PAGES.values())
    named = set(re.findall(r"\bavatarg-(?:web|worker|studio|beat|migrate|backup)(?:\.timer|\.service)?", text))
    known = {file.name for file in (ROOT / "deploy" / "systemd").iterdir()}
    assert {name if "." in name else f"{name}.service" for name in named} - known == set()


def test_nginx_takes_what_the_product_takes_and_passes_on_what_it_asks_for():
    text = (ROOT / "deploy" / "nginx" / "avatarg.conf").read_text()
    bounds = [int(one) for one in re.findall(r"client_max_body_size (\d+)m;", text)]
    assert bounds == [22, 1]
    settings = (ROOT / "avatarg" / "settings.py").read_text()
    assert 'env.int("MAX_UPLOAD_BYTES", default=20 * 1024 * 1024)' in settings
    passed_on = dict(re.findall(r"proxy_set_header ([\w-]+) (\S+);", text))
    assert passed_on == {
        "Connection": '""', "Host": "$http_host", "X-Forwarded-Proto": "$scheme", "X-Forwarded-For": "$remote_addr",
    }  # fmt: skip
