"""`loyalty chain move`: a shop's facts laid out for Apache Spark, replayed there, and compared with the shop's own books."""

from __future__ import annotations

import importlib
import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counted import entries_said
from loyalty_cli.operations.counted import members_said
from loyalty_cli.operations.in_force import plan_of
from loyalty_cli.operations.ledger.between_members import settle_between_members
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.ledger.source import Source
from loyalty_cli.replay.posting import differences
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.ledger import Ledger
from loyalty_cli.store.ledger.links import join_named_returns
from loyalty_cli.store.members.referrals import join_referrals
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.chain.books import Kept
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection

FORM = 1
FACTS, BOOKS, CONTROL = "facts", "books", "chain.json"


@dataclass(slots=True)
class Compared:
    """How the engine's books compare with the shop's: what was looked at, and the members that differ."""

    members: int = 0
    entries: int = 0
    different: list[int] = field(default_factory=list)


def move(shop: Shop, folder: Path, *, master: str, buckets: int) -> Outcome:
    """Lay all facts in a folder as Parquet, replay them on Spark, and keep the folder if both books are the same."""
    chain = the_engine()
    with shop.changing(dry_run=True) as connection, new_folder(folder) as place:
        plan, until = brought_up_to_date(shop, connection)
        versions = versions_in_force(connection)
        texts = tuple((day, version.source) for (day, _), version in zip(plan.versions, versions, strict=True))
        choose_everyone(connection, until)
        laid = chain["laying"].lay(Source(connection, plan, until, shop.progress).members(), place / FACTS, buckets=buckets)
        step = chain["books"].Replay(texts, until)
        cost = chain["spark"].run(step, place / FACTS, place / BOOKS, master=master)
        compared = compare(connection, chain["books"].books_kept(place / BOOKS), plan)
        if compared.different or compared.members != laid.members:
            raise differ(compared, laid.members)
        data = {
            "until": iso(until),
            "members": compared.members,
            "facts": laid.facts,
            "entries": compared.entries,
            "buckets": buckets,
            "task_seconds": cost.task_seconds,
            "shuffled_bytes": cost.shuffled,
            "failed_tasks": cost.failed_tasks,
        }
        control = {"loyalty_chain": FORM, **data, "programs": texts}
        (place / CONTROL).write_text(json.dumps(control, ensure_ascii=False, indent=1), encoding="utf-8")
    return Outcome(
        said=[
            phrase(
                "{folder}: {members}, {entries}; Spark's books are the same as the shop's, entry by entry.",
                folder=str(folder),
                members=members_said(compared.members),
                entries=entries_said(compared.entries),
            ),
            phrase(
                "Facts read: {facts}. Seconds of tasks, added up: {seconds}. Bytes between tasks: {bytes}. Tasks tried again: {failed}.",
                facts=laid.facts,
                seconds=round(cost.task_seconds),
                bytes=cost.shuffled,
                failed=cost.failed_tasks,
            ),
        ],
        data={"folder": str(folder), **data},
    )


def the_engine() -> dict[str, Any]:
    """The files of the room that knows Spark: an optional extra."""
    try:
        return {name: importlib.import_module(f"loyalty_cli.chain.{name}") for name in ("laying", "books", "spark")}
    except ImportError as error:
        hint = phrase("Install it once: {command}", command='pipx install "loyalty-cli[cluster]"')
        raise LoyaltyError("Books of a chain need Apache Spark, which is not installed here.", hint=hint) from error


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A place to write into that becomes the folder when all is well; whatever an earlier try left there goes."""
    if folder.exists():
        raise Refused("{folder} is there already.", folder=str(folder), hint=phrase("Name a folder that is not there yet."))
    place = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
        place.rename(folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def brought_up_to_date(shop: Shop, connection: Connection) -> tuple[Plan, Day]:
    """Whoever is due is brought up to date as the night would do, so that the books say what they should."""
    versions, until = versions_in_force(connection), last_run_day(connection)
    if not versions or not until:
        raise Refused("Nothing has been recalculated yet.", hint=phrase("Run: loyalty recalc"))
    join_named_returns(connection)
    join_referrals(connection)
    plan, number = plan_of(versions), max(version.id for version in versions)
    books = Books(connection, plan, version=number, until=until, at=shop.moment, progress=shop.progress)
    settle_between_members(books, books.bring_up_to_date())
    return plan, until


def choose_everyone(connection: Connection, until: Day) -> None:
    """All members from their start."""
    standings.choose_work(connection, {"all": 1, "version": 0, "until": until, "switch": 0, "never": NEVER})


def compare(connection: Connection, books: Iterator[list[Kept]], plan: Plan) -> Compared:
    """Each member's entries and standing beside those of the shop's database."""
    compared = Compared()
    ledger = Ledger(connection, run=0, first_open=0)
    block = Source(connection, plan, NEVER).whole
    for kept in books:
        members = [each.member for each in kept]
        if not members:
            continue
        standings.choose_members(connection, members)
        posted = ledger.posted(block._replace(first=min(members), last=max(members)))
        for each in kept:
            compared.members += 1
            compared.entries += len(each.entries)
            if differences(each.entries, posted.get(each.member, {})) or not same_standing(connection, each):
                compared.different.append(each.member)
    return compared


def same_standing(connection: Connection, kept: Kept) -> bool:
    """Whether a member stands alike; who was not due stands by an earlier day, and by the same figures."""
    own = standings.standing_of_member(connection, kept.member)
    return own is not None and own._replace(until=kept.standing.until) == kept.standing


def differ(compared: Compared, members: int) -> LoyaltyError:
    """What is said where the two books are not the same; nothing is kept then."""
    return LoyaltyError(
        "Spark's books differ from the shop's: {different} of {members} members, the first is number {first}. Nothing was kept.",
        different=len(compared.different) or abs(members - compared.members),
        members=members,
        first=compared.different[0] if compared.different else 0,
        hint=phrase("Prove the shop's own books first: loyalty check --full"),
    )
