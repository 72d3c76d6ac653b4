"""Every command that changes something says what comes next."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.cli.next_steps import NEXT
from tests.cli.running import run
from tests.cli.test_shared_options import commands

if TYPE_CHECKING:
    from pathlib import Path

# These say it themselves, each in its own way, or leave nothing to be done.
IN_THEIR_OWN_WORDS = {
    "import reconcile", "redeem coupon", "draw claim", "member merge", "member forget", "member erase", "nightly",
    "store rename", "store merge", "till export",
}  # fmt: skip


def test_every_command_that_can_be_rehearsed_has_a_next_step() -> None:
    changing = {name for name, each in commands() if any("--dry-run" in option.opts for option in each.params)}
    assert changing - set(NEXT) - IN_THEIR_OWN_WORDS == set()
    assert set(NEXT) <= {name for name, _ in commands()}


@pytest.fixture
def shop(made_demo: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_demo, tmp_path / "shop")


def test_the_next_step_is_the_last_line_and_is_typed_as_it_stands(shop: Path) -> None:
    made = run("cards", "make", "--count", "2", "--prefix", "29012", "--key", "spring sale", folder=shop).stdout
    assert made.splitlines()[-1] == 'Next: loyalty cards print --key "spring sale" -o cards.html'
    polish = run("recalc", "--lang", "pl", folder=shop).stdout
    assert polish.splitlines()[-1] == "Dalej: loyalty report members"


def test_nothing_is_next_where_nothing_was_done(shop: Path) -> None:
    for words in (["recalc", "--dry-run"], ["recalc", "-q"], ["recalc", "-O", "json"], ["import", "conflicts"]):
        assert "Next:" not in run(*words, folder=shop).stdout


TRIED = (
    "recalc", "coupons issue", "program adopt", "cards make --count 1 --prefix 29012", "redeem points 2900041091396 500 --basket 80.00",
    "event add 2900041047362 survey --by Ola --reason asked",
)  # fmt: skip


@pytest.mark.parametrize("words", TRIED)
def test_a_dry_run_says_last_that_nothing_was_kept(shop: Path, words: str) -> None:
    before = (shop / "loyalty.db").read_bytes()
    said = run(*words.split(), "--dry-run", "-O", "json", folder=shop).stdout
    assert '"This was a dry run; nothing was kept."' in said
    assert (shop / "loyalty.db").read_bytes() == before


def test_after_a_list_of_receipts_no_card_is_asked_for(shop: Path) -> None:
    (shop / "cards.csv").write_text("receipt,card\nO01441,2900041003702\n", encoding="utf-8")
    assigned = run("receipt", "assign", "--file", "cards.csv", "--by", "Ola", "--reason", "asked", "--key", "k1", folder=shop)
    assert assigned.stdout.splitlines()[-1] == "Next: loyalty report by-hand"


def test_a_contest_is_not_drawn_once_its_ranking_is_final(tmp_path: Path) -> None:
    assert run("init", ".", "--template", "spend-and-get", "--starts", "2026-09-01", folder=tmp_path).returncode == 0
    (tmp_path / "examples.yaml").unlink()
    contest = "draws:\n  best: {dates: 2026-09-01 to 2026-09-30, contest: most visits, prizes: {mug: 1}}\n"
    text = (tmp_path / "program.yaml").read_text(encoding="utf-8")
    (tmp_path / "program.yaml").write_text(f"{text}\n{contest}", encoding="utf-8")
    (tmp_path / "p.csv").write_text("receipt,date,card,product,category,quantity,amount\n1,2026-09-02,2900001,T,tea,1,5.00\n")
    assert run("import", "purchases", "p.csv", folder=tmp_path).returncode == 0
    assert run("recalc", folder=tmp_path).returncode == 0
    said = run("draw", "close", "best", folder=tmp_path).stdout.splitlines()
    assert 'The ranking is final: loyalty draw claim "best"' in said
    assert said[-1] == "Next: loyalty draw protocol best -o minutes.html"
