"""Many processes want the same thing at the same moment: as many get it as there is of it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.shown.exit_code import ExitCode
from tests.struck.commands import all_at_once
from tests.struck.commands import loyalty
from tests.struck.shops import CASES
from tests.struck.shops import prepared

if TYPE_CHECKING:
    from pathlib import Path

PROCESSES = 50
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="fifty processes are started at once by fork alone")


def asked(shop: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of the shop's database."""
    with contextlib.closing(sqlite3.connect(shop / "loyalty.db")) as connection:
        return connection.execute(query).fetchall()


def ends(shop: Path, commands: list[str]) -> dict[int, int]:
    """How often each exit code was the end of commands that were given at once."""
    codes = [ran.code for ran in all_at_once(shop, commands)]
    return {code: codes.count(code) for code in sorted(set(codes))}


def test_of_fifty_who_redeem_one_coupon_one_gets_it(tmp_path: Path) -> None:
    shop, words = prepared(tmp_path, CASES["redeem coupon"])
    commands = [words.replace("--key k2", f"--key k{number}") for number in range(PROCESSES)]
    assert ends(shop, commands) == {ExitCode.OK: 1, ExitCode.REFUSED: PROCESSES - 1}
    assert asked(shop, "SELECT count(*) FROM redemption WHERE coupon_id IS NOT NULL") == [(1,)]
    assert loyalty(shop, "check --full").code == ExitCode.OK


def test_fifty_who_ask_with_one_key_use_the_points_once(tmp_path: Path) -> None:
    shop, words = prepared(tmp_path, CASES["redeem points"])
    assert ends(shop, [words] * PROCESSES) == {ExitCode.OK: PROCESSES}
    assert asked(shop, "SELECT count(*), sum(points) FROM redemption") == [(1, 50)]


def test_of_fifty_who_use_points_of_one_balance_as_many_get_them_as_there_are_points(tmp_path: Path) -> None:
    shop, _ = prepared(tmp_path, CASES["redeem points"])
    ((points,),) = asked(shop, "SELECT points FROM standing JOIN card USING (member_id) WHERE number = '2900001'")
    # So many points at a time that seven find enough, and the eighth does not.
    each = int(str(points)) // 8 + 1
    commands = [f"redeem points 2900001 {each} --store Market --key k{number}" for number in range(PROCESSES)]
    assert ends(shop, commands) == {ExitCode.OK: 7, ExitCode.REFUSED: PROCESSES - 7}
    assert asked(shop, "SELECT count(*), sum(points) FROM redemption") == [(7, 7 * each)]
    assert loyalty(shop, "check --full").code == ExitCode.OK


VOUCHER = """\
program: Last one
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  gifts: {mug: 1}
gifts:
  mug: {stock: 1}
coupons:
  voucher: {worth: 1.00, valid_for: 90 days, remainder: is kept}
rewards:
  big: {when: {one_purchase: 50.00}, give: {coupon: voucher}}
"""


FIRST = "date,time,store,receipt,card,product,quantity,amount\n2026-11-01,10:00:00,Market,1,2900001,T,1,60.00\n"


def test_of_fifty_who_want_the_last_of_a_voucher_or_a_gift_one_gets_it(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    assert not loyalty(tmp_path, "init shop").code
    (shop / "program.yaml").write_text(VOUCHER, encoding="utf-8")
    (shop / "examples.yaml").unlink(missing_ok=True)
    (shop / "first.csv").write_text(FIRST, encoding="utf-8")
    for words in ("import purchases first.csv", "recalc --as-of 2026-11-19", "coupons issue"):
        assert not loyalty(shop, words).code, words
    ((code,),) = asked(shop, "SELECT code FROM coupon")
    vouchers = [f"redeem voucher {code} 1.00 --key v{number}" for number in range(PROCESSES)]
    assert ends(shop, vouchers) == {ExitCode.OK: 1, ExitCode.REFUSED: PROCESSES - 1}
    gifts = [f"redeem gift 2900001 mug --key g{number}" for number in range(PROCESSES)]
    assert ends(shop, gifts) == {ExitCode.OK: 1, ExitCode.REFUSED: PROCESSES - 1}
    assert asked(shop, "SELECT sum(amount), count(*) FROM redemption") == [(100, 2)]
    assert loyalty(shop, "check --full").code == ExitCode.OK
