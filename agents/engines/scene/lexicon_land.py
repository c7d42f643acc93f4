"""Things that stand on land or on a table. `lexicon.Kind` says what the columns mean."""

from agents.engines.scene.lexicon import Kind

BUILDINGS = {
    "lighthouse": Kind("land", 0.52, 2, "lighthouse lighthouses beacon"),
    "house": Kind(
        "land", 0.25, 4, "house houses home homes village villages town villa cottages-row building buildings"
    ),
    "cabin": Kind("land", 0.22, 3, "cabin cabins cottage cottages hut huts lodge shack chalet"),
    "castle": Kind("land", 0.46, 2, "castle castles fortress palace citadel kingdom"),
    "tower": Kind("land", 0.46, 2, "tower belfry spire clocktower"),
    "church": Kind("land", 0.38, 2, "church churches chapel cathedral monastery abbey"),
    "temple": Kind("land", 0.28, 2, "temple temples parthenon acropolis ruins ruin columns"),
    "pagoda": Kind("land", 0.42, 2, "pagoda pagodas tea-house teahouse shrine shrines"),
    "torii": Kind("land", 0.26, 2, "torii gate gates"),
    "mosque": Kind("land", 0.36, 2, "mosque mosques taj"),
    "windmill": Kind("land", 0.42, 3, "windmill windmills mill turbine turbines"),
    "barn": Kind("land", 0.26, 2, "barn barns farmhouse stable"),
    "observatory": Kind("land", 0.28, 2, "observatory observatories planetarium telescope"),
    "pyramid": Kind("land", 0.3, 3, "pyramid pyramids"),
    "tent": Kind("land", 0.15, 3, "tent tents campsite camp"),
    "tipi": Kind("land", 0.22, 3, "tipi tipis teepee wigwam yurt"),
    "igloo": Kind("land", 0.14, 3, "igloo igloos"),
    "bridge": Kind("land", 0.17, 1, "bridge bridges viaduct aqueduct"),
    "ferriswheel": Kind("land", 0.46, 1, "ferris-wheel carnival fairground funfair"),
    "stall": Kind("land", 0.2, 4, "stall stalls market kiosk shop shops bakery"),
    "factory": Kind("land", 0.3, 2, "factory factories chimney chimneys"),
    "fountain": Kind("land", 0.2, 2, "fountain fountains"),
    "streetlamp": Kind(
        "land", 0.3, 4, "streetlamp streetlamps streetlight streetlights lamppost lampposts street-lamp"
    ),
    "bench": Kind("land", 0.1, 2, "bench benches"),
    "fence": Kind("land", 0.09, 5, "fence fences"),
    "grave": Kind("land", 0.13, 7, "graveyard cemetery grave graves gravestone gravestones tombstone tombstones"),
    "well": Kind("land", 0.16, 1, "well"),
    "pier": Kind("water", 0.07, 1, "pier dock jetty wharf boardwalk"),
}

PLANTS = {
    "tree": Kind(
        "land",
        0.36,
        6,
        "tree trees apple-tree lemon-tree pear-tree fruit-tree treehouse oak oaks maple maples willow willows beech",
    ),
    "pine": Kind("land", 0.36, 9, "pine pines fir firs spruce evergreen evergreens conifer conifers christmas-tree"),
    "birch": Kind("land", 0.38, 7, "birch birches aspen aspens"),
    "palm": Kind("land", 0.4, 4, "palm palms palm-tree palm-trees coconut"),
    "cherry": Kind("land", 0.34, 5, "cherry-tree cherry-trees blossom blossoms sakura cherry-blossom cherry-blossoms"),
    "cypress": Kind("land", 0.38, 5, "cypress cypresses poplar poplars"),
    "cactus": Kind("land", 0.22, 5, "cactus cacti cactuses saguaro"),
    "bush": Kind("land", 0.08, 7, "bush bushes shrub shrubs hedge"),
    "flower": Kind(
        "land", 0.1, 90, "flower flowers wildflowers wildflower poppy poppies daisy daisies rose roses bouquet iris"
    ),
    "tulip": Kind("land", 0.11, 110, "tulip tulips"),
    "lavender": Kind("land", 0.12, 150, "lavender lavenders lavender-field"),
    "sunflower": Kind("land", 0.2, 22, "sunflower sunflowers"),
    "mushroom": Kind("land", 0.12, 5, "mushroom mushrooms toadstool toadstools fungi"),
    "bamboo": Kind("land", 0.5, 10, "bamboo"),
    "reed": Kind("land", 0.13, 14, "reed reeds cattail cattails bulrush"),
    "wheat": Kind("land", 0.12, 170, "wheat barley corn rye"),
    "rock": Kind("land", 0.09, 5, "rock rocks stone stones boulder boulders"),
    "pumpkin": Kind("land", 0.09, 5, "pumpkin pumpkins jack-o-lantern"),
}

ANIMALS = {
    "cat": Kind("land", 0.2, 3, "cat cats kitten kittens kitty"),
    "dog": Kind("land", 0.2, 3, "dog dogs puppy puppies hound corgi"),
    "fox": Kind("land", 0.17, 2, "fox foxes"),
    "wolf": Kind("land", 0.2, 3, "wolf wolves coyote"),
    "horse": Kind("land", 0.26, 3, "horse horses pony ponies stallion mare"),
    "unicorn": Kind("land", 0.28, 2, "unicorn unicorns"),
    "cow": Kind("land", 0.2, 4, "cow cows cattle bull ox buffalo bison"),
    "sheep": Kind("land", 0.13, 6, "sheep lamb lambs"),
    "goat": Kind("land", 0.16, 3, "goat goats"),
    "pig": Kind("land", 0.12, 3, "pig pigs piglet boar"),
    "deer": Kind("land", 0.27, 3, "deer stag stags elk moose reindeer doe antelope"),
    "bear": Kind("land", 0.22, 2, "bear bears"),
    "panda": Kind("land", 0.21, 2, "panda pandas"),
    "rabbit": Kind("land", 0.13, 3, "rabbit rabbits bunny bunnies hare hares"),
    "elephant": Kind("land", 0.32, 3, "elephant elephants mammoth"),
    "giraffe": Kind("land", 0.44, 3, "giraffe giraffes"),
    "lion": Kind("land", 0.22, 2, "lion lions"),
    "camel": Kind("land", 0.25, 4, "camel camels caravan dromedary"),
    "penguin": Kind("land", 0.16, 5, "penguin penguins"),
    "flamingo": Kind("land", 0.22, 5, "flamingo flamingos heron crane cranes stork"),
    "hen": Kind("land", 0.11, 4, "hen hens chicken chickens rooster"),
    "frog": Kind("land", 0.1, 3, "frog frogs toad"),
    "snail": Kind("land", 0.09, 3, "snail snails"),
    "crab": Kind("land", 0.07, 3, "crab crabs lobster"),
    "dinosaur": Kind("land", 0.38, 2, "dinosaur dinosaurs brontosaurus"),
    "squirrel": Kind("land", 0.13, 3, "squirrel squirrels chipmunk"),
    "mouse": Kind("land", 0.08, 3, "mouse mice rat hedgehog"),
}

PEOPLE = {
    "person": Kind(
        "land",
        0.25,
        4,
        "person people man men boy friends traveler traveller hiker hikers figure figures fisherman farmer",
    ),
    "woman": Kind("land", 0.25, 3, "woman women girl girls lady dancer dancers princess mother ballerina queen"),
    "child": Kind("land", 0.18, 3, "child children kid kids son daughter"),
    "astronaut": Kind("land", 0.27, 2, "astronaut astronauts cosmonaut spaceman"),
    "wizard": Kind("land", 0.28, 2, "wizard wizards witch sorcerer mage"),
    "knight": Kind("land", 0.27, 3, "knight knights warrior soldier samurai"),
    "robot": Kind("land", 0.27, 2, "robot robots android droid"),
    "snowman": Kind("land", 0.22, 2, "snowman snowmen"),
    "scarecrow": Kind("land", 0.26, 1, "scarecrow scarecrows"),
    "ghost": Kind("land", 0.2, 3, "ghost ghosts spirit phantom"),
    "statue": Kind("land", 0.36, 1, "statue statues monument buddha"),
}

VEHICLES = {
    "car": Kind("land", 0.12, 3, "car cars taxi automobile convertible"),
    "van": Kind("land", 0.16, 2, "van campervan minibus camper"),
    "bus": Kind("land", 0.17, 2, "bus buses tram trams streetcar trolley"),
    "truck": Kind("land", 0.17, 2, "truck trucks lorry pickup"),
    "train": Kind("land", 0.15, 1, "train trains locomotive railway steam-train"),
    "bicycle": Kind("land", 0.15, 2, "bicycle bicycles bike bikes cyclist"),
    "tractor": Kind("land", 0.16, 2, "tractor tractors"),
    "campfire": Kind("land", 0.12, 1, "campfire campfires bonfire fire"),
    "umbrella": Kind("land", 0.22, 4, "umbrella umbrellas parasol parasols"),
}

STILL = {
    "cup": Kind("table", 0.2, 2, "cup cups coffee mug mugs tea espresso cocoa"),
    "teapot": Kind("table", 0.24, 1, "teapot teapots kettle"),
    "book": Kind("table", 0.14, 4, "book books notebook"),
    "candle": Kind("table", 0.26, 3, "candle candles"),
    "vase": Kind("table", 0.42, 2, "vase vases"),
    "apple": Kind("table", 0.14, 3, "apple apples peach peaches plum plums tomato"),
    "lemon": Kind("table", 0.12, 3, "lemon lemons lime limes"),
    "pear": Kind("table", 0.17, 3, "pear pears avocado"),
    "cake": Kind("table", 0.26, 1, "cake cakes pie cupcake"),
    "bottle": Kind("table", 0.36, 3, "bottle bottles wine"),
    "lamp": Kind("table", 0.36, 1, "lamp lamps"),
    "guitar": Kind("land", 0.42, 2, "guitar guitars violin cello ukulele"),
    "chair": Kind("land", 0.32, 2, "chair chairs armchair throne"),
    "pot": Kind("table", 0.3, 2, "houseplant plant plants potted flowerpot pot"),
}

LAND = BUILDINGS | PLANTS | ANIMALS | PEOPLE | VEHICLES | STILL
