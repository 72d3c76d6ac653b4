from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store.seals.tables import OTHERWISE
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Three receipts, one of them a return, one without a card."""
    there.export(
        "market-10.csv",
        [
            sold(1, "2026-10-01 10:00", ANA, "120.00"),
            sold(1, "2026-10-01 10:00", ANA, "30.00", product="N02", quantity="2"),
            sold(2, "2026-10-02 10:00", "", "9.90"),
            sold(3, "2026-10-03 10:00", ANA, "-30.00", product="N02", quantity="-2"),
        ],
    )
    there.export("station-10.csv", [sold(1, "2026-10-02 11:00", BORIS, "80.00")])
    nightly(there.shop)
    return there


def test_a_sound_shop_passes_and_nothing_changes(shop: SmallShop) -> None:
    before = shop.dump()
    found = check(shop.shop, full=True)
    assert (found.exit_code, [table.name for table in found.tables]) == (ExitCode.OK, ["compared"])
    compared = found.data["compared"]
    assert isinstance(compared, dict)
    rows = sum(compared[table] for table in compared.keys() - OTHERWISE)
    assert [str(said) for said in found.said] == [
        "Checked: structure, 4 receipts, 0 closed months.",
        f"{rows} rows compared with their seals.",
        f"Proof of everything until now: {found.data['proof']}",
        "2 members replayed from scratch.",
        "Everything is as it should be.",
    ]
    assert shop.dump() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE line SET amount = amount + 1 WHERE id = 1 << 12",
        "UPDATE line SET quantity = 1001 WHERE id = 1 << 12",
        "UPDATE line SET discount = 5 WHERE id = 1 << 12",
        "UPDATE line SET loyalty = 5 WHERE id = 1 << 12",
        "UPDATE line SET article_id = (SELECT id FROM article WHERE code = 'N02') WHERE id = 1 << 12",
        "DELETE FROM line WHERE id = 1 << 12",
        "UPDATE receipt SET at = at + 1 WHERE id = 1",
        "UPDATE receipt SET day = day + 1 WHERE id = 1",
        "UPDATE receipt SET clock = clock + 1 WHERE id = 1",
        "UPDATE receipt SET total = total + 1 WHERE id = 1",
        "UPDATE receipt SET returned = 1 WHERE id = 1",
        "UPDATE receipt SET loyalty = 1 WHERE id = 1",
        "UPDATE receipt SET card_id = (SELECT max(id) FROM card) WHERE id = 1",
        "UPDATE receipt SET content = content + 1 WHERE id = 1",
        "UPDATE article SET code = 'H02' WHERE code = 'H01'",
        "UPDATE card SET number = '29' WHERE id = 1",
    ],
)
def test_a_receipt_that_is_not_what_was_imported_is_named(shop: SmallShop, change: str) -> None:
    shop.change(change)
    found = check(shop.shop)
    assert found.exit_code == ExitCode.DIFFERENCES
    assert ("receipt", "Market 1", "not what was imported") in found.tables[0].rows


def test_a_receipt_without_a_card_that_got_one_which_does_not_exist_is_named(shop: SmallShop) -> None:
    shop.change("UPDATE receipt SET card_id = 0 WHERE store_id = 1 AND number = '2'")
    found = check(shop.shop)
    assert found.exit_code == ExitCode.DIFFERENCES
    assert ("receipt", "Market 2", "not what was imported") in found.tables[0].rows


def test_lines_of_a_receipt_that_is_gone_are_counted(shop: SmallShop) -> None:
    shop.change("DELETE FROM receipt WHERE id = 1")
    assert ("lines", "line", "2 without a receipt") in check(shop.shop).tables[0].rows


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE ledger SET quantity = quantity + 1 WHERE id = 1", "entry"),
        ("UPDATE ledger SET member_id = 2 WHERE id = 1", "entry"),
        ("UPDATE ledger SET effective_on = effective_on - 1 WHERE id = 1", "entry"),
        ("DELETE FROM ledger WHERE id = 1", "entry"),
        (
            "INSERT INTO ledger SELECT 99, 2, rule_id, 1, 7, asset_id, 5, 2461320, 2461320, 1 FROM ledger WHERE id = 1",
            "entry",
        ),
        ("UPDATE standing SET points = points + 1 WHERE member_id = 1", "standing"),
        ("UPDATE standing SET tier = 'friend' WHERE member_id = 2", "standing"),
    ],
)
def test_books_that_a_replay_does_not_give_are_named_by_the_full_check(shop: SmallShop, change: str, expected: str) -> None:
    shop.change(change)
    before = shop.dump()
    assert check(shop.shop).exit_code == ExitCode.OK
    found = check(shop.shop, full=True)
    assert found.exit_code == ExitCode.DIFFERENCES
    assert {row[0] for row in found.tables[0].rows} == {expected}
    assert shop.dump() == before


def test_members_who_are_due_are_no_difference(shop: SmallShop) -> None:
    shop.change("UPDATE receipt SET gone = id WHERE id = 1")
    shop.change("INSERT OR REPLACE INTO due VALUES (1, 0)")
    found = check(shop.shop, full=True)
    assert found.exit_code == ExitCode.OK
    assert "1 of them was waiting for the next recalculation." in map(str, found.said)


def test_a_row_that_names_a_row_that_is_not_there_is_a_difference(shop: SmallShop) -> None:
    with shop.shop.changing() as connection:
        connection.execute("COMMIT")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO card (number, member_id) VALUES ('1', 99)")
    assert [row[0] for row in check(shop.shop).tables[0].rows] == ["added row", "broken link"]


def test_a_damaged_file_ends_with_12(shop: SmallShop) -> None:
    content = bytearray(shop.shop.database.read_bytes())
    place = len(content) // 4096 // 2 * 4096
    content[place : place + 4096] = b"\xff" * 4096
    shop.shop.database.write_bytes(content)
    try:
        code = check(shop.shop).exit_code
    except StoreTrouble as trouble:
        code = trouble.exit_code
    assert code == ExitCode.DAMAGED


def test_a_value_that_can_not_be_compared_is_named_and_no_mistake_of_ours(shop: SmallShop) -> None:
    with shop.shop.changing() as connection:
        connection.execute("COMMIT")
        connection.execute(
            "INSERT INTO month (month, closed_at, by, first_open_day, entries, sha256, point_worth) VALUES ('October', '', '', 0, 0, '', 0)"
        )
    found = check(shop.shop, full=True)
    assert found.exit_code == ExitCode.DIFFERENCES
    rows = found.tables[0].rows
    assert str(rows[0][1]).startswith("month ")
    assert ("value", "", "what is damaged can not be compared further (ValueError)") in rows
