"""Business Agent: figures that are counted, a chart that shows them, a report that opens, and words that stay words."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from agents.delivery import Delivery, File, RunFailed
from agents.engines import plain
from agents.engines.business import chart, columns, document, findings, prose
from agents.engines.business import report as reports
from agents.engines.business.findings import Picture
from agents.runners.business_agent import BRIEF, OPERATIONS, TABLE
from dashboard import reading
from jobs import uploads
from tests.agents.provider import provider
from tests.jobs import acts

SUMMARY = "North leads with 46,400 in Revenue. Profit will be 99,000 next year. The end of it is"


def said(words: str) -> dict[str, list[str]]:
    return {"pieces": [words]}


@pytest.fixture
def writes(settings):
    started = []

    def use(*script):
        context = provider(*script)
        started.append(context)
        server = context.__enter__()
        settings.TEXT_MODEL, settings.TEXT_API_KEY, settings.TEXT_BASE_URL = "m-1", "k", server.url
        return server

    yield use
    for context in started:
        context.__exit__(None, None, None)


@pytest.fixture
def pro(db, alice):
    acts.put_on(alice, "PRO")
    return alice


def work(user, operation: str, **given):
    return acts.finished(user, "business-agent", operation=operation, input=given)


def read_file(job, name: str) -> bytes:
    with job.artifacts.get(name=name).file.open("rb") as stream:
        return stream.read()


def of_table(text: str, wish: str = "") -> findings.Findings:
    rows = plain.table_of(text, 1000)
    return findings.of_table(columns.columns_of(rows), len(rows) - 1, wish)


def test_a_pasted_table_becomes_findings_and_a_chart(pro, writes):
    writes(said(SUMMARY))
    job = work(pro, "analyze", prompt=TABLE)
    markdown = read_file(job, "findings.md").decode()

    assert (job.status, job.error_message, acts.balance_of(pro)) == ("completed", "", 990)
    assert job.engine == "Avatar G analyst; words by m-1 (remote)"
    assert "Revenue adds up to 74,900: 9,362.50 on average, from 4,200 to 14,800." in job.output["findings"]
    assert "| North | 46,400 |" in markdown
    assert job.output["summary"] == "North leads with 46,400 in Revenue."
    with Image.open(BytesIO(read_file(job, "chart.png"))) as image:
        assert image.size == (1200, 720)
        assert len(image.convert("RGB").getcolors(100_000)) > 20


def test_the_same_file_says_the_same_as_the_pasted_text(pro, writes):
    writes(said(SUMMARY))
    upload = uploads.receive(user_id=pro.pk, file=SimpleUploadedFile("sales.csv", TABLE.encode()))
    job = work(pro, "analyze", file={"upload_id": str(upload.pk)})

    assert (upload.kind, upload.content_type) == ("data", "text/csv")
    assert job.output["findings"] == work(pro, "analyze", prompt=TABLE).output["findings"]


def test_a_picture_is_no_table(pro):
    data = BytesIO()
    Image.new("RGB", (4, 4)).save(data, "PNG")
    upload = uploads.receive(user_id=pro.pk, file=SimpleUploadedFile("sales.csv", data.getvalue()))
    job = work(pro, "analyze", file={"upload_id": str(upload.pk)})

    assert (job.status, job.error_code, acts.balance_of(pro)) == ("failed", "INPUT_UNREADABLE", 1000)


def test_a_report_is_markdown_and_a_pdf_that_can_be_read(pro, writes):
    writes(said("A second shop opens in spring. It costs 77 dollars."), said("Rent matters.\n\n- **Bakers** too."))
    job = work(pro, "report", prompt=BRIEF)
    pdf = PdfReader(BytesIO(read_file(job, "report.pdf")))
    printed = "\n".join(page.extract_text() for page in pdf.pages)

    assert (job.status, job.error_message, acts.balance_of(pro)) == ("completed", "", 985)
    assert job.output["headings"][:2] == ["Executive summary", "Key points"]
    assert job.output["headings"][-1] == "Next steps"
    assert "Discussion" in job.output["headings"]
    for words in ("Executive summary", "A second shop opens in spring.", "$38,000", "Next steps", "Bakers too."):
        assert words in " ".join(printed.split())
    assert "77 dollars" not in printed
    assert "## Next steps" in read_file(job, "report.md").decode()


def test_each_figure_stands_in_its_own_clause_and_a_named_day_is_no_open_question():
    brief = (
        "Report on the first month of our harbour bakery: 4,200 loaves sold at 4.50 each, 380 of them unsold; "
        "rent 2,900, flour and energy 5,600, two bakers 6,400. Mira Holm decides on 3 December."
    )

    assert prose.amounts_in(brief) == [
        ("4,200 loaves", "4,200 loaves sold at 4.50 each"), ("4.50 each", "4,200 loaves sold at 4.50 each"),
        ("380", "380 of them unsold"), ("2,900", "rent 2,900"), ("5,600", "flour and energy 5,600"),
        ("6,400", "two bakers 6,400."), ("3 December", "Mira Holm decides on 3 December."),
    ]  # fmt: skip
    assert reports.title_of(brief) == "Report on the first month of our harbour bakery…"
    assert "When it is due" not in [name for name, _ in reports.missing_in(brief)]


def test_a_long_cell_is_cut_between_words():
    assert findings.table(("A",), [("word, " * 40,)]).splitlines()[2] == f"| {'word, ' * 18}word… |"


def test_offline_the_facts_stand_and_the_demo_model_adds_none(pro):
    job = work(pro, "report", prompt=BRIEF, seed=7)

    assert job.status == "completed"
    assert job.engine in {"Avatar G reporter (local)", "Avatar G reporter; words by SmolLM2 135M, demo model (local)"}
    assert not {"Key points", "Discussion"} & {*job.output["headings"]}
    numbers = prose.numbers_in(BRIEF) | {"51", *map(str, range(1, 10)), "135"}
    assert prose.numbers_in(job.output["text"]) <= numbers


def test_the_same_document_is_the_same_pdf():
    whole = reports.document_of(BRIEF, "", "", "")
    assert document.as_pdf(whole) == document.as_pdf(whole)


@pytest.mark.parametrize("act", ["nothing", "garbage", (401, {}), (500, {})])
@pytest.mark.parametrize("operation", ["analyze", "report"])
def test_a_provider_that_fails_is_refunded(pro, writes, act, operation):
    writes(act)
    job = work(pro, operation, prompt=BRIEF)

    assert (job.status, acts.balance_of(pro), acts.files_of(job)) == ("failed", 1000, [])


def test_the_agent_asks_for_pro(db, alice):
    refused = acts.refusal_of(lambda: acts.submit(alice, "business-agent", input={"prompt": BRIEF}))
    assert refused.code == "PLAN_REQUIRED"


@pytest.mark.parametrize("given", [{}, {"prompt": ""}, {"prompt": "x" * 50_001}, {"prompt": "a", "colour": "red"}])
def test_wrong_input_is_refused_before_it_costs(pro, given):
    refused = acts.refusal_of(lambda: acts.submit(pro, "business-agent", operation="analyze", input=given))
    assert (refused.code, acts.balance_of(pro)) == ("VALIDATION_ERROR", 1000)


def test_trend_outlier_and_gap_are_found():
    rows = "\n".join(f"2025-{month:02}-01,{100 + month}" for month in range(1, 12))
    found = of_table(f"Day,Visits\n{rows}\n2025-12-01,9000\n2026-01-01,")

    assert "Visits rose from 101 in 2025-01 to 9,000 in 2025-12, 8811%; it was highest in 2025-12 with 9,000." in (
        found.sentences
    )
    assert any(one.startswith("Visits is 9,000 in row 12, far from the middle half") for one in found.sentences)
    assert "Visits: 1 of 13 cells are empty." in dict(found.sections)["Gaps"]
    assert found.picture.kind == "line"


@pytest.mark.parametrize(
    ("cell", "comma", "number"),
    [("1,234.5", False, 1234.5), ("1.234,5", True, 1234.5), ("$ 1,200", False, 1200), ("(45)", False, -45),
     ("-3%", False, -3), ("\N{MINUS SIGN}7", False, -7), ("12 apples", False, None), ("", False, None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(cell, comma, number):
    assert columns.number_in(cell, comma) == number


def test_semicolons_and_decimal_commas_are_a_table_too():
    found = of_table("Ort;Umsatz\nBonn;1.200,50\nKöln;800,25\nBonn;99,25\n")
    assert "Umsatz adds up to 2,100: 700 on average, from 99.25 to 1,200.50." in found.sentences


def test_named_columns_go_first():
    table = "Region,Cost,Revenue\nNorth,1,10\nSouth,2,20\nNorth,3,30\n"
    assert of_table(table, "look at revenue please").facts["numbers"][0] == "Revenue"
    assert of_table(table).facts["numbers"][0] == "Cost"


HOSTILE_TABLES = [
    "a,b\n1,2", ",,,\n,,,", "a,b\n\"open,1", "x" * 5000, "a,b\n" + "1,2\n" * 3000, "😀,😁\n😂,😃",
    "名,值\n甲,1\n乙,2",
    "a,a,a\n1,2,3", "n,v\n1,1e400\n2,nan", "d,v\n9999-99-99,1\n2024-02-30,2", "=cmd|' /C calc'!A0,2\n3,4",
    "a|b\n-|-\n1|2",
    "v,w\n" + "\n".join(f"{10**30 * n},{-n}" for n in range(9)), "only one line of words here", "1 2 3", "a\tb\n1\t2",
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE_TABLES, ids=range(len(HOSTILE_TABLES)))
def test_hostile_tables_are_a_result_or_a_clear_refusal(pro, writes, content):
    writes(said("Short."))
    job = work(pro, "analyze", prompt=content)

    assert job.error_code in {"", "INPUT_UNREADABLE"}
    assert acts.balance_of(pro) == (990 if job.status == "completed" else 1000)


@pytest.mark.parametrize(
    "brief", ["<b>bold</b> " * 20, "目标是在春天开第二家店。" * 10, "😀" * 60, "a\n" * 60, "| x " * 40]
)
def test_hostile_briefs_become_reports(pro, writes, brief):
    writes(said("Words."))
    job = work(pro, "report", prompt=brief)

    assert (job.status, job.error_message) == ("completed", "")
    assert document.pages_in(read_file(job, "report.pdf"))


def test_markup_in_cells_names_and_model_text_is_shown_as_text(pro, writes):
    writes(said("<script>alert(1)</script> [x](javascript:alert(1)) Region."))
    table = "Region<script>,**Sales**\n<img src=x onerror=alert(1)>,5\n[a](javascript:alert(1)),7\n"
    html = reading.read(read_file(work(pro, "analyze", prompt=table), "findings.md").decode())

    for markup in ("<script", "<img", "<a ", "<strong>Sales"):
        assert markup not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_charts_of_every_kind_can_be_drawn():
    shapes = [
        Picture("bars", "All the same", (("a", 0.0), ("b", 0.0))),
        Picture("bars", "Below zero", (("a", -5.0), ("b", 3.0))),
        Picture("line", "Flat", (("1", 5.0), ("2", 5.0))),
        Picture("line", "Huge", (("1", -1e300), ("2", 1e300))),
        Picture("line", "名" * 300, tuple((str(n), float(n)) for n in range(60))),
    ]
    assert [chart.draw(one).size for one in shapes] == [(1200, 720)] * len(shapes)


def test_the_check_refuses_half_files(pro):
    pdf = document.as_pdf(reports.document_of(BRIEF, "", "", ""))
    markdown = File("report.md", "text", "text/markdown", b"# Report")
    output = {"headings": ["Executive summary"]}
    for data in (pdf[: len(pdf) // 2], b"", b"<html>"):
        files = (markdown, File("report.pdf", "document", "application/pdf", data))
        with pytest.raises(RunFailed):
            OPERATIONS["report"].check(Delivery(files, output, "test"))
    with pytest.raises(RunFailed):
        OPERATIONS["report"].check(Delivery((markdown,), output, "test"))
