"""Pictures, music and films from providers, each for the media that have one configured."""
