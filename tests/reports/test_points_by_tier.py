"""Points by tier, worked by hand: what a member brings along to another tier is told, and sums to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.bookkeeping import Posted
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.reports.ledger.points_by_tier import note_moves

if TYPE_CHECKING:
    from loyalty_cli.reports.ledger.reckoning import Moved

JANUARY, FEBRUARY, APRIL = (day_from_iso(f"2026-{month}-01") for month in ("01", "02", "04"))


def posted(member: int, day: str, quantity: int, kind: str = "earned") -> Posted:
    return Posted(member, day_from_iso(day), quantity, kind, (1, 1), None, "Market", 0)


def test_what_a_member_has_at_the_beginning_moves_and_what_comes_is_of_the_tier_at_the_end() -> None:
    entries = [
        posted(1, "2026-01-10", 50),
        posted(1, "2026-02-03", 20),
        posted(1, "2026-02-20", -30, "used"),
        posted(1, "2026-04-01", -10, "lapsed"),
        posted(2, "2026-02-05", 7),
    ]
    # Member 1 is silver from February on and a guest again in April; 50 + 20 - 30 = 40 come back.
    found: Moved = {}
    note_moves(found, entries[:4], {FEBRUARY: "silver", APRIL: "guest"}, "guest")
    note_moves(found, entries[4:], {}, "guest")
    assert {key: dict(by_kind) for key, by_kind in found.items()} == {
        (JANUARY, "guest"): {"earned": 50},
        (FEBRUARY, "guest"): {"moved": -50, "earned": 7},
        (FEBRUARY, "silver"): {"moved": 50, "earned": 20, "used": -30},
        (APRIL, "silver"): {"moved": -40},
        (APRIL, "guest"): {"moved": 40, "lapsed": -10},
    }
    assert sum(by_kind["moved"] for by_kind in found.values()) == 0


def test_a_member_without_points_moves_nothing() -> None:
    found: Moved = {}
    note_moves(found, [], {FEBRUARY: "silver"}, "guest")
    assert found == {}
