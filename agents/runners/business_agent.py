"""Business Agent: findings from a table or a text, and a report from a brief."""

from typing import Self

from django.utils.translation import gettext_noop as _
from pydantic import Field, model_validator

from agents.runners.base import MediaReference, RunInput, Seed, runner_at

LONGEST = 50_000


class ReportInput(RunInput):
    prompt: str = Field(
        min_length=40,
        max_length=8000,
        title=_("Brief"),
        description=_(
            "What it is about, the goal, figures, dates and people: a few sentences, up to 8,000 characters."
        ),
    )
    seed: Seed


class AnalyzeInput(RunInput):
    prompt: str | None = Field(
        default=None,
        max_length=LONGEST,
        title=_("Table or text"),
        description=_("A table (CSV, or copied from a spreadsheet) or a text. Beside a file: what to look at first."),
    )
    file: MediaReference | None = Field(
        default=None, title=_("File"), description=_("A table as CSV, or a plain text. UTF-8, up to 5 MB.")
    )
    seed: Seed

    @model_validator(mode="after")
    def has_something(self) -> Self:
        if not self.prompt and not self.file:
            raise ValueError(_("Paste a table or a text, or choose a file."))
        return self


BRIEF = (
    "Our bakery wants to open a second shop near the station in spring. Rent is $2,400 a month and the fit-out costs "
    "about $38,000. The first shop sells 420 loaves a day, and 35% of customers come before 9 in the morning. "
    "We have one baker too few, and the station shop must open by April."
)
TABLE = (
    "Month,Region,Product,Revenue\n2026-01,North,Bread,12400\n2026-01,South,Bread,9100\n2026-02,North,Bread,13100\n"
    "2026-02,South,Cake,4200\n2026-03,North,Cake,6100\n2026-03,South,Bread,9900\n2026-04,North,Bread,14800\n"
    "2026-04,South,Cake,5300"
)
OPERATIONS = {
    "report": runner_at("agents.runs.business_agent.report", ReportInput, ({"prompt": BRIEF},)),
    "analyze": runner_at("agents.runs.business_agent.analyze", AnalyzeInput, ({"prompt": TABLE}, {"prompt": BRIEF})),
}
