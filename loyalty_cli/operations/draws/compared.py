"""Draws as the database keeps them, compared with their proofs, and with their published folders where those still are."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from loyalty_cli.draws.kept import facts_of
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import hashes_txt
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.draws.proof.files import void_txt
from loyalty_cli.draws.proof.redraw import proof_name
from loyalty_cli.draws.proof.redraw import REDRAWS
from loyalty_cli.draws.proof.redraw import redraws_txt
from loyalty_cli.model.kept_draw import GIVEN_UP
from loyalty_cli.operations.draws.state import as_text
from loyalty_cli.operations.draws.state import entry_lines
from loyalty_cli.operations.draws.state import folder_of
from loyalty_cli.operations.draws.state import kept_draw
from loyalty_cli.operations.draws.state import void_is_unfinished
from loyalty_cli.store.draws import life as draw_life
from loyalty_cli.store.seals.broken import seals_proven_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.kept_draw import Redraw
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

WINNERS = "winners"


def differing_draws(shop: Shop, connection: Connection) -> Iterator[tuple[str, str]]:
    """The names of draws, and what of them is not as it was published: a file, its winners, a place passed on."""
    for (name,) in connection.execute("SELECT name FROM draw ORDER BY id").fetchall():
        kept = kept_draw(connection, name)
        # Whatever else is compared is read by the frozen rules.
        found = [RULES] if sha256_of(kept.rules) != kept.rules_sha256 else differing_parts(shop, connection, kept)
        for what in dict.fromkeys(found):
            yield name, what


def differing_parts(shop: Shop, connection: Connection, kept: KeptDraw) -> Iterator[str]:
    """What of a draw is not as it was published."""
    folder, redraws = folder_of(shop, kept), draw_life.redraws(connection, kept.id)
    yield from kept_otherwise(connection, kept)
    yield from won_otherwise(kept, draw_life.places(connection, kept.id), redraws)
    yield from published_otherwise(folder, kept, redraws, unfinished=void_is_unfinished(connection, kept, folder))


def kept_otherwise(connection: Connection, kept: KeptDraw) -> Iterator[str]:
    """The frozen files that the database's rows would not give any more."""
    entries = hashlib.sha256()
    for pseudonym, tickets in entry_lines(connection, kept):
        entries.update(f"{pseudonym}\n".encode() * tickets)
    if entries.hexdigest() != kept.entries_sha256:
        yield ENTRIES
    if sha256_of(void_txt(facts_of(kept).voided)) != kept.void_sha256:
        yield VOID
    # Who has sealed all rows anew can not have the proof that was published with the draw.
    if kept.records and not seals_proven_by(connection, kept.records):
        yield HASHES


def won_otherwise(kept: KeptDraw, places: Sequence[KeptPlace], redraws: Sequence[Redraw]) -> Iterator[str]:
    """Whether the places are those of the proofs, and only what was given up was passed on."""
    if kept.proof is None:
        return
    later = {redraw.new_place: redraw.proof for redraw in redraws if redraw.proof}
    first = [place for place in places if place.place not in later]
    try:
        proven = [place for text in (kept.proof, *later.values()) for place in stated_places(text)]
    except (ValueError, LookupError, TypeError):
        yield PROOF
        return
    if proven != [*map(as_stated, first), *(as_stated(place) for place in places if place.place in later)]:
        yield WINNERS
    claims = {place.place: place.claim for place in places}
    for redraw in redraws:
        if claims.get(redraw.place) not in GIVEN_UP:
            yield f"{WINNERS}: {redraw.place}"


def stated_places(proof: str) -> Iterator[tuple[object, ...]]:
    """The places of a proof: number, prize ('' for a reserve), whose it is."""
    said = json.loads(proof)
    yield from ((place, prize, entrant) for place, prize, entrant, *_ in said["winners"])
    yield from ((place, "", entrant) for place, entrant, *_ in said["reserves"])


def as_stated(place: KeptPlace) -> tuple[object, ...]:
    """A kept place in the same form; a reserve that moved up keeps that it was one."""
    return place.place, "" if place.reserve else place.prize, place.pseudonym


def published_otherwise(folder: Path, kept: KeptDraw, redraws: Sequence[Redraw], *, unfinished: bool) -> Iterator[str]:
    """The files in the folder that are not what the database keeps; one that is missing is written by the next command."""
    facts = facts_of(kept)
    expected = {ENTRIES: kept.entries_sha256, RULES: kept.rules_sha256}
    if not unfinished:
        expected |= {VOID: kept.void_sha256, HASHES: sha256_of(hashes_txt(facts))}
    if kept.proof is not None:
        expected[PROOF] = sha256_of(kept.proof)
    later = {proof_name(redraw.number): redraw.proof for redraw in redraws if redraw.proof}
    expected |= {name: sha256_of(text) for name, text in later.items()}
    for file, sha256 in expected.items():
        path = folder / file
        if path.is_file() and file_hash(path) != sha256:
            yield file
    # A redraw that was stopped has published the list as it was before.
    lists = {redraws_txt(dict(list(later.items())[:count])) for count in range(len(later) + 1)}
    if (folder / REDRAWS).is_file() and as_text(folder, REDRAWS) not in lists:
        yield REDRAWS


def file_hash(path: Path) -> str:
    """The SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
