"""Colour words and the little arithmetic that scenes and avatars do with them."""

import colorsys
import math

NAMED = {
    "red": "#d8342c", "crimson": "#b3122f", "scarlet": "#e0261b", "ruby": "#b3123f", "maroon": "#6e1423",
    "burgundy": "#6d1a36", "cherry": "#c41e3a", "vermilion": "#e34b26", "rust": "#a8481f", "rusty": "#a8481f",
    "orange": "#f0812a", "amber": "#f5a623", "apricot": "#f7b27a", "peach": "#fbb899", "coral": "#f9735b",
    "salmon": "#f58f7c", "copper": "#b8693a", "bronze": "#a9743a", "terracotta": "#c5633f",
    "yellow": "#f6cf2d", "golden": "#edb32f", "gold": "#edb32f", "lemon": "#f8e34c", "mustard": "#d3a12b",
    "honey": "#e8a93a", "cream": "#f6ead0", "ivory": "#f5f0e1", "beige": "#e0cfae", "sand": "#e3c690", "tan": "#cda672",
    "green": "#3f9e4d", "emerald": "#159a68", "lime": "#a2d730", "olive": "#7c8234", "mint": "#9fe0c0",
    "jade": "#2fa077", "sage": "#9db08a", "moss": "#67783a", "mossy": "#67783a", "teal": "#17858a",
    "turquoise": "#2fc4bd", "aqua": "#45cfd3", "cyan": "#2fc3e0", "aquamarine": "#6fdcc0",
    "blue": "#2f6fd0", "navy": "#1d2f63", "azure": "#3a97ea", "cobalt": "#2148b8", "sapphire": "#1f4fa8",
    "indigo": "#453a9c", "cerulean": "#2c86bf", "ultramarine": "#2a35b0",
    "purple": "#7d3cb5", "violet": "#8552d0", "lavender": "#b9a0e3", "lilac": "#c5a3dc", "plum": "#7a3b72",
    "mauve": "#b58bb5", "amethyst": "#9461c9", "magenta": "#cf2f96", "fuchsia": "#d9359f",
    "pink": "#f48fb1", "rose": "#e8728f", "rosy": "#e8728f", "blush": "#f3b6bb",
    "brown": "#7d5232", "chestnut": "#85432b", "chocolate": "#573323", "sepia": "#7a5a3a", "auburn": "#8c3b23",
    "black": "#23242b", "ebony": "#25211f", "charcoal": "#3d4147", "jet": "#1f2024",
    "white": "#f7f7f4", "snow-white": "#fbfcff", "pearl": "#efece6", "silver": "#bcc4cc", "silvery": "#bcc4cc",
    "grey": "#8d949c", "gray": "#8d949c", "slate": "#5f6f7f",
    "reddish": "#c2503f", "bluish": "#5b86c4", "greenish": "#6fa774", "pinkish": "#f0a6b6", "yellowish": "#ecd66a",
    "crimson-red": "#b3122f", "pastel": "#f2c9d8",
}  # fmt: skip

SHADES = {
    "dark": -0.38, "deep": -0.28, "midnight": -0.45, "navy": -0.35, "pale": 0.45, "light": 0.35, "soft": 0.25,
    "pastel": 0.45, "faded": 0.25, "bright": 0.08, "vivid": 0.0, "neon": 0.1, "electric": 0.05, "blood": -0.25,
    "sky": 0.25, "baby": 0.45, "ice": 0.5, "icy": 0.5, "forest": -0.3, "rose": 0.0, "royal": -0.15, "hot": 0.0,
    "burnt": -0.2, "dusty": 0.15, "blazing": 0.0, "fiery": 0.0, "glowing": 0.1,
}  # fmt: skip

MANY = ("#e4483f", "#f6a52c", "#f5d53c", "#4fb065", "#2f87d8", "#8a5bd0", "#ee7fae")
MANY_WORDS = {"colorful", "colourful", "rainbow", "multicolored", "multicoloured", "motley", "bright-colored"}

Rgb = tuple[float, float, float]


def rgb_of(colour: str) -> Rgb:
    """`#rrggbb` or `#rgb` as three numbers from 0 to 1."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def hex_of(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(max(0.0, min(1.0, c)) * 255):02x}" for c in rgb)


def mix(first: str, second: str, share: float) -> str:
    """`share` 0 is the first colour, 1 the second."""
    a, b = rgb_of(first), rgb_of(second)
    return hex_of((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share))


def multiply(first: str, second: str) -> str:
    a, b = rgb_of(first), rgb_of(second)
    return hex_of((a[0] * b[0], a[1] * b[1], a[2] * b[2]))


def shade(colour: str, amount: float) -> str:
    """Lighter for a positive amount, darker for a negative one; hue kept, shadows drawn a little to blue."""
    return mix(colour, "#fffdf6", amount) if amount >= 0 else mix(colour, "#0a0d24", -amount)


def luminance(colour: str) -> float:
    red, green, blue = rgb_of(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def distance(first: str, second: str) -> float:
    """From 0 to 1.7, as the crow flies between red, green and blue."""
    return math.dist(rgb_of(first), rgb_of(second))


def recolour(model: str, colour: str, strength: float = 1.0) -> str:
    """The model's lightness, bent half-way to the colour's, with the colour's hue and saturation."""
    _, model_light, _ = colorsys.rgb_to_hls(*rgb_of(model))
    hue, light, saturation = colorsys.rgb_to_hls(*rgb_of(colour))
    wanted = model_light * 0.6 + light * 0.4
    return mix(model, hex_of(colorsys.hls_to_rgb(hue, wanted, saturation * 0.9)), strength)


def colour_of(word: str, before: str = "") -> str | None:
    """The colour a word names, shaded by the word before it: ("blue", "pale"). None for other words."""
    named = NAMED.get(word)
    if named is None and "-" in word:
        head, _, tail = word.partition("-")
        return colour_of(tail, head)
    if named is None:
        return None
    return shade(named, SHADES[before]) if before in SHADES else named
