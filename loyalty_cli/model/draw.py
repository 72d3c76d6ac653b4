"""A prize draw: its rules, the picks one after another, the winners and the reserves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.draw_method import METHOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.days import Span
    from loyalty_cli.model.draw_method import Method
    from loyalty_cli.model.law import DrawKind

NumberFrom = Literal["", "drand quicknet", "dice", "lottery", "external"]
"""Where the number will come from, fixed in advance; '' is not fixed."""

Contest = Literal["", "most visits", "most bought", "most points", "highest result", "lowest result"]
"""What a ranking goes by; '' is a draw by lot."""

Wins = Literal["one prize", "one of each kind", "any number"]
"""How many prizes one entrant may win; `any number` still means one prize for one ticket."""

VoidCode = Literal["returned", "blocked", "not eligible", "own wish", "mistake"]
"""Why a ticket was struck out between close and draw."""

PickResult = Literal["win", "reserve", "void", "already-won", "ticket-won", "already-reserve", "no-ticket"]
"""What became of a pick: a prize, a reserve's place, or the reason it was passed over.

`no-ticket` is a number that was drawn outside and belongs to no ticket.
"""

NO_SECRET = "-"  # noqa: S105


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSource:
    """Where the number will come from and when: for drand its round, else the moment (ISO, UTC) if one is named."""

    kind: NumberFrom = ""
    round: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formalities:
    """What a draw needs besides tickets and prizes where a law asks for it; '' where nothing is said."""

    country: str = ""
    organiser: str = ""
    permit: str = ""
    notary: str = ""
    commission: Sequence[str] = ()
    place: str = ""
    results_on: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusions:
    """Who can not win, besides blocked members and those who want no draws.

    `youngest` is an age in years on the draw's last day; `winners_within` goes back from that day.
    """

    groups: Sequence[str] = ()
    youngest: int = 0
    unknown_birthday: Literal["is excluded", "is admitted"] = "is excluded"
    one_per_household: bool = False
    winners_of: Sequence[str] = ()
    winners_within: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRules:
    """A draw as the program says it; `rules_text` is the owner's wording, published below the facts.

    `worth` is each prize's value in minor units, where one is said. `excluded` says how many members with tickets
    were left out for which reason; it is known once the draw is closed. `commitment` is the SHA-256 of a secret.
    `everyone` is how many tickets each member has without buying. What is not written into rules.txt as a fact is
    known only from the program: at_most, everyone, exclusions, wants_secret.
    """

    name: str
    first_day: Day
    last_day: Day
    prizes: Sequence[tuple[str, int]]
    reserves: int = 0
    wins: Wins = "one prize"
    rules_text: str = ""
    method: Method = METHOD
    contest: Contest = ""
    ties: str = ""
    worth: Sequence[tuple[str, int]] = ()
    currency: str = ""
    digits: int = 2
    claim_within: Span | None = None
    source: NumberSource = NumberSource()
    formalities: Formalities = Formalities()
    wants_secret: bool = False
    commitment: str = ""
    at_most: int | None = None
    everyone: int = 0
    exclusions: Exclusions = Exclusions()
    excluded: Sequence[tuple[str, int]] = ()

    @property
    def purpose(self) -> DrawKind:
        """Whether chance decides, or what members did."""
        return "contest" if self.contest else "draw"

    @property
    def by_results(self) -> bool:
        """Whether it is a contest of results that are typed in."""
        return self.contest in {"highest result", "lowest result"}

    def claim_until(self, won: Day) -> Day | None:
        """The last day to claim a prize won on a day: counted from the day the results are published, if one is said."""
        if self.claim_within is None:
            return None
        results = self.formalities.results_on
        return self.claim_within.after(won if results is None else max(won, results))


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
    """Everything that a seed decides; `empty` are prizes that nobody was left to win.

    `marks` is for some methods what each pick follows from: its digest or its rank. `ended` says that the
    numbers came to an end before the places did.
    """

    seed: str
    picks: Sequence[Pick]
    winners: Sequence[Winner]
    empty: Sequence[tuple[str, int]] = ()
    marks: Sequence[str] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What was frozen: the draw's short name, the tickets, the moment (ISO, UTC), each file's hash.

    `records` is the proof (model/shown Seal's SHA-256) of everything the shop had recorded before the close, '' where none
    was kept. `voided` are tickets struck out after the close, each with the code of its reason.
    """

    draw: str
    tickets: int
    closed_at: str
    entries: str
    void: str
    rules: str
    method: Method = METHOD
    records: str = ""
    voided: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Randomness:
    """Where the chance comes from: the public text, a secret or `-`, a beacon's signature or ''."""

    public: str
    secret: str = NO_SECRET
    signature: str = ""
