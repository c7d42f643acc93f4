"""Media Production: clips cut, joined, titled and faded, and clips, pictures and sounds laid over one another."""

from typing import Literal, Self

from pydantic import Field, model_validator

from agents.runners.base import MediaReference, RunInput, runner_at
from agents.runners.video_studio import Aspect

Place = Literal["top-left", "top-right", "bottom-left", "bottom-right", "middle"]


class VideoInput(RunInput):
    clips: list[MediaReference] = Field(
        min_length=1,
        max_length=6,
        title="Clip",
        description="Videos (MP4, MOV, WebM) and pictures, joined in this order. The film lasts 60 seconds at most.",
    )
    title: str = Field(default="", max_length=80, title="Title", description="A card before the first clip.")
    start: float = Field(default=0, ge=0, le=300, title="Keep from", description="Second of the joined clips.")
    end: float | None = Field(
        default=None, gt=0, le=1800, title="Keep to", description="Second of the joined clips. Left open: to the end."
    )
    still_seconds: int = Field(default=4, ge=1, le=20, title="Pictures last", description="In seconds.")
    fade: bool = Field(default=True, title="Fade in and out of every clip")
    aspect: Aspect | None = Field(default=None, title="Format", description="Left open: nearest to the first clip.")

    @model_validator(mode="after")
    def end_is_after_start(self) -> Self:
        if self.end is not None and self.end - self.start < 0.5:
            raise ValueError("Keep at least half a second: the end must come after the start.")
        return self


class CompositeInput(RunInput):
    base: MediaReference = Field(title="Base", description="The video or picture that fills the frame.")
    overlay: MediaReference | None = Field(
        default=None, title="Over it", description="A video or picture in a corner; PNGs keep their transparency."
    )
    place: Place = Field(default="bottom-right", title="Where")
    size: int = Field(default=35, ge=10, le=100, title="How large", description="In percent of the frame.")
    audio: MediaReference | None = Field(default=None, title="Sound under it", description="MP3, WAV, FLAC or Ogg.")
    own_volume: int = Field(default=100, ge=0, le=200, title="Volume of the videos", description="In percent.")
    audio_volume: int = Field(default=60, ge=0, le=200, title="Volume of the sound", description="In percent.")
    aspect: Aspect | None = Field(default=None, title="Format", description="Left open: nearest to the base.")

    @model_validator(mode="after")
    def something_is_added(self) -> Self:
        if self.overlay is None and self.audio is None:
            raise ValueError("Choose something to lay over it, or a sound to put under it.")
        return self


OPERATIONS = {
    "video": runner_at("agents.runs.media_production.video", VideoInput),
    "composite": runner_at("agents.runs.media_production.composite", CompositeInput),
}
