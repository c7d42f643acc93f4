"""What an operator fills in."""

import secrets
from typing import Any

from django import forms

from support import tickets

WORDLESS = {"close"}


class AnswerForm(forms.Form):
    """`act` is the button that was pressed; `form_key` is new with each form that is shown."""

    ACTS = (
        ("answer", "Answer"), ("answer_and_close", "Answer and close"), ("note", "Keep as a note"), ("close", "Close"),
    )  # fmt: skip

    text = forms.CharField(
        required=False, max_length=tickets.TEXT_LETTERS, label="Message", widget=forms.Textarea(attrs={"rows": 8})
    )
    act = forms.ChoiceField(choices=ACTS, widget=forms.HiddenInput)
    form_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"form_key": secrets.token_urlsafe(18)})

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("text") and told.get("act") not in WORDLESS and "text" not in self.errors:
            self.add_error("text", "Please write something.")
        return told
