"""A place drawn again from a new public number, because its winner gave it up; with a proof of its own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.all_methods import commitment_of
from loyalty_cli.draws.methods.all_methods import METHODS
from loyalty_cli.draws.methods.prizedraw import drawn
from loyalty_cli.draws.methods.prizedraw import Earlier
from loyalty_cli.draws.numbers.drand import first_round_after
from loyalty_cli.draws.numbers.drand import round_of
from loyalty_cli.draws.numbers.source import source_differences
from loyalty_cli.draws.proof.claims import text_differences
from loyalty_cli.draws.proof.draw import as_object
from loyalty_cli.draws.proof.draw import outcome_parts
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.model.draw import Randomness
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.draws.methods.urn import Urn
    from loyalty_cli.draws.proof.published import Published
    from loyalty_cli.model.draw import DrawResult
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.draw import Winner
    from loyalty_cli.model.shown.phrase import Phrase

REDRAWS = "redraws.txt"
FIRST_NUMBER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A place to be drawn again: which, since when it is free, its new number.

    `moved_up` are the reserves who have a prize by now, each with its place and that prize.
    """

    number: int
    place: int
    given_up_at: str
    moved_up: Sequence[tuple[int, str]]
    chance: Randomness


def proof_name(number: int) -> str:
    """The file of a later proof; the first is proof.json."""
    return f"proof-{number}.json"


def drawn_again(again: Again, rules: DrawRules, facts: Frozen, *, urn: Urn, so_far: Sequence[Winner]) -> DrawResult:
    """Draw one place again: nobody who has won before, as the rules count it, nor who gave it up.

    ValueError if there is no such place, or its number is not in the form that the method needs.
    """
    holder = place_in(so_far, again.place)
    up = [place_in(so_far, place)._replace(prize=prize, reserve=False) for place, prize in again.moved_up]
    prize = dict(again.moved_up).get(again.place, holder.prize)
    won = [winner for winner in so_far if not winner.reserve]
    earlier = Earlier(winners=[*won, *up], out=frozenset({holder.entrant}))
    one_place = replace(rules, prizes=((prize, 1),), reserves=0)
    result = drawn(METHODS[rules.method].seed(facts, again.chance), urn, one_place, earlier=earlier)
    return replace(result, winners=[winner._replace(place=len(so_far) + 1) for winner in result.winners])


def place_in(so_far: Sequence[Winner], place: int) -> Winner:
    """A place by its number; ValueError if there is none."""
    if not 1 <= place <= len(so_far):
        raise ValueError(place)
    return so_far[place - 1]


def again_json(again: Again, facts: Frozen, result: DrawResult, *, hashes: Mapping[str, str]) -> str:
    """The proof of a place drawn again, in its one form; `hashes` are of all files published before it."""
    parts: Mapping[str, object] = {
        "method": facts.method,
        "draw": facts.draw,
        "tickets": facts.tickets,
        "files": hashes,
        "place": again.place,
        "given_up_at": again.given_up_at,
        "moved_up": again.moved_up,
        "public": again.chance.public,
        "signature": again.chance.signature,
        "secret": again.chance.secret,
        "seed": result.seed,
        **outcome_parts(result),
    }
    return as_object(parts)


def read_again(text: str, number: int) -> Again:
    """What a later proof claims as its input; ValueError if it is no such thing."""
    said = json.loads(text)
    if not isinstance(said, dict):
        raise ValueError(number)  # noqa: TRY004
    texts = [said.get(name) for name in ("given_up_at", "public", "signature", "secret")]
    moved = said.get("moved_up")
    if not isinstance(moved, list) or not isinstance(said.get("place"), int) or not all(map(is_text, texts)):
        raise ValueError(number)
    if not all(isinstance(one, list) and len(one) == 2 and is_text(one[1]) for one in moved):
        raise ValueError(number)
    chance = Randomness(public=said["public"], signature=said["signature"], secret=said["secret"])
    up = [(int(place), prize) for place, prize in moved]
    return Again(number=number, place=said["place"], given_up_at=said["given_up_at"], moved_up=up, chance=chance)


def is_text(value: object) -> bool:
    """Whether a value out of a file is a text."""
    return isinstance(value, str)


def redraws_txt(proofs: Mapping[str, str]) -> str:
    """The later proofs with their hashes, as sha256sum reads them."""
    return "".join(f"{sha256_of(text)}  {name}\n" for name, text in proofs.items())


def again_differences(again: Again, rules: DrawRules, before: Sequence[Randomness]) -> Iterator[Phrase]:
    """Whether a new number is one: not used before, a code of the chain, a beacon's round that nobody chose."""
    if any(again.chance.public == chance.public and again.chance.secret == chance.secret for chance in before):
        yield phrase("The number {public} was used before.", public=again.chance.public)
    is_next_code = commitment_of("vrs", again.chance.secret) == before[-1].secret
    if rules.method == "vrs" and rules.commitment and not is_next_code:
        yield phrase("The one-time code is not the one before the last in its chain.")
    named = round_of(again.chance.public)
    if named is not None:
        free_at = int(datetime.fromisoformat(again.given_up_at).timestamp())
        first = first_round_after(named.chain, free_at)
        if named.number != first:
            yield phrase(
                "The place was given up at {at}: it is drawn again from drand round {round}, not {other}.",
                at=again.given_up_at,
                round=str(first),
                other=str(named.number),
            )


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


def later_files(folder: Published) -> tuple[str, ...]:
    """The files that must be there if any place was drawn again: those there are, and those that they name."""
    there = {name for name in folder.names if LATER_PROOF.fullmatch(name)}
    if REDRAWS in folder.files:
        said = NAMED_IN_REDRAWS.findall(folder.read(REDRAWS))
        there.update(name.decode() for name in said)
    elif not there:
        return ()
    return (*(proof_name(number) for number in range(FIRST_NUMBER, FIRST_NUMBER + len(there))), REDRAWS)


def again_differences_in(folder: Published, proven: Proven) -> Iterator[Phrase]:
    """Draw every later place again, one after another, each on top of those before."""
    texts: dict[str, str] = {}
    names = later_files(folder)[:-1]
    for number, name in enumerate(names, FIRST_NUMBER):
        try:
            texts[name] = folder.text(name)
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
        yield from text_differences(REDRAWS, folder.as_text(REDRAWS), redraws_txt(texts))
