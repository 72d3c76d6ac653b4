"""`loyalty draw` from the draw on, as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from loyalty_cli.cli.draws import app
from loyalty_cli.cli.draws.number import numbers_in
from loyalty_cli.cli.draws.number import PublicNumber
from loyalty_cli.cli.pages import form_of
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.draw import Randomness


def chance(**said: object) -> Randomness:
    return PublicNumber(**said).chance()  # type: ignore[arg-type]


def test_a_claim_says_one_thing() -> None:
    for said in ([], ["--accept", "--refuse"]):
        result = CliRunner().invoke(app, ["claim", "spring draw", "1", *said])
        assert result.exit_code == ExitCode.USAGE
        assert "one of --accept" in result.stderr


def test_a_number_for_a_redraw_needs_the_word_fresh() -> None:
    result = CliRunner().invoke(app, ["redraw", "spring draw", "1", "--dice", "4" * 20])
    assert result.exit_code == ExitCode.USAGE
    assert "--fresh" in result.stderr


def test_numbers_from_an_urn_come_from_a_file_or_are_typed(tmp_path: Path) -> None:
    file = tmp_path / "numbers.txt"
    file.write_bytes(b"\xef\xbb\xbf17\r\n3 # the second ball\r\n")
    assert chance(external=str(file)).public == "external 17 3"
    assert chance(external="17, 3").public == "external 17 3"
    assert numbers_in("17 3") == "17 3"


def test_each_source_of_rfc_3797_is_an_option_of_its_own() -> None:
    assert chance(sources=["9319", "2 5 12 8 10"]).public == "9319./2.5.8.10.12./"


@pytest.mark.parametrize(
    ("form", "file", "word"),
    [
        (None, "m.html", "html"),
        (None, "m.txt", "table"),
        (None, None, "table"),
        ("HTML", None, "html"),
        ("json", None, "json"),
    ],
)
def test_the_form_of_a_document_follows_its_file(tmp_path: Path, form: str | None, file: str | None, word: str) -> None:
    assert form_of(form, tmp_path / file if file else None) == word


@pytest.mark.parametrize(("form", "file"), [("xlsx", None), (None, "m.pdf")])
def test_a_document_in_another_form_is_refused(tmp_path: Path, form: str | None, file: str | None) -> None:
    with pytest.raises(LoyaltyError, match="written as a page"):
        form_of(form, tmp_path / file if file else None)
