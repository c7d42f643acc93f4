from django.utils.translation import gettext_noop as _

from avatarg.errors import Refusal


class InsufficientCredits(Refusal):
    code, status = "INSUFFICIENT_CREDITS", 402
    sentence = _("There are not enough credits for this.")


class DeductionFailed(Refusal):
    code, status = "DEDUCTION_FAILED", 402
    sentence = _("The credits could not be taken. Nothing was charged.")


class LedgerError(Exception):
    """A write that the ledger's rules forbid: a mistake of the caller, never of a person."""
