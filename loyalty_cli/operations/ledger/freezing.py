"""What becomes of the books of a member who is erased: worked out while it is known who it was; later nights only take it in.

Birthdays, groups and other things that replay asks for are forgotten, so nobody can replay such a member again. Through the day
of the erasing the books still get what they would have got, and reports of any day show what they showed. On the day after, the
points lapse: nobody can claim them any more, so that they are no debt of the shop's.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Entry
from loyalty_cli.model.standing import Standing
from loyalty_cli.operations.engine_room import change_states
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.blocks import waiting_in
from loyalty_cli.operations.ledger.source import Failure
from loyalty_cli.operations.ledger.source import Source
from loyalty_cli.replay.in_snapshot import without_memories
from loyalty_cli.replay.posting import bring
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.replay.snapshot import saved
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.ledger import Ledger
from loyalty_cli.store.members.frozen import erased
from loyalty_cli.store.members.frozen import forget_in_states
from loyalty_cli.store.members.frozen import Frozen
from loyalty_cli.store.members.frozen import keep_frozen
from loyalty_cli.store.members.frozen import let_rest
from loyalty_cli.store.members.frozen import wait_for_frozen
from loyalty_cli.store.members.scrubbing import registrations_of
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Key
    from loyalty_cli.replay.posting import Brought
    from loyalty_cli.replay.posting import Waiting
    from loyalty_cli.store.database import Connection


class Freezer:
    """Forgets members so that the books of a shop do not notice, through the day of the forgetting."""

    def __init__(self, connection: Connection, day: Day) -> None:
        self.connection = connection
        self.booked = last_run_day(connection)
        self.day = max(day, self.booked)
        self.forgotten: list[int] = []
        self.erased = {*erased(connection)}
        self.replayer: Replayer | None = None
        # Without a program nothing has been worked out for anybody.
        if versions_in_force(connection):
            plan, self.version = adopted_plan(connection)
            self.replayer = Replayer(plan)
            self.source = Source(connection, plan, self.day)
            self.ledger = Ledger(connection, run=0, first_open=0)

    def forget(self, member: int, forget: Callable[[], None]) -> Counter[str]:
        """Let a member be forgotten, and keep how they stand; how many points lapse on the day after, by wallet ('' the usual one)."""
        stood, waits = self.course_of(member)
        forget()
        # All of it, for what comes late of them, and another version, would give another course.
        keep_frozen(self.connection, member, [*stood, *waits])
        wait_for_frozen(self.connection, member)
        if self.replayer is not None:
            let_rest(self.connection, self.version)
        self.forgotten.append(member)
        return lapsing(each.entries or () for each in waits if each.from_day > self.day)

    def leave_nothing(self) -> None:
        """The states that are kept of whoever was forgotten know nothing of the person any more."""
        if self.replayer is not None:
            forget_persons(self.connection, self.forgotten, self.replayer)

    def course_of(self, member: int) -> tuple[list[Frozen], list[Frozen]]:
        """How a member stands from each day on that changes it, and what of that the books have not taken in yet."""
        # Who was erased before stands as then, and their points lapse on the day they did.
        if self.replayer is None or member in self.erased:
            return [], []
        standings.choose_members(self.connection, [member])
        kept = [Standing(*row[3:]) for row in standings.standings_without_states(self.connection)]
        try:
            found = [*chain(*map(waiting_in, self.source.gathered(self.ledger)))]
            if not found or isinstance(found[0], Failure):
                return [], []
            days = [*each_day(self.replayer, found[0], self.day, self.booked)]
            given_up = points_given_up(self.replayer, found[0], days[-1])
        except Exception:  # noqa: BLE001 -- who can not be worked out was left out of the books, and is forgotten all the same
            return [], []
        stood = [Frozen(day, brought.standing, brought.state) for day, brought in days]
        return changes(stood), [*changes(lacking(days, self.booked), *kept), *given_up]


def forget_persons(connection: Connection, members: Iterable[int], replayer: Replayer) -> None:
    """Take what is known of members as persons out of all states that are kept of them, those in a chain's files among them."""
    persons = {person for member in members for person in registrations_of(connection, member)}
    forgotten = partial(without_memories, rewards=of_the_person(replayer))
    forget_in_states(connection, persons, forgotten)
    change_states(connection, persons, forgotten)


def of_the_person(replayer: Replayer) -> set[str]:
    """The rewards and messages that remember a birthday or a name day."""
    watched = (each for version in replayer.versions for each in version.rewarding.watched.values())
    return {each.name for each in watched if each.when.of_the_person}


def each_day(replayer: Replayer, waiting: Waiting, last: Day, booked: Day) -> Iterator[tuple[Day, Brought]]:
    """A member at the end of each day on which anything may change, and of the day through which the books are kept."""
    entries = replayer.replay(waiting.facts, last).entries
    days = {fact.day for fact in waiting.facts.facts} | {entry.day for entry in entries} | {booked, last}
    known = sorted(day for day in days if 0 < day <= last)
    day = known[0]
    while True:
        brought = bring(replayer, waiting, day)
        yield day, brought
        if day == last:
            return
        day = min(next(each for each in known if each > day), max(brought.standing.due_on, day + 1))


def points_given_up(replayer: Replayer, waiting: Waiting, last: tuple[Day, Brought]) -> list[Frozen]:
    """The day after the last of a member who had points or owed some: from then on there are none."""
    day, brought = last[0] + 1, last[1]
    member, entries = replayer.start(waiting.facts, brought.state), list[Entry]()
    for lots in (member.lots, *member.purses.by_name.values()):
        lots.give_up(day, entries)
    standing = brought.standing._replace(until=day, points=0, pending=0, debt=0, lapsing=0, lapse_on=None)
    return [Frozen(day, standing, saved(member), entries, list(brought.told))] if entries else []


def lapsing(given_up: Iterable[Iterable[Entry]]) -> Counter[str]:
    """How many points, by wallet; what is owed is paid by nobody and lapses the other way."""
    found: Counter[str] = Counter()
    for entry in chain(*given_up):
        found[entry.asset.partition(":")[2]] -= min(0, entry.quantity)
    return +found


def lacking(days: Iterable[tuple[Day, Brought]], booked: Day) -> Iterator[Frozen]:
    """The days from the last that the books have, each with the entries that they lack and with what others are told by then."""
    before: Mapping[Key, int] = {}
    for day, brought in days:
        if day >= booked:
            missing = Counter({entry[:-1]: entry.quantity for entry in brought.missing})
            missing.subtract(before)
            entries = [Entry(*key, quantity) for key, quantity in missing.items() if quantity]
            before = {entry[:-1]: entry.quantity for entry in brought.missing}
            yield Frozen(day, brought.standing, brought.state, entries, list(brought.told))


def changes(days: Iterable[Frozen], before: Standing | None = None) -> list[Frozen]:
    """The days on which a member stands otherwise than before, or which bring entries."""
    changed = []
    for day in days:
        if day.entries or before is None or figures(day)[1] != figures(Frozen(0, before, ""))[1]:
            changed.append(day)
        before = day.standing
    return changed


def figures(frozen: Frozen) -> tuple[Day, Standing]:
    """A day and how a member stood, as far as figures of the shop ask for it: neither the percent of a day nor when to look again."""
    return frozen.from_day, frozen.standing._replace(until=0, discount=0, due_on=0)
