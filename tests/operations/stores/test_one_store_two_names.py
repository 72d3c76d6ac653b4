"""The same receipts under another name of the store: asked about, never counted twice, and mended by one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.imports.reconcile import import_reconcile
from loyalty_cli.operations.imports.reconcile import Typed
from loyalty_cli.operations.imports.redemptions import import_redemptions
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.stores.change import store_merge
from loyalty_cli.operations.stores.change import store_rename
from loyalty_cli.store.stores.names import known_stores
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

RULES = """\
nightly: [import, recalc]
points: {earn: {basic: {points: 1, for_every: 1.00}}, one_point_pays: 0.10}
coupons: {gift: {worth: 10.00, valid_for: 300 days, issue_within: 20 years}}
rewards: {r: {when: {one_purchase: 100.00}, give: {coupon: gift}}}
"""
HEADER = "date,time,receipt,card,amount"
# 100.00 + 50.00 of one card; a point for each zloty, and a coupon for 100.00.
ROWS = ("2026-03-02,10:00:00,1,2900001,100.00", "2026-03-03,11:00:00,2,2900001,50.00")
OTHERS = ("2026-03-02,10:05:00,1,2900002,30.00", "2026-03-03,11:00:00,2,,50.00")


def shop_of(folder: Path, stores: str = "") -> Shop:
    return shop_in(folder, PROGRAM + RULES + stores)


def file(shop: Shop, name: str, *rows: str) -> str:
    return export(shop, name, *rows, header=HEADER)


def name_store(shop: Shop, stores: str) -> None:
    shop.program.write_text(PROGRAM + RULES + stores, encoding="utf-8")


def live(shop: Shop) -> list[tuple[object, ...]]:
    return asked(shop, "SELECT s.name, r.number, r.total FROM receipt r JOIN store s ON s.id = r.store_id WHERE gone = 0 ORDER BY 1, 2")


def known_to(shop: Shop) -> list[str]:
    with shop.reading() as connection:
        return known_stores(connection)


def points(shop: Shop) -> list[tuple[object, ...]]:
    recalc(shop)
    return asked(shop, "SELECT number, points FROM standing JOIN card USING (member_id) ORDER BY 1")


def test_a_store_that_gets_its_first_name_is_asked_about_at_night_and_nothing_is_counted_twice(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    taken_in(shop, file(shop, "sales-1.csv", *ROWS))
    name_store(shop, "stores: {Market: {files: sales*.csv}}\n")
    night = nightly(shop)
    assert night.exit_code == 22
    said = [str(warning) for warning in night.warnings]
    assert "sales-1.csv is of store Market; the receipts so far came without a store and are kept under main." in said
    assert any("loyalty store rename main Market" in warning for warning in said)
    assert points(shop) == [("2900001", 150)]
    store_rename(shop, "main", "Market", by="Ola")
    assert nightly(shop).exit_code == 0
    assert live(shop) == [("Market", "1", 10_000), ("Market", "2", 5_000)]
    assert points(shop) == [("2900001", 150)]
    assert check(shop, full=True).exit_code == 0


def test_the_same_file_for_another_store_is_refused_with_both_ways_out(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "stores: {North: {}, South: {}}\n")
    # The date and the amount alone tell no receipts apart, the same bytes do.
    bare = file(shop, "a.csv", "2026-03-02,00:00:00,1,,10.00")
    taken_in(shop, bare, store="North")
    with pytest.raises(ExportRefused) as refused:
        taken_in(shop, bare, store="South")
    assert str(refused.value) == ("a.csv: 1 of 1 receipts of store South are in already, under store North; they would count twice.")
    assert "loyalty store rename North South" in str(refused.value.hint)
    assert "--another-store" in str(refused.value.hint)
    assert len(live(shop)) == 1
    assert taken_in(shop, bare, store="South", another_store=True)["imported"] == 1


def test_a_file_of_mostly_known_receipts_for_another_store_is_refused(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "stores: {North: {}, South: {}}\n")
    taken_in(shop, file(shop, "a.csv", *ROWS), store="North")
    new = "2026-03-04,12:00:00,3,2900001,20.00"
    with pytest.raises(ExportRefused, match="2 of 3 receipts of store South"):
        taken_in(shop, file(shop, "b.csv", *ROWS, new), store="South")
    # A file that names the stores itself is looked at as well.
    rows = [row.replace(",1,", ",South,1,").replace(",2,", ",South,2,") for row in ROWS]
    with pytest.raises(ExportRefused, match="2 of 2 receipts of store South"):
        taken_in(shop, export(shop, "c.csv", *rows, header="date,time,store,receipt,card,amount"))


@pytest.mark.parametrize(("seconds", "card", "refused"), [("00", "", False), ("07", "", True), ("00", "2900001", True)])
def test_few_receipts_that_are_alike_to_the_minute_are_of_two_tills(tmp_path: Path, seconds: str, card: str, refused: bool) -> None:
    shop = shop_of(tmp_path, "stores: {North: {}, South: {}}\n")
    # A roll for 2.00 each: the first three of 20 days are bought in the same minute in both stores.
    rows = [f"2026-03-{day:02},10:{day:02}:{seconds},{day},{card},2.00" for day in range(1, 21)]
    others = [f"2026-03-{day:02},11:{day:02}:{seconds},{day},{card},2.00" for day in range(4, 21)]
    taken_in(shop, file(shop, "a.csv", *rows), store="North")
    south = file(shop, "b.csv", *rows[:3], *others)
    if refused:
        with pytest.raises(ExportRefused, match="3 of 20 receipts of store South"):
            taken_in(shop, south, store="South")
    else:
        assert taken_in(shop, south, store="South")["imported"] == 20


@pytest.mark.parametrize(("known", "refused"), [(1, False), (2, False), (3, True), (4, True)])
def test_a_file_that_grows_is_asked_about_under_another_store_though_most_of_it_is_new(tmp_path: Path, known: int, refused: bool) -> None:
    shop = shop_of(tmp_path, "stores: {North: {}, South: {}}\n")
    rows = [f"2026-03-{day:02},1{day % 10}:07:09,{day},2900001,{day}.00" for day in range(1, 21)]
    taken_in(shop, file(shop, "a.csv", *rows[:known]), store="North")
    grown = file(shop, "b.csv", *rows)
    if refused:
        # Of 20 receipts 3 or 4 are the same to the second: no two tills have that by chance.
        with pytest.raises(ExportRefused, match=f"{known} of 20 receipts of store South"):
            taken_in(shop, grown, store="South")
    assert taken_in(shop, grown, store="South", another_store=True)["imported"] == 20


def test_two_stores_whose_tills_count_from_one_are_two_stores(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "stores: {North: {}, South: {}}\n")
    taken_in(shop, file(shop, "a.csv", *ROWS), store="North")
    assert taken_in(shop, file(shop, "b.csv", *OTHERS), store="South")["imported"] == 2
    # Without a time and a card a number, a day and an amount can be the same by chance.
    ticket = "2026-03-05,00:00:00,9,,10.00"
    assert taken_in(shop, file(shop, "c.csv", ticket), store="North")["imported"] == 1
    assert taken_in(shop, file(shop, "d.csv", ticket, ""), store="South")["imported"] == 1


def test_a_file_that_was_taken_back_comes_in_for_the_right_store(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "stores: {North: {}, South: {}}\n")
    taken_in(shop, file(shop, "a.csv", *ROWS), store="North")
    import_revert(shop, 1)
    assert taken_in(shop, file(shop, "a.csv", *ROWS), store="South")["imported"] == 2


def test_without_a_store_the_only_one_is_taken_and_of_several_one_must_be_named(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    taken_in(shop, file(shop, "a.csv", *ROWS), store="North")
    taken_in(shop, file(shop, "b.csv", "2026-03-04,10:00:00,3,2900001,1.00"))
    assert {store for store, _, _ in live(shop)} == {"North"}
    taken_in(shop, file(shop, "c.csv", *OTHERS), store="South", another_store=True)
    with pytest.raises(ExportRefused) as refused:
        taken_in(shop, file(shop, "d.csv", "2026-03-05,10:00:00,3,2900001,1.00"))
    assert "--store North, --store South" in str(refused.value)


def test_a_file_whose_rows_name_their_stores_makes_no_store_of_its_own(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    taken_in(shop, export(shop, "both.csv", "2026-03-02,10:00:00,Market,1,2900001,tea,1,100.00"))
    assert known_to(shop) == ["Market"]
    # The only one there is, as for any file that says none: receipts 1 and 2 are of Market.
    taken_in(shop, file(shop, "more.csv", *ROWS[1:]))
    assert [store for store, _, _ in live(shop)] == ["Market"] * 2
    with pytest.raises(LoyaltyError, match=r"There is no store main\."):
        report(shop, "activity", Wanted(stores=["main"]))


def test_a_store_that_only_a_files_rows_name_is_told_with_the_one_it_may_be(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "stores: {North: {}, South: {}}\n")
    row = "2026-03-0{0},10:00:00,{1},{0},2900001,tea,1,100.00"
    names = ("North", "Norht", "SOUTH", "East")
    rows = [row.format(place, name) for place, name in enumerate(names, 1)]
    assert taken_in(shop, export(shop, "both.csv", *rows))["warnings"] == [
        "both.csv: the store Norht is new. If it is North, say: loyalty store merge Norht North",
        # Nothing has come from South yet.
        "both.csv: the store SOUTH is new. If it is South, say: loyalty store rename SOUTH South",
        "both.csv: the store East is new.",
    ]
    store_merge(shop, "Norht", "North")
    assert taken_in(shop, export(shop, "more.csv", row.format(5, "Norht")))["warnings"] == []
    assert [store for store, _, _ in live(shop)] == ["East", "North", "North", "North", "SOUTH"]


@pytest.mark.parametrize("way", ["import", "report", "explain", "redeem", "reconcile", "redemptions"])
def test_a_slip_in_a_stores_name_is_refused_everywhere_alike(tmp_path: Path, way: str) -> None:
    shop = shop_of(tmp_path)
    taken_in(shop, file(shop, "a.csv", *ROWS), store="North")
    commands: dict[str, Callable[[], object]] = {
        "import": lambda: taken_in(shop, file(shop, "b.csv", *OTHERS), store="Nroth"),
        "report": lambda: report(shop, "activity", Wanted(stores=["Nroth"])),
        "explain": lambda: explain(shop, "1", store="Nroth"),
        "redeem": lambda: redeem_points(shop, "2900001", 1, AtTheTill(store="Nroth")),
        "reconcile": lambda: import_reconcile(shop, typed=Typed(store="Nroth")),
        "redemptions": lambda: import_redemptions(shop, ["uses.csv"], store="Nroth"),
    }
    recalc(shop)
    with pytest.raises(LoyaltyError, match=r"There is no store Nroth\.") as refused:
        commands[way]()
    assert "Did you mean 'North'?" in str(refused.value.hint)


def test_where_no_store_is_known_yet_it_is_said_how_one_comes_to_be(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    adopt_program(shop, from_day=None, by="Ola")
    with pytest.raises(LoyaltyError, match=r"There is no store North\.") as refused:
        report(shop, "activity", Wanted(stores=["North"]))
    assert "write it under stores: in program.yaml and run loyalty program adopt" in str(refused.value.hint)


def test_a_store_of_the_program_from_which_nothing_has_come_is_no_slip(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "stores: {North: {}, South: {}}\n")
    taken_in(shop, file(shop, "a.csv", *ROWS), store="North")
    recalc(shop)
    with pytest.raises(LoyaltyError, match=r"Nothing has come from store South yet\."):
        report(shop, "activity", Wanted(stores=["South"]))
    assert redeem_points(shop, "2900001", 10, AtTheTill(store="South")).data["points"] == 10


def test_a_renamed_store_keeps_its_coupons_and_files_that_say_the_old_name_find_it(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    taken_in(shop, file(shop, "a.csv", *ROWS), store="North")
    recalc(shop)
    issue_coupons(shop)
    assert store_rename(shop, "North", "Nord", dry_run=True).data["receipts"] == 2
    assert {store for store, _, _ in live(shop)} == {"North"}
    store_rename(shop, "North", "Nord", by="Ola")
    assert asked(shop, "SELECT now.name, was.merged_by FROM store was JOIN store now ON now.id = was.merged_into") == [("Nord", "Ola")]
    recalc(shop)
    assert issue_coupons(shop).data["withdrawn"] == 0
    named = export(shop, "b.csv", "2026-03-04,10:00:00,North,3,2900001,1.00", header="date,time,store,receipt,card,amount")
    taken_in(shop, named)
    taken_in(shop, file(shop, "c.csv", *ROWS), store="North")
    assert live(shop) == [("Nord", "1", 10_000), ("Nord", "2", 5_000), ("Nord", "3", 100)]
    store_rename(shop, "Nord", "North")
    assert {store for store, _, _ in live(shop)} == {"North"}
    assert check(shop, full=True).exit_code == 0


def test_receipts_that_were_in_under_two_names_count_once_after_a_merge(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    taken_in(shop, file(shop, "a.csv", *ROWS))
    new = "2026-03-04,12:00:00,3,2900001,20.00"
    taken_in(shop, file(shop, "b.csv", *ROWS, new), store="Market", another_store=True)
    recalc(shop)
    issue_coupons(shop)
    # 150 + 150 + 20
    assert points(shop) == [("2900001", 320)]
    merged = store_merge(shop, "main", "Market", by="Ola")
    assert (merged.data["receipts"], merged.data["same"]) == (2, 2)
    assert points(shop) == [("2900001", 170)]
    assert issue_coupons(shop).data["withdrawn"] == 1
    assert asked(shop, "SELECT DISTINCT store FROM import") == [("Market",)]
    assert check(shop, full=True).exit_code == 0
    # Each file has seen the receipts, so one may go.
    import_revert(shop, 2)
    assert live(shop) == [("Market", "1", 10_000), ("Market", "2", 5_000)]
    assert taken_in(shop, file(shop, "c.csv", *ROWS, ""))["known"] == 2


def test_two_different_stores_are_not_merged(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "stores: {North: {}, South: {}}\n")
    taken_in(shop, file(shop, "a.csv", *ROWS), store="North")
    taken_in(shop, file(shop, "b.csv", *OTHERS), store="South")
    before = live(shop)
    with pytest.raises(Refused, match=r"have receipts under the same numbers that are not the same \(2\): 1 of 2026-03-02"):
        store_merge(shop, "South", "North")
    with pytest.raises(Refused, match="There is a store North already"):
        store_rename(shop, "South", "North")
    assert live(shop) == before


def test_a_rename_makes_everybody_of_the_store_due_because_rules_may_ask_for_it(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    name_store(shop, "stores: {Market: {}}\n")
    only = RULES.replace("{points: 1, for_every: 1.00}", "{points: 1, for_every: 1.00, only: {stores: Market}}")
    taken_in(shop, file(shop, "a.csv", *ROWS), store="Old", another_store=True)
    shop.program.write_text(PROGRAM + only + "stores: {Market: {}}\n", encoding="utf-8")
    assert points(shop) == [("2900001", 0)]
    store_rename(shop, "Old", "Market")
    assert points(shop) == [("2900001", 150)]


def test_the_first_name_given_by_hand_is_asked_about_too(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    taken_in(shop, file(shop, "a.csv", *ROWS))
    later = file(shop, "b.csv", "2026-03-04,12:00:00,3,2900001,20.00")
    with pytest.raises(ExportRefused) as refused:
        taken_in(shop, later, store="Market")
    assert "loyalty store rename main Market" in str(refused.value.hint)
    assert taken_in(shop, later, store="Market", another_store=True)["imported"] == 1


def test_a_program_that_still_says_the_old_name_brings_its_files_to_the_store(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "stores: {North: {files: a*.csv}}\n")
    file(shop, "a1.csv", *ROWS)
    nightly(shop)
    store_rename(shop, "North", "Nord")
    file(shop, "a2.csv", "2026-03-04,12:00:00,3,2900001,20.00")
    nightly(shop)
    assert {store for store, _, _ in live(shop)} == {"Nord"}
    assert asked(shop, "SELECT store, count(*) FROM import GROUP BY 1") == [("Nord", 2)]
