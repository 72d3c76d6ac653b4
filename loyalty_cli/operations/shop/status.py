"""`loyalty status`: how the shop's folder is doing, for a person and for a watchdog. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_of
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.feedback.listed import overdue_said
from loyalty_cli.operations.ledger.limits_said import state_said
from loyalty_cli.operations.messages.doubtful import doubtful_said
from loyalty_cli.operations.report import question_of
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.folder_health import folder_warnings
from loyalty_cli.operations.shop.retention_said import retention_said
from loyalty_cli.operations.shop.status_said import night_said
from loyalty_cli.operations.shop.status_said import said_of
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.operations.silence.silences import silences
from loyalty_cli.operations.silence.watched import watched_as_kept
from loyalty_cli.store import health
from loyalty_cli.store.ledger.limits import kept_limits
from loyalty_cli.store.ledger.runs import first_run_beyond
from loyalty_cli.store.lock import holder_of
from loyalty_cli.store.nights import nights
from loyalty_cli.store.settings import settings
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.silence.silences import Silent
    from loyalty_cli.operations.silence.watched import Watched
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.health import Figures
    from loyalty_cli.store.nights import Night
    from loyalty_cli.store.versions import Adopted

# A night that ends so has done all its steps; somebody should look at something.
DONE = frozenset({ExitCode.OK, ExitCode.SET_ASIDE, ExitCode.STILL_GROWING, ExitCode.SILENT, ExitCode.PROGRAM_HAS_MISTAKES})


@dataclass(slots=True)
class Seen:
    """What status has seen."""

    said: list[Phrase] = field(default_factory=list)
    warnings: list[Phrase] = field(default_factory=list)
    data: dict[str, object] = field(default_factory=dict)
    last_good: str = ""
    silent: Sequence[Silent] = ()
    language: str = ""


def status(shop: Shop, *, max_age: timedelta | None = None) -> Outcome:
    """Look at everything. With `max_age`, exit code 30 if the last night that did its work is older, or a store is silent."""
    seen = Seen()
    interrupted = left_behind(shop)
    busy = False
    try:
        with shop.reading() as connection:
            look(shop, connection, seen)
    except StoreTrouble as trouble:
        if trouble.exit_code != ExitCode.LOCKED:
            raise
        busy = True
        tell_busy(shop, seen)
    seen.warnings += folder_warnings(shop.folder, shop.database)
    seen.warnings += stray_warnings(shop, interrupted=interrupted)
    seen.data["size"] = shop.database.stat().st_size
    late = max_age is not None and is_late(shop, seen, max_age, busy=busy)
    if late:
        seen.warnings.append(phrase("The last night that did its work is older than {age}.", age=said_age(max_age)))
    seen.data |= {"busy": busy, "late": late}
    return Outcome(
        said=seen.said,
        warnings=seen.warnings,
        data=seen.data,
        exit_code=ExitCode.DIFFERENCES if late or (max_age is not None and seen.silent) else ExitCode.OK,
        language=seen.language,
        tree=True,
    )


def beside(database: Path, ending: str) -> Path:
    """A companion of the database file."""
    return database.with_name(database.name + ending)


def look(shop: Shop, connection: Connection, seen: Seen) -> None:
    """Everything that the database tells."""
    figures = health.figures_of(connection)
    known, words = shop_facts(shop, connection), settings(connection)
    versions = versions_in_force(connection)
    all_nights = nights(connection)
    seen.language = known.language
    # A night by a clock that was ahead would be a good one for years.
    soon = (shop.now + timedelta(days=1)).isoformat(timespec="seconds")
    seen.last_good = next((night.at for night in all_nights if night.exit_code in DONE and night.at <= soon), "")
    seen.warnings += told_of_clock(shop, connection)
    seen.warnings += overdue_said(connection, local_day(shop.now, known.timezone))
    seen.warnings += doubtful_said(connection)
    last = all_nights[0] if all_nights else None
    kept = watched_as_kept(words["watched"], words.get("holidays", "")) if "watched" in words else None
    file = file_state(shop, connection, versions, kept)
    watched = file.watched or kept
    seen.silent = silences(shop, connection, watched) if watched else ()
    seen.warnings += [*file.warnings, *(each.said for each in seen.silent)]
    seen.data |= {
        "silence": [each.data for each in seen.silent],
        "program": known.program,
        "versions": len(versions),
        "program_file": file.state,
        "last_night": night_data(last),
        "last_good_night": seen.last_good or None,
        **figures_data(figures),
        "shape": health.shape_of(connection),
    }
    limits = kept_limits(connection)
    seen.data["limits"] = [limit._asdict() | {"state": limit.state} for limit in limits]
    seen.said += said_of(known, figures, adopted=len(versions), size=shop.database.stat().st_size)
    seen.said += [said for limit in limits for said in state_said(limit, known.currency.money)]
    tell_goals(connection, known, shop, seen)
    seen.said += retention_said(connection, known.country, local_day(shop.now, known.timezone))
    seen.said.insert(1, night_said(last, known.timezone))


def tell_goals(connection: Connection, known: ShopFacts, shop: Shop, seen: Seen) -> None:
    """How the goals of the program go; most shops have none, and pay nothing for it."""
    seen.data["goals"] = []
    if known.goals in ("", "[]"):
        return
    from loyalty_cli.reports.goals.goals import said
    from loyalty_cli.reports.goals.goals import standings_of

    goals = standings_of(connection, question_of(Wanted(), known, shop.now))
    seen.data["goals"] = [{"goal": each.goal.name, "target": each.goal.target, "now": each.now, "state": each.state} for each in goals]
    seen.said += said(goals)


def told_of_clock(shop: Shop, connection: Connection) -> Iterator[Phrase]:
    """A run through a day that has not come, anywhere on earth."""
    run = first_run_beyond(connection, day_of(shop.now.date()) + 1)
    if run is not None:
        yield phrase(
            "Run {run} was through {day}, which has not come: a clock was ahead. Take it back: "
            "loyalty recalc --take-back {run} --reason TEXT",
            run=run.id,
            day=OnDay(run.until),
        )


def figures_data(figures: Figures) -> dict[str, object]:
    """The figures for a script, days as ISO dates."""
    names = ("last_receipt", "recalculated_until", "last_till_total")
    days = {name: iso(day) if (day := getattr(figures, name)) else None for name in names}
    return figures._asdict() | days


def night_data(night: Night | None) -> dict[str, object] | None:
    """A night for a script."""
    return None if night is None else {"at": night.at, "steps": list(night.steps), "exit_code": night.exit_code}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """How the program file stands to the adopted version, and what it says of stores, if it had to be read."""

    state: str
    warnings: Sequence[Phrase] = ()
    watched: Watched | None = None


def file_state(shop: Shop, connection: Connection, versions: Sequence[Adopted], kept: Watched | None) -> FileState:
    """Whether the program file can be read, and says what is in force; to its adopted text nothing needs to be read."""
    if kept and versions and shop.program.exists() and shop.program.read_bytes() == versions[-1].source.encode():
        return FileState(state="in force")
    # Imported here because reading a program costs more than all the rest of status.
    from loyalty_cli.operations.in_force import differs
    from loyalty_cli.operations.in_force import program_file
    from loyalty_cli.operations.silence.watched import watched_in

    try:
        program = program_file(shop)
    except LoyaltyError as error:
        return FileState(state="mistakes", warnings=(error.phrase,))
    watched = watched_in(program)
    if not versions:
        return FileState(state="not adopted", watched=watched)
    if differs(connection, program):
        text = "program.yaml differs from the version in force. Look: loyalty program diff"
        return FileState(state="differs", warnings=(phrase(text),), watched=watched)
    return FileState(state="in force", watched=watched)


def tell_busy(shop: Shop, seen: Seen) -> None:
    """Somebody is writing: who, since when."""
    holder = holder_of(shop.database)
    since = str(holder.get("since", ""))
    seen.data["lock"] = holder or None
    # A long import is at work; it is late when it began too long ago.
    seen.last_good = since
    seen.said.append(
        phrase(
            "{file} is being written by process {pid} since {since}; look again later.",
            file=str(shop.database),
            pid=holder.get("pid", "?"),
            since=since or "?",
        )
    )


def left_behind(shop: Shop) -> bool:
    """Whether a journal lies beside the database though nobody is at work."""
    return beside(shop.database, "-journal").exists() and not holder_of(shop.database)


def stray_warnings(shop: Shop, *, interrupted: bool) -> Iterator[Phrase]:
    """Files beside the database that a command at work would explain, and none is."""
    if left_behind(shop):
        yield phrase(
            "{file} was left by a command that was stopped. Never delete it: the next command that writes puts things right with it.",
            file=str(beside(shop.database, "-journal")),
        )
    elif interrupted:
        yield phrase("A command had been stopped in the middle; what it had begun was undone.")
    for ending in ("-wal", "-shm"):
        if beside(shop.database, ending).exists():
            yield phrase(
                "{file} was made by another program. Close the database there; never copy or delete one without the other.",
                file=str(beside(shop.database, ending)),
            )


def is_late(shop: Shop, seen: Seen, max_age: timedelta, *, busy: bool) -> bool:
    """Whether the last good night, or the command at work, began too long ago."""
    if not seen.last_good:
        return not busy
    return shop.now - datetime.fromisoformat(seen.last_good) > max_age


def said_age(age: timedelta | None) -> Phrase:
    """A length of time in hours, as people say it."""
    hours = int(age.total_seconds() // 3600) if age else 0
    return phrase("{count} hour", "{count} hours", count=hours)
