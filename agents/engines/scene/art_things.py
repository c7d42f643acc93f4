"""Plants that stand alone, sea creatures, and things for a table. `art_buildings` says how the lines are read."""

from agents.engines.scene.art_buildings import Art

ART: dict[str, Art] = {
    "cactus": ("#4d8f54", "#f08fa8", """
        main line 15 0,0 0,-90
        main arcs 11 M-2 -34 H-20 Q-28 -36 -28 -64
        main arcs 11 M2 -46 H18 Q27 -48 27 -78
        dark line 1 -3,-4 -3,-92
        dark line 1 3,-4 3,-92
        trim oval 0 -99 6 4
        trim oval 27 -85 4 3
    """),
    "mushroom": ("#d8352e", "#fbf3e6", """
        trim path M-16 0 Q-10 -34 -12 -56 H12 Q10 -34 16 0 Z
        main path M-52 -50 C-50 -110 50 -110 52 -50 Q0 -36 -52 -50 Z
        trim oval -24 -68 8 7
        trim oval 4 -84 9 7
        trim oval 28 -64 7 6
        trim oval 0 -58 6 4
    """),
    "pumpkin": ("#e8822a", "#5c7a35", """
        dark oval -32 -42 30 42
        dark oval 32 -42 30 42
        main oval -16 -43 28 44
        main oval 16 -43 28 44
        main oval 0 -43 20 45
        trim path M-6 -84 Q-4 -102 14 -104 L16 -96 Q6 -94 7 -84 Z
    """),
    "campfire": ("#f28a2c", "#ffd65a", """
        halo oval 0 -40 130
        #5b3f2c line 14 -50,-4 44,-14
        #6b4a33 line 14 50,-4 -44,-14
        main path M-36 -14 Q-46 -50 -18 -74 Q-14 -56 -6 -54 Q-8 -84 10 -104 Q10 -76 30 -56 Q44 -36 34 -14 Z
        trim path M-20 -12 Q-26 -36 -8 -50 Q-4 -38 4 -36 Q4 -54 12 -64 Q14 -46 22 -34 Q26 -20 20 -12 Z
        #fff6cf oval 0 -18 10 11
    """),
    "umbrella": ("#d8403a", "#fdf3e0", """
        #6b4a33 line 2.6 0,0 0,-96
        main path M-62 -56 Q-58 -100 0 -100 Q58 -100 62 -56 Q46 -66 31 -56 Q16 -66 0 -56 Q-16 -66 -31 -56 Q-46\
          -66 -62 -56 Z
        trim path M-31 -56 Q-26 -92 0 -100 Q26 -92 31 -56 Q16 -66 0 -56 Q-16 -66 -31 -56 Z
    """),
    "cup": ("#f3ece0", "#6b4026", """
        #ffffff66 arcs 4 M-12 -96 Q-24 -112 -10 -126 Q2 -140 -8 -154
        #ffffff66 arcs 4 M14 -96 Q2 -112 16 -126 Q26 -140 16 -154
        dark oval 0 -4 82 9
        main ring 9 50 -48 22
        main path M-56 -84 H56 Q56 -4 26 -4 H-26 Q-56 -4 -56 -84 Z
        light oval 0 -84 56 12
        trim oval 0 -83 48 8.5
    """),
    "teapot": ("#4f8fa8", "#f0e2c4", """
        main arcs 9 M-48 -70 Q-96 -70 -80 -36 Q-70 -20 -46 -24
        main path M50 -26 Q78 -40 84 -74 L98 -76 Q96 -30 56 -8 Z
        main path M-56 -40 C-56 -94 56 -94 56 -40 Q54 0 30 0 H-30 Q-54 0 -56 -40 Z
        trim path M-30 -76 Q0 -98 30 -76 Q0 -68 -30 -76 Z
        trim oval 0 -94 6
        trim oval 0 -36 16 12
    """),
    "book": ("#b3404a", "#f7efdc", """
        main box -96 -40 190 40 5
        trim box -86 -34 182 28 2
        dark box -96 -40 14 40 4
        #3b6a8c box -80 -78 168 36 5
        trim box -74 -72 162 24 2
        #d9b45a box -90 -100 150 20 4
    """),
    "candle": ("#f4e8cf", "#c7a35a", """
        halo oval 0 -96 70
        trim path M-36 0 H36 L26 -10 H-26 Z
        main box -14 -72 28 64 3
        #3b3028 line 2 0,-72 0,-80
        #ffb347 path M-9 -86 Q-10 -98 0 -114 Q10 -98 9 -86 Q0 -74 -9 -86 Z
        #fff3c4 oval 0 -88 4.4 7
    """),
    "vase": ("#3f72af", "#f0b23a", """
        #4f8a4a arcs 2.4 M0 -44 Q-6 -70 -22 -84 M0 -44 Q0 -70 2 -92 M0 -44 Q8 -70 26 -82 M0 -44 Q-2 -60 -34 -64\
          M0 -44 Q6 -60 36 -62
        #4f8a4a oval -14 -64 8 4
        #4f8a4a oval 16 -62 8 4
        trim flower -22 -86 11
        trim flower 2 -96 12
        trim flower 26 -84 11
        trim flower -35 -66 9
        trim flower 36 -63 9
        main path M-10 -46 H10 Q8 -38 18 -26 Q24 -8 12 0 H-12 Q-24 -8 -18 -26 Q-8 -38 -10 -46 Z
        light arcs 2 M-17 -20 Q0 -15 17 -20
    """),
    "apple": ("#d3372f", "#5d8f3a", """
        main path M0 -74 Q-24 -92 -46 -70 C-62 -44 -40 0 -16 0 Q0 -6 16 0 C40 0 62 -44 46 -70 Q24 -92 0 -74 Z
        #5b4030 arcs 5 M0 -72 Q0 -92 8 -100
        trim path M8 -90 Q26 -108 44 -94 Q28 -80 8 -90 Z
        #ffffff66 oval -26 -58 8 13
    """),
    "lemon": ("#f3d13a", "#6b9a3f", """
        main path M-60 -40 Q-48 -46 -44 -58 C-20 -92 30 -86 44 -56 Q50 -44 62 -40 Q50 -36 44 -24 C24 6 -24 6 -44\
          -24 Q-48 -36 -60 -40 Z
        trim path M-8 -78 Q8 -104 34 -96 Q22 -76 -8 -78 Z
        #ffffff66 oval -18 -56 12 8
    """),
    "pear": ("#b7c04a", "#5b4030", """
        main path M0 -86 C18 -86 16 -58 30 -44 C48 -20 30 0 0 0 C-30 0 -48 -20 -30 -44 C-16 -58 -18 -86 0 -86 Z
        trim arcs 4 M0 -84 Q2 -96 8 -102
        #ffffff55 oval -16 -32 6 12
    """),
    "cake": ("#f3b7c4", "#fff4e8", """
        #dfe4ea oval 0 -3 78 7
        main box -62 -52 124 50 6
        trim path M-62 -46 Q-62 -56 -52 -56 H52 Q62 -56 62 -46 V-38 Q52 -28 42 -38 Q30 -26 18 -38 Q6 -26 -6 -38\
          Q-18 -26 -30 -38 Q-44 -26 -62 -38 Z
        #e85d75 line 4 -30,-56 -30,-78
        #5aa9e6 line 4 0,-56 0,-80
        #f2b33a line 4 30,-56 30,-78
        #ffcf5a oval -30 -86 4 7
        #ffcf5a oval 0 -88 4 7
        #ffcf5a oval 30 -86 4 7
    """),
    "bottle": ("#2f6b4a", "#efe4c8", """
        main path M-6 -100 H6 V-72 Q18 -66 18 -50 V-3 Q18 0 14 0 H-14 Q-18 0 -18 -3 V-50 Q-18 -66 -6 -72 Z
        trim box -18 -42 36 26 1
        #8a2f3a box -7 -102 14 14 2
        #ffffff55 box -13 -58 3 50 1
    """),
    "lamp": ("#e8a64a", "#6b4a33", """
        halo oval 0 -70 80
        trim box -20 -5 40 5 2
        trim box -3 -54 6 50
        main poly -32,-50 32,-50 20,-98 -20,-98
        glow box -30 -52 60 4
    """),
    "guitar": ("#c07a35", "#3a2a22", """
        trim box -3 -98 6 56 1
        trim box -6 -108 12 14 2
        main path M0 -52 C22 -56 20 -36 16 -32 C34 -22 26 0 0 0 C-26 0 -34 -22 -16 -32 C-20 -36 -22 -56 0 -52 Z
        trim oval 0 -32 7
        trim box -8 -14 16 4 1
        #e9e2d4 line .8 -1,-98 -1,-12
        #e9e2d4 line .8 1,-98 1,-12
    """),
    "chair": ("#8a5a3a", "#c2553b", """
        main line 5 -26,0 -26,-46
        main line 5 26,0 26,-100
        main line 5 18,0 18,-46
        main line 5 -18,0 -18,-46
        main line 5 -26,-46 -26,-100
        trim box -31 -52 62 12 3
        main box -28 -100 56 12 4
        trim box -24 -86 48 26 4
    """),
    "pot": ("#c5633f", "#4f9a58", """
        trim path M0 -40 C-10 -60 -44 -60 -50 -84 C-20 -86 -6 -66 0 -40 Z
        trim path M0 -40 C10 -60 44 -60 50 -84 C20 -86 6 -66 0 -40 Z
        trimdark path M0 -40 C-14 -64 -14 -92 0 -104 C14 -92 14 -64 0 -40 Z
        trim path M0 -38 C-24 -50 -50 -40 -58 -50 C-36 -66 -12 -56 0 -38 Z
        trim path M0 -38 C24 -50 50 -40 58 -50 C36 -66 12 -56 0 -38 Z
        main box -28 -44 56 10 2
        main poly -24,-34 24,-34 17,0 -17,0
    """),
    "jellyfish": ("#d58be0", "#f4c6f0", """
        halo oval 0 -76 60
        trim arcs 3 M-24 -60 Q-34 -40 -22 -24 Q-14 -10 -26 8
        trim arcs 3 M-8 -60 Q-16 -36 -6 -18 Q0 0 -8 18
        trim arcs 3 M8 -60 Q16 -40 8 -20 Q2 -4 12 14
        trim arcs 3 M24 -60 Q34 -44 24 -26 Q18 -8 28 6
        main path M-40 -58 C-42 -112 42 -112 40 -58 Q30 -66 20 -58 Q10 -66 0 -58 Q-10 -66 -20 -58 Q-30 -66 -40 -58 Z
    """),
    "octopus": ("#c75a7a", "#f0b6c4", """
        main arcs 10 M-20 -36 Q-50 -26 -56 -4 Q-58 8 -70 2
        main arcs 10 M-10 -32 Q-26 -16 -24 0 Q-26 12 -38 8
        main arcs 10 M10 -32 Q26 -16 24 0 Q26 12 38 8
        main arcs 10 M20 -36 Q50 -26 56 -4 Q58 8 70 2
        main path M-34 -40 C-52 -112 52 -112 34 -40 Q0 -20 -34 -40 Z
        #ffffff oval -12 -54 8
        #ffffff oval 12 -54 8
        #1b1b22 oval -11 -53 4
        #1b1b22 oval 11 -53 4
    """),
    "turtle": ("#5f8f4e", "#a8b86a", """
        trim path M-30 -30 Q-64 -8 -70 2 Q-50 4 -22 -14 Z
        trim path M20 -30 Q30 2 52 10 Q54 -6 40 -26 Z
        trim oval 62 -52 19 14
        main path M-56 -36 C-44 -96 40 -92 52 -40 Q0 -20 -56 -36 Z
        dark path M-26 -72 L0 -80 L22 -70 L14 -46 L-18 -46 Z
        #1b1b22 oval 68 -56 3
    """),
    "seahorse": ("#f0a23c", "#f7d58a", """
        main arcs 10 M4 -56 C34 -40 10 -20 0 -14 Q-18 0 -2 8 Q10 4 4 -4
        main path M-10 -80 C-18 -50 30 -64 20 -40 Q2 -24 -6 -40 Q-18 -60 -10 -80 Z
        main oval 0 -86 14 13
        main poly 8,-92 36,-86 36,-80 8,-80
        trim poly -12,-60 -30,-52 -14,-42
        trim poly -8,-98 0,-110 6,-98
        #1b1b22 oval 4 -88 3
    """),
    "fish": ("#f0803a", "#fdf0dc", """
        main path M-30 -50 L-78 -88 Q-66 -50 -78 -12 Z
        main path M-44 -50 C-20 -102 50 -96 76 -50 C50 -4 -20 2 -44 -50 Z
        trim path M10 -88 Q-6 -50 10 -12 Q26 -12 30 -14 Q14 -50 30 -86 Z
        dark path M-14 -82 Q6 -112 30 -88 Z
        #ffffff oval 52 -60 8
        #1b1b22 oval 54 -60 4
    """),
    "koi": ("#f7f2ea", "#e8592c", """
        light path M-58 -46 Q-100 -84 -112 -62 Q-96 -50 -104 -30 Q-84 -26 -58 -46 Z
        light path M20 -64 Q10 -100 -14 -92 Q-6 -74 4 -62 Z
        light path M20 -32 Q14 4 -12 0 Q-8 -18 4 -34 Z
        main path M-70 -48 C-30 -84 50 -82 86 -48 C50 -14 -30 -12 -70 -48 Z
        trim path M66 -64 Q44 -82 22 -70 Q30 -44 56 -40 Q76 -48 66 -64 Z
        trim path M4 -72 Q-18 -78 -34 -66 Q-30 -44 -8 -44 Q8 -54 4 -72 Z
        trim oval -50 -46 10 7
        #1b1b22 oval 74 -56 3
        #1b1b22 oval 74 -39 3
    """),
}  # fmt: skip
