"""Portraits that speak: drawn avatars move their mouth, other pictures beat with the voice."""

from collections.abc import Iterator
from math import sin, tau

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from agents.engines import avatar
from agents.engines.video.film import FPS

MARGIN = 1.06
"""How much larger than the frame a scene is drawn, so that it can sway."""
HALF_OPEN, OPEN = 0.16, 0.5
BARS = 25


def mouths_of(recipe: avatar.Recipe) -> list[Image.Image]:
    """The avatar with its mouth closed, half open and open."""
    return [avatar.rasterise(avatar.draw_recipe(recipe, mouth=number).svg) for number in range(3)]


def speaking(faces: list[Image.Image], levels: list[float], size: tuple[int, int]) -> Iterator[Image.Image]:
    """One frame a level: the mouth follows the voice, the head sways a little."""
    sets = [staged(face, size) for face in faces]
    shown, since = 0, 0
    for number, level in enumerate(levels):
        wanted = 2 if level > OPEN else 1 if level > HALF_OPEN else 0
        if wanted != shown and number - since >= 2:
            shown, since = wanted, number
        yield swayed(sets[shown], number / FPS, level, size)


def staged(face: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A face on a blurred, darker backdrop of itself; it fills a square frame."""
    width, height = round(size[0] * MARGIN), round(size[1] * MARGIN)
    side = min(width, height)
    if width == height:
        return face.resize((side, side), Image.Resampling.LANCZOS)
    stage = backdrop(face, (width, height))
    inner = round(side * 0.9)
    mask = Image.new("L", (inner, inner), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, inner - 1, inner - 1), radius=inner // 12, fill=255)
    place = ((width - inner) // 2, (height - inner) // 2 - (height - side) // 12)
    stage.paste(face.resize((inner, inner), Image.Resampling.LANCZOS), place, mask)
    return stage


def backdrop(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    small = ImageOps.fit(picture.convert("RGB"), (max(2, size[0] // 8), max(2, size[1] // 8)))
    soft = small.filter(ImageFilter.GaussianBlur(7)).resize(size, Image.Resampling.BICUBIC)
    return ImageEnhance.Brightness(soft).enhance(0.55)


def swayed(stage: Image.Image, seconds: float, level: float, size: tuple[int, int]) -> Image.Image:
    room_x, room_y = stage.width - size[0], stage.height - size[1]
    left = room_x * (0.5 + 0.35 * sin(tau * seconds / 4.3))
    top = room_y * (0.5 + 0.25 * sin(tau * seconds / 3.1) + 0.12 * level)
    return stage.resize(size, Image.Resampling.BILINEAR, box=(left, top, left + size[0], top + size[1]))


def beating(picture: Image.Image, levels: list[float], size: tuple[int, int]) -> Iterator[Image.Image]:
    """A round portrait that swells with the voice, a ring around it and the voice as bars below."""
    stage, side = backdrop(picture, size), round(min(size) * 0.56)
    colour = ring_colour(picture)
    square = ImageOps.fit(picture.convert("RGB"), (round(side * 1.1),) * 2, centering=(0.5, 0.3))
    middle = (size[0] // 2, round(size[1] * 0.4))
    calm = 0.0
    for number, level in enumerate(levels):
        calm += (level - calm) * 0.45
        frame = stage.copy()
        draw_portrait(frame, square, middle, side=side * (1 + 0.05 * calm), level=calm, colour=colour)
        draw_bars(frame, levels, number, round(size[1] * 0.765), colour)
        yield frame


def draw_portrait(
    frame: Image.Image,
    square: Image.Image,
    middle: tuple[int, int],
    *,
    side: float,
    level: float,
    colour: tuple[int, ...],
) -> None:
    radius, ring = round(side / 2), round(side * (0.52 + 0.05 * level))
    pen = ImageDraw.Draw(frame)
    pen.ellipse(
        (middle[0] - ring, middle[1] - ring, middle[0] + ring, middle[1] + ring), outline=colour,
        width=max(3, round(side * (0.012 + 0.022 * level))),
    )  # fmt: skip
    face = square.resize((2 * radius, 2 * radius), Image.Resampling.BILINEAR)
    mask = Image.new("L", (4 * radius, 4 * radius), 0)
    ImageDraw.Draw(mask).ellipse((0, 0, 4 * radius - 1, 4 * radius - 1), fill=255)
    frame.paste(face, (middle[0] - radius, middle[1] - radius), mask.resize((2 * radius, 2 * radius)))


def draw_bars(frame: Image.Image, levels: list[float], number: int, line: int, colour: tuple[int, ...]) -> None:
    """The voice around this moment, now in the middle."""
    pen, step = ImageDraw.Draw(frame), frame.width * 0.62 / BARS
    tall = frame.height * 0.05
    for bar in range(BARS):
        at = number + bar - BARS // 2
        level = levels[at] if 0 <= at < len(levels) else 0.0
        left = frame.width * 0.19 + bar * step
        reach = tall * (0.06 + 0.94 * level)
        box = (left, line - reach, left + step * 0.55, line + reach)
        pen.rounded_rectangle(box, radius=step * 0.27, fill=colour)


def ring_colour(picture: Image.Image) -> tuple[int, int, int]:
    """The picture's own colour, light enough to be seen on its dark backdrop."""
    red, green, blue = picture.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    top = max(red, green, blue, 1)
    return round(130 + 125 * red / top), round(130 + 125 * green / top), round(130 + 125 * blue / top)
