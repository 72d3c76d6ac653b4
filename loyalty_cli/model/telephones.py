"""By what a telephone number is known, however it is written: with its country, as it is dialled at home, in groups of any size."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[+\d\s().\-/\u2009\u2010-\u2015]+")
# As people and workbooks write it: tel. before it, an apostrophe, a mark that is not seen, whose it is behind it.
WITH_WORDS = re.compile(rf"[^\w+(]*(?:[^\W\d_]{{2,}}[.:\s]+)?({NUMBER.pattern})[^\d@]*")
# Before the last nine digits stands a country, a zero or nothing; Moldova's numbers have eight.
LAST_DIGITS = 9
# Of fewer digits it could be anybody's.
FEWEST_DIGITS = 8
EIGHT = re.compile(r"(?:0|(?:00)?373)?([1-9][0-9]{7})")


def telephone_end(text: str) -> str:
    """Its last digits; '' of a text that is no number.

    >>> [telephone_end(each) for each in ("+48 600-700-800", "0600 700 800", "+373 69 123 456", "069123456", "0721 000 000", "Ana 7")]
    ['600700800', '600700800', '69123456', '69123456', '721000000', '']
    >>> [telephone_end(each) for each in ("tel. 600 700 800", "'+48600700800", "600700800 Ana", "ana600700800@example.com")]
    ['600700800', '600700800', '600700800', '']
    """
    if NUMBER.fullmatch(text):
        digits = "".join(re.findall("[0-9]", text))
    else:
        said = WITH_WORDS.fullmatch(text)
        digits = "".join(re.findall("[0-9]", said[1])) if said else ""
        digits = digits if len(digits) >= FEWEST_DIGITS else ""
    of_eight = EIGHT.fullmatch(digits)
    return of_eight[1] if of_eight else digits[-LAST_DIGITS:]


def of_the_digits(end: str) -> str:
    """For LIKE: whatever has the last digits of a number in their order, so that few are left to be looked at."""
    return f"%{'%'.join(end)}%"
