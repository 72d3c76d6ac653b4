"""Which encoding a file is saved in: by its first bytes, by being valid UTF-8, else by how its letters fit languages."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.reading.forms.letters import all_letters
from loyalty_cli.reading.forms.letters import likelihood

if TYPE_CHECKING:
    from collections.abc import Iterable


Reason = Literal["byte order mark", "plain letters only", "valid utf-8", "zero bytes", "letters", "nothing fits"]

WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]+")
MOST_WORDS = 4000
LONGEST_WORD = 60
# Byte order marks; the longer one first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How usual each code page is in the exports of tills, and the languages it is made for.
CODE_PAGES = {
    "cp1250": (1.0, ("pl", "ro", "de")),
    "iso-8859-2": (0.15, ("pl", "ro", "de")),
    "iso-8859-16": (0.1, ("pl", "ro")),
    "cp852": (0.3, ("pl", "ro", "de")),
    "cp1251": (1.0, ("ru", "uk")),
    "cp866": (0.4, ("ru",)),
    "koi8-r": (0.2, ("ru",)),
    "iso-8859-5": (0.05, ("ru",)),
    "cp1252": (1.0, ("de", "fr", "es")),
    "iso-8859-15": (0.2, ("de", "fr", "es")),
    "cp850": (0.1, ("de", "fr", "es")),
}
# A lead of e to the 5th: about 150 to 1.
CERTAIN = 5.0
# Nearly even: the owner must say.
EVEN = 1.0
# Less than this for a letter on average is no text in any of these languages.
LEAST_LIKELY = log(0.0015)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One encoding with its score and some words as it reads them."""

    name: str
    language: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyEncoding:
    """What a file's encoding seems to be. `name` is empty where candidates are nearly even or none fits.

    `rivals` read some letters otherwise and fit nearly as well; `alike` read every letter of this file the same.
    """

    name: str
    reason: Reason
    language: str = ""
    words: tuple[str, ...] = ()
    rivals: tuple[Candidate, ...] = ()
    alike: tuple[str, ...] = ()


def by_first_bytes(start: bytes) -> LikelyEncoding | None:
    """The encoding that the first bytes of a file tell: a byte order mark, or the zero bytes of UTF-16."""
    for mark, name in MARKS:
        if start.startswith(mark):
            return LikelyEncoding(name=name, reason="byte order mark")
    sample = start[: len(start) // 2 * 2]
    if len(sample) >= 4:
        even, odd = sample[0::2].count(0) * 2 / len(sample), sample[1::2].count(0) * 2 / len(sample)
        if odd > 0.3 and even < 0.02:
            return LikelyEncoding(name="utf-16-le", reason="zero bytes")
        if even > 0.3 and odd < 0.02:
            return LikelyEncoding(name="utf-16-be", reason="zero bytes")
    return None


def words_of(chunks: Iterable[bytes]) -> list[bytes]:
    """The different words of a file that have letters beyond a–z, the first some thousand of them."""
    seen: Counter[bytes] = Counter()
    for chunk in chunks:
        seen.update(word[:LONGEST_WORD] for word in WORD.findall(chunk) if not word.isascii())
        if len(seen) >= MOST_WORDS:
            break
    return list(islice(seen, MOST_WORDS))


def by_letters(words: list[bytes]) -> LikelyEncoding:
    """The code page in which words are most like those of a language; its rivals, if they come near."""
    ranked = candidates(words)
    letters = sum(1 for word in words for byte in word if byte >= 0x80)
    if not ranked or ranked[0].score < LEAST_LIKELY * letters:
        return LikelyEncoding(name="", reason="nothing fits", rivals=tuple(ranked[:4]))
    best = ranked[0]
    alike = tuple(each.name for each in ranked[1:] if each.words == best.words)
    rivals = [each for each in ranked[1:] if each.words != best.words and best.score - each.score < CERTAIN]
    even = [each for each in rivals if best.score - each.score < EVEN]
    return LikelyEncoding(
        name="" if even else best.name,
        reason="letters",
        language=best.language,
        words=best.words,
        rivals=((best, *rivals) if even else tuple(rivals)),
        alike=alike,
    )


def candidates(words: list[bytes]) -> list[Candidate]:
    """Every code page that can read the words, the likeliest first."""
    found = []
    for name, (usual, languages) in CODE_PAGES.items():
        try:
            texts = tuple(word.decode(name) for word in words)
        except UnicodeDecodeError:
            continue
        score, language = best_language(texts, languages)
        found.append(Candidate(name=name, language=language, score=score + log(usual), words=texts))
    return sorted(found, key=lambda candidate: -candidate.score)


def best_language(texts: tuple[str, ...], languages: tuple[str, ...]) -> tuple[float, str]:
    """The language whose letters explain the words best, and how well."""
    return max(
        (sum(likelihood(text, letters) for text in texts), letters.language) for letters in all_letters() if letters.language in languages
    )
