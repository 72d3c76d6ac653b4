"""Answers to a survey, as any form service writes them: who, when, a score, words, about which visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.column_words import column_said
from loyalty_cli.model.listed import ListedFeedback
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.lists.rows import Cells


def listed_feedback(cells: Cells) -> ListedFeedback:
    """The answer of a row."""
    answer = ListedFeedback(
        card=cells.card(),
        number=cells.text("number"),
        email=cells.text("email"),
        phone=cells.text("phone"),
        coupon=cells.text("coupon"),
        day=cells.day("date") or 0,
        score=cells.whole("score"),
        text=cells.text("text") or "",
        store=cells.text("store"),
        receipt=cells.text("receipt") or "",
        key=cells.text("key"),
    )
    if not any((answer.card, answer.number, answer.email, answer.phone, answer.coupon)):
        cells.blame(phrase("the row does not say who answered"))
    if cells.text("date") is None:
        cells.blame(phrase("{column} is empty", column=column_said("date")))
    if cells.text("score") is None and not answer.text:
        cells.blame(phrase("{column} is empty", column=column_said("score")))
    return answer
