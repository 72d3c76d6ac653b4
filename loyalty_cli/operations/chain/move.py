"""`loyalty chain move`: a shop's folder as that of a chain, and the proof that the engine's books are the shop's."""

from __future__ import annotations

import contextlib
import shutil
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.chain.begin import make_chain
from loyalty_cli.operations.chain.begin import place_of
from loyalty_cli.operations.engine_room import book_of
from loyalty_cli.operations.engine_room import said_of
from loyalty_cli.operations.how_many import entries_said
from loyalty_cli.operations.how_many import members_said
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.store.copies import copy_database
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.written_file import put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.operations.ledger.check_books import Proof
    from loyalty_cli.operations.open_shop import Shop

# What goes along: what people write. What programs made (backups, error logs, set-aside files) stays where it is.
TAKEN_ALONG = ("*.yaml", "layouts", "templates", "draws")


def move(shop: Shop, folder: Path, *, master: str, buckets: int) -> Outcome:
    """Make a chain's folder of a shop's; it appears when a replay of everybody on the engine gives the very same books."""
    place = place_of(master, buckets)
    with new_folder(folder) as there:
        moved = replace(shop, program=there / shop.program.name, database=there / shop.database.name)
        with shop.reading() as connection:
            if book_of(connection) is not None:
                raise Refused("This is a chain already.")
            if not last_run_day(connection):
                raise Refused("Nothing has been recalculated yet.", hint=phrase("Run: loyalty recalc"))
            entries = connection.execute("SELECT count(*) FROM ledger").fetchone()[0]
            moved.database.touch(mode=0o600)
            copy_database(connection, moved.database)
        for path in (found for name in TAKEN_ALONG for found in shop.folder.glob(name)):
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, there / path.name)
        make_chain(moved.database, place, at=shop.moment)
        proof = proven_books(moved)
        if proof.entries or proof.standings or proof.told:
            raise differ(proof)
    return Outcome(
        said=[
            phrase(
                "{folder}: {members}, {entries}; Spark's books are the same as the shop's, entry by entry.",
                folder=str(folder),
                members=members_said(proof.members),
                entries=entries_said(entries),
            ),
            *said_of(proof.cost),
        ],
        data={"folder": str(folder), "members": proof.members, "entries": entries, "buckets": buckets, **proof.cost},
    )


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A place to write into that becomes the folder when all is well; whatever an earlier try left there goes."""
    if folder.exists():
        raise Refused("{folder} is there already.", folder=str(folder), hint=phrase("Name a folder that is not there yet."))
    place = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
        with contextlib.suppress(FileNotFoundError):
            (place / "loyalty.db.lock").unlink()
        put_in_place(place, folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def differ(proof: Proof) -> LoyaltyError:
    """What is said where the two books are not the same; nothing is kept then."""
    different = {each.member for each in proof.entries} | {each.member for each in proof.standings}
    different |= {each.member for each in proof.told}
    return LoyaltyError(
        "Spark's books differ from the shop's: {different} of {members} members, the first is number {first}. Nothing was kept.",
        different=len(different),
        members=proof.members,
        first=min(different),
        hint=phrase("Prove the shop's own books first: loyalty check --full"),
    )
