"""Where a kept draw's folder is, and how what a killed command left undone there is finished."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.engine.draw_files import HASHES
from loyalty_cli.engine.draw_files import hashes_txt
from loyalty_cli.engine.draw_files import RULES
from loyalty_cli.engine.draw_files import VOID
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.phrase import phrase
from loyalty_cli.operations.draw_folder import made_aside
from loyalty_cli.operations.draw_folder import put_in_place
from loyalty_cli.operations.draw_folder import write_entries
from loyalty_cli.operations.draw_folder import write_texts
from loyalty_cli.store import draws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.phrase import Phrase
    from loyalty_cli.operations.shop import Shop
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.draws import KeptDraw


def folder_text(shop: Shop, folder: Path) -> str:
    """A folder as the database keeps it: from the database's own folder if inside, so that both can move."""
    beside = shop.database.parent.absolute()
    absolute = folder.absolute()
    return absolute.relative_to(beside).as_posix() if absolute.is_relative_to(beside) else absolute.as_posix()


def folder_of(shop: Shop, kept: KeptDraw) -> Path:
    """The published folder of a kept draw."""
    return shop.database.parent / Path(kept.folder)


def kept_draw(connection: Connection, name: str) -> KeptDraw:
    """The frozen draw of this name; refused if it has not been closed."""
    kept = draws.draw_called(connection, name)
    if kept is None:
        raise Refused(
            "The draw {name} is not closed.",
            hint=phrase('First freeze its tickets: loyalty draw close "{name}"', name=name),
            name=name,
        )
    return kept


def facts_of(kept: KeptDraw) -> Frozen:
    """What was frozen, as the database remembers it."""
    return Frozen(
        draw=kept.slug,
        tickets=kept.tickets,
        closed_at=kept.closed_at,
        entries=kept.entries_sha256,
        void=kept.void_sha256,
        rules=kept.rules_sha256,
    )


def restore_frozen_files(connection: Connection, kept: KeptDraw, folder: Path) -> Sequence[Phrase]:
    """Write the frozen files again if the folder is gone: the command was stopped, or somebody removed it."""
    if folder.exists():
        return ()
    with made_aside(folder) as place:
        written = write_entries(place, draws.entrants_by_pseudonym(connection, kept.id))
        if written.sha256 != kept.entries_sha256:
            raise LoyaltyError("The entrants in the database are not those that were frozen.")
        # Once tickets can be voided, void.txt comes from their table.
        write_texts(place, {VOID: "", RULES: kept.rules, HASHES: hashes_txt(facts_of(kept))})
        put_in_place(folder)
    return (phrase("The folder {folder} was missing; it has been written again.", folder=str(folder)),)
