"""`control:` of a reward for bringing friends: chance goes by who is rewarded, and both have it or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.chance import chance_of
from loyalty_cli.model.chance import control_key
from loyalty_cli.model.chance import KeptOut
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.program.terms import program_terms
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render.document_text import as_text
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt
from tests.shop_builder import SECRET

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

BRINGERS = 20
PROGRAM = """\
program: Control
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {}}
rewards:
  both: {when: {friend_buys: {at_least: 10.00, settled_after: 2 days}}, give: {points: 10, to_friend: {points: 3}}, control: 40%}
  joining: {when: {friend_joins: yes}, give: {badge: host, to_friend: {badge: guest}}, control: 40%}
  welcome: {when: {friend_joins: yes}, give: {to_friend: {badge: welcome}}, control: 40%}
"""


def kept_out(rule: str, card: str) -> bool:
    """Whether chance keeps the holder of a first card out; see `make_shop` for the cards."""
    return KeptOut(4_000, rule).has(chance_of(control_key(SECRET), card))


def shop_in(tmp_path: Path) -> Shop:
    """Members 1 to 20 bring one friend each, who are members 21 to 40."""
    shop = make_shop(tmp_path / "shop", PROGRAM, members=2 * BRINGERS)
    with shop.changing() as connection:
        for n in range(1, BRINGERS + 1):
            connection.execute("UPDATE member SET joined = ?, referred_by = ? WHERE id = ?", (day("2026-03-01"), f"29{n:02}", n + BRINGERS))
            connection.execute("INSERT OR IGNORE INTO due VALUES (?, 0)", (n + BRINGERS,))
    put_receipts(shop, *(Receipt(f"R{n}", n + BRINGERS, day("2026-03-02"), (("tea", 20_00),)) for n in range(1, BRINGERS + 1)))
    recalc(shop, as_of=day("2026-03-31"))
    return shop


def test_both_have_it_or_neither_by_the_chance_of_who_brings_and_the_friend_alone_by_their_own(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    outs = 0
    for n in range(1, BRINGERS + 1):
        bringer, friend = f"29{n:02}", f"29{n + BRINGERS:02}"
        mine, theirs = {}, {}
        if not kept_out("rewards.both", bringer):
            mine["points"], theirs["points"] = 10, 3
        if not kept_out("rewards.joining", bringer):
            mine["badge:host"], theirs["badge:guest"] = 1, 1
        if not kept_out("rewards.welcome", friend):
            theirs["badge:welcome"] = 1
        assert (balances(shop, n), balances(shop, n + BRINGERS)) == (mine, theirs)
        outs += kept_out("rewards.both", bringer)
    # 20 members with 40 % kept out: some are on each side, else the test would show nothing.
    assert 0 < outs < BRINGERS
    proof = proven_books(shop)
    assert (proof.entries, proof.standings, proof.told) == ((), (), ())


def test_who_is_merged_into_somebody_kept_out_takes_the_friend_along(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    pairs = [(old, new) for old in range(1, BRINGERS + 1) for new in range(old + 1, BRINGERS + 1)]
    out = {n: kept_out("rewards.both", f"29{n:02}") for n in range(1, BRINGERS + 1)}
    # The older card of both decides from now on: of a pair where it is kept out, the friends of both lose their points.
    old, new = next(pair for pair in pairs if out[pair[0]] and not out[pair[1]])
    assert balances(shop, new + BRINGERS)["points"] == 3
    member_merge(shop, f"29{old:02}", f"29{new:02}", Asked(by="Ewa", reason="the same person"))
    recalc(shop, as_of=day("2026-04-01"))
    assert [balances(shop, n + BRINGERS).get("points", 0) for n in (old, new)] == [0, 0]
    assert balances(shop, new).get("points", 0) == 0
    assert recalc(shop, as_of=day("2026-04-01"), everyone=True).data["entries"] == 0


def test_reports_and_terms_say_who_has_it(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (table,) = report(shop, "control", Wanted(about="both")).tables
    assert {str(row[0]): row[-1] for row in table.rows}["2901"] == ("kept out" if kept_out("rewards.both", "2901") else "has it")
    text = " ".join(as_text(program_terms(shop)[1], "en").decode().split())
    assert text.count("do not have it; who they are is left to chance. Nor do the friends whom they bring.") == 2
