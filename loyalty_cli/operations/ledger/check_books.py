"""Proving the books: replayed from the first purchase, everybody gives the ledger and standings kept."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.operations.engine_room import cost_of
from loyalty_cli.operations.engine_room import look_at_what_is_asked
from loyalty_cli.operations.in_force import plan_of
from loyalty_cli.operations.ledger.between_members import settle_between_members
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.ledger.by_edition import reckoned_otherwise
from loyalty_cli.operations.ledger.joined import join_all
from loyalty_cli.store.ledger import proofs as book_proofs
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.standings import members_worked_on
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.ledger.hand_overs import Changed
    from loyalty_cli.store.ledger.proofs import DifferentEntry
    from loyalty_cli.store.ledger.proofs import DifferentStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a replay from scratch found different; how many members were waiting for their replay anyway.

    `outdated` says that another release worked them out, and the next recalculation does so anew.
    """

    outdated: bool = False
    members: int = 0
    waiting: int = 0
    entries: tuple[DifferentEntry, ...] = ()
    standings: tuple[DifferentStanding, ...] = ()
    told: tuple[Changed, ...] = ()
    cost: Mapping[str, float] = field(default_factory=dict)


def proven_books(shop: Shop) -> Proof:
    """Replay everybody in a transaction that is rolled back.

    Whoever is due is brought up to date first, as the night would do; then nothing may differ.
    """
    with shop.changing(dry_run=True) as connection:
        versions = versions_in_force(connection)
        until = last_run_day(connection)
        if not versions or not until:
            return Proof()
        look_at_what_is_asked(connection)
        join_all(connection)
        number = max(version.id for version in versions)
        books = Books(connection, plan_of(versions), version=number, until=until, at=shop.moment, progress=shop.progress)
        waiting = books.bring_up_to_date()
        settle_between_members(books, waiting)
        waited = members_worked_on(connection)
        book_proofs.remember_standings(connection)
        posted = books.bring_up_to_date(everyone=True)
        return Proof(
            outdated=reckoned_otherwise(connection),
            members=posted.members,
            waiting=waited,
            entries=tuple(book_proofs.entries_of_last_run(connection)),
            standings=tuple(book_proofs.changed_standings(connection)),
            told=tuple(posted.told),
            cost=cost_of(connection),
        )
