"""Whether everything is in that may change the tickets of a draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import in_a_row
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.rules import stores_with_files
from loyalty_cli.reports.standings import waiting_said
from loyalty_cli.store.draws.readiness import open_matters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.draws.readiness import OpenMatters


def open_said(connection: Connection, rules: DrawRules, today: Day) -> list[Phrase]:
    """What is still open about the days of a draw, a sentence each."""
    stores = stores_with_files(connection)
    return said_of(open_matters(connection, rules.first_day, rules.last_day, today=today, stores=stores))


def still_open(connection: Connection, rules: DrawRules, *, today: Day, accepted: bool) -> Sequence[Phrase]:
    """Refuse while tickets may still change; if that is accepted, what was open, as warnings."""
    said = open_said(connection, rules, today)
    if said and not accepted:
        raise Refused(
            "The tickets of {name} may still change: {matters}",
            hint=phrase(
                "Import what is missing, settle the conflicts and the rows set aside, run recalc; or close all the same with --accept-late."
            ),
            name=rules.name,
            matters=in_a_row(said),
        )
    return said


def said_of(matters: OpenMatters) -> list[Phrase]:
    """What is open, a sentence each."""
    said = waiting_said(matters.members)
    if matters.conflicts:
        said.append(phrase("{count} receipt is in conflict.", "{count} receipts are in conflict.", count=matters.conflicts))
    if matters.set_aside:
        said.append(
            phrase(
                "{count} row of the tills is set aside.",
                "{count} rows of the tills are set aside.",
                count=matters.set_aside,
            )
        )
    if matters.stores:
        said.append(phrase("No receipt of the last day or later: {stores}.", stores=list(matters.stores)))
    return said
