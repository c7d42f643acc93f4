"""Puts things where they belong: feet on land or water, the first-named one foremost, the others spread out."""

from random import Random

from agents.engines.scene.parse import KINDS, TREES, Item, Scene
from agents.engines.scene.pen import Sheet
from agents.engines.scene.sprites import Place
from agents.engines.scene.stage import Stage

UNIT = 1000.0
CARPET = {"flower", "tulip", "lavender", "wheat", "sunflower", "reed", "bush"}
WIDE = {
    "bridge": 5.6, "train": 5.6, "pier": 6.0, "bench": 1.9, "fence": 3.4, "bus": 2.3, "ferry": 2.2, "truck": 2.1,
    "dragon": 2.3, "submarine": 2.2, "airship": 2.5, "airplane": 2.3, "rowboat": 2.4,
    "car": 2.0, "van": 1.9,
    "whale": 2.2, "eagle": 3.0, "satellite": 2.0, "camel": 1.6, "castle": 1.3, "temple": 1.5,
    "bicycle": 1.7, "igloo": 1.7, "koi": 2.0,
    "dinosaur": 1.7, "cow": 1.5, "lion": 1.5, "elephant": 1.5, "bear": 1.3, "ship": 1.6, "ufo": 2.0, "turtle": 1.5,
}  # fmt: skip
ON_PERCH = {"lighthouse", "castle", "house", "church", "temple", "tower", "cabin", "observatory", "windmill", "palm"}
PERCHABLE = 0.24


class Layout:
    """Places one item after another, remembering what is taken."""

    def __init__(self, sheet: Sheet, scene: Scene, stage: Stage) -> None:
        self.sheet, self.scene, self.stage = sheet, scene, stage
        self.taken: list[tuple[float, float, str]] = []
        self.perched = 0
        self.turned: dict[str, bool] = {}  # a herd looks one way
        self.hero_share = 1.0
        things = [item for item in scene.items if item.place in {"land", "water", "air", "deep", "table"}]
        self.hero = next((item for item in things if item.kind not in CARPET | TREES), None)
        self.few = len(things) <= 2
        others = [KINDS[item.kind].size for item in things if item is not self.hero and item.place == "land"]
        self.tallest = max(others, default=0.0)
        self.crowded = any(item.kind in CARPET and item.count > 8 for item in things)
        self.ordered = sorted(things, key=lambda item: item is not self.hero)

    def places(self) -> list[Place]:
        placed: list[Place] = []
        for item in self.ordered:
            chance = self.sheet.chance(f"place {item.kind}")
            for index in range(item.count):
                placed.append(self._place(item, index, chance))
        return sorted(placed, key=lambda place: place.y)

    def _place(self, item: Item, index: int, chance: Random) -> Place:
        if item.kind == "coral":
            return self._on_land(item, index, chance)
        spot = {"air": self._in_air, "water": self._on_water, "deep": self._in_deep, "table": self._on_land}.get(
            item.place, self._on_land
        )
        if self.stage.setting in {"space", "underwater", "pond"} and item.kind != "waterlily":
            spot = self._afloat
        return spot(item, index, chance)

    def _height(self, item: Item) -> float:
        size = KINDS[item.kind].size
        if item.kind in CARPET and item.count <= 3:
            size = max(size, 0.3)
        if item is self.hero:
            boost = 1.55 if self.few else 1.3
            limit = max(size, min(0.42, self.tallest * 0.8 or 0.42))
            size = max(size, min(size * boost, limit)) if item.count <= 3 else size * 1.05
        elif self.few and item.place in {"land", "table"} and item.count <= 3:
            size = max(size, min(size * 1.4, 0.16))
        elif item.count > 4 and item.place in {"air", "deep"}:
            size *= 0.8
        if self.stage.setting == "room":
            size = min(0.5, size * (1.35 if item.place == "land" else 1.1))
        return size * UNIT * min(1.0, self.sheet.width / 900)

    def _free_x(self, item: Item, chance: Random, wide: float, *, lane: str) -> float:
        """The spot with the least overlap; the hero prefers a third of the width."""
        width = self.sheet.width
        margin = min(wide / 2, width * 0.3) + width * 0.03
        wanted = width * chance.choice((0.36, 0.62)) if item is self.hero and item.count == 1 else None
        best, best_cost = width / 2, float("inf")
        for _ in range(26):
            x = chance.uniform(margin, width - margin) if margin < width / 2 else width / 2
            cost = sum(max(0.0, (wide + w) / 2 * 0.95 - abs(x - at)) for at, w, where in self.taken if where == lane)
            if wanted is not None:
                cost += abs(x - wanted) * 0.8
            if cost < best_cost:
                best, best_cost = x, cost
            if cost == 0:
                break
        self.taken.append((best, wide, lane))
        return best

    def _wide(self, item: Item, height: float) -> float:
        return height * WIDE.get(item.kind, 0.85 if item.place == "land" else 1.3)

    def _on_land(self, item: Item, index: int, chance: Random) -> Place:
        if item.kind in CARPET and item.count > 8:
            return self._in_carpet(item, index, chance)
        height = self._height(item)
        if self.stage.perch and self._perches(item):
            return self._on_perch(item, index, height, chance)
        top, bottom = self.stage.land
        share = max(0.0, min(1.0, 1.0 - height / UNIT * 1.75 + chance.uniform(-0.12, 0.12)))
        if item.count > 4:
            share = chance.random() ** 1.2 * 0.9
        if item.place == "table" or self.stage.setting == "room":
            share = 0.25 + 0.6 * chance.random()
        if item is self.hero and item.count == 1:
            share = self.hero_share = max(share, 0.72 if self.crowded else 0.45)
        elif KINDS[item.kind].size >= 0.3 and item.place == "land":
            share = min(share, max(0.0, self.hero_share - 0.12))
        near = 0.5 + 0.5 * share if self.stage.setting not in {"room", "beach", "lake"} else 0.8 + 0.2 * share
        height *= near if item is not self.hero else max(near, 0.85)
        height = min(height, (top + share * (bottom - top)) * 0.82)
        wide = self._wide(item, height)
        x = self._free_x(item, chance, wide, lane="land")
        if item.kind in {"bridge", "train"}:
            x = self.sheet.width * (0.5 if item.kind == "bridge" else 0.66)
        flip = self.turned.setdefault(item.kind, x > self.sheet.width * 0.55 and item.kind not in {"train"})
        return Place(item, index, x, top + share * (bottom - top), height, 0.3 * (1 - share), flip)

    def _perches(self, item: Item) -> bool:
        return item.kind in ON_PERCH or KINDS[item.kind].size >= PERCHABLE or self.stage.shore is None

    def _on_perch(self, item: Item, index: int, height: float, chance: Random) -> Place:
        assert self.stage.perch is not None  # noqa: S101 the caller saw it
        centre, foot = self.stage.perch
        offset = (0.0, -0.16, 0.15, -0.28, 0.27, -0.08, 0.08)[self.perched % 7]
        self.perched += 1
        x = centre + offset * self.sheet.width * 0.62
        y = foot + abs(offset) * 40 + chance.uniform(2, 10)
        return Place(item, index, x, y, min(height * 0.86, y * 0.86), 0.1, flip=x > self.sheet.width / 2)

    def _in_carpet(self, item: Item, index: int, chance: Random) -> Place:
        top, bottom = self.stage.land
        share = (index + chance.random()) / item.count
        y = top + (bottom + 30 - top) * share
        x = (index * 0.618 % 1) * self.sheet.width + chance.uniform(-20, 20)
        height = KINDS[item.kind].size * UNIT * (0.4 + 0.75 * share)
        return Place(item, index, x, y, height, 0.25 * (1 - share), chance.random() < 0.5)

    def _on_water(self, item: Item, index: int, chance: Random) -> Place:
        if self.stage.water is None:
            return self._on_land(item, index, chance)
        top, bottom = self.stage.water
        height = self._height(item)
        share = max(0.05, min(1.0, 0.95 - height / UNIT * 1.5 + chance.uniform(-0.25, 0.2)))
        if item.kind == "waterlily":
            share = chance.random()
        if item is self.hero and item.count == 1:
            share = max(0.5, share)
        height *= 0.55 + 0.45 * share
        y = top + share * (bottom - top)
        x = self._free_x(item, chance, self._wide(item, height), lane="water")
        if self.stage.setting == "river" and item.kind != "bridge":
            x = self.sheet.width * chance.uniform(0.44, 0.56)
        if item.kind == "pier":
            x, y = self.sheet.width * 0.1, bottom
        return Place(item, index, x, y, min(height, y * 0.8), 0.3 * (1 - share), chance.random() < 0.5)

    def _in_air(self, item: Item, index: int, chance: Random) -> Place:
        height = self._height(item) * (1.0 if index == 0 else chance.uniform(0.5, 0.9))
        top = height * 1.1 + self.sheet.height * 0.03
        y = max(top, self.stage.horizon * chance.uniform(0.4, 0.9))
        if item.kind in {"butterfly", "bee", "owl"}:
            y = self.sheet.height * chance.uniform(0.5, 0.72)
        x = self._free_x(item, chance, self._wide(item, height), lane="air")
        return Place(item, index, x, y, height, 0.12 if index else 0.0, chance.random() < 0.5)

    def _in_deep(self, item: Item, index: int, chance: Random) -> Place:
        """Fish where there is only a surface: they leap."""
        place = self._on_water(item, index, chance)
        place.y -= place.height * 0.4
        return place

    def _afloat(self, item: Item, index: int, chance: Random) -> Place:
        stage, height = self.stage, self._height(item)
        if stage.setting == "space" and item.kind not in {
            "rocket",
            "satellite",
            "ufo",
            "astronaut",
            "drone",
            "airship",
        }:
            return self._on_land(item, index, chance)
        if stage.setting == "underwater" and item.place in {"land", "table"}:
            return self._on_land(item, index, chance)
        top, bottom = stage.water or (self.sheet.height * 0.18, self.sheet.height * 0.82)
        wide = self._wide(item, height)
        x = self._free_x(item, chance, wide, lane=f"row {index % 3}")
        y = top + height + (bottom - top - height) * ((index * 0.382 + 0.3 + chance.uniform(-0.1, 0.1)) % 1)
        return Place(
            item, index, x, y, height * (1.0 if index == 0 else chance.uniform(0.75, 1.0)), 0.05, chance.random() < 0.5
        )
