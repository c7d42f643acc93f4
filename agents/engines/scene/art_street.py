"""What stands in streets and gardens. `art_buildings` says how the lines are read."""

from agents.engines.scene.art_buildings import Art

ART: dict[str, Art] = {
    "fountain": ("#b9bcc2", "#9fd8f0", """
        trim arcs 4 M0 -84 Q-24 -112 -40 -24
        trim arcs 4 M0 -84 Q24 -112 40 -24
        trim arcs 3 M0 -84 Q-12 -110 -20 -44
        trim arcs 3 M0 -84 Q12 -110 20 -44
        main poly -7,-16 7,-16 4,-82 -4,-82
        main path M-28 -48 H28 Q16 -38 0 -38 Q-16 -38 -28 -48 Z
        main path M-64 -24 H64 L54 0 H-54 Z
        trim oval 0 -24 60 7
    """),
    "streetlamp": ("#30343f", "#30343f", """
        halo oval 0 -88 26
        main poly -3,0 3,0 1.6,-80 -1.6,-80
        main box -6 -4 12 4 1
        main box -5 -82 10 3 1
        glow poly -5,-82 5,-82 7,-95 -7,-95
        main poly -9,-95 9,-95 0,-103
    """),
    "bench": ("#8a5a3a", "#3d3b40", """
        trim line 6 -70,0 -70,-58
        trim line 6 70,0 70,-58
        main box -90 -54 180 12 3
        main box -90 -98 180 12 3
        main box -90 -78 180 12 3
        trim line 5 -70,-50 -70,-100
        trim line 5 70,-50 70,-100
    """),
    "fence": ("#e9e2d4", "#cfc4b0", """
        trim box -170 -74 340 12
        trim box -170 -38 340 12
        main path M-160 0 V-88 L-148 -100 L-136 -88 V0 Z M-100 0 V-88 L-88 -100 L-76 -88 V0 Z M-40 0 V-88 L-28\
          -100 L-16 -88 V0 Z M20 0 V-88 L32 -100 L44 -88 V0 Z M80 0 V-88 L92 -100 L104 -88 V0 Z M140 0 V-88 L152\
          -100 L164 -88 V0 Z
    """),
    "well": ("#9a958d", "#9a4a38", """
        #5b4334 line 5 -30,-34 -30,-76
        #5b4334 line 5 30,-34 30,-76
        trim poly -46,-70 0,-102 46,-70
        main box -38 -38 76 38 3
        dark box -42 -42 84 8 3
        #c7b48c line 1.5 0,-74 0,-42
    """),
    "pier": ("#8b6543", "#5e4330", """
        trim line 12 -280,40 -280,-50
        trim line 12 -180,40 -180,-50
        trim line 12 -80,40 -80,-50
        trim line 12 20,40 20,-50
        trim line 12 120,40 120,-100
        trim line 12 220,40 220,-100
        main box -340 -62 620 20 3
        dark box -340 -44 620 8
    """),
    "grave": ("#9a9ca3", "#6f7178", """
        main path M-38 0 V-64 Q-38 -100 0 -100 Q38 -100 38 -64 V0 Z
        trim box -5 -84 10 44 1
        trim box -20 -72 40 10 1
        trim box -48 -8 96 8 2
    """),
    "stall": ("#d9463f", "#fff5e6", """
        #7a5a40 box -44 -36 88 36 1
        #5b4334 line 4 -42,0 -42,-80
        #5b4334 line 4 42,0 42,-80
        glow box -40 -70 80 34
        #e8a13a oval -24 -38 6
        #6fae4d oval -10 -38 6
        #d8504a oval 4 -38 6
        #f2c94c oval 18 -38 6
        main poly -54,-66 -40,-98 40,-98 54,-66
        trim poly -32,-66 -24,-98 -8,-98 -10,-66
        trim poly 12,-66 8,-98 24,-98 33,-66
    """),
    "ferriswheel": ("#e0567a", "#f5c84b", """
        #6a7385 line 2.6 0,-54 -24,0
        #6a7385 line 2.6 0,-54 24,0
        main ring 2.6 0 -54 44
        main ring 1.2 0 -54 36
        main line 1.1 -44,-54 44,-54
        main line 1.1 0,-98 0,-10
        main line 1.1 -31,-85 31,-23
        main line 1.1 -31,-23 31,-85
        #6a7385 oval 0 -54 4
        trim box -5 -100 10 9 3
        #4aa7d8 box -5 -13 10 9 3
        #6cc08b box -49 -57 10 9 3
        trim box 39 -57 10 9 3
        #e8784a box -37 -88 10 9 3
        #9a77d6 box 26 -88 10 9 3
        #4aa7d8 box -37 -28 10 9 3
        #e8784a box 26 -28 10 9 3
    """),
    "bridge": ("#9c8f83", "#6f645c", """
        main path M-300 0 V-62 Q0 -128 300 -62 V0 H244 A48 48 0 0 0 150 0 H62 A62 70 0 0 0 -62 0 H-150 A48 48 0 0\
          0 -244 0 Z
        trim arcs 7 M-302 -66 Q0 -134 302 -66
        trim line 4 -240,-66 -240,-90
        trim line 4 -120,-88 -120,-110
        trim line 4 0,-98 0,-118
        trim line 4 120,-88 120,-110
        trim line 4 240,-66 240,-90
        trim arcs 3.5 M-302 -84 Q0 -150 302 -84
    """),
}  # fmt: skip
