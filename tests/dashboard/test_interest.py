"""Tell me when it is live: a wish of one person for one agent, and how many wish it."""

import pytest
from django.test import Client

from agents import interests
from agents.models import AgentInterest, AgentSwitch
from tests.dashboard.page import Page, Visitor

GAME = "/dashboard/agents/game-creator"
ASK = f"{GAME}/interest"


def button(page: Page) -> str:
    """The name of the button for the game creator."""
    return next(one.attributes["aria-label"] for one in page.all("button", name="wanted") if "Game" in str(one))


@pytest.fixture
def operator(django_user_model) -> Client:
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("operator@example.test", "word"))
    return client


def test_a_wish_is_noted_once_however_often_it_is_sent(alice, visit):
    for _ in range(2):
        answer = visit.post(ASK, wanted="yes", back="dashboard")

    assert (answer.status, answer.response.headers["Location"]) == (303, "/dashboard#agent-game-creator")
    assert AgentInterest.objects.filter(user=alice, agent_id="game-creator").count() == 1


def test_a_wish_is_withdrawn_and_can_be_made_again(alice, visit):
    visit.post(ASK, wanted="yes")
    visit.post(ASK, wanted="no")
    visit.post(ASK, wanted="no")
    assert interests.interests_of(alice.pk) == set()

    visit.post(ASK, wanted="yes")
    assert interests.interests_of(alice.pk) == {"game-creator"}


@pytest.mark.parametrize("path", ["/dashboard", GAME])
def test_the_button_says_what_it_will_do(visit, path):
    assert button(visit.get(path)) == "Tell me when it is live: Game Creator"
    visit.post(ASK, wanted="yes")
    assert button(visit.get(path)) == "Do not tell me when Game Creator is live"


def test_the_closed_studio_offers_it_and_leads_back_to_itself(visit):
    page = visit.get(GAME)

    assert [one.attributes["action"] for one in page.all("form", class_="tell")] == [ASK]
    assert visit.post(ASK, wanted="yes", back=page.value("back")).response.headers["Location"] == GAME
    assert "Noted. When Game Creator is live, your dashboard will tell you." in visit.get(GAME).text


@pytest.mark.parametrize("path", ["/dashboard", GAME])
def test_the_button_works_with_protection_against_forgery(alice, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    visitor = Visitor()
    visitor.client = client
    elements = visitor.get(path).elements
    form = next(place for place, one in enumerate(elements) if one.attributes.get("class") == "tell")
    token = elements[form + 1].attributes

    assert client.post(ASK, {"wanted": "yes"}).status_code == 403
    assert client.post(ASK, {"wanted": "yes", token["name"]: token["value"]}).status_code == 303


def test_a_look_at_the_address_changes_nothing(visit):
    assert visit.get(ASK, wanted="yes").status == 405
    assert not AgentInterest.objects.exists()


def test_an_agent_that_is_there_takes_no_wishes(visit):
    visit.post("/dashboard/agents/chat/interest", wanted="yes")

    assert not AgentInterest.objects.exists()
    assert "Chat is live already." in visit.get("/dashboard").text


def test_an_agent_that_is_switched_off_is_not_coming_soon(visit):
    AgentSwitch.objects.create(agent_id="chat")

    assert not visit.get("/dashboard/agents/chat").all("form", class_="tell")


def test_an_agent_that_nobody_knows_is_not_found(visit):
    assert visit.post("/dashboard/agents/nobody/interest", wanted="yes").status == 404


def test_who_is_not_signed_in_is_sent_to_the_door(db):
    answer = Visitor().post(ASK, wanted="yes")

    assert (answer.status, answer.response.headers["Location"].partition("?")[0]) == (302, "/accounts/login/")


def test_wishes_are_counted_by_agent_without_those_who_left(alice, bob, charlie):
    for user in (alice, bob, charlie):
        interests.record_interest(user_id=user.pk, agent_id="game-creator")
    interests.record_interest(user_id=alice.pk, agent_id="online-shop")
    charlie.is_active = False
    charlie.save()

    assert interests.waiting_by_agent() == {"game-creator": 2, "online-shop": 1}


def test_an_operator_sees_how_many_wait_for_what(operator, alice, bob):
    for user in (alice, bob):
        interests.record_interest(user_id=user.pk, agent_id="game-creator")
    listed = operator.get("/admin/agents/agentswitch/").content.decode()
    people = operator.get("/admin/agents/agentinterest/?agent_id=game-creator").content.decode()

    assert 'href="/admin/agents/agentinterest/?agent_id=game-creator">2</a>' in listed
    assert listed.index("Game Creator") < listed.index("Avatar Builder")
    assert alice.email in people
    assert bob.email in people
    assert "2 agent interests" in people
    assert "Game Creator (2)" in people
    assert operator.get("/admin/agents/agentinterest/add/").status_code == 403
