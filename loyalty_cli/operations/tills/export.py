"""`loyalty till export`: what a till or a webshop should know, as a file of its form; each export is remembered.

The files are written aside, the database commits, then they are put in place: a command that was killed between is
finished by the next one, and a file whose points are added is never made twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.exporters.facts import PROMISES
from loyalty_cli.exporters.layout import refuse_uncarried
from loyalty_cli.exporters.writing import parts_of
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.kept_phrase import kept as kept_phrase
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.tills.known import target_of
from loyalty_cli.operations.tills.placing import finish_left
from loyalty_cli.operations.tills.placing import numbered
from loyalty_cli.operations.tills.placing import paths_of
from loyalty_cli.operations.tills.placing import put_all
from loyalty_cli.operations.tills.placing import refuse_unread
from loyalty_cli.operations.tills.placing import write_aside
from loyalty_cli.operations.tills.rows import NotCarried
from loyalty_cli.operations.tills.rows import wanted_of
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.settings import kept_facts
from loyalty_cli.store.tills import exports as till_exports
from loyalty_cli.store.tills.exports import Export

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.exporters.target import Target
    from loyalty_cli.exporters.writing import Part
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.told import Told
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

LEFT_OUT = (
    Column(name="member", heading="Member", kind="code"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="why", heading="Why", kind="said"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWishes:
    """Where the file goes, whether it holds everybody, whether the last one is written again, which facts must be in it."""

    to: str = ""
    whole: bool = False
    again: bool = False
    carry: tuple[str, ...] = ()
    by: str = ""


class Written(NamedTuple):
    """The files of an export, what is in them, and who wanted it."""

    files: Sequence[Path]
    parts: Sequence[Part]
    by: str


@dataclass(slots=True)
class Plan:
    """What an export writes: the rows of the file, those that are new to the target, and who is left out."""

    number: int
    whole: bool
    rows: list[Told] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    gone: int = 0
    first: bool = False
    left_out: list[NotCarried] = field(default_factory=list)


def till_export(shop: Shop, name: str, wishes: ExportWishes, *, dry_run: bool = False) -> Outcome:
    """Write what changed for a target since its last export, or everything."""
    target = target_of(shop, name)
    for word in wishes.carry:
        refuse_uncarried(target, word)
        if word not in target.carries:
            raise ExportRefused("{target} can not carry {word}: {why}.", target=name, word=word, why=phrase("no column has it"))
    if wishes.whole and (target.adds or target.writes == "changes"):
        raise ExportRefused("{target} takes changes only, never everybody.", target=name)
    with shop.changing(dry_run=dry_run) as connection:
        facts = kept_facts(connection)
        money = facts.currency
        finished = finish_left(shop, target, till_exports.exports_of(connection, target.name))
        plan = written_again(connection, target) if wishes.again else planned(shop, connection, target, wishes, money)
        files = paths_of(shop, target, wishes.to, plan.number)
        parts = parts_of(target, plan.rows, whole=plan.whole, digits=money.digits) if plan.rows or replaces_all(target, plan) else []
        if parts:
            refuse_unread(target, files, again=wishes.again, whole=plan.whole)
            files = numbered(files, len(parts))
            if not wishes.again:
                keep(shop, connection, target.name, plan, Written(files, parts, wishes.by))
            if not dry_run:
                write_aside(files, parts, plan.number)
    if parts and not dry_run:
        put_all(target, files, plan.number)
    return said(target, plan, [str(file) for file in files] if parts else [], facts.language, finished=finished)


def planned(shop: Shop, connection: Connection, target: Target, wishes: ExportWishes, money: Currency) -> Plan:
    """What is new, different or gone since the last export; all of it if everybody is wanted."""
    if not last_run_day(connection):
        raise Refused("Nothing has been worked out yet.", hint=phrase("Run: loyalty recalc"))
    before = till_exports.told_last(connection, target.name)
    wanted = wanted_of(connection, target, today(shop, connection), money)
    whole = wishes.whole or target.writes == "full" or not target.only_changed
    first = not before and target.writes == "both"
    plan = Plan(till_exports.next_number(connection), whole or first, first=not before, left_out=wanted.left_out)
    for key, told in wanted.rows.items():
        known = before.get(key)
        new = known is None or known.gone or known.facts != told.facts
        if new or plan.whole:
            add(target, plan, told, known, new=new)
    for key, row in before.items():
        if key not in wanted.rows and not row.gone:
            take_off(target, plan, row)
    return plan


def add(target: Target, plan: Plan, told: Told, known: Told | None, *, new: bool) -> None:
    """A row for the file; of a target that adds only what its points changed by."""
    if target.adds:
        change = number(told.facts["points"]) - (number(known.facts["points"]) if known and not known.gone else 0)
        if not change:
            return
        if target.above_zero and change < 0:
            why = phrase(
                "{count} point fewer: it takes only points above zero, so take it off there",
                "{count} points fewer: it takes only points above zero, so take them off there",
                count=-change,
            )
            plan.left_out.append(NotCarried(told.member, str(told.facts.get("card") or told.key), why))
            return
        told = told._replace(facts={**told.facts, "change": change})
    plan.rows.append(told)
    if new:
        plan.told.append(as_kept(told))


def as_kept(told: Told) -> Told:
    """A row without what only changes: that is worked out again from the points before."""
    return told._replace(facts={word: value for word, value in told.facts.items() if word != "change"})


def replaces_all(target: Target, plan: Plan) -> bool:
    """Whether who is not in this file is no longer known to the target."""
    return plan.whole and (target.writes == "full" or bool(target.top_of_all))


def number(value: object) -> int:
    """Points that were told."""
    return value if isinstance(value, int) else 0


def take_off(target: Target, plan: Plan, row: Told) -> None:
    """Who is no longer meant: a row that says so, or a sentence where the file can not."""
    off = {word: value for word, value in (target.gone or {}).items() if word in row.facts}
    facts = {**row.facts, **off}
    listed_no_more = replaces_all(target, plan)
    if target.adds:
        facts["change"] = -number(row.facts["points"])
    if (target.gone is None or (target.adds and target.above_zero)) and not listed_no_more:
        plan.left_out.append(NotCarried(row.member, row.key, phrase("it ended here: take it off there by hand")))
    elif not listed_no_more and (not target.adds or facts["change"]):
        plan.rows.append(row._replace(facts=facts, gone=True))
    plan.gone += 1
    plan.told.append(as_kept(row._replace(facts=facts, gone=True)))


def written_again(connection: Connection, target: Target) -> Plan:
    """The rows of the last export once more, as they were."""
    exports = till_exports.exports_of(connection, target.name)
    if not exports:
        raise Refused("{target} has had no export yet.", target=target.name)
    last = exports[-1]
    before: dict[str, Told] = {}
    for export in exports[:-1]:
        before |= {row.key: row for row in till_exports.told_in(connection, export.id)}
    known = before | {row.key: row for row in till_exports.told_in(connection, last.id)}
    plan = Plan(last.id, last.whole)
    for row in known.values() if last.whole else till_exports.told_in(connection, last.id):
        facts = dict(row.facts)
        if target.adds:
            earlier = before.get(row.key)
            was = number(earlier.facts["points"]) if earlier and not earlier.gone else 0
            facts["change"] = (0 if row.gone else number(facts["points"])) - was
        if not (row.gone and last.whole):
            plan.rows.append(row._replace(facts=facts))
    return plan


def keep(shop: Shop, connection: Connection, target: str, plan: Plan, written: Written) -> None:
    """Remember the export."""
    files, parts = written.files, written.parts
    names = tuple(path.relative_to(shop.folder).as_posix() if path.is_relative_to(shop.folder) else str(path) for path in files)
    sha256 = hashlib.sha256(b"".join(part.content for part in parts)).hexdigest()
    rows, day = len(plan.rows), last_run_day(connection)
    export = Export(plan.number, target, names, sha256, rows, plan.whole, day, shop.moment, written.by)
    till_exports.save_export(connection, export, plan.told)


def said(target: Target, plan: Plan, files: list[str], language: str, *, finished: bool) -> Outcome:
    """What was written, what loading it does, and who is not in it."""
    lines: list[Phrase] = [phrase("The file of the last export, which was interrupted, is in place now.")] if finished else []
    if files:
        lines.append(
            phrase(
                "{file}: {count} row, taken off: {gone}. Export {number}.",
                "{file}: {count} rows, taken off: {gone}. Export {number}.",
                file=", ".join(files),
                count=len(plan.rows),
                gone=plan.gone,
                number=plan.number,
            )
        )
        lines += [target.deletion, target.effects]
        if target.adds and plan.first:
            lines.append(phrase("This first file gives whole balances: the till must not have them yet."))
    else:
        lines.append(phrase("Nothing has changed for {target} since the last export.", target=target.name))
    data = {
        "target": target.name,
        "export": plan.number if files else None,
        "files": files,
        "rows": len(plan.rows),
        "taken_off": plan.gone,
        "whole": plan.whole,
        "left_out": [{"member": each.member, "card": each.card, "why": str(each.why)} for each in plan.left_out],
    }
    return Outcome(
        said=lines,
        warnings=uncarried(target) if files else [],
        tables=[left_out_table(plan)] if plan.left_out else [],
        data=data,
        quiet=not files and not plan.left_out,
        language=language,
    )


def uncarried(target: Target) -> list[Phrase]:
    """What the program promises and the file can not say."""
    promised = [word for word in PROMISES if word in target.refused and target.about == "members"]
    return [phrase("{target} can not carry {word}: {why}.", target=target.name, word=word, why=target.refused[word]) for word in promised]


def left_out_table(plan: Plan) -> Table:
    """Who is not in the file, and why."""
    rows = [("" if each.member is None else str(each.member), each.card, kept_phrase(each.why)) for each in plan.left_out]
    return Table(name="left_out", title=phrase("Not in the file"), columns=LEFT_OUT, rows=rows, currency="")
