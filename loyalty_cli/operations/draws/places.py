"""The places of a draw that was made: whose each is now, until when it can be claimed, what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.countries.prize_tax import prize_tax
from loyalty_cli.draws.proof.files import read_rules
from loyalty_cli.model.days import start_of_year
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.state import kept_draw
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import life as draw_life

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.law import DrawKind
    from loyalty_cli.model.law import TaxLine
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeDraw:
    """A draw that was made, on which local day, with everything that became of its places."""

    kept: KeptDraw
    rules: DrawRules
    day: Day
    places: Sequence[KeptPlace]

    def place(self, number: int) -> KeptPlace:
        """A place by its number."""
        for one in self.places:
            if one.place == number:
                return one
        raise LoyaltyError(
            "{name} has no place {place}.",
            hint=phrase("Its places are 1 to {last}.", last=len(self.places)),
            name=self.kept.name,
            place=number,
        )

    def deadline(self, place: KeptPlace) -> Day | None:
        """The last day on which a place can be claimed; None if the rules name no time."""
        return self.rules.claim_until(place.since_day or self.day)

    @property
    def purpose(self) -> DrawKind:
        """Whether chance decided, or what members did."""
        return "contest" if self.rules.contest else "draw"

    def worth(self, place: KeptPlace) -> int | None:
        """What the place's prize is worth in minor units, if the rules say."""
        return dict(self.rules.worth).get(place.prize)


def made_draw(connection: Connection, name: str) -> MadeDraw:
    """The draw of this name; refused if it has not been made."""
    kept = kept_draw(connection, name)
    if kept.run_at is None:
        raise Refused(
            "The draw {name} has not been made yet.",
            hint=phrase('Make it: loyalty draw run "{name}"', name=kept.name),
            name=kept.name,
        )
    return MadeDraw(
        kept=kept,
        rules=read_rules(kept.rules),
        day=draws.today(connection, datetime.fromisoformat(kept.run_at)),
        places=draw_life.places(connection, kept.id),
    )


def tax_of(connection: Connection, made: MadeDraw, place: KeptPlace, on: Day) -> TaxLine | None:
    """The tax on a place's prize, after what its winner has won earlier in the same year."""
    worth, country = made.worth(place), made.rules.formalities.country
    if worth is None or not country:
        return None
    first = start_of_year(on)
    earlier = draw_life.accepted_prizes(
        connection, place.member_id, first=first, last=on, draw_id=made.kept.id, but_place=place.place
    )
    before = sum(dict(read_rules(one.rules).worth).get(one.prize, 0) for one in earlier)
    return prize_tax(country, worth=worth, purpose=made.purpose, on=on, earlier=before)
