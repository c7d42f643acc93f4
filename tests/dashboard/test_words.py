"""How things are said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from dashboard import charts, facts, words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "just now"), (44, "just now"), (50, "1 min ago"), (3500, "58 min ago"), (3700, "1 hour ago"),
        (80_000, "22 hours ago"),
    ],
)  # fmt: skip
def test_how_long_ago(seconds, said):
    assert words.ago(timezone.now() - timedelta(seconds=seconds)) == said


def test_after_a_day_the_date_is_said(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))

    assert words.ago(datetime(2026, 11, 4, 9, tzinfo=UTC)) == "4 Nov"
    assert words.ago(datetime(2025, 11, 4, 9, tzinfo=UTC)) == "4 Nov 2025"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (12 * 24 + 1, "12 days"), (12 * 24 - 1, "12 days"), (12 * 24 + 16, "13 days"), (47, "47 hours"),
        (1.5, "90 minutes"), (0, "1 minute"), (-5, "1 minute"),
    ],
)  # fmt: skip
def test_how_long_until(hours, said, monkeypatch):
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert words.until(now + timedelta(hours=hours)) == said


@pytest.mark.parametrize(("number", "said"), [(1, "1 credit"), (0, "0 credits"), (1000, "1,000 credits")])
def test_how_many(number, said):
    assert words.counted(number, "credit") == said


@pytest.mark.parametrize(
    ("stiff", "plain"),
    [
        ("Field required", "Please fill this in."),
        ("String should have at least 1 character", "Please fill this in."),
        ("Value error, There is no key H.", "There is no key H."),
        ("Input should be less than or equal to 200", "This should be less than or equal to 200."),
    ],
)
def test_what_a_schema_says_is_put_plainly(stiff, plain):
    assert words.plain(stiff) == plain


def told(output):
    return [(fact.label, fact.value) for fact in facts.delivered(output)]


def test_facts_of_a_picture():
    output = {
        "seed": 7, "style": "flat", "width": 1344, "height": 768, "weather": ["light_rain", "fog"], "not_drawn": [],
        "time_of_day": "dusk", "plain": False,
    }  # fmt: skip

    assert told(output) == [
        ("Size", "1,344 by 768 pixels"), ("Style", "Flat"), ("Time of day", "Dusk"), ("Weather", "Light rain, fog"),
        ("Seed", "7"),
    ]  # fmt: skip


def test_facts_of_a_track():
    output = {
        "key": "F lydian", "tempo": 78, "duration": 24.3, "instruments": ["Piano", "Bass"],
        "sections": [{"name": "intro", "bars": 4}, {"name": "verse", "bars": 8}], "extended_by": 1,
    }  # fmt: skip

    assert told(output) == [
        ("Tempo", "78 beats a minute"), ("Key", "F lydian"), ("Length", "0:24"), ("Instruments", "Piano, Bass"),
        ("Sections", "Intro, verse"), ("Longer by", "1 second"),
    ]  # fmt: skip


def test_the_scenes_of_a_film_are_told_as_they_were_written():
    scenes = [{"name": "A paper boat crosses a neon harbour."}, {"name": "It rains."}, {"name": "the sun comes up."}]

    assert told({"scenes": scenes}) == [("Scenes", "A paper boat crosses a neon harbour · It rains · The sun comes up")]


def test_colours_are_swatches():
    [shown, colours] = sorted(
        facts.delivered({"traits": {"shown": ["glasses"], "colours": {"hair": "#b03a2e"}}}),
        key=lambda one: bool(one.colours),
    )

    assert (shown.label, shown.value) == ("Shown", "Glasses")
    assert colours.colours == (("Hair", "#b03a2e"),)


@pytest.mark.parametrize(
    ("most", "top"), [(1, 4), (4, 4), (5, 8), (9, 12), (13, 20), (93, 120), (121, 200), (201, 400), (9_000, 12_000)]
)
def test_the_top_line_of_the_chart_is_round_and_near(most, top):
    assert charts.ceiling(most) == top


def test_the_chart_has_a_place_for_every_day():
    first, today, last = date(2026, 11, 4), date(2026, 11, 22), date(2026, 12, 3)
    chart = charts.by_day({date(2026, 11, 11): 50, today: 8, first: -3}, first, last, today)

    assert len(chart.bars) == 30
    assert [bar.credits for bar in chart.bars if bar.credits] == [50, 8]
    assert sum(bar.future for bar in chart.bars) == 11
    assert (chart.peak.day, chart.total, chart.average[0]) == (date(2026, 11, 11), 58, 3)
    assert max(bar.x + bar.width for bar in chart.bars) <= 100
    assert [bar.day for bar in chart.bars if bar.today] == [today]


def test_a_chart_of_nothing_has_neither_peak_nor_average():
    day = date(2026, 11, 4)
    chart = charts.by_day({}, day, day, day)

    assert (chart.peak, chart.average, chart.total) == (None, None, 0)
