"""Runs scripts of SQL within one transaction."""

from __future__ import annotations

from sqlite3 import complete_statement
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def run(db: Database, *scripts: str) -> None:
    """Run scripts within the transaction of one migration."""
    for script in scripts:
        for statement in statements(script):
            db.execute(statement)


def statements(script: str) -> list[str]:
    """A script as single statements, which one transaction can hold (executescript would commit)."""
    pieces = [""]
    for line in script.strip().splitlines():
        pieces[-1] += line + "\n"
        if complete_statement(pieces[-1]):
            pieces.append("")
    return pieces[:-1]
