"""A mistake in a file as people find it again: where, what, the line with a caret below, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.safe import safe
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from loyalty_cli.model.problem import Problem

# A longer line is shown around the mistake only.
EXCERPT = 100


def mistake_lines(problem: Problem, language: str) -> list[str]:
    """The lines that describe one mistake."""
    lines = [f"{safe(problem.where)}: {say(problem.what, language)}"]
    if problem.excerpt.strip():
        text, caret = excerpt(problem.excerpt, problem.column)
        lines += [f"    {text}", f"    {' ' * caret}^"]
    if problem.hint is not None:
        lines.append("  " + say(phrase("help: {what}", what=problem.hint), language))
    return lines


def excerpt(line: str, column: int) -> tuple[str, int]:
    """The part of the line around a column, and how far to the right of its start the caret stands.

    >>> excerpt("points: 1,5", 9)
    ('points: 1,5', 8)
    """
    at = max(0, min(column - 1, len(line)))
    first = max(0, at - EXCERPT * 2 // 3) if len(line) > EXCERPT else 0
    shown = line[first : first + EXCERPT]
    before = safe(shown[: at - first])
    return safe(shown), width_of(before)
