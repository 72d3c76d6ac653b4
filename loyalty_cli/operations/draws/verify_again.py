"""Verify the later proofs of a published folder: places that were drawn again from a new number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.draws.numbers.source import source_differences
from loyalty_cli.draws.proof.claims import text_differences
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.draws.proof.redraw import again_differences
from loyalty_cli.draws.proof.redraw import again_json
from loyalty_cli.draws.proof.redraw import drawn_again
from loyalty_cli.draws.proof.redraw import FIRST_NUMBER
from loyalty_cli.draws.proof.redraw import proof_name
from loyalty_cli.draws.proof.redraw import read_again
from loyalty_cli.draws.proof.redraw import REDRAWS
from loyalty_cli.draws.proof.redraw import redraws_txt
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.draws.methods.urn import Urn
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.draw import Winner
    from loyalty_cli.model.shown.phrase import Phrase

LATER_PROOF = re.compile(r"proof-[0-9]+\.json")
NAMED_IN_REDRAWS = re.compile(rb"  (proof-[0-9]+\.json)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What holds so far: every place in order, every number used, the hash of every file before."""

    facts: Frozen
    rules: DrawRules
    urn: Urn
    winners: Sequence[Winner]
    chances: Sequence[Randomness]
    hashes: Mapping[str, str]


def later_files(folder: Path) -> tuple[str, ...]:
    """The files that must be there if any place was drawn again: those there are, and those that they name."""
    there = {path.name for path in folder.iterdir() if LATER_PROOF.fullmatch(path.name)}
    if (folder / REDRAWS).is_file():
        said = NAMED_IN_REDRAWS.findall((folder / REDRAWS).read_bytes())
        there.update(name.decode() for name in said)
    elif not there:
        return ()
    return (*(proof_name(number) for number in range(FIRST_NUMBER, FIRST_NUMBER + len(there))), REDRAWS)


def again_differences_in(folder: Path, proven: Proven) -> Iterator[Phrase]:
    """Draw every later place again, one after another, each on top of those before."""
    texts: dict[str, str] = {}
    names = later_files(folder)[:-1]
    for number, name in enumerate(names, FIRST_NUMBER):
        try:
            texts[name] = (folder / name).read_bytes().decode()
            again = read_again(texts[name], number)
            result = drawn_again(again, proven.rules, proven.facts, urn=proven.urn, so_far=proven.winners)
            said = [*again_differences(again, proven.rules, proven.chances)]
        except (ValueError, RecursionError):
            yield phrase("{file} can not be read as a proof.", file=name)
            return
        said += source_differences(proven.rules, again.chance, later=True)
        yield from (phrase("{file}: {what}", file=name, what=one) for one in said)
        true_text = again_json(again, proven.facts, result, hashes=proven.hashes)
        yield from text_differences(name, texts[name], true_text)
        proven = replace(
            proven,
            winners=[*proven.winners, *result.winners],
            chances=[*proven.chances, again.chance],
            hashes={**proven.hashes, name: sha256_of(texts[name])},
        )
    if names:
        listed = (folder / REDRAWS).read_bytes().decode("utf-8", "replace")
        yield from text_differences(REDRAWS, listed, redraws_txt(texts))
