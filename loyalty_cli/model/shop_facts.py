"""What is known of a shop without its program: the words that the database keeps of the version in force, as values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.money import Currency
from loyalty_cli.model.money import NO_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFacts:
    """The adopted program's settings that whoever looks needs; a shop that has adopted nothing yet has the defaults.

    `point_worth` is money x 1000 per point; `books`, as JSON, how points stand in the books, `goals` what the program shall
    reach, `stages` the bounds of the stages, `rfm` those of its scores, `segments` who belongs to each segment.
    `costs`, as JSON, what the program costs besides its rewards; `tiers` those of the ladder, `benefits_kept` what they bring.
    """

    program: str = ""
    currency: Currency = NO_CURRENCY
    language: str = ""
    timezone: str = "UTC"
    points_called: str = ""
    point_worth: int = 0
    base_tier: str = ""
    tiers: str = ""
    tiers_by: str = "spend"
    benefits_kept: str = ""
    books: str = ""
    goals: str = ""
    stages: str = ""
    rfm: str = ""
    costs: str = ""
    segments: str = ""
    country: str = ""

    @property
    def ladder(self) -> Sequence[str]:
        """The tiers from the lowest up, if known."""
        return tuple(json.loads(self.tiers or "[]"))

    @property
    def benefits(self) -> Mapping[str, Sequence[str]]:
        """What tiers bring besides a discount, by name."""
        found: dict[str, Sequence[str]] = json.loads(self.benefits_kept or "{}")
        return found


# Of a shop that has adopted nothing yet.
NOTHING_KNOWN = ShopFacts()


def shop_facts_from(kept: Mapping[str, str]) -> ShopFacts:
    """The facts from the words that the database keeps; what is not kept has its default."""
    return ShopFacts(
        program=kept.get("program", ""),
        currency=Currency(code=kept.get("currency", ""), digits=int(kept.get("digits", "2"))),
        language=kept.get("language", ""),
        timezone=kept.get("timezone", "UTC") or "UTC",
        points_called=kept.get("points_called", ""),
        point_worth=int(kept.get("one_point_worth", "0") or 0),
        base_tier=kept.get("base_tier", ""),
        tiers=kept.get("ladder", ""),
        tiers_by=kept.get("tiers_by", "spend") or "spend",
        benefits_kept=kept.get("benefits", ""),
        books=kept.get("books", ""),
        goals=kept.get("goals", ""),
        stages=kept.get("stages", ""),
        rfm=kept.get("rfm", ""),
        costs=kept.get("costs", ""),
        segments=kept.get("segments", ""),
        country=kept.get("country", ""),
    )
