"""Enter somebody in a draw by hand: a free entry by post, for members and for who has no card."""

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
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.books import post_member
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.operations.members.wishes import email_of
from loyalty_cli.operations.members.wishes import tidy
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws.entries import entry_by_key
from loyalty_cli.store.draws.entries import FreeEntry
from loyalty_cli.store.draws.entries import person_called
from loyalty_cli.store.draws.entries import save_entry

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Who enters: a card, or a name with a telephone, an e-mail or a postal address; the day it came in; tickets."""

    card: str | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    day: Day | None = None
    count: int = 1

    @property
    def reason(self) -> str:
        """How the entry came, as it is kept."""
        return f"free entry: {tidy(self.address)}" if self.address else "free entry"


def draw_entry(shop: Shop, name: str, who: Entered, *, key: str, by: str = "", dry_run: bool = False) -> Outcome:
    """Record tickets that nobody bought; the same key does it once."""
    count = who.count
    if count < 1 or not key:
        raise LoyaltyError("An entry has a key of its own and at least one ticket.")
    with shop.changing(dry_run=dry_run) as connection:
        rules = draw_rules(connection, name)
        before = entry_by_key(connection, key)
        if before is not None:
            return same_again(before, f"ticket:{name}", count, key=key)
        today = draws.today(connection, shop.now)
        day = who.day if who.day is not None else today
        refuse_entry(connection, rules, day, today)
        member = member_of(connection, who)
        save_entry(connection, FreeEntry(member, f"ticket:{name}", count, day, shop.moment, by, who.reason, key))
        post_member(connection, member, day, adopted_plan(connection), at=shop.moment)
    said = phrase(
        "{draw}: {count} ticket for {who}.",
        "{draw}: {count} tickets for {who}.",
        draw=name,
        count=count,
        who=who.card or who.name,
    )
    return Outcome(said=[said], data={"draw": name, "member": member, "tickets": count, "key": key, "again": False})


def same_again(before: tuple[str, int, str, str], asset: str, count: int, *, key: str) -> Outcome:
    """A key that has been used: the same entry is quiet, another one refused."""
    if before[:2] != (asset, count):
        raise Refused("The key {key} was used for another entry: {count} x {what}.", key=key, count=before[1], what=before[0])
    return made_before(key=key)


def refuse_entry(connection: Connection, rules: DrawRules, day: Day, today: Day) -> None:
    """Entries come in the days of the draw, and nobody is added after the close."""
    refuse_closed(connection, rules.name)
    if rules.contest:
        raise Refused("{name} is a contest; it has no tickets.", name=rules.name)
    if day > today:
        raise Refused("{day} has not come yet.", day=OnDay(day))
    if not rules.first_day <= day <= rules.last_day:
        raise Refused(
            "Entries for {name} come in from {first} through {last}.",
            hint=phrase("If it came in time and is only typed in now, say when with --on 2027-03-31"),
            name=rules.name,
            first=OnDay(rules.first_day),
            last=OnDay(rules.last_day),
        )


def member_of(connection: Connection, who: Entered) -> int:
    """The member behind a card, or a person by name."""
    if who.card:
        return member_of_card(connection, who.card)
    name, phone, email = tidy(who.name) or "", tidy(who.phone) or "", email_of(tidy(who.email)) or ""
    if not name or not (phone or email or who.address):
        raise LoyaltyError(
            "Who enters? Give a card, or a name with a telephone, an e-mail or an address.",
            hint=phrase("Such as {example}", example='--name "Anna Nowak" --address "Lipowa 3, 00-123 Warszawa"'),
        )
    return person_called(connection, name=name, phone=phone, email=email, reason=who.reason)
