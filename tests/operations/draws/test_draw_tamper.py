"""Whatever is changed in a published folder is named: any byte of any file, files added, removed or renamed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.numbers import chance as draw_chance
from loyalty_cli.draws.proof.draw import HASHED_FILES
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.verify import draw_verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.draw_method import Method
    from tests.operations.draws.conftest import DrawShop

    Places = Callable[[int, int], Sequence[int]]

ALL_FILES = (*HASHED_FILES, PROOF)
NUMBERS = {
    "prizedraw/1": draw_chance.from_drand(27_946_612, "ab" * 48, secret="ja"),
    "rfc3797": draw_chance.from_sources(["9319", "2 5 12 8 10"]),
    "vrs": draw_chance.from_public("1.2.3.", secret="ja"),
    "external": draw_chance.from_external("4 99 20 0 8 3 16 5 7 6 11 1 2 9 10 12 13 14 15 17 18 19"),
}


def said_of(folder: Path) -> str:
    outcome = draw_verify(folder)
    assert outcome.exit_code == ExitCode.DIFFERENCES
    return str(outcome.said[0])


@pytest.fixture
def folder(there: DrawShop, evening: str) -> Path:
    """The published folder of a small draw."""
    draw_close(there.shop, "spring draw")
    draw_run(there.at(evening), "spring draw", chance=NUMBERS["prizedraw/1"])
    return there.folder


@pytest.mark.parametrize("name", ALL_FILES)
def test_every_byte_of_every_file_is_looked_at(folder: Path, name: str, places: Places) -> None:
    """Bytes of the folder in turn have one bit turned: verify ends with 30 and names the file or what is in it."""
    file = folder / name
    right = file.read_bytes()
    for place in places(len(right), 80):
        wrong = bytearray(right)
        wrong[place] ^= 1 << place % 8
        file.write_bytes(wrong)
        said = said_of(folder)
        named = name in said or (name == PROOF and ("proof.json" in said or "drand round" in said))
        assert named, (place, said)
    file.write_bytes(right)
    assert draw_verify(folder).exit_code == ExitCode.OK


@pytest.mark.parametrize("method", ["rfc3797", "vrs", "external"])
def test_a_changed_byte_is_named_whatever_the_method(there: DrawShop, evening: str, method: Method, places: Places) -> None:
    object.__setattr__(there.rules, "method", method)
    draw_close(there.shop, "spring draw")
    draw_run(there.at(evening), "spring draw", chance=NUMBERS[method])
    for name in ALL_FILES:
        right = (there.folder / name).read_bytes()
        for place in places(len(right), 30):
            wrong = bytearray(right)
            wrong[place] ^= 1 << place % 8
            (there.folder / name).write_bytes(wrong)
            said = said_of(there.folder)
            assert name in said or (name == PROOF and names_its_part(said)), (name, place, said)
        (there.folder / name).write_bytes(right)
    assert draw_verify(there.folder).exit_code == ExitCode.OK


def names_its_part(said: str) -> bool:
    """A changed proof.json is also told by what in it contradicts the rest."""
    return "proof.json" in said or "key" in said or "method external" in said


@pytest.mark.parametrize("is_run", [False, True])
@pytest.mark.parametrize("name", ["more.txt", ".hidden", "proof.json.bak", "entries.txt ", "VOID.TXT"])
def test_an_added_file_is_named(there: DrawShop, evening: str, name: str, is_run: bool) -> None:
    draw_close(there.shop, "spring draw")
    if is_run:
        draw_run(there.at(evening), "spring draw", chance=NUMBERS["prizedraw/1"])
    (there.folder / name).write_bytes(b"")
    assert said_of(there.folder) == f"{name} does not belong to a published draw."


def test_an_added_folder_is_named_and_what_computers_leave_is_not(folder: Path) -> None:
    (folder / ".DS_Store").write_bytes(b"\x00")
    (folder / "Thumbs.db").write_bytes(b"\x00")
    assert draw_verify(folder).exit_code == ExitCode.OK
    (folder / "more").mkdir()
    assert said_of(folder) == "more does not belong to a published draw."


@pytest.mark.parametrize("name", ALL_FILES)
def test_a_renamed_file_is_named(folder: Path, name: str) -> None:
    (folder / name).rename(folder / f"{name}.old")
    assert said_of(folder) == f"{name} is missing."


@pytest.mark.parametrize("name", [name for name in ALL_FILES if name != "void.txt"])
def test_the_line_ends_of_windows_are_named(folder: Path, name: str) -> None:
    right = (folder / name).read_bytes()
    (folder / name).write_bytes(right.replace(b"\n", b"\r\n"))
    assert name in said_of(folder)


def test_two_files_changed_places_are_named(folder: Path) -> None:
    tsv, seed = (folder / "proof.tsv").read_bytes(), (folder / "seed.txt").read_bytes()
    (folder / "proof.tsv").write_bytes(seed)
    (folder / "seed.txt").write_bytes(tsv)
    assert said_of(folder) == "seed.txt is not the file whose hash proof.json states."


def test_samples_of_a_large_folder(there: DrawShop, chance: Randomness, evening: str) -> None:
    """60,000 tickets: 60 bytes anywhere in the file of tickets, each changed in one bit."""
    there.give({member: 10 + member % 7 for member in range(10, 4_700)})
    draw_close(there.shop, "spring draw")
    draw_run(there.at(evening), "spring draw", chance=chance)
    file = there.folder / "entries.txt"
    size = file.stat().st_size
    for place in random.Random(2).sample(range(size), 60):
        with file.open("r+b") as opened:
            opened.seek(place)
            right = opened.read(1)
            opened.seek(place)
            opened.write(bytes([right[0] ^ 1]))
        assert said_of(there.folder) == "entries.txt is not the file whose hash proof.json states."
        with file.open("r+b") as opened:
            opened.seek(place)
            opened.write(right)
    assert draw_verify(there.folder).exit_code == ExitCode.OK


def test_a_draw_made_again_from_another_number_with_all_hashes_put_right_is_still_another_draw(there: DrawShop, evening: str) -> None:
    """Whoever draws until pleased needs another number; the announced one then is not the one in the proof."""
    from loyalty_cli.model.draw import NumberSource

    object.__setattr__(there.rules, "source", NumberSource(kind="drand quicknet", round=27_946_612))
    draw_close(there.shop, "spring draw")
    monkey = pytest.MonkeyPatch()
    monkey.setattr("loyalty_cli.operations.draws.run.refuse_other_source", lambda *_: None)
    draw_run(there.at(evening), "spring draw", chance=draw_chance.from_drand(27_946_613, "ab" * 32))
    monkey.undo()
    assert said_of(there.folder) == "The rules announced drand round 27946612, not 27946613."
