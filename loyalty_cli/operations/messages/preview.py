"""`loyalty messages preview`: who would get what and when, how long and dear it is, and who gets nothing and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from itertools import islice
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.messages.planning import LATER
from loyalty_cli.messages.planning import READY
from loyalty_cli.messages.sms import length_of
from loyalty_cli.messages.sms import SHORT_LETTERS
from loyalty_cli.model.consent import SMS
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.messages.known import known_of_many
from loyalty_cli.operations.messages.plan import all_planned
from loyalty_cli.operations.messages.plan import clock_of
from loyalty_cli.operations.messages.texts import written
from loyalty_cli.program.blocks.messages import Contact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.messages.planning import Planned
    from loyalty_cli.messages.planning import Shape
    from loyalty_cli.messages.planning import Verdict
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.messages.plan import For
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.messages.fields import OfMember

COLUMNS = (
    Column(name="message", heading="Message"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="state", heading="State", kind="word"),
    Column(name="on", heading="From", kind="day"),
    Column(name="channel", heading="Way", kind="word"),
    Column(name="parts", heading="SMS parts", kind="count", total=True),
    Column(name="why", heading="Why not", kind="said"),
    Column(name="text", heading="Text"),
)
# A list that long nobody reads; the counts are of all.
MOST_SHOWN = 1000
AT_ONCE = 500


class Row(NamedTuple):
    """A planned message with what would be written."""

    each: For
    of: OfMember
    text: str
    parts: int | None


@dataclass(slots=True)
class Seen:
    """What is counted of all messages, and the first of them: how many of each state, parts of text messages that go now, letters.

    Of the rest only text messages that go now are written out, to be counted.
    """

    only: str
    states: Counter[str] = field(default_factory=Counter)
    rows: list[Row] = field(default_factory=list)
    parts: int = 0
    letters: set[str] = field(default_factory=set)

    def wanted(self, shape: Shape, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
        """Those of a member's messages that are shown, or written out to be counted."""
        if self.only:
            verdicts = [verdict for verdict in verdicts if shape[verdict.place][0] == self.only]
        self.states.update([verdict.state for verdict in verdicts])
        if len(self.rows) < MOST_SHOWN:
            return verdicts
        return [verdict for verdict in verdicts if verdict.state == READY and verdict.channel == SMS]

    def add(self, row: Row) -> None:
        """One message."""
        if len(self.rows) < MOST_SHOWN:
            self.rows.append(row)
        if row.parts is not None:
            self.parts += row.parts * (row.each.planned.state == READY)
            self.letters |= set(row.text) - SHORT_LETTERS


def preview_messages(shop: Shop, *, as_of: Day | None = None, only: str = "") -> Outcome:
    """Everything that is due, as it would go on a day; nothing is sent or kept."""
    program = program_file(shop)
    seen = Seen(only)
    with shop.reading() as connection:
        connection.execute("BEGIN")
        clock = clock_of(shop, connection, program, as_of)
        found = all_planned(connection, program, clock, seen.wanted)
        while chunk := list(islice(found, AT_ONCE)):
            for row in written_out(connection, program, chunk, clock.day):
                seen.add(row)
    return outcome(program, seen)


def written_out(connection: Connection, program: Program, chunk: list[For], day: Day) -> Iterator[Row]:
    """Messages with their texts, as they would be on a day."""
    members = known_of_many(connection, program, {each.planned.due.member for each in chunk}, day)
    for each in chunk:
        name, of = each.planned.due.name, members[each.planned.due.member]
        text = written(program, name, of.about(each.planned.due.coupon), each.reach.language).text if name in program.messages else ""
        yield Row(each, of, text, length_of(text).parts if each.planned.channel == SMS else None)


def outcome(program: Program, seen: Seen) -> Outcome:
    """The list, and what it comes to."""
    table = Table(
        name="messages",
        title=phrase("Messages that are due"),
        columns=COLUMNS,
        rows=[row(each) for each in seen.rows],
        currency=program.currency.code,
        digits=program.currency.digits,
        empty=phrase("No message is due."),
        notes=notes(program, seen),
    )
    text = "Messages: {count}. May go now: {ready}, later: {later}."
    counts = seen.states
    said = [phrase(text, count=counts.total(), ready=counts[READY], later=counts[LATER])] if seen.rows else []
    return Outcome(said=said, tables=[table], data={"states": dict(counts)}, language=program.language)


def row(each: Row) -> tuple[Cell, ...]:
    """One message as a line."""
    one = each.each.planned
    return (
        *(one.due.name, each.of.card or None, each.of.name, one.state, one.on),
        *(one.channel or None, each.parts, why_not(one), " ".join(each.text.split())),
    )


def why_not(one: Planned) -> str | None:
    """Why the ways before the chosen one, or all of them, are not possible."""
    ways = [way.split(": ", 1) for way in one.ways]
    said = [phrase("{where}: {what}", where=Phrase(channel, {}), what=Phrase(why, {})) for channel, why in ways]
    return kept(phrase("{reasons}", reasons=said)) if said else None


def notes(program: Program, seen: Seen) -> list[Phrase]:
    """What text messages cost, and the letters that make one long."""
    said: list[Phrase] = []
    if seen.parts:
        price = (program.contact or Contact()).sms_part_costs
        money = program.currency.money(seen.parts * price)
        said.append(
            phrase(
                "{count} part of a text message costs {money}.",
                "{count} parts of text messages cost {money}.",
                count=seen.parts,
                money=money,
            )
        )
    if seen.letters:
        text = "These letters make a text message long, 70 letters a part instead of 160: {letters}"
        said.append(phrase(text, letters=" ".join(sorted(seen.letters))))
    return said
