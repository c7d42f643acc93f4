"""The colours of a photo, zone by zone: a plain measure, and no guess about who is in it."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from agents.engines.scene import colours

SIDE = 160
ZONES = {
    "hair": [(0.34, 0.06, 0.66, 0.24)],
    "skin": [(0.36, 0.30, 0.64, 0.58)],
    "clothes": [(0.28, 0.84, 0.72, 1.0)],
    "background": [(0.0, 0.0, 0.16, 0.3), (0.84, 0.0, 1.0, 0.3)],
}
"""Where each part is in a head-and-shoulders photo: left, top, right, bottom as shares."""


def zone_colours(photo: Image.Image) -> dict[str, str]:
    """The commonest colour of each zone."""
    flat = Image.new("RGB", photo.size, "white")
    flat.paste(photo, mask=photo.getchannel("A") if photo.mode == "RGBA" else None)
    pixels = np.asarray(flat.resize((SIDE, SIDE), Image.Resampling.BOX))
    return {zone: _commonest([_cut(pixels, box) for box in boxes]) for zone, boxes in ZONES.items()}


def _cut(pixels: NDArray[np.uint8], box: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    left, top, right, bottom = (round(share * SIDE) for share in box)
    return pixels[top:bottom, left:right].reshape(-1, 3)


def _commonest(patches: list[NDArray[np.uint8]]) -> str:
    """The mean of the fullest cell in a coarse grid of colours: steady against noise and small things."""
    points = np.concatenate(patches).astype(np.int64)
    cells = (points // 32) @ np.array([64, 8, 1])
    fullest = np.bincount(cells).argmax()
    red, green, blue = points[cells == fullest].mean(axis=0) / 255
    return colours.hex_of((float(red), float(green), float(blue)))
