"""The operators' metrics: one page in the admin's frame, and each of its tables for a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from avatarg import spreadsheets
from metrics import money, tickets, tiles, usage
from metrics.figures import MONTHS, Figures, Period, figures_for, today_in_utc
from metrics.sections import Section
from metrics.tables import Table

PERMISSION = "metrics.view_metrics"


def period_from(request: HttpRequest) -> Period:
    """By ?days=, 30 where it says nothing that we know."""
    asked = {str(days): days for days in MONTHS}
    return Period(asked.get(request.GET.get("days", ""), min(MONTHS)), today_in_utc())


def sections_of(figures: Figures) -> list[Section]:
    """In the order of the page, where two of about a size stand side by side."""
    used, ended, *others = usage.sections_of(figures)
    return [*money.sections_of(figures), used, ended, tickets.tickets_section(figures), *others]


def require_permission(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    require_permission(request)
    figures = figures_for(period_from(request))
    context: dict[str, Any] = {
        **admin.site.each_context(request), "title": "Metrics", "period": figures.period, "periods": list(MONTHS),
        "until": figures.until, "tiles": list(tiles.tiles_of(figures)), "sections": sections_of(figures),
    }  # fmt: skip
    return TemplateResponse(request, "admin/metrics/page.html", context)


@require_safe
def table_as_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    require_permission(request)
    period = period_from(request)
    section = next((one for one in sections_of(figures_for(period)) if one.slug == slug), None)
    if section is None:
        raise Http404
    response = StreamingHttpResponse(lines_of(section.table), content_type="text/csv; charset=utf-8")
    name = f"avatar-g-{slug}-{period.days}-days-{period.today}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def lines_of(table: Table) -> Iterator[str]:
    return spreadsheets.csv_lines([table.plain_head, *table.plain_rows])
