"""`loyalty draw` as it is typed: what a wrong command and a wrong folder end with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from loyalty_cli.cli.draws import app
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.draws.announced_shop import announced_shop
from tests.operations.draws.announced_shop import at
from tests.operations.draws.announced_shop import BEFORE
from tests.operations.draws.announced_shop import buy
from tests.operations.draws.announced_shop import CLOSING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_run_wants_exactly_one_source_of_its_number() -> None:
    for sources in ([], ["--dice", "1" * 20, "--lotto", "1 2 3"]):
        result = CliRunner().invoke(app, ["run", "spring draw", *sources])
        assert result.exit_code == ExitCode.USAGE
        assert "one source" in result.stderr


def test_verifying_a_damaged_folder_ends_with_30(tmp_path: Path) -> None:
    (tmp_path / "proof.json").write_text("{}")
    result = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert result.exit_code == ExitCode.DIFFERENCES
    assert "entries.txt is missing." in result.stdout


def test_an_entry_and_a_void_want_one_way_to_say_whose() -> None:
    for words in (
        ["entry", "spring draw", "--key", "a"],
        ["entry", "spring draw", "--key", "a", "--card", "2901", "--name", "Anna"],
        ["void", "spring draw", "--because", "returned"],
        ["void", "spring draw", "--because", "returned", "--card", "2901", "--ticket", "3"],
    ):
        assert CliRunner().invoke(app, words).exit_code == ExitCode.USAGE


def test_a_draw_from_its_announcement_to_its_frozen_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = announced_shop(tmp_path)
    buy(shop, 1, "2027-03-01", 12_000)

    def typed(moment: str, *words: str) -> str:
        monkeypatch.setattr("loyalty_cli.cli.clock.now", lambda: datetime.fromisoformat(moment))
        where = ["--program", str(shop.program), "-O", "json"]
        result = CliRunner().invoke(app, [*words, *where])
        assert result.exit_code == ExitCode.OK, result.output
        return result.stdout

    assert '"rules_sha256"' in typed(BEFORE, "open", "spring draw", "--commit-secret")
    entry = ["entry", "spring draw", "--card", "2902", "--on", "2027-03-05", "--key", "letter 1"]
    assert '"again": false' in typed("2027-04-01T09:00:00+00:00", *entry)
    recalc(at(shop, CLOSING))
    assert '"2902"' in typed(CLOSING, "tickets", "spring draw")
    # 120.00 is two tickets of 50.00, and one letter.
    assert '"tickets": 3' in typed(CLOSING, "close", "spring draw")
    assert '"first_ticket"' in typed(CLOSING, "tickets", "spring draw", "--card", "2902")
    assert '"void": 1' in typed(CLOSING, "void", "spring draw", "--because", "own wish", "--card", "2902", "--yes")
