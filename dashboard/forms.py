"""Forms of pages. A studio's form is made from its operation's JSON Schema: one description serves API and page."""

import hashlib
import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Profile
from agents import sentences
from avatarg.errors import InvalidInput, PayloadTooLarge
from dashboard import own, words
from jobs import uploads
from jobs.models import Upload

LONG_TEXT, FEW_CHOICES, SHOWN_SLOTS = 100, 6, 2
MEDIA_KINDS = {
    "photo": ("image",), "image": ("image",), "track": ("audio", "midi"), "file": ("data", "text"),
    "avatar": ("image",), "clips": ("video", "image"), "base": ("video", "image"), "overlay": ("video", "image"),
    "audio": ("audio",), "sample": ("audio",),
}  # fmt: skip
ACCEPTED = {"midi": ".mid,.midi", "data": ".csv,.tsv", "text": ".txt,.md"}
EARLIER, MEDIA, VOICE = "#/$defs/EarlierJob", "#/$defs/MediaReference", "#/$defs/VoiceReference"
PLAN = "#/$defs/EarlierPlan"


class BesideField(forms.FileField):
    """A file in place of a reference; whether one of the two must be there is said by the other."""

    is_needed = True


class MediaField(forms.ChoiceField):
    """A reference, or empty while a file comes along beside it; `is_needed` says that one of the two must."""

    def __init__(self, *, is_needed: bool, **facts: Any) -> None:
        super().__init__(required=False, **facts)
        self.is_needed = is_needed


@dataclass(frozen=True, slots=True)
class Section:
    """Fields of a form that stand together; `is_open` is about those that are folded away."""

    fields: list[forms.BoundField]
    is_later: bool
    is_open: bool


class StudioForm(forms.Form):
    """The input of one operation. `to_input` gives what the API would have been sent."""

    data: Any

    def __init__(self, schema: dict[str, Any], user_id: UUID, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_id, self.own = user_id, own.OwnMedia(user_id)
        self.references: list[str] = []
        self.slots: dict[str, list[str]] = {}
        self.kept: list[Upload] = []
        self.left_open = _("As described") if set(words.TEXT_KEYS) & set(schema["properties"]) else _("Automatic")
        required = schema.get("required", [])
        for name, described in schema["properties"].items():
            self.add(name, flattened(described), required=name in required)

    def add(self, name: str, described: dict[str, Any], *, required: bool) -> None:
        facts = {
            "label": described.get("title", name),
            "help_text": described.get("description", ""),
            "required": required,
        }
        if described.get("$ref") == EARLIER:
            self.fields[name] = own.earlier_for(self.user_id, self.chosen(name), facts)
        elif described.get("$ref") == VOICE:
            self.fields[name] = own.voices_for(self.user_id, facts)
        elif described.get("$ref") == PLAN:
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        elif "$ref" in described:
            self.add_media(name, MEDIA_KINDS.get(name, ()), facts)
        elif "$ref" in described.get("items", {}):
            self.add_list(name, described["maxItems"], facts)
        else:
            self.fields[name] = field_for(described, facts, self.left_open)

    def add_list(self, name: str, most: int, facts: dict[str, Any]) -> None:
        """A list of references is a row of slots; those left empty are passed over."""
        self.slots[name] = [slot_of(name, number) for number in range(1, most + 1)]
        for number, slot in enumerate(self.slots[name], 1):
            is_first = number == 1
            told = {"label": f"{facts['label']} {number}", "required": facts["required"] and is_first}
            self.add_media(slot, MEDIA_KINDS.get(name, ()), facts | told | ({} if is_first else {"help_text": ""}))

    def sections(self) -> list[Section]:
        """The visible fields in order. Places of a list after its first ones are folded away while they are empty."""
        later = {
            name for slots in self.slots.values() for slot in slots[SHOWN_SLOTS:] for name in (slot, file_of(slot))
        }
        parts = groupby(self.visible_fields(), key=lambda field: field.name in later)
        return [self.section(list(fields), is_later) for is_later, fields in parts]

    def section(self, fields: list[forms.BoundField], is_later: bool) -> Section:
        used = any(self.chosen(one.name) or one.name in self.files or one.errors for one in fields)
        return Section(fields, is_later, used)

    def add_media(self, name: str, kinds: tuple[str, ...], facts: dict[str, Any]) -> None:
        """A reference is chosen from what the person has, or sent along as a file."""
        have = [("", _("Choose")), *self.own.choices(kinds, self.chosen(name))]
        accept = ",".join(ACCEPTED.get(kind, f"{kind}/*") for kind in kinds)
        self.references.append(name)
        needed = facts.pop("required")
        widget = forms.Select(attrs={"class": "input"})
        self.fields[name] = MediaField(is_needed=needed, choices=have, widget=widget, **facts)
        self.fields[file_of(name)] = BesideField(
            required=False, label=_("Or a file from this device"),
            widget=forms.FileInput(attrs={"class": "input", "accept": accept, "data-remove": _("Remove")}),
        )  # fmt: skip

    def chosen(self, name: str) -> str:
        return str((self.data.get(name) if self.is_bound else self.initial.get(name)) or "")

    def key(self) -> str:
        """One key for one sending of this form: with other answers it is another call.

        Files count by their content, for each sending keeps them anew.
        """
        told = {name: self.data.getlist(name) for name in self.fields}
        sent = {name: [digest_of(file) for file in self.files.getlist(name)] for name in self.files}
        body = hashlib.sha256(json.dumps([told, sent], sort_keys=True).encode()).hexdigest()
        return f"page:{self.data.get('submit_key', '')[:64]}:{body}"

    def to_input(self) -> dict[str, Any]:
        """The operation's input, sent files kept first. Raises InvalidInput by field, QuotaExceeded."""
        data = {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and name not in self.references and not name.endswith("_file")
        }
        for name in self.references:
            reference = self.reference_for(name)
            if reference:
                data[name] = reference
        for name, slots in self.slots.items():
            data[name] = [data.pop(slot) for slot in slots if slot in data]
        return data

    def reference_for(self, name: str) -> dict[str, str] | None:
        file: UploadedFile[Any] | None = self.cleaned_data.get(file_of(name))
        if file:
            return {"upload_id": str(self.keep(name, file).pk)}
        kind, _, rest = str(self.cleaned_data.get(name) or "").partition(":")
        if kind == "upload":
            return {"upload_id": rest}
        if kind == "artifact":
            job_id, _, file_name = rest.partition("/")
            return {"job_id": job_id, "name": file_name}
        return None

    def keep(self, name: str, file: "UploadedFile[Any]") -> Upload:
        try:
            self.kept.append(uploads.receive(user_id=self.user_id, file=file))
        except InvalidInput as refusal:
            raise InvalidInput({file_of(name): refusal.metadata["fields"]["file"]}) from None
        except PayloadTooLarge as refusal:
            raise InvalidInput({file_of(name): [refusal.message]}) from None
        self.choose(name, self.kept[-1])
        return self.kept[-1]

    def choose(self, name: str, upload: Upload) -> None:
        """A file that is kept already need not be sent again with a form that has to be mended."""
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [*cast("list[tuple[str, str]]", field.choices), (f"upload:{upload.pk}", _("Sent just now"))]
        self.data = self.data.copy()
        self.data[name] = f"upload:{upload.pk}"

    def field_named(self, name: str) -> str:
        """The field that stands for an input's name: of a list, its first slot."""
        return self.slots[name][0] if name in self.slots else name

    def show_errors(self, fields: dict[str, list[str]]) -> None:
        """Put sentences of a refused input beside their fields, the rest above the form."""
        for name, told in fields.items():
            known = self.field_named(name.partition(".")[0])
            for sentence in told:
                self.add_error(known if known in self.fields else None, words.plain(sentence))


def slot_of(name: str, number: int) -> str:
    return f"{name}_{number}"


def file_of(name: str) -> str:
    """The field for a file beside the choice among what is there."""
    return f"{name}_file"


def media_names(properties: dict[str, Any]) -> list[str]:
    """The fields of a form that take a file, lists by their first slot."""
    flat = {name: flattened(described) for name, described in properties.items()}
    return [
        name if "$ref" in described else slot_of(name, 1)
        for name, described in flat.items()
        if described.get("$ref") == MEDIA or "$ref" in described.get("items", {})
    ]


def digest_of(file: "UploadedFile[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def flattened(described: dict[str, Any]) -> dict[str, Any]:
    """A property without its "or null" alternative."""
    options = [one for one in described.get("anyOf", []) if one.get("type") != "null"]
    return {**described, **options[0]} if options else described


def field_for(described: dict[str, Any], facts: dict[str, Any], left_open: str) -> forms.Field:
    low, high = described.get("minimum"), described.get("maximum")
    if "enum" in described:
        return choice_for(described, facts, left_open)
    if described.get("type") == "boolean":
        return forms.BooleanField(**{**facts, "required": False})
    if described.get("type") == "integer":
        whole = forms.NumberInput(attrs={"class": "input"})
        return forms.IntegerField(min_value=low, max_value=high, widget=whole, **facts)
    if described.get("type") == "number":
        step = forms.NumberInput(attrs={"class": "input", "step": "0.05"})
        return forms.FloatField(min_value=low, max_value=high, widget=step, **facts)
    length = described.get("maxLength", LONG_TEXT)
    long = forms.Textarea(attrs={"class": "input", "rows": 4})
    widget: forms.Widget = long if length > LONG_TEXT else forms.TextInput(attrs={"class": "input"})
    return forms.CharField(max_length=length, widget=widget, **facts)


def choice_for(described: dict[str, Any], facts: dict[str, Any], left_open: str) -> forms.Field:
    values = described["enum"]
    labels = described.get("labels", {})
    choices = [(value, labels.get(value) or sentences.choice(value)) for value in values]
    optional = described.get("default") is None and not facts["required"]
    if optional:
        choices.insert(0, ("", left_open))
    few = len(choices) <= FEW_CHOICES + 1
    widget = forms.RadioSelect() if few else forms.Select(attrs={"class": "input"})
    kind = int if described.get("type") == "integer" else str
    return forms.TypedChoiceField(choices=choices, coerce=kind, empty_value=None, widget=widget, **facts)


class SettingsForm(forms.ModelForm[Profile]):
    THEMES = (("", gettext_lazy("As my system")), ("dark", gettext_lazy("Dark")), ("light", gettext_lazy("Light")))
    theme = forms.ChoiceField(
        choices=THEMES, required=False, widget=forms.RadioSelect(), label=gettext_lazy("Appearance")
    )
    remove_avatar = forms.BooleanField(required=False, label=gettext_lazy("Remove the picture"))
    picture = forms.ImageField(
        required=False, label=gettext_lazy("Picture"), help_text=gettext_lazy("PNG, JPEG or WebP, up to 5 MB."),
        widget=forms.FileInput(
            attrs={"class": "input", "accept": "image/png,image/jpeg,image/webp", "data-remove": gettext_lazy("Remove")}
        ),
    )  # fmt: skip

    class Meta:
        model = Profile
        fields = ("full_name",)
        labels = {"full_name": gettext_lazy("Name")}
        widgets = {"full_name": forms.TextInput(attrs={"class": "input", "autocomplete": "name"})}

    def clean_picture(self) -> Any:
        picture = self.cleaned_data.get("picture")
        if picture and picture.size > 5 * 2**20:
            raise forms.ValidationError(_("This picture is larger than 5 MB."))
        return picture
