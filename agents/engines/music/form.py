"""The form: how many bars fit, and which sections they make."""

from typing import NamedTuple

ENDING_SECONDS = 2.4
"""The least time for the last chord to ring."""
EXPOSITION = ("A", "B", "A'", "C", "B'", "A''")
DEVELOPMENT = ("C", "A'", "B'", "C'", "B''", "A''")


class Span(NamedTuple):
    name: str
    bars: int
    intensity: int


def bars_in(seconds: float, tempo: int) -> int:
    return max(1, int((seconds - ENDING_SECONDS) * tempo / 240))


def fitting_tempo(tempo: int, seconds: float) -> int:
    """The tempo within a few beats that fills the time with whole phrases and a last chord of decent length."""
    return min(range(max(50, tempo - 5), min(200, tempo + 5) + 1), key=lambda near: misfit(near, tempo, seconds))


def misfit(near: int, tempo: int, seconds: float) -> float:
    bars = bars_in(seconds, near)
    ring = seconds - bars * 240 / near
    return abs(ring - 3.4) + {0: 0.0, 2: 0.4}.get(bars % 4, 0.8) + 0.12 * abs(near - tempo)


def plan_form(bars: int) -> list[Span]:
    """Intro, alternating A and B of four or eight bars, and an outro."""
    if bars < 6:
        return [Span("A", bars, 3)]
    intro = 2 if bars < 18 else 4
    outro = (bars - intro) % 4 or (2 if bars < 14 else 4)
    middle = bars - intro - outro
    if middle < 4 or middle % 4:
        middle, outro = bars - intro, 0
    chunks = plan_middle(middle)
    spans = [Span("Intro", intro, 1), *chunks]
    return [*spans, Span("Outro", outro, 1)] if outro else spans


def plan_middle(bars: int, names: tuple[str, ...] = EXPOSITION) -> list[Span]:
    length = 8 if bars >= 24 else 4
    spans: list[Span] = []
    left = bars
    while left:
        name = names[len(spans) % len(names)]
        size = left if left < length + 2 else length
        only = size == bars
        spans.append(Span(name, size, 2 if name in ("A", "C") and not only else 3))
        left -= size
    return spans


def renamed(spans: list[Span], taken: list[str]) -> list[Span]:
    """Each letter with as many strokes as it was heard before."""
    heard, result = [name[0] for name in taken if name != "Intro"], []
    for span in spans:
        letter = span.name[0]
        result.append(span._replace(name=letter + "'" * min(20, heard.count(letter))))
        heard.append(letter)
    return result
