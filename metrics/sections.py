"""What a part of the page is: a question, what its figures mean, a picture of them, and the figures."""

from dataclasses import dataclass

from metrics.charts import Bars, Columns
from metrics.tables import Table


@dataclass(frozen=True, slots=True)
class Section:
    """`slug` names it in addresses, `means` is the definition in one short sentence."""

    slug: str
    title: str
    means: str
    chart: Columns | Bars
    table: Table
