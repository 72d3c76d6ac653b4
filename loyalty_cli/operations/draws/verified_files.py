"""What lies in a published folder, read without trusting any of it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import read_hashes
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.csv.tickets import TicketFile

LEFT_BY_COMPUTERS = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""Files that a computer puts into every folder it shows."""


def frozen_differences(folder: Path, tickets: TicketFile, hashes: Mapping[str, str]) -> Iterator[Phrase]:
    """The frozen files that the poster's hashes do not fit."""
    facts = facts_of(folder)
    if facts is None:
        yield phrase("{file} is not in its form.", file=HASHES)
        return
    for name, stated in ((ENTRIES, facts.entries), (VOID, facts.void), (RULES, facts.rules)):
        if hashes[name] != stated:
            yield phrase("{file} is not the file whose hash hashes.txt states.", file=name)
    if facts.tickets != tickets.tickets:
        yield phrase(
            "{file} states {stated} tickets, entries.txt has {found}.",
            file=HASHES,
            stated=facts.tickets,
            found=tickets.tickets,
        )


def strangers(folder: Path, names: Sequence[str]) -> Iterator[Phrase]:
    """What lies in the folder and is none of these files."""
    for stranger in sorted({path.name for path in folder.iterdir()} - set(names) - LEFT_BY_COMPUTERS):
        yield phrase("{file} does not belong to a published draw.", file=stranger)


def facts_of(folder: Path) -> Frozen | None:
    """What hashes.txt says, or None if it is damaged."""
    try:
        facts = read_hashes(text_of(folder, HASHES))
        return facts if datetime.fromisoformat(facts.closed_at).tzinfo else None
    except ValueError:
        return None


def text_of(folder: Path, name: str) -> str:
    """A published text to the byte; ValueError if it is not UTF-8."""
    return (folder / name).read_bytes().decode()


def hash_of(file: Path) -> str:
    """The SHA-256 of a small file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
