"""Late returns: what members have lost between close and draw is struck out in one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.striking import Struck
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.void import draw_void
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.draws.announced_shop import announced_shop
from tests.operations.draws.announced_shop import at
from tests.operations.draws.announced_shop import buy
from tests.operations.draws.announced_shop import changed
from tests.operations.draws.announced_shop import CLOSING
from tests.operations.draws.announced_shop import DRAW

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

LATE = Struck(late_returns=True, code="returned", reason="late return")
# Two days after the close, three before the number.
LATER = "2027-06-03T09:00:00+00:00"


@pytest.fixture
def closed(tmp_path: Path) -> Shop:
    """A closed draw, a ticket for every 50.00: members 1 to 3 have 4, 3 and 1 tickets; at most 3 count."""
    shop = at(announced_shop(tmp_path, DRAW + "    at_most: 3 tickets\n"), CLOSING)
    buy(shop, 1, "2027-03-05", 20_000, "A")
    buy(shop, 2, "2027-03-06", 15_000, "B")
    buy(shop, 3, "2027-03-07", 5_000, "C")
    recalc(shop)
    draw_close(shop, "spring draw")
    return at(shop, LATER)


def tickets_of(shop: Shop, member: int) -> list[int]:
    """A member's ticket numbers by the published list."""
    with shop.reading() as connection:
        ((pseudonym,),) = connection.execute("SELECT pseudonym FROM draw_entrant WHERE member_id = ?", (member,))
    lines = (shop.database.parent / "draws/spring-draw/entries.txt").read_text().split("\n")
    return [number for number, line in enumerate(lines, 1) if line == pseudonym]


def void_file(shop: Shop) -> list[int]:
    return [int(line) for line in (shop.database.parent / "draws/spring-draw/void.txt").read_text().split()]


def test_what_members_have_lost_is_struck_out_once(closed: Shop) -> None:
    # 1 has 200.00 - 40.00 = 160.00 left, 3 tickets still; 2 has 150.00 - 60.00 = 90.00, 1 ticket; 3 has nothing.
    for member, paid, number in ((1, -4_000, "A"), (2, -6_000, "B"), (3, -5_000, "C")):
        buy(closed, member, "2027-06-02", paid, number)
    recalc(closed)
    lost = sorted([*tickets_of(closed, 2)[1:], *tickets_of(closed, 3)])
    outcome = draw_void(closed, "spring draw", LATE, by="Ewa")
    assert (outcome.data["tickets"], void_file(closed)) == (lost, lost)
    again = draw_void(closed, "spring draw", LATE, by="Ewa")
    assert (again.data["tickets"], again.quiet, void_file(closed)) == ([], True, lost)


def test_what_was_struck_out_by_hand_as_returned_counts(closed: Shop) -> None:
    buy(closed, 2, "2027-06-02", -10_000, "B")  # 50.00 left: two of three tickets are lost
    recalc(closed)
    last = tickets_of(closed, 2)
    draw_void(closed, "spring draw", Struck(ticket=last[2], code="returned"), by="Ewa")
    assert draw_void(closed, "spring draw", LATE, by="Ewa").data["tickets"] == [last[1]]


def test_who_is_blocked_since_has_not_lost_tickets(closed: Shop) -> None:
    changed(closed, "INSERT INTO block (member_id, from_day, reason) VALUES (1, 2461559, 'fraud')")
    outcome = draw_void(closed, "spring draw", LATE, by="Ewa")
    assert str(outcome.said[0]) == "Nobody has lost tickets of spring draw that are not struck out already."


def test_purchases_that_wait_for_recalc_are_said(closed: Shop) -> None:
    buy(closed, 2, "2027-06-02", -10_000, "B")
    changed(closed, "INSERT OR IGNORE INTO due (member_id, since) VALUES (2, 1)")
    assert [str(each) for each in draw_void(closed, "spring draw", LATE).warnings] == ["1 member waits for recalc."]


def test_nothing_is_struck_out_once_the_number_is_known(closed: Shop) -> None:
    with pytest.raises(Refused, match="is known since"):
        draw_void(at(closed, "2027-06-05T18:00:00+00:00"), "spring draw", LATE)


def test_the_same_strike_by_card_and_reason_again_strikes_no_more(closed: Shop) -> None:
    strike = Struck(card="2901", count=1, code="returned", reason="receipt 4711")
    own = tickets_of(closed, 1)
    assert draw_void(closed, "spring draw", strike).data["tickets"] == own[-1:]
    assert draw_void(closed, "spring draw", strike).data["tickets"] == []
    other = Struck(card="2901", count=1, code="returned", reason="receipt 4712")
    assert draw_void(closed, "spring draw", other).data["tickets"] == own[-2:-1]
