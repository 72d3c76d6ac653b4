"""Damage on the way from the till: each kind is seen, said with its line, and nothing of it becomes a purchase or a member."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import openpyxl
import pytest

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.wishes import MemberWishes
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

WORDS = ("date", "time", "store", "till", "cashier", "receipt", "card", "product_name", "quantity", "amount")
NAMES = ("Data", "Godzina", "Sklep", "Kasa", "Kasjer", "Paragon", "Karta", "Towar", "Ilość", "Wartość")
GOOD: dict[str, str] = {
    "date": "2026-03-02", "time": "10:00:00", "store": "North", "till": "K1", "cashier": "Łucja", "receipt": "1",
    "card": "2900001", "product_name": "Śmietana", "quantity": "1", "amount": "3.50",
}  # fmt: skip
FIGURES = ("lines", "known_lines", "conflict_lines", "set_aside", "set_aside_before", "ignored")
Row = dict[str, str]


def row(receipt: str, **cells: str) -> Row:
    return {**GOOD, "receipt": receipt, **cells}


class Way:
    """One way in: files in our own words, or a layout of the owner's."""

    def __init__(self, shop: Shop, *, owner: bool, **settings: Any) -> None:
        self.shop = shop
        self.owner = owner
        self.settings = settings

    def text(self, *rows: Row, end: str = "\n") -> str:
        """An export of some rows, its header first."""
        marks = {"amount", "quantity"}
        lines = [";".join(NAMES) if self.owner else ",".join(WORDS)]
        for cells in rows:
            if self.owner:
                lines.append(";".join(cells[w].replace(".", ",") if w in marks else cells[w] for w in WORDS))
            else:
                lines.append(",".join(f'"{cells[w]}"' if "," in cells[w] else cells[w] for w in WORDS))
        return "".join(line + end for line in lines)

    def layout(self) -> str | None:
        """The name of the owner's layout, which is written; none for our own words."""
        if not self.owner:
            return None
        (self.shop.folder / "layouts").mkdir(exist_ok=True)
        columns = dict(zip(WORDS, NAMES, strict=True))
        marks = {"delimiter": ";", "decimal_mark": ",", "date_form": "YYYY-MM-DD"}
        settings = {**marks, "columns": columns, **self.settings}
        (self.shop.folder / "layouts" / "till.yaml").write_text(json.dumps(settings), encoding="utf-8")
        return "till"

    def take(self, data: str | bytes, name: str = "a.csv") -> tuple[dict[str, Any], ExitCode]:
        """Import a file; its figures, which must add up, and the exit code."""
        path = self.shop.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        outcome = import_purchases(self.shop, [str(path)], layout=self.layout())
        figures: dict[str, Any] = outcome.data["files"][0]  # type: ignore[index]
        assert figures["read"] == sum(figures[word] for word in FIGURES)
        assert len(figures["set_aside_rows"]) == figures["set_aside"]
        assert nothing_lost_its_letters(self.shop)
        return figures, outcome.exit_code


def nothing_lost_its_letters(shop: Shop) -> bool:
    return b"\xef\xbf\xbd" not in shop.database.read_bytes()


@pytest.fixture(params=["our words", "the owner's layout"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Way:
    return Way(shop_in(tmp_path), owner=request.param == "the owner's layout")


def receipts(shop: Shop) -> list[str]:
    return [number for (number,) in asked(shop, "SELECT number FROM receipt WHERE gone = 0 ORDER BY number")]


BAD_CELLS = [
    ("card", "5.90123E+12", "card: "),
    ("card", "5,90123E+12", "card: "),
    ("card", "8.96529e+19", "card: "),
    ("card", "17850.0", "card: "),
    ("card", "19143100000101000", "card: "),  # 17 digits, of which the last two are a spreadsheet's noughts
    ("card", "1914310000010100000", "card: "),
    ("card", "29\u200b00001", "card: "),
    ("card", "29\ufffd0001", "card: "),
    ("card", "-", "card: "),
    ("card", "29000\x0701", "card: "),
    ("receipt", "5.36E+05", "receipt: "),
    ("receipt", "536365.0", "receipt: "),
    ("receipt", "2\ufffd", "receipt: "),
    ("receipt", "", "receipt: it is empty"),
    ("store", "P\ufffdnoc", "store: "),
    ("store", "PÃ³Å\x82noc", "store: "),  # Północ, its UTF-8 read as Latin-1
    ("cashier", "\ufffducja", "cashier: "),
    ("cashier", "Å\x81ucja Å»ak", "cashier: "),
    ("till", "K\ufffd", "cashier: "),
    ("product_name", "\ufffdmietana", "product: "),
    ("product_name", "Åšmietana żółta".encode().decode("cp1252", "ignore").replace("\ufffd", ""), "product: "),
    ("product_name", "РЎС‹СЂ", "product: "),  # Сыр, its UTF-8 read as cp1251
    ("product_name", "MasĹ‚o ĹĽ", "product: "),  # Masło ż, its UTF-8 read as cp1250
    ("amount", "3.5O", "amount: "),
    ("amount", "-", "amount: "),
    ("amount", "", "amount: "),
    ("amount", "3.505", "amount: "),
    ("amount", "1.000", "amount: "),
    ("amount", "1'000", "amount: "),
    ("amount", "1e3", "amount: "),
    ("amount", "99999999999999", "amount: "),
    ("amount", "٣.٥٠", "amount: "),
    ("amount", "=1+1", "amount: "),
    ("amount", "3.50 EUR", "amount: "),
    ("amount", "NaN", "amount: "),
    ("quantity", "1.2345", "quantity: "),
    ("quantity", "one", "quantity: "),
    ("date", "2026-02-30", "date: "),
    ("date", "2026-13-02", "date: "),
    ("date", "0000-00-00", "date: "),
    ("date", "1900-01-01", "date: "),
    ("date", "1970-01-01", "date: "),
    ("date", "2200-01-01", "date: "),
    ("date", "45718", "date: "),
    ("date", "02/03/2026", "date: "),
    ("time", "24:00:00", "time: "),
    ("time", "10:61:00", "time: "),
    ("time", "10", "time: "),
]


@pytest.mark.parametrize(("word", "cell", "reason"), BAD_CELLS)
def test_a_damaged_cell_sets_its_receipt_aside_and_the_others_come_in(way: Way, word: str, cell: str, reason: str) -> None:
    cells = {"receipt": "2", word: cell}
    bad = row(cells.pop("receipt"), **cells)
    figures, code = way.take(way.text(row("1"), bad, row("3", card="2900003")))
    assert (receipts(way.shop), code) == (["1", "3"], ExitCode.SET_ASIDE)
    assert [(found["line"], found["reason"].startswith(reason)) for found in figures["set_aside_rows"]] == [(3, True)]
    assert figures["total"] == "7.00"
    assert asked(way.shop, "SELECT number FROM card ORDER BY 1") == [("2900001",), ("2900003",)]
    # As bad as before when it comes back, and still no replacement character anywhere.
    again, _ = way.take(Path(figures["set_aside_file"]).read_bytes(), "again.csv")
    assert (again["imported"], again["set_aside"], again["set_aside_before"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("known", "spoiled"),
    [
        ("0012345678", "12345678"),
        ("012345678", "12345678"),
        ("1234567890123456", "1234567890123450"),
        ("12345678901234567", "12345678901234500"),
        # Typed by hand: in small letters, or А and В of the Cyrillic alphabet.
        ("AB100", "ab100"),
        ("AB100", "\u0410\u0412100"),
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_a_known_card_that_lost_its_noughts_or_its_tail_is_no_new_member(way: Way, known: str, spoiled: str, *, together: bool) -> None:
    good, bad = row("1", card=known), row("2", card=spoiled)
    if together:
        figures, _ = way.take(way.text(good, bad))
    else:
        way.take(way.text(good))
        figures, _ = way.take(way.text(bad), "b.csv")
    assert figures["set_aside"] == 1
    assert asked(way.shop, "SELECT number FROM card") == [(known,)]
    assert receipts(way.shop) == ["1"]


def test_a_card_that_only_looks_like_a_known_one_comes_in_once_it_was_made_known(way: Way) -> None:
    way.take(way.text(row("1", card="AB100")))
    figures, _ = way.take(way.text(row("2", card="ab100")), "b.csv")
    reason = "card: ab100 looks like the known card AB100; if it is another one, say first: loyalty member add --card ab100"
    assert [found["reason"] for found in figures["set_aside_rows"]] == [reason]
    member_add(way.shop, "ab100", MemberWishes(name="Ola Lis"))
    way.take(Path(figures["set_aside_file"]).read_bytes(), "mended.csv")
    cards = "SELECT card.number FROM receipt JOIN card ON card.id = card_id ORDER BY receipt.number"
    assert asked(way.shop, cards) == [("AB100",), ("ab100",)]


@pytest.mark.parametrize(("count", "told"), [(4, False), (5, True)])
def test_cards_of_sixteen_digits_that_all_end_in_a_nought_are_told(way: Way, count: int, told: bool) -> None:
    rows = [row(str(place), card=f"12345678901234{place}0") for place in range(count)]
    path = way.shop.folder / "a.csv"
    path.write_text(way.text(*rows))
    warnings = [str(warning) for warning in import_purchases(way.shop, [str(path)], layout=way.layout()).warnings]
    assert any("16 digits end in 0, such as 1234567890123400" in warning for warning in warnings) == told


def test_cards_of_a_length_that_the_shop_does_not_have_are_set_aside(tmp_path: Path) -> None:
    way = Way(shop_in(tmp_path), owner=True, card_lengths=[7], card_digits_only="yes")
    figures, _ = way.take(way.text(row("1"), row("2", card="900001"), row("3", card="29000O1")))
    assert ([found["line"] for found in figures["set_aside_rows"]], receipts(way.shop)) == ([3, 4], ["1"])


def test_a_bad_row_sets_the_whole_receipt_aside(way: Way) -> None:
    figures, _ = way.take(way.text(row("1"), row("2"), row("2", amount="x"), row("2"), row("3")))
    assert [found["line"] for found in figures["set_aside_rows"]] == [3, 4, 5]
    assert receipts(way.shop) == ["1", "3"]


def many(form: str, days: range) -> list[Row]:
    return [row(f"{form}{day}", date=form.format(day=day)) for day in days]


@pytest.mark.parametrize("other", ["2026-{day:02}-05 00:00:00", "{day:02}/05/2026"])
def test_dates_of_two_forms_do_not_come_in_turned_round(tmp_path: Path, other: str) -> None:
    # A spreadsheet took 05/01/2026 to 05/12/2026 for dates and turned them; 05/13/2026 and later stayed as they were.
    way = Way(shop_in(tmp_path), owner=True, date_form="MM/DD/YYYY")
    text = way.text(*many("05/{day:02}/2026", range(13, 29)), *many(other, range(1, 13)), *many(other, range(13, 16)))
    try:
        way.take(text)
    except ExportRefused as refusal:
        assert "turned round" in str(refusal)  # noqa: PT017 - either way is right, a wrong day is not
    days = asked(way.shop, "SELECT DISTINCT strftime('%m-%d', day) FROM receipt ORDER BY 1")
    assert {day for (day,) in days} <= {f"05-{day:02}" for day in range(13, 29)}


def test_numbers_of_the_other_marks_are_never_a_thousand_times_wrong(way: Way) -> None:
    amounts = ["1 234.50", "1.234,50", "1,234.50", "1234,5.0", "1\u00a0234.50", "1.234.50"]
    figures, _ = way.take(way.text(row("0"), *(row(str(n), amount=a) for n, a in enumerate(amounts, 1))))
    assert (receipts(way.shop), figures["total"], figures["set_aside"]) == (["0"], "3.50", len(amounts))


def test_times_that_the_clocks_skip_are_bad_and_those_shown_twice_are_told(way: Way) -> None:
    skipped, twice = row("2", date="2026-03-29", time="02:30:00"), row("3", date="2025-10-26", time="02:30:00")
    figures, _ = way.take(way.text(row("1"), skipped, twice, row("4", date="2031-01-01"), row("5", date="2199-12-31")))
    assert receipts(way.shop) == ["1", "3", "4", "5"]
    assert "the clocks skip 02:30" in figures["set_aside_rows"][0]["reason"]
    told = " ".join(figures["warnings"])
    assert "1 receipt is from an hour that the clocks showed twice" in told
    assert "2 receipts lie in the future" in told


def test_what_is_odd_but_right_comes_in(way: Way) -> None:
    rows = [
        row("1", amount="-0.00"),
        row("2", product_name="=HYPERLINK(1)"),
        row("3", product_name="Ser\x07 \x1b[31mżółty"),
        row("4", quantity="-1", amount="-3.50"),
        row("'5", card="'2900001"),
        row("6", amount="0.00", quantity="0"),
    ]
    figures, code = way.take(way.text(*rows))
    # 0.00 + 3.50 + 3.50 - 3.50 + 3.50 + 0.00
    assert (figures["imported"], figures["total"], code) == (6, "7.00", ExitCode.OK)
    names = [name for (name,) in asked(way.shop, "SELECT name FROM article ORDER BY id")]
    assert names == ["Śmietana", "=HYPERLINK(1)", "Ser [31mżółty"]
    assert receipts(way.shop) == ["1", "2", "3", "4", "5", "6"]
    assert asked(way.shop, "SELECT number FROM card") == [("2900001",)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "around",
    [
        lambda text: text,
        lambda text: "\ufeff" + text,
        lambda text: text + "\x1a",
        lambda text: text + "\x1a" * 40,
        lambda text: text.rstrip("\r\n"),
        lambda text: text + text[-2:].lstrip("0") * 3,
        lambda text: text.replace("\n2026", "\n,,,,,,,,,\n2026", 1) if "," in text.split("\n")[0] else text,
        lambda text: text.replace("\n2026", "\n;;;;;;;;;\n2026", 1) if ";" in text.split("\n")[0] else text,
        lambda text: text.replace("\n2026", "\n   \n2026", 1),
    ],
    ids=["as it is", "mark", "Ctrl-Z", "many Ctrl-Z", "no end", "blank lines", "empty cells", "empty cells;", "spaces"],
)
def test_line_ends_marks_and_blank_lines_change_nothing(way: Way, end: str, around: Any) -> None:
    figures, code = way.take(around(way.text(row("1"), row("2"), end=end)))
    assert (receipts(way.shop), code, figures["read"]) == (["1", "2"], ExitCode.OK, 2)


def test_a_separator_line_above_the_header_is_no_header(way: Way) -> None:
    mark = ";" if way.owner else ","
    figures, _ = way.take(f"sep={mark}\n" + way.text(row("1"), row("2", amount="x"), row("3")))
    assert ([found["line"] for found in figures["set_aside_rows"]], receipts(way.shop)) == ([4], ["1", "3"])


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files_put_one_behind_the_other_are_read_with_a_warning(way: Way, mark: str) -> None:
    figures, _ = way.take(way.text(row("1")) + mark + way.text(row("2")) + mark + way.text(row("3")))
    assert (receipts(way.shop), figures["ignored"]) == (["1", "2", "3"], 2)
    assert "a header stands within the file" in figures["warnings"][0]


def test_a_receipt_that_two_files_in_one_tell_differently_is_not_added_up(way: Way) -> None:
    # The first file was written before the cup was rung up: 3.50 and 3.50 + 4.00 are no 11.00.
    grown = [row("1"), row("1", product_name="Kubek", amount="4.00")]
    with pytest.raises(ExportRefused, match="the receipt in line 2 stands in line 5 again"):
        way.take(way.text(row("1"), row("2")) + way.text(*grown, row("3")))
    assert receipts(way.shop) == []


@pytest.mark.parametrize("bad", ["x", "3.50"])
def test_rows_that_stand_in_a_file_twice_are_never_counted_twice(way: Way, bad: str) -> None:
    # A bad row, or one apart from its receipt, has all rows brought together by receipt.
    rows = [row("1"), row("2"), row("3", amount=bad), row("1", product_name="Kubek", amount="4.00")]
    text = way.text(*rows)
    with pytest.raises(ExportRefused, match="has receipts twice \\(3\\), the first of them in line 2 and in line "):
        way.take(text + text.split("\n", 1)[1])
    figures, _ = way.take(text)
    # 1: 3.50 + 4.00, 2: 3.50, and 3 where it can be read
    assert figures["total"] == ("11.00" if bad == "x" else "14.50")


@pytest.mark.parametrize(("time", "kept"), [("22:00:00", True), ("10:00:00", False)])
def test_a_receipt_goes_over_midnight_and_not_from_day_to_day(way: Way, time: str, kept: bool) -> None:
    # From 22:00 to 0:10 it is one receipt; a day later the till has begun to count anew.
    late = row("1", date="2026-03-03", time="00:10:00" if kept else time, product_name="Kubek")
    figures, _ = way.take(way.text(row("1", time=time), late, row("2")))
    assert receipts(way.shop) == (["1", "2"] if kept else ["2"])
    reasons = [found["reason"] for found in figures["set_aside_rows"]]
    assert [reason.startswith("date: more than 12 hours") for reason in reasons] == ([] if kept else [False, True])


def test_a_receipts_number_in_a_formula_is_the_number(way: Way) -> None:
    good = way.text(row("0012"))
    way.take(good)
    figures, _ = way.take(good.replace("0012", '"=""0012"""'), "b.csv")
    assert (figures["known"], receipts(way.shop)) == (1, ["0012"])


def test_two_equal_rows_of_a_receipt_with_others_between_are_its_own(way: Way) -> None:
    # 3.50 + 3.50 + 4.00 of 1, and 3.50 + 4.00 of 2: rows in the order of goods
    cup = {"product_name": "Kubek", "amount": "4.00"}
    figures, _ = way.take(way.text(row("1"), row("2"), row("1"), row("2", **cup), row("1", **cup)))
    assert (figures["total"], receipts(way.shop)) == ("18.50", ["1", "2"])


def test_a_header_above_each_page_tears_no_receipt(way: Way) -> None:
    # 3.50 + 4.00 on both sides of the header, and another receipt
    figures, _ = way.take(way.text(row("2"), row("1")) + way.text(row("1", product_name="Kubek", amount="4.00")))
    assert (receipts(way.shop), figures["total"]) == (["1", "2"], "11.00")


def test_a_row_of_totals_is_called_so_or_ignored_where_the_layout_says_it(tmp_path: Path) -> None:
    total = dict.fromkeys(WORDS, "") | {"date": "Razem", "amount": "7.00"}
    way = Way(shop_in(tmp_path / "a"), owner=True)
    figures, _ = way.take(way.text(row("1"), row("2"), total))
    assert "looks like a row of totals" in figures["set_aside_rows"][0]["reason"]
    way = Way(shop_in(tmp_path / "b"), owner=True, total_rows=["razem*"])
    figures, code = way.take(way.text(row("1"), row("2"), total))
    assert (figures["ignored"], figures["total"], code) == (1, "7.00", ExitCode.OK)


@pytest.mark.parametrize("cells", [-1, 1])
def test_rows_of_too_few_or_too_many_cells_are_set_aside(way: Way, cells: int) -> None:
    mark = ";" if way.owner else ","
    header, first, second, third = way.text(row("1"), row("2"), row("3")).splitlines()
    second = second.rsplit(mark, 1)[0] if cells < 0 else f"{second}{mark}x"
    figures, _ = way.take("\n".join([header, first, second, third, ""]))
    assert figures["set_aside_rows"][0]["reason"] == f"cells in the row: {10 + cells}, expected: 10"
    assert receipts(way.shop) == ["1", "3"]


def twice(text: str) -> str:
    """The same with the last column once more."""
    mark = ";" if ";" in text.partition("\n")[0] else ","
    return "".join(f"{line}{mark}{line.rpartition(mark)[2]}\n" for line in text.splitlines())


REFUSED: list[tuple[str, Any, str]] = [
    ("NUL", lambda text: text.replace("2900001", "29\x000001", 1), "NUL byte at"),
    ("an unclosed quote", lambda text: text.replace("Śmietana", '"Śmietana', 1), "line 2"),
    ("junk behind a quote", lambda text: text.replace("Śmietana", '"Śmietana"x', 1), "line 2"),
    ("a cut last row", lambda text: text[:-9], "still being written, or was cut off"),
    ("empty", lambda _: "", "does not fit|can not be read|empty"),
    ("wrong encoding", lambda text: text.encode("cp1250"), "is not utf-8"),
    ("other columns", lambda text: text.replace("amount", "sum").replace("Wartość", "Suma"), "amount|Wartość"),
    ("a column twice", twice, "each name once"),
    ("every amount bad", lambda text: text.replace("3.50", "3.5o").replace("3,50", "3,5o"), "no row can be read"),
    ("a long line", lambda text: text.replace("Śmietana", "x" * 1_100_000, 1), "more than 1048576 bytes"),
    ("a long cell", lambda text: text.replace("Śmietana", '"' + "x" * 200_000 + '"', 1), "line 2"),
    ("a long header", lambda text: '"' + "x" * 200_000 + '"\n' + text, "line 1|does not fit"),
    ("a quote in the header", lambda text: '"' + text * 3000, "line 1|does not fit"),
]


@pytest.mark.parametrize(("damage", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_file_that_can_not_be_trusted_is_refused_whole(way: Way, damage: Any, says: str) -> None:
    if not way.owner and says == "is not utf-8":
        says = "is not utf-8|may come from|seems"
    with pytest.raises(ExportRefused, match=says) as refusal:
        way.take(damage(way.text(row("1"), row("2"), row("3"), row("4"))))
    assert refusal.value.exit_code in {ExitCode.LAYOUT_DOES_NOT_FIT, ExitCode.STILL_GROWING, ExitCode.EXPORT_REFUSED}
    assert asked(way.shop, "SELECT (SELECT count(*) FROM receipt) + (SELECT count(*) FROM import)") == [(0,)]
    assert not list((way.shop.folder / "set-aside").glob("*"))


def test_a_header_alone_is_an_export_of_nothing(way: Way) -> None:
    figures, code = way.take(way.text())
    assert (figures["read"], figures["imported"], code) == (0, 0, ExitCode.OK)


def test_very_many_columns_and_a_receipt_of_many_rows(tmp_path: Path) -> None:
    way = Way(shop_in(tmp_path), owner=True)
    extra = ";x" * 20_000
    text = "".join(f"{line}{extra}\n" for line in way.text(row("1"), row("2")).splitlines())
    assert way.take(text)[0]["imported"] == 2
    assert way.take(way.text(*[row("3")] * 4096), "b.csv")[0]["lines"] == 4096
    with pytest.raises(ExportRefused, match="the receipt in line 3 has more than 4096 rows"):
        way.take(way.text(row("4"), *[row("5")] * 5000), "c.csv")


def test_letters_that_speak_against_the_encoding_are_told(tmp_path: Path) -> None:
    way = Way(shop_in(tmp_path), owner=True, encoding="cp1250")
    names = ["Чай", "Хлеб ржаной", "Молоко", "Сыр российский"]
    text = way.text(*(row(str(n), product_name=name, cashier="") for n, name in enumerate(names)))
    data = text.replace(text.splitlines()[0], ";".join(NAMES)).encode("utf-8")
    header, rest = data.split(b"\n", 1)
    figures, _ = way.take(header.decode().encode("cp1250") + b"\n" + rest.decode().encode("cp1251"))
    assert "its letters look like cp1251, not cp1250: " in figures["warnings"][0]


def test_a_built_in_till_does_not_guess_an_encoding_that_the_letters_speak_against(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM.replace("PLN", "RUB"))
    header = "Дата;Время;Номер чека;Номенклатура;Количество;Сумма"
    rows = "".join(f"02.03.2026;10:0{n};{n};{name};1;10,00\n" for n, name in enumerate(["Хлеб", "Молоко", "Сыр", "Чай"]))
    (tmp_path / "a.csv").write_bytes(f"{header}\n{rows}".encode("cp1251"))
    assert import_purchases(shop, [str(tmp_path / "a.csv")]).exit_code == ExitCode.OK
    # A till whose header is plain ASCII, saved by a spreadsheet in the code page of Poland.
    square = "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Net Sales,Transaction ID,Event Type,Location\n"
    items = ["Śmietana", "Masło", "Chleb żytni", "Bułka"]
    rows = "".join(f"2026-03-02,10:0{n}:00,Warsaw,,{name},1,Regular,,10.00,T{n},Payment,Main\n" for n, name in enumerate(items))
    (tmp_path / "b.csv").write_bytes((square + rows).encode("cp1250"))
    with pytest.raises(ExportRefused, match="seems to be saved as cp1250") as refusal:
        import_purchases(shop, [str(tmp_path / "b.csv")])
    assert "like: square-items" in str(refusal.value.hint)


def test_price_times_quantity_beyond_all_reason_is_a_bad_row(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "till.yaml").write_text("columns: {receipt: nr, date: date, quantity: qty, price: price}\n")
    rows = "1,2026-03-02 10:00:00,2,3.50\n2,2026-03-02 10:00:00,9999999999,99999999.00\n"
    (tmp_path / "a.csv").write_text(f"nr,date,qty,price\n{rows}", encoding="utf-8")
    outcome = import_purchases(shop, [str(tmp_path / "a.csv")], layout="till")
    assert (receipts(shop), outcome.exit_code) == (["1"], ExitCode.SET_ASIDE)


ONE_LINE = """
import sys
from pathlib import Path
from datetime import datetime, UTC
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.open_shop import Shop
folder = Path(sys.argv[1])
shop = Shop(program=folder / "program.yaml", database=folder / "loyalty.db", now=datetime(2026, 11, 21, tzinfo=UTC), secret="ab" * 32)
try:
    import_purchases(shop, [str(folder / "a.csv")])
except ExportRefused as refusal:
    print(refusal)
# The highest memory of this program alone: what the system calls maxrss counts the process that started it, too.
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the most memory used is told in other units elsewhere")
@pytest.mark.parametrize("filling", [b"x", b"\0"])
def test_a_line_of_a_gigabyte_is_refused_in_little_memory(tmp_path: Path, filling: bytes) -> None:
    shop_in(tmp_path)
    with (tmp_path / "a.csv").open("wb") as file:
        file.write(",".join(WORDS).encode() + b"\n2026-03-02,10:00:00," + filling * 2_000_000)
        file.truncate(1 << 30)
    done = subprocess.run(
        [sys.executable, "-c", ONE_LINE, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    (tmp_path / "a.csv").unlink()
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert "a line of more than 1048576 bytes" in said[0]
    assert int(said[1]) < 200


def test_a_row_that_is_too_short_is_not_ignored_for_want_of_its_label(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (tmp_path / "layouts").mkdir()
    columns = "{receipt: nr, date: date, amount: amount}"
    (tmp_path / "layouts" / "till.yaml").write_text(f"columns: {columns}\nkeep: {{type: [sale]}}\n")
    rows = "1,2026-03-02 10:00:00,1.00,sale\n2,2026-03-02 10:00:00,2.00\n3,2026-03-02 10:00:00,2.00,pay\n"
    (tmp_path / "a.csv").write_text(f"nr,date,amount,type\n{rows}")
    figures: Any = import_purchases(shop, [str(tmp_path / "a.csv")], layout="till").data["files"]
    assert (figures[0]["ignored"], figures[0]["set_aside_rows"][0]["line"]) == (1, 3)
    # The label's own column must not stand twice either.
    (tmp_path / "b.csv").write_text("nr,date,amount,type,type\n1,2026-03-02 10:00:00,1.00,sale,pay\n")
    with pytest.raises(ExportRefused, match="each name once; give type by number"):
        import_purchases(shop, [str(tmp_path / "b.csv")], layout="till")


@pytest.mark.parametrize("written", ["$-2.00", "-$2.00", "($2.00)", "\u2212$2.00", "$2.00-"])
def test_a_return_under_the_number_of_its_sale_is_known_by_its_sign_wherever_it_stands(tmp_path: Path, written: str) -> None:
    shop = shop_in(tmp_path, PROGRAM.replace("PLN", "USD"))
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "till.yaml").write_text(
        "columns: {receipt: nr, date: date, amount: amount}\ncurrency_signs: [$]\nreturns: negative amount\nreturns_share_number: yes\n"
    )
    rows = f"1,2026-03-02 10:00:00,$5.00\n1,2026-03-03 10:00:00,{written}\n"
    (tmp_path / "a.csv").write_text(f"nr,date,amount\n{rows}", encoding="utf-8")
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="till")
    assert asked(shop, "SELECT total, original FROM receipt ORDER BY id") == [(500, None), (-200, "1")]


def test_a_workbook_of_no_known_till_is_refused_and_its_text_does_not_stay(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    book = openpyxl.Workbook()
    book.worksheets[0].append(["colour", "name"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(ExportRefused, match="does not fit its layout"):
        import_purchases(shop, [str(tmp_path / "a.xlsx")])
    assert [path.name for path in tmp_path.rglob("*.xlsx")] == ["a.xlsx"]


def test_a_file_of_rows_set_aside_that_has_no_name_yet_gets_it_from_the_next_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = shop_in(tmp_path)
    bad = export(shop, "a.csv", "2026-03-01,10:00:00,North,1,2901,X,1,10.00", "2026-02-30,10:00:00,North,2,2901,X,1,10.00")
    whole = Path.replace

    def killed(part: Path, target: Path) -> Path:
        if part.name.endswith(".csv.part"):
            raise OSError("the lights went out")
        return whole(part, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(OSError, match="lights"):
            taken_in(shop, bad)
    aside = tmp_path / "set-aside"
    assert [path.name for path in aside.iterdir()] == [".a.1.csv.part"]
    # A part of an import that never was committed has nothing to name.
    (aside / ".b.7.csv.part").write_text("half", encoding="utf-8")
    taken_in(shop, bad)
    assert [path.name for path in aside.iterdir()] == ["a.1.csv"]
    assert "2026-02-30" in (aside / "a.1.csv").read_text(encoding="utf-8")
