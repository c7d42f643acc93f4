"""What a job delivered, ready to be shown as what it is."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from dashboard import reading
from jobs.models import Artifact, Job

LONGEST_TEXT = 40_000
AWAITED = {
    "avatar-builder": "image", "image-creator": "image", "video-studio": "image", "media-production": "image",
    "music-studio": "audio", "voice-lab": "audio", "business-agent": "text", "chat": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResultFile:
    """`text` is what there is to read in it, empty for what is none; `html` is that of Markdown, made safe.

    A video names its captions and its poster.
    """

    artifact: Artifact
    text: str
    html: SafeString | None = None
    captions: str = ""
    poster: str = ""


def awaited(job: Job) -> str:
    """The kind of place that is kept for a result while it is being made, "" where steps are shown or words arrive."""
    is_plain = job.is_active and job.base_cost is None and not job.draft
    return AWAITED.get(job.agent_id, "") if is_plain else ""


def shown(artifacts: list[Artifact]) -> list[ResultFile]:
    captions, poster = (named(artifacts, kind) for kind in ("captions", "poster"))
    return [
        ResultFile(one, "", captions=captions, poster=poster) if one.kind == "video" else shown_file(one, text_of(one))
        for one in artifacts
    ]


def whole(artifacts: list[Artifact]) -> str:
    """The name of the file that has all of it: the bundle if there is one, or the main result."""
    return named(artifacts, "bundle") or next((one.name for one in artifacts), "")


def shown_file(artifact: Artifact, text: str) -> ResultFile:
    is_markdown = artifact.content_type == "text/markdown"
    return ResultFile(artifact, text, reading.read(text) if is_markdown and text else None)


def named(artifacts: list[Artifact], kind: str) -> str:
    return next((one.name for one in artifacts if one.kind == kind), "")


def text_of(artifact: Artifact) -> str:
    if artifact.kind != "text":
        return ""
    try:
        with artifact.file.open("rb") as stream:
            return bytes(stream.read(LONGEST_TEXT)).decode(errors="replace")
    except FileNotFoundError:
        return ""
