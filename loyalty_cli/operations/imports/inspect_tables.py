"""The tables that show an inspected file: findings, columns, questions, damage and the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.draft import lines_of
from loyalty_cli.importers.inspecting.draft import texts_of
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.draft import Question
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import Look
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
    from loyalty_cli.operations.imports.inspect_trial import Inspected

LONGEST_SAMPLE = 24

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


def tables_of(seen: Inspected, *, with_draft: bool) -> list[Table]:
    """All tables that have something to show."""
    of = seen.inspection
    tables = [findings_table(of, seen.path.name), columns_table(seen)]
    if of.damage:
        tables.append(damage_table(of))
    if of.draft.questions:
        tables.append(questions_table(of))
    return [*tables, draft_table(seen.draft)] if with_draft else tables


def findings_table(of: Inspection, file: str) -> Table:
    """What was seen and why."""
    rows = [
        (kept(finding.title), saying(finding.seen), kept(finding.why) if finding.why is not None else None)
        for finding in of.findings
    ]
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
        return ", ".join(word for word, value in columns if place in texts_of(value))
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


def draft_table(draft: str) -> Table:
    """The draft itself."""
    rows = [(line,) for line in draft.splitlines()]
    return Table(name="draft", title=phrase("Draft of the layout"), columns=DRAFT, rows=rows, currency="")
