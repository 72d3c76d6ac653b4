"""What all ladders share: the window that counts, the review, the way down, and the rungs with their rights."""

from __future__ import annotations

import itertools
from functools import cached_property
from typing import Any
from typing import ClassVar
from typing import Literal

from pydantic import Field
from pydantic import field_validator
from pydantic import ValidationInfo

from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only
from loyalty_cli.rules.window import CountedOver
from loyalty_cli.rules.window import Window


class Rung(Settings):
    """One tier: what must be reached, and what it gives."""

    later: ClassVar[tuple[str, ...]] = ("one_purchase",)

    at_least: int = Field(description="what must be reached within the window")
    one_purchase: Amount | None = Field(
        None, description="a purchase of this amount opens the tier at once, for as long as it counts"
    )
    discount: Percent = Field(0, description="a standing discount of this tier")
    benefits: Names = Field((), description="what else members of this tier get, in words")


class Ladder(Settings):
    """Tiers from the lowest to the highest.

    Up at once, counted from the next receipt. Down only at a review: the last day of each month for a window such
    as `12 months`, the last day of the calendar or membership year for those.
    """

    counted_over: CountedOver = Field(Window(kind="lifetime"), description="which purchases count")
    going_down: Literal["never", "one step", "at once"] = Field("one step", description="what a review may do")
    grace: Length | None = Field(None, description="time after a failed review to reach the tier again")
    only: Only = Field(EVERYTHING, description="which purchases count")
    ladder: dict[str, Any]

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
        return [
            (rung.one_purchase, place) for place, rung in enumerate(self.ladder.values()) if rung.one_purchase is not None
        ]

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
            if above.at_least <= below.at_least:
                raise refuse(
                    "{upper} is not above {lower}.",
                    "List the tiers from the lowest to the highest.",
                    upper=upper,
                    lower=lower,
                )
        return ladder
