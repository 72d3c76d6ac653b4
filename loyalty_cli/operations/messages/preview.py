"""`loyalty messages preview`: who would get what and when, how long and dear it is, and who gets nothing and why."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.messages.planning import LATER
from loyalty_cli.messages.planning import READY
from loyalty_cli.messages.sms import length_of
from loyalty_cli.model.consent import SMS
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.in_force import program_looked_at
from loyalty_cli.operations.messages.plan import all_planned
from loyalty_cli.operations.messages.plan import clock_of
from loyalty_cli.operations.messages.texts import written
from loyalty_cli.program.messages_block import Contact
from loyalty_cli.store.messages.fields import fields_of_many

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.messages.planning import Planned
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
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
    Column(name="why", heading="Why not", kind="code"),
    Column(name="text", heading="Text"),
)
# A list that long nobody reads; the counts are of all.
MOST_SHOWN = 1000


class Row(NamedTuple):
    """A planned message with what would be written."""

    each: For
    of: OfMember
    text: str
    parts: int | None


def preview_messages(shop: Shop, *, as_of: Day | None = None, only: str = "") -> Outcome:
    """Everything that is due, as it would go on a day; nothing is sent or kept."""
    program = program_looked_at(shop)
    with shop.reading() as connection:
        connection.execute("BEGIN")
        found: list[For] = []
        counts = Counter[str]()
        for each in all_planned(connection, program, clock_of(shop, connection, as_of)):
            if only and each.planned.due.name != only:
                continue
            counts[each.planned.state] += 1
            if len(found) < MOST_SHOWN:
                found.append(each)
        rows = shown(connection, program, found)
    return outcome(program, rows, counts)


def shown(connection: Connection, program: Program, found: list[For]) -> list[Row]:
    """The messages with their texts."""
    day = max((each.planned.on for each in found), default=0)
    members = fields_of_many(connection, {each.planned.due.member for each in found}, day)
    rows = []
    for each in found:
        of = members[each.planned.due.member]
        text = written(program, each.planned.due.name, of, each.reach.language).text if each.planned.due.name in program.messages else ""
        rows.append(Row(each, of, text, length_of(text).parts if each.planned.channel == SMS else None))
    return rows


def outcome(program: Program, rows: Iterable[Row], counts: Counter[str]) -> Outcome:
    """The list, and what it comes to."""
    rows = list(rows)
    table = Table(
        name="messages",
        title=phrase("Messages that are due"),
        columns=COLUMNS,
        rows=[row(each) for each in rows],
        currency=program.currency.code,
        digits=program.currency.digits,
        empty=phrase("No message is due."),
        notes=notes(program, rows),
    )
    text = "Of {count} messages {ready} may go now, {later} later."
    said = [phrase(text, count=counts.total(), ready=counts[READY], later=counts[LATER])] if rows else []
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
    return "; ".join(one.ways) or None


def notes(program: Program, rows: list[Row]) -> list[Phrase]:
    """What text messages cost, and the letters that make one long."""
    parts = sum(each.parts or 0 for each in rows if each.each.planned.state == READY)
    price = (program.contact or Contact()).sms_part_costs
    said: list[Phrase] = []
    if parts:
        money = Money(parts * price, program.currency.code, program.currency.digits)
        said.append(phrase("{count} parts of text messages cost {money}.", count=parts, money=money))
    letters = {letter for each in rows if each.parts for letter in length_of(each.text).long_letters}
    if letters:
        text = "These letters make a text message long, 70 letters a part instead of 160: {letters}"
        said.append(phrase(text, letters=" ".join(sorted(letters))))
    return said
