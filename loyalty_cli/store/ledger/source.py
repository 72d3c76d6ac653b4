"""Where the books' facts come from: the shop's own database, a block of members at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.replay.posting import Waiting
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.ledger.block import Block
from loyalty_cli.store.ledger.facts import facts_of
from loyalty_cli.store.ledger.facts import sort_products
from loyalty_cli.store.ledger.purchases import PurchaseRows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.ledger import Ledger


class Source:
    """The members of temp.work with all that replay may know of them, through a day."""

    def __init__(self, connection: Connection, plan: Plan, until: Day) -> None:
        self.connection = connection
        self.until = until
        self.classes = sort_products(connection, plan.class_of)
        self.asks_payments = plan.asks_payments

    def blocks(self, ledger: Ledger) -> Iterator[list[Waiting]]:
        """Members in blocks, with their states and with what the ledger holds of them."""
        rows = (
            PurchaseRows(self.connection, until=self.until, classes=self.classes)
            if standings.most_of_the_shop(self.connection)
            else None
        )
        for first, last in standings.blocks(self.connection):
            block = Block(first, last, self.until, self.classes, self.asks_payments)
            posted = ledger.posted(block)
            states = standings.snapshots(self.connection, first, last)
            yield [
                Waiting(facts, states.get(facts.member), posted.get(facts.member, {}))
                for facts in facts_of(self.connection, block, rows)
            ]

    def members(self) -> Iterator[MemberFacts]:
        """The facts alone."""
        for first, last in standings.blocks(self.connection):
            yield from facts_of(self.connection, Block(first, last, self.until, self.classes, self.asks_payments))


def facts_of_members(connection: Connection, plan: Plan, members: Iterable[int], until: Day) -> Iterator[MemberFacts]:
    """Some members' facts from their start through a day."""
    standings.choose_members(connection, members)
    return Source(connection, plan, until).members()
