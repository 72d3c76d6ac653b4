"""Opening balances: adjustments that members bring along from another system, each once."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.listed import Clash
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.imports.set_aside import origins_of
from loyalty_cli.store.ledger.due import mark_due

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.listed import ListedAnswer
    from loyalty_cli.model.listed import ListedBalance
    from loyalty_cli.model.listed import ListedEvent
    from loyalty_cli.store.database import Connection

REASON = "opening balance"
KEPT = """
SELECT asset, quantity, day, until_day, since_day, reason, import_id FROM adjustment
WHERE member_id = ? AND gone = 0 AND substr(reason, 1, 15) = 'opening balance' ORDER BY id"""
ENTER = """
INSERT INTO adjustment (member_id, asset, quantity, day, at, by, reason, key, until_day, since_day, import_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
TAKE_BACK = """
UPDATE adjustment SET gone = 1, key = key || ', taken back ' || id
WHERE import_id = ? AND gone = 0 RETURNING member_id, day"""


class Opening(NamedTuple):
    """One thing of an opening balance: an asset, how much of it, from when, points until when, a tier since when."""

    asset: str
    quantity: int
    day: Day
    until: Day | None
    since: Day | None
    reason: str
    import_id: int | None

    @property
    def kind(self) -> str:
        """A member has one tier, so every tier is of one kind."""
        return self.asset.partition(":")[0]


def openings_of(listed: ListedBalance, *, day: Day, import_id: int) -> list[Opening]:
    """The single things of a row."""
    reason = REASON if listed.key is None else f"{REASON} {listed.key}"
    # What counts for the tier stands before the tier, and all that before the points.
    things: list[tuple[str, int | None, Day | None, Day | None]] = [
        ("spent", listed.spent, None, None),
        ("visits", listed.visits, None, None),
        (f"tier:{listed.tier}", 1 if listed.tier else None, None, listed.tier_since),
        ("points", listed.points, listed.usable_through, None),
    ]
    return [Opening(asset, quantity, day, until, since, reason, import_id) for asset, quantity, until, since in things if quantity]


def member_of_balance(connection: Connection, listed: ListedAnswer | ListedBalance | ListedEvent) -> int | Clash | None:
    """Whose balance or event a row is, by card or number; None if nobody has them."""
    owners = {
        row[0]
        for table, column, value in (("card", "member_id", listed.card), ("member", "id", listed.number))
        if value is not None and (row := connection.execute(f"SELECT {column} FROM {table} WHERE number = ?", (value,)).fetchone())
    }
    if len(owners) > 1:
        names = f"{listed.card}, {listed.number}"
        return Clash(phrase("{names} belong to different members", names=names))
    return next(iter(owners), None)


class Said(NamedTuple):
    """How a list says a balance: of which card or number, whether with a day; and when and by whom it is entered."""

    who: str
    dated: bool
    at: str
    by: str


def save_openings(connection: Connection, member: int, openings: Sequence[Opening], *, said: Said) -> str | Clash:
    """Enter what is new: `new` or `known`; a Clash if another figure is kept."""
    kept = [Opening(*row) for row in connection.execute(KEPT, (member,))]
    origins: set[int] = set()
    new = []
    for opening in openings:
        if any(is_same(opening, other, dated=said.dated) for other in kept):
            continue
        origins = origins or origins_of(connection, opening.import_id or 0)
        other = next((other for other in kept if at_odds(opening, other, origins)), None)
        if other is not None:
            return clash(opening, other)
        new.append(opening)
    for opening in new:
        values = (member, opening.asset, opening.quantity, opening.day, said.at, said.by, opening.reason)
        key = key_of(opening, said.who)
        connection.execute(ENTER, (*values, key, opening.until, opening.since, opening.import_id))
    if not new:
        return "known"
    mark_due(connection, [(member, min(opening.day for opening in new))])
    return "new"


def is_same(one: Opening, other: Opening, *, dated: bool) -> bool:
    """Whether two say the same; where a list does not say the day, any day is meant."""
    return one[:2] == other[:2] and one[3:6] == other[3:6] and (one.day == other.day or not dated)


def at_odds(one: Opening, other: Opening, origins: set[int]) -> bool:
    """Whether what is kept forbids another thing: of another list, or under the same day in the same one."""
    if (one.kind, one.reason) != (other.kind, other.reason):
        return False
    if other.import_id not in origins or one.kind == "tier":
        return True
    return one.until == other.until if one.kind == "points" else one.day == other.day


def clash(one: Opening, other: Opening) -> Clash:
    """What is kept and what the list says."""
    return Clash(
        phrase(
            "an opening balance is kept already: {asset} {was} of {was_on}; the list says {becomes} of {on}",
            asset=one.kind,
            was=figure(other),
            was_on=OnDay(other.day),
            becomes=figure(one),
            on=OnDay(one.day),
        )
    )


def figure(opening: Opening) -> object:
    """A tier by its name, anything else by its figure."""
    return opening.asset.partition(":")[2] if opening.kind == "tier" else opening.quantity


def key_of(opening: Opening, who: str) -> str:
    """The adjustment's key, in words that explain shows."""
    more = "" if opening.until is None else f" until {iso(opening.until)}"
    return f"{opening.reason}, import {opening.import_id}, {who}, {opening.asset}, {iso(opening.day)}{more}"


def take_back_openings(connection: Connection, import_id: int) -> int:
    """Opening balances or events of an import count no more; how many members that touches."""
    rows = connection.execute(TAKE_BACK, (import_id,)).fetchall()
    mark_due(connection, rows)
    return len({member for member, _ in rows})
