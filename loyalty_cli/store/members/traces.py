"""What tells of somebody in the bytes of a file: their words as any program may have written them, and telephone numbers."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from contextlib import suppress
from itertools import chain
from string import ascii_lowercase
from string import ascii_uppercase
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.telephones import FEWEST_DIGITS
from loyalty_cli.model.telephones import LAST_DIGITS
from loyalty_cli.model.telephones import telephone_end

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping

UNICODE = ("utf-8", "utf-16-le", "utf-16-be")
ENCODINGS = (*UNICODE, "cp1250", "cp1251", "iso8859-2", "cp852", "cp866", "koi8-r")
# What workbooks, pages and lists write for a sign that means something in them.
IN_A_SHEET = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
QUOTED = (("&#39;", "&#34;"), ("&#x27;", "&quot;"), ("&apos;", "&quot;"))
# Old letters of Romania have a cedilla for a comma, and Russians seldom set the dots of ё.
OTHERWISE = (dict(zip("șțȘȚ", "şţŞŢ", strict=True)), dict(zip("şţŞŢ", "șțȘȚ", strict=True)), {"ё": "е", "Ё": "Е"})
QUOTES = ({**IN_A_SHEET, "'": one, '"': two} for one, two in QUOTED)
FORMS = tuple(map(str.maketrans, ({}, {'"': '""'}, IN_A_SHEET, *QUOTES, *OTHERWISE)))
# What may stand between the digits of a telephone number: also blanks that do not break, dashes of programs that set texts,
# the second byte of UTF-16.
BETWEEN = b" ().-/\xa0\xc2\x00" + b"\xe2\x80\x89\x91\x93\xaf\x96\x11\x13"
LONGEST_NUMBER = 128
IN_GROUPS = re.compile(rb"[0-9][0-9%b]{6,}[0-9]" % re.escape(BETWEEN))
# A name is written in letters of any size, the family's often in capitals, with any of its words first, in one column or in two.
SIZES = (str, str.upper, str.lower, str.title)
SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
BETWEEN_NAMES = (" ", ", ", ",", ";", "\t", '","', '";"', '"\t"', "_", "-")
NO_NAME = re.compile(r"[\d@]")


class Traces(NamedTuple):
    """What tells of somebody: words in the letters of any usual encoding, telephone numbers however they are grouped.

    Names have many forms, which are looked for around the longest of their parts where the next one is near; letters from A to Z
    are small in all.
    """

    words: frozenset[bytes]
    names: Mapping[bytes, Mapping[bytes, Collection[bytes]]]
    numbers: frozenset[bytes]
    longest: int = LONGEST_NUMBER

    def stand_in(self, content: bytes) -> bool:
        """Whether one of them stands in some bytes."""
        small = content.lower()
        if any(word in small for word in self.words) or has_number(content, self.numbers):
            return True
        return any(stand_around(small, part, names) for part, names in self.names.items())


def stand_around(content: bytes, part: bytes, names: Mapping[bytes, Collection[bytes]]) -> bool:
    """Whether one of some names stands where a part of it does."""
    at = content.find(part)
    reach = max(len(name) for forms in names.values() for name in forms) if at >= 0 else 0
    while at >= 0:
        around = content[max(0, at - reach) : at + reach]
        if any(following in around and any(name in around for name in forms) for following, forms in names.items()):
            return True
        at = content.find(part, at + 1)
    return False


def traces_of(words: Collection[str]) -> Traces:
    """The words as they are, and as workbooks, pages and lists have them."""
    names = {word for word in words if len(orders(word)) > 1}
    ends = {word: end for word in words if len(end := telephone_end(word)) >= FEWEST_DIGITS}
    others = {size(word) for word in {*words} - names - {*ends} for size in SIZES}
    around: defaultdict[bytes, defaultdict[bytes, set[bytes]]] = defaultdict(lambda: defaultdict(set))
    for name in names:
        longest, following = (spelt({size(part) for size in SIZES}) for part in sorted(name.split(), key=len)[:-3:-1])
        spellings = spelt({between.join(order) for order in sized_orders(name) for between in BETWEEN_NAMES} | {name})
        for part in longest:
            with_part = {form for form in spellings if part in form}
            for near in following:
                if with_both := {form for form in with_part if near in form}:
                    around[part][near] |= with_both
    told, numbers = spelt(others), frozenset(end.encode() for end in ends.values())
    forms = (name for nexts in around.values() for found in nexts.values() for name in found)
    return Traces(told, around, numbers, max(LONGEST_NUMBER, *map(len, told), *map(len, forms), 0))


def orders(word: str) -> list[list[str]]:
    """The parts of a name, whichever comes first; what has digits or is an address has one order."""
    parts = word.split()
    return [parts] if NO_NAME.search(word) else [parts[at:] + parts[:at] for at in range(len(parts))]


def sized_orders(name: str) -> set[tuple[str, ...]]:
    """A name with any of its parts first, in letters of any size or with one part in capitals."""
    sized: set[tuple[str, ...]] = set()
    for order in orders(name):
        sized.update(tuple(size(part).translate(SMALL) for part in order) for size in SIZES)
        capitals = ([*order[:at], part.upper(), *order[at + 1 :]] for at, part in enumerate(order))
        sized.update(tuple(part.translate(SMALL) for part in each) for each in capitals)
    return sized


def spelt(words: Collection[str]) -> frozenset[bytes]:
    """Some words as each program and each encoding has them."""
    forms = {form.translate(signs) for form in words for signs in FORMS}
    escaped = {form.encode("ascii", "xmlcharrefreplace") for form in forms} | {json.dumps(form)[1:-1].encode() for form in forms}
    return frozenset(each.lower() for each in chain(escaped, *map(encoded, forms)))


def encoded(word: str) -> Iterator[bytes]:
    """A word in each encoding that has its letters."""
    for encoding in UNICODE if word.isascii() else ENCODINGS:
        with suppress(UnicodeEncodeError):
            # Without the halves at its ends that are empty, a word is the same in both of UTF-16.
            yield word.encode(encoding).strip(b"\x00")


def has_number(content: bytes, numbers: Collection[bytes]) -> bool:
    """Whether one of some telephone numbers stands there and ends where its digits end."""
    tight = content.translate(None, BETWEEN) if numbers else b""
    return any(number in tight for number in numbers) and any(number in numbers for number in numbers_in(content))


def numbers_in(content: bytes) -> Iterator[bytes]:
    """Whatever may be the last digits of a telephone number."""
    for run in IN_GROUPS.findall(content):
        digits = b""
        for group in re.findall(b"[0-9]+", run.replace(b"\x00", b"")):
            digits += group
            yield from (digits[-LAST_DIGITS:], digits[-FEWEST_DIGITS:])
