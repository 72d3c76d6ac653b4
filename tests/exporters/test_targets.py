"""Every known target: its file as a golden one, read back by the rules that its maker has written down."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from loyalty_cli.exporters.all_targets import all_targets
from loyalty_cli.exporters.all_targets import target_named
from loyalty_cli.exporters.all_targets import target_names
from loyalty_cli.exporters.facts import KIND_OF
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.exporters.writing import parts_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.told import Told
from loyalty_cli.model.told import Value

GOLDEN = Path(__file__).parent / "golden"
DIGITS = 2
ANNA: dict[str, Value] = {
    "member": 1, "card": "2900041000008", "card_id": 11, "number": "M1", "name": 'Żaneta; "Zosia" Łoś', "first_name": "Żaneta",
    "last_name": "Łoś", "email": "zaneta@example.org", "phone": "+48500400300", "birthday": "1980-05-17", "discount": 550,
    "tier": "friend", "groups": "pensioner", "points": 1240, "change": 40, "note": "friend 5.5% | 1240", "active": 1,
}  # fmt: skip
IVAN: dict[str, Value] = {
    **ANNA, "member": 2, "card": "2900041000374", "card_id": 12, "name": "Иван Сом", "first_name": "Иван", "last_name": "Сом",
    "email": "ivan@example.org", "phone": "", "birthday": "", "discount": 0, "tier": "", "points": 0, "change": -15, "note": "",
    "active": 0,
}  # fmt: skip
WORTH: dict[str, Value] = {
    "code": "XWCMVXXGVX2X5", "length": 13, "number": 14, "coupon": "next visit", "worth": 5000, "nominal": 50,
    "discount": None, "kind": "fixed_cart", "value": "50.00",
    "basket_at_least": 20000, "from": day_from_iso("2026-12-01"), "until": day_from_iso("2026-12-31"), "uses": 1,
    "card": "2900041000008", "email": "zaneta@example.org", "active": 1,
}  # fmt: skip
PERCENT: dict[str, Value] = {
    **WORTH, "code": "R5GQV6V88XCCF", "number": 16, "coupon": "birthday", "worth": None, "nominal": None,
    "discount": 1000, "kind": "percent", "value": "10",
}  # fmt: skip


def told(target: Target) -> list[Told]:
    facts = (WORTH, PERCENT) if target.about == "coupons" else (ANNA, IVAN)
    return [Told(str(each[target.key]), 1, dict(each), gone=each is IVAN) for each in facts]


def content(name: str, *, whole: bool = False) -> bytes:
    target = target_named(name)
    assert target is not None
    return parts_of(target, told(target), whole=whole, digits=DIGITS)[0].content


@pytest.mark.parametrize("name", list(target_names()))
def test_the_file_is_the_golden_one(name: str, request: pytest.FixtureRequest) -> None:
    golden = GOLDEN / f"{name}.txt"
    if request.config.getoption("--snapshot-update"):
        golden.write_bytes(content(name))
    assert content(name) == golden.read_bytes()


@pytest.mark.parametrize("target", list(all_targets()), ids=list(target_names()))
def test_a_target_says_its_evidence_its_key_and_carries_only_what_can_be_told(target: Target) -> None:
    assert target.evidence in {"A", "B", "-"}
    assert set(target.carries) <= set(KIND_OF[target.about])
    assert target.key in target.carries or target.key in KIND_OF[target.about]
    assert not set(target.refused) & set(target.carries)
    # A card's holder must learn of a percent, a tier and points, or hear why not.
    if target.about == "members":
        carried = {*target.carries, *target.refused, *(["points"] if target.adds else [])}
        assert {"discount", "tier", "points"} <= carried
    # Nothing that adds can be a file of everybody.
    assert not target.adds or (target.writes == "changes" and "change" in target.carries)


@pytest.mark.parametrize("target", list(all_targets()), ids=list(target_names()))
def test_every_file_is_read_back_cell_by_cell_by_the_form_that_it_says(target: Target) -> None:
    text = parts_of(target, told(target), whole=False, digits=DIGITS)[0].content.decode(target.encoding)
    assert text.endswith(target.line_end)
    lines = text.split(target.line_end)[len(target.top) : -1]
    rows = list(csv.reader(lines, delimiter=target.delimiter, quoting=csv.QUOTE_NONE if target.quote == "none" else csv.QUOTE_MINIMAL))
    if target.header:
        assert rows.pop(0) == [column.heading for column in target.columns]
    assert [len(row) for row in rows] == [len(target.columns)] * 2


def test_frontol_reads_the_percent_of_a_card_and_takes_it_off_who_lost_it() -> None:
    # The mark, "not loaded yet", the section, then 16 cells: 1 id, 3 card, 6 active, 7 kind, 8 percent, 9 whole receipt.
    lines = content("frontol-cards").decode("cp1251").split("\r\n")
    assert lines[:3] == ["##@@&&", "#", "$$$ADDCCARDDISCS"]
    cells = [line.split(";") for line in lines[3:-1]]
    assert [len(row) for row in cells] == [16, 16]
    assert [(row[0], row[2], row[5], row[6], row[7], row[8]) for row in cells] == [
        ("11", "2900041000008", "1", "0", "5.5", "1"),
        ("12", "2900041000374", "0", "0", "0", "1"),
    ]
    assert all(re.fullmatch(r"\d\d\.\d\d\.\d{4}", row[place]) for row in cells for place in (3, 4))
    everybody = content("frontol-cards", whole=True).decode("cp1251").split("\r\n")
    assert everybody[2:4] == ["$$$DELETEALLCCARDDISCS", "$$$ADDCCARDDISCS"]


def test_frontol_reads_a_certificate_by_its_own_code_with_a_whole_nominal() -> None:
    # Group and number, then the length of the code twice, the code as first and last prefix, days, nominal, 1 for active.
    lines = content("frontol-certificates").decode("cp1251").split("\r\n")
    assert lines[:5] == ["##@@&&", "#", "$$$ADDCARDGROUPS", "1;Loyalty;Loyalty;3;1;", "$$$ADDCARDS"]
    first = lines[5].split(";")
    assert len(first) == 13
    code, length = "XWCMVXXGVX2X5", "13"
    assert first == ["1", "14", "next visit", code, length, length, code, code, "01.12.2026", "31.12.2026", "", "50", "1"]
    sections = [line for line in content("frontol-certificates", whole=True).decode("cp1251").split("\r\n") if line.startswith("$$$")]
    assert sections == ["$$$DELETEALLCARDGROUPS", "$$$ADDCARDGROUPS", "$$$DELETEALLCARDS", "$$$ADDCARDS"]


def test_shtrih_reads_a_coupon_by_its_mark_and_voids_what_is_over() -> None:
    target = target_named("shtrih-coupons")
    assert target is not None
    over = Told("XWCMVXXGVX2X5", 1, {**WORTH, "active": 0}, gone=True)
    text = parts_of(target, [Told("XWCMVXXGVX2X5", 1, WORTH), over], whole=False, digits=DIGITS)[0].content.decode("cp1251")
    assert text == "$%XWCMVXXGVX2X5;next visit;1;50.00;01.12.2026;1\r\n$%XWCMVXXGVX2X5;next visit;1;50.00;01.12.2026;4\r\n"


def test_datamobile_counts_its_rows_and_says_add_or_replace() -> None:
    assert content("datamobile-clients").decode().splitlines() == [
        "2",
        "+",
        '1;+;1;Żaneta  "Zosia" Łoś;2900041000008',
        "2;-;2;Иван Сом;2900041000374",
    ]
    assert content("datamobile-clients", whole=True).decode().splitlines()[:2] == ["2", "-"]


def test_of_one_maker_one_file_holds_totals_and_the_other_changes_with_their_sign() -> None:
    totals = list(csv.DictReader(io.StringIO(content("lightspeed-x").decode())))
    changes = list(csv.DictReader(io.StringIO(content("lightspeed-adjustment").decode())))
    assert [row["loyalty_balance"] for row in totals] == ["1240", "0"]
    assert list(changes[0]) == ["customer_code", "first_name", "last_name", "loyalty_adjustment"]
    assert [row["loyalty_adjustment"] for row in changes] == ["40", "-15"]


def test_adobe_finds_a_customer_by_mail_and_website_and_sets_the_balance() -> None:
    # The names of its columns begin with a line below where they are no attribute; a pair of customer and website stands once.
    rows = list(csv.DictReader(io.StringIO(content("adobe-commerce-rewards").decode())))
    assert list(rows[0]) == ["_email", "_website", "_finance_website", "reward_points"]
    assert {(row["_website"], row["_finance_website"]) for row in rows} == {("base", "base")}
    assert [(row["_email"], row["reward_points"]) for row in rows] == [("zaneta@example.org", "1240"), ("ivan@example.org", "0")]


def test_a_webshop_gets_an_amount_or_a_percent_with_its_last_day_and_smallest_basket() -> None:
    rows = list(csv.DictReader(io.StringIO(content("woocommerce-coupons").decode())))
    assert [(row["post_title"], row["discount_type"], row["coupon_amount"]) for row in rows] == [
        ("XWCMVXXGVX2X5", "fixed_cart", "50.00"),
        ("R5GQV6V88XCCF", "percent", "10"),
    ]
    assert {(row["expiry_date"], row["minimum_amount"], row["usage_limit"]) for row in rows} == {("2026-12-31", "200.00", "1")}
    codes = list(csv.DictReader(io.StringIO(content("shopify-codes").decode())))
    assert tuple(codes[0][name] for name in ("Command", "Title", "Code")) == ("MERGE", "next visit", "XWCMVXXGVX2X5")
    target = target_named("shopify-codes")
    assert target is not None
    assert "discount" in target.file_name


def test_letters_that_an_encoding_lacks_lose_their_accents_and_are_never_question_marks() -> None:
    target = Target(
        name="t", title="t", evidence="-", columns=(Out("", "name"),), key="card",
        encoding="cp1251", delimiter=";", quote="none", header=False,
    )  # fmt: skip
    text = parts_of(target, told(target), whole=False, digits=DIGITS)[0].content.decode("cp1251")
    assert "Zaneta" in text
    assert "Los" in text
    assert "Иван" in text
    assert "?" not in text


def test_a_file_is_cut_where_a_target_takes_only_so_many_rows_or_bytes() -> None:
    square = target_named("square-customers")
    assert square is not None
    rows = [Told(str(number), number, {**ANNA, "card": f"29{number:09}"}) for number in range(4000)]
    parts = parts_of(square, rows, whole=False, digits=DIGITS)
    assert len(parts) > 1
    assert all(len(part.content) <= 250_000 for part in parts)
    assert sum(part.rows for part in parts) == 4000
    assert all(part.content.startswith(b"Reference ID,First Name") for part in parts)
