"""`loyalty store rename` and `loyalty store merge`: one store under another name, or one store of two names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.how_many import receipts_said
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.store.stores import merging
from loyalty_cli.store.stores.names import store_number

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

MOST_NAMED = 5


def store_rename(shop: Shop, old: str, new: str, *, by: str = "", dry_run: bool = False) -> Outcome:
    """Give a store another name; everything of it stays with it."""
    now = tidy(new)
    with shop.changing(dry_run=dry_run) as connection:
        was = store_meant(connection, old)
        store = number_of(connection, was)
        if store_number(connection, now) not in (None, store) or now == was:
            raise Refused(
                "There is a store {name} already.",
                name=now,
                hint=None if now == was else phrase("If both are one store: {command}", command=f'loyalty store merge "{was}" "{now}"'),
            )
        receipts = merging.rename(connection, store, was, now, at=shop.moment, by=by)
    said = [phrase("Store {old} is now called {new}: {receipts}.", old=was, new=now, receipts=receipts_said(receipts))]
    data = {"was": was, "now": now, "receipts": receipts, "dry_run": dry_run}
    return Outcome(said=[*said, *what_follows(shop, was, now)], data=data)


def store_merge(shop: Shop, leaving: str, into: str, *, by: str = "", dry_run: bool = False) -> Outcome:
    """Make one store of two names: what is in under both counts once."""
    with shop.changing(dry_run=dry_run) as connection:
        was, now = store_meant(connection, leaving), store_meant(connection, into)
        if was == now:
            raise Refused("{old} and {new} are one store already.", old=leaving, new=into)
        old, new = number_of(connection, was), number_of(connection, now)
        refuse_what_differs(connection, (old, new), (was, now))
        moved, same = merging.merge(connection, old, new, (was, now), at=shop.moment, by=by)
    said = [
        phrase(
            "Store {old} is now part of {new}: {receipts}, of which {same} were in under both and count once.",
            old=was,
            new=now,
            receipts=receipts_said(moved),
            same=same,
        )
    ]
    data = {"was": was, "now": now, "receipts": moved, "same": same, "dry_run": dry_run}
    return Outcome(said=[*said, *what_follows(shop, was, now)], data=data)


def tidy(name: str) -> str:
    """A name is not empty."""
    if not name.strip():
        raise LoyaltyError("A store needs a name.")
    return name.strip()


def number_of(connection: Connection, name: str) -> int:
    """The number of a store; one that only an import without receipts names gets one now."""
    found = store_number(connection, name)
    if found is not None:
        return found
    return int(connection.execute("INSERT INTO store (name) VALUES (?) RETURNING id", (name,)).fetchone()[0])


def refuse_what_differs(connection: Connection, stores: tuple[int, int], names: tuple[str, str]) -> None:
    """Two different receipts, or totals of a till, can not both be right: then they are not one store, or need a decision."""
    differing = [both for both in merging.receipts_in_both(connection, *stores) if not both.same]
    values = {"old": names[0], "new": names[1]}
    if differing:
        shown = [phrase("{number} of {day}", number=both.number, day=OnDay(both.leaving_day)) for both in differing[:MOST_NAMED]]
        raise Refused(
            "{old} and {new} have receipts under the same numbers that are not the same ({count}): {receipts}.",
            **values,
            count=len(differing),
            receipts=shown,
            hint=phrase(
                "Two tills that count for themselves are two stores. If one file is wrong, take it back first: loyalty import revert ID"
            ),
        )
    open_ones = merging.numbers_in_question(connection, *stores)
    if open_ones:
        raise Refused(
            "{old} and {new} share receipts that came back different: {receipts}.",
            **values,
            receipts=open_ones[:MOST_NAMED],
            hint=phrase("Decide each with: loyalty import conflicts"),
        )
    days = merging.totals_that_differ(connection, *names)
    if days:
        raise Refused(
            "{old} and {new} have totals of a till that differ: {days}.",
            **values,
            days=[OnDay(day) for day, _ in days[:MOST_NAMED]],
            hint=phrase("Type the right one for both: loyalty import reconcile --store NAME --day DAY --total AMOUNT"),
        )


def what_follows(shop: Shop, was: str, now: str) -> list[Phrase]:
    """What the owner has still to do."""
    said = [phrase("Everybody who bought there is worked out again by the next: loyalty recalc")]
    stores = program_file(shop).stores if shop.program.exists() else {}
    if was in stores or (stores and now not in stores):
        said.append(phrase("Write {new} in {file} wherever it says {old}.", new=now, old=was, file=shop.program.name))
    return said
