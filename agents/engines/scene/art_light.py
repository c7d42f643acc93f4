"""What flies or floats lightly. `art_buildings` says how the lines are read."""

from agents.engines.scene.art_buildings import Art

ART: dict[str, Art] = {
    "waterlily": ("#f6b8cf", "#6b4a33", """
        #3f8a52 path M-150 -30 A150 46 0 1 0 150 -30 L20 -34 Z
        #57a668 path M-120 -32 A120 34 0 0 0 110 -24 L10 -34 Z
        main path M-50 -40 Q-60 -90 -20 -110 Q0 -80 -6 -40 Z
        main path M50 -40 Q60 -90 20 -110 Q0 -80 6 -40 Z
        light path M0 -36 Q-32 -80 0 -124 Q32 -80 0 -36 Z
        #f3c64a oval 0 -52 12 8
    """),
    "eagle": ("#5b4030", "#f3ece0", """
        main path M-150 -96 Q-80 -112 -24 -62 Q0 -74 24 -62 Q80 -112 150 -96 Q130 -74 118 -76 Q112 -60 96 -62\
                  Q88 -46 70 -50 Q40 -34 18 -38 L30 0 H-30 L-18 -38 Q-40 -34 -70 -50 Q-88 -46 -96 -62 Q-112\
                  -60 -118 -76 Q-130 -74 -150 -96 Z
        trim oval 0 -74 14 16
        trim poly -30,0 30,0 22,-20 -22,-20
        #e8a63a poly -5,-88 5,-88 0,-100
    """),
    "butterfly": ("#f08a2c", "#fff3d0", """
        main path M0 -50 Q-20 -108 -66 -98 Q-78 -60 0 -46 Z
        main path M0 -50 Q20 -108 66 -98 Q78 -60 0 -46 Z
        dark path M0 -46 Q-62 -40 -46 -4 Q-14 -2 0 -44 Z
        dark path M0 -46 Q62 -40 46 -4 Q14 -2 0 -44 Z
        trim oval -44 -80 9
        trim oval 44 -80 9
        trim oval -30 -26 7
        trim oval 30 -26 7
        #2a2230 box -4 -76 8 66 4
        #2a2230 arcs 2.4 M0 -74 Q-8 -98 -22 -104 M0 -74 Q8 -98 22 -104
    """),
    "bee": ("#f4c430", "#6b4a33", """
        #eaf4ffcc oval -12 -84 20 28
        #eaf4ffcc oval 20 -86 18 26
        main oval 0 -40 56 36
        #2a2230 box -22 -74 13 68 5
        #2a2230 box 6 -76 13 71 5
        #2a2230 oval 48 -44 18 20
        #ffffff oval 54 -50 5
    """),
    "lantern": ("#f08a3c", "#6b4a33", """
        halo oval 0 -50 120
        main path M-34 -12 Q-52 -60 -30 -92 Q0 -106 30 -92 Q52 -60 34 -12 Q0 -2 -34 -12 Z
        light path M-20 -12 Q-30 -50 -14 -84 H14 Q30 -50 20 -12 Q0 -6 -20 -12 Z
        #fff1b0 oval 0 -16 16 9
    """),
    "dragon": ("#3f9a5a", "#c9443a", """
        dark path M-6 -52 Q-10 -104 -66 -112 Q-58 -96 -74 -84 Q-56 -78 -60 -62 Q-40 -64 -30 -42 Z
        main arcs 13 M-96 -8 Q-66 12 -44 -18 Q-24 -50 8 -42 Q40 -34 54 -64
        main arcs 6 M-96 -8 Q-116 -22 -104 -34
        main poly -104,-46 -94,-30 -114,-28
        main path M40 -62 Q44 -86 66 -86 L94 -72 L92 -66 L72 -66 Q66 -54 52 -54 Z
        trim path M-2 -46 Q14 -100 70 -116 Q60 -100 72 -88 Q52 -86 50 -72 Q34 -74 26 -46 Z
        trim poly 52,-84 44,-102 62,-86
        trim poly -30,-36 -28,-52 -18,-42
        #fff2a8 oval 68 -77 3.4
        main line 6 -20,-28 -14,-6
        main line 6 22,-36 28,-14
    """),
}  # fmt: skip
