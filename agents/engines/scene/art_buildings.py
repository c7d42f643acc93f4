"""Buildings and what stands around them. `pen.draw` reads the lines; 100 is the height, 0,0 where the feet are."""

Art = tuple[str, str, str]
"""Main colour, trim colour, lines of `fill shape numbers`."""

ART: dict[str, Art] = {
    "lighthouse": ("#f4f0e6", "#c8382f", """
        #6b6660 poly -24,0 -17,-7 16,-7 24,0
        main poly -13,-5 13,-5 8,-76 -8,-76
        trim poly -11.7,-20 11.7,-20 10.8,-34 -10.8,-34
        trim poly -9.9,-48 9.9,-48 9,-62 -9,-62
        #3b3f4a box -12 -78 24 3 1
        glow box -6.5 -90 13 12 1
        #3b3f4a line 1.2 -2,-90 -2,-78
        #3b3f4a line 1.2 2,-90 2,-78
        trim path M-9 -89 Q0 -104 9 -89 Z
        glow box -2.5 -44 5 6 2
        #4a3a33 path M-4 -5 V-15 Q0 -20 4 -15 V-5 Z
    """),
    "house": ("#efdcc0", "#b5503c", """
        main box -46 -58 92 58 1
        trim poly -54,-55 -34,-100 34,-100 54,-55
        trimdark box 18 -112 11 26 1
        dark box -46 -58 92 4
        glow box -36 -44 18 18 2
        glow box 18 -44 18 18 2
        #5b4334 path M-9 0 V-30 Q0 -40 9 -30 V0 Z
        #ffffff66 line 1.5 -27,-44 -27,-26
        #ffffff66 line 1.5 27,-44 27,-26
    """),
    "cabin": ("#8a5a3a", "#5a3b2c", """
        main box -48 -50 96 50 1
        dark line 1.6 -48,-12 48,-12
        dark line 1.6 -48,-25 48,-25
        dark line 1.6 -48,-38 48,-38
        trim poly -62,-44 0,-100 62,-44
        trimdark poly -62,-44 0,-100 62,-44 54,-42 0,-90 -54,-42
        trimdark box 26 -98 11 32 1
        glow box 14 -38 22 19 1
        dark line 2 25,-38 25,-19
        glow oval 0 -64 7
        #3c2a20 box -26 -36 20 36 1
    """),
    "castle": ("#b7ad9f", "#b23b45", """
        main box -46 -50 92 50
        dark poly -46,-50 -46,-57 -36,-57 -36,-50 -26,-50 -26,-57 -16,-57 -16,-50 -6,-50 -6,-57 4,-57 4,-50\
          14,-50 14,-57 24,-57 24,-50 34,-50 34,-57 46,-57 46,-50
        main box -60 -68 22 68
        main box 38 -68 22 68
        main box -14 -80 28 80
        trim poly -63,-67 -49,-92 -35,-67
        trim poly 35,-67 49,-92 63,-67
        trim poly -18,-79 0,-112 18,-79
        #4a3a33 path M-8 0 V-18 Q0 -30 8 -18 V0 Z
        glow path M-3 -58 V-66 Q0 -71 3 -66 V-58 Z
        glow box -52 -52 5 9 2
        glow box 47 -52 5 9 2
        glow box -30 -36 4 8 2
        glow box 26 -36 4 8 2
        trim poly 0,-112 0,-121 11,-117
        dark line 1 0,-111 0,-121
    """),
    "tower": ("#a99c8c", "#58606e", """
        main poly -15,0 15,0 12,-78 -12,-78
        dark box -16 -80 32 5
        trim poly -17,-79 0,-104 17,-79
        glow path M-4 -58 V-68 Q0 -74 4 -68 V-58 Z
        glow box -3 -38 6 9 3
        #453a35 path M-5 0 V-14 Q0 -20 5 -14 V0 Z
    """),
    "church": ("#f0ebe0", "#6d5a63", """
        main box -8 -44 52 44
        trim poly -12,-42 18,-66 48,-42
        main box -34 -66 26 66
        trim poly -38,-64 -21,-98 -4,-64
        #d9b45a line 1.6 -21,-98 -21,-112
        #d9b45a line 1.6 -25,-107 -17,-107
        glow path M-25 -42 V-52 Q-21 -58 -17 -52 V-42 Z
        glow path M6 -14 V-28 Q9 -33 12 -28 V-14 Z
        glow path M24 -14 V-28 Q27 -33 30 -28 V-14 Z
        #5b4334 path M-27 0 V-16 Q-21 -24 -15 -16 V0 Z
    """),
    "temple": ("#e9dfcb", "#cdbd9f", """
        trim box -74 -7 148 7
        trim box -68 -13 136 7
        #4a4038 box -58 -66 116 54
        main box -58 -68 10 56
        main box -36 -68 10 56
        main box -14 -68 10 56
        main box 8 -68 10 56
        main box 30 -68 10 56
        main box 50 -68 10 56
        main box -66 -76 132 9
        trim poly -70,-76 0,-104 70,-76
        dark poly -48,-79 0,-97 48,-79
    """),
    "pagoda": ("#c2483c", "#3e4a52", """
        #776a5d box -44 -5 88 5
        main box -28 -30 56 26
        trim path M-50 -27 Q-34 -33 -27 -42 H27 Q34 -33 50 -27 Q0 -32 -50 -27 Z
        main box -21 -56 42 16
        trim path M-40 -52 Q-28 -57 -21 -66 H21 Q28 -57 40 -52 Q0 -57 -40 -52 Z
        main box -15 -79 30 15
        trim path M-31 -75 Q-18 -80 -3 -95 H3 Q18 -80 31 -75 Q0 -80 -31 -75 Z
        #d9b45a line 2 0,-95 0,-108
        glow box -20 -23 9 13 1
        glow box 11 -23 9 13 1
        glow box -12 -53 7 9 1
        glow box 5 -53 7 9 1
        glow box -4 -77 8 8 1
        #47302a box -7 -24 14 20 1
    """),
    "torii": ("#d2402f", "#2e2b30", """
        main poly -44,0 -36,0 -33,-84 -39,-84
        main poly 44,0 36,0 33,-84 39,-84
        main box -46 -70 92 7
        trim path M-62 -96 Q0 -86 62 -96 L58 -84 Q0 -78 -58 -84 Z
        main path M-57 -86 Q0 -79 57 -86 L55 -80 Q0 -74 -55 -80 Z
        main box -4 -82 8 14
    """),
    "mosque": ("#f2ead8", "#3aa39a", """
        main box -40 -42 80 42
        trim path M-26 -42 C-40 -66 -10 -76 0 -92 C10 -76 40 -66 26 -42 Z
        #d9b45a line 1.5 0,-92 0,-102
        main box -62 -84 9 84
        main box 53 -84 9 84
        trim path M-64 -83 Q-57 -102 -50 -83 Z
        trim path M50 -83 Q57 -102 64 -83 Z
        #554a44 path M-9 0 V-18 Q-9 -30 0 -34 Q9 -30 9 -18 V0 Z
        glow path M-30 -12 V-22 Q-26 -30 -22 -22 V-12 Z
        glow path M22 -12 V-22 Q26 -30 30 -22 V-12 Z
    """),
    "windmill": ("#efe5d2", "#b0483a", """
        main poly -17,0 17,0 11,-62 -11,-62
        trim path M-14 -61 Q0 -84 14 -61 Z
        #5b4334 path M-5 0 V-14 Q0 -20 5 -14 V0 Z
        glow box -3 -40 6 8 2
        #6b4c36 line 1.8 -28,-96 28,-40
        #6b4c36 line 1.8 -28,-40 28,-96
        #fbf4e4 poly -30,-94 -22,-102 -2,-76 -6,-70
        #fbf4e4 poly 30,-42 22,-34 2,-60 6,-66
        #fbf4e4 poly 26,-98 34,-90 8,-70 2,-76
        #fbf4e4 poly -26,-38 -34,-46 -8,-66 -2,-60
        #6b4c36 oval 0 -68 3.5
    """),
    "barn": ("#b3392f", "#5d5a60", """
        main poly -50,0 50,0 50,-52 30,-84 0,-96 -30,-84 -50,-52
        trim poly -56,-48 -33,-84 0,-99 33,-84 56,-48 50,-50 30,-79 0,-92 -30,-79 -50,-50
        #f4ece0 box -20 -38 40 38
        main box -17 -35 34 35
        #f4ece0 line 2.4 -17,-35 17,0
        #f4ece0 line 2.4 17,-35 -17,0
        glow box -8 -70 16 14 1
    """),
    "observatory": ("#eee9df", "#9fb1c4", """
        main box -34 -46 68 46 1
        dark box -37 -49 74 6 1
        trim path M-32 -49 A32 34 0 0 1 32 -49 Z
        #232a3c poly 2,-83 12,-80 20,-49 8,-49
        #d7dde6 poly 6,-66 12,-66 34,-98 26,-102
        #8795a8 poly 26,-102 34,-98 36,-101 28,-105
        glow box -23 -30 11 12 1
        glow box 12 -30 11 12 1
        #564539 path M-7 0 V-18 Q0 -26 7 -18 V0 Z
    """),
    "pyramid": ("#e0bd7c", "#b98f52", """
        main poly -78,0 22,0 -6,-100
        trim poly 22,0 78,0 -6,-100
    """),
    "tent": ("#e8843c", "#f7d9a8", """
        main poly -72,0 0,-94 72,0
        dark poly 0,-94 72,0 34,0
        glow poly -22,0 0,-72 22,0
        trim poly -22,0 0,-72 -6,0
        #5c4632 line 2 0,-94 -5,-103
        #5c4632 line 2 0,-94 5,-103
    """),
    "tipi": ("#ead7b4", "#c2553b", """
        #5c4632 line 2 -8,-102 5,-82
        #5c4632 line 2 8,-102 -5,-82
        main poly -42,0 0,-92 42,0
        trim poly -33,-20 33,-20 29,-30 -29,-30
        glow poly -10,0 0,-44 10,0
    """),
    "igloo": ("#e9f3fa", "#bcd3e4", """
        main path M-84 0 A84 92 0 0 1 84 0 Z
        trim path M20 0 V-30 Q44 -58 68 -30 V0 Z
        glow path M30 0 V-26 Q44 -44 58 -26 V0 Z
        trim line 2 -80,-30 18,-30
        trim line 2 -64,-60 62,-60
        trim line 2 -40,-30 -40,-60
        trim line 2 0,-60 0,-90
    """),
    "factory": ("#a8604a", "#6b4a44", """
        main poly -60,0 60,0 60,-46 36,-62 36,-46 12,-62 12,-46 -12,-62 -12,-46 -60,-46
        trim poly -50,-46 -36,-46 -38,-96 -48,-96
        trim poly -30,-46 -18,-46 -20,-84 -28,-84
        #ffffff55 oval -42 -106 9 7
        #ffffff44 oval -30 -116 12 8
        glow box -48 -30 14 12 1
        glow box -24 -30 14 12 1
        glow box 0 -30 14 12 1
        glow box 24 -30 14 12 1
    """),
}  # fmt: skip
