"""Receipts that came in by an earlier release keep the content that it worked out, and are the same receipts all the same."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.content import Contents
from loyalty_cli.model.older_content import older_contents_of
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.imports.conflicts import decide_conflicts
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.shop.check import check
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import kept_by
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.operations.open_shop import Shop

MILK, TEA = (f"2026-03-01,10:00:00,North,1,2900001,{goods}" for goods in ("MILK,1,3.00", "TEA,2,8.00"))
SECOND = "2026-03-02,10:00:00,North,2,2900002,TEA,1,4.00"
ORDERS = "columns: {receipt: nr, date: date, card: card, amount: amount, refunded: refunded}\n"
LIVE = "SELECT number, total FROM receipt WHERE gone = 0 ORDER BY id"


@contextmanager
def earlier_release() -> Iterator[None]:
    """Within it receipts get the content of an earlier release."""

    def added(_: Contents, batch: PurchaseBatch) -> PurchaseBatch:
        return replace(batch, contents=older_contents_of(batch, Contents()), line_prints=())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Contents, "added", added)
        yield


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Two receipts that an earlier release took in."""
    shop = shop_in(tmp_path)
    with earlier_release():
        taken_in(shop, export(shop, "a.csv", MILK, TEA, SECOND))
    return shop


def test_they_are_as_they_should_be(shop: Shop) -> None:
    assert check(shop, full=True).exit_code == ExitCode.OK
    with shop.changing() as connection:
        connection.execute("UPDATE receipt SET content = content + 1 WHERE number = '1'")
    assert check(shop, full=True).exit_code != ExitCode.OK


def test_a_later_file_knows_them_and_tells_a_change_of_them(shop: Shop) -> None:
    before = kept_by(shop)
    known = taken_in(shop, export(shop, "b.csv", TEA, MILK, SECOND))
    assert (known["known"], known["imported"], known["conflicts"]) == (2, 0, 0)
    assert kept_by(shop) == before
    other = taken_in(shop, export(shop, "c.csv", MILK, TEA.replace("8.00", "9.00"), SECOND))
    assert (other["known"], other["conflicts"]) == (1, 1)


def test_they_come_back_under_their_numbers_after_a_revert(shop: Shop) -> None:
    import_revert(shop, 1)
    taken_in(shop, export(shop, "b.csv", MILK, TEA, SECOND))
    assert asked(shop, "SELECT id, gone, import_id FROM receipt ORDER BY id") == [(1, 0, 2), (2, 0, 2)]


def test_a_version_that_an_earlier_release_noted_counts_again_under_its_number(shop: Shop) -> None:
    dearer = MILK.replace("3.00", "3.50")
    with earlier_release():
        taken_in(shop, export(shop, "b.csv", dearer, TEA))
    decide_conflicts(shop, None, accept="all")
    assert asked(shop, LIVE) == [("2", 400), ("1", 1150)]
    import_revert(shop, 2)
    assert asked(shop, LIVE) == [("1", 1100), ("2", 400)]
    taken_in(shop, export(shop, "c.csv", dearer, TEA))
    decide_conflicts(shop, None, accept="all")
    # Number 3 is the version of the file that was taken back.
    assert asked(shop, "SELECT id, total FROM receipt WHERE gone = 0 ORDER BY id") == [(2, 400), (3, 1150)]
    assert check(shop, full=True).exit_code == ExitCode.OK


def test_a_return_that_stands_for_a_refund_stays(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "orders.yaml").write_text(ORDERS, encoding="utf-8")
    header = "nr,date,card,amount,refunded"
    said = {"layout": "orders", "store": "North"}
    with earlier_release():
        taken_in(shop, export(shop, "a.csv", "1,2026-03-01 10:00:00,2900001,100.00,20.00", header=header), **said)
    assert asked(shop, LIVE) == [("1", 10000), ("1 refunded", -2000)]
    rows = ["1,2026-03-01 10:00:00,2900001,100.00,20.00", "2,2026-03-02 10:00:00,,5.00,"]
    taken_in(shop, export(shop, "b.csv", *rows, header=header), **said)
    assert asked(shop, "SELECT id FROM receipt WHERE gone = 0 ORDER BY id") == [(1,), (2,), (3,)]
