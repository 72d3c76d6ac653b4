"""What a member told the shop: a score, words, about which visit; and a complaint with what became of it."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day

TOPS = {"0-10": 10, "1-5": 5}
"""The best score of each scale."""
# By scale the least score of those who promote the shop, and the greatest of those who speak ill of it. Of 0 to 10:
# Reichheld, "The One Number You Need to Grow" (Harvard Business Review, December 2003).
PROMOTES = {10: 9, 5: 5}
DETRACTS = {10: 6, 5: 3}
PROMOTER, PASSIVE, DETRACTOR = "promoter", "passive", "detractor"


def opinion_of(score: int | None, top: int) -> str:
    """What a score out of `top` makes of a member; '' without one."""
    if score is None:
        return ""
    return PROMOTER if score >= PROMOTES[top] else DETRACTOR if score <= DETRACTS[top] else PASSIVE


class Answer(NamedTuple):
    """One answer: a score out of `top` (None: words only), and where it was about, as far as it was said."""

    day: Day
    score: int | None
    top: int
    text: str = ""
    store: int | None = None
    receipt: str = ""

    @property
    def promotes(self) -> bool:
        """Whether the member would recommend the shop."""
        return opinion_of(self.score, self.top) == PROMOTER


class Case(NamedTuple):
    """A complaint: its number, whose, when, by when it is to be settled; the days on which it was answered and settled.

    `score` and `top` are those of the answer that opened it, `gave` everything that was offered.
    """

    number: int
    member: int
    card: str
    name: str
    day: Day
    deadline: Day
    text: str
    by: str
    score: int | None = None
    top: int | None = None
    answered: Day | None = None
    settled: Day | None = None
    gave: str = ""

    @property
    def state(self) -> str:
        """As a word."""
        return "settled" if self.settled is not None else "answered" if self.answered is not None else "open"

    def overdue(self, today: Day) -> bool:
        """Whether its deadline has passed."""
        return self.settled is None and self.deadline < today
