"""Subjects that sell nothing: nature, stories, families, learning. And what fits where nothing is known."""

from agents.planning.topics import Topic

SEA = Topic(
    "sea", "sea ocean whale whales dolphin dolphins coral reef fish underwater lighthouse sailor island waves shark",
    "ambient", "dreamy", "a lighthouse above a violet sea with sailing boats at dusk",
    (
        "The sea is calm before the sun comes up.",
        "A whale rises and the waves close over it again.",
        "Far out a small boat waits for wind.",
        "Under the water the coral glows in every colour.",
        "A lighthouse counts the seconds of the night.",
        "The tide writes on the beach and wipes it clean.",
    ),
    trade=False, calls=("The sea keeps the rest of the story.", "Listen, and you can still hear it."),
)  # fmt: skip
NATURE = Topic(
    "nature", "nature forest forests tree trees mountain mountains river lake animal animals wildlife bird birds bee "
    "bees beekeeping fox wolf deer bear rain season seasons autumn spring winter summer snow desert volcano penguin "
    "penguins elephant",
    "cinematic", "calm", "a deer in a misty pine forest by a lake, first light, mountains",
    (
        "Mist hangs between the pine trees.",
        "A deer drinks from the lake and lifts its head.",
        "Birds cross the valley in one long line.",
        "Rain falls on the mountain and finds its way down.",
        "The flowers on the meadow last only a few weeks.",
        "At night the forest belongs to the owls and the stars.",
    ),
    trade=False, calls=("It is still there. Go and look.", "What is quiet lasts longest."),
)  # fmt: skip
SPACE = Topic(
    "space", "space planet planets mars moon star stars astronaut astronauts rocket galaxy universe telescope "
    "alien comet satellite orbit astronomy",
    "synthwave", "epic", "an astronaut on the moon with a rocket, planets and stars",
    (
        "A rocket stands in the first light of the morning.",
        "The clouds fall away and the sky turns black.",
        "An astronaut floats above the blue planet.",
        "The moon is grey, silent and very near.",
        "A comet passes, on a road of a thousand years.",
        "Between the stars there is room for every question.",
    ),
    trade=False, calls=("Somebody will go and see.", "Look up tonight."),
)  # fmt: skip
TALES = Topic(
    "tale", "story tale fairy dragon dragons knight princess wizard witch castle king queen magic magical "
    "ghost monster legend myth unicorn adventure pirate fantasy hero bedtime",
    "cinematic", "mysterious", "a castle on a hill at dusk, a dragon in the sky, a knight on a horse",
    (
        "Once, behind the mountains, there stood a castle.",
        "A light burned in its tower every night.",
        "One morning a traveller came along the road through the forest.",
        "The bridge was old and the river below it was wide.",
        "Nobody had told the traveller about the dragon.",
        "By moonlight even a dragon looks a little lonely.",
    ),
    trade=False, calls=("And that was only the first night.", "The rest they kept to themselves."),
)  # fmt: skip
FAMILY = Topic(
    "family", "birthday wedding anniversary grandma grandmother grandpa mother mum mom father dad family baby child "
    "children kids son daughter friend friends love christmas easter holiday-card valentine graduation retirement "
    "thank thanks congratulations newborn",
    "folk", "romantic", "balloons over a garden table with cake and candles, flowers, friends",
    (
        "Balloons rise over the garden.",
        "There is a cake on the table, with one candle too many.",
        "The children have picked flowers on the meadow.",
        "Old friends come up the path one after another.",
        "Somebody tells the story that everybody knows.",
        "In the evening the lanterns burn until late.",
    ),
    trade=False, calls=("This is for you.", "With love from all of us."),
)  # fmt: skip
LEARNING = Topic(
    "learning", "school teacher teachers student students lesson lessons course science physics chemistry "
    "biology maths mathematics history language photosynthesis gravity explain explains learn learning teach "
    "university library "
    "museum kindergarten classroom experiment cells volcanoes dinosaurs dinosaur evolution recycling grammar",
    "pop", "playful", "an open book on a table with a lamp, apples and a small robot",
    (
        "It begins with a question that fits into one line.",
        "Look at a tree: there is more going on than you see.",
        "Take it apart on the table and name each piece.",
        "Now put it together, one step after another.",
        "Children ask the best questions about it.",
        "Once you have seen it, the sky looks different.",
    ),
    trade=False, calls=("Now you know. Tell somebody.", "What would you like to ask next?"),
)  # fmt: skip
CITY = Topic(
    "city", "city town village street history war castle bridge rome paris london tokyo york berlin lisbon cathedral "
    "museum architecture train station harbour harbor memories memory grandfather old past century",
    "jazz", "nostalgic", "an old town with a bridge over the river, streetlamps and a tram at dusk",
    (
        "The first tram crosses the bridge in the morning.",
        "These houses have seen more than they tell.",
        "At noon the market fills the square.",
        "Every street has a name that somebody earned.",
        "The river goes on under the bridge, as it always has.",
        "At night the streetlamps draw the town once more.",
    ),
    trade=False, calls=("Walk slowly here.", "It all happened on this street."),
)  # fmt: skip
ANYTHING = Topic(
    "anything", "", "pop", "happy", "a wide landscape with hills, a winding path and two people at sunrise",
    (
        "It starts on an ordinary morning.",
        "A path leads up the hill, and two people take it.",
        "From up there the whole valley can be seen.",
        "Some things look small until you stand before them.",
        "Clouds pass, and the light changes everything.",
        "In the evening there is a story to tell by the fire.",
    ),
    trade=False, calls=("That is where it begins.", "And now it is your turn."),
)  # fmt: skip

SCENES = (SEA, NATURE, SPACE, TALES, FAMILY, LEARNING, CITY)
