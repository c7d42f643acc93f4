"""What the buttons of the control panel do. Each leads back to the page that it stands on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from stripe_sandbox import store
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import MainClock
from stripe_sandbox.pages import charges, clocks, mail
from stripe_sandbox.pages.answers import page, see_other
from stripe_sandbox.pages.forms import DateForm


def button(act: Callable[..., str]) -> Callable[..., HttpResponse]:
    """A POST that does one thing and returns the sentence that says so; a refusal is said as well."""

    @wraps(act)
    def press(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return see_other(_back(request), act(request, *args, **kwargs))
        except StripeError as error:
            return see_other(_back(request), error.message, tone="bad")

    return require_POST(page(press))


@button
def wind(request: HttpRequest) -> str:
    clock, form = request.POST.get("clock", ""), DateForm(request.POST)
    if clock:
        store.get("test_helpers.test_clock", clock)
    move = request.POST.get("move", "date")
    if move == "date" and not form.is_valid():
        raise StripeError("Choose a day to wind the clock to.")
    until = form.moment if move == "date" else None
    return clocks.wind(clock, clocks.target_of(clock, move, until))


@button
def fail_next(request: HttpRequest, id: str = "") -> str:
    """Of one customer, or whoever is charged next."""
    on = request.POST.get("on") == "1"
    with store.acting():
        if id:
            customer = store.get("customer", id)
            customer.private = {**customer.private, "fail_next_payment": on}
            store.save(customer, "private")
        else:
            store.main_clock()
            MainClock.objects.filter(pk=1).update(fail_next_payment=on)
    whose = "The next payment of this customer" if id else "The next payment, whoever makes it,"
    return f"{whose} will be declined." if on else "Payments go through again."


@button
def dunning(request: HttpRequest) -> str:
    end = request.POST.get("dunning_end", "")
    if end not in MainClock.DunningEnd.values:
        raise StripeError("Choose what becomes of a subscription that is not paid.")
    store.main_clock()
    MainClock.objects.filter(pk=1).update(dunning_end=end)
    return f"After the last failed try: {MainClock.DunningEnd(end).label}."


@button
def hold(request: HttpRequest) -> str:
    mail.hold()
    return "Deliveries are held from now on."


@button
def release(request: HttpRequest) -> str:
    order = request.POST.get("order", "oldest")
    if order == "drop":
        count = mail.drop()
        mail.release(newest_first=False)
        return f"{_deliveries(count)} dropped; nothing is held any more."
    count = mail.release(newest_first=order == "newest")
    return f"{_deliveries(count)} released, {order} first; nothing is held any more."


@button
def deliver(request: HttpRequest, id: str) -> str:
    """Again, twice, late or never."""
    act = request.POST.get("act")
    if act == "drop":
        return f"{_deliveries(mail.drop(id))} dropped."
    if act == "late":
        said = request.POST.get("seconds", "")
        seconds = int(said) if said.isdecimal() else 0
        return f"{_deliveries(mail.send_late(id, seconds))} on the way, in {seconds} seconds."
    return f"{_deliveries(mail.send(id, times=2 if act == 'twice' else 1))} on the way."


@button
def refund(request: HttpRequest, id: str) -> str:
    return charges.refund(id, request.POST.get("amount", ""))


@button
def dispute(request: HttpRequest, id: str) -> str:
    return charges.dispute(id)


@button
def close_dispute(request: HttpRequest, id: str) -> str:
    return charges.close_dispute(id, won=request.POST.get("won") == "1")


def _deliveries(count: int) -> str:
    return f"{count} {'delivery' if count == 1 else 'deliveries'}"


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("back", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else reverse("panel")
