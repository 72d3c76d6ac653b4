"""How everybody stood at the end of a closed month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# A standing and whose account is shared as a JSON array, where they are others than at the end of the closed month before; the number of
# the member whom somebody has become; '' of who is none any more.
CLOSED_STANDING = """
CREATE TABLE closed_standing (
  member_id INTEGER NOT NULL REFERENCES member,
  month TEXT NOT NULL REFERENCES month,
  standing TEXT NOT NULL,
  PRIMARY KEY (member_id, month)
) STRICT, WITHOUT ROWID;
"""


def standings_of_closed_months(db: Database) -> None:
    """From here on a month is closed with how everybody stood at its end."""
    run(db, CLOSED_STANDING)
