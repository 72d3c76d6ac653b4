"""What is said of an inspected file: sentences, the tables of findings, columns, questions and damage, and the draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.draft import lines_of
from loyalty_cli.importers.inspecting.draft import texts_of
from loyalty_cli.importers.inspecting.numbers import currency_of
from loyalty_cli.importers.inspecting.trial_said import trial_said
from loyalty_cli.model.days import iso
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.likely.dates import fits
from loyalty_cli.reading.settings import content

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.importers.inspecting.draft import Question
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.judged import Inspected
    from loyalty_cli.importers.inspecting.seen_columns import Look
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
    from loyalty_cli.importers.terms import Terms

LONGEST_SAMPLE = 24
DATED = re.compile(r"\d{4}-\d{2}-\d{2}|\d{2}\.\d{2}\.\d{4}")

FINDINGS = (
    Column(name="what", heading="What", kind="said"),
    Column(name="seen", heading="Seen", kind="said"),
    Column(name="why", heading="Why", kind="said"),
)
COLUMNS = (
    Column(name="number", heading="No.", kind="count"),
    Column(name="column", heading="Column"),
    Column(name="meaning", heading="Taken as", kind="code"),
    Column(name="looks_like", heading="Looks like", kind="said"),
    Column(name="samples", heading="Samples"),
    Column(name="different", heading="Different", kind="count"),
    Column(name="empty", heading="Empty", kind="count"),
)
QUESTIONS = (
    Column(name="number", heading="No.", kind="count"),
    Column(name="question", heading="Question", kind="said"),
    Column(name="choices", heading="One of"),
)
DAMAGE = (
    Column(name="line", heading="Line", kind="count"),
    Column(name="what", heading="What", kind="said"),
)
LOOKS: dict[Look, Phrase] = {
    "empty": phrase("empty"),
    "date": phrase("date"),
    "time": phrase("time"),
    "number": phrase("number"),
    "card": phrase("card number"),
    "e-mail": phrase("e-mail address"),
    "phone": phrase("phone number"),
    "labels": phrase("a few labels"),
    "text": phrase("text"),
}
DRAFT = (Column(name="line", heading="Draft"),)


def outcome_of(seen: Inspected, terms: Terms, *, language: str, write: Path | None) -> Outcome:
    """Everything about one file."""
    return Outcome(
        said=said_of(seen, terms, write),
        tables=tables_of(seen, with_draft=write is None),
        data=data_of(seen, write),
        language=language,
    )


def said_of(seen: Inspected, terms: Terms, write: Path | None) -> list[Phrase]:
    """What it is, what an import would do, and what to do next."""
    of = seen.inspection
    file = seen.path.name
    said = [claim_said(seen)] if seen.claims else []
    currency = currency_of(seen.inspection)
    if seen.is_known and terms.currency and currency not in {"", terms.currency}:
        said.append(phrase("Its amounts are in {theirs}; the program counts in {ours}.", theirs=currency, ours=terms.currency))
    if seen.is_plain:
        said.append(phrase("The columns of {file} have the names that loyalty itself uses; it needs no layout.", file=file))
    if not seen.whole:
        said.append(
            phrase(
                "{file} is long; its first rows and its last were looked at: {rows}.",
                file=file,
                rows=len(of.table.rows),
            )
        )
    if seen.trial is not None:
        said += trial_said(seen.trial, terms)
    count = len(of.draft.questions)
    if count:
        said.append(
            phrase(
                "{count} thing is not certain; it is a question in the draft.",
                "{count} things are not certain; they are questions in the draft.",
                count=count,
            )
        )
    return [*said, next_step(seen, write)]


def claim_said(seen: Inspected) -> Phrase:
    """Which known tills the file comes from."""
    file = seen.path.name
    if len(seen.claims) > 1:
        names = ", ".join(claim.till.name for claim in seen.claims)
        return phrase("Several known tills claim {file}: {names}. Say which with --layout.", file=file, names=names)
    till = seen.claims[0].till
    if not seen.is_known:
        return phrase(
            "{file} has the columns of {title} (layout {name}), but is written otherwise; so here is a draft of its own.",
            file=file,
            title=Phrase(till.title),
            name=till.name,
        )
    return phrase("{file} is known: {title} (layout {name}).", file=file, title=Phrase(till.title), name=till.name)


def next_step(seen: Inspected, write: Path | None) -> Phrase:
    """The command that comes next."""
    file = seen.given or str(seen.path)
    fits = seen.trial is None or seen.trial.fits
    if fits and (seen.is_plain or (seen.is_known and not seen.inspection.draft.is_open)):
        return phrase("Import it as it is: {command}", command=command_of(seen, ""))
    if write is None:
        return phrase("Write the draft: loyalty import inspect {file} --write layouts/NAME.yaml", file=typed(file))
    command = command_of(seen, write.stem if write.parent.name == "layouts" else str(write))
    if seen.inspection.draft.questions:
        return phrase("Written: {written}. Answer the questions in it, then: {command}", written=str(write), command=command)
    return phrase("Written: {written}. Next: {command}", written=str(write), command=command)


def command_of(seen: Inspected, layout: str) -> str:
    """The command that imports the file."""
    kind = seen.inspection.kind
    parts = ["loyalty", "import", kind, seen.given or str(seen.path)]
    if layout:
        parts += ["--layout", layout]
    said = {entry.setting for entry in seen.inspection.draft.entries}
    by_till = seen.is_known and seen.claims[0].layout.columns.store is not None
    if kind == "purchases" and seen.store and not (by_till or "columns.store" in said):
        parts += ["--store", seen.store]
    if kind == "balances" and "columns.date" not in said and (day := day_in_header(seen.inspection)):
        parts += ["--day", day]
    return " ".join(map(typed, parts))


def day_in_header(of: Inspection) -> str:
    """The day that a list's heading names, as in `points on 31.10.2026`; '' where none does."""
    for name in of.table.header:
        for text in DATED.findall(name):
            form = next((form for form in ("YYYY-MM-DD", "DD.MM.YYYY") if fits(form, text)), "")
            if form:
                return iso(date_form(form).day(text) or 0)
    return ""


def data_of(seen: Inspected, write: Path | None) -> dict[str, object]:
    """The same for a script, with stable names."""
    of = seen.inspection
    return {
        "file": str(seen.path),
        "kind": of.kind,
        "tills": [{"name": claim.till.name, "evidence": claim.till.evidence} for claim in seen.claims],
        "settings": {entry.setting: entry.value for entry in of.draft.entries if entry.value is not None},
        "questions": [
            {
                "setting": question.setting,
                "question": str(question.ask),
                "choices": [lines_of(question.setting.removeprefix("columns."), choice) for choice in question.choices],
                "taken": question.taken,
            }
            for question in of.draft.questions
        ],
        "open": of.draft.is_open,
        "findings": {finding.name: str(finding.seen) for finding in of.findings},
        "damage": [{"line": damage.line, "what": str(damage.what)} for damage in of.damage],
        "trial": seen.trial.data() if seen.trial is not None else None,
        "rows": len(of.table.rows),
        "whole_file": seen.whole,
        "draft": seen.draft,
        "written": str(write) if write is not None else None,
    }


def tables_of(seen: Inspected, *, with_draft: bool) -> list[Table]:
    """All tables that have something to show."""
    of = seen.inspection
    tables = [findings_table(of, seen.path.name), columns_table(seen)]
    if of.damage:
        tables.append(damage_table(of))
    if of.draft.questions:
        tables.append(questions_table(of))
    if with_draft:
        rows = [(line,) for line in seen.draft.splitlines()]
        tables.append(Table(name="draft", title=phrase("Draft of the layout"), columns=DRAFT, rows=rows, currency=""))
    return tables


def findings_table(of: Inspection, file: str) -> Table:
    """What was seen and why."""
    rows = [(kept(finding.title), saying(finding.seen), kept(finding.why) if finding.why is not None else None) for finding in of.findings]
    return Table(name="findings", title=phrase("What {file} is", file=file), columns=FINDINGS, rows=rows, currency="")


def saying(seen: str | Phrase) -> str:
    """A text or a phrase as a cell that is said."""
    return kept(seen) if isinstance(seen, Phrase) else seen


def columns_table(seen: Inspected) -> Table:
    """The columns with samples."""
    of = seen.inspection
    rows = [
        (
            column.place + 1,
            column.name,
            meaning_of(seen, column),
            kept(LOOKS[column.look]),
            " | ".join(shortened(text) for text in column.samples),
            len(column.texts),
            column.empty,
        )
        for column in of.columns
    ]
    return Table(name="columns", title=phrase("Its columns"), columns=COLUMNS, rows=rows, currency="")


def meaning_of(seen: Inspected, column: SeenColumn) -> str:
    """Our words for a column; one that is only a choice of a question has a question mark."""
    of = seen.inspection
    place = of.place_of(column)
    if seen.is_known:
        columns = seen.claims[0].layout.columns
        return ", ".join(word for word, value in content(columns).items() if place in texts_of(value))
    words = [(entry, entry.setting.removeprefix("columns.")) for entry in of.draft.of_columns if place in entry.places]
    return ", ".join(word if place in texts_of(entry.value) else f"{word}?" for entry, word in words)


def shortened(text: str) -> str:
    """A sample that fits a table."""
    return text if len(text) <= LONGEST_SAMPLE else f"{text[: LONGEST_SAMPLE - 1]}…"


def damage_table(of: Inspection) -> Table:
    """What was lost on the way."""
    rows = [(damage.line or None, kept(damage.what)) for damage in of.damage]
    return Table(name="damage", title=phrase("What to look at"), columns=DAMAGE, rows=rows, currency="")


def questions_table(of: Inspection) -> Table:
    """What the owner must decide."""
    rows = [(number, kept(question.ask), choices_of(question)) for number, question in enumerate(of.draft.questions, 1)]
    taken = any(question.taken is not None for question in of.draft.questions)
    notes = [phrase("* stands in the draft for now; all others are comments there.")] if taken else []
    return Table(name="questions", title=phrase("Questions"), columns=QUESTIONS, rows=rows, currency="", notes=notes)


def choices_of(question: Question) -> str:
    """The lines that an owner chooses from; the one that is taken is marked."""
    name = question.setting.removeprefix("columns.")
    texts = [" + ".join(lines_of(name, choice)) for choice in question.choices]
    marks = ["*" if choice == question.taken else "" for choice in question.choices]
    return " | ".join(f"{text}{mark}" for text, mark in zip(texts, marks, strict=True))
