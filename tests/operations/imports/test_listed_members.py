"""Members from another system: groups with days and proof, consents with day and source, cards, numbers, blocks."""

from __future__ import annotations

import zipfile
from typing import Any
from typing import TYPE_CHECKING

import openpyxl
import pytest

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.operations.imports.members import import_members
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

GROUPS = "SELECT name, date(from_day), date(until_day), proof FROM member_group ORDER BY name"


def listed(shop: Shop, header: str, *rows: str) -> dict[str, Any]:
    data: Any = import_members(shop, [export(shop, "members.csv", *rows, header=header)], by="Ola").data
    figures: dict[str, Any] = data["files"][0]
    return figures


def test_groups_have_days_of_their_own_or_those_of_the_row(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header = "card,groups,group_from,group_until,proof"
    row = "1,pensioner until 2027-05-31; staff from 2026-02-01; student,2026-01-15,2026-12-31,ZUS 12/345"
    assert listed(shop, header, row)["new"] == 1
    assert asked(shop, GROUPS) == [
        ("pensioner", "2026-01-15", "2027-05-31", "ZUS 12/345"),
        ("staff", "2026-02-01", "2026-12-31", "ZUS 12/345"),
        ("student", "2026-01-15", "2026-12-31", "ZUS 12/345"),
    ]
    assert listed(shop, header, row)["known"] == 1
    # A new pass: the last day and the proof change, nothing else does.
    assert listed(shop, header, "1,pensioner until 2028-05-31,2026-01-15,,ZUS 99")["changed"] == 1
    assert asked(shop, GROUPS)[0] == ("pensioner", "2026-01-15", "2028-05-31", "ZUS 99")
    assert asked(shop, "SELECT count(*) FROM member_group") == [(3,)]


def test_a_group_that_ends_before_it_begins_is_set_aside(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = listed(shop, "card,groups", "1,staff from 2026-02-01 until 2026-01-01", "2,staff until soon", "3,staff")
    assert [row["reason"] for row in figures["set_aside_rows"]] == [
        "groups: staff would end before it begins",
        "groups: 'soon' is not YYYY-MM-DD",
    ]


@pytest.mark.parametrize("written", ["draws no", "draws=no", "draws = no", "draws: no"])
def test_a_refusal_is_understood_however_it_is_written(tmp_path: Path, written: str) -> None:
    shop = shop_in(tmp_path)
    listed(shop, "card,consents", f"1,{written}")
    assert asked(shop, "SELECT channel, given FROM consent") == [("draws", 0)]


@pytest.mark.parametrize(
    ("column", "written", "kept"),
    [
        # As a column of channels: what names a channel in other words is no answer that we know.
        ("consents", "sms; email no", [("email", 0), ("sms", 1)]),
        ("consents", "sms:survey", [("sms", 1)]),
        ("consents", "no sms", None),
        ("consents", "sms: refused", None),
        ("consents", "sms (no)", None),
        ("consents", "email; yes", None),
        ("consents", "whatsapp", [("whatsapp", 1)]),
        # As a column of one channel: nothing but yes, no, or a known channel.
        ("SMS consent", "yes", [("sms", 1)]),
        ("SMS consent", "nie", [("sms", 0)]),
        ("SMS consent", "-", []),
        ("SMS consent", "odmowa", None),
        ("SMS consent", "withdrawn", None),
        ("SMS consent", "2026-01-05", None),
        ("SMS consent", "email no", [("email", 0)]),
    ],
)
def test_a_refusal_in_other_words_is_never_kept_as_a_consent(
    tmp_path: Path, column: str, written: str, kept: list[tuple[str, int]] | None
) -> None:
    shop = shop_in(tmp_path)
    (shop.folder / "layouts").mkdir()
    (shop.folder / "layouts" / "m.yaml").write_text(f"kind: members\ncolumns: {{card: card, consents: {column}}}\n", encoding="utf-8")
    data: Any = import_members(shop, [export(shop, "m.csv", f"1,{written}", "2,", header=f"card,{column}")], layout="m").data
    assert data["files"][0]["set_aside"] == (kept is None)
    assert asked(shop, "SELECT channel, given FROM consent ORDER BY channel") == (kept or [])


def test_a_birthday_that_has_not_come_yet_is_set_aside(tmp_path: Path) -> None:
    # It is 21 November 2026.
    figures = listed(shop_in(tmp_path), "card,birthday", "1,2026-11-22", "2,2026-11-21", "3,--12-31", "4,1996-02-29")
    assert [row["line"] for row in figures["set_aside_rows"]] == [2]
    assert "has not come yet" in figures["set_aside_rows"][0]["reason"]


@pytest.mark.parametrize(("end", "told"), [("", True), ("\n", False)])
def test_a_list_whose_last_line_has_no_end_is_told_with_that_line(tmp_path: Path, end: str, told: bool) -> None:
    shop = shop_in(tmp_path)
    path = tmp_path / "m.csv"
    path.write_text(f'card,name\n1,"Ewa\nLis"\n2,Ja{end}', encoding="utf-8")
    data: Any = import_members(shop, [str(path)]).data
    assert [("line 4" in text, "whole" in text) for text in data["files"][0]["warnings"]] == [(True, True)] * told


def test_consents_have_a_day_and_a_source_and_may_be_refusals(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header = "card,consents,consent_date,consent_source"
    row = "1,email; sms no,2025-06-01,paper form"
    assert listed(shop, header, row)["new"] == 1
    select = "SELECT channel, given, date(from_day), source FROM consent ORDER BY channel"
    assert asked(shop, select) == [("email", 1, "2025-06-01", "paper form"), ("sms", 0, "2025-06-01", "paper form")]
    assert listed(shop, header, row)["known"] == 1
    assert listed(shop, header, "1,email no,2026-06-01,phone call")["changed"] == 1
    # The old list again does not bring the consent back.
    assert listed(shop, header, row)["known"] == 1
    assert asked(shop, "SELECT given FROM consent WHERE channel = 'email' ORDER BY from_day DESC LIMIT 1") == [(0,)]


def test_somebody_may_have_a_number_only_and_cards_later(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    assert listed(shop, "number,name,language", "M1,Anna,PL")["new"] == 1
    taken_in(shop, export(shop, "a.csv", "2026-03-02,10:00:00,North,1,2900001,MILK,1,3.50"))
    # The card was used before anybody wrote down whose it is: its receipt comes along.
    assert listed(shop, "number,card", "M1,2900001;2900002")["changed"] == 1
    assert asked(shop, "SELECT count(*), max(name), max(language) FROM member") == [(1, "Anna", "pl")]
    assert asked(shop, "SELECT m.number FROM receipt r JOIN member m ON m.id = r.member_id") == [("M1",)]
    assert asked(shop, "SELECT count(*) FROM card") == [(2,)]
    assert listed(shop, "number,card", "M1,2900001;2900002")["known"] == 1


def test_a_card_of_somebody_else_is_a_conflict(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header = "card,number,name"
    listed(shop, header, "1,M1,Anna", "2,M2,Jan")
    figures = listed(shop, header, "2,M1,Anna", "1,M7,Anna", "3,M3,Ewa")
    assert (figures["conflicts"], figures["set_aside"], figures["new"]) == (2, 2, 1)
    assert [row["reason"] for row in figures["set_aside_rows"]] == [
        "2, M1 belong to different members",
        "card 1 belongs to the member with the number M1",
    ]
    assert asked(shop, "SELECT number, name FROM member ORDER BY id") == [("M1", "Anna"), ("M2", "Jan"), ("M3", "Ewa")]


def test_a_list_blocks_and_frees(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    listed(shop, "card,blocked", "1,yes", "2,no", "3,")
    assert asked(shop, "SELECT member_id, date(from_day), until_day FROM block") == [(1, "2026-11-21", None)]
    assert listed(shop, "card,blocked", "1,yes", "2,no", "3,")["known"] == 3
    assert listed(shop, "card,blocked", "1,no")["changed"] == 1


def test_a_language_or_an_answer_that_is_none_is_set_aside(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = listed(shop, "card,language,blocked", "1,Polish,", "2,,maybe", "3,pl,no")
    assert [row["reason"] for row in figures["set_aside_rows"]] == [
        "language: 'Polish' is not a language's two letters",
        "blocked: 'maybe' is not yes or no",
    ]


def test_a_list_of_which_all_rows_clash_is_no_misfit(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header = "card,number"
    listed(shop, header, "1,M1", "2,M2", "3,M3")
    figures = listed(shop, header, "1,M2", "2,M3", "3,M1")
    assert (figures["set_aside"], figures["conflicts"]) == (3, 3)


def test_a_birthday_without_a_year_may_be_in_the_form_of_the_list(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (tmp_path / "layouts").mkdir()
    layout = "kind: members\ndate_form: DD.MM.YYYY\ncolumns: {card: card, birthday: birthday}\n"
    (tmp_path / "layouts" / "own.yaml").write_text(layout, encoding="utf-8")
    rows = ("1,29.02", "2,27.11.", "3,02-29", "4,31.04", "5,29.02.1948")
    path = export(shop, "members.csv", *rows, header="card,birthday")
    data: Any = import_members(shop, [path], layout="own", by="Ola").data
    assert [row["line"] for row in data["files"][0]["set_aside_rows"]] == [5]
    assert asked(shop, "SELECT birthday FROM member ORDER BY id") == [("02-29",), ("11-27",), ("02-29",), ("1948-02-29",)]


def test_a_name_with_damaged_letters_is_set_aside(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    figures = listed(shop, "card,name", "1,\u00c5\u00bbaneta \u00c5\u0081o\u00c5\u203a", "2,Ann\ufffd", "3,Żaneta Łoś")
    assert [row["line"] for row in figures["set_aside_rows"]] == [2, 3]
    assert asked(shop, "SELECT name FROM member") == [("Żaneta Łoś",)]
    assert asked(shop, "SELECT row FROM set_aside")[1] == ("2,Ann\\ufffd",)


def test_a_workbook_that_can_not_be_read_leaves_nothing_of_the_one_before_it_behind(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    book = openpyxl.Workbook()
    book.worksheets[0].append(["card"])
    book.worksheets[0].append(["1"])
    book.save(tmp_path / "good.xlsx")
    with zipfile.ZipFile(tmp_path / "torn.xlsx", "w") as torn:
        torn.writestr("xl/workbook.xml", "torn")
    with pytest.raises(ExportRefused, match=r"torn\.xlsx"):
        import_members(shop, [str(tmp_path / name) for name in ("good.xlsx", "torn.xlsx")])
    assert sorted(path.name for path in tmp_path.rglob("*.xlsx")) == ["good.xlsx", "torn.xlsx"]
