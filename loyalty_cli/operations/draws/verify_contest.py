"""Verify the published folder of a contest: its files, the order of the ranking, and that the first places won."""

from __future__ import annotations

from itertools import chain
from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.claims import stated_hashes
from loyalty_cli.draws.proof.claims import text_differences
from loyalty_cli.draws.proof.contest import CONTEST_FILES
from loyalty_cli.draws.proof.contest import contest_proof
from loyalty_cli.draws.proof.contest import first_wrong_place
from loyalty_cli.draws.proof.contest import places_of
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import TOOLS
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import read_rules
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.verified_files import facts_of
from loyalty_cli.operations.draws.verified_files import frozen_differences
from loyalty_cli.operations.draws.verified_files import hash_of
from loyalty_cli.operations.draws.verified_files import strangers
from loyalty_cli.operations.draws.verified_files import text_of
from loyalty_cli.reading.csv.tickets import ticket_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.csv.tickets import TicketFile


def is_contest(folder: Path) -> bool:
    """Whether the rules decide by what members did and nothing is drawn; one damaged file does not hide it."""
    if (folder / PROOF).is_file() and b'\n"method": "contest",\n' in (folder / PROOF).read_bytes():
        return True
    try:
        return bool(read_rules(text_of(folder, RULES)).contest)
    except (OSError, ValueError):
        return False


def contest_differences(folder: Path) -> Iterator[Phrase]:
    """Everything that differs, the most telling first."""
    names = (*CONTEST_FILES, PROOF)
    missing = [name for name in names if not (folder / name).is_file()]
    yield from (phrase("{file} is missing.", file=name) for name in missing)
    if missing:
        return
    with (folder / ENTRIES).open("rb") as file:
        ranking = ticket_file(file)
        hashes = {name: hash_of(folder / name) for name in CONTEST_FILES if name != ENTRIES}
        hashes[ENTRIES] = ranking.sha256
        yield from file_differences(folder, hashes)
        yield from frozen_differences(folder, ranking, hashes)
        yield from ranking_differences(folder, ranking)
    yield from strangers(folder, names)


def file_differences(folder: Path, hashes: Mapping[str, str]) -> Iterator[Phrase]:
    """The files that are not those whose hashes proof.json states."""
    try:
        stated = stated_hashes(text_of(folder, PROOF))
    except ValueError:
        yield phrase("{file} can not be read as a proof.", file=PROOF)
        return
    for name in CONTEST_FILES:
        if stated.get(name) != hashes[name]:
            yield phrase("{file} is not the file whose hash proof.json states.", file=name)


def ranking_differences(folder: Path, ranking: TicketFile) -> Iterator[Phrase]:
    """Whether the ranking is in its order, and its first places are those that proof.json has as winners."""
    facts = facts_of(folder)
    try:
        rules = read_rules(text_of(folder, RULES))
        wrong = first_wrong_place(chain.from_iterable(ranking.all_lines()), rules)
    except ValueError as error:
        yield phrase("rules.txt or void.txt is not in its form: {text}", text=str(error)[:100])
        return
    if wrong or facts is None:
        yield phrase("{file}: place {place} is not where its score belongs.", file=ENTRIES, place=wrong)
        return
    first = list(islice(chain.from_iterable(ranking.all_lines()), places_of(rules)))
    tools = {name: text_of(folder, name) for name in TOOLS}
    yield from text_differences(PROOF, text_of(folder, PROOF), contest_proof(facts, rules, first, tools=tools))
