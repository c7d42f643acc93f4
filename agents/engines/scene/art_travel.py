"""What moves: on water, on wheels and in the air. `art_buildings` says how the lines are read."""

from agents.engines.scene.art_buildings import Art

ART: dict[str, Art] = {
    "boat": ("#b5523c", "#faf5ea", """
        #5b4334 line 2 -2,-14 -2,-102
        trim path M2 -100 Q40 -58 36 -22 H2 Z
        trimdark path M-6 -90 Q-34 -56 -34 -24 H-6 Z
        main path M-46 -17 H48 Q42 2 26 4 H-28 Q-42 0 -46 -17 Z
        light box -46 -17 94 3.4 1
    """),
    "rowboat": ("#a8572f", "#e0b98a", """
        main path M-120 -52 Q0 -22 120 -52 Q100 6 56 8 H-56 Q-100 6 -120 -52 Z
        trim path M-112 -44 Q0 -16 112 -44 L108 -34 Q0 -6 -108 -34 Z
        #6b4a33 line 6 -20,-30 -70,14
        #3d4a63 path M-14 -26 Q-18 -78 4 -80 Q24 -76 18 -26 Z
        #e6b48c oval 2 -94 13
    """),
    "ship": ("#6d4630", "#f3e7cd", """
        #4a3528 line 2.2 -30,-20 -30,-98
        #4a3528 line 2.2 4,-20 4,-108
        #4a3528 line 2.2 36,-20 36,-92
        trim path M-46 -92 Q-14 -78 -16 -56 H-48 Q-40 -74 -46 -92 Z
        trim path M-48 -52 Q-16 -44 -16 -26 H-50 Q-42 -38 -48 -52 Z
        trim path M-12 -102 Q22 -86 20 -60 H-14 Q-6 -80 -12 -102 Z
        trim path M-14 -56 Q22 -46 20 -26 H-16 Q-8 -40 -14 -56 Z
        trim path M22 -86 Q50 -74 50 -54 H22 Q28 -70 22 -86 Z
        trim path M22 -50 Q52 -42 50 -26 H20 Q26 -38 22 -50 Z
        main path M-66 -34 L-50 -32 L-46 -20 H50 L60 -36 L74 -38 Q66 2 44 6 H-42 Q-60 -4 -66 -34 Z
        #e0b04a line 2 -50,-14 58,-14
        #4a3528 line 2 66,-36 90,-50
        glow oval -52 -25 2.6
        #c8382f poly 4,-108 4,-116 20,-112
    """),
    "ferry": ("#f4f1ea", "#2f5d9a", """
        main box -70 -74 132 22 3
        main box -92 -52 176 26 3
        glow line 8 -80,-39 72,-39
        glow line 6 -60,-64 52,-64
        trim box -16 -104 22 32 2
        #e8784a box -16 -98 22 8
        trim path M-112 -28 H112 Q100 6 78 8 H-84 Q-108 2 -112 -28 Z
        trimdark line 2 -108,-16 106,-16
    """),
    "submarine": ("#e9b23a", "#c0792a", """
        trim box -14 -86 38 34 8
        #5b6270 arcs 5 M8 -84 V-112 H24
        main path M-96 -30 C-96 -66 70 -70 92 -30 C76 4 -80 6 -96 -30 Z
        trim poly -90,-30 -112,-52 -112,-8
        glow oval -36 -34 11
        glow oval 0 -35 11
        glow oval 36 -34 11
    """),
    "iceberg": ("#e6f4fb", "#b2d8ec", """
        main poly -78,0 -58,-42 -36,-50 -14,-100 12,-76 30,-84 54,-34 80,0
        trim poly -14,-100 12,-76 4,-30 22,0 -20,0 -6,-44
        trim poly 30,-84 54,-34 80,0 46,0 36,-38
    """),
    "buoy": ("#e0452f", "#f7f3e8", """
        halo oval 0 -94 24
        main path M-36 0 Q-40 -22 -22 -24 H22 Q40 -22 36 0 Z
        main poly -20,-24 20,-24 8,-80 -8,-80
        trim poly -16,-38 16,-38 12,-54 -12,-54
        glow oval 0 -90 9
    """),
    "car": ("#d8443a", "#cfe4f2", """
        main path M-96 -18 Q-98 -46 -76 -50 L-48 -54 L-26 -88 Q0 -98 34 -88 L62 -54 Q96 -50 96 -18 Z
        trim path M-38 -54 L-20 -80 Q-10 -86 2 -86 V-54 Z
        trim path M10 -54 V-86 Q24 -86 32 -80 L50 -54 Z
        #22242c oval -54 -18 20
        #22242c oval 56 -18 20
        #c9ced6 oval -54 -18 9
        #c9ced6 oval 56 -18 9
        glow oval 90 -38 6
        #b3261e oval -90 -38 5
        dark line 2 -92,-26 92,-26
    """),
    "van": ("#3d9aa5", "#f6efdf", """
        main path M-92 -16 V-82 Q-90 -96 -74 -98 H46 Q66 -96 76 -66 L92 -50 V-16 Z
        trim path M-92 -60 V-82 Q-90 -96 -74 -98 H46 Q66 -96 76 -66 L80 -60 Z
        #bfe0ee box -78 -88 30 22 3
        #bfe0ee box -40 -88 30 22 3
        #bfe0ee box -2 -88 30 22 3
        #bfe0ee path M36 -88 H46 Q58 -86 66 -66 H36 Z
        #22242c oval -52 -15 17
        #22242c oval 52 -15 17
        #c9ced6 oval -52 -15 8
        #c9ced6 oval 52 -15 8
        glow oval 86 -38 6
    """),
    "bus": ("#d5392f", "#f6efdf", """
        main box -112 -98 224 84 8
        trim box -112 -52 224 5
        glow box -100 -88 32 28 3
        glow box -60 -88 32 28 3
        glow box -20 -88 32 28 3
        glow box 20 -88 32 28 3
        #9fc7dc box 62 -88 20 66 3
        glow box 90 -88 18 32 3
        #22242c oval -66 -14 17
        #22242c oval 52 -14 17
        #c9ced6 oval -66 -14 8
        #c9ced6 oval 52 -14 8
    """),
    "truck": ("#3f76b8", "#e5dccb", """
        trim box -104 -98 128 78 3
        main path M30 -20 V-76 H66 L92 -50 V-20 Z
        #bfe0ee poly 44,-70 64,-70 82,-50 44,-50
        #22242c oval -70 -16 18
        #22242c oval -24 -16 18
        #22242c oval 64 -16 18
        #c9ced6 oval -70 -16 8
        #c9ced6 oval -24 -16 8
        #c9ced6 oval 64 -16 8
        glow oval 90 -34 5
    """),
    "train": ("#b8332e", "#2a2e38", """
        #6b6258 line 5 -420,0 260,0
        main box -400 -84 150 70 6
        main box -240 -84 150 70 6
        glow line 22 -386,-60 -266,-60
        glow line 22 -226,-60 -106,-60
        trim box -80 -98 70 82 4
        glow box -68 -86 44 30 3
        trim box -84 -104 80 9 3
        main path M-10 -72 H96 Q108 -70 108 -44 Q108 -20 96 -18 H-10 Z
        trim poly 66,-70 60,-108 86,-108 82,-70
        trim box 18 -84 18 14 4
        #d9b45a line 4 -8,-58 104,-58
        glow oval 108 -58 8
        trim poly 100,-18 130,0 96,0
        #3a3e48 oval -370 -12 15
        #3a3e48 oval -280 -12 15
        #3a3e48 oval -210 -12 15
        #3a3e48 oval -120 -12 15
        #3a3e48 oval -46 -18 20
        #3a3e48 oval 10 -18 20
        #3a3e48 oval 64 -18 20
        #ffffffaa oval 78 -126 20 14
        #ffffff88 oval 50 -146 28 18
        #ffffff66 oval 6 -162 36 20
    """),
    "bicycle": ("#d8443a", "#30343f", """
        trim ring 4 -52 -32 30
        trim ring 4 52 -32 30
        main line 5 -52,-32 -22,-76 34,-76 52,-32
        main line 5 -22,-76 2,-32 34,-76
        main line 5 -52,-32 2,-32
        trim line 6 -36,-88 -10,-88
        trim line 4 -22,-76 -24,-88
        trim arcs 4 M34 -76 L30 -98 Q44 -104 50 -92
    """),
    "tractor": ("#3f9a48", "#f2c53d", """
        main box -10 -62 92 34 4
        main poly -58,-40 -54,-100 4,-100 10,-40
        #cfe4f2 poly -44,-62 -42,-92 -4,-92 0,-62
        #3b3f4a box 52 -92 7 32 2
        #25272f oval -40 -36 36
        trim oval -40 -36 17
        #25272f oval 62 -22 22
        trim oval 62 -22 10
    """),
    "balloon": ("#e4483f", "#f9d56a", """
        #6a4b33 line .8 -9,-18 -16,-42
        #6a4b33 line .8 9,-18 16,-42
        main path M-8 -30 C-26 -42 -42 -56 -42 -72 A42 40 0 0 1 42 -72 C42 -56 26 -42 8 -30 Z
        trim path M-4 -30 C-14 -42 -23 -58 -23 -74 A23 38 0 0 1 -8 -110 A12 40 0 0 0 -10 -72 C-10 -56 -6 -42 -2 -30 Z
        trim path M4 -30 C14 -42 23 -58 23 -74 A23 38 0 0 0 8 -110 A12 40 0 0 1 10 -72 C10 -56 6 -42 2 -30 Z
        glow oval 0 -29 5 4
        #8a5a34 box -9 -18 18 14 3
        #5d3c24 box -9 -18 18 3
    """),
    "airship": ("#c9c1b2", "#b3433a", """
        trim poly -96,-62 -126,-96 -122,-60 -126,-26 -96,-58
        main path M-112 -60 C-80 -110 70 -108 116 -60 C70 -16 -80 -14 -112 -60 Z
        trim path M-108 -66 Q0 -74 114 -66 Q116 -60 114 -56 Q0 -50 -108 -56 Z
        #6a5546 box -36 -24 72 20 8
        glow line 6 -28,-15 28,-15
    """),
    "airplane": ("#f1f3f6", "#3f76b8", """
        main path M-100 -40 L-112 -92 L-90 -88 L-68 -58 H70 Q108 -54 112 -40 Q104 -24 70 -22 H-64 Q-96 -24 -100 -40 Z
        trim path M-18 -42 L-58 4 L-36 6 L34 -38 Z
        trim path M-14 -58 L-44 -96 L-26 -96 L24 -58 Z
        trim poly -100,-40 -112,-92 -90,-88 -76,-66
        glow line 6 -46,-48 78,-48
    """),
    "kite": ("#e4483f", "#f6c945", """
        #55504a arcs .8 M0 -40 Q30 -10 6 20 Q-10 50 20 90
        main poly 0,-100 30,-70 0,-24 -30,-70
        trim poly 0,-100 30,-70 0,-70
        trim poly 0,-24 -30,-70 0,-70
        main poly 0,-24 -12,-10 -2,-6
        trim poly -2,-6 10,4 -4,8
    """),
    "rocket": ("#f4f3f0", "#d8403a", """
        #ffb347 path M-10 -16 Q-16 14 0 36 Q16 14 10 -16 Z
        #fff1b8 path M-5 -16 Q-8 4 0 18 Q8 4 5 -16 Z
        trim path M-16 -44 L-32 -8 L-12 -18 Z
        trim path M16 -44 L32 -8 L12 -18 Z
        main path M-16 -14 C-24 -60 -12 -92 0 -108 C12 -92 24 -60 16 -14 Z
        trim path M-12.5 -82 Q-6 -100 0 -108 Q6 -100 12.5 -82 Z
        #2d4a6e oval 0 -62 8.5
        #9fd3f0 oval 0 -62 6
        trim box -4 -40 8 30 4
    """),
    "satellite": ("#d6dae0", "#3f6fb5", """
        trim box -100 -66 70 34 2
        trim box 30 -66 70 34 2
        #c9ced6 line 3 -100,-49 100,-49
        #9fb6d6 line 1.5 -76,-66 -76,-32
        #9fb6d6 line 1.5 -53,-66 -53,-32
        #9fb6d6 line 1.5 53,-66 53,-32
        #9fb6d6 line 1.5 76,-66 76,-32
        main box -22 -74 44 50 5
        #f0c75a box -22 -58 44 12
        main path M-20 -88 Q0 -70 20 -88 Q18 -98 0 -98 Q-18 -98 -20 -88 Z
    """),
    "ufo": ("#aab4c3", "#8fe3c4", """
        beam poly -26,-22 26,-22 74,96 -74,96
        trim path M-34 -56 A34 40 0 0 1 34 -56 Z
        main path M-96 -40 Q0 -82 96 -40 Q0 -2 -96 -40 Z
        dark path M-96 -40 Q0 -2 96 -40 Q60 -28 0 -28 Q-60 -28 -96 -40 Z
        glow oval -54 -38 6
        glow oval -18 -32 6
        glow oval 18 -32 6
        glow oval 54 -38 6
    """),
    "drone": ("#c94f3d", "#3a3f4a", """
        trim line 4 -60,-92 70,-92
        trim line 4 6,-92 6,-76
        main path M-30 -76 H36 Q58 -62 58 -44 Q40 -26 -10 -28 Q-36 -34 -30 -76 Z
        main poly -28,-56 -100,-72 -102,-62 -28,-42
        trim line 4 -104,-86 -98,-52
        #bfe0ee path M20 -70 H36 Q50 -60 52 -48 H20 Z
        trim line 4 -26,-12 50,-12
        trim line 3 -8,-28 -12,-12
        trim line 3 28,-28 32,-12
    """),
}  # fmt: skip
