"""A prize draw: its rules, the picks one after another, the winners and the reserves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day

METHOD = "prizedraw/1"
"""The method of drawing, the first line that the seed binds."""

Wins = Literal["one prize", "one of each kind", "any number"]
"""How many prizes one entrant may win; `any number` still means one prize for one ticket."""

PickResult = Literal["win", "reserve", "void", "already-won", "ticket-won", "already-reserve"]
"""What became of a pick: a prize, a reserve's place, or the reason it was passed over."""

NO_SECRET = "-"  # noqa: S105


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRules:
    """A draw as the program says it; `rules_text` is the owner's wording, published below the facts."""

    name: str
    first_day: Day
    last_day: Day
    prizes: Sequence[tuple[str, int]]
    reserves: int = 0
    wins: Wins = "one prize"
    rules_text: str = ""


class Pick(NamedTuple):
    """One number out of the seed: its ticket, whose it is, what came of it; for a reserve `prize` is ''."""

    number: int
    ticket: int
    entrant: str
    result: PickResult
    prize: str


class Winner(NamedTuple):
    """A place won; reserves follow the winners in the same count and have no prize yet."""

    place: int
    prize: str
    reserve: bool
    entrant: str
    ticket: int
    pick: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawResult:
    """Everything that a seed decides; `empty` are prizes that nobody was left to win."""

    seed: str
    picks: Sequence[Pick]
    winners: Sequence[Winner]
    empty: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What was frozen: the draw's short name, the tickets, the moment (ISO, UTC), each file's hash."""

    draw: str
    tickets: int
    closed_at: str
    entries: str
    void: str
    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Randomness:
    """Where the chance comes from: the public text, a secret or `-`, a beacon's signature or ''."""

    public: str
    secret: str = NO_SECRET
    signature: str = ""
