"""What is said of a trial: what came in, what was set aside and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.trial import Trial
    from loyalty_cli.importers.terms import Terms
    from loyalty_cli.model.shown.phrase import Phrase

SHOWN_TWICE = 3


def trial_said(trial: Trial, terms: Terms) -> list[Phrase]:
    """What an import would do."""
    if trial.refused is not None:
        return [phrase("Tried with the draft, an import refuses: {why}", why=trial.refused)]
    if not trial.whole and not trial.set_aside:
        return [phrase("Tried on its first rows, nothing kept: no row was set aside.")]
    total: object = Money(trial.total, terms.currency, terms.digits) if terms.currency else str(Money(trial.total, "", 2)).strip()
    if trial.kind != "purchases":
        return list_trial_said(trial)
    said = [
        phrase(
            "Tried, nothing kept. Receipts: {receipts}, lines: {lines}, total: {total}, set aside: {set_aside}, left out: {ignored}.",
            receipts=trial.receipts,
            lines=trial.lines,
            total=total,
            set_aside=trial.set_aside,
            ignored=trial.ignored,
        )
    ]
    if trial.minus:
        said.append(minus_said(trial.minus))
    return said + reasons_said(trial)


def minus_said(count: int) -> Phrase:
    """Goods below zero whose quantity is above it."""
    return phrase(
        "{count} row costs less than nothing though its quantity is above zero; look whether it is a sale.",
        "{count} rows cost less than nothing though their quantity is above zero; look whether they are sales.",
        count=count,
    )


def list_trial_said(trial: Trial) -> list[Phrase]:
    """What an import of a list would do."""
    text = "Tried, nothing kept. Rows that come in: {rows}, set aside: {set_aside}."
    said = [phrase(text, rows=trial.lines, set_aside=trial.set_aside), *reasons_said(trial)]
    return [*said, *(twice.said for twice in trial.twice[:SHOWN_TWICE])]


def reasons_said(trial: Trial) -> list[Phrase]:
    """Why the first rows were set aside."""
    return [phrase("Line {line}: {why}", line=line, why=why) for line, why in trial.reasons]
