"""Points of who is erased lapse on the day after: nobody can claim them, so the shop owes them no more, in the books, too."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.forget import length_of
from loyalty_cli.operations.by_hand.forget import member_forget
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.household import member_household
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.reports.kept_packs import pack_differences
from tests.operations.test_month_pack import differences
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: UTC
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  usable_after: 5 days
  lapse_after: 12 months
  one_point_pays: 0.10
books: {policy: provision, expected_use: 100%, stated_by: Ola}
"""
WHY = Asked(by="Ewa", reason="a letter")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Ana has 70 points of August and 30 of 3 September that wait until the 8th, Boris 40 of August; Ana is erased on 5 September."""
    shop = make_shop(tmp_path / "shop", PROGRAM, members=3, now=datetime(2026, 9, 5, 6, tzinfo=UTC))
    sales = ((1, "2026-08-05", 70_00), (2, "2026-08-06", 40_00), (1, "2026-09-03", 30_00))
    put_receipts(shop, *(Receipt(f"R{place}", who, day(on), (("tea", paid),)) for place, (who, on, paid) in enumerate(sales)))
    recalc(shop)
    member_erase(shop, "2901", WHY)
    later = replace(shop, now=datetime(2026, 10, 2, 6, tzinfo=UTC))
    recalc(later)
    return later


def test_who_is_erased_once_more_has_no_points_again(shop: Shop) -> None:
    """Ana has a second card; by it she is erased again on 2 October. Her points lapsed on 6 September, and her 30 of the 3rd, too."""
    later = replace(shop, now=datetime(2026, 10, 2, 6, tzinfo=UTC))
    recalc(later)
    lapsed = "SELECT booked_on, quantity FROM ledger JOIN rule ON rule.id = rule_id WHERE name = 'lapse' ORDER BY ledger.id"
    with later.changing() as connection:
        connection.execute("INSERT INTO card (id, number, member_id) VALUES (9, '2909', 1)")
        before = connection.execute(lapsed).fetchall()
    assert before
    member_erase(later, "2909", replace(WHY, key="again"))
    recalc(replace(later, now=datetime(2026, 10, 4, 6, tzinfo=UTC)))
    with later.reading() as connection:
        assert connection.execute(lapsed).fetchall() == before


def rows(shop: Shop, name: str, first: str, last: str) -> dict[str, tuple[Cell, ...]]:
    """The columns of a report of some days, without wallets and notes."""
    table = report(shop, name, Wanted(first=day(first), last=day(last))).tables[0]
    return dict(zip([column.name for column in table.columns], zip(*table.rows, strict=True), strict=True))


def test_whoever_erases_is_told_how_many_lapse(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=2, now=datetime(2026, 9, 5, 6, tzinfo=UTC))
    put_receipts(shop, Receipt("R1", 1, day("2026-08-05"), (("tea", 70_00),)), Receipt("R2", 1, day("2026-09-03"), (("tea", 30_00),)))
    recalc(shop)
    # 70 can be used, 30 wait until 8 September.
    done = member_erase(shop, "2901", WHY, dry_run=True)
    assert str(done.said[1]) == "100 points lapse on 2026-09-06: nobody can claim them any more."
    assert len(member_erase(shop, "2902", WHY, dry_run=True).said) == 1


def test_those_of_other_wallets_are_told_by_name(tmp_path: Path) -> None:
    program = PROGRAM.replace("  earn:\n", "  wallets: {leaves: {}}\n  earn:\n    tea: {points: 2, for_every: 1.00, into: leaves}\n")
    shop = make_shop(tmp_path / "shop", program, members=1, now=datetime(2026, 9, 5, 6, tzinfo=UTC))
    put_receipts(shop, Receipt("R1", 1, day("2026-08-05"), (("tea", 70_00),)))
    recalc(shop)
    # 70 of the usual ones, and two leaves for each.
    done = member_erase(shop, "2901", WHY, dry_run=True)
    assert [str(said) for said in done.said[1:3]] == [
        "70 points lapse on 2026-09-06: nobody can claim them any more.",
        "leaves: 140 points lapse on 2026-09-06: nobody can claim them any more.",
    ]
    assert (done.data["points_lapsing"], done.data["wallet_leaves_lapsing"]) == (70, 140)


def test_whoever_forgets_many_is_told_of_all_their_points(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=3, now=datetime(2026, 9, 5, 6, tzinfo=UTC))
    bought = ((1, "2026-04-05", 70_00), (2, "2026-04-06", 40_00), (3, "2026-09-03", 30_00))
    put_receipts(shop, *(Receipt(f"R{who}", who, day(on), (("tea", paid),)) for who, on, paid in bought))
    recalc(shop)
    with shop.changing() as connection:
        connection.execute("UPDATE member SET name = 'Ana'")
    # Of the first two nothing was heard for four months: 70 + 40.
    done = member_forget(shop, length_of("4m"), WHY, dry_run=True)
    assert [str(said) for said in done.said[:2]] == [
        "2 members are forgotten.",
        "110 points lapse on 2026-09-06: nobody can claim them any more.",
    ]
    assert done.data["points_lapsing"] == 110


def test_through_the_day_they_are_owed_and_from_the_next_on_they_have_lapsed(shop: Shop) -> None:
    until = rows(shop, "liability", "2026-09-01", "2026-09-05")
    assert (until["opening"], until["closing"], until["pending"]) == ((110,), (110,), (30,))
    since = rows(shop, "liability", "2026-09-06", "2026-09-30")
    # 110 - 70 = 40 of Boris; what waited is no more than what could be used.
    assert (since["opening"], since["lapsed"], since["closing"], since["pending"]) == ((110,), (70,), (40,), (0,))


def test_the_books_release_them(shop: Shop) -> None:
    # 110 points of August at 0.10; 30 more of September; all 100 of Ana's go.
    owed = rows(shop, "owed", "2026-09-01", "2026-09-30")
    assert (owed["opening"], owed["deferred"], owed["lapsed"], owed["closing"]) == ((11_00,), (3_00,), (-10_00,), (4_00,))
    assert rows(shop, "points-by-store", "2026-09-01", "2026-09-30")["lapsed"] == (100,)


@pytest.mark.parametrize("name", ["members", "tiers", "ageing", "expiring"])
def test_no_report_of_a_later_day_holds_them(shop: Shop, name: str) -> None:
    wanted = Wanted(as_of=day("2026-09-20"), days=400 if name == "expiring" else None)
    table = report(shop, name, wanted).tables[0]
    place = [column.name for column in table.columns].index("points")
    assert sum(int(str(row[place])) for row in table.rows) == (0 if name == "tiers" else 40)


def test_every_figure_of_the_month_ties_and_the_books_are_proven(shop: Shop) -> None:
    month_close(shop, through="2026-09", accepted=Accepted(without=("all",), open_matters=True))
    for month in ("2026-08", "2026-09"):
        assert not any(differences(month_pack(shop, month)))
    with shop.reading() as connection:
        assert [*pack_differences(connection)] == []
    november = replace(shop, now=datetime(2026, 11, 2, 6, tzinfo=UTC))
    assert recalc(november, everyone=True).data["entries"] == 0


def test_a_debt_is_paid_by_nobody(tmp_path: Path) -> None:
    """30 of 50 points are used, then the goods of all 50 come back: 30 are owed, until who owes them is erased."""
    program = PROGRAM.replace("  usable_after: 5 days\n", "")
    shop = make_shop(tmp_path / "shop", program, members=2, now=datetime(2026, 9, 5, 6, tzinfo=UTC))
    put_receipts(shop, Receipt("R1", 1, day("2026-08-05"), (("tea", 50_00),)))
    with shop.changing() as connection:
        connection.execute(
            "INSERT INTO redemption (member_id, kind, points, amount, day, clock, at, by, key) "
            "VALUES (1, 'points', 30, 0, ?, 50000, '2026-08-06T14:00:00', 'Ola', 'k')",
            (day("2026-08-06"),),
        )
    put_receipts(shop, Receipt("R2", 1, day("2026-08-10"), (("tea", -50_00),), original="R1"))
    recalc(shop)
    assert rows(shop, "liability", "2026-08-01", "2026-08-31")["closing"] == (-30,)
    member_erase(shop, "2901", WHY)
    later = replace(shop, now=datetime(2026, 9, 8, 6, tzinfo=UTC))
    recalc(later)
    september = rows(later, "liability", "2026-09-01", "2026-09-30")
    assert (september["opening"], september["lapsed"], september["closing"]) == ((-30,), (-30,), (0,))
    assert sum(map(int, map(str, rows(later, "points-by-store", "2026-09-01", "2026-09-30")["closing"]))) == 0


@pytest.mark.parametrize(("erased", "paid", "left"), [("2901", 0, (0, 25)), ("2902", 70_00, (110, 0))])
def test_points_of_their_own_of_the_day_go_to_or_from_nobody_in_a_household(
    tmp_path: Path, erased: str, paid: int, left: tuple[int, int]
) -> None:
    """Boris shares Ana's account and has 25 points of his birthday, on which one of them is erased: 70 + 40, or none, are the account's."""
    program = PROGRAM.replace("  usable_after: 5 days\n", "") + "rewards: {birthday: {when: {birthday: on the day}, give: {points: 25}}}\n"
    shop = make_shop(tmp_path / "shop", program, members=2, now=datetime(2026, 9, 1, 6, tzinfo=UTC))
    with shop.changing() as connection:
        connection.execute("UPDATE member SET birthday = '1990-09-05' WHERE id = 2")
    if paid:
        put_receipts(shop, Receipt("R1", 1, day("2026-08-05"), (("tea", paid),)), Receipt("R2", 2, day("2026-08-06"), (("tea", 40_00),)))
    recalc(shop)
    member_household(shop, "2902", "2901", replace(WHY, day=day("2026-09-01")))
    recalc(replace(shop, now=datetime(2026, 9, 5, 6, tzinfo=UTC)))
    member_erase(replace(shop, now=datetime(2026, 9, 5, 6, tzinfo=UTC)), erased, WHY)
    for hour in (6, 7):
        recalc(replace(shop, now=datetime(2026, 9, 6, hour, tzinfo=UTC)))
    later = replace(shop, now=datetime(2026, 9, 8, 6, tzinfo=UTC))
    recalc(later)
    with later.reading() as connection:
        assert tuple(points for (points,) in connection.execute("SELECT points FROM standing ORDER BY member_id")) == left
    assert recalc(later, everyone=True).data["entries"] == 0


def had_by(shop: Shop, card: str, asset: str) -> list[int]:
    """Who holds an asset by the books after a card's member is erased, and two nights."""
    member_erase(shop, card, WHY)
    for hour in (6, 7):
        recalc(replace(shop, now=datetime(2026, 9, 8, hour, tzinfo=UTC)))
    assert recalc(replace(shop, now=datetime(2026, 9, 9, 6, tzinfo=UTC)), everyone=True).data["entries"] == 0
    with shop.reading() as connection:
        held = "SELECT member_id FROM ledger JOIN asset ON asset.id = asset_id WHERE asset.name = ? GROUP BY 1 HAVING sum(quantity) > 0"
        return [member for (member,) in connection.execute(held, (asset,))]


@pytest.mark.parametrize(("erased", "back", "left"), [("2902", True, [3]), ("2901", False, [1])])
def test_a_place_is_kept_by_who_is_erased_and_goes_to_nobody_who_is(tmp_path: Path, erased: str, back: bool, left: list[int]) -> None:
    """Of three the first has the only place. Once its goods come back the next has it, unless that one is erased."""
    program = PROGRAM + "rewards: {first: {when: {one_purchase: 50.00}, give: {badge: first}, in_all: 1}}\n"
    shop = make_shop(tmp_path / "shop", program, members=3, now=datetime(2026, 9, 5, 6, tzinfo=UTC))
    put_receipts(shop, *(Receipt(f"R{who}", who, day(f"2026-08-0{who}"), (("tea", 60_00),)) for who in (1, 2, 3)))
    recalc(shop)
    if back:
        put_receipts(shop, Receipt("B1", 1, day("2026-09-05"), (("tea", -60_00),), original="R1"))
    assert had_by(shop, erased, "badge:first") == left


def test_who_brought_them_keeps_what_that_gave(tmp_path: Path) -> None:
    program = PROGRAM + "rewards: {friend: {when: {friend_buys: {at_least: 50.00, settled_after: 2 days}}, give: {badge: host}}}\n"
    shop = make_shop(tmp_path / "shop", program, members=2, now=datetime(2026, 9, 5, 6, tzinfo=UTC))
    with shop.changing() as connection:
        connection.execute("UPDATE member SET referred_by = '2901' WHERE id = 2")
    put_receipts(shop, Receipt("R1", 1, day("2026-08-01"), (("tea", 60_00),)), Receipt("R2", 2, day("2026-08-02"), (("tea", 60_00),)))
    recalc(shop)
    assert had_by(shop, "2902", "badge:host") == [1]
