"""The dashboard, the ledger and settings."""

from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import people
from accounts.models import Profile
from agents import interests
from agents.errors import SubscriptionInactive
from avatarg import paging
from avatarg.errors import InvalidInput
from billing import entitlements
from credits import selectors as ledger_reads
from credits.models import CreditTransaction
from dashboard import banners, cards, orbit
from dashboard.forms import SettingsForm
from dashboard.views.member import member, member_page, see_other, tell
from notifications import preferences
from notifications.forms import MailForm

PAGE = 30


@require_safe
@member_page
def home(request: HttpRequest) -> HttpResponse:
    user_id = member(request)
    standing = entitlements.standing_of(user_id)
    sky = orbit.sky_of(standing, interests.interests_of(user_id))
    going = orbit.going_of(user_id)
    context = {
        "sky": sky, "going": going, "view": orbit.view_of(request), "plan": standing.plan,
        "notice": None if standing.is_active else banners.banner_for(SubscriptionInactive(status=standing.status)),
        "firsts": orbit.first_things(sky, ledger_reads.account_of(user_id).balance) if going.is_first_visit else [],
    }  # fmt: skip
    return orbit.remember_view(request, render(request, "dashboard/home.html", context))


@require_safe
@member_page
def ledger(request: HttpRequest) -> HttpResponse:
    user_id = member(request)
    type = request.GET.get("type", "")
    type = type if type in CreditTransaction.Type.values else ""
    rows = ledger_reads.transactions_of(user_id, type=type)
    try:
        page, cursor = paging.newest_first(rows, request.GET.get("cursor"), PAGE)
    except InvalidInput:
        raise Http404("There is no such page.") from None
    context = {
        "rows": cards.ledger_rows(user_id, page), "cursor": cursor, "type": type,
        "types": CreditTransaction.Type.choices,
        "query": urlencode({"type": type}) if type else "",
        "lots": ledger_reads.open_lots_of(user_id), "account": ledger_reads.account_of(user_id),
    }  # fmt: skip
    return render(request, "dashboard/ledger.html", context)


@member_page
def settings(request: HttpRequest) -> HttpResponse:
    profile = Profile.objects.get(pk=member(request))
    if request.POST.get("form") == "mail":
        return choose_mails(request)
    theme = {"theme": profile.preferences.get("theme", "")}
    form = SettingsForm(request.POST or None, request.FILES or None, instance=profile, initial=theme)
    if request.method == "POST" and form.is_valid():
        people.update_profile(
            user_id=profile.pk,
            full_name=form.cleaned_data["full_name"],
            preferences={"theme": form.cleaned_data["theme"]},
            picture=form.cleaned_data["picture"],
            remove_picture=form.cleaned_data["remove_avatar"],
        )
        tell(request, _("Your settings are saved."))
        return see_other(reverse("settings"))
    mails = MailForm(initial=preferences.switches_of(profile))
    context = {"form": form, "mails": mails}
    return render(request, "dashboard/settings.html", context, status=400 if form.errors else 200)


def choose_mails(request: HttpRequest) -> HttpResponse:
    """The card of switches: a checkbox that is not sent is off."""
    form = MailForm(request.POST)
    form.full_clean()
    preferences.choose(user_id=member(request), switches=form.cleaned_data)
    tell(request, _("Your choice of mails is saved."))
    return see_other(f"{reverse('settings')}#mail")


@require_safe
@member_page
def picture(request: HttpRequest) -> HttpResponseBase:
    """The person's own picture."""
    profile = Profile.objects.get(pk=member(request))
    try:
        return FileResponse(profile.avatar.open("rb"), content_type="image/png")
    except (ValueError, FileNotFoundError):
        raise Http404("There is no picture.") from None
