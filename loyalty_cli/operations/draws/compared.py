"""Draws as they are kept beside their published folders, as far as those are still where they were written."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.operations.draws.state import entry_lines
from loyalty_cli.operations.draws.state import folder_of
from loyalty_cli.operations.draws.state import kept_draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def differing_draws(shop: Shop, connection: Connection) -> Iterator[tuple[str, str]]:
    """The names of draws, and which of their files is not what the database keeps."""
    for (name,) in connection.execute("SELECT name FROM draw ORDER BY id").fetchall():
        kept = kept_draw(connection, name)
        entries = hashlib.sha256()
        for pseudonym, tickets in entry_lines(connection, kept):
            entries.update(f"{pseudonym}\n".encode() * tickets)
        if entries.hexdigest() != kept.entries_sha256:
            yield name, ENTRIES
        frozen = {ENTRIES: kept.entries_sha256, RULES: kept.rules_sha256}
        if kept.proof is not None:
            frozen[PROOF] = hashlib.sha256(kept.proof.encode()).hexdigest()
        for file, sha256 in frozen.items():
            path = folder_of(shop, kept) / file
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
                yield name, file
