"""Take an import of purchases back, as if its file had never come; the file may be imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.outcome import Outcome
from loyalty_cli.model.phrase import phrase
from loyalty_cli.store import imports

if TYPE_CHECKING:
    from loyalty_cli.operations.shop import Shop


def import_revert(shop: Shop, number: int, *, dry_run: bool = False) -> Outcome:
    """Take one import back."""
    with shop.changing(dry_run=dry_run) as connection:
        found = imports.import_named(connection, number)
        refuse_unless_live_purchases(number, found)
        left, stayed = imports.revert_import(connection, number, shop.moment)
    said = [
        phrase(
            "Import {number} was taken back: {left} receipts left, {stayed} stay because another import saw them.",
            number=number,
            left=left,
            stayed=stayed,
        )
    ]
    if dry_run:
        said.append(phrase("This was a dry run; nothing was kept."))
    return Outcome(said=said, data={"import": number, "left": left, "stayed": stayed, "dry_run": dry_run})


def refuse_unless_live_purchases(number: int, found: tuple[str, str, str | None] | None) -> None:
    """Only purchases that are in can be taken back."""
    if found is None:
        raise Refused(
            "There is no import {number}.",
            number=number,
            hint=phrase("See their numbers: loyalty report imports"),
        )
    kind, file, reverted_at = found
    if reverted_at is not None:
        raise Refused(
            "Import {number} of {file} was taken back already, on {at}.",
            number=number,
            file=file,
            at=reverted_at,
        )
    if kind != "purchases":
        raise Refused(
            "Import {number} is a list of {kind}; only purchases can be taken back.",
            number=number,
            kind=kind,
            hint=phrase("Import a corrected list: it changes what differs."),
        )
