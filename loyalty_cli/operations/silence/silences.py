"""Every reason to look: stores from which nothing has come for too long, and what can bring nothing."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.days_off import days_off
from loyalty_cli.operations.silence.rhythm import HISTORY
from loyalty_cli.operations.silence.rhythm import silence_of
from loyalty_cli.operations.silence.watched import FORGOTTEN
from loyalty_cli.store.imports.deliveries import deliveries_since

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.days_off import Calendar
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.silence.rhythm import Silence
    from loyalty_cli.operations.silence.watched import Watched
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """One reason to look: its code for a watchdog, the store, the last day something is of, and the sentence."""

    code: str
    said: Phrase
    store: str = ""
    since: Day | None = None

    @property
    def data(self) -> dict[str, object]:
        """For a script."""
        return {
            "code": self.code,
            "store": self.store or None,
            "since": iso(self.since) if self.since else None,
            "said": str(self.said),
        }


def silences(shop: Shop, connection: Connection, watched: Watched) -> list[Silent]:
    """Everything that will bring nothing tonight, and every store that is silent for longer than is usual for it."""
    return [*nothing_to_bring(shop, watched), *silent_stores(connection, watched, shop.now)]


def nothing_to_bring(shop: Shop, watched: Watched) -> Iterator[Silent]:
    """A program without exports, folders that are gone, patterns that fit no file."""
    if watched.imports and not any(watched.stores.values()):
        text = "The program names no files of any store, so no night imports anything. Write where they lie: stores: in program.yaml"
        yield Silent(code="no-stores", said=phrase(text))
    for store, patterns in watched.stores.items():
        for pattern in patterns:
            home = fixed_part(shop.folder / pattern)
            if not home.is_dir():
                text = "There is no folder {folder}, where the till of {store} should leave its files."
                yield Silent(code="no-folder", store=store, said=phrase(text, folder=str(home), store=store))
            # Path.glob takes no absolute patterns.
            elif not any(glob.iglob(pattern, root_dir=shop.folder, recursive=True)):  # noqa: PTH207
                text = "There is no file {files}, as the till of {store} should leave them."
                yield Silent(code="no-files", store=store, said=phrase(text, files=pattern, store=store))


def fixed_part(pattern: Path) -> Path:
    """The folder of a pattern down to its first part with a star."""
    plain = list(pattern.parts[:-1])
    for place, part in enumerate(plain):
        if glob.has_magic(part):
            plain = plain[:place]
            break
    return Path(*plain)


def silent_stores(connection: Connection, watched: Watched, now: datetime) -> Iterator[Silent]:
    """Stores from which nothing has come for longer than is usual for them, through yesterday."""
    today = local_day(now, watched.timezone)
    sold: dict[str, list[Day]] = {}
    came: dict[str, set[str]] = {}
    for store, day, at in deliveries_since(connection, today - 2 * HISTORY):
        sold.setdefault(store, []).append(day)
        came.setdefault(store, set()).add(at)
    for store, days in sold.items():
        if store not in watched.stores and days[-1] < today - FORGOTTEN:
            continue
        arrivals = sorted({local_day(datetime.fromisoformat(at), watched.timezone) for at in came[store]})
        found = silence_through(today - 1, sorted(set(days)), arrivals, watched.calendar)
        if found is not None:
            yield Silent(
                code="silent-store",
                store=store,
                since=found.since,
                said=phrase(
                    "Nothing has come from {store} since {day}; on {count} day since then it should have sold.",
                    "Nothing has come from {store} since {day}; on {count} days since then it should have sold.",
                    store=store,
                    day=OnDay(found.since),
                    count=found.days,
                ),
            )


def silence_through(until: Day, sold: Sequence[Day], came: Sequence[Day], calendar: Calendar) -> Silence | None:
    """The silence of a store. Public holidays excuse one, and are looked up only where there is one to excuse."""
    found = None
    for days in (calendar._replace(country=""), calendar):
        found = silence_of(sold, came, until, lambda asked, days=days: days_off(days, asked).days)  # type: ignore[misc]
        if found is None:
            break
    return found
