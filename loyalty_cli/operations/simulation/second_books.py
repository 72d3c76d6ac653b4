"""Everybody replayed by another program, posted to books that only this connection sees.

The books of a simulation tell what each rule gave each member on the days that count and before them, not on which day and for
which receipt: a hundredth of the entries. Members do not see each other in a replay, so that several processes take a part of them
each; what they tell each other is settled afterwards, as in a recalculation.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Entry
from loyalty_cli.operations.hands import Hands
from loyalty_cli.operations.in_force import plan_of_texts
from loyalty_cli.operations.in_force import texts_of
from loyalty_cli.operations.ledger.best import rank_the_best
from loyalty_cli.operations.ledger.best_share import rank_shares
from loyalty_cli.operations.ledger.between_members import settle_between_members
from loyalty_cli.operations.ledger.blocks import travelling
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.ledger.source import Source
from loyalty_cli.operations.ledger.source import WORKING_OUT
from loyalty_cli.operations.progress import nobody_looks
from loyalty_cli.operations.simulation.taken_off import discounts_in
from loyalty_cli.operations.simulation.taken_off import TakenOff
from loyalty_cli.operations.uncollected import uncollected
from loyalty_cli.replay.posting import bring
from loyalty_cli.replay.posting import differences
from loyalty_cli.replay.watched import WatchedReplayer
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.ledger.ledger import Ledger
from loyalty_cli.store.members.referrals import join_referrals
from loyalty_cli.store.simulation.second_set import EVERYBODY
from loyalty_cli.store.simulation.second_set import keep_the_erased
from loyalty_cli.store.simulation.second_set import open_second_books
from loyalty_cli.store.simulation.second_set import parts_of_members

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.operations.in_force import Texts
    from loyalty_cli.operations.ledger.blocks import Done
    from loyalty_cli.operations.ledger.run import Posted
    from loyalty_cli.operations.ledger.source import Postings
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.progress import Progress
    from loyalty_cli.operations.simulation.taken_off import Off
    from loyalty_cli.operations.simulation.taken_off import Rule
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.posting import Brought
    from loyalty_cli.replay.posting import Waiting
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.simulation.second_set import Period

# Second books know one set of versions only.
ONLY = 1
NOBODY = Hands(1)


class Part(NamedTuple):
    """What one process does: the members of some numbers replayed by some versions of a program, each as text and as it was read."""

    shop: Shop
    versions: Texts
    period: Period
    members: tuple[int, int]


class Answer(NamedTuple):
    """What a part found: what came of its members, block by block, and what discounts took off."""

    done: Sequence[Done]
    off: Mapping[int, Mapping[Rule, Off]]


class SecondBooks(Books):
    """Books of sums, of which several processes do the first and greatest round."""

    # They read their members themselves, and look at what discounts take off.
    by_several = False

    def __init__(self, connection: Connection, plan: Plan, period: Period, shop: Shop, hands: Hands) -> None:
        super().__init__(connection, plan, version=ONLY, until=period.last, at=shop.moment, progress=shop.progress)
        self.off = TakenOff(connection, plan, period)
        if discounts_in(plan):
            self.replayer = WatchedReplayer(plan, self.off)
        self.shop, self.period, self.hands = shop, period, hands
        self.everyone = False

    def open(self) -> None:
        """Begin empty."""
        open_second_books(self.connection)
        join_referrals(self.connection)

    def first_round(self) -> Posted:
        """Replay everybody."""
        self.everyone = True
        posted = self.bring_up_to_date(everyone=True)
        self.everyone = False
        return posted

    def replayed(self, book: Postings) -> Iterator[Done]:
        """The members of temp.work, part by part where everybody is replayed."""
        ranges = parts_of_members(self.connection, self.hands.many) if self.everyone and self.hands.many > 1 else []
        if len(ranges) < 2:
            yield from super().replayed(book)
            return
        parts = parts_of(self.shop, self.plan, self.period, ranges)
        self.progress(WORKING_OUT, 0, len(parts))
        for done, answer in enumerate(self.hands.each(answered, parts), 1):
            self.off.by_member.update(answer.off)
            self.progress(WORKING_OUT, done, len(parts))
            yield from answer.done

    def bring(self, waiting: Waiting) -> Brought:
        """One member's replay, always from the start, as sums."""
        brought = bring(self.replayer, waiting._replace(posted={}), self.until)
        return brought._replace(missing=differences(summed(brought.missing, self.period), waiting.posted))


def summed(entries: Iterable[Entry], period: Period) -> Iterator[Entry]:
    """What each rule gave of each asset before the days that count, and on them; all of it on one day."""
    sums: dict[tuple[bool, str, str], int] = {}
    for rule, _, _, asset, day, quantity in entries:
        key = (day >= period.first, rule, asset)
        sums[key] = sums.get(key, 0) + quantity
    for (counts, rule, asset), quantity in sums.items():
        yield Entry(rule, 0, 0, asset, period.last if counts else period.first - 1, quantity)


def parts_of(shop: Shop, plan: Plan, period: Period, ranges: Iterable[tuple[int, int]]) -> list[Part]:
    """The parts of a replay; what shows how far work is belongs to this process's terminal and does not go to another."""
    versions = texts_of(plan)
    return [Part(replace(shop, progress=nobody_looks), versions, period, members) for members in ranges]


def answered(part: Part) -> Answer:
    """Do a part, in a process of its own."""
    with part.shop.reading() as connection:
        books = SecondBooks(connection, plan_of_texts(part.versions), part.period, part.shop, NOBODY)
        books.open()
        books.choose(everyone=True)
        standings.keep_in_work(connection, *part.members)
        with uncollected():
            done = [travelling(block) for block in books.replayed(Ledger(connection, run=0, first_open=0))]
    return Answer(done, books.off.by_member)


def look_at_everybody(connection: Connection, plan: Plan, period: Period, shop: Shop, hands: Hands = NOBODY) -> TakenOff:
    """Replay everybody by the program whose books are kept, and post nothing: what its discounts took off, no books tell."""
    off = TakenOff(connection, plan, period)
    if not discounts_in(plan):
        return off
    ranges = parts_of_members(connection, hands.many)
    if len(ranges) < 2:
        look(connection, plan, off, shop.progress, EVERYBODY)
    else:
        for part in hands.each(looked, parts_of(shop, plan, period, ranges)):
            off.by_member.update(part)
    return off


def looked(part: Part) -> Mapping[int, Mapping[Rule, Off]]:
    """Look at a part, in a process of its own."""
    with part.shop.reading() as connection:
        plan = plan_of_texts(part.versions)
        off = TakenOff(connection, plan, part.period)
        look(connection, plan, off, nobody_looks, part.members)
    return off.by_member


def look(connection: Connection, plan: Plan, off: TakenOff, progress: Progress, members: tuple[int, int]) -> None:
    """Replay the members of some numbers while somebody looks on."""
    until = off.period.last
    standings.choose_work(connection, {"all": 1, "version": ONLY, "until": until, "switch": 0, "never": NEVER})
    standings.keep_in_work(connection, *members)
    replayer = WatchedReplayer(plan, off)
    with uncollected():
        for facts in Source(connection, plan, until, progress).members():
            replayer.replay(facts, until)


class Second(NamedTuple):
    """What second books came to, and what discounts took off."""

    posted: Posted
    off: TakenOff


def post_to_second_books(connection: Connection, plan: Plan, period: Period, shop: Shop, hands: Hands = NOBODY) -> Second:
    """What a recalculation of everybody would post: the same steps, the best of a period and limits among them."""
    books = SecondBooks(connection, plan, period, shop, hands)
    books.open()
    posted = books.first_round()
    program, until = plan.in_force(period.last), period.last
    told = rank_the_best(connection, program, until, at=shop.moment)
    if rank_shares(connection, program, until, at=shop.moment) or told:
        posted.add(books.bring_up_to_date())
    settle_between_members(books, posted)
    keep_the_erased(connection)
    return Second(posted, books.off)
