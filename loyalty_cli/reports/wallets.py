"""The wallets of a shop in reports: a report on points has rows of each wallet, with a column that says of which."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.in_force import program_on
from loyalty_cli.store.reading import rows_of
from loyalty_cli.store.versions import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

COLUMN = Column(name="wallet", heading="Wallet")
NAMES = "SELECT DISTINCT substr(name, instr(name, ':') + 1) FROM asset WHERE name LIKE 'wallet:%' OR name LIKE 'waiting:%' ORDER BY 1"


class Purse(NamedTuple):
    """The points of the shop, or of one of its wallets: what the ledger calls them, and what a reader asks of their worth."""

    name: str
    assets: dict[str, str]
    question: Question


def purses(connection: Connection, question: Question) -> list[Purse]:
    """The points first, then the wallets that the ledger knows; a wallet has a worth of its own."""
    found = [Purse("", {"points": "points", "pending": "pending"}, question)]
    names = [str(name) for (name,) in rows_of(connection, NAMES)]
    day = question.today if question.standing_on is None else question.standing_on
    program = program_on(connection, day, known_at=question.closed_at or ALWAYS) if names else None
    for name in names:
        worth = program.point_worth(name) if program else 0
        asked = replace(question, shop=replace(question.shop, point_worth=worth))
        found.append(Purse(name, {"points": f"wallet:{name}", "pending": f"waiting:{name}"}, asked))
    return found


def with_wallet(columns: Sequence[Column], found: Sequence[Purse]) -> Sequence[Column]:
    """The columns, and that of the wallet where there are any."""
    return columns if len(found) == 1 else (*columns, COLUMN)


def marked(found: Sequence[Purse], purse: Purse) -> tuple[str, ...]:
    """What a row says of its wallet, where there are any."""
    return () if len(found) == 1 else (purse.name,)
