"""Free entries: tickets that nobody bought, each once, in time, and with the same chance as bought ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.entry import draw_entry
from loyalty_cli.operations.draws.entry import Entered
from loyalty_cli.operations.draws.tickets import draw_tickets
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.draws.announced_shop import announced_shop
from tests.operations.draws.announced_shop import at
from tests.operations.draws.announced_shop import buy
from tests.operations.draws.announced_shop import CLOSING
from tests.operations.draws.announced_shop import DRAW
from tests.shop_builder import balances

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

IN_APRIL = "2027-04-10T09:00:00+00:00"
ANNA = Entered(name="Anna Nowak", address="Lipowa 3, 00-123 Warszawa")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The shop in April, recalculated through 9 April."""
    shop = at(announced_shop(tmp_path), IN_APRIL)
    buy(shop, 1, "2027-03-01", 12_000)
    recalc(shop)
    return shop


def tickets(shop: Shop) -> list[tuple[object, ...]]:
    """Who has how many tickets, by name or card."""
    return [(row[1] or row[0], row[2]) for row in draw_tickets(shop, "spring draw").tables[0].rows]


def test_a_member_and_a_stranger_enter_beside_the_buyers(shop: Shop) -> None:
    draw_entry(shop, "spring draw", Entered(card="2901", count=1), key="letter 1")
    draw_entry(shop, "spring draw", Entered(card="2902"), key="letter 2")
    draw_entry(shop, "spring draw", ANNA, key="letter 3", by="Ewa")
    recalc(at(shop, "2027-04-11T06:00:00+00:00"))
    # 120.00 is two tickets of 50.00, and one letter: three.
    assert sorted(tickets(shop)) == [("2901", 3), ("2902", 1), ("Anna Nowak", 1)]


def test_the_same_key_enters_once_and_another_entry_with_it_is_refused(shop: Shop) -> None:
    assert not draw_entry(shop, "spring draw", ANNA, key="letter 3").quiet
    assert draw_entry(shop, "spring draw", ANNA, key="letter 3").quiet
    with pytest.raises(Refused, match="used for another entry"):
        draw_entry(shop, "spring draw", Entered(card="2902", count=2), key="letter 3")


def test_one_person_who_writes_twice_is_one_entrant(shop: Shop) -> None:
    draw_entry(shop, "spring draw", ANNA, key="letter 3")
    draw_entry(shop, "spring draw", ANNA, key="letter 4")
    draw_entry(shop, "spring draw", Entered(name="Anna Nowak", phone="600100200"), key="letter 5")
    draw_entry(shop, "spring draw", Entered(name="Anna Nowak", phone="600100200", email="a@b.pl"), key="letter 6")
    recalc(at(shop, "2027-04-11T06:00:00+00:00"))
    # Two Annas: one by the address, one by the telephone.
    assert sorted(tickets(shop)) == [("2901", 2), ("Anna Nowak", 2), ("Anna Nowak", 2)]


def test_a_letter_of_an_earlier_day_is_posted_at_once_and_dated_back(shop: Shop) -> None:
    draw_entry(shop, "spring draw", Entered(card="2903", day=day_from_iso("2027-04-01"), count=2), key="letter 7")
    assert balances(shop, 3) == {"ticket:spring draw": 2}


@pytest.mark.parametrize("on", ["2027-02-28", "2027-04-11", "2027-06-01"])
def test_letters_come_in_within_the_days_of_the_draw(shop: Shop, on: str) -> None:
    with pytest.raises(Refused):
        draw_entry(shop, "spring draw", Entered(card="2903", day=day_from_iso(on)), key="letter 8")


def test_a_name_alone_tells_nobody_apart(shop: Shop) -> None:
    with pytest.raises(LoyaltyError, match="Who enters"):
        draw_entry(shop, "spring draw", Entered(name="Anna Nowak"), key="letter 9")


def test_nobody_is_added_after_the_close(shop: Shop) -> None:
    draw_entry(shop, "spring draw", ANNA, key="letter 3")
    closing = at(shop, CLOSING)
    recalc(closing)
    outcome = draw_close(closing, "spring draw")
    assert (outcome.data["tickets"], outcome.data["entrants"]) == (3, 2)
    with pytest.raises(Refused, match="is closed since"):
        draw_entry(closing, "spring draw", Entered(card="2903", day=day_from_iso("2027-05-31")), key="letter 10")
    buy(shop, 4, "2027-05-31", 99_900)
    recalc(closing)
    with pytest.raises(Refused, match="tickets have changed since then: 1"):
        draw_close(closing, "spring draw")
    # What was frozen holds: the list still has three lines.
    assert (shop.database.parent / "draws/spring-draw/entries.txt").read_text().count("\n") == 3


def test_a_draw_by_free_entry_alone_lists_nobody_for_buying(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path, DRAW.replace("one_ticket_for_every: 50.00", "tickets_from: free entry"))
    april = at(shop, IN_APRIL)
    buy(april, 1, "2027-03-01", 12_000)
    draw_entry(april, "spring draw", Entered(card="2902", day=day_from_iso("2027-04-01")), key="letter 1")
    recalc(april)
    rows = {row[0]: row[2:] for row in draw_tickets(april, "spring draw").tables[0].rows}
    assert rows == {"2902": (1, 1, ""), "2901": (0, 0, "no tickets")}


def test_the_preview_says_who_bought_too_little(shop: Shop) -> None:
    buy(shop, 3, "2027-03-05", 4_999)
    recalc(shop)
    rows = {row[0]: row[2:] for row in draw_tickets(shop, "spring draw").tables[0].rows}
    assert rows == {"2901": (2, 1, ""), "2903": (0, 0, "not enough bought")}
    (one,) = draw_tickets(shop, "spring draw", card="2904").tables[0].rows
    assert one[2:] == (0, 0, "nothing bought")
