"""What a published proof.json claims, read with suspicion, and what in it differs from the truth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from loyalty_cli.draws.numbers.drand import MARGIN
from loyalty_cli.draws.numbers.drand import round_of
from loyalty_cli.draws.numbers.drand import value_of
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import SEED
from loyalty_cli.model.draw import Randomness
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.draw import DrawResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The parts of a proof that are its input or are compared one by one; the rest is compared as text."""

    draw: str
    chance: Randomness
    seed: str
    files: Mapping[str, str]
    picks: list[object]


def read_claim(text: str) -> Claim:
    """The claims of a proof.json; ValueError if it is no such thing."""
    said = json.loads(text)
    files = said.get("files") if isinstance(said, dict) else None
    if not isinstance(files, dict) or not isinstance(said.get("picks"), list):
        raise ValueError(PROOF)  # noqa: TRY004
    texts = {name: said.get(name) for name in ("draw", "public", "signature", "secret", "seed")}
    if not all(isinstance(value, str) for value in (*texts.values(), *files.values())):
        raise ValueError(PROOF)
    return Claim(
        draw=said["draw"],
        chance=Randomness(public=said["public"], secret=said["secret"], signature=said["signature"]),
        seed=said["seed"],
        files=files,
        picks=said["picks"],
    )


def stated_hashes(text: str) -> Mapping[str, object]:
    """The hashes of files that a proof.json states; ValueError if it is no such thing."""
    try:
        said = json.loads(text)
    except RecursionError as error:
        raise ValueError(PROOF) from error
    files = said.get("files") if isinstance(said, dict) else None
    if not isinstance(files, dict):
        raise ValueError(PROOF)  # noqa: TRY004
    return files


def seed_differences(claim: Claim, seed_text: str, true_text: str, true_seed: str) -> Iterator[Phrase]:
    """Whether seed.txt and the seed are what the files and the stated randomness give."""
    for number, (found, expected) in enumerate(zip_longest(seed_text.split("\n"), true_text.split("\n")), 1):
        if found != expected:
            yield phrase(
                "{file}, line {line}: the files and proof.json give {expected}, not {found}.",
                file=SEED,
                line=number,
                expected=expected,
                found=found,
            )
    if claim.seed != true_seed:
        yield phrase(
            "The seed: the files give {expected}, proof.json says {found}.",
            expected=true_seed,
            found=claim.seed,
        )


def pick_differences(claim: Claim, result: DrawResult) -> Iterator[Phrase]:
    """The picks that are not what the seed gives."""
    for number, (found, expected) in enumerate(zip_longest(claim.picks, result.picks), 1):
        if expected is None or found != list(expected):
            yield phrase(
                "Pick {number}: the seed gives {expected}, proof.json says {found}.",
                number=number,
                expected="nothing" if expected is None else list(expected),
                found=found or "nothing",
            )


def text_differences(file: str, text: str, true_text: str) -> Iterator[Phrase]:
    """The first line of a text that is not what it must be."""
    for number, (found, expected) in enumerate(zip_longest(text.split("\n"), true_text.split("\n")), 1):
        if found != expected:
            yield phrase(
                "{file}, line {line}: it must be {expected}, not {found}.",
                file=file,
                line=number,
                expected=repr(expected),
                found=repr(found),
            )
            return


def randomness_differences(chance: Randomness, closed_at: int) -> Iterator[Phrase]:
    """Whether a beacon's round fits its signature and came after the close."""
    named = round_of(chance.public)
    if named is None:
        return
    if chance.signature and value_of(chance.signature) != named.value:
        yield phrase("The value of drand round {round} is not the SHA-256 of its signature.", round=str(named.number))
    if named.at < closed_at + MARGIN:
        yield phrase("drand round {round} was published before the draw was closed.", round=str(named.number))
