"""Periods: from every day of four years, a hundred and twenty months on, against a count of our own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.credits.model import months_after

FIRST, LAST, PERIODS = datetime(2024, 1, 1, 17, 45, tzinfo=UTC), datetime(2027, 12, 31, 17, 45, tzinfo=UTC), 120


@pytest.fixture(scope="module")
def starts() -> list[datetime]:
    return [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def test_every_start_day_keeps_its_day_for_ten_years(db, starts):
    """Asked at the first moment of each period, and a second before its end."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT anchor, array_agg(period.started_at ORDER BY number), array_agg(period.ends_at ORDER BY number),
                   bool_and((late.started_at, late.ends_at) = (period.started_at, period.ends_at))
            FROM generate_series(%s::timestamptz, %s, interval '1 day') anchor, generate_series(0, %s) number,
              make_interval(months => number) later,
              credit_period(anchor, (anchor AT TIME ZONE 'UTC' + later) AT TIME ZONE 'UTC') period,
              credit_period(anchor, period.ends_at - interval '1 second') late
            GROUP BY anchor ORDER BY anchor""",
            [FIRST, LAST, PERIODS - 1],
        )
        rows = cursor.fetchall()

    assert len(rows) == len(starts) == 1461
    for start, (anchor, begins, ends, same_until_the_end) in zip(starts, rows, strict=True):
        assert anchor == start
        assert begins == [months_after(start, number) for number in range(PERIODS)]
        assert ends == [months_after(start, number + 1) for number in range(PERIODS)]
        assert same_until_the_end


def test_a_period_ends_where_the_next_begins(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), count(*) FILTER (WHERE following.started_at = period.ends_at)
            FROM generate_series(timestamptz '2024-01-28Z', '2024-03-02Z', interval '7 hours') anchor,
              generate_series(timestamptz '2024-03-02Z', '2026-03-02Z', interval '31 hours') moment,
              credit_period(anchor, moment) period, credit_period(anchor, period.ends_at) following"""
        )
        total, joined = cursor.fetchone()
    assert joined == total > 50_000


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_the_session_time_zone_does_not_matter(db, zone):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('timezone', %s, true)", [zone])
        cursor.execute("SELECT ends_at AT TIME ZONE 'UTC' FROM credit_period('2025-01-31 23:30Z', '2025-02-01 00:30Z')")
        assert cursor.fetchone() == (datetime(2025, 2, 28, 23, 30),)  # noqa: DTZ001  (shown without a zone on purpose)
