"""Consents in a list: who said what to which channel and purpose, on which day, to which wording, and what proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.cells import yes_or_no
from loyalty_cli.importers.column_words import column_said
from loyalty_cli.model.consent import DRAWS
from loyalty_cli.model.consent import PURPOSES
from loyalty_cli.model.listed import ListedAnswer
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.lists.rows import Cells

ASKED = "asked"


def listed_answer(cells: Cells) -> ListedAnswer:
    """The consent of a row."""
    channel, purpose, said = (cells.text(word) for word in ("channel", "purpose", "agreed"))
    asked = said is not None and said.casefold() == ASKED
    agreed = None if asked else yes_or_no(said or "")
    answer = ListedAnswer(
        card=cells.card(),
        number=cells.text("number"),
        day=cells.day("date"),
        channel=f"{channel or ''}:{purpose}" if purpose else channel or "",
        agreed=agreed,
        wording=cells.text("wording") or "",
        version=cells.text("version") or "",
        source=cells.text("source") or "",
        proof=cells.text("proof") or "",
        taken_by=cells.text("taken_by") or "",
    )
    if answer.card is None and answer.number is None:
        cells.blame(phrase("the row has neither a card nor a number"))
    if channel is None:
        cells.blame(phrase("{column} is empty", column=column_said("channel")))
    if purpose is not None and purpose.casefold() not in {*PURPOSES, DRAWS}:
        known = ", ".join(PURPOSES)
        cells.blame(phrase("{column}: {text} is not {expected}", column="purpose", text=as_it_stands(purpose), expected=known))
    if agreed is None and not asked:
        cells.blame(phrase("{column}: {text} is not {expected}", column="agreed", text=as_it_stands(said or ""), expected="yes, no, asked"))
    return answer
