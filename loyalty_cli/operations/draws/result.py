"""Type in a member's result in a contest that goes by results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import made_before
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.rules import draw_rules
from loyalty_cli.operations.draws.state import refuse_closed
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.reading.values import decimal_of
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws.openings import Result
from loyalty_cli.store.draws.openings import result_by_key
from loyalty_cli.store.draws.openings import save_result

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A card's result as it was typed, and its day (today, if None)."""

    card: str
    result: str
    day: Day | None = None


def draw_result(shop: Shop, name: str, typed: Typed, *, key: str, by: str = "", dry_run: bool = False) -> Outcome:
    """Record a result; the best one of a member counts, and the same key records once."""
    thousandths = result_of(typed.result)
    if not key:
        raise LoyaltyError("A result has a key of its own.")
    with shop.changing(dry_run=dry_run) as connection:
        rules = draw_rules(connection, name)
        member = member_of_card(connection, typed.card)
        before = result_by_key(connection, key)
        if before is not None:
            if before[:3] != (name, member, thousandths):
                raise Refused("The key {key} was used for another result.", key=key)
            return made_before()
        today = draws.today(connection, shop.now)
        when = today if typed.day is None else typed.day
        refuse_result(connection, rules, when, today)
        save_result(connection, Result(name, member, thousandths, when, shop.moment, by, key))
    said = phrase("{name}: result {result} of card {card}.", name=name, result=typed.result, card=typed.card)
    return Outcome(said=[said], data={"draw": name, "member": member, "result": typed.result, "key": key, "again": False})


def result_of(text: str) -> int:
    """A result in thousandths."""
    try:
        exact = decimal_of(text, "12.5") * 1000
    except NotUnderstood as why:
        raise LoyaltyError("--result: {why}", why=why.what, hint=why.hint) from why
    if exact.denominator != 1 or exact < 0:
        raise LoyaltyError("A result is a number from 0 up with at most three digits after the point.")
    return int(exact)


def refuse_result(connection: Connection, rules: DrawRules, day: Day, today: Day) -> None:
    """Results belong to a contest that goes by them, in its days, before it is closed."""
    refuse_closed(connection, rules.name)
    if not rules.by_results:
        raise Refused("{name} does not go by results that are typed in.", name=rules.name)
    if day > today or not rules.first_day <= day <= rules.last_day:
        raise Refused(
            "Results of {name} are of {first} through {last}, and of no day to come.",
            name=rules.name,
            first=OnDay(rules.first_day),
            last=OnDay(rules.last_day),
        )
