"""What is said of an inspected file: sentences, the tables of findings, columns, questions and damage, and the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.draft import lines_of
from loyalty_cli.importers.inspecting.numbers import currency_of
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.inspect_tables import tables_of

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.imports.inspect_trial import Inspected
    from loyalty_cli.operations.imports.inspect_trial import Trial
    from loyalty_cli.operations.imports.shop_terms import ShopTerms


def outcome_of(seen: Inspected, terms: ShopTerms, *, write: Path | None) -> Outcome:
    """Everything about one file."""
    return Outcome(
        said=said_of(seen, terms, write),
        tables=tables_of(seen, with_draft=write is None),
        data=data_of(seen, write),
        language=terms.language,
    )


def said_of(seen: Inspected, terms: ShopTerms, write: Path | None) -> list[Phrase]:
    """What it is, what an import would do, and what to do next."""
    of = seen.inspection
    file = seen.path.name
    said = [claim_said(seen)] if seen.claims else []
    currency = currency_of(seen.inspection)
    if seen.is_known and terms.currency and currency not in {"", terms.currency}:
        said.append(
            phrase("Its amounts are in {theirs}; the program counts in {ours}.", theirs=currency, ours=terms.currency)
        )
    if seen.is_plain:
        said.append(
            phrase("The columns of {file} have the names that loyalty itself uses; it needs no layout.", file=file)
        )
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
            title=till.title,
            name=till.name,
        )
    return phrase("{file} is known: {title} (layout {name}).", file=file, title=till.title, name=till.name)


def trial_said(trial: Trial, terms: ShopTerms) -> list[Phrase]:
    """What an import would do."""
    if trial.refused is not None:
        return [phrase("Tried with the draft, an import refuses: {why}", why=trial.refused)]
    if not trial.whole and not trial.set_aside:
        return [phrase("Tried on its first rows, nothing kept: no row was set aside.")]
    total: object = Money(trial.total, terms.currency, terms.digits) if terms.currency else plain_money(trial.total)
    said = [
        phrase(
            "Tried, nothing kept. Receipts: {receipts}, lines: {lines}, total: {total}, set aside: {set_aside}, "
            "left out: {ignored}.",
            receipts=trial.receipts,
            lines=trial.lines,
            total=total,
            set_aside=trial.set_aside,
            ignored=trial.ignored,
        )
    ]
    return said + [phrase("Line {line}: {why}", line=line, why=why) for line, why in trial.reasons]


def plain_money(amount: int) -> str:
    """An amount without a currency."""
    return str(Money(amount, "", 2)).strip()


def next_step(seen: Inspected, write: Path | None) -> Phrase:
    """The command that comes next."""
    file = str(seen.path)
    fits = seen.trial is None or seen.trial.fits
    if fits and (seen.is_plain or (seen.is_known and not seen.inspection.draft.is_open)):
        return phrase("Import it as it is: {command}", command=command_of(seen, ""))
    if write is None:
        return phrase("Write the draft: loyalty import inspect {file} --write layouts/NAME.yaml", file=file)
    command = command_of(seen, write.stem if write.parent.name == "layouts" else str(write))
    if seen.inspection.draft.questions:
        return phrase(
            "Written: {written}. Answer the questions in it, then: {command}", written=str(write), command=command
        )
    return phrase("Written: {written}. Next: {command}", written=str(write), command=command)


def command_of(seen: Inspected, layout: str) -> str:
    """The command that imports the file."""
    kind = seen.inspection.kind
    parts = ["loyalty", "import", kind, str(seen.path)]
    if layout:
        parts += ["--layout", layout]
    said = {entry.setting for entry in seen.inspection.draft.entries}
    by_till = seen.is_known and seen.claims[0].layout.columns.store is not None
    if kind == "purchases" and seen.store_is_open and not (by_till or "columns.store" in said):
        parts += ["--store", "NAME"]
    return " ".join(parts)


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
        "trial": trial_data(seen.trial),
        "rows": len(of.table.rows),
        "whole_file": seen.whole,
        "draft": seen.draft,
        "written": str(write) if write is not None else None,
    }


def trial_data(trial: Trial | None) -> dict[str, object] | None:
    """What an import would do, in numbers; the total in minor units."""
    if trial is None:
        return None
    return {
        "whole_file": trial.whole,
        "receipts": trial.receipts,
        "lines": trial.lines,
        "total_minor": trial.total,
        "set_aside": trial.set_aside,
        "ignored": trial.ignored,
        "reasons": [{"line": line, "reason": str(why)} for line, why in trial.reasons],
        "refused": str(trial.refused) if trial.refused is not None else None,
    }
