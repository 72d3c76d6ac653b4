"""What the frozen ranking of a contest decides, and the proof of it: the first places win, in the order of the prizes."""

from __future__ import annotations

import re
from itertools import chain
from itertools import islice
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.claims import stated_hashes
from loyalty_cli.draws.proof.claims import text_differences
from loyalty_cli.draws.proof.draw import as_object
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.draws.proof.draw import TOOLS
from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import hashes_txt
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.draws.proof.published import frozen_differences
from loyalty_cli.draws.proof.published import strangers
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.draws.proof.published import Published
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.shown.phrase import Phrase

CONTEST_FILES = (ENTRIES, VOID, RULES, HASHES, *TOOLS)
"""The files whose hashes stand in a contest's proof.json: all but itself."""

NO_TIE = "-"
"""Stands where the ranking does not know what would break a tie; such a place comes after the known ones."""
LINE = re.compile(rf"([0-9a-f]+) ([0-9]+)(?:\.([0-9]+))? ({NO_TIE}|[0-9TZ:-]+)")


class Standing(NamedTuple):
    """A line of the ranking: what sorts it, and whose it is."""

    order: tuple[int, str]
    entrant: str


def standing_of(line: str, *, lowest_first: bool) -> Standing:
    """A line of the ranking read; ValueError if it is not in its form."""
    found = LINE.fullmatch(line)
    if found is None:
        raise ValueError(line)
    entrant, whole, part, tie = found.groups()
    # One contest writes all its scores with the same number of digits, so that they compare without their point.
    score = int(whole + (part or ""))
    return Standing((score if lowest_first else -score, "~" if tie == NO_TIE else tie), entrant)


def first_wrong_place(lines: Iterable[str], rules: DrawRules) -> int:
    """The first place of a ranking whose line is damaged, stands before a better one or names somebody again; else 0."""
    seen: set[bytes] = set()
    before: Standing | None = None
    for place, line in enumerate(lines, 1):
        try:
            standing = standing_of(line, lowest_first=rules.contest == "lowest result")
            entrant = bytes.fromhex(standing.entrant)
        except ValueError:
            return place
        if entrant in seen or (before is not None and standing < before):
            return place
        seen.add(entrant)
        before = standing
    return 0


def contest_proof(facts: Frozen, rules: DrawRules, first: Sequence[str], *, tools: Mapping[str, str]) -> str:
    """The proof.json of a contest, from the first lines of its ranking."""
    frozen = {ENTRIES: facts.entries, VOID: facts.void, RULES: facts.rules, HASHES: sha256_of(hashes_txt(facts))}
    places = list(enumerate(first, 1))
    prizes = list(prizes_in_order(rules))
    return as_object(
        {
            "method": "contest",
            "contest": rules.contest,
            "draw": facts.draw,
            "entrants": facts.tickets,
            "files": {**frozen, **{name: sha256_of(tools[name]) for name in TOOLS}},
            "winners": [[place, prize, *line.split(" ")] for (place, line), prize in zip(places, prizes, strict=False)],
            "reserves": [[place, *line.split(" ")] for place, line in places[len(prizes) :]],
        }
    )


def prizes_in_order(rules: DrawRules) -> Iterator[str]:
    """The prizes as the places take them, each as often as there is one."""
    for prize, count in rules.prizes:
        yield from [prize] * count


def places_of(rules: DrawRules) -> int:
    """How many places of a ranking win or are reserves."""
    return sum(count for _, count in rules.prizes) + rules.reserves


def is_contest(folder: Published) -> bool:
    """Whether the rules decide by what members did and nothing is drawn; one damaged file does not hide it."""
    if PROOF in folder.files and b'\n"method": "contest",\n' in folder.read(PROOF):
        return True
    try:
        return bool(read_rules(folder.text(RULES)).contest)
    except (OSError, ValueError):
        return False


def contest_differences(folder: Published) -> Iterator[Phrase]:
    """Everything that differs, the most telling first."""
    names = (*CONTEST_FILES, PROOF)
    missing = [name for name in names if name not in folder.files]
    yield from (phrase("{file} is missing.", file=name) for name in missing)
    if missing:
        return
    hashes = {name: folder.hash_of(name) for name in CONTEST_FILES}
    yield from file_differences(folder, hashes)
    yield from frozen_differences(folder, hashes)
    yield from ranking_differences(folder)
    yield from strangers(folder, names)


def file_differences(folder: Published, hashes: Mapping[str, str]) -> Iterator[Phrase]:
    """The files that are not those whose hashes proof.json states."""
    try:
        stated = stated_hashes(folder.text(PROOF))
    except ValueError:
        yield phrase("{file} can not be read as a proof.", file=PROOF)
        return
    for name in CONTEST_FILES:
        if stated.get(name) != hashes[name]:
            yield phrase("{file} is not the file whose hash proof.json states.", file=name)


def ranking_differences(folder: Published) -> Iterator[Phrase]:
    """Whether the ranking is in its order, and its first places are those that proof.json has as winners."""
    facts = folder.facts()
    try:
        rules = read_rules(folder.text(RULES))
        wrong = first_wrong_place(chain.from_iterable(folder.tickets.all_lines()), rules)
    except ValueError as error:
        yield phrase("rules.txt or void.txt is not in its form: {text}", text=str(error)[:100])
        return
    if wrong or facts is None:
        yield phrase("{file}: place {place} is not where its score belongs.", file=ENTRIES, place=wrong)
        return
    first = list(islice(chain.from_iterable(folder.tickets.all_lines()), places_of(rules)))
    tools = {name: folder.text(name) for name in TOOLS}
    yield from text_differences(PROOF, folder.text(PROOF), contest_proof(facts, rules, first, tools=tools))
