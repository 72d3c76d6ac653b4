"""A shop remembers what its program and layouts were read as: the next import reads no YAML, and brings in the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.layouts import layout as layouts
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.check import check
from loyalty_cli.program import load
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import kept_by
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

MINE = "columns: {date: Day, receipt: No, card: Card, amount: Sum}\ndate_form: DD.MM.YYYY\ndecimal_mark: ','\ndelimiter: ';'\n"
# A known till with one setting of the owner's own.
LIKE = "like: square-items\ncard_lengths: [7]\n"
SQUARE = "Date,Time,Item,Qty,Price Point Name,Net Sales,Transaction ID,Event Type,Customer ID"


def with_layouts(folder: Path) -> Shop:
    shop = shop_in(folder)
    (folder / "layouts").mkdir()
    (folder / "layouts" / "mine.yaml").write_text(MINE, encoding="utf-8")
    (folder / "layouts" / "ours.yaml").write_text(LIKE, encoding="utf-8")
    return shop


def mine(shop: Shop, day: int) -> str:
    """One receipt of 12.50 of a day in May."""
    return export(shop, f"{day}.csv", f"{day:02}.05.2026;{day};2900001;12,50", header="Day;No;Card;Sum")


def nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on neither YAML nor pydantic has anything to say."""
    monkeypatch.setattr(load, "program_of", lambda *_: pytest.fail("the program was read"))
    monkeypatch.setattr(layouts, "layout_of_text", lambda *_: pytest.fail("a layout was read"))
    monkeypatch.setattr(layouts.Layout, "model_validate", lambda *_: pytest.fail("a layout was made"))


def test_the_next_import_reads_nothing_and_brings_in_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, without = with_layouts(tmp_path / "one"), with_layouts(tmp_path / "other")
    for each in (shop, without):
        taken_in(each, mine(each, 1), layout="mine", store="Market")
    with closing(sqlite3.connect(without.database)) as connection, connection:
        connection.execute("DELETE FROM setting WHERE name = 'read_before'")
    taken_in(without, mine(without, 2), layout="mine", store="Market")
    nothing_is_read(monkeypatch)
    taken_in(shop, mine(shop, 2), layout="mine", store="Market")
    assert kept_by(shop) == kept_by(without)
    # 2 receipts of 12.50.
    assert asked(shop, "SELECT count(*), sum(total) FROM receipt") == [(2, 2_500)]


def test_also_of_plain_files_of_lists_and_by_the_first_recalculation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", "2026-05-01,10:00:00,Market,1,2900001,tea,1,5.00"))
    import_members(shop, [export(shop, "m.csv", "2900002,Ann", header="card,name")], layout="plain")
    nothing_is_read(monkeypatch)
    taken_in(shop, export(shop, "b.csv", "2026-05-02,10:00:00,Market,2,2900001,tea,1,5.00"))
    import_members(shop, [export(shop, "n.csv", "2900003,Eve", header="card,name")], layout="plain")
    recalc(shop)
    assert asked(shop, "SELECT count(*) FROM version") == [(1,)]


def test_of_a_known_till_each_header_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = with_layouts(tmp_path)
    row = "05/{:02}/2026,10:00:00,Tea,1,Regular,5.00,T{},Payment,2900001"
    # The 13th and later are no months, so that the form of the dates is sure.
    taken_in(shop, export(shop, "a.csv", row.format(13, 1), header=SQUARE), layout="ours", store="Market")
    nothing_is_read(monkeypatch)
    taken_in(shop, export(shop, "b.csv", row.format(14, 2), header=SQUARE), layout="ours", store="Market")
    assert asked(shop, "SELECT count(*), sum(total) FROM receipt") == [(2, 1_000)]


def test_a_layout_that_is_mended_is_read_and_a_mistake_is_told(tmp_path: Path) -> None:
    shop = with_layouts(tmp_path)
    taken_in(shop, mine(shop, 1), layout="mine", store="Market")
    path = tmp_path / "layouts" / "mine.yaml"
    path.write_text(MINE + "ignore: {Sum: ['12,50']}\n", encoding="utf-8")
    taken_in(shop, mine(shop, 2), layout="mine", store="Market")
    assert asked(shop, "SELECT count(*) FROM receipt") == [(1,)]
    path.write_text(MINE + "milk: yes\n", encoding="utf-8")
    with pytest.raises(Mistakes):
        taken_in(shop, mine(shop, 3), layout="mine", store="Market")


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    shop = with_layouts(tmp_path)
    taken_in(shop, mine(shop, 1), layout="mine", store="Market", dry_run=True)
    assert asked(shop, "SELECT count(*) FROM setting WHERE name = 'read_before'") == [(0,)]


def test_a_remembered_layout_that_another_program_changed_is_found(tmp_path: Path) -> None:
    shop = with_layouts(tmp_path)
    taken_in(shop, mine(shop, 1), layout="mine", store="Market")
    with closing(sqlite3.connect(shop.database)) as connection, connection:
        connection.execute("UPDATE setting SET value = replace(value, 'Sum', 'Card') WHERE name = 'read_before'")
    found = check(shop)
    assert (found.exit_code, [row[:2] for row in found.tables[0].rows]) == (ExitCode.DIFFERENCES, [("changed row", "setting read_before")])


@pytest.mark.parametrize(
    "damage",
    [
        # Other columns, a layout that is a number, one that lacks all, and what nests deeper than anything is read.
        "replace(value, 'Sum', 'Card')",
        "replace(value, '[\\\"DD.MM.YYYY\\\"]', '7')",
        "substr(value, 1, 200)",
        "printf('{\"code\":\"\",\"read\":%s', replace(printf('%100000s', ''), ' ', '['))",
    ],
)
def test_a_remembered_layout_that_is_damaged_is_read_again_and_the_memory_is_mended(tmp_path: Path, damage: str) -> None:
    shop = with_layouts(tmp_path)
    taken_in(shop, mine(shop, 1), layout="mine", store="Market")
    with closing(sqlite3.connect(shop.database)) as connection, connection:
        before = connection.execute("SELECT value FROM setting WHERE name = 'read_before'").fetchone()
        connection.execute(f"UPDATE setting SET value = {damage} WHERE name = 'read_before'")
        assert connection.execute("SELECT value FROM setting WHERE name = 'read_before'").fetchone() != before
    taken_in(shop, mine(shop, 2), layout="mine", store="Market")
    # 2 receipts of 12.50.
    assert asked(shop, "SELECT count(*), sum(total) FROM receipt") == [(2, 2_500)]
    assert asked(shop, "SELECT value FROM setting WHERE name = 'read_before'") == [before]
