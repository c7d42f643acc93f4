"""The style guide: every component from its real partial, for developers only."""

import pytest

from dashboard.views import styleguide
from tests.dashboard.page import Visitor
from tests.dashboard.test_markup import assert_fields_have_names


@pytest.fixture
def debug(settings) -> None:
    settings.DEBUG = True


def test_it_is_not_there_where_debug_is_off(visit):
    assert Visitor().get("/styleguide").status == 404
    assert visit.get("/styleguide", theme="both").status == 404


def test_it_shows_every_component_and_asks_nothing_of_the_database(debug, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = Visitor().get("/styleguide")

    assert page.status == 200
    assert {one.attributes["id"] for one in page.all("section") if "id" in one.attributes} >= {
        "colours", "type", "icons", "buttons", "badges", "progress", "tabs", "fields", "banners", "asked", "nothing",
        "agents", "table", "jobs", "prices", "results", "plan", "plan-cards", "balances", "usages", "upgrades",
        "all-plans", "errors",
    }  # fmt: skip
    assert len(page.all("svg", class_="chart")) == 1
    assert len(page.all("svg", class_="agent-chart")) == 1
    tones = {one.attributes.get("class", "") for one in page.all("div")}
    assert tones >= {"banner bad", "banner warn", "banner info", "banner ok"}
    assert {one.attributes["data-state"] for one in page.all("li", class_="planet")} == {
        "ready", "locked", "off", "soon",
    }  # fmt: skip
    assert not page.all("style")
    assert not [one for one in page.elements if "style" in one.attributes]
    assert_fields_have_names(page)


def test_a_form_that_was_not_accepted_shows_its_errors(debug):
    page = Visitor().get("/styleguide")

    assert "Ensure this value is less than or equal to 220." in page.text
    assert "This field is required." in page.text


def test_every_upgrade_card_tells_another_story(debug):
    assert "4 days ended" in styleguide.upgrade_cards()[0].sentences[1]
    assert [card.title for card in styleguide.upgrade_cards()] == [
        "PREMIUM would have covered all of your last 90 days",
        "FREE was enough for your last 90 days",
        "900 more credits a month with PRO",
    ]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_theme_can_be_chosen(debug, theme):
    assert [one.attributes["data-theme"] for one in Visitor().get("/styleguide", theme=theme).all("html")] == [theme]


def test_dark_and_light_stand_side_by_side(debug):
    page = Visitor().get("/styleguide", theme="both")

    assert [one.attributes["src"] for one in page.all("iframe")] == [
        "/styleguide?theme=dark",
        "/styleguide?theme=light",
    ]
    framed = Visitor().get("/styleguide", theme="dark").response.headers
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
