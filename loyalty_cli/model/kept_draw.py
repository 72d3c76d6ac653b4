"""A draw as it was kept: how it was announced, what was frozen, what was struck out, whose each place is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day


class Opening(NamedTuple):
    """An announcement: when, by whom, the rules as text with their hash, and the secret committed to ('' is none)."""

    name: str
    opened_at: str
    opened_by: str
    rules_sha256: str
    rules: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraw:
    """A frozen draw as the database remembers it; the last five are None until it has been run.

    `voided` has each ticket struck out with the code of its reason: `6 returned,9 blocked`.
    """

    id: int
    name: str
    slug: str
    tickets: int
    entrants: int
    entries_sha256: str
    void_sha256: str
    rules_sha256: str
    records: str
    rules: str
    closed_at: str
    folder: str
    voided: str
    public: str | None
    secret: str | None
    seed: str | None
    run_at: str | None
    proof: str | None


class Void(NamedTuple):
    """A ticket struck out: the code of the reason, which is published, and the reason itself, which is not."""

    ticket: int
    code: str
    reason: str
    at: str
    by: str


PlaceState = Literal["waiting", "accepted", "refused", "expired", "passed on", "reserve"]
"""`waiting` for the winner; `passed on` was given up, and somebody else has the prize now; `reserve` has none."""

# What somebody else gets now, or nobody: it counts neither for worth nor for tax.
GIVEN_UP = frozenset({"refused", "expired"})
# The states for the catalogues.
STATES = (
    phrase("waiting"),
    phrase("accepted"),
    phrase("refused"),
    phrase("expired"),
    phrase("passed on"),
    phrase("reserve"),
)


class KeptPlace(NamedTuple):
    """A place won, the member behind it, its last claim and its redraws; 0 and '' are what has not happened.

    `passed_to` is the place that has this one's prize now, `instead_of` the place whose prize this one has.
    """

    place: int
    prize: str
    reserve: int
    member_id: int
    pseudonym: str
    ticket: int
    pick: int
    card: str
    name: str
    claim: str
    claimed_on: int
    identity_checked: int
    claimed_by: str
    claimed_at: str
    handed_over_on: int
    passed_to: int
    instead_of: int
    since_day: int


def state_of(place: KeptPlace) -> PlaceState:
    """What has become of a place."""
    if place.passed_to:
        return "passed on"
    if place.reserve and not place.instead_of:
        return "reserve"
    if place.claim == "accepted":
        return "accepted"
    if place.claim == "refused":
        return "refused"
    return "expired" if place.claim == "expired" else "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a winner said, or that nobody came: `accepted`, `refused` or `expired`."""

    what: str
    day: Day
    identity_checked: bool
    at: str
    by: str
    handed_over_on: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redraw:
    """A place given up and the place that has its prize now; a draw of its own has a proof and a number."""

    place: int
    new_place: int
    prize: str
    day: Day
    at: str
    by: str
    number: int = 0
    proof: str = ""
