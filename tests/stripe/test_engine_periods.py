"""Where billing periods end: counted from the anchor, clamped to the month, to the second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripe_sandbox.engine import periods
from tests.stripe.clocked import moment

MONTHLY = {"interval": "month", "interval_count": 1}
ANCHORS = st.integers(moment(2020, 1, 1), moment(2035, 1, 1))
RHYTHMS = st.fixed_dictionaries(
    {"interval": st.sampled_from(["day", "week", "month", "year"]), "interval_count": st.integers(1, 12)}
)


@pytest.mark.parametrize(
    ("anchor", "recurring", "ends"),
    [
        (moment(2028, 1, 31), MONTHLY, [moment(2028, 2, 29), moment(2028, 3, 31), moment(2028, 4, 30)]),
        (moment(2026, 12, 15, 23), MONTHLY, [moment(2027, 1, 15, 23), moment(2027, 2, 15, 23)]),
        (moment(2028, 2, 29), {"interval": "year", "interval_count": 1}, [moment(2029, 2, 28), moment(2030, 2, 28)]),
        (moment(2026, 11, 30), {"interval": "month", "interval_count": 3}, [moment(2027, 2, 28), moment(2027, 5, 30)]),
        (moment(2026, 1, 1), {"interval": "week", "interval_count": 2}, [moment(2026, 1, 15), moment(2026, 1, 29)]),
        (moment(2026, 1, 1), {"interval": "day", "interval_count": 1}, [moment(2026, 1, 2), moment(2026, 1, 3)]),
    ],
)
def test_periods_follow_the_anchor(anchor, recurring, ends):
    start = anchor
    for end in ends:
        assert periods.end_of(anchor, recurring, start) == end
        start = end


@given(anchor=ANCHORS, recurring=RHYTHMS, offset=st.integers(0, 400 * 86_400))
def test_a_moment_lies_in_one_period_and_the_next_begins_where_it_ends(anchor, recurring, offset):
    end = periods.end_of(anchor, recurring, anchor + offset)
    assert end > anchor + offset
    assert periods.end_of(anchor, recurring, end - 1) == end
    assert periods.end_of(anchor, recurring, end) > end


def test_a_date_is_written_as_in_stripes_lines():
    assert periods.date_of(moment(2026, 2, 3, 23, 59)) == "3 Feb 2026"
