"""Enlarging: Lanczos in linear light, then sharpening that follows edges and leaves grain alone."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Report = Callable[[int, str], None]
CODES = np.arange(256, dtype=np.float32) / 255
TO_LINEAR = np.where(CODES <= 0.04045, CODES / 12.92, ((CODES + 0.055) / 1.055) ** 2.4).astype(np.float32)
STEPS = 4096
BAND = 256
LEVELS = np.arange(STEPS + 1, dtype=np.float32) / STEPS
TO_CODES = (np.where(LEVELS <= 0.0031308, LEVELS * 12.92, 1.055 * LEVELS ** (1 / 2.4) - 0.055) * 255 + 0.5).astype(
    np.uint8
)


def enlarge(image: Image.Image, factor: int, report: Report) -> Image.Image:
    size = (image.width * factor, image.height * factor)
    colour = image.convert("RGB")
    channels = []
    for at, channel in enumerate(colour.split()):
        report(20 + at * 18, f"Resampling {('red', 'green', 'blue')[at]} in linear light")
        channels.append(_resample(channel, size))
    report(75, "Sharpening edges")
    large = _sharpen(Image.merge("RGB", channels), factor)
    if image.mode == "RGBA":
        large.putalpha(image.getchannel("A").resize(size, Image.Resampling.LANCZOS))
    return large


def _resample(channel: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Held between the darkest and lightest neighbour: Lanczos would ring, in linear light most of all in the dark."""
    linear = Image.fromarray(TO_LINEAR[np.asarray(channel)])
    large = np.asarray(linear.resize(size, Image.Resampling.LANCZOS))
    codes = np.concatenate([_encode(large[band]) for band in _bands(len(large))])
    low = channel.filter(ImageFilter.MinFilter(3)).resize(size, Image.Resampling.BILINEAR)
    high = channel.filter(ImageFilter.MaxFilter(3)).resize(size, Image.Resampling.BILINEAR)
    return Image.fromarray(np.clip(codes, np.asarray(low), np.asarray(high)))


def _bands(rows: int) -> list[slice]:
    """A picture is worked on in parts: whole, its floats would take a gigabyte."""
    return [slice(top, top + BAND) for top in range(0, rows, BAND)]


def _encode(linear: NDArray[np.float32]) -> NDArray[np.uint8]:
    clipped = np.clip(linear, 0, 1)
    dark = clipped < 0.02
    codes = TO_CODES[(clipped * STEPS + 0.5).astype(np.uint16)]
    fine = clipped[dark]
    curve = np.where(fine <= 0.0031308, fine * 12.92, 1.055 * np.maximum(fine, 1e-9) ** (1 / 2.4) - 0.055)
    codes[dark] = (curve * 255 + 0.5).astype(np.uint8)
    return codes


def _sharpen(image: Image.Image, factor: int) -> Image.Image:
    """Adds detail to brightness along edges only, never beyond what its neighbours hold: no halos."""
    brightness, blue, red = image.convert("YCbCr").split()
    soft = np.asarray(brightness.filter(ImageFilter.GaussianBlur(factor * 0.6)))
    low, high = (np.asarray(brightness.filter(kind(3))) for kind in (ImageFilter.MinFilter, ImageFilter.MaxFilter))
    plain = np.asarray(brightness)
    sharp = np.concatenate([_sharper(*(one[band] for one in (plain, soft, low, high))) for band in _bands(len(plain))])
    merged = Image.merge("YCbCr", (Image.fromarray(sharp), blue, red))
    return merged.convert("RGB")


def _sharper(*layers: NDArray[np.uint8]) -> NDArray[np.uint8]:
    plain, soft, low, high = (layer.astype(np.float32) for layer in layers)
    along = np.clip((high - low - 3) / 24, 0, 1)
    sharp = np.clip(plain + (plain - soft) * along * 1.4, low, high)
    return (sharp + 0.5).astype(np.uint8)
