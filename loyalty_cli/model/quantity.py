"""How much of an article a line holds."""

from __future__ import annotations

# Quantities are in thousandths, of a piece or of what is weighed.
PIECE = 1000
