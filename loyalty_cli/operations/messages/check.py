"""`loyalty messages check`: every text with every member's name and figures in it: how long it gets, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.messages.sms import length_of
from loyalty_cli.model.consent import SMS
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.messages.known import known_of_many
from loyalty_cli.operations.messages.texts import written
from loyalty_cli.store.members.addresses import reach_of_many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.messages.texts import Written
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.messages.fields import OfMember

COLUMNS = (
    Column(name="message", heading="Message"),
    Column(name="language", heading="Language", kind="code"),
    Column(name="members", heading="Members", kind="count"),
    Column(name="longest", heading="Longest text", kind="count"),
    Column(name="parts", heading="SMS parts", kind="count"),
    Column(name="missing", heading="Members without a field", kind="count"),
    Column(name="fields", heading="Fields"),
    Column(name="letters", heading="Letters that make it long"),
)
AT_ONCE = 500


@dataclass(slots=True)
class Tried:
    """What became of one text in one language over all members who get it."""

    members: int = 0
    longest: int = 0
    parts: int = 0
    missing: int = 0
    fields: dict[str, None] = field(default_factory=dict)
    letters: dict[str, None] = field(default_factory=dict)

    def add(self, text: Written, *, by_sms: bool) -> None:
        """One member's."""
        self.members += 1
        self.longest = max(self.longest, len(text.text))
        self.missing += bool(text.missing)
        self.fields |= dict.fromkeys(text.missing)
        if by_sms:
            length = length_of(text.text)
            self.parts = max(self.parts, length.parts)
            self.letters |= dict.fromkeys(length.long_letters)


def check_texts(shop: Shop) -> Outcome:
    """Try each text of the program on everybody it could reach."""
    program = program_file(shop)
    tried: dict[tuple[str, str], Tried] = {}
    with shop.reading() as connection:
        people = everybody(connection, program, today(shop, connection)) if program.messages else ()
        for language, of in people:
            for name, terms in program.messages.items():
                text = written(program, name, of, language)
                tried.setdefault((name, text.language), Tried()).add(text, by_sms=SMS in terms.by)
    rows = [
        (
            *(name, language, one.members, one.longest, one.parts or None, one.missing),
            *(", ".join(f"{{{each}}}" for each in one.fields), " ".join(one.letters)),
        )
        for (name, language), one in sorted(tried.items())
    ]
    table = Table(
        name="texts",
        title=phrase("Texts of messages"),
        columns=COLUMNS,
        rows=rows,
        currency=program.currency.code,
        digits=program.currency.digits,
        empty=phrase("The program has no messages, or there are no members."),
    )
    return Outcome(tables=[table], language=program.language)


def everybody(connection: Connection, program: Program, day: Day) -> Iterator[tuple[str, OfMember]]:
    """Every member's language and figures, in chunks."""
    for chunk in in_chunks(connection):
        languages = dict(chunk)
        for member, of in known_of_many(connection, program, languages, day).items():
            yield languages[member], of


def in_chunks(connection: Connection) -> Iterator[list[tuple[int, str]]]:
    """Members with their languages, some at once."""
    chunk: list[tuple[int, str]] = []
    for reach in reach_of_many(connection):
        chunk.append((reach.member, reach.language))
        if len(chunk) == AT_ONCE:
            yield chunk
            chunk = []
    yield chunk
