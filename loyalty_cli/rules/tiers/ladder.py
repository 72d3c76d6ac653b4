"""What all ladders share: the window that counts, the review, the way down, and the rungs with their rights."""

from __future__ import annotations

import itertools
from functools import cached_property
from typing import Any
from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only
from loyalty_cli.rules.only_said import only_said
from loyalty_cli.rules.window import CountedOver
from loyalty_cli.rules.window import in_its_window
from loyalty_cli.rules.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.fields import ValidationInfo

MONTH, QUARTER, YEAR = phrase("calendar month"), phrase("calendar quarter"), phrase("calendar year")
ALL_IN = phrase("Who is equal with the last of them is among them.")
NONE_IN = phrase("Of those who are equal at the end of the list none is among them.")
REVIEWS = {
    "calendar year": phrase("On the last day of the year tiers are looked at."),
    "calendar quarter": phrase("On the last day of each quarter tiers are looked at."),
    "calendar week": phrase("On the last day of each week tiers are looked at."),
    "membership year": phrase("On the last day of each year of your membership your tier is looked at."),
}
ONE_STEP = phrase("Who no longer reaches the tier goes down by one.")
AT_ONCE = phrase("Who no longer reaches the tier goes down to the one that is reached.")
# What nobody reaches by what counts.
NO_FLOOR = 1 << 62


def no_floor() -> int:
    """The floor of a tier that is not reached, but given to the best."""
    return NO_FLOOR


class Rung(Settings):
    """One tier: what must be reached, and what it gives."""

    later: ClassVar[tuple[str, ...]] = ("one_purchase", "best", "of_each", "ties")

    at_least: int = Field(default_factory=no_floor, description="what must be reached within the window")
    one_purchase: Amount | None = Field(None, description="a purchase of this amount opens the tier at once, for as long as it counts")
    best: Whole | None = Field(
        None, description="instead of at_least: so many members who counted most in a period have it through the next one"
    )
    of_each: Literal["calendar month", "calendar quarter", "calendar year"] = Field("calendar quarter", description="the period of best:")
    ties: Literal["all in", "none"] = Field(
        "all in", description="whether all who are equal with the last of the best are in, or none of them"
    )
    discount: Percent = Field(0, description="a standing discount of this tier")
    benefits: Names = Field((), description="what else members of this tier get, in words")

    @model_validator(mode="after")
    def has_one_way_in(self) -> Rung:
        """A tier has a floor, or is for the best."""
        if self.best is None and self.at_least == NO_FLOOR:
            raise refuse("{key} is missing here.", "Add a line: {key}: …", key="at_least")
        if self.best is not None and (self.at_least != NO_FLOOR or not self.best):
            raise refuse("best is a number above zero, and stands instead of at_least.", "Write {example}.", example="{best: 50}")
        return self

    @property
    def period(self) -> Window:
        """The period whose best have it."""
        return Window(kind=self.of_each)

    def best_of(self, scores: Mapping[int, int]) -> Sequence[tuple[int, int]]:
        """Those who counted most, with what they counted: all who are equal with the last one, or none of them."""
        most = self.best or 0
        in_order = sorted(((member, score) for member, score in scores.items() if score > 0), key=lambda each: (-each[1], each[0]))
        if len(in_order) <= most:
            return in_order
        last, next_one = in_order[most - 1][1], in_order[most][1]
        least = last if last > next_one or self.ties == "all in" else last + 1
        return [(member, score) for member, score in in_order if score >= least]


class Ladder(Settings):
    """Tiers from the lowest to the highest.

    Up at once, counted from the next receipt. Down only at a review: the last day of each month for a window such
    as `12 months`, the last day of the calendar or membership year for those.
    """

    # Whether what is counted is money.
    in_money: ClassVar[bool] = False

    counted_over: CountedOver = Field(Window(kind="lifetime"), description="which purchases count")
    going_down: Literal["never", "one step", "at once"] = Field("one step", description="what a review may do")
    grace: Length | None = Field(None, description="time after a failed review to reach the tier again")
    only: Only = Field(EVERYTHING, description="which purchases count")
    ladder: dict[str, Any]

    @cached_property
    def stays(self) -> bool:
        """Whether a tier that was reached is never lost at a review."""
        return self.going_down == "never"

    @cached_property
    def falls_one_step(self) -> bool:
        """Whether a review that fails takes one tier, not all that are no longer reached."""
        return self.going_down == "one step"

    @cached_property
    def names(self) -> list[str]:
        """The tiers from the lowest to the highest."""
        return list(self.ladder)

    @cached_property
    def floors(self) -> list[int]:
        """What each tier needs, in the same order."""
        return [rung.at_least for rung in self.ladder.values()]

    @cached_property
    def opened_by_purchase(self) -> list[tuple[int, int]]:
        """The amounts of one purchase that open a tier at once, with its place."""
        return [(rung.one_purchase, place) for place, rung in enumerate(self.ladder.values()) if rung.one_purchase is not None]

    @cached_property
    def of_the_best(self) -> list[tuple[str, Any]]:
        """The tiers of the best, by name."""
        return [(name, rung) for name, rung in self.ladder.items() if rung.best is not None]

    def counts(self) -> Phrase:
        """What a tier goes by, before the window is said."""
        raise NotImplementedError

    def floor_said(self, amount: int, money: Callable[[int], Money]) -> Phrase:
        """What must be reached for a tier."""
        raise NotImplementedError

    def terms(self) -> Iterator[Phrase]:
        """What tiers go by, when one is reached and when it is lost, in the sentences that a poster would have."""
        yield phrase("{what}.", what=in_its_window(self.counts(), self.counted_over))
        yield from only_said(self.only)
        yield phrase("A tier that is reached holds from the next purchase on.")
        if self.stays or self.counted_over.endless:
            yield phrase("A tier that was reached stays.")
        else:
            yield REVIEWS.get(self.counted_over.kind, phrase("On the last day of each month tiers are looked at."))
            yield ONE_STEP if self.falls_one_step else AT_ONCE
            if self.grace:
                yield phrase("There are {span} more to reach it again before it is lost.", span=self.grace)

    def announced(self, money: Callable[[int], Money]) -> Iterator[Phrase]:
        """What opens a tier besides reaching its floor, in the sentences that a poster would have."""
        for name, rung in self.ladder.items():
            if rung.one_purchase is not None:
                yield phrase("{tier} at once for one purchase of {amount}.", tier=name, amount=money(rung.one_purchase))
            if rung.best is not None:
                period = {"calendar month": MONTH, "calendar quarter": QUARTER, "calendar year": YEAR}[rung.of_each]
                yield phrase(
                    "{tier} for the {count} best of each {period}, through the next one. {ties}",
                    "{tier} for the {count} best of each {period}, through the next one. {ties}",
                    tier=name,
                    count=rung.best,
                    period=period,
                    ties=ALL_IN if rung.ties == "all in" else NONE_IN,
                )

    @field_validator("ladder")
    @classmethod
    def climbs(cls, ladder: dict[str, Any], _: ValidationInfo) -> dict[str, Any]:
        """Each rung must be higher than the one before, the first at zero."""
        rungs = list(ladder.items())
        if not rungs:
            raise refuse("The ladder has no rungs.", "Add one such as {example}.", example="guest: {at_least: 0}")
        if rungs[0][1].at_least:
            raise refuse(
                "The first tier, {name}, does not begin at 0.",
                "Begin with the tier everybody has: {example}.",
                name=rungs[0][0],
                example="guest: {at_least: 0}",
            )
        for (lower, below), (upper, above) in itertools.pairwise(rungs):
            if below.best is not None and above.best is None:
                raise refuse(
                    "{upper} stands above {lower}, which is for the best.",
                    "Put the tiers of the best above all others.",
                    upper=upper,
                    lower=lower,
                )
            if above.best is None and above.at_least <= below.at_least:
                raise NotUnderstood(
                    phrase("{upper} is not above {lower}.", upper=upper, lower=lower),
                    phrase("List the tiers from the lowest to the highest."),
                    at=upper,
                )
        return ladder
