"""A draw as it was kept: what was frozen, and once it was made, whose each place is and until when it can be claimed."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.draws.proof.facts import rules_txt
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.kept_draw import KeptPlace


def facts_of(kept: KeptDraw) -> Frozen:
    """What was frozen, as the database remembers it."""
    return Frozen(
        draw=kept.slug,
        tickets=kept.tickets,
        closed_at=kept.closed_at,
        entries=kept.entries_sha256,
        void=kept.void_sha256,
        rules=kept.rules_sha256,
        method=read_rules(kept.rules).method,
        records=kept.records,
        voided=voided_of(kept),
    )


def voided_of(kept: KeptDraw) -> tuple[tuple[int, str], ...]:
    """The tickets struck out, each with the code of its reason."""
    pairs = [one.partition(" ") for one in kept.voided.split(",") if one]
    return tuple((int(ticket), code) for ticket, _, code in pairs)


def rules_as_announced(kept: KeptDraw) -> str:
    """The frozen rules as they were before the close, which added how many are left out."""
    return rules_txt(replace(read_rules(kept.rules), excluded=()))


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

    def money(self, amount: int) -> Money:
        """An amount in the draw's currency."""
        return Money(amount, self.rules.currency, self.rules.digits)

    def worth(self, place: KeptPlace) -> int | None:
        """What the place's prize is worth in minor units, if the rules say."""
        return dict(self.rules.worth).get(place.prize)
