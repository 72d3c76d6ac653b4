"""Bringing the books to what replay says, proving them, explaining them."""
