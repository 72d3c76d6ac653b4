"""Importing purchases: what goes in, what is known, what is set aside, what is refused."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.receipts import lines
from loyalty_cli.importers.receipts import quick
from loyalty_cli.importers.receipts.lines import Catalogue
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.imports.files_meant import refuse_if_growing
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.reading.forms.encodings import stamp_of
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import kept_by
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Sequence

MILK = "2026-03-02,10:00:00,North,1,2900001,MILK,1,3.50"
BREAD = "2026-03-02,10:00:00,North,1,2900001,BREAD,2,7.00"
TEA = "2026-03-02,11:00:00,North,2,,TEA,1,12.00"


def test_rows_become_receipts_with_lines(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, export(shop, "a.csv", MILK, BREAD, TEA))
    # 3.50 + 7.00 + 12.00 = 22.50
    assert (figures["read"], figures["imported"], figures["lines"], figures["total"]) == (3, 2, 3, "22.50")
    # 10:00 in Warsaw in March is 09:00 UTC: 2026-03-02 is day 20514 since 1970; 20514 x 86400 + 32400.
    assert asked(shop, "SELECT number, total, day, clock, at FROM receipt") == [
        ("1", 1050, 2461102, 36000, 1772442000),
        ("2", 1200, 2461102, 39600, 1772445600),
    ]
    assert asked(shop, "SELECT quantity, amount FROM line") == [(1000, 350), (2000, 700), (1000, 1200)]
    assert asked(shop, "SELECT count(*) FROM member") == [(1,)]
    assert asked(shop, "SELECT since FROM due") == [(2461102,)]


def test_a_receipt_without_a_card_is_kept_without_a_member(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", TEA))
    assert asked(shop, "SELECT card_id, member_id FROM receipt") == [(None, None)]


def test_the_same_bytes_are_not_read_twice(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    file = export(shop, "a.csv", MILK, BREAD)
    taken_in(shop, file)
    figures = taken_in(shop, file)
    assert (figures["booked_before"], figures["read"], figures["import"]) == (1, 0, None)


def test_an_overlapping_export_adds_only_what_is_new(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK, BREAD))
    figures = taken_in(shop, export(shop, "b.csv", MILK, BREAD, TEA))
    assert (figures["imported"], figures["known"], figures["conflicts"]) == (1, 1, 0)


def test_the_same_receipt_with_its_lines_in_another_order_is_known(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK, BREAD))
    figures = taken_in(shop, export(shop, "b.csv", BREAD, MILK))
    assert (figures["known"], figures["conflicts"]) == (1, 0)


def test_equal_lines_within_a_receipt_are_two_sales(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    assert taken_in(shop, export(shop, "a.csv", MILK, MILK))["total"] == "7.00"
    assert taken_in(shop, export(shop, "b.csv", MILK))["conflicts"] == 1


def test_a_bad_row_sets_its_whole_receipt_aside_and_the_rest_goes_in(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, export(shop, "a.csv", TEA, MILK, BREAD.replace("7.00", "7,00")))
    assert (figures["imported"], figures["set_aside"]) == (1, 2)
    reasons = {row["line"]: row["reason"] for row in figures["set_aside_rows"]}
    assert "cells in the row: 9, expected: 8" in reasons[4]
    assert reasons[3] == "another row of this receipt is set aside: line 4"
    assert asked(shop, "SELECT line FROM set_aside") == [(3,), (4,)]


def test_rows_set_aside_can_be_mended_and_imported_again(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, export(shop, "a.csv", TEA, MILK.replace("3.50", "3.5o"), BREAD))
    file = Path(figures["set_aside_file"])
    assert file == tmp_path / "set-aside" / "a.1.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace("3.5o", "3.50"), encoding="utf-8")
    # 3.50 + 7.00 = 10.50
    assert taken_in(shop, str(file))["total"] == "10.50"
    assert not list((tmp_path / "set-aside").glob(".*"))


def test_a_dry_run_tells_everything_and_keeps_nothing(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, export(shop, "a.csv", MILK, BREAD, TEA.replace("12.00", "?")), dry_run=True)
    assert (figures["imported"], figures["set_aside"], figures["set_aside_file"]) == (1, 1, None)
    assert asked(shop, "SELECT count(*) FROM receipt") == [(0,)]
    assert not list((tmp_path / "set-aside").glob("*"))
    assert {name for (name,) in asked(shop, "SELECT name FROM sqlite_schema WHERE tbl_name = 'receipt'")} >= {"receipt_key"}


def test_rows_of_one_receipt_may_lie_scattered_over_the_file(tmp_path: Path) -> None:
    shop, other = shop_in(tmp_path / "scattered"), shop_in(tmp_path / "gathered")
    taken_in(shop, export(shop, "a.csv", MILK, TEA, BREAD))
    taken_in(other, export(other, "a.csv", MILK, BREAD, TEA))
    assert kept_by(shop) == kept_by(other)


def test_a_scattered_receipt_with_a_bad_row_is_set_aside_whole(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, export(shop, "a.csv", MILK, TEA, BREAD.replace("7.00", "seven")))
    assert (figures["imported"], figures["set_aside"]) == (1, 2)
    assert asked(shop, "SELECT number FROM receipt") == [("2",)]


def test_two_exports_copied_into_one_file_count_each_receipt_once(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, export(shop, "a.csv", MILK, BREAD, TEA, MILK, BREAD))
    assert (figures["imported"], figures["lines"], figures["known"], figures["total"]) == (2, 3, 1, "22.50")


def test_two_cards_on_one_receipt_are_a_fault(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, export(shop, "a.csv", MILK, BREAD.replace("2900001", "2900002"), TEA))
    assert figures["set_aside"] == 2
    assert "is not the card of this receipt" in figures["set_aside_rows"][1]["reason"]


def test_a_card_that_a_spreadsheet_spoiled_is_a_fault(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, export(shop, "a.csv", MILK.replace("2900001", "5.90123E+12"), TEA))
    assert figures["set_aside_rows"][0]["reason"] == "card: '5.90123E+12' is not a card's number"


def test_the_store_is_an_option_where_the_file_does_not_say(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header, row = "date,time,receipt,amount", "2026-03-02,10:00:00,1,3.50"
    file = export(shop, "a.csv", row, header=header)
    taken_in(shop, file, store="North")
    assert taken_in(shop, file, store="South", another_store=True)["imported"] == 1
    assert asked(shop, "SELECT name FROM store ORDER BY 1") == [("North",), ("South",)]


def test_a_program_that_names_no_store_has_one(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", "2026-03-02,10:00:00,1,3.50", header="date,time,receipt,amount"))
    assert asked(shop, "SELECT name FROM store") == [("main",)]


def test_a_program_with_several_stores_asks_for_the_store(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    stores = "stores: {North: {files: n/*.csv}, South: {files: s/*.csv}}\n"
    shop.program.write_text(shop.program.read_text(encoding="utf-8") + stores, encoding="utf-8")
    file = export(shop, "a.csv", "2026-03-02,10:00:00,1,3.50", header="date,time,receipt,amount")
    with pytest.raises(ExportRefused, match="a column with the store"):
        taken_in(shop, file)


def test_the_store_is_found_by_the_files_that_the_program_names(tmp_path: Path) -> None:
    program = "program: C\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\nstores:\n  Market: {files: market/*.csv}\n"
    shop = shop_in(tmp_path, program)
    (tmp_path / "market").mkdir()
    taken_in(shop, export(shop, "market/a.csv", "2026-03-02,10:00:00,1,3.50", header="date,time,receipt,amount"))
    assert asked(shop, "SELECT name FROM store") == [("Market",)]


def test_a_file_of_other_columns_is_refused_with_what_was_found(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    with pytest.raises(ExportRefused, match=r"Expected: the columns receipt, date, amount. Found: datum, nummer") as refusal:
        taken_in(shop, export(shop, "a.csv", "1,2", header="datum,nummer"))
    assert refusal.value.exit_code == ExitCode.LAYOUT_DOES_NOT_FIT


def test_another_delimiter_is_named(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    with pytest.raises(ExportRefused, match=r'cells with "," between them. Found: cells with ";"'):
        taken_in(shop, export(shop, "a.csv", MILK.replace(",", ";"), header="date;time;store;receipt;amount"))


def test_a_file_in_which_no_row_fits_is_refused_whole(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    rows = [f"02.03.2026,10:00:00,North,{number},,TEA,1,1.00" for number in range(5)]
    with pytest.raises(ExportRefused, match=r"no row can be read. Line 2: date: '02.03.2026' is not YYYY-MM-DD"):
        taken_in(shop, export(shop, "a.csv", *rows))
    assert asked(shop, "SELECT count(*) FROM import") == [(0,)]


def test_a_last_row_that_is_cut_off_means_the_file_is_still_being_written(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    file = Path(export(shop, "a.csv", MILK, BREAD, TEA))
    file.write_text(file.read_text(encoding="utf-8")[:-8], encoding="utf-8")
    with pytest.raises(ExportRefused, match="still being written") as refusal:
        taken_in(shop, str(file))
    assert refusal.value.exit_code == ExitCode.STILL_GROWING


def test_a_complete_last_row_without_its_end_is_taken_with_a_warning(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    file = Path(export(shop, "a.csv", MILK, BREAD, TEA))
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    figures = taken_in(shop, str(file))
    assert figures["imported"] == 2
    assert "ends in the middle of a line" in figures["warnings"][0]


def test_a_time_that_the_clocks_skip_is_a_fault_and_one_shown_twice_is_the_first(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    # Warsaw: 2026-03-29 02:00 to 03:00 does not exist; 2026-10-25 02:30 comes at 00:30 UTC and at 01:30 UTC.
    rows = ("2026-03-29,02:30:00,North,1,,TEA,1,1.00", "2026-10-25,02:30:00,North,2,,TEA,1,1.00")
    figures = taken_in(shop, export(shop, "a.csv", *rows))
    assert figures["set_aside_rows"][0]["reason"] == "time: the clocks skip 02:30 on this day"
    assert "1 receipt is from an hour that the clocks showed twice" in figures["warnings"][0]
    # 2026-10-25 is day 20751 since 1970: 20751 x 86400 + 1800.
    assert asked(shop, "SELECT at FROM receipt") == [(1792888200,)]


def test_a_layout_is_read_from_the_folder_of_layouts(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "kasa.yaml").write_text(
        """\
encoding: cp1250
delimiter: ";"
decimal_mark: ","
thousands_mark: space
date_form: DD.MM.YYYY HH:mm
skip_top: 1
skip_bottom: 1
receipt_key: [date, till, receipt]
return_labels: [Zwrot]
ignore: {Status: [Anulowany]}
columns:
  receipt: Nr
  till: Kasa
  date: Data
  store: Sklep
  product_name: Nazwa
  amount: Wartość
  kind: Typ
""",
        encoding="utf-8",
    )
    text = (
        "Raport sprzedaży\n"
        "Nr;Kasa;Data;Sklep;Nazwa;Wartość;Typ;Status\n"
        "1;A;02.03.2026 10:15;Łódź;Żyto;1 234,50;Sprzedaż;\n"
        "1;A;03.03.2026 10:15;Łódź;Żyto;10,00;Sprzedaż;\n"
        "2;A;03.03.2026 10:16;Łódź;Żyto;4,50;Zwrot;\n"
        "3;A;03.03.2026 10:17;Łódź;Żyto;9,99;Sprzedaż;Anulowany\n"
        "RAZEM;;;;;1 240,00;;\n"
    )
    (tmp_path / "r.csv").write_bytes(text.encode("cp1250"))
    figures = taken_in(shop, str(tmp_path / "r.csv"), layout="kasa")
    # 1234.50 + 10.00 - 4.50 = 1240.00, as the till's own last row says
    assert (figures["imported"], figures["ignored"], figures["total"]) == (3, 1, "1240.00")
    assert asked(shop, "SELECT number, total, returned FROM receipt ORDER BY id") == [
        ("2026-03-02|A|1", 123450, 0),
        ("2026-03-03|A|1", 1000, 0),
        ("2026-03-03|A|2", -450, 450),
    ]
    assert asked(shop, "SELECT name FROM store") == [("Łódź",)]


def test_mistakes_of_a_layout_come_with_their_lines(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "till.yaml").write_text("delimitr: ;\ncolumns:\n  amout: a\n", encoding="utf-8")
    with pytest.raises(Mistakes) as mistakes:
        taken_in(shop, export(shop, "a.csv", MILK), layout="till")
    assert {problem.where for problem in mistakes.value.problems} == {"till.yaml:1:1", "till.yaml:3:3"}


def test_a_pattern_means_all_its_files_and_a_missing_file_is_said(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    export(shop, "a.csv", MILK)
    export(shop, "b.csv", TEA)
    assert len(import_purchases(shop, [str(tmp_path / "*.csv")]).data["files"]) == 2  # type: ignore[arg-type]
    with pytest.raises(LoyaltyError, match="There is no file"):
        taken_in(shop, str(tmp_path / "c.csv"))


def test_cards_nobody_registered_are_set_aside_where_the_program_says_so(tmp_path: Path) -> None:
    program = "program: C\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\nunknown_cards: are set aside\n"
    shop = shop_in(tmp_path, program)
    figures = taken_in(shop, export(shop, "a.csv", MILK, TEA))
    assert figures["set_aside_rows"][0]["reason"] == "card: '2900001' is not known"
    assert asked(shop, "SELECT count(*) FROM card") == [(0,)]


def test_rows_that_were_set_aside_before_are_not_told_again(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    bad = BREAD.replace("7.00", "seven")
    taken_in(shop, export(shop, "a.csv", MILK, bad))
    figures = taken_in(shop, export(shop, "a.csv", MILK, bad, TEA))
    assert (figures["imported"], figures["set_aside"], figures["set_aside_before"]) == (1, 0, 2)
    # One more bad row of the same receipt tells all of it again.
    figures = taken_in(shop, export(shop, "a.csv", MILK, bad, bad.replace("BREAD", "ROLL"), TEA))
    assert (figures["set_aside"], figures["set_aside_before"]) == (3, 0)


def test_the_file_of_rows_set_aside_fits_its_layout_again(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (tmp_path / "layouts").mkdir()
    layout = 'skip_top: 2\nskip_bottom: 1\ndelimiter: ";"\ncolumns: {receipt: nr, date: when, amount: sum}\n'
    (tmp_path / "layouts" / "till.yaml").write_text(layout, encoding="utf-8")
    rows = (
        "of March",
        "nr;when;sum",
        "1;2026-03-02 10:00:00;1.00",
        "2;2026-03-02 10:00:00;1,00",
        "all;;2.00",
    )
    figures = taken_in(shop, export(shop, "a.csv", *rows, header="Report"), layout="till", store="North")
    assert (figures["imported"], figures["set_aside"]) == (1, 1)
    file = Path(figures["set_aside_file"])
    file.write_text(file.read_text(encoding="utf-8-sig").replace("1,00", "1.00"), encoding="utf-8")
    assert taken_in(shop, str(file), layout="till", store="North")["imported"] == 1


def test_a_file_that_changed_while_it_was_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a\n", encoding="utf-8")
    stamp = stamp_of(file)
    refuse_if_growing(file, stamp)
    file.write_text("a\nb\n", encoding="utf-8")
    with pytest.raises(ExportRefused, match="still being written"):
        refuse_if_growing(file, stamp)


def test_a_bad_date_or_time_on_a_later_row_is_a_fault_too(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    rows = (MILK, BREAD.replace("2026-03-02", "2026-02-30"), TEA)
    assert taken_in(shop, export(shop, "a.csv", *rows))["set_aside"] == 2


def test_rows_of_one_receipt_may_have_two_times_and_the_card_on_one_row_only(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK.replace("2900001", ""), BREAD.replace("10:00:00", "09:59:58"), TEA))
    # The earliest moment counts: 09:59:58 is 35998 seconds after midnight.
    assert asked(shop, "SELECT clock, card.number FROM receipt JOIN card ON card.id = receipt.card_id") == [(35998, "2900001")]


@pytest.mark.parametrize("members_first", [True, False])
def test_an_address_in_a_cards_place_is_the_member_who_has_it(tmp_path: Path, members_first: bool) -> None:
    """Whether the members come in before their purchases or after them; a list of others between changes nothing."""
    shop = shop_in(tmp_path)
    people = tmp_path / "people.csv"
    people.write_text("card,name,email,phone\n1,Ann,Ann@x.pl,+48 600-100-200\n2,Bo,bo@x.pl,\n3,Bea,bo@x.pl,\n")
    others = tmp_path / "others.csv"
    others.write_text("card,name,email\n4,Di,di@x.pl\n")
    (shop.folder / "layouts").mkdir(exist_ok=True)
    layout = "card_is: contact\ncolumns: {receipt: receipt, date: date, time: time, card: card, amount: amount}\n"
    (shop.folder / "layouts" / "mail.yaml").write_text(layout)
    rows = ("1,2026-03-02,10:00:00,ann@X.pl,1.00", "2,2026-03-02,10:00:00,+48 600 100 200,1.00")
    both = "3,2026-03-02,10:00:00,bo@x.pl,1.00"  # two members have this address, so it is neither's
    file = export(shop, "a.csv", *rows, both, header="receipt,date,time,card,amount")
    if members_first:
        import_members(shop, [str(people)])
    import_purchases(shop, [str(file)], layout="mail", store="North")
    import_members(shop, [str(others)])
    if not members_first:
        import_members(shop, [str(people)])
    owners = "SELECT receipt.number, member.name FROM receipt JOIN member ON member.id = member_id ORDER BY receipt.id"
    assert asked(shop, owners) == [("1", "Ann"), ("2", "Ann"), ("3", "")]


def test_an_address_that_somebody_has_as_a_card_stays_theirs(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    people = tmp_path / "people.csv"
    people.write_text("card,name,email\nann@x.pl,Ann,\n")
    import_members(shop, [str(people)])
    people.write_text("card,name,email\n7,Anna,ann@x.pl\n")
    import_members(shop, [str(people)])
    assert asked(shop, "SELECT card.number, name FROM card JOIN member ON member.id = member_id") == [("ann@x.pl", "Ann"), ("7", "Anna")]


def test_a_list_that_still_has_who_is_forgotten_comes_in_though_the_address_bought_again(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    people = tmp_path / "people.csv"
    people.write_text("card,name,email\n7,Anna,ann@x.pl\n")
    import_members(shop, [str(people)])
    member_erase(shop, "7", Asked(by="Ewa", reason="a letter"))
    (shop.folder / "layouts").mkdir(exist_ok=True)
    layout = "card_is: contact\ncolumns: {receipt: receipt, date: date, card: card, amount: amount}\n"
    (shop.folder / "layouts" / "mail.yaml").write_text(layout)
    file = export(shop, "a.csv", "1,2026-03-02 10:00:00,ann@x.pl,1.00", header="receipt,date,card,amount")
    import_purchases(shop, [str(file)], layout="mail", store="North")
    people.write_text("card,name,email\n7,Anna,ann@x.pl\n8,Bea,bea@x.pl\n")
    import_members(shop, [str(people)])
    # What was bought is nobody's who is known: the books of who is forgotten stay as they are.
    owners = "SELECT card.number, name FROM card JOIN member ON member.id = member_id WHERE member_id IN (SELECT member_id FROM receipt)"
    assert asked(shop, owners) == [("ann@x.pl", "")]
    assert asked(shop, "SELECT name FROM member WHERE name = 'Bea'") == [("Bea",)]


def test_what_no_row_asks_for_any_more_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Goods that come once each, such as those with a weight in their name, must not add up in memory."""
    begun: list[weakref.ref[Catalogue]] = []
    alive: list[int] = []

    class Seen(Catalogue):
        def __init__(self, words: Sequence[int]) -> None:
            super().__init__(words)
            alive.append(sum(each() is not None for each in begun))
            begun.append(weakref.ref(self))

    monkeypatch.setattr(lines, "Catalogue", Seen)
    monkeypatch.setattr(lines, "MOST_ARTICLES", 500)
    monkeypatch.setattr(quick, "MOST_TAILS", 1500)
    shop = shop_in(tmp_path)
    rows = [f"2026-03-02,10:00:00,North,{number},,APPLES {number} g,1,{number}.00" for number in range(1, 12001)]
    assert taken_in(shop, export(shop, "a.csv", *rows))["imported"] == 12000
    assert asked(shop, "SELECT count(*) FROM article") == [(12000,)]
    # The one that ends and, until its last rows are kept, the one before it.
    assert len(begun) > 4
    assert max(alive) <= 2


def test_the_command_that_looks_into_a_refused_file_can_be_typed_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = shop_in(tmp_path / "shop")
    monkeypatch.chdir(shop.folder)
    (tmp_path / "of the till.csv").write_text("Was;Wann\n1;2\n", encoding="utf-8")
    for refused in (import_purchases, import_members):
        with pytest.raises(ExportRefused) as caught:
            refused(shop, ["../of the till.csv"])
        assert 'loyalty import inspect "../of the till.csv".' in str(caught.value.hint)


def test_of_two_folders_with_a_file_of_one_name_the_command_names_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first was refused, and the command named the second."""
    shop = shop_in(tmp_path / "shop")
    monkeypatch.chdir(shop.folder)
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "till.csv").write_text("Was;Wann\n1;2\n", encoding="utf-8")
    for refused in (import_purchases, import_members):
        with pytest.raises(ExportRefused) as caught:
            refused(shop, ["../a/till.csv", "../b/till.csv"])
        assert "loyalty import inspect till.csv." in str(caught.value.hint)
