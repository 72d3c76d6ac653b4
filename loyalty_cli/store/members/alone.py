"""Where somebody's words stand alone: only there a row, a mail or a reason is taken for theirs, and not for somebody else's.

ana@example.com stands in joana@example.com, Ana Pop in Ana Popescu, and the digits of a telephone in the code of an article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyalty_cli.model.telephones import FEWEST_DIGITS
from loyalty_cli.model.telephones import LAST_DIGITS
from loyalty_cli.model.telephones import NUMBER
from loyalty_cli.model.telephones import telephone_end
from loyalty_cli.store.members.traces import ENCODINGS
from loyalty_cli.store.members.traces import FORMS
from loyalty_cli.store.members.traces import NO_NAME
from loyalty_cli.store.members.traces import orders

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

# What may stand between the digits of a telephone number.
BETWEEN = "[ ().\\-/\u00a0\u2009\u2011\u2013\u202f]{0,3}"
ANY_COUNTRY = "[1-9][0-9]{1,2}"
MOLDOVA = "373"
# What may stand between a first and a family name: blanks; a comma, the family name first; the end of a column.
BLANKS, COMMA, COLUMN = r"[^\S\t]{1,5}", r" ?, ", "[\\s,;|\"']{1,5}"
CAPITAL = "(?-i:[A-ZÀ-ÞĂĄĆĘŁŃŚŞŢŹŻȘȚА-ЯЁ])"
# What may not stand before and behind: of a number; of an address of mail; of a name; of one with its family before, which is another
# one in Ewa Pop, Ana Lis and in Pop Ana Maria; of what is all that columns say, such as the one word that is known of somebody, Rose.
OF_NUMBERS = (r"(?<![0-9])(?=[0-9]|[^\w\s])", r"(?![0-9])")
OF_ADDRESSES = (r"(?<!\w)(?<!\w[.+-])", r"(?![\w-]|\.\w)")
OF_NAMES = (r"(?<![^\W_])(?<![^\W\d_]-)", r"(?!-?[^\W_])")
OF_FAMILIES = (r"(?<![^\W_])(?<![^\W_] )(?<![^\W\d_]-)", rf"{OF_NAMES[1]}(?! {CAPITAL})")
OF_COLUMNS = (r"(?<![^;,|\t\"\r\n]) *", r" *(?![^;,|\t\"\r\n])")


def alone(words: Collection[str]) -> re.Pattern[str]:
    """One of some words with nothing before or behind it that would make it another one."""
    alike: dict[tuple[str, str], list[str]] = {}
    for form in dict.fromkeys(word.translate(signs) for word in words for signs in FORMS):
        for kind, said in patterns_of(form):
            alike.setdefault(kind, []).append(said)
    # Of many words, what stands around them is looked at once.
    kinds = (f"{before}(?:{'|'.join(said)}){behind}" for (before, behind), said in alike.items())
    return re.compile("|".join(kinds) or "(?!)", re.IGNORECASE)


def patterns_of(word: str) -> Iterator[tuple[tuple[str, str], str]]:
    """What may not stand around, and the word: a telephone number, an e-mail address, or a name or what else people are known by."""
    if NUMBER.fullmatch(word) or len(telephone_end(word)) >= FEWEST_DIGITS:
        yield OF_NUMBERS, number_pattern(word)
    elif "@" in word:
        yield OF_ADDRESSES, re.escape(word)
    elif len(word.split()) == 1 and not NO_NAME.search(word):
        yield OF_COLUMNS, re.escape(word)
    else:
        for place, order in enumerate(orders(word)):
            parts = [*map(re.escape, order)]
            yield OF_FAMILIES if place else OF_NAMES, BLANKS.join(parts)
            yield OF_FAMILIES, COMMA.join((parts[0], BLANKS.join(parts[1:])))
            yield OF_COLUMNS, COLUMN.join(parts)


def number_pattern(word: str) -> str:
    """A telephone number however it is grouped, with its country, as it is dialled within it (0721…, 8 916…) or with nothing before it."""
    end = telephone_end(word)
    if len(end) < FEWEST_DIGITS:
        return re.escape(word)
    # Before the last digits stand those of a country, of an area or of both, however many of each.
    first = "".join(re.findall("[0-9]", word))[:-LAST_DIGITS].lstrip("0") if len(end) == LAST_DIGITS else MOLDOVA
    known = rf"(?:{known_with_country(first)})"
    before = rf"(?:(?:\+|00){BETWEEN}{known}{BETWEEN}(?:0{BETWEEN})?|{known}{BETWEEN}|{known_at_home(first)})?"
    return before + BETWEEN.join(end)


def known_with_country(first: str) -> str:
    """What may stand before the last digits, a country and all, by what stands there in a number as somebody wrote it."""
    if not first:
        return ANY_COUNTRY
    # Of 9 16…, 8 916… and 4 15…, all of ten digits, the country is 7 or 1; others of that length have theirs or a zero.
    area = first[1:] if len(first) == len("89") and first[0] == "8" else first
    return rf"{BETWEEN.join(first)}|[17]{BETWEEN}{area}" if len(area) == 1 else BETWEEN.join(first)


def known_at_home(first: str) -> str:
    """What may stand before the last digits without the country: a zero, where it is dialled an 8, the digits of an area."""
    is_country = len(first) == len("48") and first[0] not in "178"
    areas = ("",) if is_country else [BETWEEN.join((*first[place:], "")) for place in range(len(first) + 1)]
    dialled = "(?:0|8|80)?" if first == "9" or first.startswith(("7", "8", "375", "380")) else "0?"
    return rf"{dialled}{BETWEEN}(?:{'|'.join(areas)})"


def readings(content: bytes) -> Iterator[str]:
    """What some bytes say: in the letters of UTF-8, or else in any that they may be of."""
    try:
        yield content.decode()
    except UnicodeDecodeError:
        yield from (content.decode(encoding, "replace") for encoding in ENCODINGS if not encoding.startswith("utf"))
