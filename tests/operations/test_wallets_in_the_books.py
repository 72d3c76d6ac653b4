"""Points of wallets are owed as the shop's own are, at what they pay: worked by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.operations.books import books_export
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.reports.kept_packs import pack_differences
from loyalty_cli.store.packs import kept_pack
from tests.books.by_other_programs import by_beancount
from tests.books.by_other_programs import ours
from tests.operations.test_month_pack import differences
from tests.operations.test_month_pack import EVERYTHING
from tests.operations.test_month_pack import tables_of
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
    tea: {points: 1, for_every: 2.00, only: {categories: [tea]}, into: bonus}
  one_point_pays: 0.05
  wallets: {bonus: {lapse_after: 31 days, one_point_pays: 0.10}}
books: {policy: POLICY, expected_use: 80%}
"""


def owed_in(shop: Shop, month: str) -> dict[str, int]:
    """The one row of what is owed for points in a month; every figure of its pack ties to another."""
    pack = month_pack(shop, month)
    assert set(differences(pack)) == {0}
    tables: Any = tables_of(pack)
    (row,) = tables["owed"]
    return {name: row[name] for name in ("opening", "deferred", "used", "lapsed", "closing", "restated") if row[name]}


def test_a_wallet_takes_its_part_of_the_sale_is_used_and_lapses(tmp_path: Path) -> None:
    """200.00 for tea on 20 December: 200 points at 0.05 x 80 % = 8.00, 100 of the wallet at 0.10 x 80 % = 8.00, goods 200.00: 216.00.

    Each kind takes 200 x 8 / 216 = 7.41 (7.407). 40 of the wallet's, of 80 that are expected to be, are used on 10 January: 3.71
    (7.41 x 40 / 80 = 3.705). The other 60 lapse with 20 January, after their 31 days: the rest, 3.70.
    """
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("POLICY", "deferral"))
    put_receipts(shop, Receipt("A1", 1, day("2026-12-20"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-31"))
    assert owed_in(shop, "2026-12") == {"deferred": 1_482, "closing": 1_482}
    month_close(shop, "2026-12", accepted=EVERYTHING)
    redeem_points(shop, "2901", 40, AtTheTill(day=day("2027-01-10")), wallet="bonus")
    recalc(shop, as_of=day("2027-01-31"))
    assert owed_in(shop, "2027-01") == {"opening": 1_482, "used": -371, "lapsed": -370, "closing": 741}
    export = books_export(shop)
    assert by_beancount(export.journal, export.currency) == ours(export.journal)


def test_what_a_wallet_paid_when_a_month_was_closed_stays(tmp_path: Path) -> None:
    """14.82 of December, as above; from January on a point of the wallet pays twice as much."""
    text = PROGRAM.replace("POLICY", "deferral")
    shop = make_shop(tmp_path / "shop", text)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-20"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-31"))
    month_close(shop, "2026-12", accepted=EVERYTHING)
    shop.program.write_text(text.replace("one_point_pays: 0.10", "one_point_pays: 0.20"), encoding="utf-8")
    adopt_program(shop, from_day=day("2027-01-01"), by="Ewa")
    recalc(shop, as_of=day("2027-01-15"))
    assert owed_in(shop, "2027-01") == {"opening": 1_482, "closing": 1_482}


def test_a_closed_month_keeps_what_a_wallet_paid_also_where_another_worth_is_adopted_for_its_days(tmp_path: Path) -> None:
    """100 points of the wallet at 0.10 in December, as it was closed; a version of January says 0.20 from 1 December on."""
    text = PROGRAM.replace("POLICY", "provision")
    shop = make_shop(tmp_path / "shop", text)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-20"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-31"))
    month_close(shop, "2026-12", accepted=EVERYTHING)
    later = replace(shop, now=shop.now + timedelta(days=1))
    later.program.write_text(text.replace("one_point_pays: 0.10", "one_point_pays: 0.20"), encoding="utf-8")
    adopt_program(later, from_day=day("2026-12-01"), by="Ewa")
    recalc(later, as_of=day("2027-01-15"))
    rows = tables_of(report(later, "liability", Wanted()))["liability"]
    assert [(row["month"], row["closing_worth"]) for row in rows if row["wallet"]][:2] == [("2026-12", 10_00), ("2027-01", 20_00)]
    lapsing = tables_of(report(shop, "expiring", Wanted(as_of=day("2026-12-31"))))["expiring"]
    assert [(row["lapsing"], row["worth"]) for row in lapsing if row["wallet"]] == [(100, 10_00)]
    # 80 % of 200 x 0.05 and of 100 x 0.10; then of 100 x 0.20. Nothing is to be restated.
    assert owed_in(later, "2027-01") == {"opening": 16_00, "closing": 24_00}


def test_a_worth_of_today_is_not_that_of_the_month_that_ended_yesterday(tmp_path: Path) -> None:
    """Adopted on 1 January, before that day was reckoned: December is owed at 80 % of 200 x 0.05 and of 100 x 0.10, closed or not."""
    text = PROGRAM.replace("POLICY", "provision")
    shop = replace(make_shop(tmp_path / "shop", text), now=datetime(2027, 1, 1, 9, tzinfo=UTC))
    put_receipts(shop, Receipt("A1", 1, day("2026-12-20"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-31"))
    dearer = text.replace("one_point_pays: 0.10", "one_point_pays: 0.20").replace("one_point_pays: 0.05", "one_point_pays: 0.15")
    shop.program.write_text(dearer, encoding="utf-8")
    adopt_program(shop, from_day=None, by="Ewa")
    before = month_pack(shop, "2026-12").tables
    assert owed_in(shop, "2026-12") == {"deferred": 16_00, "closing": 16_00}
    month_close(shop, "2026-12", accepted=EVERYTHING)
    for name in ("liability", "ageing", "owed", "points-by-tier"):
        then, now = (next(each.rows for each in tables if each.name == name) for tables in (before, month_pack(shop, "2026-12").tables))
        assert then == now, name


@pytest.mark.parametrize(("policy", "owed"), [("deferral", 14_82), ("provision", 16_00)])
def test_a_month_that_is_over_keeps_what_points_were_worth_at_its_end(tmp_path: Path, policy: str, owed: int) -> None:
    """Since January points pay more, those of the wallet and the shop's own; December is closed after that."""
    text = PROGRAM.replace("POLICY", policy)
    shop = make_shop(tmp_path / "shop", text)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-20"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-31"))
    dearer = text.replace("one_point_pays: 0.10", "one_point_pays: 0.20").replace("one_point_pays: 0.05", "one_point_pays: 0.15")
    shop.program.write_text(dearer, encoding="utf-8")
    adopt_program(shop, from_day=day("2027-01-01"), by="Ewa")
    recalc(shop, as_of=day("2027-01-15"))
    assert owed_in(shop, "2026-12") == {"deferred": owed, "closing": owed}
    month_close(shop, "2026-12", accepted=EVERYTHING)
    assert owed_in(shop, "2026-12") == {"deferred": owed, "closing": owed}
    # 200 points at 0.05, then at 0.15; 100 of the wallet at 0.10, then at 0.20.
    pages = report(shop, "liability", Wanted())
    liability = {(row["month"], row["wallet"]): row["closing_worth"] for row in tables_of(pages)["liability"]}
    assert [liability[month, wallet] for month in ("2026-12", "2027-01") for wallet in ("", "bonus")] == [10_00, 10_00, 30_00, 20_00]
    said = "100 points of the wallet bonus count as 20.00 PLN; through 2026-12 as they did at the end of each month."
    assert said in map(str, pages.tables[0].notes)
    # The points are as old as they are, and worth what they were.
    for ageing in (month_pack(shop, "2026-12"), report(shop, "ageing", Wanted(as_of=day("2026-12-31")))):
        assert [(row["points"], row["worth"]) for row in tables_of(ageing)["ageing"]] == [(200, 10_00), (100, 10_00)]


def test_a_wallet_is_provided_for(tmp_path: Path) -> None:
    # 200 x 0.05 x 80 % = 8.00 and 100 x 0.10 x 80 % = 8.00.
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("POLICY", "provision"))
    put_receipts(shop, Receipt("A1", 1, day("2026-12-20"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-31"))
    assert owed_in(shop, "2026-12") == {"deferred": 1_600, "closing": 1_600}


def test_every_report_on_points_has_rows_of_each_wallet(tmp_path: Path) -> None:
    """200.00 for tea: 200 points at 0.05 and 100 of the wallet at 0.10, of which 30 are used in another store; 70 lapse in January."""
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("POLICY", "provision"))
    with shop.changing() as connection:
        connection.execute("INSERT INTO store (id, name) VALUES (2, 'Station')")
    put_receipts(shop, Receipt("A1", 1, day("2026-12-20"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-30"))
    redeem_points(shop, "2901", 30, AtTheTill(day=day("2026-12-31"), store="Station"), wallet="bonus")
    recalc(shop, as_of=day("2026-12-31"))
    expected: dict[str, list[tuple[Any, ...]]] = {
        "points-by-store": [
            ("2026-12", "Market", 0, 200, 0, 0, 0, 0, 200, 10_00, ""),
            ("2026-12", "Market", 0, 100, 30, 0, 0, 0, 70, 7_00, "bonus"),
        ],
        "points-by-tier": [
            ("2026-12", "", 0, 200, 0, 0, 0, 0, 0, 200, 10_00, ""),
            ("2026-12", "", 0, 100, 30, 0, 0, 0, 0, 70, 7_00, "bonus"),
        ],
        "cohorts": [
            ("2026-12", 200, 0, 0, 200, 0, 100_00, 0, 100_00, ""),
            ("2026-12", 100, 30, 0, 70, 30_00, 100_00, 30_00, 100_00, "bonus"),
        ],
        "ageing": [(None, 1, 200, 10_00, ""), ("2027-01", 1, 70, 7_00, "bonus")],
        "between-stores": [("2026-12", "Market", "Station", 30, 3_00, "bonus")],
    }
    # As they were for the month of December, too, and with every tie; closed, they stay so whatever comes to light later.
    assert owed_in(shop, "2026-12") == {"deferred": 16_00, "used": -3_00, "closing": 13_00}
    month_close(shop, "2026-12", accepted=EVERYTHING)
    put_receipts(shop, Receipt("late", 2, day("2026-12-21"), (("tea", 40_00),)))
    recalc(shop, as_of=day("2027-01-31"))
    december = Wanted(first=day("2026-12-01"), last=day("2026-12-31"))
    for name, rows in expected.items():
        wanted = Wanted(as_of=day("2026-12-31")) if name in {"ageing", "cohorts"} else december
        for shown in (month_pack(shop, "2026-12"), report(shop, name, wanted)):
            assert [each.rows for each in shown.tables if each.name == name] == [rows], name
    # 20 came late to the wallet and lapsed with the 70 of it.
    january = report(shop, "points-by-store", Wanted(first=day("2027-01-01"), last=day("2027-01-31"))).tables[0].rows
    assert january[1] == ("2027-01", "Market", 70, 20, 0, 90, 0, 0, 0, 0, "bonus")
    month_close(shop, "2027-01", accepted=EVERYTHING)
    with shop.reading() as connection:
        assert list(pack_differences(connection)) == []
    # An earlier release kept no wallets: the shop's own points still open as they closed, in each store and tier.
    without_wallets(shop, "2026-12", closing=0)
    with shop.reading() as connection:
        assert list(pack_differences(connection)) == []
    without_wallets(shop, "2026-12", closing=1)
    with shop.reading() as connection:
        found = {detail for month, detail in pack_differences(connection) if month == "2027-01"}
        assert found == {f"points-by-{name} does not open as the month before closed" for name in ("store", "tier")}


def without_wallets(shop: Shop, month: str, *, closing: int) -> None:
    """The pack of a closed month as an earlier release would have kept it, with some points more at its end."""
    with shop.changing() as connection:
        tables = json.loads(kept_pack(connection, month))
        for table in tables:
            names = [column[0] for column in table["columns"]]
            if table["name"] not in {"points-by-store", "points-by-tier"}:
                continue
            rows = [dict(zip(names, row, strict=True)) for row in table["rows"]]
            own = [row | {"closing": row["closing"] + closing} for row in rows if not row.pop("wallet", "")]
            table["columns"] = [column for column in table["columns"] if column[0] != "wallet"]
            table["rows"] = [[row[name] for name in names if name != "wallet"] for row in own]
        connection.execute("UPDATE month_books SET pack = ? WHERE month = ?", (json.dumps(tables), month))


def test_the_dashboard_and_the_forecast_have_the_points_of_wallets(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("POLICY", "provision"))
    put_receipts(shop, Receipt("A1", 1, day("2026-12-02"), (("tea", 200_00),)), Receipt("A2", 1, day("2026-12-31"), (("bread", 50),)))
    recalc(shop, as_of=day("2026-12-31"))
    page = report(shop, "dashboard", Wanted()).dashboard
    assert page is not None
    # 200 x 0.05 and 100 of the wallet x 0.10 are 10.00 each.
    assert (page.figures[-1].value, page.table.rows[-1][-2:]) == (Money(20, "PLN", 0), (300, 20_00))
    owed = next(picture for picture in page.pictures if picture.table.name == "owed_for_points")
    assert isinstance(owed.drawn, Chart)
    assert (owed.drawn.unit, set(owed.drawn.series[0].values)) == ("money", {20_00})
    assert {row[-3:] for row in owed.table.rows} == {(200, 10_00, ""), (100, 10_00, "bonus")}
    (table,) = report(shop, "forecast", Wanted()).tables
    # 100 a month of the only month there is; what is held stays, for no month has told otherwise. The 100 of 2 December last 31 days.
    assert [(row[0], row[3], row[6]) for row in table.rows if row[1:3] == ("bonus", "2027-03")] == [
        ("points earned", 300, None),
        ("points owed at the end", 100, None),
        ("liability at the end", None, 10_00),
    ]
    assert str(table.notes[0]) == "Of the points in the wallet bonus, 100 lapse through 2027-03 unless they are used before."
