"""What a scene can hold: each thing, the words for it, where it belongs and how large it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`place`: land, water, air, sky, deep (under water), table, or scenery (drawn as part of the landscape).

    `size` is its height as a share of the picture when it stands near; `flock` how many a plain plural means.
    """

    place: str
    size: float = 0.2
    flock: int = 3
    words: str = ""


SCENERY = {
    "mountain": Kind("scenery", words="mountain mountains peak peaks alps summit ridge himalaya rockies cliffside"),
    "hill": Kind(
        "scenery",
        words="hill hills hillside hillsides valley valleys knoll highlands countryside moor moors slope",
    ),
    "field": Kind(
        "scenery",
        words="field fields meadow meadows grass grassland prairie pasture lawn garden park savanna farm steppe",
    ),
    "forest": Kind("scenery", words="forest forests woods woodland jungle grove rainforest orchard thicket wood"),
    "desert": Kind("scenery", words="desert dune dunes sahara sands wasteland"),
    "sea": Kind("scenery", words="sea ocean seas oceans waves wave bay harbor harbour coast seaside gulf lagoon port"),
    "lake": Kind("scenery", words="lake lakes fjord loch reservoir water"),
    "pond": Kind("scenery", words="pond ponds"),
    "river": Kind("scenery", words="river rivers stream creek canal brook"),
    "beach": Kind("scenery", words="beach beaches shore seashore coastline shoreline"),
    "island": Kind("scenery", words="island islands isle islet"),
    "cliff": Kind("scenery", words="cliff cliffs bluff precipice headland crag"),
    "volcano": Kind("scenery", words="volcano volcanoes volcanic"),
    "waterfall": Kind("scenery", words="waterfall waterfalls cascade"),
    "city": Kind("scenery", words="city cityscape skyline metropolis downtown skyscraper skyscrapers towers manhattan"),
    "street": Kind("scenery", words="street road path lane highway trail alley avenue"),
    "space": Kind("scenery", words="space galaxy cosmos nebula universe orbit"),
    "underwater": Kind("scenery", words="underwater seabed reef undersea"),
    "room": Kind(
        "scenery", words="room kitchen bedroom interior indoors cafe library windowsill table desk shelf studio"
    ),
}

SKY = {
    "sun": Kind("sky", 0.13, 2, "sun suns sunshine"),
    "moon": Kind("sky", 0.11, 2, "moon moons moonlight moonlit crescent"),
    "star": Kind("sky", 0.0, 1, "star stars starry starlight starlit constellation constellations"),
    "cloud": Kind("sky", 0.12, 5, "cloud clouds cloudy cloudscape"),
    "aurora": Kind("sky", 0.0, 1, "aurora auroras borealis northern-lights aurora-borealis polar-lights"),
    "rainbow": Kind("sky", 0.0, 1, "rainbow rainbows"),
    "lightning": Kind("sky", 0.0, 1, "lightning thunderstorm thunder thunderbolt"),
    "comet": Kind("sky", 0.2, 3, "comet comets meteor meteors shooting-star meteorite"),
    "planet": Kind("sky", 0.3, 3, "planet planets saturn jupiter mars"),
    "firework": Kind("sky", 0.26, 4, "firework fireworks"),
}

AIR = {
    "bird": Kind("air", 0.05, 6, "bird birds seagull seagulls gull gulls geese swallow swallows crow crows raven"),
    "eagle": Kind("air", 0.14, 2, "eagle eagles hawk hawks falcon falcons"),
    "butterfly": Kind("air", 0.09, 4, "butterfly butterflies moth moths"),
    "bee": Kind("air", 0.06, 4, "bee bees bumblebee"),
    "balloon": Kind("air", 0.27, 4, "balloon balloons hot-air-balloon hot-air-balloons"),
    "airship": Kind("air", 0.16, 2, "airship airships zeppelin zeppelins blimp"),
    "airplane": Kind("air", 0.13, 2, "airplane airplanes plane planes aeroplane jet aircraft biplane"),
    "kite": Kind("air", 0.2, 3, "kite kites"),
    "rocket": Kind("air", 0.36, 2, "rocket rockets spaceship spaceships spacecraft shuttle starship"),
    "satellite": Kind("air", 0.13, 2, "satellite satellites"),
    "ufo": Kind("air", 0.15, 3, "ufo ufos saucer saucers"),
    "dragon": Kind("air", 0.3, 2, "dragon dragons"),
    "lantern": Kind("air", 0.09, 9, "lantern lanterns"),
    "firefly": Kind("air", 0.0, 1, "firefly fireflies"),
    "owl": Kind("air", 0.15, 2, "owl owls"),
    "drone": Kind("air", 0.08, 3, "drone drones helicopter helicopters"),
}

WATER = {
    "boat": Kind("water", 0.26, 3, "boat boats sailboat sailboats sailing-boat yacht yachts dinghy sailing"),
    "rowboat": Kind("water", 0.09, 2, "rowboat rowboats canoe canoes kayak kayaks gondola gondolas raft"),
    "ship": Kind("water", 0.3, 2, "ship ships galleon frigate schooner"),
    "ferry": Kind(
        "water", 0.16, 2, "ferry ferries cruise-ship cargo-ship ocean-liner steamship steamer steamboat liner tugboat"
    ),
    "swan": Kind("water", 0.13, 3, "swan swans goose"),
    "duck": Kind("water", 0.09, 4, "duck ducks duckling ducklings"),
    "whale": Kind("water", 0.2, 2, "whale whales orca"),
    "dolphin": Kind("water", 0.14, 3, "dolphin dolphins porpoise"),
    "shark": Kind("water", 0.12, 2, "shark sharks"),
    "waterlily": Kind("water", 0.05, 7, "waterlily waterlilies lily-pads lilypads lotus lily-pad lotuses water-lilies"),
    "iceberg": Kind("water", 0.26, 3, "iceberg icebergs glacier glaciers ice"),
    "buoy": Kind("water", 0.12, 2, "buoy buoys"),
    "submarine": Kind("water", 0.16, 2, "submarine submarines"),
}

DEEP = {
    "fish": Kind("deep", 0.08, 7, "fish fishes goldfish shoal"),
    "koi": Kind("deep", 0.12, 5, "koi carp"),
    "jellyfish": Kind("deep", 0.2, 4, "jellyfish"),
    "octopus": Kind("deep", 0.28, 2, "octopus octopuses squid kraken"),
    "turtle": Kind("deep", 0.15, 3, "turtle turtles tortoise"),
    "coral": Kind("deep", 0.2, 7, "coral corals"),
    "seahorse": Kind("deep", 0.18, 3, "seahorse seahorses"),
}
