"""A composer: words become a lead sheet, the sheet an arrangement, the arrangement MIDI and sound."""
