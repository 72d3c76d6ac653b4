"""Running a draw: once, from the frozen files, after the close, with a proof that anybody can check."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.numbers import chance as draw_chance
from loyalty_cli.model.draw import Randomness
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws import folder as module
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.verify import draw_verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyalty_cli.model.draw import Wins
    from tests.operations.draws.conftest import DrawShop

FILES = {
    "README.txt", "entries.txt", "hashes.txt", "proof.json", "proof.tsv", "recipe.sh", "rules.txt",
    "seed.txt", "verify.py", "void.txt",
}  # fmt: skip


def closed_and_run(there: DrawShop, chance: Randomness, evening: str) -> Path:
    draw_close(there.shop, "spring draw")
    draw_run(there.at(evening), "spring draw", chance=chance)
    return there.folder


def test_a_run_publishes_the_proof_and_keeps_the_winners(there: DrawShop, chance: Randomness, evening: str) -> None:
    draw_close(there.shop, "spring draw")
    outcome = draw_run(there.at(evening), "spring draw", chance=chance)
    assert {path.name for path in there.folder.iterdir()} == FILES
    # One machine, two boxes, two reserves: five places for five members.
    assert [row[1] or row[2] for row in outcome.tables[0].rows] == [
        "sewing machine", "pudełko tkanin", "pudełko tkanin", "reserve", "reserve",
    ]  # fmt: skip
    assert len({row[3] for row in outcome.tables[0].rows}) == 5
    assert there.ask("SELECT count(*), sum(reserve), count(DISTINCT member_id) FROM draw_winner") == [(5, 2, 5)]
    assert not any(b"Person" in path.read_bytes() or b"M0" in path.read_bytes() for path in there.folder.iterdir())
    assert draw_verify(there.folder).exit_code == ExitCode.OK


def test_the_published_seed_is_the_hash_of_the_seven_lines(there: DrawShop, chance: Randomness, evening: str) -> None:
    folder = closed_and_run(there, chance, evening)
    lines = (folder / "seed.txt").read_text().split("\n")
    assert (lines[0], lines[1], lines[5], lines[6], lines[7:]) == (
        "prizedraw/1",
        "spring-draw",
        chance.public,
        "-",
        [""],
    )
    shell = subprocess.run(["sha256sum", "seed.txt"], cwd=folder, capture_output=True, text=True, check=True)
    assert json.loads((folder / "proof.json").read_text(encoding="utf-8"))["seed"] == shell.stdout.split()[0]


def test_the_same_frozen_files_and_number_give_the_same_bytes(there: DrawShop, chance: Randomness, evening: str, tmp_path: Path) -> None:
    first = closed_and_run(there, chance, evening)
    kept = {path.name: path.read_bytes() for path in first.iterdir()}
    shutil.rmtree(first)
    there.change("DELETE FROM draw_winner")
    there.change("UPDATE draw SET public = NULL, secret = NULL, seed = NULL, run_at = NULL, proof = NULL")
    draw_run(there.at("2027-01-01T00:00:00+00:00"), "spring draw", chance=chance)
    assert {path.name: path.read_bytes() for path in first.iterdir()} == kept


def test_a_draw_that_is_not_closed_can_not_be_run(there: DrawShop, chance: Randomness) -> None:
    with pytest.raises(Refused, match="is not closed"):
        draw_run(there.shop, "spring draw", chance=chance)


def test_a_draw_is_run_once_whatever_the_number(there: DrawShop, chance: Randomness, evening: str) -> None:
    folder = closed_and_run(there, chance, evening)
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    for again in (chance, draw_chance.from_dice("4" * 20)):
        with pytest.raises(Refused, match="run once"):
            draw_run(there.at(evening), "spring draw", chance=again)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept


def test_a_round_before_the_close_or_in_the_future_is_refused(there: DrawShop, chance: Randomness, evening: str) -> None:
    # The round's moment is 2026-04-20T00:00:00Z; the close must be at least 10 s before it.
    draw_close(there.at("2026-04-19T23:59:51+00:00"), "spring draw")
    with pytest.raises(Refused, match="less than 10 seconds after"):
        draw_run(there.at(evening), "spring draw", chance=chance)
    there.change("UPDATE draw SET closed_at = '2026-04-19T23:59:50+00:00'")
    with pytest.raises(Refused, match="has not been published yet"):
        draw_run(there.at("2026-04-19T23:59:59+00:00"), "spring draw", chance=chance)


@pytest.mark.parametrize("name", ["entries.txt", "void.txt", "rules.txt", "hashes.txt"])
def test_files_that_are_not_as_frozen_are_not_drawn_from(there: DrawShop, chance: Randomness, evening: str, name: str) -> None:
    draw_close(there.shop, "spring draw")
    (there.folder / name).write_bytes((there.folder / name).read_bytes() + b"6\n")
    with pytest.raises(Refused, match=f"{name} is not what was frozen"):
        draw_run(there.at(evening), "spring draw", chance=chance)
    assert there.ask("SELECT run_at FROM draw") == [(None,)]


def test_stopped_before_the_commit_nothing_is_drawn(
    there: DrawShop, chance: Randomness, evening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_close(there.shop, "spring draw")
    with monkeypatch.context() as patch:
        patch.setattr("loyalty_cli.store.draws.draws.keep", killed)
        with pytest.raises(KeyboardInterrupt):
            draw_run(there.at(evening), "spring draw", chance=chance)
    assert there.ask("SELECT run_at, (SELECT count(*) FROM draw_winner) FROM draw") == [(None, 0)]
    assert len(list(there.folder.iterdir())) == 4


@pytest.mark.parametrize("folder_gone", [False, True])
def test_stopped_after_the_commit_running_again_finishes_it(
    there: DrawShop, chance: Randomness, evening: str, monkeypatch: pytest.MonkeyPatch, folder_gone: bool
) -> None:
    draw_close(there.shop, "spring draw")
    with monkeypatch.context() as patch:
        patch.setattr(module, "add_in_place", killed)
        with pytest.raises(KeyboardInterrupt):
            draw_run(there.at(evening), "spring draw", chance=chance)
    with pytest.raises(Refused, match="run once"):
        draw_run(there.at(evening), "spring draw", chance=draw_chance.from_dice("4" * 20))
    if folder_gone:
        shutil.rmtree(there.folder)
    outcome = draw_run(there.at(evening), "spring draw", chance=chance)
    assert len(outcome.tables[0].rows) == 5
    assert draw_verify(there.folder).exit_code == ExitCode.OK


def test_fewer_entrants_than_prizes_is_said(there: DrawShop, chance: Randomness, evening: str) -> None:
    object.__setattr__(there.rules, "prizes", (("box", 7),))
    draw_close(there.shop, "spring draw")
    outcome = draw_run(there.at(evening), "spring draw", chance=chance)
    # Five entrants, seven boxes: two stay, and so do both places of reserves.
    assert [str(warning) for warning in outcome.warnings] == [
        "box: nobody is left to win 2 of them.",
        "Reserves: nobody is left for 2 of the places.",
    ]


@pytest.mark.parametrize("wins", ["one prize", "one of each kind", "any number"])
@pytest.mark.parametrize("prizes", [(("machine", 1), ("box", 2)), (("machine", 2), ("box", 30))])
def test_the_published_verifier_and_recipe_agree(
    there: DrawShop, chance: Randomness, evening: str, wins: Wins, prizes: tuple[tuple[str, int], ...]
) -> None:
    object.__setattr__(there.rules, "wins", wins)
    object.__setattr__(there.rules, "prizes", prizes)
    folder = closed_and_run(there, chance, evening)
    assert draw_verify(folder).exit_code == ExitCode.OK
    python = subprocess.run([sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert (python.returncode, python.stderr) == (0, "")
    assert python.stdout.startswith("The draw is right")
    if shutil.which("bash") and shutil.which("bc"):
        shell = subprocess.run(["bash", "recipe.sh"], cwd=folder, capture_output=True, text=True, check=False)
        assert (shell.returncode, shell.stderr) == (0, "")
        assert len(shell.stdout.splitlines()) == len((folder / "proof.tsv").read_text(encoding="utf-8").splitlines()) - 1


@pytest.mark.parametrize("name", ["entries.txt", "rules.txt", "seed.txt", "proof.tsv", "proof.json"])
def test_the_published_verifier_names_a_changed_file(there: DrawShop, chance: Randomness, evening: str, name: str) -> None:
    folder = closed_and_run(there, chance, evening)
    text = (folder / name).read_bytes()
    (folder / name).write_bytes(text.replace(b'"win"', b'"van"') if name == "proof.json" else text + b"x\n")
    python = subprocess.run([sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert python.returncode == 1
    assert python.stderr.startswith("DIFFERENT: " + ("pick" if name == "proof.json" else name))


def test_the_published_verifier_is_twenty_lines_of_python_3_8(there: DrawShop, chance: Randomness, evening: str) -> None:
    text = (closed_and_run(there, chance, evening) / "verify.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 20
    ast.parse(text, feature_version=(3, 8))


def test_a_signature_stands_for_its_value() -> None:
    # drand quicknet round 1000 (tests/draws/vectors/draw_vectors.json).
    signature = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
    value = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
    by_signature = draw_chance.from_drand(1000, signature)
    assert by_signature == draw_chance.from_drand(1000, value.upper(), signature=signature)
    assert by_signature.public.endswith(f" 1000 {value}")
    with pytest.raises(LoyaltyError, match="not the SHA-256 of its signature"):
        draw_chance.from_drand(1000, value, signature=signature.replace("b4", "b5"))


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (draw_chance.from_dice, "4 2 6"),
        (draw_chance.from_dice, "four two six one four two six one"),
        (draw_chance.from_lotto, "none"),
        (draw_chance.from_public, " "),
        (draw_chance.from_public, "dice 4"),
        (draw_chance.from_public, "a\x1b[0m"),
    ],
)
def test_randomness_that_is_none_is_refused(make: Callable[[str], Randomness], text: str) -> None:
    with pytest.raises(LoyaltyError):
        make(text)


def test_randomness_has_one_form_whatever_was_typed() -> None:
    assert draw_chance.from_dice("42614 26142 61426-14261").public == "dice 42614261426142614261"
    assert draw_chance.from_lotto("5, 12,  31 ").public == "lotto 5 12 31"
    assert draw_chance.from_public(" NBP  4.2371\n").public == "NBP 4.2371"
    assert draw_chance.from_public("x", secret=" ja ") == Randomness(public="x", secret="ja")


def killed(*_: object) -> None:
    raise KeyboardInterrupt
