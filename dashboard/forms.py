"""Forms of pages. A studio's form is made from its operation's JSON Schema: one description serves API and page."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Profile
from jobs import selectors, uploads
from jobs.models import Artifact, Job

LONG_TEXT = 100
FEW_CHOICES = 6
MEDIA_KINDS = {"photo": ("image",), "image": ("image",), "track": ("audio", "midi")}
RECENT = 12


class StudioForm(forms.Form):
    """The input of one operation. `to_input` gives what the API would have been sent."""

    def __init__(self, schema: dict[str, Any], user_id: UUID, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_id = user_id
        self.references: list[str] = []
        required = schema.get("required", [])
        for name, described in schema["properties"].items():
            self.add(name, flattened(described), required=name in required)

    def add(self, name: str, described: dict[str, Any], *, required: bool) -> None:
        facts = {
            "label": described.get("title", name),
            "help_text": described.get("description", ""),
            "required": required,
        }
        if "$ref" in described:
            self.add_media(name, facts)
        else:
            self.fields[name] = field_for(described, facts)

    def add_media(self, name: str, facts: dict[str, Any]) -> None:
        """A reference is chosen from what the person has, or sent along as a file."""
        kinds = MEDIA_KINDS.get(name, ())
        have = [("", "A file from this device"), *own_media(self.user_id, kinds)]
        accept = ",".join(".mid,.midi" if kind == "midi" else f"{kind}/*" for kind in kinds)
        self.references.append(name)
        self.fields[name] = forms.ChoiceField(
            choices=have, widget=forms.Select(attrs={"class": "input"}), **{**facts, "required": False}
        )
        self.fields[f"{name}_file"] = forms.FileField(
            required=False, label=f"{facts['label']}, from this device",
            widget=forms.FileInput(attrs={"class": "input", "accept": accept}),
        )  # fmt: skip

    def to_input(self) -> dict[str, Any]:
        """The operation's input, sent files kept first. Raises the refusals of an upload."""
        data = {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and name not in self.references and not name.endswith("_file")
        }
        for name in self.references:
            reference = self.reference_for(name)
            if reference:
                data[name] = reference
        return data

    def reference_for(self, name: str) -> dict[str, str] | None:
        file: UploadedFile[Any] | None = self.cleaned_data.get(f"{name}_file")
        if file:
            return {"upload_id": str(uploads.receive(user_id=self.user_id, file=file).pk)}
        kind, _, rest = str(self.cleaned_data.get(name) or "").partition(":")
        if kind == "upload":
            return {"upload_id": rest}
        if kind == "artifact":
            job_id, _, file_name = rest.partition("/")
            return {"job_id": job_id, "name": file_name}
        return None

    def show_errors(self, fields: dict[str, list[str]]) -> None:
        """Put sentences of a refused input beside their fields, the rest above the form."""
        for name, sentences in fields.items():
            known = name.partition(".")[0]
            for sentence in sentences:
                self.add_error(known if known in self.fields else None, sentence)


def flattened(described: dict[str, Any]) -> dict[str, Any]:
    """A property without its "or null" alternative."""
    options = [one for one in described.get("anyOf", []) if one.get("type") != "null"]
    return {**described, **options[0]} if options else described


def field_for(described: dict[str, Any], facts: dict[str, Any]) -> forms.Field:
    low, high = described.get("minimum"), described.get("maximum")
    if "enum" in described:
        return choice_for(described, facts)
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


def choice_for(described: dict[str, Any], facts: dict[str, Any]) -> forms.Field:
    values = described["enum"]
    choices = [(value, str(value).replace("-", " ").capitalize()) for value in values]
    optional = described.get("default") is None and not facts["required"]
    if optional:
        choices.insert(0, ("", "As described"))
    few = len(choices) <= FEW_CHOICES + 1
    widget = forms.RadioSelect() if few else forms.Select(attrs={"class": "input"})
    kind = int if described.get("type") == "integer" else str
    return forms.TypedChoiceField(choices=choices, coerce=kind, empty_value=None, widget=widget, **facts)


def own_media(user_id: UUID, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """The person's latest fitting artifacts and uploads, as choices."""
    artifacts = Artifact.objects.filter(
        user_id=user_id, kind__in=kinds, deleted_at=None, job__status=Job.Status.COMPLETED
    ).order_by("-id")[:RECENT]
    sent = selectors.uploads_of(user_id).filter(kind__in=kinds)[:RECENT]
    made = [
        (f"artifact:{one.job_id}/{one.name}", f"{one.name}, made {one.created_at:%-d %b %H:%M}") for one in artifacts
    ]
    return made + [(f"upload:{one.pk}", f"Sent {one.created_at:%-d %b %H:%M}") for one in sent]


class SettingsForm(forms.ModelForm[Profile]):
    THEMES = (("", "As my system"), ("dark", "Dark"), ("light", "Light"))

    theme = forms.ChoiceField(choices=THEMES, required=False, widget=forms.RadioSelect(), label="Appearance")
    remove_avatar = forms.BooleanField(required=False, label="Remove the picture")
    picture = forms.ImageField(
        required=False, label="Picture", help_text="PNG, JPEG or WebP, up to 5 MB.",
        widget=forms.FileInput(attrs={"class": "input", "accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip

    class Meta:
        model = Profile
        fields = ("full_name",)
        widgets = {"full_name": forms.TextInput(attrs={"class": "input", "autocomplete": "name"})}

    def clean_picture(self) -> Any:
        picture = self.cleaned_data.get("picture")
        if picture and picture.size > 5 * 2**20:
            raise forms.ValidationError("This picture is larger than 5 MB.")
        return picture
