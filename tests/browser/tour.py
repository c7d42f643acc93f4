"""Every page of the product with something on it, and how one looks in every width and theme."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from accounts import languages
from accounts.models import User
from billing.models import Subscription
from hooks.sender import Answer
from jobs import lifecycle
from jobs.models import Job
from sso import connections
from tests.browser import accessibility
from tests.dashboard import scenes
from tests.hooks import receiver
from tests.jobs import acts, plans
from tests.support import desk

WIDTHS = (1440, 768, 375)
THEMES = ("dark", "light")
HEIGHT = 900
LAUNCH = "A 20-second launch video for a bakery, with music and a voice"
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
BARE_FORMS = """[...document.forms].filter(
  one => one.method === "post" && !one.elements.csrfmiddlewaretoken?.value).map(one => one.action)"""
Turn = Callable[[Page], None]


@dataclass(frozen=True)
class Stop:
    """A page by its address, and what to do there before it is looked at; `shows` is a part of its main content."""

    name: str
    path: str
    shows: str
    turn: Turn | None = None

    def visit(self, page: Page, site: str) -> None:
        page.goto(f"{site}{self.path}")
        if self.turn:
            self.turn(page)


ANYBODY = (
    Stop("landing", "/", "h1"),
    Stop("pricing", "/pricing", ".plan"),
    Stop("sign up", "/accounts/signup/", "form input[type=email]"),
    Stop("sign in", "/accounts/login/", "form input[type=password]"),
    Stop("reset", "/accounts/password/reset/", "form input[type=email]"),
    Stop("reset sent", "/accounts/password/reset/done/", "h1"),
    Stop("reset too late", "/accounts/password/reset/key/1-forged/", "h1"),
    Stop("reset done", "/accounts/password/reset/key/done/", "h1"),
    Stop("confirmation sent", "/accounts/confirm-email/", "h1"),
    Stop("confirmation too late", "/accounts/confirm-email/forged/", "h1"),
    Stop("inactive", "/accounts/inactive/", "h1"),
    Stop("sign in by a company", "/accounts/sso", "form input[type=email]"),
    Stop("not found", "/no/such/page", "h1"),
    Stop("style guide", "/styleguide", "h1"),
)
NEWCOMER = (
    Stop("first dashboard", "/dashboard", ".sky"),
    Stop("no jobs", "/dashboard/jobs", "h1"),
    Stop("locked goal", "/dashboard/agents/avatar-g-agent", "h1"),
    Stop("locked studio", "/dashboard/agents/voice-lab", "h1"),
    Stop("soon", "/dashboard/agents/game-creator", "h1"),
    Stop("billing on FREE", "/dashboard/billing", "h1"),
    Stop("no tickets", "/dashboard/support", ".empty"),
    Stop("settings on FREE", "/dashboard/settings", ".subpages"),
    Stop("no keys", "/dashboard/settings/keys", ".banner"),
    Stop("no single sign-on", "/dashboard/settings/sso", ".banner"),
    Stop("no two-factor", "/accounts/2fa/", "h1"),
    Stop("addresses", "/accounts/email/", "h1"),
    Stop("password", "/accounts/password/change/", "form input[type=password]"),
    Stop("who again", "/accounts/reauthenticate/", "form input[type=password]"),
    Stop("sign out", "/accounts/logout/", "form button[type=submit]"),
)
GEORGIAN = tuple(
    Stop(f"{path} in Georgian", path, "h1") for path in (
        "/dashboard?view=orbit", "/dashboard?view=list", "/dashboard/jobs", "/dashboard/credits", "/dashboard/billing",
        "/dashboard/settings", "/dashboard/settings/keys", "/dashboard/agents/image-creator",
        "/dashboard/support?new=1", "/", "/pricing",
    )
)  # fmt: skip


def see_plan(page: Page) -> None:
    page.locator("textarea").first.fill(LAUNCH)
    page.locator("form.studio button[type=submit]").first.click()
    page.locator("button[name=confirmed]").wait_for()


def studios(before: Job) -> Iterator[Stop]:
    shows = "form.studio button[type=submit]"
    for path in (
        "image-creator", "image-creator?example=1", "avatar-builder", "music-studio", "chat", "chat?operation=context",
        f"chat?operation=context&after={before.pk}", "voice-lab", "voice-lab?operation=clone", "video-studio",
        "media-production", "business-agent", "avatar-g-agent",
    ):  # fmt: skip
        yield Stop(path.replace(str(before.pk), "…"), f"/dashboard/agents/{path}", shows)
    yield Stop("plan shown", "/dashboard/agents/avatar-g-agent", "button[name=confirmed]", see_plan)


def works(user: User) -> Iterator[Stop]:
    """Job pages, in every state and with every kind of result."""
    made = {
        "waiting": scenes.waiting(user), "running": scenes.running(user),
        "failed": scenes.failed(user), "canceled": scenes.canceled(user), "picture": scenes.delivered(user),
        "audio": scenes.delivered(user, "track.mp3", "track.mid"), "text": scenes.delivered(user, "note.txt"),
        "video": scenes.delivered(user, "video.mp4", "captions.vtt", "poster.jpg"), "vector": scenes.delivered(
            user, "avatar.png", "avatar.svg"),
        "orchestrated": orchestrated(user),
    }  # fmt: skip
    for name, job in made.items():
        yield Stop(f"{name} job", f"/dashboard/jobs/{job.pk}", "#job, .result, h1")


def orchestrated(user: User) -> Job:
    """A plan with its first step running."""
    plan = plans.start(user, input={"goal": LAUNCH})
    lifecycle.claim(plans.ready(plan)[0].pk)
    return plan


def turn(user: User, message: str, answer: str) -> Job:
    job = acts.queued(user, "chat", operation="context", input={"message": message})
    lifecycle.complete(lifecycle.claim(job.pk), files=[], output={"text": answer}, engine="test")
    return acts.again(job)


def tickets(user: User) -> Iterator[Stop]:
    """The list, the form, and a conversation in each state, with words that have no space to break at."""
    long = {"subject": "x" * 120, "text": f"{'y' * 300}\n\nIt does not work."}
    operator = User.objects.create_superuser("operator@example.test")
    asked = desk.opened(user, **long)
    made = {
        "open": asked, "answered": desk.answered(desk.opened(user), operator, text="z" * 300),
        "closed": desk.closed(desk.answered(desk.opened(user), operator)),
    }  # fmt: skip
    yield Stop("tickets", "/dashboard/support", "table")
    yield Stop("new ticket", "/dashboard/support?topic=payment", "form button[type=submit]")
    for name, ticket in made.items():
        yield Stop(f"{name} ticket", f"/dashboard/support/{ticket.pk}", "form textarea")


def member(user: User) -> list[Stop]:
    """Somebody on PREMIUM who has made one of each."""
    acts.put_on(user, "PREMIUM")
    thread = turn(user, "What is a fugue?", "A piece in which **voices** follow one another.\n\n- subject\n- answer")
    return [
        *works(user),
        *studios(thread),
        *tickets(user),
        Stop("orbit", "/dashboard?view=orbit", ".sky"),
        Stop("list", "/dashboard?view=list", ".sky"),
        Stop("jobs", "/dashboard/jobs", "table"),
        Stop("credits", "/dashboard/credits", "table"),
        Stop("billing", "/dashboard/billing", "h1"),
        Stop("settings", "/dashboard/settings", "form"),
        Stop("API keys", "/dashboard/settings/keys", "form"),
        Stop("no webhooks", "/dashboard/settings/webhooks", "h1"),
    ]


def company(user: User) -> list[Stop]:
    """Somebody on ENTERPRISE whose webhooks came through, did not, and are on their way."""
    acts.put_on(user, "ENTERPRISE")
    endpoint = receiver.made(
        user, "https://hooks.example.com/a-path/that-is-long/as-paths-with-keys-in-them-are"
    ).endpoint
    for answer in (Answer(204), Answer(500), Answer(None, "It did not answer in time.")):
        scenes.delivered(user)
        receiver.round_of_beat(post=lambda *_, answer=answer: answer)
    receiver.try_out(endpoint)
    path = "/dashboard/settings/webhooks"
    sign_on = {"domain": "acme.test", "issuer": "https://id.acme.test", "client_id": "avatarg"}
    connections.save_sign_on(owner_id=user.pk, **sign_on, client_secret=uuid4().hex, required=False)
    return [
        Stop("webhooks", path, "table"), Stop("webhook endpoint", f"{path}/{endpoint.pk}", "table"),
        Stop("single sign-on", "/dashboard/settings/sso", ".secret"),
    ]  # fmt: skip


def debtor(user: User) -> list[Stop]:
    """Somebody on PRO whose last payment did not go through."""
    acts.put_on(user, "PRO")
    facts: dict[str, Any] = {"status": "past_due", "stripe_customer_id": "cus_1", "stripe_subscription_id": "sub_1"}
    Subscription.objects.filter(pk=user.pk).update(**facts)
    pages = {"billing": "/dashboard/billing", "dashboard": "/dashboard", "pricing": "/pricing"}
    return [Stop(f"{name} past due", path, "h1") for name, path in pages.items()]


def georgian(user: User) -> tuple[Stop, ...]:
    """Somebody who chose the language, with work in each state."""
    languages.choose_language(user_id=user.pk, code="ka")
    acts.put_on(user, "PREMIUM")
    for make in (scenes.delivered, scenes.failed, scenes.canceled, scenes.running):
        make(user)
    return GEORGIAN


GROUPS: dict[str, Callable[[User], list[Stop] | tuple[Stop, ...]]] = {
    "anybody": lambda _user: ANYBODY,
    "newcomer": lambda _user: NEWCOMER,
    "member": member,
    "debtor": debtor,
    "company": company,
    "georgian": georgian,
}


def faults(page: Page, stop: Stop, site: str) -> list[str]:
    """One visit, looked at in every width and theme. A narrow page has what a wide one has, so it is asked once."""
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    page.emulate_media(color_scheme=THEMES[0], reduced_motion="reduce")  # no colour is read on its way
    stop.visit(page, site)
    found = [] if page.locator(stop.shows).first.is_visible() else [f"{stop.name}: there is no {stop.shows}"]
    found += [f"{stop.name}: a form without its token: {action}" for action in page.evaluate(BARE_FORMS)]
    for theme in THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            where = f"{stop.name}, {width} {theme}"
            wider = page.evaluate(WIDER)
            found += [f"{where}: {wider} pixels too wide"] if wider > 0 else []
            found += [f"{where}: {line}" for line in looked_at(page, width, theme)]
    return found


def looked_at(page: Page, width: int, theme: str) -> list[str]:
    if width == WIDTHS[0]:
        only = () if theme == THEMES[0] else ("color-contrast",)
        return accessibility.findings(page, *only)
    return accessibility.findings(page) if width == WIDTHS[-1] and theme == THEMES[0] else []
