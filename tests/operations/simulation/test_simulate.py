"""Simulations: the program in force gives what the ledger holds, another one what adopting it in a copy would give."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.simulation.second_books import post_to_second_books
from loyalty_cli.operations.simulation.simulate import simulate
from loyalty_cli.operations.simulation.simulate import Wished
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import CORA
from tests.operations.small_shop import opened
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Cell
    from tests.operations.small_shop import SmallShop

LEDGER = """
SELECT rule.name, asset.name, sum(quantity) FROM ledger JOIN rule ON rule.id = rule_id JOIN asset ON asset.id = asset_id
GROUP BY 1, 2 ORDER BY 1, 2
"""
SIMULATED = ("rule", "asset", "quantity")
ALL = Wished()


@pytest.fixture
def lived(there: SmallShop) -> SmallShop:
    """Ana buys for 120.00 and 250.00, Boris for 90.00, Cora for 100.00 of which 40.00 come back; then the night."""
    rows = [
        sold(1, "2026-09-10 10:00", ANA, "120.00"),
        sold(2, "2026-09-12 11:00", BORIS, "90.00"),
        sold(3, "2026-09-20 12:00", ANA, "250.00"),
        sold(4, "2026-09-21 12:00", CORA, "100.00"),
        sold(5, "2026-09-25 12:00", CORA, "-40.00", quantity="-1"),
    ]
    import_purchases(there.shop, [str(there.export("market-09.csv", rows))])
    recalc(there.at("2026-10-05T02:00"))
    return there


def another(there: SmallShop, *changes: tuple[str, str], name: str = "new.yaml") -> None:
    text = there.shop.program.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (there.folder / name).write_text(text, encoding="utf-8")


def table(outcome: Outcome, name: str, *columns: str) -> list[tuple[Cell, ...]]:
    found = next(each for each in outcome.tables if each.name == name)
    places = [[column.name for column in found.columns].index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in found.rows]


def nonzero(outcome: Outcome) -> list[tuple[Cell, ...]]:
    return sorted(row for row in table(outcome, "rules", *SIMULATED) if row[2])


def test_the_program_in_force_gives_what_the_ledger_holds(lived: SmallShop) -> None:
    before = lived.shop.database.read_bytes()
    outcome = simulate(lived.shop, [lived.shop.program], ALL)
    assert nonzero(outcome) == [row for row in lived.ask(LEDGER) if row[2]]
    assert table(outcome, "rules", "today") == table(outcome, "rules", "quantity")
    assert [row[1:] for row in table(outcome, "winners", "program", "members", "difference")] == [(0, 0), (3, 0), (0, 0)]
    assert lived.shop.database.read_bytes() == before


def test_the_cost_of_each_program_by_hand(lived: SmallShop) -> None:
    # Points: 120 + 90 + 250 + 100 - 40 = 520, at 0.05 each: 26.00. Coupons of 20.00 for 120.00, 250.00 and 100.00; the
    # last one is taken back with the goods, for 60.00 are no 100.00: 2 of them, 40.00. Nothing was used: all count.
    # Twice as many points: 1,040, 52.00. No tier has a percent. Members paid 520.00: 66.00 is 12.69 %, 92.00 is 17.69 %.
    another(lived, ("points: 1, for_every: 1.00", "points: 2, for_every: 1.00"))
    outcome = simulate(lived.shop, [lived.folder / "new.yaml"], ALL)
    wanted = ("points", "coupons", "cost", "share", "owed")
    assert table(outcome, "simulation", *wanted) == [(26_00, 40_00, 66_00, 1269, 26_00), (52_00, 40_00, 92_00, 1769, 52_00)]
    # Ana 370 more points, Boris 90, Cora 60: 18.50, 4.50, 3.00.
    assert table(outcome, "winners", "members", "difference") == [(3, 26_00), (0, 0), (0, 0)]
    changed = table(outcome, "changed", "card", "before", "after", "difference")
    # Ana: 370 points are 18.50, and 40.00 of coupons.
    assert changed == [(ANA, 58_50, 77_00, 18_50), (BORIS, 4_50, 9_00, 4_50), (CORA, 3_00, 6_00, 3_00)]


def test_what_must_happen_for_it_to_pay_by_hand(lived: SmallShop) -> None:
    # 520.00 at 30 % leave 156.00; of that 66.00 go: 66 / (156 - 66) = 73.34 %, rounded up. 5 % more turnover leaves 7.80
    # more, and the program then costs 69.30: 61.50 are missing.
    outcome = simulate(lived.shop, [lived.shop.program], Wished(margin=3000, uplift=500))
    row = (520_00, 66_00, 7334, 7_80, 69_30, -61_50)
    wanted = ("turnover", "cost", "break_even", "more", "costs_then", "remains")
    assert table(outcome, "pays", *wanted) == [row, row]
    # At 10 % only 52.00 are left: no uplift pays for 66.00.
    outcome = simulate(lived.shop, [lived.shop.program], Wished(margin=1000))
    assert table(outcome, "pays", "break_even", "remains") == [(None, None), (None, None)]


def test_the_margin_comes_from_the_list_of_products_where_it_is_not_said(lived: SmallShop) -> None:
    # Ana, Boris and Cora bought four pieces for 560.00, and one came back for 40.00: three pieces, 520.00. One costs 100.00:
    # (520 - 300) / 520 = 42.30 %. Of 220.00 that are left, 66.00 go: 66 / (220 - 66) = 42.86 %; with the margin cut to
    # 42.30 %, 66 / (219.96 - 66) = 42.87 %, rounded up.
    lived.change("INSERT INTO product (code, name, category, cost, import_id) VALUES ('H01', 'hemp', '', 10000, 1)")
    outcome = simulate(lived.shop, [lived.shop.program], ALL)
    assert table(outcome, "pays", "break_even") == [(4287,), (4287,)]


CHANGES = [
    [("points: 1, for_every: 1.00", "points: 3, for_every: 7.00")],
    [("friend: {at_least: 300}", "friend: {at_least: 100}")],
    [("when: {one_purchase: 100.00}, give: {coupon: next visit}", "when: {one_purchase: 50.00}, give: {points: 100}, in_all: 2")],
    [("starts: 2026-09-01", "starts: 2026-09-15"), ("lapse_after: 12 months", "lapse_after: 7 days")],
]


@pytest.mark.parametrize("changes", CHANGES, ids=["rate", "tiers", "limited", "starts and lapse"])
def test_another_program_gives_what_adopting_it_in_a_copy_gives(lived: SmallShop, changes: list[tuple[str, str]]) -> None:
    another(lived, *changes)
    copy = opened(lived.folder.with_name("copy"))
    shutil.copytree(lived.folder, copy.folder)
    shutil.copy(copy.folder / "new.yaml", copy.shop.program)
    adopt_program(copy.shop, from_day=0, by="Ewa")
    recalc(copy.shop)
    outcome = simulate(lived.shop, [lived.folder / "new.yaml"], ALL)
    assert nonzero(outcome) == [row for row in copy.ask(LEDGER) if row[2]]
    assert outcome.warnings == []


def test_a_limit_says_on_which_days_it_stopped_a_reward(lived: SmallShop) -> None:
    # Purchases from 50.00 on: 10, 12, 20 and 21 September; two get it, two are turned away, the first on 20 September.
    another(lived, CHANGES[2][0])
    outcome = simulate(lived.shop, [lived.folder / "new.yaml"], ALL)
    assert table(outcome, "limits", "reward", "days", "times") == [("coupon for 100", 2, 2)]


def test_several_programs_stand_side_by_side_and_tier_moves_are_counted(lived: SmallShop) -> None:
    another(lived, ("friend: {at_least: 300}", "friend: {at_least: 80, discount: 10%}"), name="a.yaml")
    another(lived, ("points: 1,", "points: 2,"), name="b.yaml")
    outcome = simulate(lived.shop, [lived.folder / "a.yaml", lived.folder / "b.yaml"], ALL)
    names = [str(said_again(str(name))) for (name,) in table(outcome, "simulation", "program")]
    assert names == ["today", "a.yaml", "b.yaml"]
    # Ana is a friend already; Boris with 90.00 becomes one. Cora reached 100.00 and keeps it: tiers never go down.
    assert table(outcome, "moves", "from", "to", "members") == [("guest", "friend", 2)]
    # 10 % of what was bought after they became friends: Ana's 250.00. What Cora brings back was bought at the full price.
    assert [row[0] for row in table(outcome, "simulation", "discounts")] == [0, 25_00, 0]


def test_a_shop_that_has_adopted_nothing_sees_what_it_would_have_cost(there: SmallShop) -> None:
    new = small_shop(there.folder.with_name("new"), adopted=False)
    import_purchases(new.shop, [str(new.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "80.00")]))])
    outcome = simulate(new.shop, [new.shop.program], ALL)
    # 80 points at 0.05.
    assert table(outcome, "simulation", "points", "cost") == [(4_00, 4_00)]
    assert [each.name for each in outcome.tables] == ["simulation", "pays", "rules", "changed", "limits"]


def test_on_the_day_of_the_first_purchases_no_day_is_over(there: SmallShop) -> None:
    shop = replace(there.shop, now=datetime(2026, 9, 10, 12, tzinfo=UTC))
    import_purchases(shop, [str(there.export("market-09.csv", [sold(1, "2026-09-10 08:00", ANA, "50.00")]))], store="Market")
    with pytest.raises(LoyaltyError, match="The first purchases are of 2026-09-10"):
        simulate(shop, [shop.program], Wished())


def test_only_the_days_that_are_asked_count(lived: SmallShop) -> None:
    wished = Wished(first=day_from_iso("2026-09-11"), last=day_from_iso("2026-09-20"))
    outcome = simulate(lived.shop, [lived.shop.program], wished)
    # Boris's 90 and Ana's 250 points: 17.00; one coupon.
    assert table(outcome, "simulation", "points", "coupons") == [(17_00, 20_00), (17_00, 20_00)]


def test_other_money_and_days_to_come_are_refused(lived: SmallShop) -> None:
    another(lived, ("currency: PLN", "currency: EUR"))
    with pytest.raises(LoyaltyError, match="several currencies: EUR, PLN"):
        simulate(lived.shop, [lived.folder / "new.yaml"], ALL)
    with pytest.raises(LoyaltyError, match="has not come yet"):
        simulate(lived.shop, [lived.shop.program], Wished(last=day_from_iso("2026-12-01")))


def test_what_another_command_commits_meanwhile_is_told_instead_of_mixed_in(lived: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    def later(*asked: Any) -> Any:
        import_purchases(lived.shop, [str(lived.export("market-10.csv", [sold(6, "2026-09-28 10:00", ANA, "10.00")]))])
        return post_to_second_books(*asked)

    monkeypatch.setattr("loyalty_cli.operations.simulation.simulate.post_to_second_books", later)
    with pytest.raises(StoreTrouble, match="Another command has changed the shop meanwhile") as told:
        simulate(lived.shop, [lived.shop.program], ALL)
    assert told.value.exit_code == ExitCode.LOCKED
    monkeypatch.undo()
    assert simulate(lived.shop, [lived.shop.program], ALL).exit_code == ExitCode.OK
