"""A draw's published folder: written aside, put in place in one go, the same bytes on every platform."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from importlib import resources
from itertools import islice
from typing import BinaryIO
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.all_methods import METHODS
from loyalty_cli.draws.proof.contest import contest_proof
from loyalty_cli.draws.proof.contest import places_of
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import README
from loyalty_cli.draws.proof.draw import RECIPE
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.draws.proof.draw import VERIFIER
from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import hashes_txt
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import urn_of
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.draws.proof.files import void_txt
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.tickets import ticket_file
from loyalty_cli.store import written_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.draws.methods.urn import Urn
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.draw_method import Method

# Named .txt so that nobody and no tool takes them for the program's own code.
RESOURCES = {VERIFIER: "verify{of}.py.txt", RECIPE: "recipe{of}.sh.txt", README: "README.txt"}
OF_CONTEST = {VERIFIER: "verify_contest.py.txt", RECIPE: "recipe_contest.sh.txt", README: "README_contest.txt"}

AT_ONCE = 256
"""How many entrants are written at once; few enough that thousands of tickets each still fit into memory."""


class Written(NamedTuple):
    """A file of tickets as it was written."""

    sha256: str
    tickets: int


def tools(method: Method) -> dict[str, str]:
    """The texts that are the same in every folder of a method; line ends are set right if a checkout turned them."""
    folder = resources.files("loyalty_cli.operations.draws") / "published"
    of = METHODS[method].tools
    how = (folder / f"method{of}.txt").read_text(encoding="utf-8")
    texts = {name: (folder / file.format(of=of)).read_text(encoding="utf-8") for name, file in RESOURCES.items()}
    return {**texts, README: texts[README].replace("{method}\n", how)}


def frozen_texts(folder: Path, facts: Frozen, rules_text: str) -> dict[str, str]:
    """What is published with the entries at the close; a contest is decided then, so that its proof follows at once."""
    texts = {VOID: void_txt(facts.voided), RULES: rules_text, HASHES: hashes_txt(facts)}
    rules = read_rules(rules_text)
    if not rules.contest:
        return texts
    published = resources.files("loyalty_cli.operations.draws") / "published"
    of_contest = {name: (published / file).read_text(encoding="utf-8") for name, file in OF_CONTEST.items()}
    with (folder / ENTRIES).open(encoding="utf-8", newline="\n") as file:
        first = [line.rstrip("\n") for line in islice(file, places_of(rules))]
    return {**texts, **of_contest, PROOF: contest_proof(facts, rules, first, tools=of_contest)}


def aside(folder: Path) -> Path:
    """Where a folder's files wait until the database has committed."""
    return folder.with_name(f".{folder.name}.new")


def clear_aside(folder: Path) -> None:
    """Remove what a killed command left aside; only under the shop's lock, where nobody else is writing there."""
    shutil.rmtree(aside(folder), ignore_errors=True)


@contextlib.contextmanager
def made_aside(folder: Path) -> Iterator[Path]:
    """A new place aside, gone afterwards however it went; what a killed command left there goes too."""
    place = aside(folder)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def write_entries(folder: Path, entrants: Iterable[tuple[str, int]]) -> Written:
    """Write the file of tickets, entrants in the order of their bytes, and hash it on the way."""
    whole = hashlib.sha256()
    total = 0
    rest = iter(entrants)
    with (folder / ENTRIES).open("wb") as file:
        while some := list(islice(rest, AT_ONCE)):
            lines = "".join([f"{pseudonym}\n" * tickets for pseudonym, tickets in some]).encode()
            whole.update(lines)
            file.write(lines)
            total += sum([tickets for _, tickets in some])
        to_disk(file)
    return Written(whole.hexdigest(), total)


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write texts as UTF-8 with the line ends they have."""
    for name, text in texts.items():
        with (folder / name).open("wb") as file:
            file.write(text.encode())
            to_disk(file)


def to_disk(file: BinaryIO) -> None:
    """Make sure that the bytes are on the disk, not only on their way."""
    file.flush()
    os.fsync(file.fileno())


def put_in_place(folder: Path) -> None:
    """Turn the files aside into the folder."""
    written_file.put_in_place(aside(folder), folder)


def add_in_place(folder: Path, names: Iterable[str]) -> None:
    """Move files from aside into the folder, in this order."""
    place = aside(folder)
    for name in names:
        written_file.put_in_place(place / name, folder / name)


def frozen_text(folder: Path, name: str, sha256: str) -> str:
    """A frozen text, if it is still what was frozen."""
    content = (folder / name).read_bytes() if (folder / name).exists() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise not_as_frozen(folder / name)
    return content.decode()


def not_as_frozen(file: Path) -> Refused:
    """Why a draw can not be run from changed files, and what to do."""
    return Refused(
        "{file} is not what was frozen when the draw was closed.",
        hint=phrase("Remove the folder {folder}; closing the draw again writes it as it was.", folder=str(file.parent)),
        file=str(file),
    )


@contextlib.contextmanager
def frozen_urn(folder: Path, facts: Frozen, *, later: int = 0) -> Iterator[Urn]:
    """What the picks are made from, out of the frozen files, which must be as frozen to the byte."""
    void = frozen_text(folder, VOID, facts.void)
    rules = read_rules(frozen_text(folder, RULES, facts.rules))
    frozen_text(folder, HASHES, sha256_of(hashes_txt(facts)))
    with (folder / ENTRIES).open("rb") as file:
        tickets = ticket_file(file)
        if tickets.sha256 != facts.entries:
            raise not_as_frozen(folder / ENTRIES)
        yield urn_of(tickets, void, rules, later=later)


def publish(folder: Path, texts: Mapping[str, str], *, keep: Callable[[], None] | None = None) -> None:
    """Put texts into the folder, in this order; `keep` commits what belongs to them once they are written aside."""
    with made_aside(folder) as place:
        write_texts(place, texts)
        if keep is not None:
            keep()
        add_in_place(folder, texts)
