"""Things that chance shapes: trees and flowers, birds and butterflies. 100 is the height, 0,0 where the feet are."""

from collections.abc import Callable
from math import cos, pi, sin
from random import Random

from agents.engines.scene import colours
from agents.engines.scene.pen import Pen

BARK = "#6b4a33"


def _blob(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}"/>'


def _crown(pen: Pen, chance: Random, *, spread: float, middle: float) -> str:
    """Foliage: dark clumps behind, main ones over them, light ones where the light falls."""
    parts = []
    for fill, count, shift, size in (("dark", 9, 3.5, 1.0), ("main", 9, 0.0, 0.92), ("light", 6, -5.0, 0.5)):
        tone = pen.fills[fill] if fill != "light" else colours.mix(pen.fills["main"], pen.fills["light"], 0.45)
        for at in range(count):
            angle = 2 * pi * at / count + chance.uniform(-0.3, 0.3)
            reach = spread * chance.uniform(0.35, 0.72)
            x, y = reach * cos(angle) + shift * 0.8, middle + reach * 0.78 * sin(angle) + shift
            parts.append(_blob(x, y, spread * size * chance.uniform(0.34, 0.5), tone))
    return "".join(parts)


def _trunk(pen: Pen, colour: str, foot: float, top: float, height: float) -> str:
    fill = pen.fill(colour)
    return (
        f'<path d="M{-foot} 0Q{-top} {-height / 2} {-top} {-height}H{top}Q{top} {-height / 2} '
        f'{foot} 0Z" fill="{fill}"/>'
    )


def tree(pen: Pen, chance: Random) -> str:
    return _trunk(pen, BARK, 6, 3, 50) + _crown(pen, chance, spread=33, middle=-64)


def cherry(pen: Pen, chance: Random) -> str:
    branches = pen.draw(f"{BARK} arcs 3.5 M0 -34 Q-10 -50 -24 -58 M0 -34 Q12 -50 24 -56")
    petals = "".join(
        _blob(chance.uniform(-46, 46), chance.uniform(-40, 4), chance.uniform(0.7, 1.3), pen.fills["light"])
        for _ in range(16)
    )
    return _trunk(pen, BARK, 6, 3, 48) + branches + _crown(pen, chance, spread=36, middle=-64) + petals


def birch(pen: Pen, chance: Random) -> str:
    marks = "".join(
        f'<rect x="{chance.uniform(-3, 0):.1f}" y="{-y}" width="3" height="1.4" fill="{pen.fill("#3a3634")}"/>'
        for y in range(6, 66, 8)
    )
    crown = _crown(pen, chance, spread=24, middle=-70)
    return _trunk(pen, "#efece4", 3.4, 2, 84) + marks + crown


def pine(pen: Pen, chance: Random) -> str:
    parts = [_trunk(pen, BARK, 4, 2, 20)]
    wide = chance.uniform(25, 31)
    for foot, tall, share in ((-10, 40, 1.0), (-32, 36, 0.78), (-54, 32, 0.56), (-72, 29, 0.36)):
        w = wide * share
        left = (
            f"M0 {foot - tall}Q{-w * 0.35:.1f} {foot - tall * 0.4:.1f} {-w:.1f} "
            f"{foot}Q{-w * 0.4:.1f} {foot + 5} 0 {foot + 2}"
        )
        right = f"Q{w * 0.4:.1f} {foot + 5} {w:.1f} {foot}Q{w * 0.35:.1f} {foot - tall * 0.4:.1f} 0 {foot - tall}Z"
        parts.append(f'<path d="{left}{right}" fill="{pen.fills["main"]}"/>')
        parts.append(f'<path d="M0 {foot - tall}V{foot + 2}{right}" fill="{pen.fills["dark"]}" opacity=".6"/>')
        if pen.trim != BARK:
            snow = (
                f"M0 {foot - tall}Q{-w * 0.3:.1f} {foot - tall * 0.5:.1f} {-w * 0.6:.1f} "
                f"{foot - tall * 0.28:.1f}Q0 {foot - tall * 0.4:.1f} {w * 0.5:.1f} "
                f"{foot - tall * 0.34:.1f}Q{w * 0.3:.1f} {foot - tall * 0.5:.1f} 0 {foot - tall}Z"
            )
            parts.append(f'<path d="{snow}" fill="{pen.fills["trim"]}"/>')
    return "".join(parts)


def cypress(pen: Pen, _chance: Random) -> str:
    return _trunk(pen, BARK, 3, 2, 14) + (
        f'<path d="M0 -100C14 -74 15 -20 5 -8H-5C-15 -20 -14 -74 0 -100Z" fill="{pen.fills["main"]}"/>'
        f'<path d="M0 -100C14 -74 15 -20 5 -8H2C7 -40 6 -70 0 -100Z" fill="{pen.fills["dark"]}"/>'
    )


def palm(pen: Pen, chance: Random) -> str:
    lean = chance.choice((-16, -9, 9, 16))
    trunk = pen.draw(f"#8a6545 arcs 5 M0 0 Q{-lean * 0.5} -40 {lean} -80")
    parts = [trunk]
    for angle in (-168, -140, -108, -70, -38, -8, 18, -196):
        a = angle * pi / 180 + chance.uniform(-0.12, 0.12)
        x, y = lean + 34 * cos(a), -80 + 24 * sin(a) + 14
        mx, my = lean + 20 * cos(a), -80 + 24 * sin(a) - 8
        tone = pen.fills["main"] if angle % 4 else pen.fills["dark"]
        parts.append(
            f'<path d="M{lean} -80Q{mx:.1f} {my:.1f} {x:.1f} {y:.1f}Q{mx:.1f} {my + 11:.1f} {lean} '
            f'-80Z" fill="{tone}"/>'
        )
    return "".join(parts) + _blob(lean - 3, -77, 3, pen.fill("#6b4226")) + _blob(lean + 3, -76, 3, pen.fill("#6b4226"))


def bush(pen: Pen, chance: Random) -> str:
    parts = []
    for fill, lift in (("dark", 0), ("main", 10), ("light", 26)):
        tone = pen.fills[fill] if fill != "light" else colours.mix(pen.fills["main"], pen.fills["light"], 0.3)
        size = 40 if fill != "light" else 22
        parts += [_blob(x, -size * 0.8 - lift + chance.uniform(-6, 6), size, tone) for x in (-52, -16, 20, 54)]
    return "".join(parts)


def _stem(pen: Pen, x: float, top: float) -> str:
    return (
        f'<path d="M0 0Q{x * 0.3:.1f} {top * 0.5:.1f} {x:.1f} {top:.1f}" fill="none" '
        f'stroke="{pen.fill("#4d7d3a")}" stroke-width="6"/>'
    )


def flower(pen: Pen, chance: Random) -> str:
    x = chance.uniform(-16, 16)
    return _stem(pen, x, -76) + pen.draw(f"#4d7d3a oval {x * 0.4 + 10:.0f} -34 14 6\nmain flower {x:.1f} -78 30")


def tulip(pen: Pen, chance: Random) -> str:
    x = chance.uniform(-8, 8)
    cup = (
        f"M{x - 18:.1f} -96L{x - 8:.1f} -84L{x:.1f} -102L{x + 8:.1f} -84L{x + 18:.1f} "
        f"-96Q{x + 24:.1f} -56 {x:.1f} -52Q{x - 24:.1f} -56 {x - 18:.1f} -96Z"
    )
    leaf = pen.draw("#4d8a45 path M0 0 Q-26 -20 -20 -54 Q-4 -30 0 0 Z\n#4d8a45 path M0 0 Q24 -14 22 -44 Q6 -26 0 0 Z")
    return _stem(pen, x, -56) + leaf + f'<path d="{cup}" fill="{pen.fills["main"]}"/>'


def lavender(pen: Pen, chance: Random) -> str:
    x = chance.uniform(-10, 10)
    buds = "".join(
        _blob(x + (4 if at % 2 else -4), -40 - at * 7.5, 6.4 - at * 0.4, pen.fills["main" if at % 3 else "light"])
        for at in range(9)
    )
    return _stem(pen, x, -50) + buds


def wheat(pen: Pen, chance: Random) -> str:
    x = chance.uniform(-22, 22)
    stalk = f'<path d="M0 0Q{x * 0.2:.1f} -50 {x:.1f} -80" fill="none" stroke="{pen.fills["dark"]}" stroke-width="4"/>'
    return stalk + f'<ellipse cx="{x:.1f}" cy="-84" rx="6" ry="20" fill="{pen.fills["main"]}"/>'


def sunflower(pen: Pen, chance: Random) -> str:
    x = chance.uniform(-6, 6)
    rays = "".join(
        f'<ellipse cx="{x + 19 * cos(a):.1f}" cy="{-80 + 19 * sin(a):.1f}" rx="9" ry="4.6" '
        f'transform="rotate({a * 180 / pi:.0f} {x + 19 * cos(a):.1f} {-80 + 19 * sin(a):.1f})" '
        f'fill="{pen.fills["main"]}"/>'
        for a in (2 * pi * at / 14 for at in range(14))
    )
    leaves = pen.draw(
        "#4d8a45 path M0 -30 Q-26 -46 -30 -24 Q-14 -18 0 -30 Z\n#4d8a45 path M0 -40 Q24 -56 30 -34 Q14 -28 0 -40 Z"
    )
    return _stem(pen, x, -78) + leaves + rays + _blob(x, -80, 13, pen.fill("#5b3a22"))


def bamboo(pen: Pen, chance: Random) -> str:
    knots = "\n".join(f"dark line 1.2 -3,{-y} 3,{-y}" for y in range(12, 100, 14))
    leaves = "".join(
        f'<path d="M0 {-y}q{d * 12} {-6} {d * 24} 4q{-d * 12} 4 {-d * 24} -4z" '
        f'fill="{pen.fills["light" if y % 3 else "dark"]}"/>'
        for y in range(40, 100, 9)
        for d in (chance.choice((-1, 1)),)
    )
    return pen.draw(f"main box -2.6 -106 5.2 106 1\n{knots}") + leaves


def reed(pen: Pen, chance: Random) -> str:
    x = chance.uniform(-16, 16)
    return (
        f'<path d="M0 0Q0 -50 {x:.1f} -92" fill="none" stroke="{pen.fills["main"]}" stroke-width="3.4"/>'
        f'<path d="M0 0Q-14 -30 -30 -58" fill="none" stroke="{pen.fills["dark"]}" stroke-width="3"/>'
        f'<rect x="{x - 4:.1f}" y="-100" width="8" height="28" rx="4" fill="{pen.fill("#6b4226")}"/>'
    )


def rock(pen: Pen, chance: Random) -> str:
    a, b = chance.uniform(-20, 0), chance.uniform(20, 50)
    return (
        f'<path d="M-86 0L-70 -46 {a:.0f} -98 {b:.0f} -82 78 -34 90 0Z" fill="{pen.round["main"]}"/>'
        f'<path d="M{a:.0f} -98L{b:.0f} -82 78 -34 90 0H10L{b - 18:.0f} -48Z" fill="{pen.fills["dark"]}" opacity=".6"/>'
    )


def coral(pen: Pen, chance: Random) -> str:
    parts = []
    for _ in range(5):
        x, tall = chance.uniform(-36, 36), chance.uniform(56, 100)
        fork = chance.uniform(10, 22)
        parts.append(f"main arcs 10 M0 0 Q{x * 0.3:.0f} {-tall / 2:.0f} {x:.0f} {-tall:.0f}")
        parts.append(f"dark arcs 7 M{x * 0.5:.0f} {-tall * 0.55:.0f} q{fork:.0f} -8 {fork:.0f} -30")
    return pen.draw("\n".join(parts))


def bird(pen: Pen, chance: Random) -> str:
    lift, tip = chance.uniform(40, 90), chance.uniform(10, 50)
    wing = (
        f"M-130 {-tip - 40:.0f}Q-70 {-lift - 60:.0f} 0 -30Q70 {-lift - 60:.0f} 130 "
        f"{-tip - 40:.0f}Q60 {-lift - 16:.0f} 6 4Q-60 {-lift - 16:.0f} -130 {-tip - 40:.0f}Z"
    )
    return f'<path d="{wing}" fill="{pen.fills["main"]}"/>'


GROWTH: dict[str, tuple[str, str, Callable[[Pen, Random], str]]] = {
    "tree": ("#4f8f4a", BARK, tree),
    "pine": ("#2f6b4f", BARK, pine),
    "birch": ("#a8b84a", BARK, birch),
    "palm": ("#3f9550", BARK, palm),
    "cherry": ("#f4a9c4", BARK, cherry),
    "cypress": ("#2f6048", BARK, cypress),
    "bush": ("#4a8a4f", BARK, bush),
    "flower": ("#e2557a", BARK, flower),
    "tulip": ("#e0453f", BARK, tulip),
    "lavender": ("#8a6bd0", BARK, lavender),
    "wheat": ("#dcb04a", BARK, wheat),
    "sunflower": ("#f5bf2b", BARK, sunflower),
    "bamboo": ("#6fa84a", BARK, bamboo),
    "reed": ("#7a8f45", BARK, reed),
    "rock": ("#868b93", BARK, rock),
    "coral": ("#f0705f", BARK, coral),
    "bird": ("#2b3040", BARK, bird),
}
