"""The published folder of a contest: the first places of the ranking win, and whatever is changed is named."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.proof.contest import CONTEST_FILES
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.open import draw_open
from loyalty_cli.operations.draws.verify import draw_verify
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.draws.announced_shop import announced_shop
from tests.operations.draws.announced_shop import at
from tests.operations.draws.announced_shop import BEFORE
from tests.operations.draws.announced_shop import buy
from tests.operations.draws.announced_shop import CLOSING

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

CONTEST = """  best buyers:
    dates: 2027-03-01 to 2027-05-31
    contest: most bought
    prizes: {weekend: 1, hamper: 1}
    reserves: 1
    claim_within: 14 days
"""


@pytest.fixture
def closed(tmp_path: Path) -> Shop:
    """A closed contest: 300.00, 200.00, 200.00 a day later, 9.00."""
    shop = at(announced_shop(tmp_path, CONTEST), CLOSING)
    for member, day, paid in ((1, "2027-03-10", 20_000), (2, "2027-03-09", 20_000), (3, "2027-03-11", 30_000)):
        buy(shop, member, day, paid)
    buy(shop, 4, "2027-03-01", 900)
    recalc(shop)
    draw_close(shop, "best buyers")
    return shop


@pytest.fixture
def folder(closed: Shop) -> Path:
    """Its published folder."""
    return closed.database.parent / "draws" / "best-buyers"


def said_of(folder: Path) -> str:
    outcome = draw_verify(folder)
    assert outcome.exit_code == ExitCode.DIFFERENCES
    return str(outcome.said[0])


def hash_anew(folder: Path, name: str) -> None:
    """What a forger does after changing a file: state its new hash wherever the old one stands."""
    new = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    for other in ("hashes.txt", PROOF):
        if other == name:
            continue
        lines = (folder / other).read_text().split("\n")
        for number, line in enumerate(lines):
            if line.endswith(f"  {name}"):
                lines[number] = f"{new}  {name}"
            elif line.startswith(f' "{name}": '):
                lines[number] = f' "{name}": "{new}"' + "," * line.endswith(",")
        (folder / other).write_text("\n".join(lines))


def told_by(folder: Path, *command: str) -> tuple[int, str]:
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return run.returncode, (run.stdout + run.stderr).strip()


def test_the_folder_is_right_and_its_own_verifier_and_recipe_agree(folder: Path) -> None:
    assert sorted(file.name for file in folder.iterdir()) == sorted((*CONTEST_FILES, PROOF))
    assert draw_verify(folder).exit_code == ExitCode.OK
    assert told_by(folder, sys.executable, "-I", "verify.py") == (0, "The contest is right: 2 winners of 4.")
    code, said = told_by(folder, "bash", "recipe.sh")
    # 300.00 takes the weekend; of the two with 200.00 who reached it on 9 March takes the hamper.
    assert (code, [" ".join(line.split()[-2:]) for line in said.split("\n")]) == (
        0,
        ["2027-03-11T12:00:00Z weekend", "2027-03-09T12:00:00Z hamper", "2027-03-10T12:00:00Z reserve"],
    )
    assert len((folder / "verify.py").read_text().splitlines()) <= 20


@pytest.mark.parametrize("name", [*CONTEST_FILES, PROOF])
def test_every_byte_of_a_contests_folder_is_looked_at(folder: Path, name: str) -> None:
    file = folder / name
    right = file.read_bytes()
    for place in range(0, len(right), 1 + len(right) // 150):
        wrong = bytearray(right)
        wrong[place] ^= 1 << place % 8
        file.write_bytes(wrong)
        said = said_of(folder)
        assert name in said or (name == PROOF and "proof.json" in said), (place, said)
    file.write_bytes(right)
    file.unlink()
    assert name in said_of(folder)


def test_a_ranking_in_another_order_is_named_even_with_all_hashes_made_anew(folder: Path) -> None:
    first, second, *rest = (folder / "entries.txt").read_text().split("\n")
    (folder / "entries.txt").write_text("\n".join([second, first, *rest]))
    hash_anew(folder, "entries.txt")
    hash_anew(folder, "hashes.txt")
    assert said_of(folder) == "entries.txt: place 2 is not where its score belongs."
    assert told_by(folder, sys.executable, "-I", "verify.py") == (1, "DIFFERENT: place 1: a better one stands below")
    code, said = told_by(folder, "bash", "recipe.sh")
    assert (code, "DIFFERENT: the order of the ranking" in said) == (1, True)


def test_a_winner_who_is_not_the_first_of_the_ranking_is_named(folder: Path) -> None:
    first, second = ((folder / "entries.txt").read_text().split("\n")[place].split(" ")[0] for place in (0, 1))
    proof = (folder / PROOF).read_text()
    (folder / PROOF).write_text(proof.replace(first, "?").replace(second, first).replace("?", second))
    assert said_of(folder).startswith("proof.json, line ")
    assert told_by(folder, sys.executable, "-I", "verify.py") == (1, "DIFFERENT: the winners")


def test_who_stands_in_the_ranking_twice_is_named(folder: Path) -> None:
    lines = (folder / "entries.txt").read_text().split("\n")
    lines[3] = lines[0].split(" ")[0] + " 9.00 2027-03-01T12:00:00Z"
    (folder / "entries.txt").write_text("\n".join(lines))
    hash_anew(folder, "entries.txt")
    hash_anew(folder, "hashes.txt")
    assert said_of(folder) == "entries.txt: place 4 is not where its score belongs."
    assert told_by(folder, sys.executable, "-I", "verify.py")[1] == "DIFFERENT: somebody stands in the ranking twice"


def test_a_folder_that_was_removed_is_written_again_to_the_byte(closed: Shop, folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    shutil.rmtree(folder)
    draw_close(closed, "best buyers")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_contest_has_no_secret(tmp_path: Path) -> None:
    shop = at(announced_shop(tmp_path, CONTEST), BEFORE)
    with pytest.raises(Refused, match="no number that a secret could go into"):
        draw_open(shop, "best buyers", commit_secret=True)
