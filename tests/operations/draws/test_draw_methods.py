"""The other methods of drawing: each with its proof, its verifier of 20 lines and its recipe for a shell."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.methods import vrs
from loyalty_cli.draws.methods.rfc3797 import digest
from loyalty_cli.draws.methods.rfc3797 import selected
from loyalty_cli.draws.numbers import chance as draw_chance
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.model.draw import NumberSource
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.verify import draw_verify

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.draw import Wins
    from loyalty_cli.model.draw_method import Method
    from loyalty_cli.model.shown.outcome import Outcome
    from tests.operations.draws.conftest import DrawShop

# The fixture's 20 tickets, in an order such as an urn gives; 0 and 21 are on no ticket.
FROM_AN_URN = "21 3, 17; 0 017\n8 1 20 12 5 2 4 6 7 9 10 11 13 14 15 16 18 19 # all of them"
SECRET = "a secret of the shop"
CHANCES = {
    "rfc3797": draw_chance.from_sources(["9319", "2 5 12 8 10", "9 18 26 34 41 45"]),
    "vrs": draw_chance.from_public("1.2.3.4.5.6./", secret=vrs.code_of_round(SECRET, 1)),
    "external": draw_chance.from_external(FROM_AN_URN),
}
METHODS: list[Method] = ["rfc3797", "vrs", "external"]


def set_rules(there: DrawShop, **values: object) -> None:
    for name, value in values.items():
        object.__setattr__(there.rules, name, value)


def run_by(there: DrawShop, method: Method, evening: str, chance: Randomness | None = None) -> Outcome:
    set_rules(there, method=method, commitment=vrs.code_of_round(SECRET, 0) if method == "vrs" else "")
    draw_close(there.shop, "spring draw")
    return draw_run(there.at(evening), "spring draw", chance=chance or CHANCES[method])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("wins", ["one prize", "one of each kind", "any number"])
@pytest.mark.parametrize("prizes", [(("machine", 1), ("box", 2)), (("machine", 2), ("box", 30))])
def test_each_method_is_verified_by_its_folder_alone(
    there: DrawShop, evening: str, method: Method, wins: Wins, prizes: tuple[tuple[str, int], ...]
) -> None:
    if method == "external" and len(prizes) and prizes[1][1] == 30 and wins != "one prize":
        pytest.skip("an urn of 20 tickets ends before 32 prizes do")
    set_rules(there, wins=wins, prizes=prizes)
    run_by(there, method, evening)
    outcome = draw_verify(there.folder)
    assert (outcome.exit_code, str(outcome.said[0])[-6:]) == (ExitCode.OK, "right.")
    said = python_says(there.folder)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("The draw is right")
    assert len(shell_says(there.folder).splitlines()) == len(picks_in(there.folder))


def python_says(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False)


def shell_says(folder: Path) -> str:
    if not all(map(shutil.which, ("bash", "bc", "openssl", "awk"))):
        pytest.skip("no shell with bc and openssl here")
    shell = subprocess.run(["bash", "recipe.sh"], cwd=folder, capture_output=True, text=True, check=False)
    assert (shell.returncode, shell.stderr) == (0, "")
    return shell.stdout


def picks_in(folder: Path) -> list[list[object]]:
    picks: list[list[object]] = json.loads((folder / "proof.json").read_text(encoding="utf-8"))["picks"]
    return picks


@pytest.mark.parametrize("method", METHODS)
def test_void_tickets_are_passed_over_by_every_method(there: DrawShop, evening: str, method: Method) -> None:
    set_rules(there, method=method)
    draw_close(there.shop, "spring draw")
    with there.shop.changing() as connection:
        for ticket in (3, 17):
            connection.execute(
                "INSERT INTO draw_void (draw_id, ticket, code, at) VALUES (1, ?, 'returned', '2026-04-19')",
                (ticket,),
            )
    shutil.rmtree(there.folder)
    there.change("UPDATE draw SET void_sha256 = ?", sha256_of("3\n17\n"))
    draw_run(there.at(evening), "spring draw", chance=CHANCES[method])
    results = {pick[1]: pick[3] for pick in picks_in(there.folder)}
    assert {results.get(3, "void"), results.get(17, "void")} == {"void"}
    assert draw_verify(there.folder).exit_code == ExitCode.OK
    assert python_says(there.folder).returncode == 0
    shell_says(there.folder)


@pytest.mark.parametrize("method", [*METHODS, "prizedraw/1"])
@pytest.mark.parametrize("name", ["entries.txt", "proof.tsv", "seed.txt", "proof.json"])
def test_the_published_verifier_of_each_method_names_what_was_changed(there: DrawShop, evening: str, method: Method, name: str) -> None:
    run_by(there, method, evening, CHANCES.get(method, draw_chance.from_public("x")))
    text = (there.folder / name).read_bytes()
    changed = text.replace(b'"win"', b'"van"') if name == "proof.json" else text.replace(b"5", b"6", 1)
    assert changed != text
    (there.folder / name).write_bytes(changed)
    said = python_says(there.folder)
    assert said.returncode == 1
    assert said.stderr.startswith("DIFFERENT: " + ("pick" if name == "proof.json" else name))


@pytest.mark.parametrize("method", METHODS)
def test_each_published_verifier_is_twenty_lines_of_python_3_8(there: DrawShop, evening: str, method: Method) -> None:
    run_by(there, method, evening)
    text = (there.folder / "verify.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 20
    ast.parse(text, feature_version=(3, 8))
    assert f"method {method}" in (there.folder / "README.txt").read_text() or method == "rfc3797"


def test_rfc_3797_prints_its_key_and_every_digest(there: DrawShop, evening: str) -> None:
    outcome = run_by(there, "rfc3797", evening)
    key = "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert str(outcome.said[1]) == f"Key: {key}"
    # The digests of the RFC's own example; the pool differs, so the picks do.
    assert outcome.tables[1].rows[0][1] == "990DD0A5692A029A98B5E01AA28F3459"
    assert outcome.data["digests"] == [digest(key, index) for index in range(len(outcome.tables[1].rows))]
    order = list(selected(key, 20))
    assert [pick[1] for pick in picks_in(there.folder)] == order[: len(picks_in(there.folder))]


def test_a_secret_is_put_behind_the_key_as_nominating_committees_do(there: DrawShop, evening: str) -> None:
    chance = draw_chance.from_sources(["9319"], secret="5f")
    outcome = run_by(there, "rfc3797", evening, chance)
    assert outcome.data["seed"] == "9319./5f./"
    assert draw_verify(there.folder).exit_code == ExitCode.OK
    assert python_says(there.folder).returncode == 0


def test_rfc_3797_draws_from_65535_tickets_at_most(there: DrawShop, evening: str) -> None:
    there.give({6: 65_536 - 20})
    with pytest.raises(Refused, match="at most 65535"):
        run_by(there, "rfc3797", evening)


def test_numbers_from_an_urn_are_mapped_skipped_and_logged(there: DrawShop, evening: str) -> None:
    outcome = run_by(there, "external", evening)
    results = [(pick[1], pick[3]) for pick in picks_in(there.folder)]
    assert results[0] == (21, "no-ticket")
    assert results[1] == (3, "win")
    assert (0, "no-ticket") in results
    assert (17, "already-won") in results[4:5]
    assert len(outcome.tables[0].rows) == 5


def test_too_few_numbers_from_an_urn_are_refused_and_the_draw_stays_open(there: DrawShop, evening: str) -> None:
    few = draw_chance.from_external("3")
    with pytest.raises(Refused, match="others stay empty"):
        run_by(there, "external", evening, few)
    assert there.ask("SELECT run_at FROM draw") == [(None,)]
    draw_run(there.at(evening), "spring draw", chance=CHANCES["external"])
    assert draw_verify(there.folder).exit_code == ExitCode.OK


@pytest.mark.parametrize("text", ["", "# nothing", "3 x", "-4", "²", "3.5"])
def test_what_is_no_list_of_ticket_numbers_is_refused(text: str) -> None:
    with pytest.raises(LoyaltyError):
        draw_chance.from_external(text)


def test_whoever_leaves_the_list_moves_nobody_else_in_a_draw_by_rank(there: DrawShop, evening: str) -> None:
    order = list(vrs.ranked("5a" * 32, lambda: ["A", "B", "B", "C"], 4))
    without = list(vrs.ranked("5a" * 32, lambda: ["A", "B", "C"], 3))
    # B's second ticket was the third line; A, B's first and C keep their order among themselves.
    names = ["A", "B", "B 2", "C"]
    assert [names[n - 1] for n in order if n != 3] == [["A", "B", "C"][n - 1] for n in without]


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("dice", draw_chance.from_dice("4" * 20), draw_chance.from_lotto("4 5 6")),
        ("lottery", draw_chance.from_lotto("4 5 6"), draw_chance.from_public("4 5 6")),
        ("external", draw_chance.from_public("urn 12"), draw_chance.from_dice("4" * 20)),
        ("drand quicknet", None, draw_chance.from_dice("4" * 20)),
        ("drand quicknet", None, draw_chance.from_drand(27_946_613, "5a" * 32)),
    ],
)
def test_another_source_than_the_announced_one_is_refused(
    there: DrawShop, chance: Randomness, evening: str, source: str, right: Randomness | None, wrong: Randomness
) -> None:
    number = 27_946_612 if source == "drand quicknet" else 0
    set_rules(there, source=NumberSource(kind=source, round=number))  # type: ignore[arg-type]
    draw_close(there.shop, "spring draw")
    with pytest.raises(Refused, match="announced"):
        draw_run(there.at(evening), "spring draw", chance=wrong)
    draw_run(there.at(evening), "spring draw", chance=right or chance)
    assert draw_verify(there.folder).exit_code == ExitCode.OK


def test_a_number_before_its_announced_moment_is_refused(there: DrawShop, evening: str) -> None:
    set_rules(there, source=NumberSource(kind="dice", at="2026-04-20T18:00:01+00:00"))
    draw_close(there.shop, "spring draw")
    with pytest.raises(Refused, match="not yet that time"):
        draw_run(there.at(evening), "spring draw", chance=draw_chance.from_dice("4" * 20))


def test_a_secret_must_be_the_one_committed_to(there: DrawShop, evening: str) -> None:
    set_rules(there, commitment=sha256_of("ja"))
    draw_close(there.shop, "spring draw")
    for secret, why in (("", "none was revealed"), ("ne", "not the one")):
        with pytest.raises(Refused, match=why):
            draw_run(there.at(evening), "spring draw", chance=draw_chance.from_public("x", secret=secret))
    draw_run(there.at(evening), "spring draw", chance=draw_chance.from_public("x", secret="ja"))
    assert draw_verify(there.folder).exit_code == ExitCode.OK
    assert python_says(there.folder).returncode == 0


def test_numbers_of_one_method_are_refused_by_another(there: DrawShop, evening: str) -> None:
    draw_close(there.shop, "spring draw")
    with pytest.raises(Refused, match="belong to the method external"):
        draw_run(there.at(evening), "spring draw", chance=CHANCES["external"])


def test_rfc_3797_refuses_what_is_no_key(there: DrawShop, evening: str) -> None:
    with pytest.raises(Refused, match="is no key"):
        run_by(there, "rfc3797", evening, draw_chance.from_dice("4" * 20))


def test_a_folder_whose_method_was_changed_is_named(there: DrawShop, evening: str) -> None:
    run_by(there, "rfc3797", evening)
    rules = there.folder / "rules.txt"
    rules.write_bytes(rules.read_bytes().replace(b"method: rfc3797", b"method: vrs"))
    assert "rules.txt" in str(draw_verify(there.folder).said[0])
    assert replace(there.rules, method="vrs") != there.rules
