"""People and what looks like them. `art_buildings` says how the lines are read."""

from agents.engines.scene.art_buildings import Art

ART: dict[str, Art] = {
    "person": ("#3f5f8a", "#2e2a33", """
        trim poly -12,0 -2,0 0,-42 -12,-42
        trim poly 12,0 2,0 0,-42 12,-42
        main path M-16 -40 Q-20 -78 -8 -80 H8 Q20 -78 16 -40 Z
        main line 6 -15,-72 -20,-44
        main line 6 15,-72 20,-44
        #e3b08a oval 0 -90 9.5 10
        #2b2220 path M-10 -90 Q-12 -103 0 -103 Q12 -103 10 -90 Q6 -97 -10 -90 Z
    """),
    "woman": ("#c2405e", "#4a2d20", """
        #e3b08a box -8 -14 6 14 1
        #e3b08a box 2 -14 6 14 1
        trim path M-13 -90 Q-14 -104 0 -104 Q14 -104 13 -90 L15 -62 H-15 Z
        main path M-8 -80 H8 L12 -54 L26 -12 H-26 L-12 -54 Z
        #e3b08a line 5 -11,-74 -20,-48
        #e3b08a line 5 11,-74 20,-48
        #e3b08a oval 0 -89 8.5 9.5
        trim path M-10 -88 Q-10 -101 0 -101 Q10 -101 10 -88 Q4 -95 -10 -88 Z
    """),
    "child": ("#e8a13a", "#3a5a8c", """
        trim box -14 -30 11 30 2
        trim box 3 -30 11 30 2
        main path M-18 -28 Q-22 -66 -8 -68 H8 Q22 -66 18 -28 Z
        main line 7 -16,-58 -28,-40
        main line 7 16,-58 28,-40
        #e8b896 oval 0 -82 15
        #4a3020 path M-16 -80 Q-18 -100 0 -100 Q18 -100 16 -80 Q8 -92 -16 -80 Z
    """),
    "astronaut": ("#f2f3f5", "#e8823a", """
        #b9c0ca box -24 -76 48 38 6
        main box -17 -34 14 34 5
        main box 3 -34 14 34 5
        main box -20 -72 40 42 10
        main line 11 -18,-64 -31,-40
        main line 11 18,-64 31,-40
        trim box -20 -44 40 5
        trim box -9 -60 18 10 2
        main oval 0 -86 18
        #26344f oval 2 -86 13 11
        #7fb4e0 path M-5 -92 Q0 -96 8 -94 Q2 -90 -5 -86 Z
    """),
    "wizard": ("#54409c", "#eceae6", """
        #7a5434 line 3.4 26,0 26,-86
        glow oval 26 -91 6
        main path M-28 0 Q-18 -50 -12 -66 H12 Q18 -50 28 0 Z
        main path M8 -64 L30 -54 L27 -46 L8 -48 Z
        #e6b48c oval 0 -70 10
        trim path M-10 -68 Q-12 -36 0 -28 Q12 -36 10 -68 Q0 -58 -10 -68 Z
        main path M-20 -76 Q0 -70 20 -76 L10 -82 L4 -112 L-10 -82 Z
        #f3c84a poly -2,-92 0,-88 4,-88 1,-85 2,-81 -2,-84 -6,-81 -5,-85 -8,-88 -4,-88
    """),
    "knight": ("#a9b3c2", "#b5302f", """
        main box -15 -38 12 38 3
        main box 3 -38 12 38 3
        trim path M-14 -74 H14 L18 -26 H-18 Z
        main line 9 -16,-70 -26,-44
        main line 9 16,-70 26,-48
        #dfe5ee line 3 26,-36 26,-112
        #8a6a3a line 4 19,-48 33,-48
        main path M-12 -74 V-90 Q0 -108 12 -90 V-74 Z
        #22252e box -9 -90 18 4
        trim path M0 -98 Q-18 -116 -22 -94 Q-10 -100 0 -98 Z
        main path M-40 -66 H-14 Q-14 -40 -27 -32 Q-40 -40 -40 -66 Z
    """),
    "robot": ("#8fa6b8", "#f2a33a", """
        dark box -18 -26 12 26 2
        dark box 6 -26 12 26 2
        main box -24 -66 48 42 6
        main line 8 -26,-60 -38,-36
        main line 8 26,-60 38,-36
        trim oval -38 -33 5
        trim oval 38 -33 5
        main box -21 -96 42 28 7
        #1d2430 box -16 -90 32 16 5
        glow oval -7 -82 4
        glow oval 7 -82 4
        dark line 2 0,-96 0,-106
        trim oval 0 -108 4
        trim box -12 -56 24 16 3
    """),
    "snowman": ("#fbfdff", "#d8403a", """
        #6b4a33 line 2.4 -22,-52 -46,-68
        #6b4a33 line 2.4 22,-52 46,-66
        main oval 0 -21 28 23
        main oval 0 -54 21 19
        main oval 0 -82 15
        trim path M-16 -71 Q0 -64 16 -71 L15 -66 L18 -48 L11 -48 L9 -64 Q-6 -60 -16 -66 Z
        #1f2026 box -18 -97 36 4 1
        #1f2026 box -11 -114 22 18 1
        #1b1b22 oval -5 -85 2
        #1b1b22 oval 6 -85 2
        #f08a2c poly 0,-82 18,-79 0,-78
        #1b1b22 oval 0 -56 2
        #1b1b22 oval 0 -46 2
    """),
    "scarecrow": ("#b5653a", "#d9b45a", """
        #6b4a33 line 4 0,0 0,-70
        #6b4a33 line 4 -40,-64 40,-64
        main poly -38,-70 38,-70 38,-56 16,-56 18,-26 -18,-26 -16,-56 -38,-56
        trim poly -38,-68 -50,-76 -50,-52 -38,-58
        trim poly 38,-68 50,-76 50,-52 38,-58
        #ecd3a0 oval 0 -80 12
        trim path M-24 -88 H24 L12 -92 L4 -110 L-12 -92 Z
        #1b1b22 oval -4 -81 1.7
        #1b1b22 oval 5 -81 1.7
    """),
    "ghost": ("#f2f4fb", "#2a2c3a", """
        halo oval 0 -56 64
        main path M-36 -4 C-40 -70 -30 -100 0 -100 C30 -100 40 -70 36 -4 L24 -14 L12 -2 L0 -14 L-12 -2 L-24 -14 Z
        trim oval -11 -70 5 8
        trim oval 12 -70 5 8
        trim oval 0 -48 6 8
    """),
    "statue": ("#b9b8b0", "#8b8a84", """
        trim box -30 -16 60 16 1
        trim box -24 -26 48 10 1
        main path M-18 -26 Q-22 -60 -8 -78 H8 Q22 -60 18 -26 Z
        main oval 0 -86 8 10
        main line 6 10,-74 24,-104
        main line 6 -11,-72 -20,-46
        main oval 25 -107 4
    """),
}  # fmt: skip
