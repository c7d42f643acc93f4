"""Charts as numbers, and figures as words."""

import pytest

from metrics import charts, tables
from metrics.charts import Point, Series

UP, DOWN = Series("Up", "new"), Series("Down", "churned")


def drawn(*values: tuple[int, ...], **options: object) -> charts.Columns:
    points = [Point(str(number), "", one) for number, one in enumerate(values)]
    return charts.columns(points, [UP, DOWN][: len(values[0])], str, summary="", **options)


def test_pieces_of_a_column_stand_on_each_other():
    # Up to 3: a unit is a third of the 82 percent between the top (6) and the base (88).
    (column,) = drawn((1, 2)).columns

    assert [(piece.tone, piece.y, piece.height) for piece in column.pieces] == [
        ("new", 60.67, 27.33), ("churned", 6.0, 54.67),
    ]  # fmt: skip


def test_losses_hang_below_the_line_of_nothing():
    # Steps of 1, two up and one down: a unit is a third of 82, and nothing is two thirds down.
    chart = drawn((2, -1))

    assert chart.lines == [("-1", 88.0, False), ("0", 60.67, True), ("1", 33.33, False), ("2", 6.0, False)]
    assert [(piece.y, piece.height) for piece in chart.columns[0].pieces] == [(6.0, 54.67), (60.67, 27.33)]


def test_beside_each_other_all_stand_on_the_base():
    (column,) = drawn((4, 2), beside=True).columns

    assert [(piece.y, piece.height) for piece in column.pieces] == [(6.0, 82.0), (47.0, 41.0)]
    assert column.pieces[0].x < column.pieces[1].x


def test_nothing_is_not_drawn():
    chart = drawn((0, 0), (0, 0))

    assert chart.is_empty
    assert [text for text, _, _ in chart.lines] == ["0", "1"]
    assert not drawn((0,), (1,)).is_empty


@pytest.mark.parametrize(("count", "labels"), [(1, "0"), (6, "012345"), (7, "0246"), (12, "1 3 5 7 9 11")])
def test_labels_have_room_and_the_last_column_always_has_one(count, labels):
    columns = drawn(*[(1,)] * count).columns
    shown = [one.label for one in columns if one.label]

    assert shown == (labels.split() if " " in labels else list(labels))
    assert not columns[-1].minor


@pytest.mark.parametrize(("most", "top"), [(0, 4), (4, 4), (5, 8), (13, 20), (21, 40), (101, 120), (121, 200)])
def test_scales_end_above_the_highest(most, top):
    assert charts.ceiling(most) == top


def test_bars_are_shares_of_the_longest_and_never_negative():
    chart = charts.bars([("a", "200", (200, 50)), ("b", "-3", (-3, 0))], [UP, DOWN], summary="")

    assert [[strip.width for strip in row.strips] for row in chart.rows] == [[100.0, 25.0], [0.0, 0.0]]
    assert chart.height == 100


@pytest.mark.parametrize(
    ("shown", "value", "words"),
    [
        (tables.dollars, 0, "$0"), (tables.dollars, 2_900, "$29"), (tables.dollars, 123_456_78, "$123,456.78"),
        (tables.dollars, -7_005, "\u2212$70.05"), (tables.count, -1_200, "\u22121,200"),
        (tables.short_dollars, 1_250_000_00, "$1.25m"), (tables.short_dollars, -2_000_00, "\u2212$2k"),
        (tables.short_count, 12_000, "12k"), (tables.short_count, 3_000_000, "3m"), (tables.short_count, 999, "999"),
        (tables.small_dollars, 2_000, "$0.0020"), (tables.small_dollars, 0, "$0.00"),
        (tables.small_dollars, 923_000, "$0.92"), (tables.small_dollars, -12_345_678, "\u2212$12.35"),
        (tables.percent, 387, "38.7 %"), (tables.percent, -5, "\u22120.5 %"), (tables.duration, 939, "939 ms"),
        (tables.duration, 3_756, "3.8 s"), (tables.duration, 180_000, "3 min"), (tables.duration, 7_200_000, "2.0 h"),
    ],
)  # fmt: skip
def test_figures_as_words(shown, value, words):
    assert shown(value) == words


@pytest.mark.parametrize(("part", "whole", "thousandths"), [(1, 3, 333), (0, 5, 0), (7, 2, 3_500), (1, 0, None)])
def test_a_share_of_nothing_is_none(part, whole, thousandths):
    assert tables.share_of(part, whole) == thousandths


def test_a_cell_without_a_value_is_a_dash_and_empty_in_a_spreadsheet():
    table = tables.Table([tables.Column("Rate", tables.PERCENT)], [(None,), (5,)])

    assert [[cell.text for cell in row] for row in table.shown] == [["\u2013"], ["0.5 %"]]
    assert table.plain_rows == [[""], [0.5]]
