"""`python -m benchmarks.sheets [FOLDER]`: contact sheets of what the local engines make, for docs/images."""

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import av
import django
from PIL import Image, ImageDraw, ImageFont

from agents.engines import avatar, avatar_words, fonts
from agents.engines.business import chart, columns, findings, prose
from agents.engines.scene import engine
from agents.runners import RUNNERS
from benchmarks import stand_in
from benchmarks.place import ROOT, SETTINGS

FOLDER = ROOT / "docs" / "images"
MOST_BYTES = 300_000
GAP, LABEL = 12, 44
TALLEST, MIDDLE = 400, 200
PAPER, INK = "#10151f", "#cfd8e6"
PICTURES = (
    ("An old windmill in a tulip field, spring morning, white clouds", "painted"),
    ("Two camels crossing orange dunes under a full moon", "flat"),
    ("A village in deep snow at night, warm windows, aurora", "painted"),
    ("Three hot-air balloons above green hills at dawn", "paper-cut"),
    ("Rainy city street at night with a yellow taxi", "neon"),
    ("A whale and a small boat on a stormy grey sea", "painted"),
    ("Castle on a cliff, autumn forest, geese in the sky", "line-art"),
    ("A cat on a windowsill, books and a lamp, evening", "flat"),
    ("Rocket over red desert, two moons, stars", "pixel"),
    ("Waterfall in a jungle with a parrot and a rainbow", "painted"),
    ("A bicycle under a cherry tree beside a pink lake", "paper-cut"),
    ("Fishing harbour at sunset, five boats and gulls", "painted"),
)
AVATARS = (
    ("A laughing woman with curly black hair and gold earrings, orange background", "portrait"),
    ("An old man with a white beard and square glasses, blue jumper", "portrait"),
    ("A surprised girl with pink hair and headphones", "peep"),
    ("A calm man in a turban with a moustache, green background", "peep"),
    ("A wizard with a purple hat", "pixel"),
    ("A knight with red hair", "pixel"),
    ("A chef with a moustache, white clothes, yellow background", "block"),
    ("An angry boy with blond hair in a red hoodie", "block"),
    ("A sad copper robot with one eye", "robot"),
    ("A happy green robot with antennas, dark blue background", "robot"),
    ("A furry blue creature with three eyes and horns", "creature"),
    ("A shy pink creature with big teeth", "creature"),
)
FILMS = (
    {"prompt": "A windmill turns in a green field. Geese fly over the river. Night falls and the stars come out.",
     "seconds": 9, "aspect": "16:9", "style": "painted"},
    {"prompt": "A launch video for a coffee shop in the old town", "seconds": 9, "aspect": "1:1", "style": "flat"},
    {"prompt": "A rocket leaves the red desert. It passes two moons. It lands among the mountains of a violet world.",
     "seconds": 9, "aspect": "9:16", "style": "neon"},
)  # fmt: skip
SALES = "\n".join(
    ["Date,Shop,Visitors,Revenue", *(
        f"{year}-{month:02}-01,{shop},{size + 12 * month},{size * 5 + year % 100 * 40 - 90 * abs(month - 7)}"
        for year in (2024, 2025) for month in range(1, 13) for shop, size in (("Harbour", 980), ("Old town", 640))
    )]
)  # fmt: skip
RETURNS = (
    "Reason,Orders,Net\nToo small,412,-8240\nDamaged in the post,96,-3310\nWrong colour,187,2150\nChanged mind,655,9400"
)
LETTER = (
    "The harbour market opens on Saturday. Forty traders sell bread, fish, flowers and bread again; the bread is "
    "baked on the quay. Traders pay 25 dollars a stall. Visitors came by ferry last year, 3,200 of them, and "
    "visitors asked for more bread, more benches and more ferries. The ferry runs every 20 minutes."
)


Cell = tuple[Image.Image, str]


def sheet(cells: list[Cell], across: int, width: int) -> Image.Image:
    """Pictures in rows, all of a row of one height, what was asked for below each."""
    rows = [strip(cells[place : place + across], width) for place in range(0, len(cells), across)]
    page = Image.new("RGB", (max(row.width for row in rows), GAP + sum(row.height for row in rows)), PAPER)
    top = GAP
    for row in rows:
        page.paste(row, ((page.width - row.width) // 2, top))
        top += row.height
    return page


def strip(cells: list[Cell], width: int) -> Image.Image:
    images = [image.copy() for image, _ in cells]
    for image in images:
        image.thumbnail((width, TALLEST), Image.Resampling.LANCZOS)
    step = max(MIDDLE, *(image.width for image in images)) + GAP
    height = max(image.height for image in images)
    row = Image.new("RGB", (GAP + step * len(cells), height + LABEL + GAP), PAPER)
    pen, font = ImageDraw.Draw(row), ImageFont.truetype(fonts.REGULAR, 13)
    for place, (image, (_, words)) in enumerate(zip(images, cells, strict=True)):
        left = GAP + place * step
        row.paste(image, (left, 0))
        for number, line in enumerate(wrapped(words, font, step - GAP)[:2]):
            pen.text((left, height + 6 + number * 17), line, INK, font)
    return row


def wrapped(words: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if font.getlength(longer) <= width else [*lines, word]
    return lines


def pictures() -> Iterator[tuple[Image.Image, str]]:
    for seed, (prompt, style) in enumerate(PICTURES, 11):
        drawn = engine.draw(prompt, seed=seed, style=style, shape="square", report=stand_in.silent)
        yield drawn.image, f"{prompt} ({style})"


def avatars() -> Iterator[tuple[Image.Image, str]]:
    for seed, (prompt, style) in enumerate(AVATARS, 11):
        drawn = avatar.draw(avatar_words.read(prompt), seed=seed, style=style)
        yield avatar.rasterise(drawn.svg), f"{prompt} ({style})"


def frames() -> Iterator[tuple[Image.Image, str]]:
    runner = RUNNERS["video-studio", "generate"]
    for seed, order in enumerate(FILMS, 5):
        delivery = runner.run(stand_in.Run(seed), runner.input(**order))
        with av.open(BytesIO(delivery.files[0].data)) as film:
            shown = [frame.to_image() for frame in film.decode(video=0)]
        lines = prose.sentences_of(str(order["prompt"]))
        for share in (0.08, 0.38, 0.62, 0.92):
            number = round(share * len(shown))
            yield shown[number], f"{number / 24:.1f} s: {lines[min(len(lines) - 1, int(share * len(lines)))]}"


def charts() -> Iterator[tuple[Image.Image, str]]:
    for table, wish in ((SALES, "Revenue"), (SALES, "Visitors by Shop"), (RETURNS, "Net")):
        rows = columns.columns_of([line.split(",") for line in table.splitlines()])
        found = findings.of_table(rows, table.count("\n"), wish)
        if found.picture:
            yield chart.draw(found.picture), found.sentences[0]
    found = prose.of_text(LETTER)
    if found.picture:
        yield chart.draw(found.picture), found.sentences[0]


def write(page: Image.Image, path: Path) -> None:
    """As JPEG, at the best quality that stays within the size."""
    for quality in (88, 82, 76, 70, 62, 54):
        page.save(path, "JPEG", quality=quality, optimize=True, progressive=True)
        if path.stat().st_size <= MOST_BYTES:
            break
    print(f"{path}: {page.width} by {page.height}, {path.stat().st_size // 1000} KB", flush=True)


def main() -> None:
    os.environ.update(SETTINGS, DATABASE_URL="postgres://localhost/none", REDIS_URL="redis://localhost")
    os.environ["DJANGO_SETTINGS_MODULE"] = "avatarg.settings"
    django.setup()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write(sheet(list(pictures()), 4, 300), folder / "pictures.jpg")
    write(sheet(list(avatars()), 4, 260), folder / "avatars.jpg")
    write(sheet(list(charts()), 2, 600), folder / "charts.jpg")
    write(sheet(list(frames()), 4, 300), folder / "films.jpg")


if __name__ == "__main__":
    main()
