"""The finish of a picture: what makes it painted, flat, paper-cut, line art, neon or pixel art."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

Floats = NDArray[np.float32]


def _grain(image: Image.Image, seed: int, amount: float) -> Image.Image:
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, amount, (image.height, image.width, 1)).astype(np.float32)
    return Image.fromarray(np.clip(np.asarray(image, np.float32) + noise, 0, 255).astype(np.uint8))


def _smooth_noise(shape: tuple[int, int], seed: int, cell: int) -> Floats:
    """Slow noise from -1 to 1, `cell` pixels a bump."""
    rng = np.random.default_rng(seed)
    small = rng.uniform(-1, 1, (shape[0] // cell + 2, shape[1] // cell + 2)).astype(np.float32)
    return np.asarray(Image.fromarray(small).resize((shape[1], shape[0]), Image.Resampling.BICUBIC), np.float32)


def _wobble(image: Image.Image, seed: int, cell: int, reach: float) -> Image.Image:
    """Edges as by a hand that is not a ruler."""
    pixels = np.asarray(image)
    rows, columns = np.indices(pixels.shape[:2], dtype=np.float32)
    dy = _smooth_noise(pixels.shape[:2], seed, cell) * reach
    dx = _smooth_noise(pixels.shape[:2], seed + 1, cell) * reach
    rows = np.clip(rows + dy, 0, pixels.shape[0] - 1).astype(np.int32)
    columns = np.clip(columns + dx, 0, pixels.shape[1] - 1).astype(np.int32)
    return Image.fromarray(pixels[rows, columns])


def flat(image: Image.Image, seed: int) -> Image.Image:
    return _grain(ImageEnhance.Color(image).enhance(1.06), seed, 1.6)


def painted(image: Image.Image, seed: int) -> Image.Image:
    side = max(image.size)
    cell = max(4, side // 72)
    strokes = _wobble(image, seed, cell, side / 760).filter(ImageFilter.MedianFilter(3))
    bloom = image.filter(ImageFilter.GaussianBlur(side / 40))
    mixed = Image.blend(strokes, ImageChops.screen(strokes, ImageEnhance.Brightness(bloom).enhance(0.4)), 0.4)
    pixels = np.asarray(mixed, np.float32)
    canvas = _smooth_noise(pixels.shape[:2], seed + 2, max(3, side // 260)) * 5
    wash = _smooth_noise(pixels.shape[:2], seed + 3, max(8, side // 9)) * 7
    textured = Image.fromarray(np.clip(pixels + (canvas + wash)[..., None], 0, 255).astype(np.uint8))
    return _grain(ImageEnhance.Color(textured).enhance(1.1), seed, 3)


def _edges(image: Image.Image) -> Floats:
    """How strong an edge is at each pixel, 0 to 1."""
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.8)), np.float32)
    down, across = np.zeros(soft.shape[:2], np.float32), np.zeros(soft.shape[:2], np.float32)
    down[:-1] = np.abs(np.diff(soft, axis=0)).max(axis=2)
    across[:, :-1] = np.abs(np.diff(soft, axis=1)).max(axis=2)
    return np.clip((np.maximum(down, across) - 5) / 22, 0, 1)


def line_art(image: Image.Image, seed: int) -> Image.Image:
    """Ink lines on paper over a thin wash of the picture's colours; chalk on dark paper for a dark picture."""
    hand = _wobble(image, seed, max(6, image.width // 60), image.width / 500)
    lines = Image.fromarray((_edges(hand) * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3))
    ink = np.asarray(lines.filter(ImageFilter.GaussianBlur(0.6)), np.float32)[..., None] / 255
    wash = np.asarray(hand.filter(ImageFilter.GaussianBlur(image.width / 180)), np.float32)
    dark = wash.mean() < 96
    paper, pen = ((18, 24, 48), (244, 238, 220)) if dark else ((250, 245, 234), (30, 28, 40))
    tinted = np.array(paper, np.float32) * 0.45 + wash * 0.55
    drawn = tinted * (1 - ink * 0.9) + np.array(pen, np.float32) * ink * 0.9
    return _grain(Image.fromarray(np.clip(drawn, 0, 255).astype(np.uint8)), seed, 3.5)


def neon(image: Image.Image, seed: int) -> Image.Image:
    """Glowing outlines in the picture's colours over a dark print of it."""
    vivid = np.asarray(ImageEnhance.Color(image).enhance(2.2), np.float32)
    peak = vivid.max(axis=2, keepdims=True) + 1
    bright = vivid / peak * 255
    edges = np.asarray(
        Image.fromarray((_edges(image) * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3)), np.float32
    )
    tubes = Image.fromarray(np.clip(bright * edges[..., None] / 255, 0, 255).astype(np.uint8))
    glow = ImageEnhance.Brightness(tubes.filter(ImageFilter.GaussianBlur(image.width / 110))).enhance(2.4)
    night = Image.blend(Image.new("RGB", image.size, "#0a0618"), ImageEnhance.Brightness(image).enhance(0.5), 0.55)
    lit = ImageChops.screen(ImageChops.screen(night, glow), tubes)
    return _grain(lit, seed, 2)


def paper_cut(image: Image.Image, seed: int) -> Image.Image:
    """Few tones, each a sheet of paper that throws a shadow on the one below."""
    tones = ImageOps.posterize(image.filter(ImageFilter.GaussianBlur(image.width / 900)), 4)
    calm = Image.blend(image, tones, 0.3)
    edges = Image.fromarray(
        (_edges(image.filter(ImageFilter.GaussianBlur(image.width / 700))) * 255).astype(np.uint8)
    ).filter(ImageFilter.MaxFilter(3))
    reach = max(2, image.width // 220)
    shadow = ImageChops.offset(edges.filter(ImageFilter.GaussianBlur(reach)), reach, reach + 1)
    light = ImageChops.offset(edges.filter(ImageFilter.GaussianBlur(0.7)), -1, -2)
    pixels: NDArray[Any] = np.asarray(calm, np.float32)
    pixels = pixels * (1 - np.asarray(shadow, np.float32)[..., None] / 255 * 0.75)
    pixels = pixels + (255 - pixels) * (np.asarray(light, np.float32)[..., None] / 255 * 0.3)
    fibre = _smooth_noise(pixels.shape[:2], seed, 3) * 6
    return _grain(Image.fromarray(np.clip(pixels + fibre[..., None], 0, 255).astype(np.uint8)), seed, 4)


def pixel_art(image: Image.Image, _seed: int) -> Image.Image:
    cells = 144 / max(image.size)
    small = image.resize((round(image.width * cells), round(image.height * cells)), Image.Resampling.BOX)
    vivid = ImageEnhance.Contrast(ImageEnhance.Color(small).enhance(1.2)).enhance(1.06)
    few = vivid.quantize(64, Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE).convert("RGB")
    return few.resize(image.size, Image.Resampling.NEAREST)


STYLES: dict[str, Callable[[Image.Image, int], Image.Image]] = {
    "painted": painted,
    "flat": flat,
    "paper-cut": paper_cut,
    "line-art": line_art,
    "neon": neon,
    "pixel": pixel_art,
}
