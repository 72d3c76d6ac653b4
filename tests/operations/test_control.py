"""`control:` in a rule: who is kept out of it gets nothing from it, wherever one looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.chance import chance_of
from loyalty_cli.model.chance import control_key
from loyalty_cli.model.chance import KeptOut
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.program.canonical import canonical
from loyalty_cli.program.load import program_of
from loyalty_cli.render.mistakes import mistake_lines
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt
from tests.shop_builder import SECRET

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

MEMBERS = 40
HEAD = """\
program: Control
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
"""
PROGRAM = f"""\
{HEAD}points:
  earn:
    basic: {{points: 1, for_every: 1.00}}
    double: {{multiply: 2, control: 40%}}
discounts:
  offers:
    all: {{discount: 7%, control: 50%}}
rewards:
  gift: {{when: {{one_purchase: 10.00}}, give: {{badge: gift}}, control: 30%}}
  month: {{when: {{spend: 500.00, counted_over: calendar month}}, give: {{badge: month}}, control: 30%}}
messages:
  thanks: {{text: Thank you, when: {{one_purchase: 10.00}}, control: 20%}}
"""


def kept_out(rule: str, share: int) -> set[int]:
    """The members whom chance keeps out, by their cards; see `make_shop`."""
    key = control_key(SECRET)
    return {n for n in range(1, MEMBERS + 1) if KeptOut(share, rule).has(chance_of(key, f"29{n:02}"))}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    put_receipts(shop, *(Receipt(f"R{n}", n, day("2026-12-01"), (("tea", 20_00),)) for n in range(1, MEMBERS + 1)))
    recalc(shop, as_of=day("2026-12-31"))
    return shop


def test_the_ledger_leaves_out_whom_chance_keeps_out(shop: Shop) -> None:
    for member in range(1, MEMBERS + 1):
        # 20.00 are 20 points, doubled 40
        expected = {"points": 20 if member in kept_out("points.double", 4_000) else 40}
        expected |= {} if member in kept_out("rewards.gift", 3_000) else {"badge:gift": 1}
        expected |= {} if member in kept_out("rewards.message thanks", 2_000) else {"message:thanks": 1}
        assert balances(shop, member) == expected


def test_what_is_looked_up_agrees_with_the_ledger(shop: Shop) -> None:
    (progress,) = report(shop, "progress", Wanted()).tables
    with_month = {int(str(row[0])[2:]) for row in progress.rows if row[2] == "month"}
    assert with_month == set(range(1, MEMBERS + 1)) - kept_out("rewards.month", 3_000)
    (members,) = report(shop, "members", Wanted()).tables
    place = [column.name for column in members.columns].index("discount")
    without = {int(str(row[0])[2:]) for row in members.rows if row[place] == 0}
    assert without == kept_out("discounts.all", 5_000)
    member = min(without)
    table = next(table for table in explain(shop, f"29{member:02}").tables if table.name == "discounts")
    assert str(said_again(str(table.rows[0][2]))) == "Chance has kept this member out of it."


def test_the_report_says_who_is_kept_out_and_why(shop: Shop) -> None:
    (table,) = report(shop, "control", Wanted(about="gift")).tables
    assert len(table.rows) == MEMBERS
    for card, _, rule, share, number, group in table.rows:
        assert (rule, share) == ("rewards.gift", 3_000)
        assert (float(str(number)) < 30) == (group == "kept out") == (int(str(card)[2:]) in kept_out("rewards.gift", 3_000))
    (table,) = report(shop, "control", Wanted(about="2907")).tables
    assert [row[2] for row in table.rows] == [
        *("points.double", "discounts.all", "rewards.gift", "rewards.month", "rewards.message thanks")
    ]


def test_a_message_is_found_by_its_own_name_and_a_name_that_nobody_has_is_told(shop: Shop) -> None:
    (control,) = report(shop, "control", Wanted(about="thanks")).tables
    assert {row[2] for row in control.rows} == {"rewards.message thanks"}
    (uplift,) = report(shop, "uplift", Wanted(about="thanks")).tables
    assert {row[0] for row in uplift.rows} == {"rewards.message thanks"}
    for name in ("control", "uplift"):
        with pytest.raises(LoyaltyError, match="thank is not known here"):
            report(shop, name, Wanted(about="thank"))


def test_a_card_that_comes_later_or_is_found_first_changes_nothing(shop: Shop) -> None:
    before = report(shop, "control", Wanted()).tables[0].rows
    with shop.changing() as connection:
        # A second card with a smaller number for each member, and everybody is worked out again.
        connection.executemany("INSERT INTO card (number, member_id) VALUES (?, ?)", [(f"19{n:02}", n) for n in range(MEMBERS, 0, -1)])
    assert report(shop, "control", Wanted()).tables[0].rows == before
    outcome = recalc(shop, as_of=day("2026-12-31"), everyone=True)
    assert outcome.data["entries"] == 0


def test_a_control_group_is_a_change_of_the_rules_that_a_second_version_keeps(shop: Shop) -> None:
    changed = PROGRAM.replace("control: 30%}\n  month", "control: 31%}\n  month")
    assert canonical(program_of(PROGRAM, "p")) != canonical(program_of(changed, "p"))
    shop.program.write_text(changed, encoding="utf-8")
    adopt_program(shop, from_day=day("2027-02-01"), by="Ewa")
    recalc(shop, as_of=day("2027-02-02"))
    # What was given stays.
    assert balances(shop, min(set(range(1, 41)) - kept_out("rewards.gift", 3_000)))["badge:gift"] == 1


@pytest.mark.parametrize("share", ["0%", "100%", "5"])
def test_a_share_that_leaves_nobody_to_compare_with_is_refused(share: str) -> None:
    with pytest.raises(Mistakes):
        program_of(PROGRAM.replace("control: 40%", f"control: {share}"), "program.yaml")


def refused(text: str) -> str:
    with pytest.raises(Mistakes) as caught:
        program_of(text, "program.yaml")
    return "\n".join(line for problem in caught.value.problems for line in mistake_lines(problem, "en"))


def test_messages_without_a_when_have_no_control_group() -> None:
    assert "control goes with a when" in refused(f"{HEAD}messages:\n  thanks: {{text: Thank you, control: 5%}}\n")
