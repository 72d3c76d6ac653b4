"""Whether a published folder proves its draw: everything is done again from its files, and nothing of it is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.all_methods import METHODS
from loyalty_cli.draws.methods.prizedraw import drawn
from loyalty_cli.draws.numbers.source import source_differences
from loyalty_cli.draws.proof.claims import pick_differences
from loyalty_cli.draws.proof.claims import randomness_differences
from loyalty_cli.draws.proof.claims import read_claim
from loyalty_cli.draws.proof.claims import seed_differences
from loyalty_cli.draws.proof.claims import text_differences
from loyalty_cli.draws.proof.draw import HASHED_FILES
from loyalty_cli.draws.proof.draw import PICKS
from loyalty_cli.draws.proof.draw import picks_tsv
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import proof_json
from loyalty_cli.draws.proof.draw import SEED
from loyalty_cli.draws.proof.draw import seed_txt
from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import FROZEN_FILES
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import urn_of
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.draws.proof.published import frozen_differences
from loyalty_cli.draws.proof.published import strangers
from loyalty_cli.draws.proof.redraw import again_differences_in
from loyalty_cli.draws.proof.redraw import later_files
from loyalty_cli.draws.proof.redraw import Proven
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.draws.methods.urn import Urn
    from loyalty_cli.draws.proof.claims import Claim
    from loyalty_cli.draws.proof.published import Published
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.shown.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What lies in the folder: each file's hash, what the poster says, the rules, the urn."""

    hashes: Mapping[str, str]
    facts: Frozen
    rules: DrawRules
    urn: Urn


def differences(folder: Published, *, is_run: bool) -> Iterator[Phrase]:
    """Everything that differs, the most telling first."""
    later = later_files(folder) if is_run else ()
    names = (*HASHED_FILES, PROOF) if is_run else FROZEN_FILES
    missing = [missing_file(name, later) for name in (*names, *later) if name not in folder.files]
    yield from missing
    if missing:
        return
    hashes = {name: folder.hash_of(name) for name in names}
    yield from claimed_differences(folder, hashes, is_run=is_run)
    yield from strangers(folder, (*names, *later))


def missing_file(name: str, later: Sequence[str]) -> Phrase:
    """A file that must be there; a later proof must be because of the list of them."""
    if name in later[:-1]:
        return phrase("{file} is missing, which {other} names.", file=name, other=later[-1])
    return phrase("{file} is missing.", file=name)


def claimed_differences(folder: Published, hashes: Mapping[str, str], *, is_run: bool) -> Iterator[Phrase]:
    """What differs in the files that the draw needs."""
    claim = claim_of(folder) if is_run else None
    if is_run and claim is None:
        yield phrase("{file} can not be read as a proof.", file=PROOF)
        return
    if claim:
        yield from hash_differences(claim, hashes, poster=folder.as_text(HASHES))
    yield from frozen_differences(folder, hashes)
    if claim:
        try:
            found = found_in(folder, hashes)
        except ValueError as error:
            yield phrase("rules.txt or void.txt is not in its form: {text}", text=str(error)[:100])
            return
        yield from draw_differences(folder, claim, found)


def claim_of(folder: Published) -> Claim | None:
    """What proof.json claims, or None if it is damaged."""
    try:
        return read_claim(folder.text(PROOF))
    except (ValueError, RecursionError):
        return None


def hash_differences(claim: Claim, hashes: Mapping[str, str], *, poster: str) -> Iterator[Phrase]:
    """The files that are not those whose hashes proof.json states, or a hash that the poster contradicts."""
    for name in HASHED_FILES:
        if claim.files.get(name) == hashes[name]:
            continue
        if f"{hashes[name]}  {name}\n" in poster:
            yield phrase(
                "{file} states another hash of {other} than hashes.txt and the file itself.",
                file=PROOF,
                other=name,
            )
        yield phrase("{file} is not the file whose hash proof.json states.", file=name)


def found_in(folder: Published, hashes: Mapping[str, str]) -> Found:
    """What the frozen files say; ValueError if one is not in its form."""
    facts, rules = folder.facts(), read_rules(folder.text(RULES))
    if facts is None or facts.method != rules.method:
        raise ValueError(HASHES)
    urn = urn_of(folder.tickets, folder.text(VOID), rules, later=len(later_files(folder)))
    return Found(hashes=hashes, facts=facts, rules=rules, urn=urn)


def draw_differences(folder: Published, claim: Claim, found: Found) -> Iterator[Phrase]:
    """Draw again, and compare seed, picks and texts."""
    facts, rules, chance = found.facts, found.rules, claim.chance
    try:
        seed = METHODS[rules.method].seed(replace(facts, draw=claim.draw), chance)
    except ValueError:
        yield phrase("{file} states no numbers for the method {name}.", file=PROOF, name=rules.method)
        return
    yield from seed_differences(claim, folder.text(SEED), seed_txt(facts, chance), seed)
    yield from randomness_differences(chance, int(datetime.fromisoformat(facts.closed_at).timestamp()))
    yield from source_differences(rules, chance)
    try:
        result = drawn(seed, found.urn, rules)
    except ValueError:
        yield phrase("{file}: the method {name} can not draw from so many tickets.", file=ENTRIES, name=rules.method)
        return
    yield from pick_differences(claim, result)
    yield from text_differences(PICKS, folder.text(PICKS), picks_tsv(result))
    proof = proof_json(facts, chance, result, hashes=found.hashes)
    yield from text_differences(PROOF, folder.text(PROOF), proof)
    yield from again_differences_in(
        folder,
        Proven(facts=facts, rules=rules, urn=found.urn, winners=result.winners, chances=[chance], hashes=found.hashes),
    )
