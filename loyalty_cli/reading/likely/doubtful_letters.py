"""Whether a file's letters speak against the code page it is read with: `Čâŕíîâ` is Cyrillic taken for Central European."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from loyalty_cli.reading.forms.letters import LETTERS
from loyalty_cli.reading.likely.encodings import best_language
from loyalty_cli.reading.likely.encodings import Candidate
from loyalty_cli.reading.likely.encodings import candidates
from loyalty_cli.reading.likely.encodings import CODE_PAGES
from loyalty_cli.reading.likely.encodings import LEAST_LIKELY
from loyalty_cli.reading.likely.encodings import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1 << 16
MOST_CHUNKS = 16
# So many letters beyond a-z say something.
FEWEST_LETTERS = 4
# A lead of e to the 12th in all, and of e for each letter.
LEAD = 12.0
LEAD_OF_LETTER = 1.0


def better_encoding(path: Path, encoding: str) -> Candidate | None:
    """The code page that a file is saved in by all appearances, if it is not the one it is read with."""
    if codecs.lookup(encoding).name not in {codecs.lookup(name).name for name in (*CODE_PAGES, "latin-1")}:
        return None
    words = words_of(beginning(path))
    letters = sum(byte >= 0x80 for word in words for byte in word)
    if letters < FEWEST_LETTERS:
        return None
    try:
        texts = tuple(word.decode(encoding) for word in words)
    except UnicodeDecodeError:
        return None
    score, _ = best_language(texts, tuple(LETTERS))
    best = candidates(words)[0]
    lead = best.score - score
    if best.words == texts or best.score < LEAST_LIKELY * letters or lead < max(LEAD, LEAD_OF_LETTER * letters):
        return None
    return best


def beginning(path: Path) -> Iterator[bytes]:
    """The first parts of a file."""
    with path.open("rb") as file:
        for _ in range(MOST_CHUNKS):
            if chunk := file.read(CHUNK):
                yield chunk
