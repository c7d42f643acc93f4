"""Media Production: clips cut, joined, titled and faded, and clips, pictures and sounds laid over one another."""

from typing import Literal, Self

from django.utils.translation import gettext_noop as _
from pydantic import Field, model_validator

from agents.runners.base import MediaReference, RunInput, runner_at
from agents.runners.video_studio import Aspect

Place = Literal["top-left", "top-right", "bottom-left", "bottom-right", "middle"]


class VideoInput(RunInput):
    clips: list[MediaReference] = Field(
        min_length=1,
        max_length=6,
        title=_("Clip"),
        description=_("Videos (MP4, MOV, WebM) and pictures, joined in this order. The film lasts 60 seconds at most."),
    )
    title: str = Field(default="", max_length=80, title=_("Title"), description=_("A card before the first clip."))
    start: float = Field(default=0, ge=0, le=300, title=_("Keep from"), description=_("Seconds into the joined clips."))
    end: float | None = Field(
        default=None,
        gt=0,
        le=1800,
        title=_("Keep to"),
        description=_("Seconds into the joined clips. Left empty: to the end."),
    )
    still_seconds: int = Field(default=4, ge=1, le=20, title=_("Pictures last"), description=_("In seconds."))
    fade: bool = Field(default=True, title=_("Fade in and out of every clip"))
    aspect: Aspect | None = Field(
        default=None, title=_("Format"), description=_("Unless you choose: nearest to the first clip.")
    )

    @model_validator(mode="after")
    def end_is_after_start(self) -> Self:
        if self.end is not None and self.end - self.start < 0.5:
            raise ValueError(_("Keep at least half a second: the end must come after the start."))
        return self


class CompositeInput(RunInput):
    base: MediaReference = Field(title=_("Base"), description=_("The video or picture that fills the frame."))
    overlay: MediaReference | None = Field(
        default=None, title=_("Over it"), description=_("A video or picture in a corner; PNGs keep their transparency.")
    )
    place: Place = Field(default="bottom-right", title=_("Where"))
    size: int = Field(default=35, ge=10, le=100, title=_("How large"), description=_("In percent of the frame."))
    audio: MediaReference | None = Field(
        default=None, title=_("Sound under it"), description=_("MP3, WAV, FLAC or Ogg.")
    )
    own_volume: int = Field(default=100, ge=0, le=200, title=_("Volume of the videos"), description=_("In percent."))
    audio_volume: int = Field(default=60, ge=0, le=200, title=_("Volume of the sound"), description=_("In percent."))
    aspect: Aspect | None = Field(
        default=None, title=_("Format"), description=_("Unless you choose: nearest to the base.")
    )

    @model_validator(mode="after")
    def something_is_added(self) -> Self:
        if self.overlay is None and self.audio is None:
            raise ValueError(_("Choose something to lay over it, or a sound to put under it."))
        return self


OPERATIONS = {
    "video": runner_at("agents.runs.media_production.video", VideoInput),
    "composite": runner_at("agents.runs.media_production.composite", CompositeInput),
}
