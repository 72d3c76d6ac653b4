"""Verifying a published folder: right as it is, and every changed byte is named."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.numbers import chance as draw_chance
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.verify import draw_verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.draw import Randomness
    from tests.operations.draws.conftest import DrawShop

NAMES = [
    "README.txt", "entries.txt", "hashes.txt", "proof.json", "proof.tsv", "recipe.sh", "rules.txt",
    "seed.txt", "verify.py",
]  # fmt: skip
SIGNATURE = "ab" * 48


@pytest.fixture
def folder(there: DrawShop, evening: str) -> Path:
    """A folder with a signed round; the signature is invented, its value is not checked beyond its hash."""
    draw_close(there.shop, "spring draw")
    chance = draw_chance.from_drand(27_946_612, SIGNATURE, secret="ja")
    draw_run(there.at(evening), "spring draw", chance=chance)
    return there.folder


def said_of(folder: Path) -> str:
    outcome = draw_verify(folder)
    assert outcome.exit_code == ExitCode.DIFFERENCES
    return str(outcome.said[0])


def test_a_folder_is_verified_anywhere_without_its_database(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder, tmp_path / "copy")
    (tmp_path / "loyalty.db").unlink()
    outcome = draw_verify(tmp_path / "copy")
    assert (outcome.exit_code, outcome.data["run"]) == (ExitCode.OK, True)


def test_a_closed_draw_is_verified_before_it_is_run(there: DrawShop) -> None:
    draw_close(there.shop, "spring draw")
    outcome = draw_verify(there.folder)
    assert (outcome.exit_code, outcome.data["run"]) == (ExitCode.OK, False)
    (there.folder / "rules.txt").write_bytes(b"draw: other\n")
    assert said_of(there.folder) == "rules.txt is not the file whose hash hashes.txt states."


@pytest.mark.parametrize("name", NAMES)
def test_any_changed_byte_is_named(folder: Path, name: str, places: Callable[[int, int], Sequence[int]]) -> None:
    """A hundred bytes of the proof and twenty of each other file, each changed in one bit, each put right again."""
    file = folder / name
    right = file.read_bytes()
    for place in places(len(right), 100 if name in {"proof.json", "hashes.txt"} else 20):
        wrong = bytearray(right)
        wrong[place] ^= 1 << place % 8
        file.write_bytes(wrong)
        said = said_of(folder)
        assert name in said or (name == "proof.json" and names_its_part(said)), (place, said)
    file.write_bytes(right)
    assert draw_verify(folder).exit_code == ExitCode.OK


def names_its_part(said: str) -> bool:
    """A changed proof.json is also told by the seed, the pick or the file that it contradicts."""
    return "proof.json" in said or "drand round" in said


@pytest.mark.parametrize("name", [*NAMES, "void.txt"])
@pytest.mark.parametrize("tail", [b"\n", b" ", b"\r\n", b"7\n"])
def test_anything_added_is_named(folder: Path, name: str, tail: bytes) -> None:
    (folder / name).write_bytes((folder / name).read_bytes() + tail)
    assert name in said_of(folder)


@pytest.mark.parametrize("name", [*NAMES, "void.txt"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert said_of(folder) == f"{name} is missing."


def test_windows_line_ends_are_named(folder: Path) -> None:
    text = (folder / "entries.txt").read_bytes()
    (folder / "entries.txt").write_bytes(text.replace(b"\n", b"\r\n"))
    assert said_of(folder) == "entries.txt is not the file whose hash proof.json states."


def test_a_changed_winner_is_named_by_its_pick(folder: Path) -> None:
    proof = folder / "proof.json"
    said = json.loads(proof.read_bytes())
    number, ticket = said["picks"][0][:2]
    proof.write_bytes(proof.read_bytes().replace(b" [1, %d," % ticket, b" [1, %d," % (ticket + 1), 1))
    assert said_of(folder).startswith(f"Pick {number}: the seed gives 1, {ticket}, ")


def test_an_added_key_is_named(folder: Path) -> None:
    proof = folder / "proof.json"
    text = proof.read_bytes()
    for place in (b'"secret"', b'"picks"'):
        proof.write_bytes(text.replace(place, b'"comment": 1,\n' + place))
        assert said_of(folder).startswith("proof.json, line ")
    # The same key twice: readers differ on which one counts.
    proof.write_bytes(text.replace(b'"seed"', b'"seed": "0",\n"seed"'))
    assert said_of(folder).startswith("proof.json, line ")


def test_another_seed_with_matching_picks_is_named(folder: Path) -> None:
    """Somebody who draws again from another number has to change the seed's lines too."""
    proof = folder / "proof.json"
    proof.write_bytes(proof.read_bytes().replace(b'"secret": "ja"', b'"secret": "ne"'))
    assert said_of(folder) == "seed.txt, line 7: the files and proof.json give ne, not ja."


def test_a_round_before_the_close_is_named(there: DrawShop, chance: Randomness, evening: str) -> None:
    draw_close(there.shop, "spring draw")
    early = chance.public.replace(" 27946612 ", " 1000 ")
    draw_run(there.at(evening), "spring draw", chance=draw_chance.from_public("placeholder"))
    with there.shop.changing() as connection:
        connection.execute("DELETE FROM draw_winner")
        connection.execute("UPDATE draw SET public = NULL, proof = NULL, run_at = NULL")
    publish_unchecked(there, early, evening)
    assert said_of(there.folder) == "drand round 1000 was published before the draw was closed."


def publish_unchecked(there: DrawShop, public: str, evening: str) -> None:
    """A run by somebody whose program does not look at the time of a round."""
    from loyalty_cli.model.draw import Randomness as Chance
    from loyalty_cli.operations.draws import run as module

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "refuse_wrong_time", lambda *_: None)
        draw_run(there.at(evening), "spring draw", chance=Chance(public=public))


def test_a_folder_that_is_not_there_is_an_ordinary_mistake(tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError, match="There is no folder"):
        draw_verify(tmp_path / "nothing")
