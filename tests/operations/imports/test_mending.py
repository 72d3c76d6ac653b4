"""Rows that were set aside come back mended, once; or somebody leaves them."""

from __future__ import annotations

import os
import stat
import tracemalloc
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.imports.aside import discard_aside
from loyalty_cli.operations.imports.mended_file import guarded
from loyalty_cli.operations.imports.mended_file import read_mended
from loyalty_cli.operations.imports.mended_file import unguarded
from loyalty_cli.operations.imports.rejects import Decision
from loyalty_cli.operations.imports.rejects import list_rejects
from loyalty_cli.operations.imports.rejects import settle_rejects
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.status import status
from loyalty_cli.store.health import figures_of
from loyalty_cli.store.imports.set_aside import set_aside_of
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import report_taken_in
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

GOOD = "2026-03-02,10:00:00,North,1,2900001,MILK,1,3.50"
# The second row of receipt 2 has no amount: the receipt is set aside whole.
BAD = ("2026-03-02,10:05:00,North,2,2900002,MILK,1,3.50", "2026-03-02,10:05:00,North,2,2900002,BREAD,1,4;20")


def first_try(shop: Shop) -> Path:
    """One receipt comes in, another is set aside; the file of its rows."""
    figures = taken_in(shop, export(shop, "a.csv", GOOD, *BAD))
    assert (figures["imported"], figures["set_aside"]) == (1, 2)
    return Path(figures["set_aside_file"])


FORMULAS = ("=1+1", "@SUM(A1)", "+48 600 700 800 x", "-x", "'=1", "'plain", " =cmd", "-5.00", "＝1")


@pytest.mark.parametrize("product", FORMULAS)
def test_a_row_that_is_set_aside_holds_no_formula_and_comes_back_exactly(tmp_path: Path, product: str) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, export(shop, "a.csv", GOOD, f"2026-03-02,10:05:00,North,2,2900002,{product},1,4;20"))
    path = Path(figures["set_aside_file"])
    cell = path.read_text(encoding="utf-8").splitlines()[1].split(",")[5]
    assert cell.lstrip()[:1] not in set("=+@＝") and (cell == "-5.00" or not cell.startswith("-"))  # noqa: PT018
    taken_in(shop, mended(path))
    with shop.reading() as connection:
        codes = {code for (code,) in connection.execute("SELECT code FROM article")}
    assert codes == {"MILK", product.strip()}
    assert waiting(shop) == 0


@pytest.mark.parametrize("cell", [*FORMULAS, "", "'", "''=x", "\t1", "'\r", "-1 234,50", "+5", "'-5"])
def test_an_apostrophe_against_formulas_is_taken_off_again(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_nobody_else_reads_rows_that_are_set_aside(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    folder = shop.folder / "set-aside"
    folder.mkdir(mode=0o755)
    before = os.umask(0)
    try:
        path = first_try(shop)
    finally:
        os.umask(before)
    assert (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(path.stat().st_mode)) == (0o700, 0o600)


def waiting(shop: Shop) -> int:
    with shop.reading() as connection:
        return figures_of(connection).set_aside


def mended(path: Path, *, name: str = "mended.csv", **form: Any) -> str:
    """The rejects file with the amount put right, saved as a spreadsheet might."""
    text = path.read_text(encoding="utf-8").replace("4;20", "4.20")
    if "delimiter" in form:
        text = text.replace(",", form["delimiter"])
    target = path.parent / name
    target.write_bytes(form.get("top", "").encode() + text.replace("\n", "\r\n").encode(form.get("encoding", "utf-8")))
    return str(target)


def test_the_rejects_file_tells_line_reason_and_import(tmp_path: Path) -> None:
    path = first_try(shop_in(tmp_path))
    header, first, second = path.read_text(encoding="utf-8").splitlines()
    assert header.endswith(",amount,line,reason,set_aside")
    assert first.endswith(",3,another row of this receipt is set aside: line 4,set aside by import 1")
    assert second.endswith("set aside by import 1")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"encoding": "utf-8-sig"},
        {"delimiter": ";", "encoding": "utf-8-sig"},
        {"delimiter": "\t", "encoding": "utf-16"},
        {"delimiter": ";", "top": "sep=;\r\n"},
    ],
    ids=["notepad", "Excel as UTF-8", "Excel with semicolons", "Excel as Unicode text", "with sep="],
)
def test_a_mended_row_comes_in_once_however_it_was_saved(tmp_path: Path, form: dict[str, Any]) -> None:
    shop = shop_in(tmp_path)
    path = mended(first_try(shop), **form)
    figures = taken_in(shop, path)
    assert (figures["imported"], figures["lines"], figures["set_aside"]) == (1, 2, 0)
    # 3.50 + (3.50 + 4.20)
    assert asked(shop, "SELECT sum(total), count(*) FROM receipt WHERE gone = 0") == [(1120, 2)]
    assert asked(shop, "SELECT mended_by FROM set_aside") == [(2,), (2,)]
    assert waiting(shop) == 0
    again = taken_in(shop, path)
    assert (again["booked_before"], again["imported"]) == (2, 0)


@pytest.mark.parametrize(("goods", "encoding"), [("Żółty ser, Masło śmietankowe", "cp1250"), ("Сыр российский, молоко", "cp1251")])
def test_a_file_that_a_spreadsheet_saved_in_its_own_code_page_is_read_by_its_letters(tmp_path: Path, goods: str, encoding: str) -> None:
    shop = shop_in(tmp_path)
    row = f'2026-03-02,10:05:00,North,2,2900002,"{goods}",1,4;20'
    path = Path(taken_in(shop, export(shop, "a.csv", GOOD, row))["set_aside_file"])
    (tmp_path / "b.csv").write_bytes(path.read_text(encoding="utf-8-sig").replace("4;20", "4.20").encode(encoding))
    assert taken_in(shop, str(tmp_path / "b.csv"))["imported"] == 1
    assert asked(shop, "SELECT code FROM article ORDER BY id DESC LIMIT 1") == [(goods,)]


def test_a_row_that_somebody_took_out_of_the_file_waits_on(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header, first, _ = first_try(shop).read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "b.csv").write_text(f"{header}\n{first}\n", encoding="utf-8")
    assert taken_in(shop, str(tmp_path / "b.csv"))["total"] == "3.50"
    # 4;20 of the same receipt is neither lost nor counted.
    assert asked(shop, "SELECT line FROM set_aside WHERE mended_by IS NULL") == [(4,)]
    settle_rejects(shop, 1, Decision(drop="4", by="Ola", reason="never sold"))
    assert waiting(shop) == 0


def test_the_first_file_again_sets_nothing_aside_that_was_mended(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, mended(first_try(shop)))
    figures = taken_in(shop, export(shop, "b.csv", GOOD, *BAD, GOOD.replace("North,1", "North,3")))
    assert (figures["imported"], figures["known"], figures["set_aside"]) == (1, 1, 0)
    assert figures["set_aside_before"] == 2
    assert waiting(shop) == 0


def test_a_row_left_as_it_was_waits_on_and_one_mended_wrongly_waits_anew(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    path = first_try(shop)
    figures = taken_in(shop, str(path))
    assert (figures["imported"], figures["set_aside"], figures["set_aside_before"]) == (0, 0, 2)
    assert waiting(shop) == 2
    wrong = path.with_name("wrong.csv")
    wrong.write_text(path.read_text(encoding="utf-8").replace("4;20", "four"), encoding="utf-8")
    figures = taken_in(shop, str(wrong))
    assert (figures["imported"], figures["set_aside"]) == (0, 2)
    # The old ones are superseded; the new ones wait, in a file of their own that can be mended in its turn.
    assert waiting(shop) == 2
    assert Path(figures["set_aside_file"]).name == "wrong.3.csv"
    last = path.with_name("last.csv")
    last.write_text(Path(figures["set_aside_file"]).read_text(encoding="utf-8").replace("four", "4.20"), encoding="utf-8")
    assert taken_in(shop, str(last))["imported"] == 1
    assert waiting(shop) == 0


def test_a_layout_and_a_store_are_those_of_the_first_import(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = report_taken_in(shop)
    assert (figures["imported"], figures["set_aside"]) == (1, 1)
    path = Path(figures["set_aside_file"])
    # A spreadsheet saves it as UTF-8 with a byte order mark.
    path.write_text(path.read_bytes().decode("cp1250").replace("9.9O", "9,90"), encoding="utf-8-sig")
    figures = taken_in(shop, str(path))
    assert (figures["imported"], figures["set_aside"], figures["store"]) == (1, 0, "North")
    assert asked(shop, "SELECT name FROM article ORDER BY id") == [("Żurek",), ("Łosoś",)]
    assert asked(shop, "SELECT sum(total) FROM receipt") == [(2240,)]


def test_what_was_mended_waits_again_when_the_mending_is_taken_back(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, mended(first_try(shop)))
    import_revert(shop, 2)
    assert waiting(shop) == 2
    assert asked(shop, "SELECT count(*) FROM receipt WHERE gone = 0") == [(1,)]


def test_a_row_can_be_left_for_good_with_a_reason_and_taken_up_again(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    first_try(shop)
    outcome = settle_rejects(shop, 1, Decision(drop="4", by="Ola", reason="training receipt"))
    assert outcome.data["rows"] == 2  # the line and the other row of its receipt
    assert waiting(shop) == 0
    with shop.reading() as connection:
        row = set_aside_of(connection, 1)[0]
    assert (row.dropped_by, row.drop_reason) == ("Ola", "training receipt")
    settle_rejects(shop, 1, Decision(reopen="all"))
    assert waiting(shop) == 2
    with pytest.raises(Refused, match="no row of line 7"):
        settle_rejects(shop, 1, Decision(drop="7", by="Ola", reason="x"))


def test_the_list_says_what_became_of_each_row(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, mended(first_try(shop)))
    table = list_rejects(shop, 1).tables[0]
    assert [row[-1] for row in table.rows] == ["mended", "mended"]
    assert status(shop).exit_code == 0


def test_a_row_with_too_few_or_too_many_cells_never_takes_our_columns_for_its_own(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    short, long = "2026-03-02,10:05:00,North,2,2900002,MILK,1", "2026-03-02,10:06:00,North,3,2900002,MILK,1,3,50"
    path = Path(taken_in(shop, export(shop, "a.csv", GOOD, short, long))["set_aside_file"])
    # As it was: its line number, 3, is no amount, and 3,50 is not 3.
    figures = taken_in(shop, str(path))
    assert (figures["imported"], figures["set_aside"], figures["set_aside_before"]) == (0, 0, 2)
    text = path.read_text(encoding="utf-8").replace('MILK,1,3,"cells', 'MILK,1,3.50,3,"cells').replace("MILK,1,3,50,", "MILK,1,3.50,")
    mended_file = path.with_name("mended.csv")
    mended_file.write_text(text, encoding="utf-8")
    figures = taken_in(shop, str(mended_file))
    # 3.50 + 3.50
    assert (figures["imported"], figures["set_aside"], figures["total"]) == (2, 0, "7.00")
    assert waiting(shop) == 0


def test_a_row_left_as_it_was_waits_on_whatever_mark_its_till_has_between_cells(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header = "Дата;Номер чека;Карта;Товар;Количество;Сумма"
    rows = ("02.03.2026;1;29;Чай;1;10,00", "02.03.2026;2;29;Чай;1;1O,00", "02.03.2026;3;29;Чай;1;1O,50")
    path = Path(taken_in(shop, export(shop, "a.csv", *rows, header=header))["set_aside_file"])
    half = path.with_name("half.csv")
    half.write_text(path.read_text(encoding="utf-8").replace("1O,00", "10,00"), encoding="utf-8")
    figures = taken_in(shop, str(half))
    assert (figures["imported"], figures["set_aside"], figures["set_aside_before"]) == (1, 0, 1)
    assert waiting(shop) == 1


def listed_as_waiting(shop: Shop, as_of: str | None = None) -> list[Any]:
    """The lines of the report, as of a day if one is said."""
    day = day_from_iso(as_of) if as_of else None
    return [row[2] for row in report(shop, "set-aside", Wanted(as_of=day)).tables[0].rows]


def test_what_was_mended_no_longer_waits_but_did_until_then(tmp_path: Path) -> None:
    # Imported on 21 November, half past midnight in Warsaw, which is 20 November in UTC; mended two days later.
    shop = replace(shop_in(tmp_path), now=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    recalc(shop)
    path = mended(first_try(shop))
    assert listed_as_waiting(shop) == ["3", "4"]
    later = replace(shop, now=datetime(2026, 11, 23, 10, tzinfo=UTC))
    taken_in(later, path)
    assert listed_as_waiting(later) == []
    assert [len(listed_as_waiting(later, f"2026-11-{day}")) for day in (20, 21, 22, 23)] == [0, 2, 2, 0]


def test_what_was_left_for_good_no_longer_waits_from_that_day_on(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    first_try(shop)
    later = replace(shop, now=datetime(2026, 11, 23, 10, tzinfo=UTC))
    settle_rejects(later, 1, Decision(drop="all", by="Ola", reason="a test"))
    assert [len(listed_as_waiting(later, f"2026-11-{day}")) for day in (21, 22, 23)] == [2, 2, 0]


def test_mended_rows_are_read_one_by_one_however_many_there_are(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("date,receipt,amount,line,reason,set_aside\n")
        file.writelines(f"2026-03-01,{line},10.00,{line},amount: ten is no number,set aside by import 7\n" for line in range(2, 60_002))
    tracemalloc.start()
    mended = read_mended(path, 7, ("plain", "Market"), layout=None, home=tmp_path / "set-aside")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    discard_aside(mended.plain)
    # The file has 4.2 MB; what is kept of each row are two whole numbers, 60,000 x 16 bytes = 1 MB.
    assert path.stat().st_size > 4_000_000
    assert most < 3_000_000
    assert mended.lines[7][1][-1] == 60_001
