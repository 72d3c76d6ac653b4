"""What of a program is needed to notice silence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Dates
from loyalty_cli.operations.days_off import Calendar
from loyalty_cli.operations.days_off import calendar_of
from loyalty_cli.operations.days_off import holidays_from
from loyalty_cli.store.imports.deliveries import last_delivered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection

# A store that the program does not name is given up after so many days: it may have closed down.
FORGOTTEN = 56
# A shop from which something of these days came last has no silence yet that holidays could excuse.
FRESH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What of a program is needed to notice silence. Small, so that `status` need not read the program for it."""

    timezone: str
    imports: bool
    stores: Mapping[str, Sequence[str]]
    calendar: Calendar

    def kept(self) -> str:
        """As a word that the database keeps."""
        closed = [[dates.first, dates.last] for dates in self.calendar.closed]
        stores = {name: list(files) for name, files in self.stores.items()}
        said = (self.timezone, self.imports, stores, closed, self.calendar.country)
        return json.dumps(said, ensure_ascii=False)


def watched_in(program: Program) -> Watched:
    """What a program says of its stores and nights."""
    return Watched(
        timezone=program.timezone,
        imports="import" in program.nightly,
        stores={name: entry.files for name, entry in program.stores.items()},
        calendar=calendar_of(program),
    )


def watched_as_kept(word: str, holidays: str) -> Watched:
    """The same from the words that the database keeps: of the program, and of its country's holidays."""
    timezone, imports, stores, closed, country = json.loads(word)
    dates = [Dates(first=first, last=last) for first, last in closed]
    return Watched(timezone=timezone, imports=imports, stores=stores, calendar=Calendar(dates, country, holidays_from(holidays)))


def may_need_excusing(connection: Connection, watched: Watched, today: Day) -> bool:
    """Whether who asks for silences will soon look for holidays: the shop has fallen quiet, and is not given up."""
    last = last_delivered(connection)
    return last is not None and last < today - FRESH and (bool(watched.stores) or last >= today - FORGOTTEN)
