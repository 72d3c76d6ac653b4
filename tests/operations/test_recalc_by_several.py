"""Several processes replay what one replays: the same ledger, the same standings, the same failures."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.ledger import blocks
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.replay.gathered import Gathered
from tests.operations.simulation.test_simulations_of_random_shops import history
from tests.operations.simulation.test_simulations_of_random_shops import MEMBERS
from tests.operations.simulation.test_simulations_of_random_shops import OTHER
from tests.operations.simulation.test_simulations_of_random_shops import sample
from tests.operations.simulation.test_simulations_of_random_shops import TODAY
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

LEDGER = """
SELECT member_id, rule.name, cause_kind, cause_id, asset.name, effective_on, quantity, booked_on FROM ledger
JOIN rule ON rule.id = rule_id JOIN asset ON asset.id = asset_id ORDER BY ledger.id
"""
BOOKS = (
    LEDGER,
    "SELECT * FROM standing ORDER BY member_id",
    "SELECT * FROM hand_over ORDER BY id",
)


@pytest.fixture
def by_several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes for any shop, two members in a block."""
    monkeypatch.setattr("loyalty_cli.operations.ledger.run.AT_A_TIME", 1)
    monkeypatch.setattr("loyalty_cli.operations.hands.cores", lambda: 2)
    monkeypatch.setattr("loyalty_cli.store.ledger.standings.MEMBERS_AT_A_TIME", 2)


def a_shop(folder: Path, seed: int, program: str = TODAY) -> Shop:
    """A quarter's purchases and returns, not recalculated yet."""
    shop = make_shop(folder, program, members=MEMBERS)
    put_receipts(shop, *history(random.Random(seed)))
    return shop


def books_of(shop: Shop) -> list[list[tuple[object, ...]]]:
    """The ledger, the standings, and what members tell others."""
    with shop.reading() as connection:
        return [connection.execute(select).fetchall() for select in BOOKS]


def copied(shop: Shop, folder: Path) -> Shop:
    """A copy of a shop's folder."""
    shutil.copytree(shop.folder, folder)
    return replace(shop, program=folder / shop.program.name, database=folder / shop.database.name)


@pytest.mark.parametrize("other", [OTHER, "everything", "something-for-everyone"], ids=lambda other: other[:8])
def test_they_find_what_one_finds(tmp_path: Path, other: str, request: pytest.FixtureRequest) -> None:
    alone = a_shop(tmp_path / "alone", seed=len(other))
    together = copied(alone, tmp_path / "together")
    new = other if other == OTHER else sample(other)
    for shop in (alone, together):
        if shop is together:
            request.getfixturevalue("by_several")
        recalc(shop)
        shop.program.write_text(new, encoding="utf-8")
        adopt_program(shop, from_day=0, by="Ewa")
        recalc(shop, everyone=True)
    assert books_of(together) == books_of(alone)
    assert len(books_of(alone)[0]) > 3 * MEMBERS
    proof = proven_books(together)
    assert proof.members == MEMBERS
    assert not proof.entries
    assert not proof.standings


@pytest.mark.usefixtures("by_several")
def test_what_goes_wrong_with_one_member_stays_that_member_s(tmp_path: Path) -> None:
    shop = a_shop(tmp_path / "shop", seed=3, program=TODAY.replace(", in_all: 2", ""))
    with shop.changing() as connection:
        # A point for each 1.00 of 10**15.00 is more than any book holds: this member can not be worked out.
        member, receipt = connection.execute("SELECT member_id, id FROM receipt WHERE returned = 0 ORDER BY id LIMIT 1").fetchone()
        connection.execute("UPDATE receipt SET total = ? WHERE id = ?", (10**17, receipt))
    outcome = recalc(shop)
    assert outcome.data["left_out"] == 1
    assert outcome.data["members"] == MEMBERS - 1
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM standing WHERE member_id = ?", (member,)).fetchone() == (0,)


@pytest.mark.usefixtures("by_several")
def test_a_process_is_told_a_block_and_the_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = a_shop(tmp_path / "shop", seed=4)
    asked = []

    def watched(apart: blocks.Apart) -> blocks.Done:
        asked.append(apart)
        return blocks.replay_apart(apart)

    monkeypatch.setattr("loyalty_cli.operations.ledger.run.replay_apart", watched)
    # A function of this test can not be told to another process; each part is then done here, as where a process is lost.
    monkeypatch.setattr("loyalty_cli.operations.hands.Hands.give", lambda *_: None)
    recalc(shop)
    # Five members, two in a block; then whoever a limit in all concerns.
    assert [len(apart.gathered.members) for apart in asked[:3] if isinstance(apart.gathered, Gathered)] == [2, 2, 1]
    assert {apart.versions for apart in asked} == {((0, shop.program.read_text(encoding="utf-8"), asked[0].versions[0][2]),)}
