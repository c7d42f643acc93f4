"""What a job delivered, ready to be shown as what it is."""

from dataclasses import dataclass

from jobs.models import Artifact

LONGEST_TEXT = 40_000


@dataclass(frozen=True, slots=True)
class ResultFile:
    """`text` is what there is to read in it, empty for what is not text."""

    artifact: Artifact
    text: str


def shown(artifacts: list[Artifact]) -> list[ResultFile]:
    return [ResultFile(artifact, text_of(artifact)) for artifact in artifacts]


def text_of(artifact: Artifact) -> str:
    if artifact.kind != "text":
        return ""
    try:
        with artifact.file.open("rb") as stream:
            return bytes(stream.read(LONGEST_TEXT)).decode(errors="replace")
    except FileNotFoundError:
        return ""
