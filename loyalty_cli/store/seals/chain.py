"""The chain of seals as lines that anybody can check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

UNTIL = """
SELECT at, what, changes, sha256 FROM seal
WHERE id <= (SELECT max(id) FROM seal WHERE what = ?) ORDER BY id
"""


def chain_until(connection: sqlite3.Connection, what: str) -> Iterator[str]:
    """Each seal until the last one made for something: moment, what for, sums of changed rows, SHA-256, as JSON."""
    for row in connection.execute(UNTIL, (what,)):
        yield json.dumps(row)
