"""Avatar Builder: an avatar from a description, or one in the colours of a photo."""

from typing import Literal, get_args

from django.utils.translation import gettext_noop as _
from pydantic import Field

from agents.runners.base import MediaReference, RunInput, Seed, runner_at

Style = Literal["portrait", "peep", "pixel", "block", "robot", "creature"]
Hair = Literal["black", "brown", "blond", "red", "grey", "white", "blue", "pink", "green", "purple"]
Skin = Literal["pale", "fair", "tan", "brown", "dark"]
Colour = Literal["red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "brown", "black", "white"]
Mood = Literal["smile", "laugh", "calm", "surprised", "sad", "angry"]
MOODS: tuple[Mood, ...] = get_args(Mood)


class GenerateInput(RunInput):
    prompt: str = Field(
        min_length=1,
        max_length=500,
        title=_("Who should it be?"),
        description=_("Say hair, face, mood, clothes and background: “a smiling woman with red hair and glasses”."),
    )
    style: Style | None = Field(
        default=None,
        title=_("Style"),
        description=_("Peep is a comic figure, block a toy in 3D. Unless you choose, your words decide."),
    )
    hair: Hair | None = Field(default=None, title=_("Hair"), description=_("Overrides the colour in your words."))
    skin: Skin | None = Field(default=None, title=_("Skin"), description=_("Overrides the tone in your words."))
    clothes: Colour | None = Field(default=None, title=_("Clothes"), description=_("In styles that show clothes."))
    background: Colour | None = Field(
        default=None, title=_("Background"), description=_("The colour behind the figure.")
    )
    mood: Mood | None = Field(default=None, title=_("Mood"), description=_("The look on the face."))
    seed: Seed


class ScanInput(RunInput):
    photo: MediaReference = Field(
        title=_("Photo"),
        description=_("Head and shoulders, facing the camera. Its colours are measured; the face is not analysed."),
    )
    style: Style | None = Field(
        default=None, title=_("Style"), description=_("Unless you choose: peep, a comic figure.")
    )
    seed: Seed


EXAMPLES = (
    {"prompt": "A smiling woman with long red hair, freckles and round glasses, teal background"},
    {"prompt": "Friendly robot with an antenna, mint green, on a purple background", "style": "robot"},
    {"prompt": "Bearded man in a blue hoodie, short black hair, calm", "style": "block"},
)

OPERATIONS = {
    "generate": runner_at("agents.runs.avatar_builder.generate", GenerateInput, EXAMPLES),
    "scan": runner_at("agents.runs.avatar_builder.scan", ScanInput),
}
