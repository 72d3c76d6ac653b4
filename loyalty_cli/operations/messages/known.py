"""What texts can name of members; how far they are with rewards is worked out only where a text says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.program.message_texts import fields_in
from loyalty_cli.store.messages.fields import fields_of_many

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.messages.fields import OfMember

PROGRESS = "progress"


def known_of_many(connection: Connection, program: Program, members: Collection[int], day: Day) -> Mapping[int, OfMember]:
    """What is known of some members, by member, for the texts of a program."""
    known = fields_of_many(connection, members, day)
    if not names_progress(program):
        return known
    far = progress_of_many(connection, members, day)
    return {member: of._replace(progress=far.get(member, ())) for member, of in known.items()}


def names_progress(program: Program) -> bool:
    """Whether a text of the program says how far somebody is."""
    texts = (text for terms in program.messages.values() for text in (*terms.text.values(), *(terms.subject or {}).values()))
    return any(PROGRESS in fields_in(text) for text in texts)


def progress_of_many(connection: Connection, members: Collection[int], day: Day) -> Mapping[int, Sequence[tuple[str, Phrase]]]:
    """Rewards that were begun and how far, by member, by the program in force on a day."""
    # Imported here, as most texts say nothing of it.
    from loyalty_cli.reports.in_force import program_on
    from loyalty_cli.reports.members.progress import nearest_first
    from loyalty_cli.reports.members.progress import open_to

    program = program_on(connection, day)
    found: dict[int, list[tuple[str, Phrase]]] = {}
    if program is None:
        return found
    for each in nearest_first(open_to(connection, program, day, members)):
        found.setdefault(each.member, []).append((each.reward, each.progress.said(program.currency.money)))
    return found
