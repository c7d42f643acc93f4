"""The page at /admin/metrics/: for whom it is, what it shows, and its tables as CSV."""

import csv
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from metrics import rollup, views
from metrics.tables import TEXT, Column, Table
from metrics.templatetags import drawn
from tests.dashboard.page import Page, read
from tests.jobs import acts

METRICS = "/admin/metrics/"
SLUGS = [
    "mrr", "movement", "subscribers", "conversion", "churn", "utilisation", "success", "tickets", "agents", "times",
    "margins",
]  # fmt: skip


def signed_in(email: str, **facts: bool) -> tuple[User, Client]:
    user, client = User.objects.create_user(email=email, **facts), Client()
    client.force_login(user)
    return user, client


@pytest.fixture
def operator(db) -> Client:
    user, client = signed_in("operator@example.test", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_metrics"))
    return client


def page(client: Client, **query: object) -> Page:
    return read(client.get(METRICS, query))


@pytest.mark.parametrize("address", [METRICS, f"{METRICS}mrr.csv"])
@pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("person", 302), ("staff", 403), ("superuser", 200)])
def test_only_staff_with_the_permission_sees_it(db, address, who, status):
    facts = {
        "staff": {"is_staff": True},
        "superuser": {"is_staff": True, "is_superuser": True},
    }
    _, client = signed_in("somebody@example.test", **facts.get(who, {}))
    answer = (Client() if who == "nobody" else client).get(address)

    assert answer.status_code == status
    assert status != 302 or answer["Location"] == f"/admin/login/?next={address}"


def test_the_permission_is_enough_and_is_to_look_only(operator):
    assert operator.get(METRICS).status_code == 200
    assert operator.post(METRICS).status_code == 405


def test_all_sections_with_their_definitions_and_tables(operator, alice, quick_runners):
    acts.finished(alice)
    rollup.refresh()
    shown = page(operator)

    assert [one.attributes["id"] for one in shown.all("section")] == SLUGS
    assert len(shown.all("table")) == len(SLUGS)
    assert shown.links("/admin/metrics/") == [f"/admin/metrics/{slug}.csv?days=30" for slug in SLUGS]
    for wanted in ("MRR", "Active subscribers", "Customer churn, 30 days", "Success rate, 30 days", "100.0 %"):
        assert wanted in shown.text
    assert all(one.means in shown.text for one in views.sections_of(views.figures_for(views.Period(30, _today()))))


def _today():
    return views.today_in_utc()


def test_nothing_on_it_needs_a_script_or_a_style_of_its_own(operator, alice, quick_runners):
    acts.finished(alice)
    rollup.refresh()
    shown = page(operator)
    ours = shown.html[shown.html.index('class="metrics-bar"') : shown.html.index('id="footer"')]

    assert "<script" not in ours
    assert "style=" not in ours
    assert "default-src 'self'" in shown.response["Content-Security-Policy"]


@pytest.mark.parametrize(("asked", "days"), [("30", 30), ("90", 90), ("365", 365), ("31", 30), ("", 30), ("x", 30)])
def test_a_period_is_chosen_and_an_odd_one_is_the_shortest(operator, asked, days):
    chosen = [one.text for one in page(operator, days=asked).all("a", aria_current="true")]

    assert chosen == [f"{days} days"]


def test_it_says_until_when_it_counted(operator):
    assert "Nothing has been counted yet" in page(operator).text
    rollup.refresh()
    assert "Counted until" in page(operator).text


def statements(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(METRICS, {"days": 365}).status_code == 200
    return len(asked)


def test_it_asks_as_little_of_many_jobs_as_of_none(operator, alice, bob, quick_runners):
    rollup.refresh()
    statements(operator)
    before = statements(operator)
    for user in (alice, bob):
        acts.put_on(user, "PRO")
        for _ in range(2):
            acts.finished(user)
    rollup.refresh()

    assert statements(operator) == before


def test_a_table_as_csv(operator, alice, quick_runners):
    acts.finished(alice)
    rollup.refresh()
    answer = operator.get(f"{METRICS}success.csv", {"days": 90})
    lines = list(csv.reader(StringIO(b"".join(answer).decode())))

    assert lines == [["Agent", "Delivered", "Failed", "Success rate (%)"], ["Chat", "1", "0", "100.0"]]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    name = f"avatar-g-success-90-days-{_today()}.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_no_cell_is_a_formula_and_numbers_stay_numbers():
    table = Table([Column("Agent", TEXT), Column("-Net", views.money.MONEY)], [("=1+1", -2_900)])

    assert list(views.lines_of(table)) == ["Agent,'-Net (USD)\r\n", "'=1+1,-29.00\r\n"]


def test_there_is_no_table_of_another_name(operator):
    assert operator.get(f"{METRICS}salaries.csv").status_code == 404


def test_the_history_is_listed_and_not_to_be_changed(operator, alice):
    _, client = signed_in("root@example.test", is_staff=True, is_superuser=True)

    assert client.get("/admin/metrics/planchange/").status_code == 200
    assert client.get("/admin/metrics/planchange/add/").status_code == 403
    assert operator.get("/admin/metrics/planchange/").status_code == 403


def test_words_in_a_cell_stay_words():
    row = Table([Column("Agent", TEXT), Column("Net", views.money.MONEY)], [('<b>&"', 2_900)]).shown[0]

    assert drawn.cells(row) == '<th scope="row">&lt;b&gt;&amp;&quot;</th><td class="number">$29</td>'
    assert drawn.cells([row[1], row[0]]).endswith("<td>&lt;b&gt;&amp;&quot;</td>")
