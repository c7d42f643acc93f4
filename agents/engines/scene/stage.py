"""Where a scene plays, and which strips of the picture belong to land, water and air."""

from dataclasses import dataclass

from agents.engines.scene.lexicon_land import BUILDINGS, PLANTS, VEHICLES
from agents.engines.scene.parse import KINDS, Scene

OUTDOORS = {"mountain", "hill", "field", "forest", "desert", "sea", "lake", "river", "beach", "island", "cliff", "city"}
EARTHLY = OUTDOORS | {"street", "volcano", "waterfall", "pond"}
AT_HOME = {"flower", "tulip", "sunflower", "lavender", "pumpkin", "umbrella", "mushroom", "cactus", "bicycle"}
DEEP_ONLY = {"jellyfish", "octopus", "coral", "seahorse", "turtle"}


@dataclass(frozen=True)
class Stage:
    """Heights of the strips, in units from the top. `perch` is where buildings stand in open water."""

    setting: str
    horizon: float
    land: tuple[float, float]
    water: tuple[float, float] | None = None
    shore: float | None = None
    perch: tuple[float, float] | None = None


def setting_of(scene: Scene) -> str:
    for setting, holds in RULES:
        if holds(scene):
            return setting
    return "land"


def _places(scene: Scene) -> set[str]:
    return {item.place for item in scene.items}


def _in_room(scene: Scene) -> bool:
    if scene.has("room"):
        return True
    outdoors = any(item.kind in BUILDINGS | PLANTS | VEHICLES and item.kind not in AT_HOME for item in scene.items)
    return "table" in _places(scene) and not outdoors and not scene.has(*EARTHLY, "space", "underwater", "beach")


def _in_space(scene: Scene) -> bool:
    if scene.has("space"):
        return not scene.has(*EARTHLY)
    spacefaring = scene.has("planet", "satellite") or (scene.has("astronaut") and scene.has("moon", "star", "rocket"))
    return spacefaring and not scene.has(*EARTHLY) and not _grounded(scene)


def _grounded(scene: Scene) -> bool:
    return any(item.place in {"land", "water"} and item.kind not in {"astronaut", "robot"} for item in scene.items)


def _under_water(scene: Scene) -> bool:
    if scene.has("underwater"):
        return True
    deep = "deep" in _places(scene)
    return (
        deep
        and (scene.has(*DEEP_ONLY) or not scene.has(*EARTHLY))
        and not scene.has("pond", "koi", "beach", "boat", "ship")
    )


def _pond(scene: Scene) -> bool:
    return (scene.has("koi") or (scene.has("pond") and scene.has("fish", "waterlily"))) and not scene.has(
        "mountain", "sea", "city", "desert"
    )


def _at_sea(scene: Scene) -> bool:
    if scene.has("sea", "island"):
        return True
    return scene.has(
        "boat", "ship", "ferry", "whale", "dolphin", "shark", "buoy", "submarine", "iceberg"
    ) and not scene.has("lake", "river", "pond")


RULES = (
    ("room", _in_room),
    ("space", _in_space),
    ("underwater", _under_water),
    ("pond", _pond),
    ("beach", lambda scene: scene.has("beach")),
    ("city", lambda scene: scene.has("city") and not scene.has("desert")),
    ("sea", _at_sea),
    ("river", lambda scene: scene.has("river") or (scene.has("bridge") and not scene.has("lake", "pond"))),
    ("lake", lambda scene: scene.has("lake", "pond", "waterfall") or "water" in _places(scene)),
    ("lake", lambda scene: "deep" in _places(scene)),
    ("desert", lambda scene: scene.has("desert", "pyramid", "camel", "cactus") and not scene.has("forest", "field")),
    ("land", lambda scene: True),
)


SHARES: dict[str, tuple[float, tuple[float, float], tuple[float, float] | None, float | None]] = {
    "sea": (0.56, (0.87, 0.95), (0.63, 0.93), None),
    "beach": (0.48, (0.74, 0.95), (0.54, 0.64), 0.7),
    "lake": (0.5, (0.82, 0.96), (0.57, 0.76), 0.79),
    "city": (0.68, (0.78, 0.95), None, None),
    "waterfront": (0.6, (0.88, 0.96), (0.68, 0.85), None),
    "river": (0.52, (0.6, 0.95), (0.68, 0.9), None),
    "underwater": (0.1, (0.86, 0.96), (0.2, 0.8), None),
    "pond": (0.0, (0.1, 0.95), (0.12, 0.92), None),
    "space": (0.8, (0.88, 0.96), None, None),
    "room": (0.66, (0.76, 0.93), None, None),
    "desert": (0.5, (0.66, 0.95), None, None),
    "land": (0.58, (0.66, 0.95), None, None),
}
"""Horizon, strip of land, strip of water and edge of the near shore, as shares of the height."""


def stage_for(scene: Scene, width: float, height: float) -> Stage:
    setting = setting_of(scene)
    waterfront = setting == "city" and ("water" in _places(scene) or scene.has("sea", "lake", "river", "bridge"))
    horizon, land, water, shore = SHARES["waterfront" if waterfront else setting]
    if setting == "sea" and _has_small(scene) and not scene.has("island"):
        shore, water = 0.84, (0.63, 0.8)
    elif waterfront and _stands_on_land(scene):
        shore = 0.86
    return Stage(
        setting,
        horizon * height,
        (land[0] * height, land[1] * height),
        (water[0] * height, water[1] * height) if water else None,
        shore * height if shore else None,
        _perch(scene, setting, width, height),
    )


def _perch(scene: Scene, setting: str, width: float, height: float) -> tuple[float, float] | None:
    if setting == "sea" and (_stands_on_land(scene) or scene.has("island", "cliff")):
        return width * 0.7, height * 0.62
    if setting in {"land", "desert"} and scene.has("cliff"):
        return width * 0.64, height * 0.52
    return None


def _stands_on_land(scene: Scene) -> bool:
    return any(item.place == "land" for item in scene.items)


def _has_small(scene: Scene) -> bool:
    return any(item.place == "land" and KINDS[item.kind].size < 0.3 for item in scene.items)
