"""`loyalty give`: points, coupons, gifts, badges or draw tickets by hand, to a card, a list, a group or a tier at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Obstacle
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import bring
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.by_hand.lists import list_of
from loyalty_cli.operations.coupons.redeem_points import terms_of
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.values import MOST_WHOLE
from loyalty_cli.store.by_hand import members_in
from loyalty_cli.store.by_hand import save_adjustment
from loyalty_cli.store.members.households import account_of
from loyalty_cli.store.members.records import known_as
from loyalty_cli.store.members.records import owner_of_card

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection

WHAT_IS_GIVEN = phrase("Say what is given: points 100, coupon NAME, gift NAME, ticket DRAW or badge NAME.")
KINDS = ("points", "coupon", "gift", "ticket", "badge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What is given: so many points (of a wallet), coupons, gifts, tickets of a draw or badges; points with a last day."""

    kind: str
    name: str = ""
    count: int = 1
    until: Day | None = None

    @property
    def asset(self) -> str:
        """As the ledger calls it."""
        if not self.name:
            return self.kind
        return f"{'wallet' if self.kind == 'points' else self.kind}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWhom:
    """One card, a list of cards, a group or a tier."""

    card: str = ""
    members: Path | None = None
    group: str = ""
    tier: str = ""

    @property
    def several(self) -> bool:
        """Whether it is more than one card that was named."""
        return not self.card


# What people call the column count; a report of members has one of these names, too.
HOW_MANY = ("points", "quantity", "amount", "number of points", "how many")


class Row(NamedTuple):
    """Who gets how many, under which part of the key."""

    member: int
    name: str
    many: int
    key: str


def give(shop: Shop, gift: Gift, whom: ToWhom, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Give it to everybody who is meant, in one transaction; who has it under the same key does not get it twice."""
    if whom.several and not asked.key:
        hint = phrase("Say one with --key, so that a repeated command does nothing twice.")
        raise LoyaltyError("Who gives to several needs a key.", hint=hint)
    with shop.changing(dry_run=dry_run) as connection:
        plan, _ = adopted_plan(connection)
        check(plan.in_force(today(shop, connection)), gift)
        rows = rows_of(shop, connection, gift, whom)
        changed, numbers, known = [], [], []
        for row in rows:
            done = asked.begun(shop, connection, "give", asset=gift.asset, count=row.many)
            done = done._replace(member=account_of(connection, row.member, done.day), key=f"{done.key}{row.key}")
            kept = before(connection, done)
            if kept is not None:
                known.append(kept)
                continue
            if gift.until is not None and gift.until < done.day:
                raise Refused("{day} lies before {first}.", day=OnDay(gift.until), first=OnDay(done.day))
            adjustment = save_adjustment(connection, done, gift.asset, row.many, last=gift.until)
            numbers.append(keep(connection, done, adjustments=[adjustment]))
            changed.append((done.member or 0, done.day))
        bring(shop, connection, changed)
    if known and not numbers and not whom.several:
        return made(known[0])
    return said(gift, rows, numbers, len(known), dry_run=dry_run)


def said(gift: Gift, rows: list[Row], numbers: list[int], known: int, *, dry_run: bool) -> Outcome:
    """Who got it."""
    what = gift.name or phrase("points")
    if len(rows) == 1 and numbers and gift.name:
        line = phrase("{count} × {what} for {card}: no. {number}.", count=rows[0].many, what=what, card=rows[0].name, number=numbers[0])
    elif len(rows) == 1 and numbers:
        values = {"count": rows[0].many, "card": rows[0].name, "number": numbers[0]}
        line = phrase("{count} point for {card}: no. {number}.", "{count} points for {card}: no. {number}.", **values)
    else:
        line = phrase(
            "{asset} for {count} member; had it already: {known}.",
            "{asset} for {count} members; had it already: {known}.",
            asset=what,
            count=len(numbers),
            known=known,
        )
    data = {"asset": gift.asset, "given": len(numbers), "known": known, "numbers": numbers, "dry_run": dry_run}
    return Outcome(said=[line], data=data, quiet=not numbers)


def check(program: Program, gift: Gift) -> None:
    """The program must know what is given."""
    known: dict[str, set[str]] = {
        "points": set(),
        "coupon": set(program.coupons),
        "gift": set(program.gifts) | set(program.catalogue),
        "ticket": set(program.draws),
        "badge": {name for name in [gift.name] if name},
    }
    if gift.kind not in known:
        raise LoyaltyError("{kind} can not be given.", kind=gift.kind, hint=did_you_mean(gift.kind, KINDS))
    if gift.kind == "points" and program.points:
        terms_of(program, gift.name)
    elif not gift.name:
        # A badge may have any name.
        hint = WHAT_IS_GIVEN if gift.kind == "badge" else did_you_mean("", sorted(known[gift.kind]))
        raise LoyaltyError("Which {kind} is given?", kind=gift.kind, hint=hint)
    elif gift.name not in known[gift.kind]:
        text = "The program has no {kind} {name}."
        raise LoyaltyError(text, kind=gift.kind, name=gift.name, hint=did_you_mean(gift.name, sorted(known[gift.kind])))
    if gift.count > MOST_WHOLE:
        raise LoyaltyError("This number has more digits than any shop needs.")
    if gift.count < 1:
        raise LoyaltyError("Give one or more.", hint=phrase("What was given by mistake is undone by: loyalty revert NUMBER"))


def rows_of(shop: Shop, connection: Connection, gift: Gift, whom: ToWhom) -> list[Row]:
    """Everybody who is meant."""
    if whom.card:
        card = card_said(whom.card)
        return [Row(member_of_card(connection, card), card, gift.count, "")]
    if whom.members is not None:
        return listed(connection, whom.members, gift)
    if not (whom.group or whom.tier):
        raise LoyaltyError("Who gets it?", hint=phrase("Say a card, --members FILE, --group NAME or --tier NAME."))
    members = members_in(connection, whom.group, whom.tier, today(shop, connection))
    if not members:
        raise Refused("Nobody is in {names}.", names=whom.group or whom.tier)
    return [Row(member, known_as(connection, member), gift.count, f"|{member}") for member in members]


def refuse_unclear_count(names: list[str], file: str, gift: Gift) -> None:
    """A column that may be how many, or something else, such as the points that a report of members shows."""
    other = next((name for name in HOW_MANY if name in names), None)
    if other and "count" not in names:
        hint = phrase("Call it count if it is how many each gets. Without it each gets {count}.", count=gift.count)
        raise LoyaltyError("{file}: what is in the column {name}?", file=file, name=other, hint=hint)


def listed(connection: Connection, path: Path, gift: Gift) -> list[Row]:
    """The rows of a list with the columns card, and if they are there count and key; every mistake in it is told at once."""
    names, listed_rows = list_of(path, ["card"])
    refuse_unclear_count(names, path.name, gift)
    rows, wrong, keys = [], [], set()
    for line, cells in listed_rows:
        card, count = cells.get("card", ""), cells.get("count", "") or str(gift.count)
        member = owner_of_card(connection, card) if card else None
        key = cells.get("key") or card
        if member is None:
            wrong.append(Obstacle(phrase("line {line}: there is no card {card}", line=line, card=card or "-")))
        elif not count.isdecimal() or len(count) > len(str(MOST_WHOLE)) or not 1 <= int(count) <= MOST_WHOLE:
            wrong.append(Obstacle(phrase("line {line}: {text} is no count", line=line, text=count)))
        elif key in keys:
            wrong.append(Obstacle(phrase("line {line}: {text} stands in the list twice", line=line, text=key)))
        else:
            rows.append(Row(member, card, int(count), f"|{key}"))
        keys.add(key)
    if wrong:
        raise Hindered("{file}: nothing was given.", wrong, file=path.name)
    return rows
