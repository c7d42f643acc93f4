"""Opening, writing and inspecting pictures that people send and engines make."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from agents.delivery import Delivery, File, Media, RunFailed

MAX_PIXELS = 40_000_000
SMALL = 2_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
FEWEST_COLOURS = 8
FORBIDDEN_ELEMENTS = {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler"}
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)


def _unreadable(message: str) -> RunFailed:
    return RunFailed(message, code="INPUT_UNREADABLE")


def open_picture(media: Media) -> Image.Image:
    """The picture upright, as RGB or RGBA. Raises RunFailed (INPUT_UNREADABLE) for what is none or is too large."""
    try:
        return _decode(media.data)
    except RunFailed:
        raise
    except UnidentifiedImageError as error:
        raise _unreadable("This file is not a picture we can read. Please send a PNG, JPEG, WebP or GIF.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except Exception as error:  # decoders raise nearly anything on a broken file
        raise _unreadable("This picture is damaged or cut short. Please save it again and resend it.") from error


def _too_large() -> RunFailed:
    return _unreadable(f"This picture has more than {MAX_PIXELS // 1_000_000} megapixels. Please send a smaller one.")


def _decode(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise _too_large()
        opened.load()
        return _eight_bit(_upright(opened))


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its Exif says, as it is where that is nonsense: the pixels are whole."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # the Exif of a broken writer raises nearly anything
        return image


def _eight_bit(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def flattened(image: Image.Image) -> Image.Image:
    """Without transparency, on white."""
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return flat


def notes_in(data: bytes) -> dict[Any, Any]:
    """The texts a picture carries beside its pixels; none for what does not open."""
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as opened:
            return dict(opened.info)
    except Exception:  # decoders raise nearly anything on a broken file
        return {}


def png_bytes(image: Image.Image, notes: dict[str, str] | None = None) -> bytes:
    """`notes` are texts to carry along, ASCII under short names."""
    buffer, carried = BytesIO(), PngInfo()
    for name, text in (notes or {}).items():
        carried.add_text(name, text)
    image.save(buffer, "PNG", pnginfo=carried, compress_level=6 if image.width * image.height < SMALL else 2)
    return buffer.getvalue()


def png_file(name: str, image: Image.Image, notes: dict[str, str] | None = None) -> File:
    return File(name=name, kind="image", content_type="image/png", data=png_bytes(image, notes))


def svg_file(name: str, markup: str) -> File:
    return File(name=name, kind="vector", content_type="image/svg+xml", data=markup.encode())


def _invalid(message: str) -> RunFailed:
    return RunFailed(message, code="DELIVERY_INVALID")


def check_files(delivery: Delivery, names: Iterable[str]) -> None:
    """Every promised file is there, opens, and shows something. Raises RunFailed (DELIVERY_INVALID)."""
    files = {file.name: file for file in delivery.files}
    for name in names:
        if name not in files:
            raise _invalid(f"{name} is missing from the result.")
    for file in delivery.files:
        if file.content_type == "image/svg+xml":
            check_svg(file)
        else:
            check_png(file, delivery.output)


def check_png(file: File, promised: dict[str, object]) -> None:
    try:
        with Image.open(BytesIO(file.data), formats=("PNG",)) as opened:
            opened.load()
            image = opened.convert("RGB")
    except Exception as error:  # decoders raise nearly anything on a broken file
        raise _invalid(f"{file.name} does not open as a picture.") from error
    wanted = (promised.get("width"), promised.get("height"))
    if image.size != wanted:
        raise _invalid(f"{file.name} is {image.width} by {image.height}, not {wanted[0]} by {wanted[1]} as promised.")
    if distinct_colours(image) < FEWEST_COLOURS and not promised.get("plain"):
        raise _invalid(f"{file.name} is blank.")


def distinct_colours(image: Image.Image) -> int:
    """How many colours there are, counted to 4,096: more than that is never asked."""
    small = image.convert("RGB")
    small.thumbnail((512, 512), Image.Resampling.NEAREST)
    colours = small.getcolors(maxcolors=4096)
    return 4096 if colours is None else len(colours)


def check_svg(file: File) -> None:
    try:
        root = ET.fromstring(file.data)  # noqa: S314 our own markup, and entities are refused below
    except ET.ParseError as error:
        raise _invalid(f"{file.name} is not well-formed.") from error
    if b"<!ENTITY" in file.data or _local(root.tag) != "svg":
        raise _invalid(f"{file.name} is not a plain SVG picture.")
    for element in root.iter():
        if _local(element.tag).lower() in FORBIDDEN_ELEMENTS:
            raise _invalid(f"{file.name} holds a <{_local(element.tag)}>, which pictures may not.")
        if _reaches_out(element):
            raise _invalid(f"{file.name} reaches outside itself.")
    if sum(1 for _ in root.iter()) < 3:
        raise _invalid(f"{file.name} is blank.")


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _reaches_out(element: ET.Element) -> bool:
    for name, value in element.attrib.items():
        key = _local(name).lower()
        if key.startswith("on") or (key == "href" and not value.startswith("#")):
            return True
        if OUTSIDE.search(value):
            return True
    return _local(element.tag) == "style" and bool(OUTSIDE.search(element.text or ""))
