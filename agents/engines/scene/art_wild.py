"""Wild animals. `art_buildings` says how the lines are read; all look to the right."""

from agents.engines.scene.art_buildings import Art

ART: dict[str, Art] = {
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
    "deer": ("#a66a3c", "#6b4428", """
        trim arcs 3.4 M34 -78 Q26 -92 14 -96 M28 -88 L28 -102 M20 -94 L14 -104
        trim arcs 3.4 M38 -78 Q46 -92 56 -96 M44 -88 L44 -102 M50 -93 L57 -104
        main path M-40 -34 C-42 -54 -18 -52 12 -52 L28 -78 L40 -80 L58 -66 L56 -60 L40 -62 L32 -36 C18 -26 -26\
          -26 -40 -34 Z
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
        main path M-32 -28 C-34 -46 -12 -44 2 -46 L16 -88 L24 -98 L28 -92 L44 -86 L43 -80 L28 -80 L18 -32 C4 -24\
          -20 -22 -32 -28 Z
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
        main path M-50 -36 C-52 -58 -40 -60 -30 -62 Q-20 -98 -6 -66 Q6 -62 14 -60 Q30 -30 40 -60 L44 -88 L54 -94\
          L72 -84 L70 -76 L56 -78 L50 -46 Q40 -24 16 -34 H-44 Z
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
    "dinosaur": ("#6fa25a", "#c9d98a", """
        main path M-96 -4 Q-60 -18 -44 -34 C-30 -56 6 -54 16 -46 C30 -54 24 -84 34 -96 Q46 -106 62 -94 L62 -86\
          L44 -84 C42 -60 44 -34 26 -22 L-40 -16 Q-60 -8 -96 -4 Z
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
    "whale": ("#4a6d9b", "#e4eef5", """
        main path M-92 -6 C-80 -70 -10 -86 50 -50 Q70 -38 82 -64 Q70 -92 58 -98 Q82 -100 90 -82 Q98 -100 120 -94\
          Q112 -72 98 -62 Q92 -20 50 0 Z
        trim path M-90 0 Q-40 -26 30 0 Z
        #1b1b22 oval -58 -28 3.6
        #cfeaf7 arcs 5 M-34 -72 Q-34 -104 -54 -108 M-34 -72 Q-34 -104 -14 -108
    """),
    "dolphin": ("#6c8fae", "#dfe9f0", """
        main path M-70 -10 Q-56 -78 6 -90 L0 -112 L30 -86 Q70 -66 72 -20 L92 -2 L68 -6 L52 4 L58 -22 Q40 -56 0\
          -56 Q-30 -50 -46 -22 L-72 -4 Z
        trim path M-62 -14 Q-30 -58 10 -62 Q-24 -50 -46 -22 Z
        #1b1b22 oval -44 -36 2.6
    """),
    "shark": ("#5d6b7c", "#dfe5ea", """
        main path M-50 0 Q-10 -40 12 -100 Q44 -50 46 0 Z
        dark path M10 0 Q26 -50 12 -100 Q44 -50 46 0 Z
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
