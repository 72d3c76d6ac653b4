"""By which edition of the reckoning the books were worked out last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.replay.edition import EDITION
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.settings import save_settings
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

RECKONED_BY = "reckoned by"


def reckoned_otherwise(connection: Connection) -> bool:
    """Whether another release worked out the books that there are, which may give members something else."""
    return settings(connection).get(RECKONED_BY) != EDITION and bool(last_run_day(connection))


def note_edition(connection: Connection) -> None:
    """Everybody is worked out by today's reckoning, or will be when something of theirs comes in."""
    if settings(connection).get(RECKONED_BY) != EDITION:
        save_settings(connection, {RECKONED_BY: EDITION})
