"""A published folder as somebody else may have left it: what lies in it, read without trusting any of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import read_hashes
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.csv.tickets import TicketFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What lies there: all names, those of files, what reads one, and its tickets (none where there is no such file)."""

    names: AbstractSet[str]
    files: AbstractSet[str]
    read: Callable[[str], bytes]
    tickets: TicketFile

    def text(self, name: str) -> str:
        """A text to the byte; ValueError if it is not UTF-8."""
        return self.read(name).decode()

    def as_text(self, name: str) -> str:
        """A text for comparing, whatever its bytes are."""
        return self.read(name).decode("utf-8", "replace")

    def hash_of(self, name: str) -> str:
        """The SHA-256 of a file."""
        return self.tickets.sha256 if name == ENTRIES else hashlib.sha256(self.read(name)).hexdigest()

    def facts(self) -> Frozen | None:
        """What hashes.txt says, or None if it is damaged."""
        try:
            facts = read_hashes(self.text(HASHES))
            return facts if datetime.fromisoformat(facts.closed_at).tzinfo else None
        except ValueError:
            return None


LEFT_BY_COMPUTERS = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""Files that a computer puts into every folder it shows."""


def frozen_differences(folder: Published, hashes: Mapping[str, str]) -> Iterator[Phrase]:
    """The frozen files that the poster's hashes do not fit."""
    facts = folder.facts()
    if facts is None:
        yield phrase("{file} is not in its form.", file=HASHES)
        return
    for name, stated in ((ENTRIES, facts.entries), (VOID, facts.void), (RULES, facts.rules)):
        if hashes[name] != stated:
            yield phrase("{file} is not the file whose hash hashes.txt states.", file=name)
    if facts.tickets != folder.tickets.tickets:
        yield phrase(
            "{file} states {stated} tickets, entries.txt has {found}.",
            file=HASHES,
            stated=facts.tickets,
            found=folder.tickets.tickets,
        )


def strangers(folder: Published, names: Sequence[str]) -> Iterator[Phrase]:
    """What lies in the folder and is none of these files."""
    for stranger in sorted(folder.names - set(names) - LEFT_BY_COMPUTERS):
        yield phrase("{file} does not belong to a published draw.", file=stranger)
