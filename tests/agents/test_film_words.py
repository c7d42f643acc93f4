"""The words of a film: lines from a prompt, captions from lines, letters that the font has."""

import pytest

from agents.engines.video import captions, lettering, storyboard


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        ("A fox. A hare! An owl?", ["A fox. A hare! An owl?"]),
        ("A fox in a forest. A hare on a hill.", ["A fox in a forest.", "A hare on a hill."]),
        ("Snow peaks at dawn, then a cabin in the woods", ["Snow peaks at dawn.", "A cabin in the woods."]),
        ("make me a 10 second video about a lighthouse by the sea", ["A lighthouse by the sea."]),
        (
            "a 20-second launch video for a bakery, with music and a voice",
            ["Introducing our bakery.", "Come and see for yourself."],
        ),
        ("a boy with a voice of gold", ["A boy with a voice of gold."]),
    ],
)
def test_a_prompt_is_parted_into_lines(prompt, lines):
    shots = storyboard.board(prompt, 1)
    assert 2 <= len(shots) <= 5
    assert [shot.line for shot in shots if shot.line] == lines


def test_captions_keep_to_their_length_and_share_the_time():
    cues = captions.cues_for("One two three four five six. Seven eight nine ten.", 1, 5, 20)
    assert all(len(cue.text) <= 20 for cue in cues)
    assert (cues[0].start, cues[-1].end) == (1, 5)
    assert " ".join(cue.text for cue in cues) == "One two three four five six. Seven eight nine ten."


def test_letters_the_font_lacks_are_spelt_or_left_out():
    assert lettering.drawable("Café Łódź, straße — “déjà vu” 你好 😀!") == "Cafe Lodz, strasse - “deja vu” !"
    assert lettering.is_lettered("Café")
    assert not lettering.is_lettered("Привет, мир")
