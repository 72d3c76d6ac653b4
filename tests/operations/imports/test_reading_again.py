"""A file that is in already: nothing is to do, unless its layout was mended or another one reads it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.shop.night_import import import_of_the_night
from loyalty_cli.program.load import load_program
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

LAYOUT = """\
date_form: DD.MM.YYYY
decimal_mark: ","
thousands_mark: "."
delimiter: ";"
columns: {receipt: nr, date: data, card: karta, amount: kwota}
"""
HEADER = "nr;data;karta;kwota;rabat"
ROWS = ("1;02.03.2026;2900001;10,00;1,00", "2;2026-03-03;2900001;20,00;0,00", "3;03.03.2026;2900002;30,00;0,00")
WAITING = "SELECT count(*) FROM set_aside WHERE mended_by IS NULL AND dropped_at IS NULL"


def till_shop(folder: Path, program: str = PROGRAM) -> Shop:
    shop = shop_in(folder, program)
    (folder / "layouts").mkdir()
    (folder / "layouts" / "till.yaml").write_text(LAYOUT, encoding="utf-8")
    return shop


def mended(folder: Path, old: str, new: str) -> None:
    path = folder / "layouts" / "till.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_mended_layout_reads_the_same_file_again_and_takes_in_what_was_set_aside(tmp_path: Path) -> None:
    shop = till_shop(tmp_path)
    file = export(shop, "a.csv", *ROWS, header=HEADER)
    first = taken_in(shop, file, layout="till")
    assert (first["imported"], first["set_aside"], first["total"]) == (2, 1, "40.00")
    assert taken_in(shop, file, layout="till")["booked_before"] == 1
    mended(tmp_path, "DD.MM.YYYY", "[DD.MM.YYYY, YYYY-MM-DD]")
    # Two dates of three are of one form, so the file is refused whole; the layout is mended once more.
    mended(tmp_path, "[DD.MM.YYYY, YYYY-MM-DD]", "YYYY-MM-DD")
    again = taken_in(shop, file, layout="till")
    assert (again["booked_before"], again["imported"], again["total"]) == (None, 1, "20.00")
    assert asked(shop, "SELECT number, total FROM receipt WHERE gone = 0 ORDER BY 1") == [("1", 1000), ("2", 2000), ("3", 3000)]


def test_rows_that_a_mended_layout_takes_in_wait_no_longer(tmp_path: Path) -> None:
    shop = till_shop(tmp_path)
    file = export(shop, "a.csv", "1;02.03.2026;2900001;10,00;0", "2;03.03.2026;2900001;1 020,00;0", header=HEADER)
    assert taken_in(shop, file, layout="till")["set_aside"] == 1
    assert asked(shop, WAITING) == [(1,)]
    mended(tmp_path, 'thousands_mark: "."', "thousands_mark: space")
    again = taken_in(shop, file, layout="till")
    assert (again["imported"], again["known"], again["set_aside"], again["set_aside_before"]) == (1, 1, 0, 0)
    assert asked(shop, WAITING) == [(0,)]


def test_what_a_mended_layout_reads_otherwise_waits_for_a_decision(tmp_path: Path) -> None:
    shop = till_shop(tmp_path)
    file = export(shop, "a.csv", "1;02.03.2026;2900001;10,00;1,00", header=HEADER)
    taken_in(shop, file, layout="till")
    mended(tmp_path, "amount: kwota}", "amount: kwota, discount: rabat}\namounts_are: before discount")
    assert taken_in(shop, file, layout="till")["conflicts"] == 1
    assert asked(shop, "SELECT total FROM receipt WHERE gone = 0") == [(1000,)]


def test_receipts_that_a_mended_layout_numbers_otherwise_do_not_count_twice(tmp_path: Path) -> None:
    shop = till_shop(tmp_path)
    first = export(shop, "a.csv", "1;02.03.2026;2900001;10,00;0", "2;02.03.2026;2900002;20,00;0", "3;02.03.2026;;5,00;0", header=HEADER)
    taken_in(shop, first, layout="till")
    # The till counts from 1 each day.
    rows = [f"{number};03.03.2026;290000{number};1,00;0" for number in (1, 2, 3)]
    second = taken_in(shop, export(shop, "b.csv", *rows, header=HEADER), layout="till")
    assert second["conflicts"] == 3
    assert second["warnings"][0].startswith("b.csv: receipts (3) came back with another day. Where numbers begin anew each day")
    mended(tmp_path, "date_form", "receipt_key: [date, receipt]\ndate_form")
    with pytest.raises(ExportRefused, match="is in already as import 1, read by another layout") as refused:
        taken_in(shop, first, layout="till")
    assert "loyalty import revert 1" in str(refused.value.hint)
    import_revert(shop, 1)
    import_revert(shop, 2)
    taken_in(shop, first, str(tmp_path / "b.csv"), layout="till")
    # 10.00 + 20.00 + 5.00, and 3 x 1.00
    assert asked(shop, "SELECT sum(total), count(*) FROM receipt WHERE gone = 0") == [(3800, 6)]


def test_receipts_that_a_mended_layout_leaves_out_are_told(tmp_path: Path) -> None:
    shop = till_shop(tmp_path)
    file = export(shop, "a.csv", "1;02.03.2026;2900001;10,00;proba", "2;02.03.2026;2900002;20,00;0", header=HEADER)
    taken_in(shop, file, layout="till")
    mended(tmp_path, "date_form", "ignore: {rabat: [proba]}\ndate_form")
    again = taken_in(shop, file, layout="till")
    assert (again["known"], again["ignored"]) == (1, 1)
    assert "import 1 read in this file are not in it by the layout as it is now, such as 1" in again["warnings"][0]
    import_revert(shop, 1)
    assert asked(shop, "SELECT number FROM receipt WHERE gone = 0") == [("2",)]


def test_the_night_reads_a_stores_files_again_once_after_its_layout_was_mended(tmp_path: Path) -> None:
    program = PROGRAM + "stores:\n  Market: {files: till/*.csv, layout: till}\n"
    shop = till_shop(tmp_path, program)
    (tmp_path / "till").mkdir()
    export(shop, "till/a.csv", "1;02.03.2026;2900001;10,00;0", "2;03.03.2026;2900001;1 020,00;0", header=HEADER)
    known = load_program(shop.program)
    import_of_the_night(shop, known)
    mended(tmp_path, 'thousands_mark: "."', "thousands_mark: space")
    for _ in range(2):
        import_of_the_night(shop, known)
    assert asked(shop, "SELECT count(*) FROM import") == [(2,)]
    assert asked(shop, "SELECT sum(total) FROM receipt WHERE gone = 0") == [(103_000,)]


def test_a_file_that_was_imported_before_has_every_promised_name(tmp_path: Path) -> None:
    shop = till_shop(tmp_path)
    file = export(shop, "a.csv", *ROWS, header=HEADER)
    first = taken_in(shop, file, layout="till")
    again = taken_in(shop, file, layout="till")
    assert list(again) == list(first)
    assert (again["layout"], again["total"], again["totals"], again["set_aside_rows"], again["warnings"]) == (
        "till", "0.00", {}, [], []
    )  # fmt: skip
    assert import_purchases(shop, [file], layout="till").quiet


def test_goods_that_cost_less_than_nothing_are_told(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header = "date,time,store,receipt,card,product,product_name,quantity,amount"
    rows = [
        "2026-03-01,10:00:00,Market,1,2900001,T,Tea,1,10.00",
        "2026-03-01,10:00:00,Market,1,2900001,D,Discount,1,-2.00",
        "2026-03-01,11:00:00,Market,2,2900001,T,Tea,1,-5.00",
    ]
    figures = taken_in(shop, export(shop, "a.csv", *rows, header=header))
    # A discount on a row of its own is known as one; tea below zero is not.
    assert [str(warning) for warning in figures["warnings"]] == [
        "a.csv: 1 row costs less than nothing though its quantity is above zero; look whether it is a sale."
    ]


def test_a_row_below_zero_that_is_set_aside_is_no_sale_to_be_looked_at(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    path = export(shop, "a.csv", "2026-03-01,10:00:00,North,1,29,MILK,,-3.00", "2026-03-01,10:05:00,North,2,29,MILK,1,3.00")
    outcome = import_purchases(shop, [path])
    assert outcome.data["files"][0]["set_aside"] == 1  # type: ignore[index]
    assert not outcome.warnings
