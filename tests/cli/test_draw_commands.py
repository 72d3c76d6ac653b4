"""`loyalty draw` as it is typed: what a wrong command and a wrong folder end with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from loyalty_cli.cli.draw import app
from loyalty_cli.model.exit_code import ExitCode

if TYPE_CHECKING:
    from pathlib import Path


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
