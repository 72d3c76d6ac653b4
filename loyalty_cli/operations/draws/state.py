"""Where a kept draw's folder is, and how what a killed command left undone there is finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.draws import names as draw_names
from loyalty_cli.draws.kept import facts_of
from loyalty_cli.draws.kept import MadeDraw
from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import hashes_txt
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.draws.proof.files import void_txt
from loyalty_cli.model.days import start_of_year
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.folder import clear_aside
from loyalty_cli.operations.draws.folder import frozen_texts
from loyalty_cli.operations.draws.folder import made_aside
from loyalty_cli.operations.draws.folder import publish
from loyalty_cli.operations.draws.folder import put_in_place
from loyalty_cli.operations.draws.folder import write_entries
from loyalty_cli.operations.draws.folder import write_texts
from loyalty_cli.operations.draws.rules import draw_rules
from loyalty_cli.operations.in_force import adopted_program
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import entrants as draw_entrants
from loyalty_cli.store.draws import life as draw_life
from loyalty_cli.store.draws.ranking import ranking_lines
from loyalty_cli.store.draws.voids import voids_of
from loyalty_cli.store.seals.seals import last_seal
from loyalty_cli.store.settings import at_moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.law import TaxLine
    from loyalty_cli.model.shown.outcome import Outcome
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
        if adopted_program(connection) is not None:
            draw_rules(connection, name)
        raise Refused(
            "The draw {name} is not closed.",
            hint=phrase('First freeze its tickets: loyalty draw close "{name}"', name=name),
            name=name,
        )
    return kept


def pseudonyms(connection: Connection, short: str) -> Callable[[int], str]:
    """What hides a member in the draw of a short name."""
    return draw_names.pseudonyms(draw_names.draw_key(draws.secret(connection), short))


def restore_frozen_files(connection: Connection, kept: KeptDraw, folder: Path) -> Sequence[Phrase]:
    """Write the frozen files again if the folder is gone: the command was stopped, or somebody removed it.

    Where only a void was stopped, its two files are finished.
    """
    if folder.exists():
        clear_aside(folder)
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
    if void_is_unfinished(connection, kept, folder):
        publish_void(folder, facts_of(kept))


def void_is_unfinished(connection: Connection, kept: KeptDraw, folder: Path) -> bool:
    """Whether the two files are still as some step before left them."""
    facts = facts_of(kept)
    if kept.run_at is not None or not facts.voided or as_text(folder, HASHES) == hashes_txt(facts):
        return False
    return as_text(folder, VOID) in {void_txt(before) for before in steps_of(connection, kept)}


def steps_of(connection: Connection, kept: KeptDraw) -> Iterator[tuple[tuple[int, str], ...]]:
    """What was struck out before each void, and after the last."""
    voids = voids_of(connection, kept.id)
    yield ()
    for moment in sorted({void.at for void in voids}):
        yield tuple((void.ticket, void.code) for void in voids if void.at <= moment)


def as_text(folder: Path, name: str) -> str:
    """A published text, '' if it is not there."""
    return (folder / name).read_bytes().decode("utf-8", "replace") if (folder / name).exists() else ""


def publish_void(folder: Path, facts: Frozen, *, keep: Callable[[], None] | None = None) -> None:
    """Publish the list of void tickets and the hashes with it."""
    publish(folder, {VOID: void_txt(facts.voided), HASHES: hashes_txt(facts)}, keep=keep)


def made_draw(connection: Connection, name: str) -> MadeDraw:
    """The draw of this name; refused if it has not been made."""
    kept = kept_draw(connection, name)
    if kept.run_at is None:
        raise Refused(
            "The draw {name} has not been made yet.",
            hint=phrase('Make it: loyalty draw run "{name}"', name=kept.name),
            name=kept.name,
        )
    return MadeDraw(
        kept=kept,
        rules=read_rules(kept.rules),
        day=draws.today(connection, datetime.fromisoformat(kept.run_at)),
        places=draw_life.places(connection, kept.id),
    )


def tax_of(connection: Connection, made: MadeDraw, place: KeptPlace, on: Day) -> TaxLine | None:
    """The tax on a place's prize, after what its winner has won earlier in the same year."""
    worth = made.worth(place)
    if worth is None or not made.rules.formalities.country:
        return None
    # Imported here, as looking at a draw asks for no tax.
    from loyalty_cli.countries.prize_tax import tax_in_draw

    first = start_of_year(on)
    earlier = draw_life.accepted_prizes(connection, place.member_id, first=first, last=on, draw_id=made.kept.id, but_place=place.place)
    before = sum(dict(read_rules(one.rules).worth).get(one.prize, 0) for one in earlier)
    return tax_in_draw(made.rules, worth, on=on, earlier=before)


def refuse_closed(connection: Connection, name: str) -> None:
    """What is frozen is not announced again."""
    kept = draws.draw_called(connection, name)
    if kept is not None:
        raise Refused("The draw {name} is closed since {at}.", name=name, at=at_moment(connection, kept.closed_at))


def with_proof(connection: Connection, outcome: Outcome) -> Outcome:
    """What was done to a draw, with the proof of the rows behind it: on the poster it holds them fast for everybody."""
    proof = proof_so_far(connection)
    if not proof:
        return outcome
    said = [*outcome.said, phrase("Proof of everything until now: {proof}", proof=proof)]
    return replace(outcome, said=said, data={**outcome.data, "proof": proof})


def proof_so_far(connection: Connection) -> str:
    """The proof of everything that was committed until now; '' before the first seal."""
    seal = last_seal(connection)
    return seal.sha256 if seal else ""
