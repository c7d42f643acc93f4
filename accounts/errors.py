from django.utils.translation import gettext_noop as _

from avatarg.errors import Refusal


class TooManyKeys(Refusal):
    code, status = "TOO_MANY_KEYS", 409
    sentence = _("You have as many keys as there may be. Revoke one first.")
