"""`loyalty member tier`: give a tier by hand, through a day or for good, or end what was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import HELD
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import made_before
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.books import post_member
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import member_and_card
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.store.by_hand import Done
from loyalty_cli.store.by_hand import save_done
from loyalty_cli.store.members import given_tiers

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTier:
    """A tier ('' ends what was given before), from a day through another; who gives it, and why."""

    tier: str
    first: Day | None = None
    last: Day | None = None
    by: str = ""
    reason: str = ""
    key: str = ""


def member_tier(shop: Shop, card: str, given: GivenTier, *, dry_run: bool = False) -> Outcome:
    """Give a tier; the higher one of it and of what the member has reached counts."""
    if not given.by.strip() or not given.reason.strip():
        raise LoyaltyError("A tier by hand needs a hand and a reason.", hint=phrase("Say them with --by and --reason."))
    with shop.changing(dry_run=dry_run) as connection:
        plan, version = adopted_plan(connection)
        (member, number), day = member_and_card(connection, card), today(shop, connection)
        first = day if given.first is None else given.first
        refuse(plan.in_force(day), given, first, day)
        key = given.key or f"tier|{shop.secret[:24]}"
        if given_tiers.known_key(connection, key):
            return made_before(key=key)
        row = given_tiers.GivenRow(
            member, f"{HELD}{given.tier}", 1 if given.tier else -1, first, shop.moment, given.by, given.reason, key, given.last
        )
        if not given.tier and not given_tiers.holds_any(connection, member):
            raise Refused("The card {card} has no tier that was given by hand.", card=number)
        adjustment = given_tiers.save_given(connection, row)
        done = save_done(connection, Done(0, f"tier {key}", "tier", member, {"adjustments": [adjustment]}, first, *row[4:7]))
        post_member(connection, member, first, (plan, version), at=shop.moment)
    said = phrase("Card {card}: what was given by hand is over.", card=number)
    if given.tier and given.last is None:
        said = phrase("Card {card}: {tier} from {first} on, by hand.", card=number, tier=given.tier, first=OnDay(first))
    elif given.tier and given.last is not None:
        said = phrase(
            "Card {card}: {tier} from {first} through {last}, by hand.",
            card=number,
            tier=given.tier,
            first=OnDay(first),
            last=OnDay(given.last),
        )
    data = {"card": number, "tier": given.tier, "first": first, "last": given.last, "key": key, "number": done}
    return Outcome(said=[said], data=data)


def refuse(program: Program, given: GivenTier, first: Day, day: Day) -> None:
    """The program must have the tier, and the days must be in order."""
    if program.ladder is None:
        raise Refused("The program has no tiers.")
    if given.tier and given.tier not in program.tiers:
        raise LoyaltyError("There is no tier {tier}.", tier=given.tier, hint=did_you_mean(given.tier, list(program.tiers)))
    if first > day:
        raise Refused("{day} has not come yet.", day=OnDay(first))
    if given.last is not None and given.last < first:
        raise Refused("{last} lies before {first}.", last=OnDay(given.last), first=OnDay(first))
