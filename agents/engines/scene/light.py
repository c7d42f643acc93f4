"""The light of a scene: sky, haze and tint by time of day, bent by weather and by colours that were asked for."""

from dataclasses import dataclass, replace

from agents.engines.scene import colours


@dataclass(frozen=True)
class Light:
    """`tint` multiplies what the light falls on, by `strength`; `sun_at` is the height of sun or moon, 0 the top."""

    sky: tuple[str, ...]
    haze: str
    tint: str
    strength: float
    sun: str
    sun_at: float
    dark: bool = False
    stars: int = 0

    def on(self, colour: str, *, depth: float = 0.0, named: bool = False, subject: bool = False) -> str:
        """The colour as it looks in this light; `depth` 1 is the horizon. Colours that were asked for keep more."""
        strength = self.strength * (0.5 if named else 0.72 if subject else 1.0)
        lit = colours.mix(colour, colours.multiply(colour, self.tint), strength)
        return colours.mix(lit, self.haze, min(0.9, depth * (0.45 if named else 0.82)))


TIMES = {
    "dawn": Light(
        ("#3d4f86", "#8a7fb0", "#e6a9ab", "#fbd7b4"), "#d9b4bd", "#a99bc4", 0.62, "#ffe2b8", 0.56, stars=14
    ),
    "sunrise": Light(("#4f7fb8", "#a5b8d6", "#fbc9a0", "#ffdf9e"), "#f6cfae", "#f0c3a2", 0.5, "#fff0b5", 0.52),
    "morning": Light(("#5aa9dd", "#9fd2ea", "#d9eee6", "#fbf3d6"), "#d3e8e4", "#eef2e0", 0.25, "#fff9dc", 0.3),
    "noon": Light(("#2f8fe0", "#6cb9f0", "#a9dbf6", "#dff3fb"), "#c4e4f4", "#ffffff", 0.0, "#fffbe6", 0.15),
    "afternoon": Light(("#3f92d2", "#86c0e2", "#c9e2e2", "#f5ead0"), "#dbe3d8", "#fff0d6", 0.22, "#fff4cf", 0.26),
    "sunset": Light(("#43306f", "#a8457c", "#f0694f", "#ffb95c"), "#ee8f63", "#e69a7c", 0.6, "#ffe08a", 0.54),
    "dusk": Light(("#1c2155", "#4b3c82", "#9a5a92", "#e59a8b"), "#8a6796", "#9a8cc4", 0.62, "#ffd9a8", 0.5, True, 45),
    "night": Light(("#060b22", "#0f1c47", "#1d3566", "#39557f"), "#2c4672", "#5f7dc0", 0.8, "#f6efd6", 0.2, True, 190),
    "midnight": Light(
        ("#03040f", "#080f2b", "#101f4a", "#1d3360"), "#182c56", "#4a66ac", 0.86, "#e9ecf5", 0.16, True, 260
    ),
}  # fmt: skip


def light_for(time: str, weather: frozenset[str], sky: str | None, palette: tuple[str, ...]) -> Light:
    light = TIMES[time]
    if weather & {"rain", "storm", "overcast", "snow", "fog"}:
        light = _clouded(light, heavy="storm" in weather)
    if sky:
        light = _sky_in(light, sky, 0.95)
    elif palette:
        light = _sky_in(light, palette[0], 0.6)
        if len(palette) > 1:
            stops = (*light.sky[:-1], colours.mix(light.sky[-1], palette[1], 0.65))
            light = replace(light, sky=stops, haze=colours.mix(light.haze, palette[1], 0.4))
    return light


def _clouded(light: Light, *, heavy: bool) -> Light:
    veil = "#2f3744" if heavy else "#9aa6b2"
    if light.dark:
        veil = "#10151f" if heavy else "#2a3446"
    share = 0.62 if heavy else 0.48
    stops = tuple(colours.mix(stop, veil, share) for stop in light.sky)
    return replace(
        light,
        sky=stops,
        haze=colours.mix(light.haze, veil, share),
        tint=colours.mix(light.tint, veil, 0.4),
        strength=min(0.95, light.strength + 0.2),
        stars=0 if heavy else light.stars // 5,
    )


def _sky_in(light: Light, colour: str, strength: float) -> Light:
    stops = tuple(colours.recolour(stop, colour, strength) for stop in light.sky)
    haze = colours.recolour(light.haze, colour, strength * 0.8)
    return replace(light, sky=stops, haze=haze, tint=colours.mix(light.tint, colour, 0.2))
