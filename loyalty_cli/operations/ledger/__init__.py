"""Bringing the books to what replay says, proving them, explaining them; other rooms post with `books`."""
