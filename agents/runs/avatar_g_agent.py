"""Avatar G at the end of a plan: what its steps delivered as one bundle, the final results and a summary beside it."""

import io
import zipfile

from agents.delivery import Delivery, File, RunFailed
from agents.registry import AGENTS
from agents.runners.avatar_g_agent import GoalInput
from agents.runners.base import Run, StepFile, StepResult

ENGINE = "Avatar G (plan and bundle)"
BESIDE = {"video": ("captions", "poster")}
"""Kinds that a result is not whole without."""
PACKED = frozenset({"image/png", "image/jpeg", "audio/mpeg", "video/mp4", "application/pdf"})
NOTHING = "None of the steps could be delivered. All your credits are back."


def bundle(run: Run, order: GoalInput) -> Delivery:
    steps = run.steps()
    done = [step for step in steps if step.delivered]
    if not done:
        raise RunFailed(NOTHING, "NOTHING_DELIVERED")
    facts = run.plan_facts()
    summary = summary_of(order.goal, steps, facts.get("left_out") or [])
    files = final_files(done)
    packed = pack(run, steps, summary)
    output = {
        "steps": len(steps), "delivered": len(done), "missing": len(steps) - len(done),
        "planner": facts.get("planner"), "left_out": facts.get("left_out") or [],
    }  # fmt: skip
    parts = (
        File("bundle.zip", "bundle", "application/zip", packed),
        File("summary.md", "text", "text/markdown", summary.encode()),
    )
    return Delivery((*files, *parts), output, ENGINE)


def final_files(done: list[StepResult]) -> list[File]:
    """The main file of each result that no other builds on, with what belongs to it."""
    finals = [step for step in done if step.is_final]
    files = []
    for number, step in enumerate(finals, 1):
        prefix = f"{number}-" if len(finals) > 1 else ""
        main = step.files[0]
        beside = [file for file in step.files[1:] if file.kind in BESIDE.get(main.kind, ())]
        files += [File(f"{prefix}{one.name}", one.kind, one.content_type, one.read()) for one in (main, *beside)]
    return files


def pack(run: Run, steps: list[StepResult], summary: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(entry("summary.md"), summary, zipfile.ZIP_DEFLATED)
        for number, step in enumerate(steps, 1):
            run.progress(96 + 3 * number // len(steps), f"Packing {number} of {len(steps)}")
            for file in step.files:
                how = zipfile.ZIP_STORED if file.content_type in PACKED else zipfile.ZIP_DEFLATED
                archive.writestr(entry(place_of(number, step, file)), file.read(), how)
    return stream.getvalue()


def entry(name: str) -> zipfile.ZipInfo:
    """Of no particular time, so that the same files make the same bundle."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.external_attr = 0o644 << 16
    return info


def place_of(number: int, step: StepResult, file: StepFile) -> str:
    return f"{number:02}-{step.agent_id}-{step.operation}/{file.name}"


def summary_of(goal: str, steps: list[StepResult], left_out: list[str]) -> str:
    """Markdown; a goal is quoted, so that it cannot pretend to be a heading."""
    lines = ["# What was made", "", *(f"> {line}" for line in goal.splitlines()), ""]
    for number, step in enumerate(steps, 1):
        title = f"{number}. **{AGENTS[step.agent_id].name}, {step.operation}**"
        if step.delivered:
            names = ", ".join(file.name for file in step.files)
            lines.append(f"{title}: {names}. {step.reason} *Made by {step.engine}.*")
        else:
            lines.append(f"{title}: not delivered and not charged. {step.error}")
    if left_out:
        lines += ["", "## Left out", "", *(f"- {sentence}" for sentence in left_out)]
    return "\n".join(lines) + "\n"


def check(delivery: Delivery) -> None:
    """Raises RunFailed unless the bundle opens, is whole, and every final result in it is there."""
    files = {file.name: file for file in delivery.files}
    try:
        with zipfile.ZipFile(io.BytesIO(files["bundle.zip"].data)) as archive:
            broken = archive.testzip()
            packed = len(archive.namelist()) - 1
    except (KeyError, zipfile.BadZipFile):
        raise RunFailed("The bundle cannot be opened. Your credits are back.", "DELIVERY_INVALID") from None
    if broken or packed < delivery.output["delivered"] or not all(file.data for file in delivery.files):
        raise RunFailed("A part of the bundle is missing. Your credits are back.", "DELIVERY_INVALID")
