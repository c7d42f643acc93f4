"""Who may see a page, in one place: every dashboard view is a member's, and no cache keeps it."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from avatarg.errors import NotFound, Refusal
from dashboard import banners

View = Callable[..., HttpResponseBase]


def member_page(view: View) -> View:
    """A page for the signed-in person; what is not theirs is a 404."""

    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotFound as missing:
            raise Http404(missing.message) from missing

    page.__name__ = view.__name__
    return never_cache(login_required(page))


def member(request: HttpRequest) -> UUID:
    """The id of the signed-in person."""
    return cast(UUID, request.user.pk)


def see_other(url: str) -> HttpResponse:
    """After a POST: the browser asks for the next page anew, and back or refresh repeats nothing."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def tell_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """What stands in the way, and the link that mends it."""
    banner = banners.banner_for(refusal)
    way = format_html(' <a class="link" href="{}">{}</a>', banner.link, banner.label) if banner.link else ""
    tell(request, format_html("{}. {}{}", banner.title, banner.text, way), ok=False)


def tell(request: HttpRequest, sentence: str, *, ok: bool = True) -> None:
    (messages.success if ok else messages.error)(request, sentence)


def refusal_by(require: Callable[[UUID], None], user_id: UUID) -> Refusal | None:
    """What a rule says against this person, for a page that shows it instead of ending."""
    try:
        require(user_id)
    except Refusal as refusal:
        return refusal
    return None


def status_of(request: HttpRequest, form: BaseForm, refused: Refusal | None) -> int:
    """Of a page that answers its own form: made, refused, or wrong where the form is still bound."""
    if request.method != "POST":
        return 200
    return refused.status if refused else 400 if form.is_bound else 201
