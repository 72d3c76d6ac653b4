"""Import members: cards, names, birthdays, groups and consents from a list; empty cells change nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.importers.lists.members import listed_member
from loyalty_cli.model.days import local_day
from loyalty_cli.operations.imports.lists import import_lists
from loyalty_cli.operations.imports.lists import ListKind
from loyalty_cli.operations.imports.lists_said import list_outcome
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.members.wishes import day_to_come
from loyalty_cli.store.members.listed import bring_by_contact
from loyalty_cli.store.members.listed import save_member
from loyalty_cli.store.members.members import Hand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.listed import Clash
    from loyalty_cli.model.listed import ListedMember
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


def import_members(shop: Shop, files: Sequence[str], *, layout: str | None = None, by: str = "", dry_run: bool = False) -> Outcome:
    """Enter and change members by lists."""
    program = program_file(shop)
    return list_outcome(
        import_lists(shop, files, list_of_members(shop, program, by), layout=layout, dry_run=dry_run, language=program.language),
        program,
        kind="members",
        dry_run=dry_run,
    )


def list_of_members(shop: Shop, program: Program, by: str = "") -> ListKind:
    """How a list of members is read and kept."""
    today = local_day(shop.now, program.timezone)
    hand = Hand(at=shop.moment, today=today, by=by, reason="import")

    def save(connection: Connection, import_id: int, listed: ListedMember) -> str | Phrase | Clash:
        why = day_to_come(listed, today)
        if why is not None:
            return why
        return save_member(connection, listed, replace(hand, import_id=import_id))

    after = partial(bring_by_contact, hand=hand)
    return ListKind(name="members", make=listed_member, save=save, digits=program.currency.digits, after=after)
