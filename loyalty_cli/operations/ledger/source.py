"""Where the books' facts come from: the shop's own database, a block of members at a time."""

from __future__ import annotations

from typing import NamedTuple
from typing import Protocol
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.progress import nobody_looks
from loyalty_cli.replay.gathered import Gathered
from loyalty_cli.replay.gathered import Sold
from loyalty_cli.replay.receipts import of_one_second
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.ledger.block import Block
from loyalty_cli.store.ledger.facts import later_facts
from loyalty_cli.store.ledger.facts import members_of
from loyalty_cli.store.ledger.facts import sort_products
from loyalty_cli.store.ledger.payments import excluded_of
from loyalty_cli.store.ledger.payments import known_payments
from loyalty_cli.store.ledger.payments import payings_of
from loyalty_cli.store.ledger.places import places_of
from loyalty_cli.store.ledger.purchases import numbers_of
from loyalty_cli.store.ledger.purchases import PurchaseRows
from loyalty_cli.store.ledger.purchases import rows_of
from loyalty_cli.store.ledger.purchases import store_names
from loyalty_cli.store.ledger.returns import lines_of
from loyalty_cli.store.noted import noted_in
from loyalty_cli.store.troubles import is_trouble_of_the_file

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Columns
    from loyalty_cli.model.entry import Key
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.standing import Standing
    from loyalty_cli.operations.progress import Progress
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.purchases import Row

WORKING_OUT = phrase("Members worked out")


class Failure(NamedTuple):
    """A member whose facts could not be read or replayed, by a mistake of our own or by damage."""

    member: int
    error: Exception


class Postings(Protocol):
    """Where entries and standings go during a run: the shop's own database, or a bucket's files."""

    def posted(self, block: Block) -> Mapping[int, Mapping[Key, int]]:
        """What is posted for a block's members after their day, summed by key."""
        ...

    def begin(self) -> None:
        """Before the first block."""
        ...

    def post(self, lacking: Columns) -> int:
        """Write what members' books lack; how many rows that took."""
        ...

    def keep(self, rows: Iterable[tuple[int, int, str, Standing]]) -> None:
        """Write standings as (member, version, state, standing)."""
        ...

    def finish(self) -> None:
        """After the last block."""
        ...

    def written(self) -> Counter[str]:
        """The sums by asset of what was written."""
        ...


class Source:
    """The members of temp.work with all that replay may know of them, through a day."""

    def __init__(self, connection: Connection, plan: Plan, until: Day, progress: Progress = nobody_looks) -> None:
        self.connection = connection
        self.progress = progress
        self.until = until
        self.classes = sort_products(connection, plan.class_of, units=plan.asks_units)
        self.asks_payments = plan.asks_payments
        self.limited = bool(plan.limits)
        counted = [class_ for class_ in self.classes if plan.counts_units_of(class_)]
        asked = counted, plan.asks_reductions, plan.asks_cards, plan.asks_friends, plan.asks_chance
        self.whole = Block(0, 0, until, self.classes, *asked, plan.asks_coupons, plan.asks_consents, plan.asks_since)
        self.stores = store_names(connection)
        # The rows of everybody's purchases, where most of the shop is to be replayed.
        self.rows: PurchaseRows | None = None

    def gathered(self, ledger: Postings) -> Iterator[Gathered | Failure]:
        """Members in blocks; where something in a block can not be read, each member alone, so that it stays theirs."""
        for block in self.blocks():
            try:
                gathered = self.read(block, ledger.posted(block))
            except Exception as error:
                if is_trouble_of_the_file(error):
                    raise
                # The rows of everybody may have stopped anywhere: from here on each block seeks its own.
                self.rows = None
                yield from self.one_by_one(block, ledger)
            else:
                yield gathered

    def one_by_one(self, block: Block, ledger: Postings) -> Iterator[Gathered | Failure]:
        """Each member of a block read alone."""
        for member in standings.members_in(self.connection, block.first, block.last):
            alone = block._replace(first=member, last=member)
            try:
                yield self.read(alone, ledger.posted(alone))
            except Exception as error:  # noqa: BLE001 -- whatever it is, the others' night goes on
                yield Failure(member, error)

    def read(self, block: Block, posted: Mapping[int, Mapping[Key, int]]) -> Gathered:
        """A block's members with the states they go on from; `posted` is what the ledger holds of them."""
        later = later_facts(self.connection, block)
        for whose, noted in noted_in(self.connection, block):
            later.setdefault(whose, []).append(noted)
        members = list(members_of(self.connection, block))
        if self.limited:
            places = places_of(self.connection, block)
            members = [member._replace(places=frozenset(places.get(member.member, ()))) for member in members]
        return Gathered(members, self.sold(block), later, self.states_of(block), posted)

    def states_of(self, block: Block) -> Mapping[int, str]:
        """The states of those who go on from them."""
        return standings.snapshots(self.connection, block.first, block.last)

    def rows_of(self, block: Block) -> Sequence[Row]:
        """The rows of a block's purchases."""
        return self.rows.through(block.last) if self.rows else rows_of(self.connection, block)

    def numbers_of(self, receipts: Sequence[int]) -> Mapping[int, str]:
        """The numbers of some of these receipts, which decide between purchases of one second."""
        return numbers_of(self.connection, receipts)

    def members(self) -> Iterator[MemberFacts]:
        """The facts alone."""
        for block in self.blocks():
            yield from self.read(block, {}).facts()

    def blocks(self) -> Iterator[Block]:
        """The blocks; of most of the shop the purchases are read in one go."""
        if standings.most_of_the_shop(self.connection):
            self.read_in_one_go()
        done, every = 0, standings.to_be_worked(self.connection)
        for first, last, members in standings.blocks(self.connection):
            yield self.whole._replace(first=first, last=last)
            done += members
            self.progress(WORKING_OUT, done, every)

    def read_in_one_go(self) -> None:
        """The purchases of everybody are read from end to end."""
        self.rows = PurchaseRows(self.connection, self.whole)

    def sold(self, block: Block) -> Sold:
        """The purchases of a block's members, as rows, and what belongs to them."""
        connection, rows = self.connection, self.rows_of(block)
        paid = payings_of(connection, block)
        known = known_payments(connection, block) if paid or self.asks_payments else {}
        if not self.asks_payments:
            known = {member: own for member, own in known.items() if member in paid}
        same = of_one_second(rows)
        numbers = self.numbers_of(same) if same else {}
        excluded = excluded_of(connection, block) if paid and self.classes else {}
        return Sold(rows, self.classes, block.units, self.stores, numbers, lines_of(connection, block), paid, known, excluded)


def facts_of_members(connection: Connection, plan: Plan, members: Iterable[int], until: Day) -> Iterator[MemberFacts]:
    """Some members' facts from their start through a day."""
    standings.choose_members(connection, members)
    return Source(connection, plan, until).members()
