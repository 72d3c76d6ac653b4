"""An owner's text with its fields filled in: `{first_name}`, and `{Pan|Pani}` where grammar asks for one of two forms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = re.compile(r"\{([^{}]*)\}")
# What a text can name, with what stands there.
FIELDS: Mapping[str, str] = {
    "first_name": "the member's first name",
    "name": "the member's whole name",
    "card": "the number of a card",
    "points": "points that can be used",
    "points_worth": "what those points pay",
    "tier": "the member's tier",
    "discount": "the standing discount in percent",
    "lapsing": "points that lapse next",
    "lapse_day": "the day on which they lapse",
    "coupons": "the codes of coupons that can be used",
    "coupon_day": "the last day of the one of them that lapses first",
    "progress": "how far the member is with rewards that were begun",
    "club": "the program's name",
}
EITHER = "|"


class Filled(NamedTuple):
    """A text to send, and the fields that nothing is known for."""

    text: str
    missing: tuple[str, ...]


def filled(text: str, values: Mapping[str, str], form: int | None) -> Filled:
    """Fill in a text; of two forms the first (0) or the second (1), both with a slash where nobody knows.

    >>> filled("{Drogi|Droga} {first_name}, masz {points} pkt.", {"first_name": "Ewa", "points": "120"}, 1).text
    'Droga Ewa, masz 120 pkt.'
    """
    missing: dict[str, None] = {}

    def put(place: re.Match[str]) -> str:
        said = place[1]
        if EITHER in said:
            forms = said.split(EITHER)
            return "/".join(forms) if form is None else forms[form]
        value = values.get(said, "")
        if not value:
            missing[said] = None
        return value

    return Filled(PLACE.sub(put, text), tuple(missing))


@lru_cache(maxsize=1000)
def fields_in(text: str) -> frozenset[str]:
    """The fields that a text names.

    >>> sorted(fields_in("{Drogi|Droga} {first_name}, {points} pkt."))
    ['first_name', 'points']
    """
    return frozenset(PLACE.findall(text)) & FIELDS.keys()


def mistakes_in(text: str) -> list[str]:
    """What stands in braces and is neither a field nor two forms."""
    found = [place[1] for place in PLACE.finditer(text)]
    return [said for said in found if said not in FIELDS and said.count(EITHER) != 1]
