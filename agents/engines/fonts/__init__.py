"""Typefaces that come along: DejaVu Sans, see LICENSE."""

from pathlib import Path

REGULAR = Path(__file__).with_name("DejaVuSans.ttf")
BOLD = Path(__file__).with_name("DejaVuSans-Bold.ttf")
