"""The accountant's pack of a month, and what is owed for points, over shops worked by hand and stories made up by chance."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.books.expected_use import Expected
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.books import books_export
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.stores.change import store_rename
from loyalty_cli.render.look import Look
from loyalty_cli.render.xlsx import render
from loyalty_cli.reports.kept_packs import pack_differences
from loyalty_cli.store import months
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold
from tests.operations.test_returns_by_reckoning import HEADER
from tests.operations.test_returns_by_reckoning import rows_of
from tests.operations.test_returns_by_reckoning import use_points
from tests.replay.any_member import FIRST
from tests.replay.reckoning import Back
from tests.replay.reckoning import in_pieces
from tests.replay.reckoning import Line
from tests.replay.reckoning import Rule
from tests.replay.reckoning import Sale
from tests.replay.reckoning import stories
from tests.replay.reckoning import Story

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.operations.open_shop import Shop
    from tests.operations.small_shop import SmallShop

DEFERRAL = "books:\n  policy: deferral\n  expected_use: 80%\n"
EVERYTHING = Accepted(without=("all",), open_matters=True)


def tables_of(outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    return {table.name: [dict(zip([c.name for c in table.columns], row)) for row in table.rows] for table in outcome.tables}


def differences(outcome: Outcome) -> list[Any]:
    tables = tables_of(outcome)
    return [row["difference"] for name in ("ties", "ties-in-money") for row in tables[name]]


def closing_total(table: Table) -> Cell:
    totals = table.totals()
    assert totals is not None
    return totals[[column.name for column in table.columns].index("closing")]


@pytest.fixture
def september(there: SmallShop) -> SmallShop:
    """Ana buys for 50.00 and Boris for 120.00 in September, Ana for 20.00 in October; what is owed is deferred."""
    program = there.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8") + DEFERRAL, encoding="utf-8")
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00"), sold(2, "2026-09-11 10:00", BORIS, "120.00")])
    there.export("market-10.csv", [sold(3, "2026-10-02 10:00", ANA, "20.00")])
    adopt_program(there.shop, from_day=None, by="")
    nightly(there.shop)
    return there


def test_the_pack_has_every_figure_and_each_ties_to_another(september: SmallShop) -> None:
    pack = month_pack(september.shop, "2026-09")
    tables = tables_of(pack)
    assert set(differences(pack)) == {0}
    # 170 points at 0.05, 80 % expected: 6.80 beside 170.00 sold: 170.00 x 6.80 / 176.80 = 6.538.
    assert tables["owed"] == [
        {
            **dict.fromkeys(("used", "lapsed", "taken_back", "other", "estimate", "restated"), 0),
            "month": "2026-09",
            "store": "Market",
            "opening": 0,
            "deferred": 654,
            "closing": 654,
        }
    ]
    assert tables["points-by-store"][0]["closing"] == 170
    # Within one month all stores together close with something; over several months they close with nothing that could be summed.
    assert {closing_total(table) for table in pack.tables if table.name in {"points-by-store", "points-by-tier"}} == {170}
    assert closing_total(report(september.shop, "points-by-store", Wanted()).tables[0]) is None
    # A point of September lapses when twelve months are over.
    assert [(row["lapse_in"], row["points"]) for row in tables["ageing"]] == [("2027-09", 170)]
    assert tables["coupon-register"] == []
    files = {row["value"]: row["rows"] for row in tables["control"] if row["what"] == "file"}
    assert files == {}
    assert tables_of(month_pack(september.shop, "2026-10"))["control"][-1]["what"] == "proof"


def test_a_store_that_gets_another_name_goes_on_with_what_it_closed(september: SmallShop) -> None:
    """654 are owed at the Market's close, and Rynek, which it is called then, opens with them: nothing is restated."""
    month_close(september.shop, "2026-09", accepted=EVERYTHING)
    later = september.at("2026-11-05T10:00")
    store_rename(later, "Market", "Rynek", by="Ewa")
    recalc(later)
    (row,) = (each for each in tables_of(month_pack(later, "2026-10"))["owed"] if each["month"] == "2026-10")
    # 190 points, 80 % expected, beside 190.00 sold: 20.00 x 0.80 / 20.80 = 0.769 more; 6.538 + 0.769 = 7.307.
    assert (row["store"], row["opening"], row["deferred"], row["restated"], row["closing"]) == ("Rynek", 654, 77, 0, 731)
    month_close(later, "2026-10", accepted=EVERYTHING)
    with later.reading() as connection:
        assert list(pack_differences(connection)) == []


def test_a_closed_month_shows_for_ever_what_it_kept(september: SmallShop) -> None:
    month_close(september.shop, "2026-09", accepted=EVERYTHING)
    kept = month_pack(september.shop, "2026-09")
    before = render(kept, Look(language="pl", made_at=datetime(2026, 10, 5, tzinfo=UTC)))
    late = september.export("market-late.csv", [sold(9, "2026-09-20 10:00", ANA, "30.00")])
    import_purchases(september.shop, [str(late)], store="Market")
    program = september.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8").replace("80%", "50%"), encoding="utf-8")
    adopt_program(september.shop, from_day=None, by="")
    recalc(september.shop)
    later = september.at("2026-11-20T10:00")
    again = month_pack(later, "2026-09")
    assert again.tables == kept.tables
    assert again.made_at == kept.made_at != ""
    assert render(again, Look(language="pl", made_at=datetime(2026, 10, 5, tzinfo=UTC))) == before
    worked_out: list[int] = []
    ageing = report(later, "ageing", Wanted(as_of=day_from_iso("2026-09-30")), begun=worked_out.append)
    assert worked_out == []
    assert [row["points"] for row in tables_of(ageing)["ageing"]] == [170]
    assert str(ageing.tables[0].basis) == "At the end of 2026-09-30, as the month was closed."
    # Of no other day anything was kept: the late 30 points are of September 20.
    ageing = report(later, "ageing", Wanted(as_of=day_from_iso("2026-09-29")))
    assert [row["points"] for row in tables_of(ageing)["ageing"]] == [200]
    assert str(ageing.tables[0].basis) == "At the end of 2026-09-29, by what is known now."
    october = month_pack(later, "2026-10")
    assert set(differences(october)) == {0}
    # 80 % stays true of September; October's first day catches up: 50 % of 170 points are expected now. Nothing was
    # used, so nothing of what is deferred changes. The late 30.00 and its points belong to October, as booked.
    assert [row["opening"] for row in tables_of(october)["owed"]] == [654]
    assert tables_of(october)["late"] == [{"of_month": "2026-09", "asset": "points", "entries": 1, "more": 30, "less": 0}]


def test_a_month_closed_in_an_older_form_is_no_changed_one(september: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(months, "month_rows", partial(months.month_rows, form=1))
        month_close(september.shop, "2026-09", accepted=EVERYTHING)
    # The first form has the entries' numbers in it, the present one has not: the month keeps the hash that it was closed with.
    with september.shop.reading() as connection:
        (closed,) = months.closed_months(connection)
        assert months.form_of(connection, closed, *span_of_month("2026-09")) == 1
    assert changed_before(september) == 0
    assert check(september.shop).exit_code == ExitCode.OK
    # One point more on an entry of Ana's, and it is told.
    september.change("UPDATE ledger SET quantity = 51 WHERE id = 1")
    assert changed_before(september) == 1


def changed_before(there: SmallShop) -> int:
    """What October's control page says of the months before it."""
    (row,) = (row for row in tables_of(month_pack(there.shop, "2026-10"))["control"] if row["what"] == "months before that changed")
    return int(row["rows"])


def test_points_used_today_wait_for_the_night_in_the_pack_of_an_open_month_too(september: SmallShop) -> None:
    """Ana's 70 points through the 4th; 10 of them are used on the 5th, which is booked in the night."""
    redeem_points(september.shop, ANA, 10, AtTheTill(store="Market"))
    pack = month_pack(september.shop, "2026-10")
    assert set(differences(pack)) == {0}
    assert sum(row["points"] for row in tables_of(pack)["ageing"]) == 190


def test_an_open_month_says_so_and_one_to_come_is_refused(september: SmallShop) -> None:
    assert "2026-10 is not closed" in str(month_pack(september.shop, "2026-10").warnings[0])
    with pytest.raises(LoyaltyError, match="2026-11 has not begun"):
        month_pack(september.shop, "2026-11")


def test_a_pack_holds_nobodys_name(september: SmallShop) -> None:
    month_close(september.shop, "2026-09", accepted=EVERYTHING)
    text = str(september.ask("SELECT pack FROM month_books"))
    assert ANA not in text
    assert BORIS not in text


def test_a_program_that_books_nothing_says_how_to_begin(there: SmallShop) -> None:
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00")])
    nightly(there.shop)
    with pytest.raises(LoyaltyError, match="Nothing is booked") as caught:
        books_export(there.shop)
    assert "policy: deferral" in str(caught.value.hint)
    assert "policy: memo" in str(report(there.shop, "owed", Wanted()).tables[0].notes[0])


def at(shop: Shop, month: str) -> Shop:
    """The shop on the fourth day after a month."""
    return replace(shop, now=datetime.combine(date_of(span_of_month(month)[1] + 4), datetime.min.time(), UTC))


PLAIN = Rule("amount", Fraction(1), 100, (), 0, 1_000_000_000)
# Goods that nobody has bought by the end of January come back in it: the member owes points then, and no more later.
OWED_AT_FIRST = Story(
    (PLAIN,),
    "down",
    (),
    (Sale(20, (Line(1, 4_556, 1_000),), 0, 0), Sale(178, (Line(1, 2_202, 1_000),), 0, 0)),
    (Back(0, 34, (300, 0, 0, 0), False), Back(0, 1, (300, 0, 0, 0), False)),
    "add",
    (1_000_000_000,) * 3,
)


@settings(max_examples=8)
@given(
    story=stories.map(in_pieces),
    late=st.integers(0, 6),
    policy=st.sampled_from(("deferral", "provision")),
    use=st.sampled_from(("estimated", "0%", "63%", "100%")),
)
@example(story=OWED_AT_FIRST, late=2, policy="deferral", use="estimated")
def test_every_month_of_any_story_ties_to_nothing_and_closed_ones_stay(story: Story, late: int, policy: str, use: str) -> None:
    """Some receipts come after their months were closed; the estimate changes when the last month is open."""
    rows = rows_of(story)
    program = story.program() + f"\nbooks: {{policy: {policy}, expected_use: {use}}}\n"
    with tempfile.TemporaryDirectory() as folder:
        shop = shop_in(Path(folder) / "shop", program)
        taken_in(shop, export(shop, "till.csv", *rows[late:], header=HEADER))
        if not rows[late:]:
            return
        months = sorted({month_of(FIRST + day) for day in range(0, 300, 20)})
        shop = at(shop, months[-1])
        recalc(shop, as_of=FIRST + 300)
        closed: dict[str, Any] = {}
        for month in months[:3]:
            try:
                month_close(shop, month, accepted=EVERYTHING)
            except LoyaltyError:
                continue
            closed[month] = month_pack(shop, month).tables
        if rows[:late]:
            taken_in(shop, export(shop, "late.csv", *rows[:late], header=HEADER))
        use_points(shop, story)
        recalc(shop, as_of=FIRST + 300, everyone=True)
        for month in (*closed, months[-2], months[-1]):
            pack = month_pack(shop, month)
            assert set(differences(pack)) == {0}, (month, iso(FIRST))
            if month in closed:
                assert pack.tables == closed[month]
        with shop.reading() as connection:
            assert list(pack_differences(connection)) == []


def test_a_release_that_estimates_otherwise_changes_no_closed_month(september: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a month took for true stays: after it the new estimate is caught up in the first month that is open."""
    program = september.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8").replace("80%", "estimated"), encoding="utf-8")
    adopt_program(september.shop, from_day=None, by="")
    month_close(september.shop, "2026-09", accepted=EVERYTHING)
    later = september.at("2026-11-03T10:00")
    recalc(later)
    # All 170 points at 0.05 beside 170.00: 170.00 x 8.50 / 178.50 = 8.10 (8.095)
    assert tables_of(month_pack(later, "2026-09"))["owed"][0]["closing"] == 810
    monkeypatch.setattr("loyalty_cli.reports.ledger.use.expected", lambda *_: Expected(0.5, 0.4, 0.6))
    month_close(later, "2026-10", accepted=EVERYTHING)
    (row,) = tables_of(month_pack(later, "2026-10"))["owed"]
    assert row["opening"] == 810
    with later.reading() as connection:
        assert list(pack_differences(connection)) == []


def test_points_lapse_as_at_the_months_end_though_a_later_purchase_that_brings_none_has_put_it_off(tmp_path: Path) -> None:
    there = small_shop(tmp_path / "shop", adopted=False)
    text = (there.folder / "program.yaml").read_text(encoding="utf-8")
    text = text.replace("lapse_after: 12 months", "lapse_without_purchase: 3 months").replace("for_every: 1.00", "for_every: 10.00")
    (there.folder / "program.yaml").write_text(text, encoding="utf-8")
    recalc(there.shop)
    there.export("market-1.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00"), sold(2, "2026-10-02 10:00", ANA, "5.00")])
    nightly(there.shop)
    # The 5 points of 10 September lapse after 10 December; 5.00 on 2 October brings no point, and they lapse after 2 January.
    ageing = tables_of(month_pack(there.shop, "2026-09"))["ageing"]
    assert [(row["lapse_in"], row["points"]) for row in ageing] == [("2026-12", 5)]


def test_a_kept_pack_whose_figures_do_not_hold_is_told(september: SmallShop) -> None:
    month_close(september.shop, "2026-09", accepted=EVERYTHING)
    november = september.at("2026-11-03T10:00")
    nightly(november)
    month_close(november, "2026-10", accepted=EVERYTHING)
    with november.changing(dry_run=True) as connection:
        # 654 is what is owed at the end of September.
        connection.execute("UPDATE month_books SET pack = replace(pack, ',654]', ',655]') WHERE month = '2026-09'")
        assert list(pack_differences(connection)) == [("2026-10", "owed does not open as the month before closed")]
