"""Words on pictures. The font is the one inside Pillow, Aileron (CC0), which knows plain Latin letters only."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw, ImageFont

SPELT = {
    0xDF: "ss", 0xE6: "ae", 0xC6: "AE", 0x153: "oe", 0x152: "OE", 0xF8: "o", 0xD8: "O", 0x142: "l", 0x141: "L",
    0x111: "d", 0x110: "D", 0x131: "i", 0xFE: "th", 0xF0: "d", 0x20AC: "EUR ", 0xA3: "GBP ", 0x2018: "'", 0x2019: "'",
    0x201A: "'", 0x201E: '"', 0x2013: "-", 0x2014: "-",
}  # fmt: skip
"""Letters and signs that no accent makes of plain ones, by code point."""
PAPER = (8, 12, 28, 168)
INK = (255, 255, 255, 255)


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of lettering and where its upper left corner lies on the frame."""

    image: Image.Image
    place: tuple[int, int]

    def burn(self, frame: Image.Image, strength: float = 1.0) -> None:
        mask = self.image.getchannel("A")
        if strength < 1:
            mask = mask.point(lambda value: round(value * strength))
        frame.paste(self.image.convert("RGB"), self.place, mask)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    found = ImageFont.load_default(size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise OSError("Pillow was built without FreeType: there is no lettering.")
    return found


@cache
def has_glyph(sign: str) -> bool:
    missing = font(24).getmask("\uffff")
    drawn = font(24).getmask(sign)
    return sign == " " or (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))


def drawable(text: str) -> str:
    """The text in letters the font has: accents fall, other scripts and emoji are left out."""
    plain = unicodedata.normalize("NFKD", text.translate(SPELT))
    kept = "".join(sign for sign in plain if sign.isspace() or (sign.isprintable() and has_glyph(sign)))
    return " ".join(kept.split())


def is_lettered(text: str) -> bool:
    """Whether the words of a text survive being drawn."""
    words = sum(map(str.isalnum, text))
    return words == 0 or sum(map(str.isalnum, drawable(text))) >= 0.7 * words


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def caption(text: str, size: tuple[int, int]) -> Strip | None:
    """A caption at the foot of a frame; None when none of its letters can be drawn."""
    shown = drawable(text)
    if not any(map(str.isalnum, shown)):
        return None
    letters = max(16, round(min(size[0] * 0.05, size[1] * 0.052)))
    face, room = font(letters), round(size[0] * 0.86)
    lines = wrapped(shown, face, room - letters)
    while len(lines) > 3 and letters > 14:
        letters -= 2
        face = font(letters)
        lines = wrapped(shown, face, room - letters)
    return _boxed(lines, face, letters, size)


def _boxed(lines: list[str], face: ImageFont.FreeTypeFont, letters: int, size: tuple[int, int]) -> Strip:
    step, pad = round(letters * 1.28), round(letters * 0.5)
    width = min(size[0], round(max(face.getlength(line) for line in lines)) + 2 * pad)
    height = step * len(lines) + pad
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, width - 1, height - 1), radius=round(letters * 0.4), fill=PAPER)
    for row, line in enumerate(lines):
        middle = pad // 2 + row * step + step // 2
        pen.text((width // 2, middle), line, INK, face, anchor="mm", stroke_width=max(1, letters // 36))
    return Strip(image, ((size[0] - width) // 2, size[1] - height - round(size[1] * 0.06)))
