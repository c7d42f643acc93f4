"""Words about light, weather, seasons, numbers and parts, and those that name nothing to draw."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TIMES = {
    "dawn": "dawn daybreak first-light", "sunrise": "sunrise",
    "morning": "morning early-morning", "noon": "noon midday day daytime daylight sunny bright-day",
    "afternoon": "afternoon", "sunset": "sunset sundown golden-hour evening",
    "dusk": "dusk twilight nightfall gloaming blue-hour",
    "night": "night nighttime night-sky moonlit moonlight starry starlit nocturnal tonight moonless",
    "midnight": "midnight",
}  # fmt: skip
NIGHT_THINGS = {"aurora", "firefly", "firework", "star", "comet"}

WEATHER = {
    "rain": "rain rainy raining drizzle downpour rainfall",
    "snow": "snowing snowfall snowstorm blizzard snowflakes falling-snow",
    "fog": "fog foggy mist misty haze hazy smoky",
    "storm": "storm stormy thunderstorm tempest thunder",
    "overcast": "overcast gloomy dreary cloudy",
    "clear": "clear cloudless",
}
SEASONS = {
    "spring": "spring springtime april may",
    "summer": "summer summertime july",
    "autumn": "autumn autumnal fall october november",
    "winter": "winter wintry snow snowy snowcovered snow-covered snow-capped snowcapped frozen frosty december",
}

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "lone": 1, "lonely": 1, "solitary": 1, "two": 2, "pair": 2, "twin": 2,
    "couple": 2, "three": 3, "trio": 3, "triple": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "few": 3, "several": 4, "some": 3, "many": 8,
    "flock": 8, "herd": 6, "row": 5, "group": 4, "hundreds": 18, "countless": 16, "lots": 9, "both": 2,
}  # fmt: skip
MOST = 24

PARTS = _words(
    "sail sails roof roofs rooftop door doors window windows wall walls hat scarf mane tail flag stripe stripes collar "
    "spots wings wing leaf leaves petals hull trunk eyes dome shutters armor armour dress coat jacket shirt hair cap "
    "sails shell beak funnel banner nose handle balloon-basket ribbon light-beam candles icing trim accents"
)
WEARS_MAIN = _words("dress coat jacket shirt armor armour walls wall hull petals leaves leaf shell")
LIGHTS = _words("light lights glow window windows")

PREPOSITIONS = _words("with under over on in at by near beside behind above below beneath across along through of")

SILENT = _words(
    """the a an and or of in on at by to from with without into onto over under above below behind beside near between
    across along through around up down off out as like is are was be being it its his her their this that these those
    there where while during before after against toward towards beyond inside outside next not no very so too all
    every each both we you i my our your who which has have had seen view scene picture image painting illustration
    drawing photo photograph art artwork style background foreground middle distance horizon side front top edge
    center centre left right corner light lights glow glowing shadow shadows reflection reflections reflected colors
    colours color colour palette tones hues shades hint touch detail details atmosphere mood time hour season weather
    day air ground land earth world nature landscape scenery place sky skies heaven heavens full big small large tiny
    huge giant little tall short long wide narrow old ancient new young high low deep far distant close empty quiet
    calm peaceful serene silent lonely lone single beautiful pretty lovely cute happy sad bright dark dim pale warm cold
    cool hot soft gentle wild rough smooth thick thin dense rolling winding wooden stone-built brick red-hot rustic cozy
    cosy magical mystical dreamy surreal fantasy epic dramatic cinematic minimal minimalist simple vintage retro modern
    futuristic abandoned busy crowded tranquil majestic mighty grand vast endless lush dry wet fresh crisp clear snow
    painted paper low-poly isometric watercolor watercolour oil flat neon ink pixel vector cartoon realistic detailed
    covered filled made lit looks look sits sit stands stand rises rise sets set falls fall grows grow floats float
    flies fly runs run walks walk swims swim sleeps sleep shines shine hangs hang drifts drift passes pass overlooks
    flock herd row group pair couple dozen few several some many lots hundreds countless trio number bunch first last
    second third just only also again still almost half more most such much tea north south east west northern southern
    tropical arctic alpine medieval japanese chinese dutch french italian greek african english mediterranean nordic
    early late golden-hour evening wind windy breeze smoke steam dust silhouette silhouettes reflecting shimmering
    am pm real great good best super ultra hd 4k 8k high-quality masterpiece please make create draw show me want
    fluffy spotted striped tabby fat skinny sleek dappled furry fuzzy round square pointed twisted crooked leaning
    open closed bare blooming ripe fallen broken autumn-colored sleepy lazy brave proud curious friendly playful
    abstract stack lot rows herds flocks cluster clusters pile bowl pirate party crew snow-white blood sea-green"""
)
SILENT_ENDINGS = ("ing", "ed", "ly", "ful", "ous", "ish", "less", "ern", "-like")

LIKENESS = {
    "tiger": ("lion", "#e8862c"), "leopard": ("lion", "#d9a845"), "panther": ("lion", "#2c2c35"),
    "cheetah": ("lion", "#dfb45a"), "donkey": ("horse", "#8d8a88"), "zebra": ("horse", "#f0efec"),
    "mule": ("horse", "#75604e"), "llama": ("camel", "#e9dcc4"), "alpaca": ("camel", "#efe4d0"),
    "hippo": ("elephant", "#8f7f8c"), "rhino": ("elephant", "#83858a"), "polar-bear": ("bear", "#f3f1ea"),
    "raccoon": ("fox", "#6d7077"), "puffin": ("penguin", "#2a2f3d"), "turkey": ("hen", "#6b4630"),
    "peacock": ("hen", "#1f7f9a"), "parrot": ("eagle", "#2f9e55"), "bat": ("eagle", "#2b2735"),
    "pelican": ("swan", "#f2ece0"), "monkey": ("bear", "#7a5138"), "gorilla": ("bear", "#3b3a40"),
    "mermaid": ("woman", "#2fa39a"), "ninja": ("person", "#22242b"), "monk": ("person", "#d9772c"),
    "angel": ("ghost", "#fdf8e8"), "fairy": ("butterfly", "#f1a7d9"), "elf": ("child", "#3f8f4f"),
    "motorcycle": ("bicycle", "#22242b"), "scooter": ("bicycle", "#3aa0a0"), "skyscraper-row": ("city", "#6f7f95"),
    "stadium": ("temple", "#cfc8bb"), "school": ("house", "#c77f4a"), "hospital": ("house", "#f2f2ef"),
    "museum": ("temple", "#e6dcc8"), "hotel": ("house", "#d9b48a"), "greenhouse": ("house", "#bfe3d6"),
    "pavilion": ("pagoda", "#c2483c"), "obelisk": ("tower", "#b9ab95"), "minaret": ("mosque", "#efe4cc"),
    "lily": ("flower", "#fbf3f7"), "orchid": ("flower", "#b35fc1"), "daffodil": ("tulip", "#f5cf2b"),
    "banana": ("lemon", "#f3d13a"), "orange-fruit": ("lemon", "#f0812a"), "glass": ("bottle", "#bfe0ee"),
    "jar": ("vase", "#b9784a"), "wagon": ("truck", "#8a5a3a"), "carriage": ("truck", "#6d2f4a"),
    "truckload": ("truck", "#3f76b8"), "jeep": ("car", "#4f7a4a"), "helicopter": ("drone", "#c94f3d"),
}  # fmt: skip
