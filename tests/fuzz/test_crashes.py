"""What once ended as a mistake of ours, or took hours: each is taken, or refused in words that say where."""

from __future__ import annotations

import contextlib
import time
import zipfile
from itertools import product
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.layouts.layout import read_layout
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.imports.inspect_file import inspect_file
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.program.check import check_program
from loyalty_cli.reading.forms.dates import date_form
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

ROW = "2026-03-01,10:00:00,Market,{},2900041000008,H01,1,{}"
GOOD = ROW.format(2, "10.00")
EXAMPLE = "- {{example: far, purchases: [{{on: {day}, paid: 10.00}}], until: {day}, then: {{spent: 10.00}}}}\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return shop_in(tmp_path / "shop")


def layout_saying(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(f"{text}\ncolumns: {{receipt: Nr, date: Data, amount: Kwota}}\n", encoding="utf-8")
    return path


def test_a_blank_line_before_a_row_without_a_number(shop: Shop) -> None:
    figures = taken_in(shop, export(shop, "a.csv", "", ROW.format("", "10.00"), GOOD))
    assert (figures["imported"], figures["set_aside"]) == (1, 1)


@pytest.mark.parametrize("amount", ["9" * 5000, "9" * 19, "1e400", "\u00b2", "\u0661"])
def test_an_amount_that_no_shop_takes_is_a_bad_row(shop: Shop, amount: str) -> None:
    figures = taken_in(shop, export(shop, "a.csv", ROW.format(1, amount), GOOD))
    assert (figures["imported"], figures["set_aside"]) == (1, 1)


@pytest.mark.parametrize("year", ["0026", "0001", "1899", "9999"])
def test_a_year_that_no_shop_has_is_a_bad_row(shop: Shop, year: str) -> None:
    figures = taken_in(shop, export(shop, "a.csv", ROW.replace("2026", year).format(1, "10.00"), GOOD))
    assert (figures["imported"], figures["set_aside"]) == (1, 1)


def test_two_digits_of_a_year_are_of_this_century_where_the_form_has_two() -> None:
    assert date_form("DD.MM.YY").day("01.03.26") == date_form("DD.MM.YYYY").day("01.03.2026")
    assert date_form("DD.MM.YYYY").day("01.03.0026") is None


@pytest.mark.parametrize(
    "words",
    [
        "delimiter: [a]",
        "quote: {a: b}",
        "encoding: []",
        "date_form: []",
        "decimals: 99999999999",
        "skip_top: \u00b2",
        "decimals: \u00b2",
        'delimiter: "\u00b2"',
        "card_lengths: [\u00b2]",
    ],
)
def test_a_setting_of_another_kind_is_a_mistake_of_the_layout(tmp_path: Path, words: str) -> None:
    with pytest.raises(Mistakes) as caught:
        read_layout(layout_saying(tmp_path, words))
    assert caught.value.problems[0].line == 1


@pytest.mark.parametrize("place", ["[]", "{}", "{a: b}", "[[a]]", '""'])
def test_a_column_of_another_kind_is_a_mistake_of_the_layout(tmp_path: Path, place: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"columns: {{receipt: Nr, date: {place}, amount: Kwota}}\n", encoding="utf-8")
    with pytest.raises(Mistakes):
        read_layout(path)


@pytest.mark.parametrize("place", ["\u00b2", "9" * 5000])
def test_a_column_whose_number_is_none_is_not_found(shop: Shop, place: str) -> None:
    (shop.folder / "layouts").mkdir()
    text = f'header: no\ncolumns: {{receipt: 4, date: 1, time: 2, amount: "{place[:900]}"}}\n'
    (shop.folder / "layouts" / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ExportRefused, match="does not fit its layout"):
        import_purchases(shop, [export(shop, "a.csv", GOOD)], layout="mine")


def test_a_till_whose_file_lacks_a_column_is_told_with_the_column(shop: Shop) -> None:
    header = "Order Ref,Receipt Number,Customer,Customer/Barcode,Status,Total,Order Lines/Product,Order Lines/Quantity,Order Lines/Subtotal"
    file = export(shop, "a.csv", "S/1,Order 1,Ana,0420001,Posted,7.5,[CH] Bread,1.0,7.5", header=header)
    with pytest.raises(ExportRefused, match=r"a\.csv looks like one of Odoo.*The column date is missing") as caught:
        import_purchases(shop, [file], store="Market")
    assert caught.value.exit_code == ExitCode.LAYOUT_DOES_NOT_FIT
    assert inspect_file(shop, file).exit_code in {ExitCode.OK, ExitCode.LAYOUT_DOES_NOT_FIT}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "2200-01-01"])
def test_an_example_of_a_year_that_no_shop_has_is_a_mistake_in_its_line(shop: Shop, day: str) -> None:
    (shop.folder / "examples.yaml").write_text(EXAMPLE.format(day=day), encoding="utf-8")
    with pytest.raises(Mistakes, match="mistakes") as caught:
        check_program(shop)
    assert "lies too far away" in str(caught.value.problems[0].what)


@pytest.mark.parametrize(
    "words",
    ["lapse_after: 9999 years", "lapse_after: 99999 weeks", "use_at_least: " + "9" * 400, "one_point_pays: " + "9" * 20 + ".00"],
)
def test_a_number_that_no_shop_means_is_a_mistake_in_its_line(shop: Shop, words: str) -> None:
    text = shop.program.read_text(encoding="utf-8")
    points = f"points:\n  earn: {{basic: {{points: 1, for_every: 1.00}}}}\n  {words}\n"
    shop.program.write_text(text + points, encoding="utf-8")
    with pytest.raises(Mistakes):
        check_program(shop)


@pytest.mark.parametrize("name", ["program.yaml", "examples.yaml"])
def test_a_file_of_a_gigabyte_is_refused_after_its_first_mebibyte(shop: Shop, name: str) -> None:
    with (shop.folder / name).open("wb") as file:
        file.truncate(1 << 30)
    began = time.process_time()
    with pytest.raises(Mistakes) as caught:
        check_program(shop)
    assert "larger than 1 MiB" in str(caught.value.problems[0].what)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("unit", ["a", "9", "-", "a ", "1 ", ". ", "from ", "@", "(", "\u0141"])
def test_a_cell_of_a_hundred_thousand_letters_costs_no_more_than_its_size(shop: Shop, unit: str) -> None:
    rows = [ROW.format(1, "10.00").replace("Market", (unit * 130_000)[:130_000]), GOOD.replace("H01", "\u0141\u00f3d\u017a")]
    path = shop.folder / "a.csv"
    path.write_bytes("\n".join(["date,time,store,receipt,card,product,quantity,amount", *rows]).encode("cp1250"))
    began = time.process_time()
    with contextlib.suppress(LoyaltyError):
        inspect_file(shop, str(path))
    with contextlib.suppress(LoyaltyError):
        import_purchases(shop, [str(path)])
    assert time.process_time() - began < 2


@pytest.mark.parametrize("word", ["Market", "H01", ",1,"])
def test_a_text_that_no_till_writes_is_a_bad_row(shop: Shop, word: str) -> None:
    long = ROW.format(1, "10.00").replace(word, f",{'x' * 4001}," if word == ",1," else "x" * 4001, 1)
    figures = taken_in(shop, export(shop, "a.csv", long, GOOD))
    assert (figures["imported"], figures["set_aside"]) == (1, 1)


def test_a_row_that_came_back_with_a_line_beyond_all_files_is_no_row_of_ours(shop: Shop) -> None:
    import_purchases(shop, [export(shop, "a.csv", ROW.format(1, "ten"), GOOD)])
    (path,) = (shop.folder / "set-aside").glob("*.csv")
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",2,", f",{'9' * 30},"), encoding="utf-8")
    with contextlib.suppress(LoyaltyError):
        import_purchases(shop, [str(path)])


def test_a_row_of_fifty_thousand_cells_is_refused_at_once(shop: Shop) -> None:
    file = export(shop, "a.csv", "1," * 50_000, header="a," * 50_000)
    with pytest.raises(ExportRefused, match="no till writes more than 1000"):
        inspect_file(shop, file)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-7", "idna", "punycode", "undefined", "unicode_escape"])
@pytest.mark.parametrize("top", ["", "skip_top: until header\n"])
def test_a_file_that_is_not_of_the_encoding_its_layout_says_is_refused_or_taken(shop: Shop, encoding: str, top: str) -> None:
    layout = layout_saying(shop.folder, f"{top}encoding: {encoding}\ndates: year-month-day")
    path = shop.folder / "a.csv"
    for content in (b"Nr,Data,Kwota\n1,2026-03-01,10.00\n", "Ж,Data\n1,ąź,\\x3\n".encode(), b"\xff\xfeN\x00r\x00\xd8\xd8"):
        path.write_bytes(content)
        with contextlib.suppress(LoyaltyError):
            import_purchases(shop, [str(path)], layout=str(layout), store="Market")


@pytest.mark.parametrize("nothing", ["[]", "{}", "''", "[[]]", "[{}]", "0", "-1", "no"])
def test_a_setting_of_a_layout_that_says_nothing_is_taken_or_refused(shop: Shop, nothing: str) -> None:
    path = shop.folder / "a.csv"
    path.write_text("Nr,Data,Godzina,Kwota\n1,2026-03-01,10:00,10.00\n", encoding="utf-8")
    columns = "columns: {receipt: Nr, date: Data, time: Godzina, amount: Kwota}\n"
    for name, field in Layout.model_fields.items():
        layout = shop.folder / "mine.yaml"
        layout.write_text(f"{columns}{(field.alias or name).replace('_', ' ')}: {nothing}\n", encoding="utf-8")
        with contextlib.suppress(LoyaltyError):
            import_purchases(shop, [str(path)], layout=str(layout), store="Market", dry_run=True)
        layout.write_text(f"{columns}{field.alias or name}: {nothing}\n", encoding="utf-8")
        with contextlib.suppress(LoyaltyError):
            import_purchases(shop, [str(path)], layout=str(layout), store="Market", dry_run=True)


def test_a_workbook_whose_parts_lie_before_its_beginning_is_a_damaged_file(shop: Shop) -> None:
    path = shop.folder / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    content = bytearray(path.read_bytes())
    # The list of names says that it is longer than all there is before it: every part seems to lie before byte 0.
    at = content.rfind(b"PK\x05\x06") + 16
    content[at : at + 4] = (int.from_bytes(content[at : at + 4], "little") + 5000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(ExportRefused) as caught:
        inspect_file(shop, str(path))
    assert caught.value.exit_code == ExitCode.EXPORT_REFUSED


def test_a_date_of_a_column_whose_time_of_day_is_none(shop: Shop) -> None:
    rows = ["1;2026-03-01 10:00;10,00", "2;2026-03-02 25:00;10,00", "3;2026-03-03 11:00;10,00"]
    file = export(shop, "a.csv", *rows, header="Nr paragonu;Data;Kwota")
    damage: Any = inspect_file(shop, file).data["damage"]
    assert [each["line"] for each in damage] == [3]


@pytest.mark.parametrize("line", ["x: 1\n", "k{0}: 1\n", "? &a{0} b{0}\n: *a{0}\n", "k{0}: !t 1\n"])
def test_a_settings_file_of_nothing_but_mistakes_is_refused_in_the_time_it_takes_to_read_some(tmp_path: Path, line: str) -> None:
    path = layout_saying(tmp_path, "".join(line.format(number) for number in range(20_000)))
    began = time.process_time()
    with pytest.raises(Mistakes) as caught:
        read_layout(path)
    assert len(caught.value.problems) == 300
    # Each used to be compared with all before: 25 kB took six seconds.
    assert time.process_time() - began < 5


def test_rows_that_are_no_purchases_cost_no_more_than_their_number(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop")
    path = tmp_path / "sums.csv"
    header = "date,time,store,receipt,card,product,quantity,amount\n"
    path.write_text(header + "".join(f"Total of {letters},,,,,,,\n" for letters in product("abcdefghij", repeat=4)), encoding="utf-8")
    began = time.process_time()
    with contextlib.suppress(LoyaltyError):
        inspect_file(shop, str(path))
    assert time.process_time() - began < 4
