"""Random shops, seeded: a simulation equals adopting the program from the start in a copy, member by member."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.simulation.second_books import post_to_second_books
from loyalty_cli.operations.simulation.simulate import simulate
from loyalty_cli.operations.simulation.simulate import Wished
from loyalty_cli.program.load import load_program
from loyalty_cli.replay.plan import Plan
from loyalty_cli.store.chain.shadows import keep_aside
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.simulation import second_set as simulation
from loyalty_cli.store.simulation.second_set import Period
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

HEAD = "program: P\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
TODAY = f"""{HEAD}
points: {{earn: {{basic: {{points: 1, for_every: 1.00}}}}, lapse_after: 3 months, one_point_pays: 0.05}}
tiers: {{by: spend, counted_over: lifetime, going_down: never, ladder: {{guest: {{at_least: 0}}, friend: {{at_least: 200}}}}}}
rewards:
  first: {{when: {{one_purchase: {{at_least: 50.00}}}}, give: {{points: 30}}, at_most: once, in_all: 2}}
"""
OTHER = f"""{HEAD}
points: {{earn: {{basic: {{points: 2, for_every: 3.00}}}}, usable_after: 5 days, lapse_after: 40 days, one_point_pays: 0.02}}
tiers: {{by: spend, counted_over: 60 days, going_down: one step, ladder: {{guest: {{at_least: 0}}, friend: {{at_least: 150}}}}}}
rewards:
  first: {{when: {{one_purchase: {{at_least: 80.00}}}}, give: {{points: 10}}, in_all: 4}}
  second: {{when: {{one_purchase: {{at_least: 20.00}}}}, give: {{points: 5}}, in_all: 3}}
"""
MEMBERS = 5
PROGRAMS = Path(__file__).parents[3] / "programs"
# What each rule gave each member of each asset on some days, and before them: all that a simulation's books tell.
OF_EACH = """
SELECT member_id, effective_on >= :first AS counts, rule.name, asset.name, sum(quantity) FROM ledger
JOIN rule ON rule.id = rule_id JOIN asset ON asset.id = asset_id WHERE effective_on <= :last
GROUP BY 1, 2, 3, 4 HAVING sum(quantity) <> 0 ORDER BY 1, 2, 3, 4
"""


def history(chance: random.Random) -> list[Receipt]:
    """Purchases of a quarter, of which some come back whole."""
    receipts = []
    for number in range(chance.randrange(15, 30)):
        member, when = chance.randrange(1, MEMBERS + 1), day("2026-01-05") + chance.randrange(90)
        sale = Receipt(f"S{number}", member, when, (("tea", chance.randrange(5_00, 150_00)),), chance.randrange(30_000, 70_000))
        receipts.append(sale)
        if chance.random() < 0.2:
            lines = tuple((category, -amount) for category, amount in sale.lines)
            receipts.append(Receipt(f"R{number}", member, when + chance.randrange(1, 20), lines, original=sale.number))
    return receipts


def sums(connection: Connection, period: Period) -> list[tuple[object, ...]]:
    """What the ledger gave each member: the second one where there are second books."""
    return connection.execute(OF_EACH, period.span).fetchall()


def sample(name: str) -> str:
    """A sample program, as that of this shop: between them they have every family of rules and most kinds of reward."""
    text = (PROGRAMS / name / "program.yaml").read_text(encoding="utf-8")
    for word, value in (("currency", "PLN"), ("timezone", "Europe/Warsaw"), ("starts", "2026-01-01")):
        text = re.sub(rf"(?m)^{word}: \S+", f"{word}: {value}", text)
    return text


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("other", [OTHER, "everything", "badges-and-stamps", "something-for-everyone"], ids=lambda other: other[:8])
def test_each_member_has_by_each_rule_what_the_copy_gives_on_any_days(tmp_path: Path, other: str, seed: int) -> None:
    shop = make_shop(tmp_path / "shop", TODAY, members=MEMBERS)
    put_receipts(shop, *history(random.Random(seed)))
    recalc(shop)
    (tmp_path / "new.yaml").write_text(other if other == OTHER else sample(other), encoding="utf-8")
    shutil.copytree(tmp_path / "shop", tmp_path / "copy")
    copy = replace(shop, program=tmp_path / "copy" / "program.yaml", database=tmp_path / "copy" / "loyalty.db")
    shutil.copy(tmp_path / "new.yaml", copy.program)
    adopt_program(copy, from_day=0, by="Ewa")
    recalc(copy)
    with shop.reading() as connection, copy.reading() as adopted:
        keep_aside(connection)
        last = last_run_day(connection)
        plan = Plan(((0, load_program(tmp_path / "new.yaml")),))
        for days in (0, 1, 20, 45, last - day("2026-01-01")):
            period = Period(last - days, last)
            post_to_second_books(connection, plan, period, shop)
            found = sums(connection, period)
            assert found == sums(adopted, period)
            assert len(found) >= MEMBERS
            # Who was turned away by a limit, on which days: as in the copy.
            kept = adopted.execute(simulation.TURNED_AWAY.replace("temp.", "main."), period.span).fetchall()
            assert simulation.turned_away(connection, period) == kept


def test_several_processes_say_what_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_shop(tmp_path / "shop", TODAY.replace("at_least: 200", "at_least: 200, discount: 5%"), members=MEMBERS)
    put_receipts(shop, *history(random.Random(99)))
    recalc(shop)
    other = OTHER + "discounts: {offers: {teas: {discount: 7%, only: {categories: [tea]}}, all: {discount: 2%}}}\n"
    (tmp_path / "new.yaml").write_text(other, encoding="utf-8")
    files = [tmp_path / "new.yaml", shop.program]
    alone = simulate(shop, files, Wished())
    monkeypatch.setattr("loyalty_cli.operations.simulation.simulate.AT_A_TIME", 1)
    monkeypatch.setattr("loyalty_cli.operations.hands.cores", lambda: 2)
    assert simulate(shop, files, Wished()) == alone
