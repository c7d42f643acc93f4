"""Films: pictures that move, lettering, sound, and MP4 files that play anywhere."""
