"""What the planner knows to say and to show of common subjects: trades here, scenes in `scenery`."""

from dataclasses import dataclass

from agents.engines.music.genre import GenreName
from agents.engines.music.moods import MoodName


@dataclass(frozen=True, slots=True)
class Topic:
    """`words` are those that tell of it, `look` is for a picture, `lines` are for a film: each can be said and drawn.

    A `trade` has customers, whom it may speak to as “we”.
    """

    name: str
    words: str
    genre: GenreName
    mood: MoodName
    look: str
    lines: tuple[str, ...]
    trade: bool = True
    calls: tuple[str, ...] = ("Come and see us.", "We look forward to seeing you.", "Drop by and say hello.")


BAKERY = Topic(
    "bakery", "bakery bakeries baker bread croissant croissants cake cakes cupcake patisserie pastry pastries "
    "sourdough",
    "folk", "happy", "a bakery stall with warm windows at sunrise, cake and a cup of coffee on a table",
    (
        "The ovens are lit while the town still sleeps under the stars.",
        "Warm bread leaves the oven at sunrise.",
        "A cake and two cups of coffee wait on the table.",
        "Children press their noses to the shop window.",
        "Every loaf is made by hand, from flour, water and time.",
        "Friends meet on the street, each with a paper bag in hand.",
    ),
    calls=("Come in while the bread is warm.", "See you at the counter.", "Come early, the best loaves go first."),
)  # fmt: skip
CAFE = Topic(
    "café", "cafe café cafes coffee coffeehouse espresso barista tearoom teahouse tea roastery",
    "jazz", "calm", "two cups of coffee on a table by the window, potted plant, a lamp",
    (
        "The first cup of coffee is ready before the street wakes up.",
        "A quiet table by the window, a book and a little time.",
        "Friends meet here and forget to look at the clock.",
        "The beans are roasted slowly, a few pounds at a time.",
        "A slice of cake makes the afternoon longer.",
        "In the evening the lamps are lit and the talk goes on.",
    ),
    calls=("Your table is waiting.", "Come in, the coffee is on.", "See you over a cup."),
)  # fmt: skip
RESTAURANT = Topic(
    "restaurant",
    "restaurant restaurants bistro pizzeria pizza trattoria diner food kitchen chef sushi taco tacos burger burgers "
    "menu catering brewery beer winery wine vineyard bar pub cooking recipe recipes ramen",
    "latin", "romantic", "a table with wine bottles, lemons and candles in the evening, a lamp",
    (
        "In the morning the market stalls are full of colour.",
        "Lemons, herbs and tomatoes go straight into the kitchen.",
        "Candles are lit on every table.",
        "A bottle of wine, good friends and no hurry at all.",
        "What is on the plate has a name, a season and a story.",
        "Outside the city lights come on, inside it smells of dinner.",
    ),
    calls=("Take a seat at our table.", "Dinner is nearly ready.", "Come hungry."),
)  # fmt: skip
FITNESS = Topic(
    "fitness", "gym gyms fitness workout running runner marathon trainer training sport sports crossfit pilates boxing "
    "football soccer basketball tennis cycling swim swimming climbing athlete athletes club",
    "house", "energetic", "runners on a mountain road at sunrise, people, clear sky",
    (
        "The road is empty and the sun is only just up.",
        "One step, then another, up the long hill.",
        "Friends keep you going where you would stop alone.",
        "The mountain looks smaller every week.",
        "Rain or shine, the people who train here turn up.",
        "At sunset you are stronger than you were this morning.",
    ),
    calls=("Your first step is the door.", "Start this week.", "Come and train with us."),
)  # fmt: skip
CALM = Topic(
    "wellness", "yoga spa massage meditation mindfulness wellness therapy therapist retreat sauna sleep breathing "
    "health doctor dentist clinic nurse care hospital pharmacy physiotherapy",
    "ambient", "calm", "a calm lake at dawn with water lilies and one tree, mist",
    (
        "Morning mist lies over a quiet lake.",
        "Breathe in, and let the shoulders fall.",
        "Water lilies open when nobody hurries them.",
        "A candle, a cup of tea and an hour for yourself.",
        "Somebody listens before anything is done.",
        "You walk home through the trees, lighter than you came.",
    ),
    calls=("Take the hour that is yours.", "We are here when you need us.", "Come and rest a while."),
)  # fmt: skip
SOFTWARE = Topic(
    "software", "app apps software saas startup platform tool tools ai website dashboard data cloud tech technology "
    "computer cyber security coding developers developer automation productivity gadget device smartwatch phone",
    "synthwave", "energetic", "a city skyline at dusk with satellites and stars, neon light",
    (
        "The city runs on a thousand small tasks.",
        "Most of them could be done while you sleep under the stars.",
        "A small robot takes over the dull part.",
        "What took a morning takes one cup of coffee.",
        "Everything that matters stands on one table, in plain sight.",
        "At sunset the work is done and the bicycle is waiting.",
    ),
    calls=("Try it today.", "See what it does for you.", "Start in a minute, stay for years."),
)  # fmt: skip
TRAVEL = Topic(
    "travel", "travel trip trips holiday holidays vacation tour tours tourism hotel hostel resort cruise "
    "airline flight surf surfing sailing camping hiking hike adventure island beach airbnb safari ski skiing lodge",
    "latin", "happy", "a beach with palm trees, a sailing boat on a turquoise sea, bright sun",
    (
        "A small boat leaves the bay at sunrise.",
        "The beach is long and the palm trees know nothing of Monday.",
        "Behind the village the path climbs to the mountain.",
        "An airplane draws a line over the sea.",
        "In the evening a campfire burns on the shore.",
        "The stars are brighter where the road ends.",
    ),
    calls=("Pack a small bag.", "The rest is waiting for you.", "Come along."),
)  # fmt: skip
PETS = Topic(
    "pets", "pet pets dog dogs puppy cat cats kitten vet veterinary grooming kennel shelter adoption walker walking",
    "folk", "playful", "a happy dog and a cat on a meadow with flowers, sunny morning",
    (
        "A dog waits by the door long before the walk.",
        "Through the park, past every single tree.",
        "The cat pretends that none of this matters.",
        "Somebody throws a ball over the meadow, again and again.",
        "Two puppies meet and are friends at once.",
        "In the evening there is a tired dog in front of the fire.",
    ),
    calls=("Your best friend will thank you.", "Bring them along.", "They are in good hands."),
)  # fmt: skip
FASHION = Topic(
    "fashion", "fashion clothes clothing boutique shoes sneakers jewellery jewelry jewelers dress hair hairdresser "
    "barber salon beauty cosmetics tattoo perfume sunglasses watch tailor nails",
    "funk", "playful", "a woman in a red dress on a city street with streetlamps at dusk",
    (
        "The street is grey until you walk down it.",
        "A woman in a red coat crosses the bridge.",
        "Good things are made slowly, with a steady hand.",
        "Flowers on the table, a mirror and the right light.",
        "The city notices, even if it says nothing.",
        "At night the streetlamps are yours.",
    ),
    calls=("Wear what is yours.", "Come and try it on.", "Find the one that fits."),
)  # fmt: skip
HOMES = Topic(
    "homes", "house houses home homes apartment flat realtor architect architecture furniture interior carpenter "
    "plumber builder construction renovation roof cleaning garage electrician property mortgage moving",
    "pop", "nostalgic", "a house with warm windows under tall trees at sunset, a bench and flowers",
    (
        "A house stands at the end of a quiet street.",
        "In the morning the sun comes in over the kitchen table.",
        "Good hands and straight lines hold up every roof.",
        "The garden has room for a tree and a bench.",
        "Children run up the path before the boxes are unpacked.",
        "In the evening there is light in the windows.",
    ),
    calls=("Come home.", "Have a look around.", "Let us talk about your walls."),
)  # fmt: skip
SHOPS = Topic(
    "shop", "shop shops store market grocery florist flowers flower bookshop bookstore books toy toys bicycle "
    "bike bikes repair garden gardening plants farm farmers honey soap candle candles ceramics pottery craft crafts "
    "handmade "
    "product products brand sale company business startup-idea customers service agency",
    "pop", "happy", "a small shop on a village street with flowers, people and bicycles, morning light",
    (
        "On the corner of the street a small shop opens its doors.",
        "People stop, look and come in.",
        "Flowers by the door, and everything in its place.",
        "Behind each thing on the table there is a pair of hands.",
        "You may ask anything, and somebody has time to answer.",
        "When the lamps go on, the last customer leaves with a smile.",
    ),
)  # fmt: skip
EVENTS = Topic(
    "event", "festival concert party gig event fair carnival exhibition parade ball gala conference meetup "
    "fundraiser charity raffle theatre theater circus band dj dance club-night",
    "funk", "energetic", "a fairground with a ferris wheel, fireworks and a crowd of people at night, lanterns",
    (
        "Lanterns are hung between the trees.",
        "The stage is small and the guitars are loud.",
        "People come from every street of the town.",
        "A ferris wheel turns slowly above the crowd.",
        "Strangers dance until they are friends.",
        "Fireworks open over the roofs at midnight.",
    ),
    calls=("Save the date.", "Bring your friends.", "Be there."),
)  # fmt: skip
MOBILITY = Topic(
    "mobility", "car cars electric scooter scooters delivery taxi bus train transport logistics driving truck ebike "
    "motorbike vehicle charging solar energy climate sustainability recycling green renewable battery",
    "techno", "epic", "wind turbines and a train in green hills at sunrise, clear sky",
    (
        "Windmills turn above the green hills.",
        "A train slides through the valley without a sound.",
        "The street belongs to bicycles and to children again.",
        "The sun does the work that smoke used to do.",
        "Small steps, taken by a whole city.",
        "The sky is clear in the morning, and it stays that way.",
    ),
    calls=("Come along for the ride.", "Change starts at your door.", "Go the short way."),
)  # fmt: skip

TRADES = (
    BAKERY, CAFE, RESTAURANT, FITNESS, CALM, PETS, FASHION, TRAVEL, EVENTS, MOBILITY, HOMES, SOFTWARE, SHOPS,
)  # fmt: skip
