"""Illustrative scenes: a sentence becomes a picture, drawn as vectors and finished as pixels."""
