"""A chain gives what the shop's one database gives: the same steps on both, and the shop's own tests on chains. Needs no Java."""

from __future__ import annotations

import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings

from loyalty_cli.chain.all_engines import engine_at
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.chain.move import move
from loyalty_cli.operations.counter.session import Session
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.engine_room import only_of
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.shop.backup import backup
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.demo import demo
from loyalty_cli.operations.shop.demo import demo_shop
from loyalty_cli.operations.simulation.simulate import simulate
from loyalty_cli.operations.simulation.simulate import Wished
from loyalty_cli.operations.views.parquet import export_parquet
from loyalty_cli.operations.views.query import query
from loyalty_cli.store.chain.control_book import NamedFile
from loyalty_cli.store.chain.control_book import names_held
from loyalty_cli.store.views.all_views import ALL_VIEWS
from tests.operations import test_control_of_friends
from tests.operations import test_events
from tests.operations import test_friends
from tests.operations import test_limits
from tests.operations import test_returns
from tests.operations import test_returns_and_other_rules
from tests.operations import test_returns_of_later_receipts
from tests.operations import test_segments
from tests.operations import test_vouchers
from tests.operations.by_hand import test_household
from tests.operations.counter import test_quote
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.stores import test_one_store_two_names
from tests.operations.test_invariants import histories
from tests.operations.test_invariants import lived
from tests.operations.test_returns_by_reckoning import HEADER
from tests.operations.test_returns_by_reckoning import rows_of
from tests.operations.test_returns_by_reckoning import UNTIL
from tests.operations.test_returns_by_reckoning import use_points
from tests.replay.reckoning import in_pieces
from tests.replay.reckoning import stories
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.operations.open_shop import Shop
    from tests.operations.test_invariants import Fact
    from tests.replay.reckoning import Story

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'loyalty-cli[cluster]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install 'loyalty-cli[cluster]'")

from loyalty_cli.chain.shards import to_be_joined
from loyalty_cli.operations.ledger import on_engine
from tests.chain.chained import all_of
from tests.chain.chained import chained
from tests.chain.chained import LEDGER
from tests.chain.chained import RECEIPTS

ONE_POINT = """program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}}
"""
PAYS = ONE_POINT.replace("for_every: 1.00}}}", "for_every: 1.00}}, one_point_pays: 0.01}")
FEW = settings(max_examples=5)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, Shop]:
    """The demo's two years on a shop and on a chain: imports, late files, recalculation, coupons, a draw; then a closed month."""
    shops = demo_shop(tmp_path_factory.mktemp("one") / "demo"), chained(demo_shop(tmp_path_factory.mktemp("many") / "demo"))
    for shop in shops:
        for _ in demo(shop):
            pass
        month_close(shop, "2025-01", accepted=Accepted(without=("Dworzec", "Ogrody", "Rynek"), open_matters=True))
    return shops


def test_the_demo_is_the_same_entry_by_entry(both: tuple[Shop, Shop]) -> None:
    shop, chain = (all_of(each) for each in both)
    for question, rows in shop.items():
        # A chain's states lie in files, and are seen where they are asked for.
        assert chain[question] == rows, question
        assert rows or "conflict" in question
    assert sum(len(rows) for rows in shop.values()) > 20_000


def test_a_chains_database_holds_no_purchases(both: tuple[Shop, Shop]) -> None:
    import sqlite3

    with sqlite3.connect(both[1].database) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("receipt", "line", "ledger")]
        states = connection.execute("SELECT count(*) FROM standing WHERE state <> ''").fetchone()[0]
    assert (counts, states) == ([0, 0, 0], 0)


def test_everything_is_proven(both: tuple[Shop, Shop]) -> None:
    assert check(both[1], full=True).exit_code == 0


def test_a_simulation_of_a_chain_has_the_figures_of_the_shop(both: tuple[Shop, Shop], tmp_path: Path) -> None:
    # Twice the points, and friends from a fifth of the spend on; beside the program in force, whose books are kept.
    new = tmp_path / "new.yaml"
    program = both[0].program.read_text(encoding="utf-8")
    new.write_text(program.replace("points: 1,", "points: 2,", 1).replace("at_least: 500.00,", "at_least: 100.00,", 1), encoding="utf-8")
    for files in ([new], [both[0].program, new]):
        one, many = (simulate(shop, files, Wished(margin=3000)) for shop in both)
        assert [table.rows for table in many.tables] == [table.rows for table in one.tables]
        assert (many.warnings, many.exit_code) == (one.warnings, one.exit_code)
    moved = next(table for table in one.tables if str(table.title) == "Who changes tier")
    assert moved.rows


def test_a_simulation_of_a_chain_begins_with_the_ledger_too(tmp_path: Path) -> None:
    """Points by hand on 3 January, the first receipt on the 5th: the first day that is known is the 3rd, of a chain as of a shop."""
    shops = [make_shop(tmp_path / name, ONE_POINT) for name in ("one", "many")]
    for shop in shops:
        early = replace(shop, now=datetime(2026, 1, 3, 12, tzinfo=UTC))
        recalc(early)
        give(early, Gift(kind="points", count=10), ToWhom(card="2901"), Asked(by="Ola", reason="opening"))
        put_receipts(shop, Receipt("1", 1, day("2026-01-05"), (("tea", 60_00),)))
        recalc(shop, as_of=day("2026-01-06"))
    new = tmp_path / "new.yaml"
    new.write_text(ONE_POINT.replace("points: 1,", "points: 2,"), encoding="utf-8")
    one, many = (simulate(shop, [new], Wished()) for shop in (shops[0], chained(shops[1])))
    told, of_the_shop = ([(str(table.basis), table.rows) for table in outcome.tables] for outcome in (many, one))
    assert {basis for basis, _ in told} == {"Days: 2026-01-03 to 2026-01-06."}
    assert told == of_the_shop


def test_what_is_a_chain_is_not_made_one_again(both: tuple[Shop, Shop], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="a chain already"):
        move(both[1], tmp_path / "moved", master="here", buckets=3)


@pytest.mark.parametrize("view", ALL_VIEWS)
def test_a_view_of_a_chain_has_the_rows_that_the_shops_has(both: tuple[Shop, Shop], view: str) -> None:
    # The entries' own numbers say the order of the ledger, and a chain has others.
    names = ", ".join(column.name for column in ALL_VIEWS[view].columns if column.name != "entry")
    one, many = (query(shop, f"SELECT {names} FROM {view} ORDER BY {names}", limit=None, over=lambda: False).tables[0] for shop in both)
    assert one.rows
    assert many.rows == one.rows


def test_views_of_a_chain_are_asked_together_and_written_as_files(both: tuple[Shop, Shop], tmp_path: Path) -> None:
    question = """SELECT r.store, l.asset, sum(l.quantity), round(sum(r.total), 2), count(m.member)
        FROM ledger l JOIN receipts r USING (receipt) JOIN members m ON m.member = l.member GROUP BY 1, 2 ORDER BY 1, 2"""
    one, many = (query(shop, question, limit=None, over=lambda: False).tables[0].rows for shop in both)
    assert many == one
    counts = [export_parquet(shop, tmp_path / f"{place}").data["rows"] for place, shop in enumerate(both)]
    assert counts[1] == counts[0]


@FEW
@given(story=stories.map(in_pieces))
def test_returns_and_used_points_give_the_same_books(story: Story) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shops = shop_in(Path(folder) / "one", story.program()), chained(shop_in(Path(folder) / "many", story.program()))
        for shop in shops:
            taken_in(shop, export(shop, "till.csv", *rows_of(story), header=HEADER))
            use_points(shop, story)
            recalc(shop, as_of=UNTIL)
        one, many = (all_of(shop) for shop in shops)
        assert many == one


@settings(FEW, max_examples=2)
@given(facts=histories())
def test_tiers_coupons_and_tickets_over_many_nights_are_the_same(facts: list[Fact]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        nights = [fact.night for fact in facts][:3]
        one = all_of(lived(Path(folder) / "one", facts, nights))
        patch.setattr(sys.modules[lived.__module__], "make_shop", chained_shop)
        assert all_of(lived(Path(folder) / "many", facts, nights)) == one


def chained_shop(*args: object, **options: object) -> Shop:
    return chained(make_shop(*args, **options))  # type: ignore[arg-type]


REMINDED = """program: P
currency: PLN
timezone: UTC
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}}
coupons: {thanks: {worth: 5.00, valid_for: 30 days}}
rewards: {from 100: {when: {one_purchase: 100.00}, give: {coupon: thanks}}}
messages: {lapses: {when: {coupon_lapses: 5 days before}, purpose: service, text: "{coupon_day}"}}
"""


@pytest.mark.parametrize("made", [make_shop, chained_shop])
def test_a_coupon_in_hand_is_reminded_of_on_a_chain_too(made: Callable[..., Shop], tmp_path: Path) -> None:
    # Issued with the night of 2 March and good for 30 days: told of five days before its last one, once.
    shop = made(tmp_path / "shop", REMINDED, now=datetime(2026, 3, 3, 6, tzinfo=UTC))
    put_receipts(shop, Receipt("A1", 1, day("2026-03-02"), (("tea", 120_00),)))
    recalc(shop)
    issue_coupons(shop)
    recalc(replace(shop, now=datetime(2026, 4, 2, 6, tzinfo=UTC)))
    with shop.reading() as connection:
        rows = connection.execute("SELECT count(*) FROM ledger JOIN asset ON asset.id = asset_id WHERE name = 'message:lapses'")
        assert rows.fetchone() == (1,)


# What concerns several members: friends, limits in all, budgets, members who become one.
BETWEEN = (
    test_friends.test_what_a_friend_did_is_given_to_both_and_taken_back_from_both,
    test_control_of_friends.test_both_have_it_or_neither_by_the_chance_of_who_brings_and_the_friend_alone_by_their_own,
    test_limits.test_the_first_two_get_it_in_the_order_of_day_and_time,
    test_limits.test_a_return_frees_the_place_for_the_next_and_another_purchase_takes_none,
    test_limits.test_a_budget_is_given_in_the_order_of_receipts_and_comes_back_with_the_goods,
    test_limits.test_friends_who_are_limited_in_all_are_counted_one_by_one,
    test_limits.test_places_move_with_a_member_who_is_merged,
    test_vouchers.test_a_voucher_pays_keeps_the_rest_and_gets_back_what_returned_goods_had_taken,
    test_events.test_an_import_of_events_can_be_taken_back_and_come_again,
    test_quote.test_what_only_so_many_get_is_promised_while_there_is_room_and_then_not,
)


@pytest.mark.parametrize("test", BETWEEN, ids=lambda test: test.__name__)
def test_what_concerns_several_members_holds_for_a_chain(
    test: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[test.__module__], "make_shop", chained_shop)
    test(tmp_path)


ELSEWHERE = (
    test_returns.test_a_return_in_another_store_and_on_another_card_belongs_to_the_sale_it_names,
    test_returns_and_other_rules.test_a_number_that_the_stores_own_receipt_has_by_chance_is_that_of_the_card_or_of_the_goods,
    test_returns_of_later_receipts.test_a_receipt_of_its_own_store_that_holds_the_goods_is_meant_also_where_it_comes_in_last,
    test_returns.test_points_used_come_back_with_the_goods_in_proportion,
    test_one_store_two_names.test_a_file_of_mostly_known_receipts_for_another_store_is_refused,
    test_household.test_what_friends_bring_reaches_the_account_in_the_same_night,
    test_household.test_what_friends_bring_reaches_the_account_in_the_night_that_takes_in_who_was_erased,
    test_segments.test_reports_say_who_belongs_where,
    test_segments.test_entering_a_segment_is_explained_and_brings_a_message,
)


@pytest.mark.parametrize("test", ELSEWHERE, ids=lambda test: test.__name__)
def test_returns_of_other_stores_hold_for_a_chain(test: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests of returns have their shops by way of one module.
    for module in {sys.modules[test.__module__], test_returns}:
        monkeypatch.setattr(module, "shop_in", lambda *args: chained(shop_in(*args)), raising=False)
    test(tmp_path)


def test_a_merge_is_undone_on_a_chain_too(tmp_path: Path) -> None:
    shop = chained(shop_in(tmp_path / "shop", ONE_POINT))
    taken_in(shop, export(shop, "till.csv", "2026-03-01,10:00:00,Market,1,2901,T,1,5.00", "2026-03-01,11:00:00,Market,2,2902,T,1,7.00"))
    recalc(shop, as_of=day_from_iso("2026-03-02"))
    before = [all_of(shop)[select] for select in (LEDGER, RECEIPTS)]
    later = replace(shop, now=shop.now + timedelta(hours=1))
    merged = member_merge(later, "2901", "2902", Asked(by="Ewa", reason="one person"))
    revert(later, int(str(merged.data["number"])), Asked(by="Ewa", reason="two, after all"))
    recalc(shop, as_of=day_from_iso("2026-03-02"))
    assert [all_of(shop)[select] for select in (LEDGER, RECEIPTS)] == before
    assert check(shop, full=True).exit_code == 0


def test_a_run_that_breaks_off_leaves_nothing_that_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = chained(shop_in(tmp_path / "shop", "program: P\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
        "points: {earn: {basic: {points: 1, for_every: 1.00}}}\n"))  # fmt: skip
    taken_in(shop, export(shop, "till.csv", "2026-03-01,10:00:00,Market,1,2901,T,1,5.00", "2026-03-01,11:00:00,Market,2,2902,T,1,7.00"))
    before = all_of(shop)

    def breaks_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(on_engine, "take_in", breaks_off)
        with pytest.raises(KeyboardInterrupt):
            recalc(shop, as_of=day_from_iso("2026-03-02"))
    # The tasks had written their files: nobody reads them, and the next command takes them away.
    left = set((shop.folder / "tables" / "entries").rglob("*.parquet"))
    assert left
    assert all_of(shop) == before
    recalc(shop, as_of=day_from_iso("2026-03-02"))
    assert not left & set((shop.folder / "tables" / "entries").rglob("*.parquet"))
    # 5.00 and 7.00 bring 5 and 7 points.
    assert [row[5] for row in all_of(shop)[next(iter(before))]] == [5, 7]


def test_a_chain_is_opened_in_its_folder_and_a_night_reads_only_who_bought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = shop_in(tmp_path / "shop")
    monkeypatch.chdir(whole.folder)
    shop = chained(replace(whole, program=Path("program.yaml"), database=Path("loyalty.db")))
    rows = [f"2026-03-01,10:00:00,Market,{number},29{number:02},T,1,5.00" for number in range(1, 21)]
    taken_in(shop, export(shop, "till.csv", *rows))
    # Twenty receipts; nobody has an entry or a state yet.
    assert recalc(shop, as_of=day_from_iso("2026-03-02")).data["rows_read"] == 20
    taken_in(shop, export(shop, "night.csv", "2026-03-03,10:00:00,Market,21,2907,T,1,5.00"))
    night = recalc(shop, as_of=day_from_iso("2026-03-03")).data
    # One receipt and the state from which its member goes on.
    assert (night["members"], night["rows_read"]) == (1, 2)


def test_a_file_that_is_gone_or_changed_is_found(tmp_path: Path) -> None:
    shop = chained(shop_in(tmp_path / "shop"))
    taken_in(shop, export(shop, "till.csv", "2026-03-01,10:00:00,Market,1,2901,T,1,5.00"))
    assert check(shop).exit_code == 0
    (file,) = (shop.folder / "tables" / "receipts").rglob("*.parquet")
    content = file.read_bytes()
    file.write_bytes(content[:-9] + b"x" + content[-8:])
    assert "chain file" in str(check(shop).tables[0].rows)
    file.unlink()
    assert "chain file" in str(check(shop).tables[0].rows)


def test_without_arrow_a_chain_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = chained(shop_in(tmp_path / "shop"))
    monkeypatch.setitem(sys.modules, "loyalty_cli.chain.book", None)
    with pytest.raises(LoyaltyError, match="not installed"), shop.reading():
        pass


def test_without_spark_a_chain_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    monkeypatch.delitem(sys.modules, "loyalty_cli.chain.spark", raising=False)
    with pytest.raises(LoyaltyError, match="need Apache Spark") as refused:
        engine_at("local[2]")
    assert "loyalty-cli[cluster]" in str(refused.value.hint)


def test_a_backup_of_a_chain_has_every_file_that_it_names_or_is_none(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", ONE_POINT, members=2)
    put_receipts(shop, Receipt("1", 1, day("2026-01-05"), (("tea", 60_00),)), Receipt("2", 2, day("2026-01-05"), (("tea", 40_00),)))
    chained(shop)
    made = backup(shop)
    with zipfile.ZipFile(Path(str(made.data["file"]))) as packed, shop.reading() as connection:
        named = {f"tables/{name}" for name in names_held(connection)}
        # Members 1 and 2 lie in buckets 1 and 2 of three: a file of receipts for each.
        assert len(named) == 2
        assert named < set(packed.namelist())
    before = sorted((shop.folder / "backups").iterdir())
    (shop.folder / min(named)).unlink()
    with pytest.raises(Refused, match="was changed while it was copied"):
        backup(shop)
    assert sorted((shop.folder / "backups").iterdir()) == before


@pytest.mark.parametrize(
    ("rows", "joined"),
    [
        # Fifteen are few.
        ([1000] + [10] * 14, 0),
        # Fifteen nights of 10 make 150, and 1000 is more than four times that.
        ([1000] + [10] * 15, 15),
        # 250 is not more than four times 150, nor 1000 more than four times 400.
        ([1000, 250] + [10] * 15, 17),
        ([9999] * 16, 16),
    ],
)
def test_of_many_files_the_last_ones_are_made_one_and_what_is_much_larger_stays(rows: list[int], joined: int) -> None:
    files = [NamedFile(0, f"{place}", count, 0, "") for place, count in enumerate(rows)]
    assert to_be_joined(files) == (files[-joined:] if joined else ())


def test_who_asks_of_one_member_brings_in_what_is_theirs_and_no_more(tmp_path: Path) -> None:
    shop = chained(shop_in(tmp_path / "shop", PAYS))
    rows = [f"2026-03-01,10:00:00,Market,{number},29{number:02},T,1,5.00" for number in range(1, 21)]
    taken_in(shop, export(shop, "till.csv", *rows))
    recalc(shop, as_of=day_from_iso("2026-03-02"))
    # 5 points, of which 2 are used: one receipt of twenty is looked at, with one line and one entry.
    used = redeem_points(shop, "2907", 2, AtTheTill(day=day_from_iso("2026-03-02"), by="Anna"))
    assert used.data["left"] == 3
    with shop.reading() as connection:
        only_of(connection, [7])
        counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("receipt", "line", "ledger")]
    # The entry of the receipt, and that of the points used.
    assert counts == [1, 1, 2]
    assert [row[1:3] for row in all_of(shop)[LEDGER] if row[0] == 7] == [("points.basic", 1), ("redeem", 2)]
    assert len(all_of(shop)[LEDGER]) == 21


def test_a_larger_refund_of_another_file_takes_the_place_of_the_return_that_stands(tmp_path: Path) -> None:
    shop = chained(shop_in(tmp_path / "shop", ONE_POINT + "stores: {Market: {}}\n"))
    (shop.folder / "layouts").mkdir()
    (shop.folder / "layouts" / "till.yaml").write_text("columns: {receipt: nr, date: date, card: card, amount: amount, refunded: back}\n")
    for name, back in (("a.csv", 20), ("b.csv", 50)):
        row = f"3,2026-03-03 10:00:00,2900001,100.00,{back}.00"
        taken_in(shop, export(shop, name, row, header="nr,date,card,amount,back"), layout="till", store="Market")
    # Of 100.00 the largest refund told is 50.00.
    assert sorted(row[6] for row in all_of(shop)[RECEIPTS] if row[2]) == [-5000, 10000]


def test_nothing_is_swept_away_under_whoever_reads(tmp_path: Path) -> None:
    shop = chained(shop_in(tmp_path / "shop"))
    left = shop.folder / "tables" / "receipts" / "bucket-00001" / "left.parquet"
    left.parent.mkdir(parents=True)
    left.touch()
    with shop.reading():
        with shop.changing():
            pass
        assert left.exists()
    with shop.changing():
        pass
    assert not left.exists()


ORDERED = """\
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}, usable_after: 2 days}
coupons: {ten: {worth: 10.00, valid_for: 20 days}}
rewards:
  month: {when: {spend: 250.00, counted_over: calendar month}, give: {points: 20, coupon: ten}}
  bud: {when: {one_purchase: 50.00}, give: {points: 30}}
  a first: {when: {one_purchase: 200.00}, give: {coupon: ten, badge: big}}
"""


def test_what_is_put_right_is_explained_in_the_same_order(tmp_path: Path) -> None:
    """An import is taken back: what it had given is taken, row by row, in one order wherever the rows lay."""
    told = []
    for shop in (shop_in(tmp_path / "shop", ORDERED), chained(shop_in(tmp_path / "chain", ORDERED))):
        for number, amount in ((1, "60.00"), (2, "240.00")):
            row = f"{number},2026-05-0{number} 10:00:00,Market,2901,T,tea,1,{amount},"
            taken_in(shop, export(shop, f"{number}.csv", row, header=HEADER))
        recalc(shop, as_of=day("2026-05-03"))
        import_revert(shop, 2)
        recalc(shop, as_of=day("2026-05-03"))
        entries = next(table for table in explain(shop, "2901").tables if table.name == "entries")
        told.append(entries.rows)
    assert told[0] == told[1]
    # 60 points and 30 for the first receipt, which wait until the third; of the second nothing is left.
    assert sum(int(str(row[4])) for row in told[0] if row[3] == "points") == 90


def test_the_counter_of_a_chain_books_what_it_shows_or_nothing(tmp_path: Path) -> None:
    shop = chained(shop_in(tmp_path / "shop", PAYS))
    taken_in(shop, export(shop, "till.csv", "2026-11-20,10:00:00,Market,1,2901,T,1,50.00", "2026-11-20,11:00:00,Market,2,2902,T,1,7.00"))
    recalc(shop)
    session = Session(shop=lambda: replace(shop, secret=f"{len(session.said):064x}"), by="Ewa")
    session.enter("2901")
    session.enter("20")
    session.ask("points")
    session.enter("50")
    redeem_points(shop, "2901", 30, AtTheTill(basket="20.00"))  # at another till: 20 of 50 points are left
    session.book()
    assert str(session.trouble) == "What pays here has changed meanwhile: nothing is booked."
    session.ask("points")
    session.enter("20")
    session.book()
    assert session.trouble is None
    with shop.reading() as connection:
        assert connection.execute("SELECT points, amount FROM redemption ORDER BY id").fetchall() == [(30, 30), (20, 20)]
    assert check(shop, full=True).exit_code == 0
