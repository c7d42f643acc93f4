from typing import Any

from django import forms

from notifications.kinds import KINDS


class MailForm(forms.Form):
    """One switch for each kind of mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS.values():
            self.fields[kind.id] = forms.BooleanField(required=False, label=kind.sentence)
