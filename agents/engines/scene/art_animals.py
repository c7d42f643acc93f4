"""Animals of house, farm and garden. `art_buildings` says how the lines are read; all look to the right."""

from agents.engines.scene.art_buildings import Art

ART: dict[str, Art] = {
    "cat": ("#4a4550", "#e9b7a5", """
        main arcs 9 M-26 -8 Q-58 -10 -50 -44
        main path M-30 0 C-40 -40 -16 -62 2 -64 C20 -62 32 -36 28 0 Z
        main path M-18 -62 L-21 -98 L-4 -86 H12 L27 -98 L25 -62 A22 20 0 0 1 -18 -62 Z
        trim poly -17,-80 -17,-91 -9,-84
        trim poly 23,-80 23,-91 16,-84
        #f4d35e oval -5 -69 4.6 5.4
        #f4d35e oval 13 -69 4.6 5.4
        #1b1b22 oval -5 -69 1.7 4.6
        #1b1b22 oval 13 -69 1.7 4.6
        trim poly 2,-62 6,-62 4,-59
        light oval 4 -18 11 15
        dark line 1.4 -6,0 -6,-16
        dark line 1.4 12,0 12,-16
    """),
    "dog": ("#b27a45", "#d8504a", """
        main arcs 9 M-30 -14 Q-54 -24 -50 -50
        main path M-34 0 C-40 -40 -20 -56 0 -58 C24 -56 30 -30 26 0 Z
        main oval 6 -74 23 22
        light oval 14 -64 15 11
        dark path M-14 -90 Q-32 -86 -26 -58 Q-14 -58 -8 -84 Z
        dark path M22 -92 Q38 -86 34 -64 Q26 -66 20 -84 Z
        #1b1b22 oval 0 -78 3
        #1b1b22 oval 19 -78 3
        #1b1b22 oval 15 -68 5 3.6
        trim box -12 -56 32 6 3
        light oval 4 -22 12 17
        dark line 1.4 -6,0 -6,-18
        dark line 1.4 13,0 13,-18
    """),
    "fox": ("#dd7430", "#fbf1e4", """
        main path M-30 -6 C-78 0 -84 -40 -66 -58 C-62 -36 -44 -34 -26 -30 Z
        trim path M-74 -40 C-74 -50 -70 -54 -66 -58 C-65 -50 -62 -46 -60 -43 Z
        main path M-32 0 C-38 -38 -18 -54 0 -58 C22 -54 30 -30 26 0 Z
        main path M-18 -66 L-20 -102 L0 -86 L14 -86 L32 -102 L32 -66 L8 -46 Z
        trim path M-16 -64 Q-2 -66 7 -52 Q16 -66 30 -64 L8 -46 Z
        #3a2a24 poly -19,-94 -20,-102 -13,-96
        #3a2a24 poly 31,-94 32,-102 25,-96
        #1b1b22 oval -2 -72 2.6
        #1b1b22 oval 16 -72 2.6
        #1b1b22 oval 8 -49 3.2
        trim path M-8 -44 Q8 -36 20 -44 Q16 -16 6 -14 Q-6 -18 -8 -44 Z
        #3a2a24 box -14 -10 10 10 3
        #3a2a24 box 10 -10 10 10 3
    """),
    "horse": ("#7a4a2c", "#33241c", """
        trim arcs 8 M-46 -54 Q-66 -44 -60 -12
        main path M-48 -40 C-50 -66 -20 -62 14 -62 L26 -96 L36 -102 L38 -94 L60 -78 L58 -68 L40 -74 L34 -40 C20\
          -30 -30 -28 -48 -40 Z
        main poly -47,-44 -46,-20 -50,0 -42,0 -38,-22 -30,-38
        dark poly -34,-38 -30,-20 -32,0 -24,0 -22,-36
        main poly 18,-38 22,-18 20,0 28,0 30,-18 34,-42
        dark poly 12,-36 12,-18 9,0 17,0 20,-36
        trim path M12 -60 Q14 -92 34 -102 Q26 -92 26 -78 Q22 -66 18 -58 Z
        #1b1b22 oval 42 -86 2.2
    """),
    "unicorn": ("#fbf7fb", "#e58fc3", """
        trim arcs 9 M-46 -50 Q-68 -40 -60 -6
        main path M-48 -38 C-50 -62 -20 -58 14 -58 L26 -88 L36 -94 L38 -86 L60 -71 L58 -62 L40 -67 L34 -38 C20\
          -28 -30 -26 -48 -38 Z
        main poly -47,-42 -46,-20 -50,0 -42,0 -38,-22 -30,-36
        dark poly -34,-36 -30,-20 -32,0 -24,0 -22,-34
        main poly 18,-36 22,-18 20,0 28,0 30,-18 34,-40
        dark poly 12,-34 12,-18 9,0 17,0 20,-34
        #f3c64a poly 36,-92 43,-88 56,-120
        trim path M8 -56 Q8 -90 34 -96 Q24 -86 26 -72 Q22 -62 16 -52 Z
        #1b1b22 oval 42 -79 2.2
    """),
    "cow": ("#f5f1ea", "#3b3330", """
        main path M-60 -30 C-64 -74 -40 -76 20 -74 L46 -64 L44 -30 Q0 -14 -60 -30 Z
        main box -56 -34 12 34 2
        main box -36 -34 12 34 2
        main box 14 -34 12 34 2
        main box 32 -34 12 34 2
        trim path M-50 -70 Q-24 -80 -20 -56 Q-34 -40 -52 -50 Z
        trim path M2 -74 Q24 -78 22 -54 Q8 -44 -2 -58 Z
        main path M36 -84 L70 -88 L80 -56 Q72 -46 62 -50 L40 -58 Z
        #f1b7ac path M62 -66 L78 -64 L80 -56 Q72 -46 62 -52 Z
        trim path M36 -84 L22 -94 L28 -78 Z
        #d9c9a0 arcs 4 M44 -86 Q42 -98 50 -100
        #d9c9a0 arcs 4 M62 -88 Q66 -98 62 -101
        #1b1b22 oval 58 -76 3
        trim arcs 2.4 M-60 -62 Q-76 -50 -70 -24
        #f1b7ac oval -18 -24 9 7
    """),
    "sheep": ("#f8f3e8", "#3d3636", """
        trim box -38 -32 9 32 3
        trim box -20 -32 9 32 3
        trim box 12 -32 9 32 3
        trim box 28 -32 9 32 3
        main oval -34 -52 24 22
        main oval -12 -66 28 24
        main oval 18 -62 26 24
        main oval 34 -46 20 18
        main oval -6 -40 46 20
        trim oval 52 -66 16 20
        trim oval 38 -78 9 5
        main oval 46 -84 13 9
        #ffffff oval 56 -70 3
    """),
    "goat": ("#e8e2d8", "#8a7a68", """
        main path M-46 -34 C-48 -64 -20 -64 24 -62 L40 -46 L36 -28 H-40 Z
        dark box -42 -32 8 32 2
        main box -28 -32 8 32 2
        dark box 14 -32 8 32 2
        main box 28 -34 8 34 2
        main path M22 -58 L34 -90 L50 -92 L66 -74 L60 -66 L46 -68 L40 -46 Z
        trim arcs 5 M40 -90 Q30 -108 18 -96
        trim poly 58,-67 60,-54 52,-66
        #1b1b22 oval 48 -82 2.6
    """),
    "pig": ("#f2a7a6", "#d67f83", """
        main oval 0 -46 56 38
        trim arcs 4 M-55 -54 Q-70 -56 -66 -68 Q-60 -74 -58 -64
        main box -38 -20 15 20 4
        main box 20 -20 15 20 4
        main oval 44 -60 26 26
        trim oval 66 -56 9 12
        dark oval 67 -60 2 3
        dark oval 67 -52 2 3
        trim poly 26,-78 30,-100 46,-82
        #1b1b22 oval 50 -66 3
    """),
    "rabbit": ("#d9cfc4", "#f2b4b0", """
        main oval -10 -26 34 27
        #ffffff oval -44 -26 11
        main path M8 -70 Q-6 -108 6 -112 Q18 -106 18 -72 Z
        main path M22 -72 Q22 -108 34 -106 Q42 -98 32 -66 Z
        trim path M10 -76 Q4 -102 8 -104 Q15 -98 15 -76 Z
        main oval 22 -56 20 19
        main oval 14 -5 17 6
        main oval -22 -5 18 6
        #1b1b22 oval 28 -60 3
        trim oval 41 -54 3
    """),
    "hen": ("#f3ece0", "#d23a34", """
        #e2a33a line 3.4 -4,-20 -6,0
        #e2a33a line 3.4 12,-20 12,0
        main path M-50 -66 C-40 -46 -10 -50 12 -70 L20 -88 Q34 -98 42 -82 C48 -20 -34 0 -50 -66 Z
        dark path M-24 -46 Q0 -54 12 -34 Q-8 -18 -24 -46 Z
        trim path M20 -88 Q18 -104 26 -98 Q30 -110 34 -98 Q42 -102 40 -86 Z
        #e2a33a poly 42,-84 56,-78 42,-74
        trim oval 42 -68 4 7
        #1b1b22 oval 34 -83 2.6
    """),
    "frog": ("#5fae45", "#d9e8a0", """
        main path M-58 0 C-66 -54 66 -54 58 0 Z
        main oval -26 -64 20
        main oval 26 -64 20
        main oval 0 -46 46 30
        trim oval 0 -20 32 20
        #ffffff oval -26 -68 11
        #ffffff oval 26 -68 11
        #1b1b22 oval -24 -68 6
        #1b1b22 oval 28 -68 6
        dark arcs 3 M-26 -42 Q0 -26 26 -42
        dark oval -50 -4 22 8
        dark oval 50 -4 22 8
    """),
    "snail": ("#c98a52", "#e8d3a8", """
        trim path M-76 0 Q-40 -22 20 -22 L44 -56 Q62 -66 66 -46 Q66 0 30 0 Z
        trim line 4 54,-54 50,-84
        trim line 4 62,-54 70,-80
        main oval -8 -50 46 46
        dark arcs 6 M-8 -50 m0 0 a10 10 0 0 1 18 6 a22 22 0 0 1 -42 2 a32 32 0 0 1 60 -22
    """),
    "crab": ("#e2553d", "#f6b09c", """
        main line 8 -40,-30 -84,-2
        main line 8 -36,-22 -64,0
        main line 8 40,-30 84,-2
        main line 8 36,-22 64,0
        main oval 0 -40 54 30
        main oval -72 -74 22 18
        main oval 72 -74 22 18
        main line 9 -48,-44 -70,-66
        main line 9 48,-44 70,-66
        #ffffff oval -16 -76 10
        #ffffff oval 16 -76 10
        #1b1b22 oval -16 -76 5
        #1b1b22 oval 16 -76 5
    """),
    "mouse": ("#a7a3a5", "#f0b6b6", """
        trim arcs 5 M-50 -10 Q-90 -4 -96 -40
        main path M-56 0 C-60 -56 -10 -66 30 -52 L66 -22 Q64 0 40 0 Z
        main oval 10 -66 22
        trim oval 10 -66 13
        #1b1b22 oval 36 -38 5
        trim oval 66 -22 6
    """),
    "swan": ("#fdfcf7", "#ee8a35", """
        main path M-70 -22 Q-66 -56 -30 -44 Q0 -56 26 -28 L42 -16 Q20 0 -20 0 Q-54 0 -70 -22 Z
        main arcs 11 M30 -18 C54 -40 14 -62 28 -88 Q36 -98 46 -90
        main oval 44 -90 10 8
        trim poly 52,-93 68,-82 50,-84
        #1b1b22 oval 47 -92 2
        dark path M-62 -30 Q-30 -42 6 -22 Q-30 -10 -62 -30 Z
    """),
    "duck": ("#8a6a4a", "#2f7d55", """
        main path M-76 -44 Q-60 -34 -30 -46 Q0 -54 24 -34 L46 -44 Q50 0 0 0 H-30 Q-66 -4 -76 -44 Z
        trim oval 36 -66 24 24
        #f2a33a path M56 -72 Q84 -66 80 -58 Q64 -54 54 -60 Z
        #ffffff box 18 -48 34 6 2
        #1b1b22 oval 42 -72 4
        light path M-50 -32 Q-20 -42 8 -22 Q-24 -10 -50 -32 Z
    """),
}  # fmt: skip
