"""Import events: surveys, tasks, competitions, whatever rewards may be given for besides purchases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.importers.lists.events import listed_event
from loyalty_cli.model.days import local_day
from loyalty_cli.model.listed import Clash
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.events_waited_for import nearly_waited_for
from loyalty_cli.operations.imports.lists import import_lists
from loyalty_cli.operations.imports.lists import ListKind
from loyalty_cli.operations.imports.lists_said import list_outcome
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.store.imports.events import save_event
from loyalty_cli.store.imports.opening import member_of_balance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.listed import ListedEvent
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


def import_events(shop: Shop, files: Sequence[str], *, layout: str | None = None, by: str = "", dry_run: bool = False) -> Outcome:
    """Bring in events; the same list again adds nothing."""
    program = program_file(shop)
    names: set[str] = set()
    kind = list_of_events(shop, program, by, names)
    results = import_lists(shop, files, kind, layout=layout, dry_run=dry_run, language=program.language)
    outcome = list_outcome(results, program, kind="events", dry_run=dry_run)
    return replace(outcome, warnings=[*outcome.warnings, *nearly_waited_for(program, names)])


def list_of_events(shop: Shop, program: Program, by: str = "", names: set[str] | None = None) -> ListKind:
    """How a list of events is read and kept; `names` are told what they are called."""
    today = local_day(shop.now, program.timezone)

    def save(connection: Connection, import_id: int, listed: ListedEvent) -> str | Phrase | Clash:
        if names is not None:
            names.add(listed.event)
        if listed.day > today:
            return phrase("date: {day} has not come yet", day=OnDay(listed.day))
        member = member_of_balance(connection, listed)
        if isinstance(member, Clash):
            return member
        if member is None:
            return phrase("there is no card {card}", card=listed.card or listed.number)
        return save_event(connection, member, listed, import_id, (shop.moment, by))

    return ListKind(name="events", make=listed_event, save=save, digits=program.currency.digits)
