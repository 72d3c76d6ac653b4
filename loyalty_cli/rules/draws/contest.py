"""A ranked contest: not chance but who did most wins, for places where a draw tied to a purchase needs a permit.

    draws:
      most loyal:
        dates: 2027-03-01 to 2027-05-31
        contest: most visits
        ties: who reached it first
        prizes: {weekend in the mountains: 1, hamper: 3}
        reserves: 2

The best place takes the first prize. Visits are days in a store, what was bought is less returns, points are those
earned in the period; results are typed in with `loyalty draw result`. Closing the draw freezes the ranking.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.draws.block import Counts
from loyalty_cli.rules.draws.block import DrawBlock
from loyalty_cli.rules.only import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.draw import Contest
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase

SAID = {
    "most visits": phrase("most visits"),
    "most bought": phrase("most bought"),
    "most points": phrase("most points"),
    "highest result": phrase("highest result"),
    "lowest result": phrase("lowest result"),
    "who reached it first": phrase("who reached it first"),
    "who joined first": phrase("who joined first"),
}


class Ranked(DrawBlock):
    """A ranking of members by what they did in the period."""

    asset: ClassVar[str] = "score"

    contest: Literal["most visits", "most bought", "most points", "highest result", "lowest result"] = Field(
        description="what the ranking goes by"
    )
    ties: Literal["who reached it first", "who joined first"] = Field(
        "who reached it first",
        description="who is ahead of others with the same; what is still the same then goes by the numbers on the list",
    )
    visit_at_least: Amount = Field(1, description="how much a visit comes to at least, where visits are counted")

    @model_validator(mode="after")
    def nothing_of_a_draw(self) -> Ranked:
        """A ranking has no chance in it, and no filter on what replay does not add up."""
        if self.randomness or self.secret or self.method != "prizedraw/1" or self.at_most is not None:
            raise refuse(
                "In a contest the ranking decides: there is no number, no method and no ticket.",
                "Take out {names}.",
                names="randomness, secret, method, at_most",
            )
        if self.one_member_wins != "one prize":
            raise refuse("In a contest a member has one place.", "Take out {names}.", names="one_member_wins")
        if self.counting == "nothing" and self.only != EVERYTHING:
            raise refuse("only: can not be asked of points and results.", "Take out {names}.", names="only")
        return self

    @property
    def counting(self) -> Counts:
        """What replay adds up for it."""
        return {"most visits": "visits", "most bought": "money"}.get(self.contest, "nothing")  # type: ignore[return-value]

    @property
    def ranked_by(self) -> Contest:
        """What the ranking goes by."""
        return self.contest

    @property
    def ties_go_by(self) -> str:
        """Who is ahead of others with the same."""
        return self.ties

    def counted(self, amount: int) -> int:
        """One visit, if enough was bought; or the money itself."""
        return int(amount >= self.visit_at_least) if self.contest == "most visits" else amount

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """How tickets come about, for the announcement."""
        return phrase(
            "A ranking, not a draw: the first places win. It goes by: {what}. With the same, ahead is {ties}.",
            what=SAID[self.contest],
            ties=SAID[self.ties],
        )


RULE = Ranked
