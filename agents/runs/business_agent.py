"""Business Agent at work: code counts and orders, the model only phrases, and what it phrased is labelled."""

from collections.abc import Callable

from agents.delivery import Delivery, File, RunFailed
from agents.engines import cost, pictures, plain, text
from agents.engines.business import chart, columns, document, findings, prose
from agents.engines.business import report as reports
from agents.engines.business.document import Document
from agents.engines.business.findings import Findings, escaped
from agents.engines.text import Message, TooLong, Writer, Written
from agents.runners.base import Run
from agents.runners.business_agent import AnalyzeInput, ReportInput

MOST_ROWS = 50_000
MOST_COLUMNS = 200
SUMMARY_TOKENS, DISCUSSION_TOKENS = 120, 260
MOST_FACTS = 2400
DEMO_SHARE = 0.6
ROLE = Message("system", "You write plain business English. Use only what you are given; never add a number.")
UNREADABLE = "This is not a table or a text that can be read. Please send CSV or plain text, in UTF-8."


def analyze(run: Run, given: AnalyzeInput) -> Delivery:
    run.progress(3, "Reading")
    content, wish = content_of(run, given)
    run.progress(12, "Counting")
    found = found_in(content, wish)
    run.progress(40, "Drawing the chart")
    files: list[File] = []
    output = {**found.facts, "findings": list(found.sentences)}
    if found.picture:
        image = chart.draw(found.picture)
        files.append(pictures.png_file("chart.png", image))
        output |= {"width": image.width, "height": image.height}
    writer, seed = text.writer(), run.seed if given.seed is None else given.seed
    source = facts_for(found)
    asked = f"Facts:\n{source}\n\nSummarise these facts in two or three sentences for a busy manager."
    written = phrased(run, writer, asked, max_tokens=SUMMARY_TOKENS, seed=seed, share=(50, 95))
    summary = prose.grounded(written.text, source, DEMO_SHARE if writer.is_demo else 0.0)
    markdown = findings_markdown(found, summary, writer.label)
    files.insert(0, File("findings.md", "text", "text/markdown", markdown.encode()))
    output |= {"text": markdown, "summary": summary, "seed": seed, "usage": written.usage}
    return Delivery(tuple(files), output, engine_label("analyst", writer, summary), cost.named_in(output))


def content_of(run: Run, given: AnalyzeInput) -> tuple[str, str]:
    """What to analyse, and what to look at first. Raises RunFailed for what is no text."""
    if given.file is None:
        return given.prompt or "", ""
    data = run.media(given.file).data
    content = plain.read_text(data) if len(data) <= plain.MAX_TEXT_BYTES else None
    if content is None:
        raise RunFailed(UNREADABLE, "INPUT_UNREADABLE")
    return content, given.prompt or ""


def found_in(content: str, wish: str) -> Findings:
    rows = plain.table_of(content, MOST_ROWS)
    if rows is None:
        if not prose.words_of(content) and not prose.amounts_in(content):
            raise RunFailed("There are no words or figures in this to analyse.", "INPUT_UNREADABLE")
        return prose.of_text(content[:400_000])
    if len(rows[0]) > MOST_COLUMNS:
        raise RunFailed(f"This table has more than {MOST_COLUMNS} columns.", "INPUT_TOO_LARGE")
    if len(rows) > MOST_ROWS:
        raise RunFailed(f"This table has more than {MOST_ROWS:,} rows.", "INPUT_TOO_LARGE")
    return findings.of_table(columns.columns_of(rows), len(rows) - 1, wish)


def facts_for(found: Findings) -> str:
    return "\n".join(f"- {one}" for one in found.sentences)[:MOST_FACTS]


def findings_markdown(found: Findings, summary: str, label: str) -> str:
    parts = [f"# {found.title}", findings.listed(found.sentences)]
    if summary:
        note = f"*Phrased by {escaped(label)}. The figures above and below were counted.*"
        parts += ["## In short", escaped(summary), note]
    for heading, body in found.sections:
        parts += [f"## {escaped(heading)}", body]
    return "\n\n".join(parts) + "\n"


def report(run: Run, given: ReportInput) -> Delivery:
    run.progress(3, "Reading the brief")
    writer, seed = text.writer(), run.seed if given.seed is None else given.seed
    points = "\n".join(f"- {one}" for one in prose.key_sentences(given.prompt))[:MOST_FACTS]
    asked = f"{points}\n\nWrite an executive summary of this in three sentences."
    summary = phrased(run, writer, asked, max_tokens=SUMMARY_TOKENS, seed=seed, share=(5, 35))
    said = prose.grounded(summary.text, given.prompt, DEMO_SHARE if writer.is_demo else 0.0)
    discussion = discussed(run, writer, points, seed)
    run.progress(90, "Setting the pages")
    note = f"Phrased by {writer.label}; please check it against the brief."
    whole = reports.document_of(given.prompt, said, discussion.text, note)
    markdown = document.as_markdown(whole)
    files = (
        File("report.md", "text", "text/markdown", markdown.encode()),
        File("report.pdf", "document", "application/pdf", document.as_pdf(whole)),
    )
    output = report_facts(whole) | {"text": markdown, "seed": seed, "usage": added(summary.usage, discussion.usage)}
    return Delivery(files, output, engine_label("reporter", writer, said + discussion.text), cost.named_in(output))


def engine_label(name: str, writer: Writer, words: str) -> str:
    """Who made it: the model is named where its words were kept."""
    return f"Avatar G {name}; words by {writer.label}" if words else f"Avatar G {name} (local)"


def discussed(run: Run, writer: Writer, points: str, seed: int) -> Written:
    """What a capable model makes of the points; a demo's would be invented."""
    if writer.is_demo:
        return Written("")
    asked = f"{points}\n\nDiscuss in two short paragraphs what matters most here and why."
    return phrased(run, writer, asked, max_tokens=DISCUSSION_TOKENS, seed=seed, share=(35, 88))


def report_facts(whole: Document) -> dict[str, object]:
    return {"title": whole.title, "headings": [section.heading for section in whole.sections]}


def added(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def phrased(run: Run, writer: Writer, asked: str, *, max_tokens: int, seed: int, share: tuple[int, int]) -> Written:
    """The model's words. Raises RunFailed when there are none."""
    try:
        written = writer.complete(
            [ROLE, Message("user", asked)], max_tokens=max_tokens, seed=seed, on_text=counting(run, max_tokens, share)
        )
    except TooLong:
        raise RunFailed("This is more than the model can read at once. Please shorten it.", "INPUT_TOO_LARGE") from None
    if not written.text.strip():
        raise text.nothing_written()
    return written


def counting(run: Run, most: int, share: tuple[int, int]) -> Callable[[str], None]:
    begin, end = share
    count = 0

    def on_text(_piece: str) -> None:
        nonlocal count
        count += 1
        run.progress(begin + round((end - begin) * min(1.0, count / most)), "Writing")

    run.progress(begin, "Writing")
    return on_text


def check(delivery: Delivery) -> None:
    """Raises RunFailed unless every text can be read, the chart shows something and the PDF has pages."""
    kinds = [file.kind for file in delivery.files]
    if "text" not in kinds or ("headings" in delivery.output and "document" not in kinds):
        raise text.nothing_written()
    for file in delivery.files:
        if file.kind == "image":
            pictures.check_png(file, delivery.output)
        elif file.kind == "document" and not document.pages_in(file.data):
            raise RunFailed("The PDF does not open.", "DELIVERY_INVALID")
        elif file.kind == "text" and not file.data.strip():
            raise text.nothing_written()
