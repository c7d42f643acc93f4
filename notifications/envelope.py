"""A letter as a mail: text and HTML that say the same, and the headers by which a mail program ends such mails."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from notifications import links
from notifications.kinds import KINDS
from notifications.letters import Letter
from notifications.models import Notification


def mail_from(letter: Letter, told: Notification) -> EmailMultiAlternatives:
    """To the user of a notification, who comes with their profile. A second try is the same mail: same Message-ID."""
    kind = KINDS[told.kind]
    off = links.off_link(told.user_id, kind)
    context = {
        "letter": letter, "kind": kind, "off": off, "greeting": greeting_for(told.user),
        "url": links.absolute(letter.path), "settings": links.absolute(f"{reverse('settings')}#mail"),
        "home": links.absolute("/"),
    }  # fmt: skip
    headers = {
        "Message-ID": f"<{kind.id}.{told.pk}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{off}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    text = render_to_string("notifications/mail.txt", context)
    mail = EmailMultiAlternatives(letter.subject, text, to=[told.user.email], headers=headers)
    mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail


def greeting_for(user: User) -> str:
    name = " ".join(user.profile.full_name.split())
    return _("Hello %(name)s,") % {"name": name} if name else _("Hello,")
