"""Avatars: DiceBear draws the vector, resvg the pixels."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from random import Random
from typing import Annotated, Any, Literal, cast

import resvg_py
from dicebear import Avatar, Style
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agents.engines import avatar_styles, avatar_words
from agents.engines.scene import colours

ENGINE = "Avatar G avatars (DiceBear, CC0)"
SIZE = 1024
RECIPE = "avatar-g-recipe"
StyleName = Literal["portrait", "peep", "pixel", "block", "robot", "creature"]
HAIR_COLOURS = ("#24211f", "#3b2a20", "#5d3a24", "#7b4a2d", "#a5693f", "#c98850", "#b5472a", "#e3bf6f", "#a9adb3")
SKIN_COLOURS = ("#fae3d0", "#f8d9bd", "#f3cda6", "#dba476", "#c08a5a", "#a5693f", "#71452b", "#5a3524")
CLOTHES_COLOURS = ("#2f6fd0", "#17858a", "#d8504a", "#edb32f", "#7d57b5", "#3f9e68", "#e07a9a", "#3d4a63")
BODY_COLOURS = ("#74c0fc", "#63e6be", "#ffd43b", "#ff9d9d", "#b6a6f5", "#e9ecef", "#fdba74", "#f0abfc")
BACKGROUNDS = ("#1d3557", "#2a9d8f", "#f4a261", "#9d7fe0", "#7cc6fe", "#f2b5d4", "#ffd98a", "#5b6ee1", "#0e6f7c")


@dataclass(frozen=True)
class Drawn:
    """One avatar: its markup, and what in it was asked for or chosen."""

    svg: str
    style: str
    traits: list[str]
    not_drawn: list[str]
    colours: dict[str, str]


@cache
def _style(source: str) -> Style:
    text = resources.files("dicebear_styles").joinpath(f"{source}.json").read_text("utf-8")
    return Style(json.loads(text))


Colour = Annotated[str, Field(pattern=r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]


class Recipe(BaseModel):
    """All that makes an avatar, kept in its PNG: whoever has the picture can have it drawn again with another mouth."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    style: StyleName
    seed: int
    traits: tuple[str, ...] = Field(default=(), max_length=40)
    colours: dict[str, Colour] = Field(default={}, max_length=12)
    implied: tuple[str, ...] = Field(default=(), max_length=40)


def recipe_of(description: avatar_words.Description, drawn: Drawn, seed: int) -> Recipe:
    return Recipe(
        style=cast(StyleName, drawn.style), seed=seed, traits=tuple(description.traits), colours=description.colours,
        implied=tuple(sorted(description.implied)),
    )  # fmt: skip


def recipe_in(notes: dict[Any, Any]) -> Recipe | None:
    """The recipe among a PNG's texts, None where there is none to trust."""
    try:
        return Recipe.model_validate_json(str(notes.get(RECIPE, "")))
    except ValidationError:
        return None


def draw_recipe(recipe: Recipe, *, mouth: int) -> Drawn:
    """The same avatar with its mouth closed (0), half open (1) or open (2)."""
    words = avatar_words.Description(list(recipe.traits), dict(recipe.colours), recipe.style, set(recipe.implied))
    part, variants = avatar_styles.MOUTHS[recipe.style]
    return draw(words, seed=recipe.seed, style=recipe.style, instead={f"{part}Variant": [variants[mouth]]})


def draw(
    description: avatar_words.Description,
    *,
    seed: int,
    style: str | None = None,
    instead: avatar_styles.Options | None = None,
) -> Drawn:
    """An avatar after a description. What the words leave open is drawn from the seed; `instead` has the last word."""
    name = style or _fitting_style(description)
    chosen = avatar_styles.STYLES[name]
    palette = _palette(description, name, seed)
    options: dict[str, object] = {"seed": str(seed), "size": SIZE, **chosen.base}
    drawn = [trait for trait in description.traits if trait in chosen.traits]
    for trait in drawn:
        options |= chosen.traits[trait]
    options |= _colour_options(chosen, palette)
    avatar = Avatar(_style(chosen.source), options | (instead or {}))
    missing = [trait for trait in description.traits if trait not in chosen.traits and trait not in description.implied]
    visible = {part: colour for part, colour in palette.items() if part == "background" or getattr(chosen, part, None)}
    return Drawn(avatar.to_string(), name, drawn, missing, visible)


def _fitting_style(description: avatar_words.Description) -> str:
    """The style asked for in words, else the one that can draw most of what was asked."""
    if description.style:
        return description.style
    wanted = set(description.traits) | ({"clothes"} & set(description.colours))

    def fit(name: str) -> int:
        style = avatar_styles.STYLES[name]
        return len(wanted & set(style.traits)) + (1 if style.clothes and "clothes" in wanted else 0)

    return max(("portrait", "peep", "block"), key=fit)


def _palette(description: avatar_words.Description, style: str, seed: int) -> dict[str, str]:
    chance = Random(f"{seed}:avatar-colours")
    drawn = {
        "hair": chance.choice(HAIR_COLOURS),
        "skin": chance.choice(SKIN_COLOURS),
        "clothes": chance.choice(CLOTHES_COLOURS),
        "background": chance.choice(BACKGROUNDS),
    }
    body = chance.choice(BODY_COLOURS)
    said = dict(description.colours)
    loose = said.pop("any", None)
    if style in {"robot", "creature"}:
        body = said.get("skin") or said.get("clothes") or loose or body
        drawn = {"skin": body, "clothes": colours.shade(body, -0.25), "background": drawn["background"]}
    elif loose:
        said.setdefault("background", loose)
    palette = drawn | {part: colour for part, colour in said.items() if part in drawn or part == "hat"}
    if "background" not in said:
        palette["background"] = _set_off(palette["background"], palette)
    elif "clothes" not in said and style not in {"robot", "creature"}:
        palette["clothes"] = _unlike(palette["background"], palette["clothes"])
    return palette


def _unlike(background: str, clothes: str) -> str:
    """These clothes, or the first after them that a background of this colour does not swallow."""
    at = CLOTHES_COLOURS.index(clothes)
    apart = (one for one in CLOTHES_COLOURS[at:] + CLOTHES_COLOURS[:at] if colours.distance(one, background) > 0.45)
    return next(apart, clothes)


def _set_off(background: str, palette: dict[str, str]) -> str:
    """A background no figure drowns in."""
    figure = colours.luminance(palette.get("hair", palette["skin"]))
    if abs(colours.luminance(background) - figure) > 0.22:
        return background
    return colours.shade(background, 0.5 if figure < 0.5 else -0.5)


def _colour_options(style: avatar_styles.AvatarStyle, palette: dict[str, str]) -> dict[str, object]:
    slots = {"hair": style.hair, "skin": style.skin, "clothes": style.clothes, "hat": style.hat}
    options: dict[str, object] = {
        f"{slot}Color": [palette[part]] for part, names in slots.items() if part in palette for slot in names
    }
    if "ink" in style.hair:
        options["inkColor"] = [colours.shade(palette["hair"], -0.3)]
    if style.clothes == ("accent",):
        options["accentColor"] = [palette["clothes"]]
    if style.source == "voxel-bot":
        options["bodyColor"] = [palette["skin"]]
    top = palette["background"]
    return options | {
        "backgroundColor": [colours.shade(top, 0.18), colours.shade(top, -0.08)],
        "backgroundColorFill": "linear",
        "backgroundColorAngle": 60,
        "backgroundColorOrder": "fixed",
    }


def rasterise(svg: str, size: int = SIZE) -> Image.Image:
    png = resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size, skip_system_fonts=True)
    return Image.open(BytesIO(bytes(png))).convert("RGB")
