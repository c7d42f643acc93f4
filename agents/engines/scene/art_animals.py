"""Animals. `art_buildings` says how the lines are read; all look to the right."""

from agents.engines.scene.art_buildings import Art

EYE = "#1b1b22"

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
    "wolf": ("#6e7886", "#d9dee5", """
        main path M-44 -40 L-74 -14 L-66 -10 L-40 -28 Z
        main path M-46 -30 C-48 -58 -20 -60 18 -58 L42 -36 L36 -24 H-40 Z
        main poly -44,-34 -40,0 -32,0 -28,-28
        main poly -30,-28 -26,0 -18,0 -20,-28
        main poly 16,-32 18,0 26,0 28,-30
        main poly 28,-36 32,0 40,0 40,-36
        main path M12 -54 L34 -84 L36 -100 L46 -86 L54 -98 L56 -82 L82 -66 L76 -58 L56 -56 L44 -36 Z
        trim path M44 -40 L56 -56 L76 -58 L60 -50 Z
        #1b1b22 oval 59 -76 2.4
        #1b1b22 oval 80 -65 3
    """),
    "horse": ("#7a4a2c", "#33241c", """
        trim arcs 8 M-46 -54 Q-66 -44 -60 -12
        main path M-48 -40 C-50 -66 -20 -62 14 -62 L26 -96 L36 -102 L38 -94 L60 -78 L58 -68 L40 -74 L34 -40 C20 -30 -30 -28 -48 -40 Z
        main poly -47,-44 -46,-20 -50,0 -42,0 -38,-22 -30,-38
        dark poly -34,-38 -30,-20 -32,0 -24,0 -22,-36
        main poly 18,-38 22,-18 20,0 28,0 30,-18 34,-42
        dark poly 12,-36 12,-18 9,0 17,0 20,-36
        trim path M12 -60 Q14 -92 34 -102 Q26 -92 26 -78 Q22 -66 18 -58 Z
        #1b1b22 oval 42 -86 2.2
    """),
    "unicorn": ("#fbf7fb", "#e58fc3", """
        trim arcs 9 M-46 -50 Q-68 -40 -60 -6
        main path M-48 -38 C-50 -62 -20 -58 14 -58 L26 -88 L36 -94 L38 -86 L60 -71 L58 -62 L40 -67 L34 -38 C20 -28 -30 -26 -48 -38 Z
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
    "deer": ("#a66a3c", "#6b4428", """
        trim arcs 3.4 M34 -78 Q26 -92 14 -96 M28 -88 L28 -102 M20 -94 L14 -104
        trim arcs 3.4 M38 -78 Q46 -92 56 -96 M44 -88 L44 -102 M50 -93 L57 -104
        main path M-40 -34 C-42 -54 -18 -52 12 -52 L28 -78 L40 -80 L58 -66 L56 -60 L40 -62 L32 -36 C18 -26 -26 -26 -40 -34 Z
        main poly -38,-36 -38,0 -33,0 -28,-32
        dark poly -28,-32 -24,0 -19,0 -20,-30
        main poly 22,-34 24,0 29,0 31,-36
        dark poly 14,-32 14,0 19,0 22,-32
        light poly -40,-46 -48,-40 -38,-36
        main poly 30,-78 20,-84 28,-72
        #1b1b22 oval 43 -72 2.2
        light oval -14 -44 2.2
        light oval -4 -46 2.2
        light oval -24 -44 2.2
    """),
    "bear": ("#6d4630", "#c89b70", """
        main path M-58 -24 C-64 -80 -30 -84 10 -80 L40 -66 L44 -22 Z
        main box -54 -36 22 36 6
        dark box -26 -30 18 30 6
        main box 20 -36 22 36 6
        dark box 2 -30 18 30 6
        main oval 48 -72 25 24
        main oval 34 -94 8
        main oval 58 -95 8
        trim oval 62 -65 13 10
        #1b1b22 oval 68 -69 4.6 3.4
        #1b1b22 oval 52 -78 2.8
    """),
    "panda": ("#f7f5f0", "#26262c", """
        main path M-36 0 C-50 -60 40 -60 36 0 Z
        trim path M-38 -22 Q-50 -46 -28 -50 L-14 -20 Z
        trim path M38 -22 Q50 -46 28 -50 L14 -20 Z
        trim oval -24 -6 16 10
        trim oval 24 -6 16 10
        trim oval -24 -92 11
        trim oval 24 -92 11
        main oval 0 -70 34 29
        trim oval -13 -71 8 10
        trim oval 13 -71 8 10
        #ffffff oval -12 -73 2.6
        #ffffff oval 12 -73 2.6
        trim oval 0 -60 5 3.6
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
    "elephant": ("#8d95a3", "#eef0ee", """
        main path M-60 -30 C-70 -90 -20 -92 20 -86 L36 -40 L30 -26 H-54 Z
        main box -58 -44 24 44 4
        dark box -32 -36 18 36 4
        main box 8 -44 24 44 4
        dark box -8 -36 16 36 4
        main path M22 -84 Q56 -100 66 -70 Q76 -40 72 -14 Q70 0 84 -6 L88 0 Q66 14 60 -12 L54 -42 Q34 -40 22 -56 Z
        dark path M6 -86 Q-12 -62 8 -44 Q34 -44 36 -74 Q26 -90 6 -86 Z
        trim path M56 -44 Q74 -30 90 -38 Q74 -40 62 -52 Z
        #1b1b22 oval 54 -72 2.8
        dark arcs 3 M-62 -58 Q-72 -44 -68 -26
    """),
    "giraffe": ("#e8b755", "#9c5a2c", """
        main path M-32 -28 C-34 -46 -12 -44 2 -46 L16 -88 L24 -98 L28 -92 L44 -86 L43 -80 L28 -80 L18 -32 C4 -24 -20 -22 -32 -28 Z
        main poly -31,-30 -30,0 -25,0 -22,-28
        dark poly -22,-28 -18,0 -13,0 -14,-28
        main poly 9,-30 11,0 16,0 18,-34
        dark poly 2,-30 2,0 7,0 9,-30
        trim oval -22 -36 4.4 3.6
        trim oval -10 -39 4.6 3.6
        trim oval 2 -38 4.4 3.8
        trim oval 9 -50 3.2 3.6
        trim oval 14 -62 2.8 3.4
        trim oval 18 -74 2.6 3.2
        trim oval -16 -29 3.4 2.8
        trim line 1.6 21,-94 20,-102
        trim line 1.6 25,-94 25,-102
        #1b1b22 oval 29 -88 1.6
        trim arcs 1.6 M-32 -40 Q-40 -30 -37 -16
    """),
    "lion": ("#d9a04a", "#9a5524", """
        main arcs 4 M-50 -46 Q-78 -44 -72 -78
        trim oval -72 -80 7
        main path M-52 -24 C-56 -66 -20 -64 16 -62 L38 -30 L30 -22 Z
        main box -50 -34 16 34 5
        dark box -30 -28 14 28 5
        main box 14 -34 16 34 5
        dark box 0 -28 13 28 5
        trim oval 38 -66 33 35
        main oval 44 -66 20 21
        light oval 52 -58 11 9
        #1b1b22 oval 57 -62 4.4 3
        #1b1b22 oval 44 -72 2.6
    """),
    "camel": ("#c99a5b", "#b3383a", """
        main path M-50 -36 C-52 -58 -40 -60 -30 -62 Q-20 -98 -6 -66 Q6 -62 14 -60 Q30 -30 40 -60 L44 -88 L54 -94 L72 -84 L70 -76 L56 -78 L50 -46 Q40 -24 16 -34 H-44 Z
        main poly -48,-40 -46,0 -39,0 -36,-36
        dark poly -34,-36 -31,0 -24,0 -24,-36
        main poly 10,-36 12,0 19,0 22,-36
        dark poly -2,-36 -1,0 6,0 8,-36
        trim path M-34 -62 H0 L2 -46 H-36 Z
        #1b1b22 oval 58 -86 2
    """),
    "penguin": ("#2a2f3d", "#f2a33a", """
        trim oval -12 -2 14 5
        trim oval 14 -2 14 5
        main path M-30 -4 C-40 -60 -24 -100 2 -100 C28 -100 40 -60 32 -4 Z
        #fbfaf6 path M-18 -5 C-26 -44 -12 -70 4 -72 C20 -70 28 -44 22 -5 Z
        #fbfaf6 oval 10 -80 12 11
        #1b1b22 oval 12 -84 3
        trim poly 18,-82 38,-76 18,-72
        dark path M-29 -62 Q-50 -38 -42 -22 Q-30 -30 -26 -46 Z
        dark path M31 -62 Q50 -38 44 -22 Q33 -30 28 -46 Z
    """),
    "flamingo": ("#f27c9b", "#2b2530", """
        main line 2.6 0,-42 4,0
        main line 2.6 -6,-42 -8,-20 4,-24
        main path M-36 -40 C-30 -62 0 -66 16 -54 C14 -36 -14 -30 -36 -40 Z
        main arcs 6 M12 -52 C36 -60 10 -78 20 -92 Q26 -102 34 -94
        main oval 31 -94 7 6
        trim poly 36,-96 46,-86 40,-84 34,-90
        #1b1b22 oval 32 -96 1.4
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
    "dinosaur": ("#6fa25a", "#c9d98a", """
        main path M-96 -4 Q-60 -18 -44 -34 C-30 -56 6 -54 16 -46 C30 -54 24 -84 34 -96 Q46 -106 62 -94 L62 -86 L44 -84 C42 -60 44 -34 26 -22 L-40 -16 Q-60 -8 -96 -4 Z
        main box -38 -26 13 26 3
        dark box -22 -22 12 22 3
        main box 10 -28 13 28 3
        dark box -4 -22 12 22 3
        trim oval -24 -42 5
        trim oval -8 -45 6
        trim oval 8 -42 5
        #1b1b22 oval 48 -94 2.4
    """),
    "squirrel": ("#b5652f", "#f2d9b8", """
        main path M-16 -4 C-70 -6 -62 -66 -48 -90 Q-20 -100 -26 -70 C-34 -50 -16 -36 -8 -24 Z
        main path M-24 0 C-28 -40 -4 -54 12 -54 C30 -44 28 -16 20 0 Z
        main oval 18 -66 20 17
        main poly 4,-78 6,-98 18,-82
        trim oval 16 -26 9 16
        #1b1b22 oval 24 -70 3
        #1b1b22 oval 38 -64 3
    """),
    "mouse": ("#a7a3a5", "#f0b6b6", """
        trim arcs 5 M-50 -10 Q-90 -4 -96 -40
        main path M-56 0 C-60 -56 -10 -66 30 -52 L66 -22 Q64 0 40 0 Z
        main oval 10 -66 22
        trim oval 10 -66 13
        #1b1b22 oval 36 -38 5
        trim oval 66 -22 6
    """),
    "whale": ("#4a6d9b", "#e4eef5", """
        main path M-92 -6 C-80 -70 -10 -86 50 -50 Q70 -38 82 -64 Q70 -92 58 -98 Q82 -100 90 -82 Q98 -100 120 -94 Q112 -72 98 -62 Q92 -20 50 0 Z
        trim path M-90 0 Q-40 -26 30 0 Z
        #1b1b22 oval -58 -28 3.6
        #cfeaf7 arcs 5 M-34 -72 Q-34 -104 -54 -108 M-34 -72 Q-34 -104 -14 -108
    """),
    "dolphin": ("#6c8fae", "#dfe9f0", """
        main path M-70 -10 Q-56 -78 6 -90 L0 -112 L30 -86 Q70 -66 72 -20 L92 -2 L68 -6 L52 4 L58 -22 Q40 -56 0 -56 Q-30 -50 -46 -22 L-72 -4 Z
        trim path M-62 -14 Q-30 -58 10 -62 Q-24 -50 -46 -22 Z
        #1b1b22 oval -44 -36 2.6
    """),
    "shark": ("#5d6b7c", "#dfe5ea", """
        main path M-50 0 Q-10 -40 12 -100 Q44 -50 46 0 Z
        dark path M10 0 Q26 -50 12 -100 Q44 -50 46 0 Z
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
    "owl": ("#7d5f45", "#f0d9a8", """
        #5b4334 box -60 -2 120 7 3
        main path M-34 -4 C-44 -60 -34 -96 0 -96 C34 -96 44 -60 34 -4 Z
        main poly -32,-82 -34,-108 -8,-92
        main poly 32,-82 34,-108 8,-92
        trim oval -14 -70 15
        trim oval 14 -70 15
        #1b1b22 oval -13 -70 7
        #1b1b22 oval 13 -70 7
        #e89a35 poly -5,-62 5,-62 0,-50
        trim oval 0 -26 20 22
        dark path M-34 -60 Q-46 -24 -26 -8 Q-20 -36 -34 -60 Z
        dark path M34 -60 Q46 -24 26 -8 Q20 -36 34 -60 Z
    """),
}  # fmt: skip
