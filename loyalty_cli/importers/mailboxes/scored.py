"""The score in what somebody writes back to a survey: `9`, `Ocena: 8`, `10/10, dziękuję`; a number within a sentence is none."""

from __future__ import annotations

import re

# "9/10", "9 z 10", "9 из 10", "9 din 10" wherever it stands; the second number must be the best score there is.
OUT_OF = re.compile(r"(?<![\d.,/-])(\d{1,2})\s*(?:/|z|из|din|of|out of)\s*(\d{1,2})(?![\d/]|[.,]\d)", re.IGNORECASE)
# A line of its own, or the beginning of one before a mark: a word may stand before it, as in "Score: 9".
OWN_LINE = re.compile(r"\W*(?:[^\W\d]+\s*[:=]?\s*)?(\d{1,2})\s*(?:[!.,;:)–—]+(?!\d)|[-–—]\s*(?!\d)|$)")


def score_in(text: str, least: int, top: int) -> int | None:
    """The score of a scale; None where none is said, or two that differ.

    >>> score_in("10/10, thank you", 0, 10), score_in("Ocena: 8", 0, 10), score_in("I waited 5 minutes.", 0, 10)
    (10, 8, None)
    """
    found = {int(one[1]) for one in OUT_OF.finditer(text) if int(one[2]) == top}
    if not found:
        lines = (OWN_LINE.match(line) for line in text.splitlines())
        found = {int(one[1]) for one in lines if one}
    scores = {score for score in found if least <= score <= top}
    return scores.pop() if len(scores) == len(found) == 1 else None
