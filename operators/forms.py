"""The form of a grant to many: whom, what, and the dry run's number to be typed for many people."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.validators import validate_email
from django.utils import timezone

from accounts.models import User
from billing.plans import PLANS
from operators.acts import MOST_CREDITS, end_of
from operators.campaigns import Choice, Terms
from operators.models import Campaign

MOST_ADDRESSES = 20_000


class CampaignForm(forms.Form):
    plans = forms.MultipleChoiceField(
        choices=[(plan, plan) for plan in PLANS], required=False, widget=forms.CheckboxSelectMultiple, label="On a plan"
    )
    emails = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        label="With one of these addresses", help_text="Separated by spaces, commas or lines.",
    )  # fmt: skip
    active_since = forms.DateField(
        required=False, widget=AdminDateWidget, label="Active since", help_text="Signed in, or started a job (UTC).",
    )  # fmt: skip
    amount = forms.IntegerField(min_value=1, max_value=MOST_CREDITS, label="Credits for each")
    kind = forms.ChoiceField(choices=Campaign.Kind.choices)
    reason = forms.CharField(
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="People read it in their ledger.",
    )
    expires_on = forms.DateField(
        required=False, widget=AdminDateWidget, help_text="The last day to spend them. Left empty, they never expire."
    )
    key = forms.SlugField(
        max_length=60, help_text="Names this grant, such as sorry-2026-11. Under one name nobody gets it twice."
    )

    def clean_emails(self) -> tuple[str, ...]:
        words = self.cleaned_data["emails"].replace(",", " ").replace(";", " ").split()
        found = sorted({User.objects.normalize_email(word) for word in words})
        if len(found) > MOST_ADDRESSES:
            raise forms.ValidationError(f"At most {MOST_ADDRESSES} addresses at a time.")
        for one in found:
            try:
                validate_email(one)
            except forms.ValidationError:
                raise forms.ValidationError(f"{one[:80]} is no address.") from None
        return tuple(found)

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.now().date():
            raise forms.ValidationError("That day has passed.")
        return day

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not self.choice().as_json():
            raise forms.ValidationError("Say whom: a plan, addresses, or since when they were active.")
        return told

    def choice(self) -> Choice:
        told, since = self.cleaned_data, self.cleaned_data["active_since"]
        return Choice(tuple(told["plans"]), told["emails"], since.isoformat() if since else "")

    def terms(self) -> Terms:
        told = self.cleaned_data
        return Terms(told["key"], told["kind"], told["amount"], told["reason"], end_of(told["expires_on"]))
