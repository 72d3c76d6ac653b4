"""Where a kept draw's folder is, and how what a killed command left undone there is finished."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.draws import names as draw_names
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import hashes_txt
from loyalty_cli.draws.proof.files import read_rules
from loyalty_cli.draws.proof.files import rules_txt
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.draws.proof.files import void_txt
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.folder import add_in_place
from loyalty_cli.operations.draws.folder import frozen_texts
from loyalty_cli.operations.draws.folder import made_aside
from loyalty_cli.operations.draws.folder import put_in_place
from loyalty_cli.operations.draws.folder import write_entries
from loyalty_cli.operations.draws.folder import write_texts
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import entrants as draw_entrants
from loyalty_cli.store.draws.ranking import ranking_lines
from loyalty_cli.store.draws.voids import voids_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


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
        method=read_rules(kept.rules).method,
        voided=voided_of(kept),
    )


def rules_as_announced(kept: KeptDraw) -> str:
    """The frozen rules as they were before the close, which added how many are left out."""
    return rules_txt(replace(read_rules(kept.rules), excluded=()))


def pseudonyms(connection: Connection, short: str) -> Callable[[int], str]:
    """What hides a member in the draw of a short name."""
    return draw_names.pseudonyms(draw_names.draw_key(draws.secret(connection), short))


def voided_of(kept: KeptDraw) -> tuple[tuple[int, str], ...]:
    """The tickets struck out, each with the code of its reason."""
    pairs = [one.partition(" ") for one in kept.voided.split(",") if one]
    return tuple((int(ticket), code) for ticket, _, code in pairs)


def restore_frozen_files(connection: Connection, kept: KeptDraw, folder: Path) -> Sequence[Phrase]:
    """Write the frozen files again if the folder is gone: the command was stopped, or somebody removed it.

    Where only a void was stopped, its two files are finished.
    """
    if folder.exists():
        finish_void(connection, kept, folder)
        return ()
    with made_aside(folder) as place:
        written = write_entries(place, entry_lines(connection, kept))
        if written.sha256 != kept.entries_sha256:
            raise LoyaltyError("The entrants in the database are not those that were frozen.")
        write_texts(place, frozen_texts(place, facts_of(kept), kept.rules))
        put_in_place(folder)
    return (phrase("The folder {folder} was missing; it has been written again.", folder=str(folder)),)


def entry_lines(connection: Connection, kept: KeptDraw) -> Iterable[tuple[str, int]]:
    """The lines of entries.txt, each with how often it stands there."""
    if read_rules(kept.rules).contest:
        return ranking_lines(connection, kept.id)
    return draw_entrants.entrants_by_pseudonym(connection, kept.id)


def finish_void(connection: Connection, kept: KeptDraw, folder: Path) -> None:
    """Finish a void that was stopped between its commit and its files: they still are as some step before left them."""
    facts = facts_of(kept)
    if kept.run_at is not None or not facts.voided or as_text(folder, HASHES) == hashes_txt(facts):
        return
    if as_text(folder, VOID) in {void_txt(before) for before in steps_of(connection, kept)}:
        publish_void(folder, facts)


def steps_of(connection: Connection, kept: KeptDraw) -> Iterator[tuple[tuple[int, str], ...]]:
    """What was struck out before each void, and after the last."""
    voids = voids_of(connection, kept.id)
    yield ()
    for moment in sorted({void.at for void in voids}):
        yield tuple((void.ticket, void.code) for void in voids if void.at <= moment)


def as_text(folder: Path, name: str) -> str:
    """A published text, '' if it is not there."""
    return (folder / name).read_bytes().decode("utf-8", "replace") if (folder / name).exists() else ""


def publish_void(folder: Path, facts: Frozen) -> None:
    """Publish the list of void tickets and the hashes with it."""
    texts = {VOID: void_txt(facts.voided), HASHES: hashes_txt(facts)}
    with made_aside(folder) as place:
        write_texts(place, texts)
        add_in_place(folder, texts)
