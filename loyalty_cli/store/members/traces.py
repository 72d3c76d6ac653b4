"""What tells of somebody in the bytes of a file: their words as any program may have written them, and telephone numbers."""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.telephones import FEWEST_DIGITS
from loyalty_cli.model.telephones import LAST_DIGITS
from loyalty_cli.model.telephones import telephone_end

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

ENCODINGS = ("utf-8", "utf-16-le", "cp1250", "cp1251", "iso8859-2")
# What workbooks, pages and lists write for a sign that means something in them.
IN_A_SHEET = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
QUOTED = (("&#39;", "&#34;"), ("&#x27;", "&quot;"), ("&apos;", "&quot;"))
FORMS = tuple(map(str.maketrans, ({}, {'"': '""'}, IN_A_SHEET, *({**IN_A_SHEET, "'": one, '"': two} for one, two in QUOTED))))
# What may stand between the digits of a telephone number: also blanks that do not break, dashes of programs that set texts,
# the second byte of UTF-16.
BETWEEN = b" ().-/\xa0\xc2\x00" + b"\xe2\x80\x89\x91\x93\xaf\x96\x11\x13"
IN_GROUPS = re.compile(rb"[0-9][0-9%b]{6,}[0-9]" % re.escape(BETWEEN))
# A name is written in letters of any size, with any of its words first, in one column or in two.
SIZES = (str, str.upper, str.lower, str.title)
BETWEEN_NAMES = (" ", ", ", ",", ";", "\t", '","', '";"', '"\t"', "_", "-")
NO_NAME = re.compile(r"[\d@]")


class Traces(NamedTuple):
    """What tells of somebody: words in the letters of any usual encoding, telephone numbers however they are grouped.

    Names have many forms, which are looked for where the longest of their parts stands.
    """

    words: frozenset[bytes]
    parts: frozenset[bytes]
    names: frozenset[bytes]
    numbers: frozenset[bytes]

    def stand_in(self, content: bytes) -> bool:
        """Whether one of them stands in some bytes."""
        if any(word in content for word in self.words) or has_number(content, self.numbers):
            return True
        return any(part in content for part in self.parts) and any(name in content for name in self.names)


def traces_of(words: Collection[str]) -> Traces:
    """The words as they are, and as workbooks, pages and lists have them."""
    names = {word for word in words if len(orders(word)) > 1}
    forms = {between.join(order) for name in names for order in orders(name) for between in BETWEEN_NAMES} | names
    numbers = frozenset(end.encode() for end in map(telephone_end, words) if len(end) >= FEWEST_DIGITS)
    return Traces(spelt({*words} - names), spelt({max(name.split(), key=len) for name in names}), spelt(forms), numbers)


def orders(word: str) -> list[list[str]]:
    """The parts of a name, whichever comes first; what has digits or is an address has one order."""
    parts = word.split()
    return [parts] if NO_NAME.search(word) else [parts[at:] + parts[:at] for at in range(len(parts))]


def spelt(words: Collection[str]) -> frozenset[bytes]:
    """Some words in letters of any size, as each program and each encoding has them."""
    forms = {size(word).translate(signs) for word in words for size in SIZES for signs in FORMS}
    escaped = {form.encode("ascii", "xmlcharrefreplace") for form in forms} | {json.dumps(form)[1:-1].encode() for form in forms}
    return frozenset(escaped | {form.encode(encoding) for form in forms for encoding in ENCODINGS if encodable(form, encoding)})


def encodable(word: str, encoding: str) -> bool:
    """Whether letters of an encoding can say a word."""
    try:
        word.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


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
