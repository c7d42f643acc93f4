"""Rhythms as they are written on paper: sixteen sixteenths a bar.

Drums: X accent, x normal, o ghost. Bass: R root, 3, 5, 7, 8 octave, a approach to the next root.
Chords: X and x strike the whole chord, digits a single voice from below. A dash holds, a dot rests.
"""

DRUM_PITCH = {
    "kick": 36,
    "rim": 37,
    "snare": 38,
    "clap": 39,
    "low tom": 43,
    "tom": 45,
    "high tom": 48,
    "hat": 42,
    "pedal": 44,
    "open hat": 46,
    "crash": 49,
    "ride": 51,
    "tambourine": 54,
    "cowbell": 56,
    "high conga": 63,
    "low conga": 64,
    "maracas": 70,
    "claves": 75,
}

GROOVES: dict[str, dict[str, str]] = {
    "dusty": {
        "kick": "X......x..x.....",
        "snare": "....x.......x..o",
        "hat": "x.o.x.o.x.o.x.o.",
    },
    "lazy": {
        "kick": "X.....x...x.....",
        "rim": "....X.......X...",
        "hat": "x.x.x.xox.x.x.x.",
    },
    "four": {
        "kick": "X...X...X...X...",
        "clap": "....X.......X...",
        "open hat": "..x...x...x...x.",
        "maracas": "oxoooxoooxoooxoo",
    },
    "deep": {
        "kick": "X...X...X...X...",
        "rim": "...x..x....x..x.",
        "open hat": "..X...X...X...X.",
        "clap": "....x.......x...",
    },
    "machine": {
        "kick": "X...X...X...X...",
        "hat": "oxxoxoxxoxoxxoxx",
        "rim": "..x..x....x..x..",
        "open hat": "..x...x...x...x.",
    },
    "backbeat": {
        "kick": "X.....x.X.x.....",
        "snare": "....X.......X...",
        "hat": "X.x.X.x.X.x.X.x.",
    },
    "driving": {
        "kick": "X...x...X.x.x...",
        "snare": "....X.......X..o",
        "hat": "X.X.X.X.X.X.X.X.",
    },
    "steady": {
        "kick": "X.......X.x.....",
        "snare": "....X.......X...",
        "hat": "x.x.x.x.x.x.x.x.",
        "tambourine": "....x.......x...",
    },
    "swing": {
        "ride": "X...x.x.X...x.x.",
        "pedal": "....x.......x...",
        "kick": "o.......o.....o.",
        "snare": "......o......o..",
    },
    "shuffle": {
        "kick": "X.......X.....x.",
        "snare": "....X.......X...",
        "hat": "X.x.X.x.X.x.X.x.",
    },
    "brushes": {
        "kick": "x.......x.......",
        "snare": "o.o.x.o.o.o.x.o.",
        "maracas": "x.o.x.o.x.o.x.o.",
    },
    "campfire": {
        "tambourine": "....x.......x...",
        "maracas": "x.o.x.oox.o.x.oo",
        "kick": "x.......x.......",
    },
    "boom bap": {
        "kick": "X.x....x..x.....",
        "snare": "....X.......X...",
        "hat": "x.x.x.x.x.x.xox.",
    },
    "trap": {
        "kick": "X.....x....x....",
        "clap": "........X.......",
        "hat": "x.x.x.xxx.x.xoxx",
        "open hat": "..............x.",
    },
    "neon": {
        "kick": "X...X...X...X...",
        "snare": "....X.......X...",
        "hat": "x.x.x.x.x.x.x.xo",
    },
    "gated": {
        "kick": "X.....x.X.......",
        "snare": "....X.......X...",
        "hat": "x.xox.xox.xox.xo",
        "tom": "..............x.",
    },
    "bossa": {
        "kick": "X.....xxX.....xx",
        "rim": "X..x..x...x..x..",
        "maracas": "xoxoxoxoxoxoxoxo",
    },
    "salsa": {
        "claves": "X..X..X...X.X...",
        "low conga": "..............xx",
        "high conga": "o.o.X.o.o.o.X...",
        "cowbell": "x...x...x...x...",
        "maracas": "x.oox.oox.oox.oo",
    },
    "one drop": {
        "rim": "........X.......",
        "kick": "........X.......",
        "hat": "x.x.x.x.x.x.x.xo",
    },
    "steppers": {
        "kick": "X...X...X...X...",
        "rim": "........X.......",
        "hat": "..x...x...x...x.",
    },
    "sixteens": {
        "kick": "X..x..x...x..x..",
        "snare": "....X..o.o..X..o",
        "hat": "x.xxx.xxx.xxx.x.",
        "open hat": "..............x.",
    },
    "on the one": {
        "kick": "X.x....x..x.....",
        "snare": "....X..o....X.o.",
        "hat": "xoxoxoxoxoxoxoxo",
    },
    "heartbeat": {
        "kick": "X..x............",
        "low tom": "........x..x....",
        "maracas": "o...o...o...o...",
    },
    "march": {
        "kick": "X.....x.X.......",
        "low tom": "X..x..x.X..x..xx",
        "tom": "....x.......x.x.",
    },
}

LIGHT = {"hat", "ride", "maracas", "tambourine", "claves", "pedal", "open hat"}

BASS: dict[str, str] = {
    "whole": "R---------------",
    "halves": "R-------5-------",
    "two feel": "R------.5------a",
    "lazy": "R-----.R--5---..",
    "offbeat": "..R-..R-..R-..R-",
    "rolling": "..RR..R8..RR..R8",
    "eighths": "R-R-R-R-R-R-R-R-",
    "pushing": "R-R-R-R-R-R-5-a-",
    "octaves": "R-8-R-8-R-8-R-8-",
    "pumping": "R.RR.RR.R.RR.RRR",
    "walking": "R---3---5---a---",
    "walking up": "R---5---8---a---",
    "boogie": "R-R-3-3-5-5-7-5-",
    "root five": "R---..R-5---..a-",
    "tumbao": "R-....5-....8---",
    "bossa": "R-----5-R-----5-",
    "bubble": "R---..3-5---....",
    "drop": "....R-R-..3-5---",
    "slap": "R.R...8.R..5.78.",
    "funk": "R--R..8.R.5-..7a",
    "deep": "R-------....R-..",
    "ostinato": "R-R-R-R-R-R-R-R-",
}

COMP: dict[str, str] = {
    "hold": "X---------------",
    "halves": "X-------x-------",
    "lazy": "X-----.x-----...",
    "late": "..X-----..x-----",
    "rolled": "0-1-2-3---2-1---",
    "stabs": "..X-..X-..X-..X.",
    "piano house": "X--x--x-..X--x-.",
    "plucks": "X..x..x...x..x..",
    "eighths": "X-x-X-x-X-x-X-x-",
    "chug": "XxXxXxXxXxXxXxXx",
    "power": "X---..x-X-x-....",
    "ballad": "X---x---X---x---",
    "charleston": "X--...x-....x---",
    "comping": "..X-......X-..x.",
    "shuffle": "X-..x-..X-..x-..",
    "alberti": "0-2-1-2-0-2-1-2-",
    "broken": "0-1-2-1-3-2-1-2-",
    "picking": "0-2-1-3-0-2-1-3-",
    "strum": "X---x-x-..x-x-x-",
    "waltz-like": "0---X-X-1---X-X-",
    "montuno": "X-x-.x-x.x-x-x-.",
    "bossa": "X--x--X...x--X..",
    "skank": "....X.......X...",
    "offs": "..X...X...X...X.",
    "scratch": "X.x.X..x.xX..x.x",
    "sixteen arp": "0123210301232103",
    "eighth arp": "0-1-2-3-2-1-3-2-",
    "slow arp": "0---2---1---3---",
    "drops": "3-------..1-----",
    "ostinato": "0-0-2-0-0-2-0-1-",
    "pulse": "x-x-x-x-x-x-x-x-",
    "hits": "X-......X-..X-..",
    "trills": "3-2-3-2-3-2-3-2-",
}

CELLS: dict[str, tuple[str, ...]] = {
    "floating": ("x-----------....", "x-------x-----..", "....x---------..", "x-----x-------..", "......x---------"),
    "lyrical": ("x---x-x-x-----..", "x-----x-x---x---", "x---x---x-------", "x-x-x---x-----..", "..x-x-x-x-------"),
    "swinging": ("x-x-..x-x---....", "..x-x-x-..x-x---", "x---..x-..x-x-..", "x-x-x-x-..x-....", "....x-x-x-..x---"),
    "catchy": ("x-x-x---x-x-x---", "x--x--x-x-----..", "x-x-..x-x-x-x---", "x---x-x---x-x-..", "x-x-x-x-x-------"),
    "syncopated": ("x--x--x---x-x---", "..x--x--x-x-....", "x--x--x-..x-x-..", "x-x--x--x---....", "x--x-x-x--x-...."),
    "busy": ("x-xxx-x-x-xxx-..", "xxx-x-xxx-x-x---", "x-x-xxx-x-x-....", "x-xxx-xxx-x-x-..", "x-x-x-x-xxx-x---"),
    "grand": ("x-----x-x-------", "x---x---x-----x-", "x-------x-x-x---", "x-----x-x---x---", "x---x-x-x-------"),
}
CADENCES = ("x---x---x-------", "x-x-x---x-------", "x-----x-x-------", "x---------......", "x-x-x-----......")
