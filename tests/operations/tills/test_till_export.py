"""What tills are told: only what changed, losers too, nothing that adds twice, nobody dropped without a word."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.tills.export import ExportWishes
from loyalty_cli.operations.tills.export import till_export
from loyalty_cli.operations.tills.known import till_list
from loyalty_cli.operations.tills.placing import aside
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from typing import Any

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
tiers:
  by: spend
  going_down: never
  ladder:
    guest: {at_least: 0}
    friend: {at_least: 500.00, discount: 5%}
points:
  earn:
    basic: {points: 1, for_every: 10.00}
"""
HEADER = "receipt,date,store,card,product,quantity,amount"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """2901 has 600.00 (friend, 60 points), 2902 has 40.00 (guest, 4 points); both have a record, one an e-mail."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    members = shop.folder / "members.csv"
    members.write_text("card,name,email\n2901,Ola Lis,ola@example.org\n2902,Jan Kot,\n", encoding="utf-8")
    import_members(shop, [str(members)])
    rows = ("1,2026-11-01 10:00:00,Market,2901,T,1,600.00", "2,2026-11-01 11:00:00,Market,2902,T,1,40.00")
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-10"))
    return shop


def exported(shop: Shop, name: str, **wishes: Any) -> dict[str, Any]:
    data: dict[str, Any] = dict(till_export(shop, name, ExportWishes(**wishes)).data)
    return data


def rows_of(path: str) -> list[list[str]]:
    return list(csv.reader(Path(path).read_text(encoding="utf-8").splitlines()))


def bought(shop: Shop, number: int, card: str, amount: str, day: str) -> None:
    row = f"{number},{day} 10:00:00,Market,{card},T,1,{amount}"
    taken_in(shop, export(shop, f"more{number}.csv", row, header=HEADER))
    recalc(shop, as_of=day_from_iso(day))


def test_the_second_export_has_only_what_changed(shop: Shop) -> None:
    assert exported(shop, "lightspeed-x")["rows"] == 2
    assert exported(shop, "lightspeed-x") == {
        "target": "lightspeed-x", "export": None, "files": [], "rows": 0, "taken_off": 0, "whole": False, "left_out": [],
    }  # fmt: skip
    # 40.00 more at 1 for every 10.00: 4 + 4 = 8 points.
    bought(shop, 3, "2902", "40.00", "2026-11-12")
    (file,) = exported(shop, "lightspeed-x")["files"]
    assert rows_of(file)[1:] == [["2902", "Jan", "Kot", "8"]]


def test_points_that_were_used_since_the_night_are_not_told_as_there(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM + "  one_point_pays: 0.05\n")
    taken_in(shop, export(shop, "a.csv", "1,2026-11-01 10:00:00,Market,2901,T,1,600.00", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-10"))
    redeem_points(shop, "2901", 20, AtTheTill(basket="50.00", store="Market"))
    # 600.00 / 10.00 = 60; 60 - 20 = 40, before the night and after it.
    (file,) = exported(shop, "lightspeed-x")["files"]
    assert [row[-1] for row in rows_of(file)[1:]] == ["40"]
    recalc(shop, as_of=day_from_iso("2026-11-21"))
    assert exported(shop, "lightspeed-x")["rows"] == 0


def test_who_loses_something_is_in_the_file_with_it_taken_off(shop: Shop) -> None:
    exported(shop, "frontol-cards")
    flag = shop.folder / "till-export" / "goods_flag.txt"
    flag.unlink()  # the till has loaded the file
    member_set(shop, "2901", MemberWishes(blocked=True))
    assert exported(shop, "frontol-cards")["taken_off"] == 1
    lines = (shop.folder / "till-export" / "goods.txt").read_text(encoding="cp1251").splitlines()
    assert lines == ["##@@&&", "#", "$$$ADDCCARDDISCS", "1;1;2901;01.01.2000;01.01.3000;0;0;0;1;;;;;;;"]
    flag.unlink()
    # Unblocked, the card is new to the till again: 600.00 make a friend, 5 %.
    member_set(replace(shop, now=shop.now.replace(day=22)), "2901", MemberWishes(blocked=False))
    till_export(replace(shop, now=shop.now.replace(day=22)), "frontol-cards", ExportWishes())
    lines = (shop.folder / "till-export" / "goods.txt").read_text(encoding="cp1251").splitlines()
    assert lines[3:] == ["1;1;2901;01.01.2000;01.01.3000;1;0;5;1;;;;;;;"]


def test_a_file_that_the_till_has_not_loaded_is_not_overwritten(shop: Shop) -> None:
    exported(shop, "frontol-cards")
    before = (shop.folder / "till-export" / "goods.txt").read_bytes()
    bought(shop, 3, "2902", "600.00", "2026-11-12")
    with pytest.raises(ExportRefused, match=r"goods_flag\.txt is still there"):
        exported(shop, "frontol-cards")
    assert (shop.folder / "till-export" / "goods.txt").read_bytes() == before
    assert asked(shop, "SELECT count(*) FROM till_export") == [(1,)]


def test_points_that_are_added_are_told_once_and_taken_back_from_who_leaves(shop: Shop) -> None:
    (first,) = exported(shop, "lightspeed-adjustment")["files"]
    assert rows_of(first)[1:] == [["2901", "Ola", "Lis", "60"], ["2902", "Jan", "Kot", "4"]]
    assert exported(shop, "lightspeed-adjustment")["files"] == []
    bought(shop, 3, "2902", "40.00", "2026-11-12")
    member_set(shop, "2901", MemberWishes(blocked=True))
    (second,) = exported(shop, "lightspeed-adjustment")["files"]
    # 4 more for one; the 60 that were added for the other are taken off.
    assert sorted(rows_of(second)[1:]) == [["2901", "Ola", "Lis", "-60"], ["2902", "Jan", "Kot", "4"]]
    assert exported(shop, "lightspeed-adjustment")["files"] == []
    # Lost on the way, the last one is written again, the same to the byte, and adds nothing to what is remembered.
    content = Path(second).read_bytes()
    assert exported(shop, "lightspeed-adjustment", again=True)["files"] == [second]
    assert Path(second).read_bytes() == content
    assert exported(shop, "lightspeed-adjustment")["files"] == []


def test_what_adds_only_above_zero_is_told_by_hand(shop: Shop) -> None:
    exported(shop, "bloy")
    taken_in(shop, export(shop, "back.csv", "9,2026-11-12 10:00:00,Market,2901,T,-1,-100.00", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-12"))
    data = exported(shop, "bloy")
    # 600.00 less 100.00: ten points fewer; and who has no e-mail is not carried.
    assert data["files"] == []
    assert [(each["member"], each["why"]) for each in data["left_out"]] == [
        (2, "no email is known"),
        (1, "10 points fewer: it takes only points above zero, so take them off there"),
    ]


def test_who_can_not_be_carried_is_told_by_number_with_the_reason(shop: Shop) -> None:
    member_set(shop, "2902", MemberWishes(email="ola@example.org"))
    data = exported(shop, "shopify-customers")
    assert data["rows"] == 1
    assert data["left_out"] == [{"member": 2, "card": "2902", "why": "ola@example.org is the email of another row, too"}]


def test_what_a_form_can_not_carry_is_refused_with_the_reason(shop: Shop) -> None:
    with pytest.raises(ExportRefused, match="can not carry discount: the file has no column for a percent"):
        exported(shop, "shopify-customers", carry=("discount",))
    (shop.folder / "exports").mkdir()
    (shop.folder / "exports" / "own.yaml").write_text("like: lightspeed-x\ncolumns: {Code: card, Percent: discount}\n", encoding="utf-8")
    with pytest.raises(ExportRefused, match="lightspeed-x can not carry discount"):
        exported(shop, "own")
    assert asked(shop, "SELECT count(*) FROM till_export") == [(0,)]


def test_a_layout_of_ones_own_says_columns_marks_words_and_whom_it_is_about(shop: Shop) -> None:
    (shop.folder / "exports").mkdir()
    (shop.folder / "exports" / "till.yaml").write_text(
        "file: cards.csv\nencoding: cp1250\ndelimiter: ;\ndecimal_mark: ','\ntiers: [friend]\nwrites: full\nkey: card\n"
        "columns:\n  Karta: card\n  Grupa: {what: tier, words: {friend: Grupa 5}}\n  Rabat: discount\n  Stały: =1\n".replace(
            "delimiter: ;", 'delimiter: ";"'
        ),
        encoding="utf-8",
    )
    assert exported(shop, "till")["rows"] == 1
    assert (shop.folder / "cards.csv").read_text(encoding="cp1250").splitlines() == ["Karta;Grupa;Rabat;Stały", "2901;Grupa 5;5;1"]
    (shop.folder / "exports" / "till.yaml").write_text("columns: {Karta: crad}\nkye: card\n", encoding="utf-8")
    with pytest.raises(Mistakes):
        exported(shop, "till")


def test_a_command_killed_after_the_commit_is_finished_by_the_next_one(shop: Shop) -> None:
    (file,) = exported(shop, "lightspeed-adjustment")["files"]
    path = shop.folder / "till-export" / "lightspeed-adjustment-0001.csv"
    content = path.read_bytes()
    path.rename(aside(path, 1))
    said = till_export(shop, "lightspeed-adjustment", ExportWishes())
    assert str(said.said[0]) == "The file of the last export, which was interrupted, is in place now."
    assert path.read_bytes() == content
    assert asked(shop, "SELECT count(*) FROM till_export") == [(1,)]
    assert file


def test_a_dry_run_writes_and_remembers_nothing(shop: Shop) -> None:
    assert till_export(shop, "members", ExportWishes(), dry_run=True).data["rows"] == 2
    assert not (shop.folder / "till-export").exists()
    assert asked(shop, "SELECT count(*) FROM till_told") == [(0,)]


def test_the_night_writes_the_files_that_the_program_lists(shop: Shop) -> None:
    shop.program.write_text(PROGRAM + "nightly: [recalc, till export members, till export frontol-cards]\n", encoding="utf-8")
    outcome = nightly(shop)
    assert outcome.data["failed"] is None
    assert [step["step"] for step in outcome.data["steps"]] == ["recalc", "till export members", "till export frontol-cards"]  # type: ignore[attr-defined]
    assert (shop.folder / "till-export" / "members.csv").exists()
    shop.program.write_text(PROGRAM + "nightly: [till exprot]\n", encoding="utf-8")
    with pytest.raises(Mistakes):
        recalc(shop)


def test_an_unknown_name_and_a_first_again_are_refused(shop: Shop) -> None:
    with pytest.raises(LoyaltyError, match="There is no target frontol-crads"):
        exported(shop, "frontol-crads")
    with pytest.raises(Refused, match="has had no export yet"):
        exported(shop, "bloy", again=True)
    with pytest.raises(ExportRefused, match="takes changes only"):
        exported(shop, "bloy", whole=True)


def test_the_list_says_when_each_was_written_last_and_what_is_known_of_one(shop: Shop) -> None:
    exported(shop, "members")
    rows = {row[0]: row for row in till_list(shop, None).tables[0].rows}
    assert rows["members"][-1] == shop.moment
    assert rows["bloy"][5:] == ("added", None)
    known: dict[Any, Any] = {row[0]: row[1] for row in till_list(shop, "frontol-cards").tables[0].rows}
    assert (known["encoding"], known["flag"]) == ("cp1251", "{name}_flag.txt")


COUPONS = """\
coupons:
  whole: {worth: 50.00, valid_for: 30 days}
  cents: {worth: 7.50, valid_for: 30 days}
  percent: {discount: 10%, valid_for: 30 days}
  basket: {worth: 20.00, basket_at_least: 100.00, valid_for: 30 days}
  thrice: {worth: 5.00, uses: 3, valid_for: 30 days}
"""


def test_coupons_of_a_till_that_say_more_than_its_file_are_left_out_with_the_reason(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM + COUPONS)
    taken_in(shop, export(shop, "a.csv", "1,2026-11-01 10:00:00,Market,2901,T,1,600.00", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    for name in ("whole", "cents", "percent", "basket", "thrice"):
        asked_for = Asked(by="Ewa", reason="a present", key=name, day=day_from_iso("2026-11-20"))
        give(shop, Gift(kind="coupon", name=name), ToWhom(card="2901"), asked_for)
    issue_coupons(shop)
    code_of = dict(asked(shop, "SELECT code, substr(a.name, 8) FROM coupon c JOIN asset a ON a.id = c.asset_id"))
    for target, carried in (("frontol-certificates", {"whole"}), ("shtrih-coupons", {"whole", "cents"})):
        data = exported(shop, target)
        why = {code_of[str(row["card"])]: str(row["why"]) for row in data["left_out"]}
        assert set(code_of.values()) - set(why) == carried
        assert "smallest basket" in why["basket"] or "whatever the basket" in why["basket"]
        assert "how often" in why["thrice"] or "used once" in why["thrice"]
    lines = (shop.folder / "till-export" / "goods.txt").read_text(encoding="cp1251").splitlines()
    assert [code_of[line.split(";")[3]] for line in lines if line.count(";") == 12] == ["whole"]


@pytest.mark.parametrize(
    ("written", "line", "says"),
    [
        ("columns: {Card: {what: card, words: [a]}}", 1, "A block of keys and values"),
        ("columns: [card]", 1, "headings and words"),
        ("like: frontol-card", 1, "There is no target frontol-card."),
        ("like: frontol-cards\ncolumns: {Joined: joined}", 2, "joined is nothing that can be told."),
        ("columns: {Card: card}\nkey: karta", 2, "karta is nothing that can be told."),
        ("columns: {Card: card}\nneeds: [card or mail]", 2, "mail is nothing that can be told."),
        ("columns: {Card: card}\ndate_form: D.M.YYYY", 2, "does not name a year"),
        ("columns: {Card: card}\ndate_form: DDth MM YYYY", 2, "does not name a year"),
        ("columns: {Card: card}\nflag: in/flag.txt", 2, "no name of a file"),
        ("columns: {Card: card}\nflag: ..", 2, "no name of a file"),
    ],
)
def test_a_mistake_of_an_own_target_is_told_with_its_line_and_its_remedy(shop: Shop, written: str, line: int, says: str) -> None:
    (shop.folder / "exports").mkdir()
    (shop.folder / "exports" / "own.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        exported(shop, "own")
    assert [problem.line for problem in caught.value.problems if says in str(problem.what) and problem.hint is not None] == [line]


def test_a_column_of_who_is_gone_has_its_usual_words(shop: Shop) -> None:
    (shop.folder / "exports").mkdir()
    (shop.folder / "exports" / "own.yaml").write_text("columns: {Card: card, Gone: =gone}\n", encoding="utf-8")
    [file] = exported(shop, "own")["files"]
    assert rows_of(file) == [["Card", "Gone"], ["2901", "0"], ["2902", "0"]]
