"""What makes another version of a program, and what does not: the same rules are the same text in every release."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.operations.in_force import differs
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.program.canonical import canonical
from loyalty_cli.program.load import program_of
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """\
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 10.00}
    christmas: {multiply: 1.50, only: {dates: 2026-12-01 to 2026-12-24, weekdays: [saturday]}}
  lapse_after: 12 months
coupons:
  next: {worth: 5, valid_for: 30 days}
rewards:
  ten visits: {when: {visits: 10, times: every time}, give: {coupon: next, points: 20}, at_most: once in 30 days}
"""
ANYTHING: dict[str, Any] = {
    "birthday_within": None, "categories": [], "dates": [], "except_categories": [], "except_products": [], "groups": [],
    "hours": None, "products": [], "stores": [], "tiers": [], "weekdays": [],
}  # fmt: skip


def test_rules_are_written_as_every_release_has_written_them() -> None:
    """Money in grosz, percents in basis points, factors and lengths of time as text, days of the week counted from Monday."""
    assert json.loads(canonical(program_of(PROGRAM, "program.yaml"))) == {
        "currency": "PLN",
        "timezone": "Europe/Warsaw",
        # The Julian day number of 2026-01-01, and the day that never comes.
        "starts": 2_461_042,
        "ends": 5_373_484,
        "last_redemption": 5_373_484,
        "counts_before_start": False,
        "ladder": None,
        "rungs": [],
        "points": {
            "lapse_after": "12 months", "lapse_at": "that day", "one_point_pays": 0, "pays_up_to": 10_000, "round": "down",
            "usable_after": None,
        },
        "earn": [
            ["basic", {"for_every": 1_000, "only": ANYTHING, "points": "1"}],
            ["christmas", {"multiply": "3/2", "only": ANYTHING | {"dates": ["2026-12-01 to 2026-12-24"], "weekdays": [5]}}],
        ],
        "discounts": None,
        "offers": [],
        "coupons": [
            ["next", {
                "basket_at_least": 0, "discount": None, "issue_within": "30 days", "pays_up_to": 10_000, "starts_after": "0 days",
                "used_but_returned": "is reported", "valid_for": "30 days", "worth": 500,
            }],
        ],
        "rewards": [
            ["ten visits", {
                "when": ["Visits", {
                    "a_visit_is": "a receipt", "basket_at_least": 0, "count": 10, "counted_over": "lifetime", "times": "every time",
                }],
                "only": ANYTHING,
                "give": [["Coupon", {"coupon": "next"}], ["Points", {"points": 20}]],
                "at_most": "once in 30 days",
            }],
        ],
        "draws": [],
    }  # fmt: skip


def test_rules_that_are_spelled_otherwise_are_the_same_version() -> None:
    spelled = (
        PROGRAM.replace("10.00", "10").replace("1.50", "1.5").replace("worth: 5,", "worth: 5.00,")
        .replace("{visits: 10, times: every time}", "{times: every time, visits: 10}").replace("[saturday]", "saturday")
    )  # fmt: skip
    assert canonical(program_of(spelled, "program.yaml")) == canonical(program_of(PROGRAM, "program.yaml"))
    assert canonical(program_of(PROGRAM.replace("1.50", "1.6"), "program.yaml")) != canonical(program_of(PROGRAM, "program.yaml"))


def test_a_version_that_another_release_wrote_otherwise_is_judged_by_its_text(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM)
    recalc(shop)
    with closing(sqlite3.connect(shop.database)) as connection, connection:
        connection.execute("UPDATE version SET canonical = '{}'")
    shop.program.write_text(f"# a note\n{PROGRAM}", encoding="utf-8")
    with shop.reading() as connection:
        assert not differs(connection, program_file(shop))
    shop.program.write_text(PROGRAM.replace("visits: 10", "visits: 9"), encoding="utf-8")
    with shop.reading() as connection:
        assert differs(connection, program_file(shop))
