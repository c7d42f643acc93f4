"""Which language a person reads: their own choice, the cookie's, the browser's, else English."""

from uuid import UUID

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from django.utils.functional import SimpleLazyObject

from accounts import languages
from accounts.models import Profile, User
from credits.models import CreditTransaction
from jobs import lifecycle
from jobs.models import Job
from notifications import due
from tests.api.calls import Api
from tests.cast import PASSWORD
from tests.dashboard.page import Visitor, read
from tests.notifications import post

GEORGIAN = {"Accept-Language": "ka-GE,ka;q=0.9,en;q=0.5"}
SIGN_IN = {"en": "Sign in", "ka": "შესვლა"}


def language_of(client: Client, path: str = "/pricing", **headers: str) -> list[str]:
    response = client.get(path, headers=headers)
    assert response.headers["Content-Language"] in SIGN_IN
    return [one.attributes["lang"] for one in read(response).all("html")]


def choose(client: Client, code: str, back: str = "/pricing"):
    return client.post("/language", {"language": code, "next": back})


def preferences_of(user: User) -> dict[str, object]:
    return dict(Profile.objects.get(pk=user.pk).preferences)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [("", "en"), ("ka", "ka"), ("ka-GE,en;q=0.5", "ka"), ("fr", "en"), ("fr,ka;q=0.3", "ka"), ("en-GB,ka;q=0.9", "en")],
)
def test_a_stranger_reads_what_the_browser_asks_for(db, asked, wanted):
    page = read(Client().get("/accounts/login/", headers={"Accept-Language": asked} if asked else {}))

    assert [one.attributes["lang"] for one in page.all("html")] == [wanted]
    assert page.texts("h1") == [SIGN_IN[wanted]]


def test_a_stranger_chooses_with_a_button_and_it_goes_before_the_browser(db):
    client = Client()
    page = read(client.get("/pricing?from=mail", headers=GEORGIAN))
    buttons = [(one.attributes["value"], one.text, one.attributes.get("aria-pressed"))
               for one in page.all("button", name="language")]  # fmt: skip
    answer = choose(client, "en", page.value("next"))

    assert buttons == [("en", "English", None), ("ka", "ქართული", "true")]
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pricing?from=mail")
    assert language_of(client, **GEORGIAN) == ["en"]


def test_who_is_signed_in_keeps_the_choice_and_it_goes_before_the_cookie(alice):
    visitor = Visitor(alice)
    Profile.objects.filter(pk=alice.pk).update(preferences={"theme": "dark"})
    choose(visitor.client, "ka")
    elsewhere = Client()
    elsewhere.force_login(alice)
    elsewhere.cookies["django_language"] = "en"

    assert preferences_of(alice) == {"theme": "dark", "language": "ka"}
    assert language_of(elsewhere, **{"Accept-Language": "en"}) == ["ka"]
    elsewhere.logout()
    assert language_of(elsewhere) == ["en"]


def test_the_own_choice_asks_the_database_nothing_more(alice, django_assert_num_queries):
    visitor = Visitor(alice)
    without = visitor.queries("/pricing")
    languages.choose_language(user_id=alice.pk, code="ka")

    assert visitor.queries("/pricing") == without


def test_while_the_database_is_away_the_browser_decides(alice, rf, settings):
    languages.choose_language(user_id=alice.pk, code="ka")
    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "any"
    request.user = SimpleLazyObject(lambda: User.objects.get(pk=alice.pk))

    def away(*_: object) -> None:
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        assert languages.chosen_by(request) == ""
    assert languages.chosen_by(request) == "ka"


def test_a_language_that_is_not_spoken_here_changes_nothing(alice):
    client = Client()
    client.force_login(alice)
    answer = choose(client, "fr")

    assert (answer.status_code, "django_language" in answer.cookies, preferences_of(alice)) == (303, False, {})
    Profile.objects.filter(pk=alice.pk).update(preferences={"language": "fr"})
    assert language_of(client) == ["en"]


@pytest.mark.parametrize("back", ["https://elsewhere.test/", "//elsewhere.test", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_elsewhere(db, back):
    assert choose(Client(), "ka", back).headers["Location"] == "/"


def test_a_choice_is_a_post_with_a_token(db):
    strict = Client(enforce_csrf_checks=True)

    assert Client().get("/language").status_code == 405
    assert strict.post("/language", {"language": "ka"}).status_code == 403


def test_operators_read_english(alice):
    User.objects.filter(pk=alice.pk).update(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(alice)
    choose(client, "ka")

    assert client.get("/admin/accounts/user/").headers["Content-Language"] == "en"
    assert language_of(client) == ["ka"]


def test_who_signs_up_in_georgian_is_written_to_in_georgian(db):
    client = Client(headers=GEORGIAN)
    client.post("/accounts/signup/", {"email": "nino@example.test", "password1": PASSWORD})
    nino = User.objects.get(email="nino@example.test")
    post.notify()

    assert preferences_of(nino) == {"language": "ka"}
    assert post.subjects(nino) == ["კეთილი იყოს თქვენი მობრძანება Avatar G-ში"]


def test_who_signs_up_in_english_has_chosen_nothing(db):
    Client().post("/accounts/signup/", {"email": "eve@example.test", "password1": PASSWORD})

    assert preferences_of(User.objects.get(email="eve@example.test")) == {}


def test_mails_of_one_round_are_each_in_their_readers_language(alice, bob):
    languages.choose_language(user_id=alice.pk, code="ka")
    for user in (alice, bob):
        post.subscribe(user, cancel_at_period_end=True)
    due.record_due()
    post.notify()
    [plan] = [one for one in post.mails_to(alice) if "PRO" in one.subject]
    html = post.html_of(plan)

    assert plan.subject == "თქვენი PRO გეგმა დასრულდება"
    assert plan.body.startswith("გამარჯობა!\n")
    assert "100 კრედიტით" in plan.body
    assert '<html lang="ka">' in html
    assert "ამ წერილების გამორთვა" in html
    assert [one for one in post.subjects(bob) if "PRO" in one] == ["Your PRO plan is going to end"]
    assert len(mail.outbox) == len(post.mails_to(alice)) + len(post.mails_to(bob))


def test_numbers_and_dates_are_written_as_the_language_writes_them(alice):
    visitor = Visitor(alice)
    choose(visitor.client, "ka")
    page = visitor.get("/pricing")

    assert page.texts("p", class_="allow")[1:] == [
        "1\xa0000 კრედიტი თვეში".replace("\xa0", " "), "5 000 კრედიტი თვეში", "50 000 კრედიტი თვეში",
    ]  # fmt: skip
    assert page.html.count("1\xa0000 კრედიტი თვეში") == 1


def test_the_api_says_the_same_codes_in_every_language(alice, quick_runners):
    api = Api(alice)
    wrong = {"agent_id": "chat", "input": {}}
    english = api.post("agents/execute", wrong)[1]
    georgian = api.post("agents/execute", wrong, **GEORGIAN)[1]

    assert english == {
        "error": "Some of the input is not right.", "code": "VALIDATION_ERROR",
        "metadata": {"fields": {"message": ["Field required"]}},
    }  # fmt: skip
    assert georgian == {
        "error": "შეყვანილი მონაცემების ნაწილი არასწორია.", "code": "VALIDATION_ERROR",
        "metadata": {"fields": {"message": ["გთხოვთ, შეავსოთ ეს ველი."]}},
    }  # fmt: skip
    assert api.get("jobs/list")[1] == {"jobs": [], "next_cursor": None}


def test_the_catalogue_is_plain_json_in_every_language(alice):
    api = Api(alice)
    english = {one["id"]: one for one in api.get("agents")[1]["agents"]}
    languages.choose_language(user_id=alice.pk, code="ka")
    georgian = {one["id"]: one for one in api.get("agents")[1]["agents"]}
    [message, _] = georgian["chat"]["operations"]

    assert (english["chat"]["name"], georgian["chat"]["name"]) == ("Chat", "Chat")
    assert (english["chat"]["description"], georgian["chat"]["description"]) == (
        "Ask, and keep the thread.", "ჰკითხეთ და საუბარი განაგრძეთ.",
    )  # fmt: skip
    assert message["name"] == "message"
    assert message["input_schema"]["properties"]["message"]["title"] == "შეტყობინება"
    assert english["chat"]["operations"][0]["input_schema"]["properties"]["message"]["title"] == "Message"


def test_what_is_stored_is_english_whoever_asks(alice, quick_runners):
    languages.choose_language(user_id=alice.pk, code="ka")
    api = Api(alice)
    status, answer = api.post("agents/execute", {"agent_id": "chat", "input": {"message": "Hello"}})
    job = lifecycle.claim(UUID(answer["job_id"]))
    lifecycle.fail(job, code="DELIVERY_INVALID", message="Nothing was delivered. Your credits are back.")
    told = api.get(f"jobs/{job.pk}")[1]["error"]
    lines = CreditTransaction.objects.filter(job_id=job.pk).order_by("id").values_list("description", flat=True)

    assert status == 202
    assert list(lines) == ["Chat: message", "Chat: failed, refunded"]
    assert Job.objects.get(pk=job.pk).error_message == "Nothing was delivered. Your credits are back."
    assert told == {"code": "DELIVERY_INVALID", "message": "შედეგი არ მიღებულა. კრედიტები დაგიბრუნდათ."}


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/accounts/email/", "ელფოსტის მისამართები"),
        ("/accounts/password/change/", "პაროლის შეცვლა"),
        ("/accounts/logout/", "გასვლა"),
        ("/pricing", "გეგმები, რომლებიც ამბობენ, რას იღებთ"),
        ("/nowhere", "ეს გვერდი ორბიტიდან გავიდა"),
    ],
)
def test_a_georgian_who_is_signed_in_reads_georgian(alice, path, heading):
    visitor = Visitor(alice)
    choose(visitor.client, "ka")

    assert visitor.get(path).texts("h1") == [heading]


def test_the_page_for_our_own_errors_stays_as_it_is(rf, settings):
    client = Client(raise_request_exception=False, headers=GEORGIAN)
    settings.ROOT_URLCONF = "tests.i18n.broken"

    assert read(client.get("/")).texts("h1") == ["Something broke on our side"]
