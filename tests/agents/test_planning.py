"""The planner of Avatar G: goals in words become steps that fit one another, by rules."""

import json
import re

import pytest

from agents.engines.music.words import wishes_of
from agents.engines.video import storyboard
from agents.engines.voices import speakable
from agents.planning.rules import LABEL
from tests.agents.planner import BAKERY, GOALS, NEVER_IN_A_TEXT, made_by, planned, sources, step_of


def test_a_launch_film_for_a_bakery_is_scored_filmed_and_made_one():
    plan = planned(BAKERY)
    music, film, final = plan.steps

    assert made_by(plan) == ["music-studio generate", "video-studio generate", "media-production composite"]
    assert (music.needs, film.needs, final.needs) == ((), (), ("film", "music"))
    assert (music.input["duration"], film.input["seconds"]) == (20, 20)
    assert film.input["voice"] is film.input["captions"] is True
    assert sources(final) == {("film", "video.mp4"), ("music", "track.mp3")}
    assert final.input["own_volume"] == 100 > final.input["audio_volume"] > 0
    assert (plan.cost, plan.left_out, plan.planner) == (55, (), LABEL)


def test_the_track_of_a_film_is_the_tune_that_the_film_plays_itself():
    music, film, _ = planned(BAKERY).steps

    assert all(music.input[name] == film.input[name] for name in ("prompt", "mood", "seed"))
    assert wishes_of(film.input["prompt"]).genre == "folk"


def test_the_words_of_a_film_are_told_in_sentences_about_its_subject():
    film = step_of(planned(BAKERY), "video-studio")
    lines = [shot.line for shot in storyboard.board(film.input["prompt"], 1, 6)]

    assert lines[0].startswith("Introducing our bakery")
    assert len(lines) >= 4
    assert all(line.endswith((".", "!", "?")) and speakable(line) for line in lines)


def test_ten_goals_give_ten_plans():
    plans = [planned(goal) for goal in GOALS]

    assert len({json.dumps([step.input for step in plan.steps], sort_keys=True) for plan in plans}) == 10
    assert len({tuple(made_by(plan)) for plan in plans}) >= 7
    for plan in plans:
        assert all(step.reason[0].isupper() and step.reason.endswith(".") for step in plan.steps)
        assert len({step.reason for step in plan.steps}) == len(plan.steps)


@pytest.mark.parametrize("goal", [BAKERY, *GOALS])
@pytest.mark.parametrize("thorough", [False, True])
def test_every_text_is_finished(goal, thorough):
    for seed in range(4):
        plan = planned(goal, seed=seed, thorough=thorough, most_steps=16)
        for step in plan.steps:
            for name in ("prompt", "text", "message"):
                text = step.input.get(name, "")
                assert not [word for word in NEVER_IN_A_TEXT if word in text.lower().split()]
                assert "  " not in text
            if "text" in step.input:
                assert speakable(step.input["text"])


def test_the_same_goal_and_seed_give_the_same_plan_and_another_seed_other_words():
    first, again, other = planned(BAKERY), planned(BAKERY), planned(BAKERY, seed=2)

    assert first == again
    assert first.steps[1].input["prompt"] != other.steps[1].input["prompt"]
    assert made_by(first) == made_by(other)


def test_a_mascot_that_speaks_is_drawn_first():
    plan = planned("Create a mascot for my surf school and let it introduce itself")
    mascot, speaking = plan.steps

    assert made_by(plan) == ["avatar-builder generate", "video-studio animate"]
    assert speaking.input["avatar"] == {"step": mascot.key, "name": "avatar.png"}
    assert "surf school" in speaking.input["text"]


def test_a_figure_says_what_is_quoted_and_looks_as_told():
    plan = planned('A green robot mascot for a bicycle shop that says: "Come in, your first check is free!"')

    assert "green robot" in step_of(plan, "avatar-builder").input["prompt"]
    assert step_of(plan, "video-studio", "animate").input["text"] == "Come in, your first check is free!"


def test_a_speaking_figure_and_a_film_become_one_film():
    plan = planned("a promo video for my gym with a talking mascot and energetic music")

    assert made_by(plan)[-1] == "media-production video"
    assert sources(plan.steps[-1]) == {("speaking", "video.mp4"), ("film", "video.mp4")}
    assert step_of(plan, "video-studio", "generate").input["mood"] == "energetic"


def test_pictures_become_a_slideshow_with_a_title_and_music():
    plan = planned("a slideshow of three pictures about lighthouses")
    show, final = step_of(plan, "media-production", "video"), plan.steps[-1]

    assert [reference["name"] for reference in show.input["clips"]] == ["image.png"] * 3
    assert show.input["title"] == "Lighthouses"
    assert sources(final) == {("slideshow", "video.mp4"), ("music", "track.mp3")}
    assert len({step.input["prompt"] for step in plan.steps[:3]}) == 3


def test_what_needs_nothing_of_another_waits_for_nothing():
    plan = planned("Three posters for a jazz festival, a jingle and a business plan for it")

    assert len(plan.steps) == 5
    assert all(step.needs == () for step in plan.steps)


def test_a_longer_film_is_made_of_parts_at_the_same_time():
    plan = planned("A 45-second film about a fox who learns to skate, no voice, with jazz music")
    parts = [step for step in plan.steps if step.agent_id == "video-studio"]
    final = plan.steps[-1]

    assert [step.input["seconds"] for step in parts] == [15, 15, 15]
    assert all(step.needs == () and step.input["voice"] is False for step in parts)
    assert len({step.input["prompt"] for step in parts}) == 3
    assert step_of(plan, "media-production", "video").needs == tuple(step.key for step in parts)
    assert (final.input["own_volume"], step_of(plan, "music-studio").input["duration"]) == (0, 45)


def test_a_voice_of_another_kind_is_spoken_apart_and_laid_over():
    plan = planned('Epic trailer for our school play "The Last Dragon", deep voice')

    assert made_by(plan) == ["video-studio generate", "voice-lab synthesize", "media-production composite"]
    assert plan.steps[0].input["voice"] is False
    assert plan.steps[1].input["voice"] == "joe-deep"
    assert "The Last Dragon" in plan.steps[1].input["text"]


def test_music_and_films_of_providers_are_never_played_over_other_music(settings):
    settings.MUSIC_URL = "https://music.test"
    plan = planned(BAKERY)
    voiced = next(step for step in plan.steps if step.key == "voiced")

    assert step_of(plan, "video-studio").input["voice"] is False
    assert voiced.input["own_volume"] == 0
    assert sources(plan.steps[-1]) == {("voiced", "video.mp4"), ("music", "track.mp3")}


@pytest.mark.parametrize(
    ("goal", "agent_id", "wanted"),
    [
        ("a vertical reel about surfing", "video-studio", {"aspect": "9:16"}),
        ("a square film about tulips, 8 seconds", "video-studio", {"aspect": "1:1", "seconds": 8}),
        ("a video without voice about the moon", "video-studio", {"voice": False}),
        ("a film about owls without captions", "video-studio", {"captions": False}),
        ("a neon picture of a city", "image-creator", {"style": "neon", "shape": "square"}),
        ("a banner of a forest, pixel art", "image-creator", {"style": "pixel", "shape": "wide"}),
        ("a dark techno track at 130 bpm, 40 seconds", "music-studio",
         {"genre": "techno", "mood": "dark", "tempo": 130, "duration": 40}),
        ("a calm voice reading a welcome for our hotel", "voice-lab", {"voice": "joe-calm"}),
    ],
)  # fmt: skip
def test_how_it_is_to_be_is_read_from_the_goal(goal, agent_id, wanted):
    given = step_of(planned(goal), agent_id).input

    assert {name: given[name] for name in wanted} == wanted


def test_what_a_person_tells_is_said_in_the_film():
    plan = planned("My bakery Golden Crust opens on May 3 on Mill Street. Make a 15 second reel about it.")

    words = step_of(plan, "video-studio").input["prompt"]
    assert "Golden Crust" in words
    assert "opens on May 3 on Mill Street" in words


def test_a_table_is_taken_out_of_the_goal_and_counted():
    table = "Quarter;Sales;Costs\nQ1;120;80\nQ2;150;95\nQ3;170;110"
    plan = planned(f"How do our numbers look?\n{table}\nMake a chart and write a short report for the board.")

    assert step_of(plan, "business-agent", "analyze").input["prompt"] == table
    assert "Q2: Sales 150, Costs 95." in step_of(plan, "business-agent", "report").input["prompt"]


def test_a_report_names_no_figure_that_the_goal_does_not():
    for goal in (*GOALS, "A business plan for a dog walking service"):
        for step in planned(goal, thorough=True, most_steps=16).steps:
            if step.operation == "report":
                assert set(re.findall(r"\d+", step.input["prompt"])) <= set(re.findall(r"\d+", goal))


@pytest.mark.parametrize(
    "word", ["video game festival", "game shop", "website launch", "poster museum", "music school"]
)
def test_what_a_goal_is_about_is_not_ordered(word):
    plan = planned(f"a picture for a {word}")

    assert made_by(plan) == ["image-creator generate"]
    assert word in plan.steps[0].input["prompt"]


def test_a_subject_alone_gets_something_sensible():
    assert made_by(planned("Lighthouses of Brittany")) == ["chat message", "image-creator generate"]
    assert made_by(planned("I want to open a coffee shop in Lisbon")) == [
        "business-agent report", "image-creator generate"
    ]  # fmt: skip
    assert "video-studio animate" in made_by(planned("My daughter turns six next week. She loves unicorns."))


def test_more_goals_that_nobody_tuned_for_name_their_subject():
    about = {
        "Advertise our farmers market this Saturday on TikTok": "our farmers market this Saturday",
        "I'm launching a podcast on urban beekeeping. I need a cover and a jingle.": "urban beekeeping",
        "We have 5,000 dollars to promote a children's theatre. Give me a plan.": "a children's theatre",
        "Make my team laugh: a talking pirate congratulates Sarah on her retirement": "retirement, Sarah!",
        "Thank our volunteers": "dear volunteers",
        "Show how a volcano erupts": "how a volcano erupts",
        "Compare solar panels and heat pumps for a small hotel": "solar panels and heat pumps",
        "Turn my startup idea (an app that finds lost cats) into a pitch: deck, trailer": "an app that finds lost cats",
        "Create a brand intro for my yoga studio: a peaceful animation": "my yoga studio",
        "Meet Zara, a purple alien. Make her say hi and film a 12 second teaser.": "Zara",
    }
    for goal, subject in about.items():
        assert subject in json.dumps([step.input for step in planned(goal).steps]), goal


def test_figures_are_drawn_one_by_one():
    plan = planned("three avatars for our support team: a robot, an owl and a cat")

    assert [step.input["prompt"].split(",")[0] for step in plan.steps] == ["robot", "owl", "cat"]


def test_a_track_of_another_length_than_the_film_is_a_thing_of_its_own():
    plan = planned("a 10 second film about tulips, and background music for two minutes")

    assert made_by(plan) == ["music-studio generate", "music-studio extend", "video-studio generate"]
    assert [step.input.get("duration", step.input.get("seconds")) for step in plan.steps] == [60, 60, 10]


def test_a_complex_task_is_richer():
    for goal in (BAKERY, *GOALS[:6]):
        plain, rich = planned(goal), planned(goal, thorough=True, most_steps=16)
        assert len(rich.steps) > len(plain.steps)
        assert any(step.operation == "report" for step in rich.steps)
    film = planned("a launch video for a bakery", thorough=True, most_steps=16)
    assert [step.input["aspect"] for step in film.steps if step.agent_id == "video-studio"].count("9:16") == 1
    assert len([step for step in film.steps if step.agent_id == "video-studio"]) == 3


@pytest.mark.parametrize(
    "goal",
    [
        "Ich brauche ein Video für meine Bäckerei mit Musik",
        "Quiero un vídeo para mi panadería con música",
        "Je veux une vidéo pour ma boulangerie avec musique",
        "Vorrei un video per la mia panetteria con musica",
    ],
)
def test_goals_in_neighbouring_languages_are_understood(goal):
    plan = planned(goal)

    assert made_by(plan) == ["music-studio generate", "video-studio generate", "media-production composite"]
    assert "bakery" in plan.steps[1].input["prompt"]
    assert "in English" in plan.left_out[0]


def test_what_is_to_be_read_in_another_language_stays_in_it():
    plan = planned('Read this aloud in German: "Guten Morgen und herzlich willkommen, liebe Gäste!" as a voice message')

    speech = step_of(plan, "voice-lab").input
    assert (speech["text"], speech["language"]) == ("Guten Morgen und herzlich willkommen, liebe Gäste!", "de")


@pytest.mark.parametrize("goal", ["Write a poem of rivers and read it aloud", "a fairy tale about a fox, read aloud"])
def test_what_is_written_in_a_plan_can_be_read_aloud_in_it(goal):
    plan = planned(goal)
    writing, reading = (next(step for step in plan.steps if step.agent_id == one) for one in ("chat", "voice-lab"))
    assert reading.input["text"] == {"step": writing.key, "name": "answer.md"}
    assert reading.needs == (writing.key,)
    assert not plan.left_out
