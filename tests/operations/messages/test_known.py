"""What a statement says of a member: how far the rewards are that were begun, the nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.messages.check import check_texts
from loyalty_cli.operations.messages.preview import preview_messages
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.shop.nightly import nightly
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop

REWARDS = """rewards:
  stamps: {when: {visits: 4}, give: {points: 5}}
  big year: {when: {spend: 400.00, counted_over: calendar year}, give: {points: 50}}
  secret: {when: {visits: 3}, give: {points: 1}, surprise: yes}
"""
STATEMENT = """
messages:
  statement: {when: {each_month: 1}, purpose: service, by: email, text: {en: "{points}: {progress}", pl: "{progress}"}}
  coupon: {when: {one_purchase: 100.00}, purpose: service, by: email, text: "{coupons} until {coupon_day}"}
"""


def test_a_statement_says_how_far_somebody_is(there: SmallShop) -> None:
    program = there.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8").replace("rewards:\n", REWARDS) + STATEMENT, encoding="utf-8")
    adopt_program(there.shop, from_day=day_from_iso("2026-09-01"), by="")
    rows = [
        sold(1, "2026-09-10 10:00", ANA, "30.00"),
        sold(2, "2026-09-11 10:00", ANA, "50.00"),
        sold(3, "2026-09-11 11:00", BORIS, "0.00"),
    ]
    there.export("market-1.csv", rows)
    with there.shop.changing() as connection:
        connection.execute("INSERT INTO member (id, language, email) VALUES (90, 'pl', 'ana@example.com')")
        connection.execute("INSERT INTO card (number, member_id) VALUES (?, 90)", (ANA,))
    now = there.at("2026-10-02T10:00")
    nightly(now)
    (table,) = preview_messages(now).tables
    texts = {str(row[1]): str(row[-1]) for row in table.rows}
    # 2 of 4 visits is one half, 80.00 of 400.00 one fifth; the surprise is not told, and neither is "coupon for 100".
    assert texts[ANA] == "stamps: 2 z 4 wizyt; big year: 80,00 zł z 400,00 zł"
    (checked,) = check_texts(now).tables
    missing = {(row[0], row[1]): (row[5], row[6]) for row in checked.rows}
    assert missing["statement", "pl"] == (0, "")


def test_a_message_says_when_the_first_coupon_lapses(there: SmallShop) -> None:
    program = there.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8") + STATEMENT, encoding="utf-8")
    adopt_program(there.shop, from_day=day_from_iso("2026-09-01"), by="")
    for day in ("2026-09-29", "2026-10-01"):
        there.export(f"market-{day}.csv", [sold(int(day[-2:]), f"{day} 10:00", ANA, "100.00")])
        nightly(there.at(f"{day[:-2]}{int(day[-2:]) + 1:02}T10:00"))
    (table,) = preview_messages(there.at("2026-10-02T11:00")).tables
    texts = {str(row[-1]).partition(" until ")[2] for row in table.rows if row[0] == "coupon"}
    # Issued on 30 September and on 2 October, good for 30 days: the first lapses after 30 September + 30 days = 30 October.
    assert texts == {"2026-10-30"}
