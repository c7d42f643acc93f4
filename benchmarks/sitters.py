"""Who sits for the pictures, and what there is to see of each."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from playwright.sync_api import Page

from accounts import keys
from accounts.models import Profile, User
from benchmarks import account, buyers, desk, doors, letters, visitors
from benchmarks.place import Place
from benchmarks.sights import Sight, Sitter
from billing import subscriptions
from billing.models import Subscription
from dashboard import errors
from hooks import delivery, endpoints, recording
from hooks.events import EVENTS
from hooks.sender import Answer
from jobs.models import Job
from sso import connections
from support import tickets

AGENTS, SETTINGS, SUPPORT = "/dashboard/agents", "/dashboard/settings", "/dashboard/support"
TWO_FACTOR = "/accounts/2fa"
SOON = timedelta(days=20)


def sitters(place: Place) -> Iterator[Sitter]:
    ada = person(account.EMAIL, "PREMIUM")
    made, last = account.fill(ada)
    yield Sitter(anybody())
    yield Sitter(newcomer(), visitors.cookies_of(person("noor@example.test")))
    yield Sitter(member(ada, made, last), visitors.cookies_of(ada))
    georgian = {settings.LANGUAGE_COOKIE_NAME: "ka"}
    yield Sitter(abroad("landing", "pricing", "sign-in"), georgian)
    yield Sitter(abroad("orbit", "billing", "settings", "jobs", "support-new"), visitors.cookies_of(ada) | georgian)
    yield Sitter({"billing-past-due": Sight("/dashboard/billing"), "orbit-past-due": Sight("/dashboard")}, debtor())
    yield Sitter({"billing-ends": Sight("/dashboard/billing")}, leaver())
    yield Sitter(nearly_out(), spender())
    yield from company()
    yield Sitter(letters.sights(User.objects.get(pk=ada.pk), made))
    yield from doors.sitters()
    yield from buyers.sitters()
    yield from desk.sitters(User.objects.get(pk=ada.pk), made, place)


def person(email: str, plan: str = "", name: str = "") -> User:
    user = User.objects.create_user(email=email)
    Profile.objects.filter(pk=user.pk).update(full_name=name)
    if plan:
        until = datetime.now(UTC) + SOON
        subscriptions.put_on_plan(
            user_id=user.pk, plan=plan, source=f"demo of {email}", started_at=until - timedelta(days=30), ends_at=until
        )
    return user


PLACES = {
    "landing": "/", "pricing": "/pricing", "sign-in": "/accounts/login/", "orbit": "/dashboard?view=orbit",
    "billing": "/dashboard/billing", "settings": SETTINGS, "jobs": "/dashboard/jobs", "support-new": f"{SUPPORT}?new=1",
}  # fmt: skip


def abroad(*names: str) -> dict[str, Sight]:
    return {f"{name}-ka": Sight(PLACES[name]) for name in names}


def anybody() -> dict[str, Sight]:
    return {
        "landing": Sight("/"), "pricing": Sight("/pricing"), "sign-in": Sight("/accounts/login/"),
        "sign-in-refused": Sight("/accounts/login/", act=say_wrong),
        "sign-up": Sight("/accounts/signup/"), "reset": Sight("/accounts/password/reset/"),
        "sso-door": Sight("/accounts/sso"), "styleguide": Sight("/styleguide"), **error_pages(),
    }  # fmt: skip


def say_wrong(page: Page) -> None:
    page.locator("input[type=email]").fill("noor@example.test")
    page.locator("input[type=password]").fill("not the password")
    page.locator("main form button[type=submit]").first.click()
    page.locator(".banner.bad").wait_for()


def error_pages() -> dict[str, Sight]:
    """As they are outside of DEBUG."""
    request = RequestFactory().get("/no/such/page")
    request.user = AnonymousUser()
    answers: dict[str, HttpResponse] = {
        "400": errors.bad_request(request, ValueError()), "403": errors.forbidden(request, PermissionError()),
        "404": errors.not_found(request, Http404()), "429": errors.too_many(request),
        "500": errors.server_error(request),
    }  # fmt: skip
    return {f"error-{code}": Sight(f"/error-{code}", body=answer.content.decode()) for code, answer in answers.items()}


def newcomer() -> dict[str, Sight]:
    return {
        "first-run": Sight("/dashboard"), "first-list": Sight("/dashboard?view=list"),
        "no-jobs": Sight("/dashboard/jobs"), "no-credits-spent": Sight("/dashboard/credits"),
        "studio-locked": Sight(f"{AGENTS}/voice-lab"), "goal-locked": Sight(f"{AGENTS}/avatar-g-agent"),
        "studio-soon": Sight(f"{AGENTS}/game-creator"), "billing-free": Sight("/dashboard/billing"),
        "settings-free": Sight(SETTINGS), "keys-closed": Sight(f"{SETTINGS}/keys"),
        "webhooks-closed": Sight(f"{SETTINGS}/webhooks"), "sso-closed": Sight(f"{SETTINGS}/sso"),
        "no-tickets": Sight(SUPPORT), "two-factor-off": Sight(f"{TWO_FACTOR}/"),
        "two-factor-set-up": Sight(f"{TWO_FACTOR}/totp/activate/"), "addresses": Sight("/accounts/email/"),
        "password": Sight("/accounts/password/set/"),
    }  # fmt: skip


def member(ada: User, made: dict[str, Job], last: Job) -> dict[str, Sight]:
    visitors.second_factor(ada)
    keys.make_key(user_id=ada.pk, name="Nightly posters", scopes=["read", "execute"], budget=500, budget_per="month")
    old = keys.make_key(user_id=ada.pk, name="A test from my laptop", scopes=["read"])
    keys.revoke_key(user_id=ada.pk, key_id=old.key.pk)
    return {
        "orbit": Sight("/dashboard?view=orbit"), "list": Sight("/dashboard?view=list"),
        **studios(made["picture"], last),
        "goal-plan": Sight(f"{AGENTS}/avatar-g-agent", act=see_plan),
        "jobs": Sight("/dashboard/jobs"), "jobs-none-match": Sight("/dashboard/jobs?agent=media-production"),
        **{f"job-{name}": Sight(f"/dashboard/jobs/{job.pk}") for name, job in made.items()},
        "credits": Sight("/dashboard/credits"), "billing": Sight("/dashboard/billing"), "settings": Sight(SETTINGS),
        "keys": Sight(f"{SETTINGS}/keys"), "two-factor-on": Sight(f"{TWO_FACTOR}/"),
        "recovery-codes": Sight(f"{TWO_FACTOR}/recovery-codes/"),
        "recovery-codes-new": Sight(f"{TWO_FACTOR}/recovery-codes/generate/"),
        "two-factor-turn-off": Sight(f"{TWO_FACTOR}/totp/deactivate/"), **conversations(ada, made["failed"]),
    }  # fmt: skip


def studios(picture: Job, last: Job) -> dict[str, Sight]:
    names = ("avatar-builder", "music-studio", "voice-lab", "video-studio", "media-production", "business-agent")
    return {
        "studio-image-creator": Sight(f"{AGENTS}/image-creator?from={picture.pk}"),
        **{f"studio-{name}": Sight(f"{AGENTS}/{name}") for name in names},
        "studio-refused": Sight(f"{AGENTS}/image-creator", act=send_nothing),
        "studio-voice-speech": Sight(f"{AGENTS}/voice-lab?operation=synthesize"),
        "studio-media-more": Sight(f"{AGENTS}/media-production", act=lambda page: page.click("details.later summary")),
        "chat-new": Sight(f"{AGENTS}/chat"), "goal": Sight(f"{AGENTS}/avatar-g-agent"),
        "chat": Sight(f"{AGENTS}/chat?operation=context&after={last.pk}"),
    }  # fmt: skip


def send_nothing(page: Page) -> None:
    """As a browser does that checks nothing by itself."""
    page.evaluate("document.querySelector('form.studio').noValidate = true")
    page.locator("form.studio button[type=submit]").first.click()
    page.locator("form.studio .error").first.wait_for()


def see_plan(page: Page) -> None:
    page.locator("textarea").first.fill(account.LAUNCH)
    page.locator("form.studio button[type=submit]").first.click()
    page.locator("button[name=confirmed]").wait_for()


def conversations(user: User, job: Job) -> dict[str, Sight]:
    operator = User.objects.create_user(email="desk@example.test", is_staff=True)
    wrong = tickets.open_ticket(
        user_id=user.pk, key=uuid4().hex, topic="job", job_id=job.pk, subject="The tea house came out damaged twice",
        text="I tried it yesterday and today. The credits came back both times, but I would like the picture.",
    )  # fmt: skip
    tickets.answer(
        operator_id=operator.pk, ticket_id=wrong.pk, key=uuid4().hex,
        text="Thank you for telling us. Say dusk as a colour, such as violet sky, and it works.",
    )  # fmt: skip
    asked = tickets.open_ticket(
        user_id=user.pk, key=uuid4().hex, topic="payment", subject="An invoice with our VAT number, please",
        text="Can the December invoice carry SE556677889901?",
    )  # fmt: skip
    done = tickets.open_ticket(
        user_id=user.pk, key=uuid4().hex, topic="other", subject="May I sell the songs?", text="On a bakery's playlist."
    )
    tickets.close_own_ticket(user_id=user.pk, ticket_id=done.pk, key=uuid4().hex)
    return {
        "support": Sight(SUPPORT), "support-new": Sight(f"{SUPPORT}?new=1"),
        "ticket-answered": Sight(f"{SUPPORT}/{wrong.pk}"), "ticket-open": Sight(f"{SUPPORT}/{asked.pk}"),
        "ticket-closed": Sight(f"{SUPPORT}/{done.pk}"),
    }  # fmt: skip


def debtor() -> dict[str, str]:
    user = person("dora@example.test", "PRO", "Dora Maas")
    facts: dict[str, Any] = {"status": "past_due", "stripe_customer_id": "cus_1", "stripe_subscription_id": "sub_1"}
    Subscription.objects.filter(pk=user.pk).update(**facts)
    return visitors.cookies_of(user)


def leaver() -> dict[str, str]:
    user = person("emil@example.test", "PRO", "Emil Roth")
    facts: dict[str, Any] = {"stripe_customer_id": "cus_2", "stripe_subscription_id": "sub_2"}
    Subscription.objects.filter(pk=user.pk).update(cancel_at_period_end=True, **facts)
    return visitors.cookies_of(user)


def spender() -> dict[str, str]:
    user = person("omar@example.test", name="Omar Haddad")
    for seed in range(12):
        account.make(user, "image-creator", "generate", {"prompt": "A red boat on a calm lake", "seed": seed})
    return visitors.cookies_of(user)


def nearly_out() -> dict[str, Sight]:
    """On FREE, with four credits left."""
    return {
        "orbit-out": Sight("/dashboard?view=orbit"), "billing-out": Sight("/dashboard/billing"),
        "credits-out": Sight("/dashboard/credits"), "studio-short": Sight(f"{AGENTS}/image-creator"),
    }  # fmt: skip


def company() -> Iterator[Sitter]:
    """On ENTERPRISE; its webhooks came through, did not, and are on their way."""
    user = person("cleo@acme.example", "ENTERPRISE", "Cleo Adeyemi")
    young = person("ife@acme.example", "ENTERPRISE", "Ife Adeyemi")
    nothing = {"webhooks-none": Sight(f"{SETTINGS}/webhooks"), "sso-none": Sight(f"{SETTINGS}/sso")}
    yield Sitter(nothing | {"keys-none": Sight(f"{SETTINGS}/keys")}, visitors.cookies_of(young))
    endpoint = endpoints.make_endpoint(
        user_id=user.pk, url="https://hooks.acme.example/avatar-g/finished", chosen=list(EVENTS)
    ).endpoint
    endpoints.make_endpoint(user_id=user.pk, url="https://acme.example/low", chosen=["credits.low"])
    for answer in (Answer(204), Answer(500), Answer(None, "It did not answer in time.")):
        account.in_each_state(user)
        recording.record_due()
        delivery.deliver_due(post=lambda *_, answer=answer: answer)
    endpoints.send_test(user_id=user.pk, endpoint_id=endpoint.pk)
    sign_on = connections.save_sign_on(
        owner_id=user.pk, domain="acme.example", issuer="https://login.acme.example", client_id="avatarg",
        client_secret=uuid4().hex, required=False,
    )  # fmt: skip
    connections.approve(sign_on)
    yield Sitter({
        "webhooks": Sight(f"{SETTINGS}/webhooks"), "webhook": Sight(f"{SETTINGS}/webhooks/{endpoint.pk}"),
        "webhook-made": Sight(f"{SETTINGS}/webhooks", act=make_endpoint), "sso": Sight(f"{SETTINGS}/sso"),
        "billing-enterprise": Sight("/dashboard/billing"),
        "key-made": Sight(f"{SETTINGS}/keys", act=make_key),
        "settings-enterprise": Sight(SETTINGS), "jobs-enterprise": Sight("/dashboard/jobs"),
    }, visitors.cookies_of(user))  # fmt: skip


def make_endpoint(page: Page) -> None:
    page.locator("main input[name=url]").fill("https://acme.example/another")
    page.get_by_role("button", name="Make the endpoint").click()
    page.locator(".secret").wait_for()


def make_key(page: Page) -> None:
    page.locator("main input[name=name]").fill("The warehouse")
    page.get_by_role("button", name="Make the key").click()
    page.locator(".secret").wait_for()
