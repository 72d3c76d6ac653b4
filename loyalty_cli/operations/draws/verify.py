"""Verify a published draw from its folder alone: no database, no network, and nothing of it is trusted."""

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
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import FROZEN_FILES
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import read_rules
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import VOID
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.urn import urn_of
from loyalty_cli.operations.draws.verified_files import facts_of
from loyalty_cli.operations.draws.verified_files import frozen_differences
from loyalty_cli.operations.draws.verified_files import hash_of
from loyalty_cli.operations.draws.verified_files import strangers
from loyalty_cli.operations.draws.verified_files import text_of
from loyalty_cli.operations.draws.verify_again import again_differences_in
from loyalty_cli.operations.draws.verify_again import later_files
from loyalty_cli.operations.draws.verify_again import Proven
from loyalty_cli.operations.draws.verify_contest import contest_differences
from loyalty_cli.operations.draws.verify_contest import is_contest
from loyalty_cli.reading.csv.tickets import ticket_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.draws.methods.urn import Urn
    from loyalty_cli.draws.proof.claims import Claim
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.csv.tickets import TicketFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What lies in the folder: each file's hash, what the poster says, the rules, the urn."""

    tickets: TicketFile
    hashes: Mapping[str, str]
    facts: Frozen
    rules: DrawRules
    urn: Urn


def draw_verify(folder: Path) -> Outcome:
    """Whether a folder proves its draw; exit code 30 and the first thing that differs if not."""
    if not folder.is_dir():
        raise LoyaltyError("There is no folder {folder}.", folder=str(folder))
    is_run = any((folder / name).exists() for name in {PROOF, *HASHED_FILES} - set(FROZEN_FILES))
    contest = is_contest(folder)
    found = contest_differences(folder) if contest else differences(folder, is_run=is_run)
    difference = next(found, None)
    data = {"folder": str(folder), "run": is_run, "right": difference is None}
    if difference is not None:
        return Outcome(said=(difference,), data={**data, "difference": str(difference)}, exit_code=ExitCode.DIFFERENCES)
    if contest:
        said = phrase("{folder}: the files, the ranking and every winner are right.", folder=str(folder))
    elif is_run:
        said = phrase("{folder}: the files, the seed, every pick and every winner are right.", folder=str(folder))
    else:
        said = phrase("{folder}: the frozen files fit their hashes. The draw has not been run yet.", folder=str(folder))
    return Outcome(said=(said,), data=data)


def differences(folder: Path, *, is_run: bool) -> Iterator[Phrase]:
    """Everything that differs, the most telling first."""
    later = later_files(folder) if is_run else ()
    names = (*HASHED_FILES, PROOF) if is_run else FROZEN_FILES
    missing = [missing_file(name, later) for name in (*names, *later) if not (folder / name).is_file()]
    yield from missing
    if missing:
        return
    with (folder / ENTRIES).open("rb") as file:
        tickets = ticket_file(file)
        hashes = {name: hash_of(folder / name) for name in names if name not in {ENTRIES, PROOF}}
        hashes[ENTRIES] = tickets.sha256
        yield from claimed_differences(folder, tickets, hashes, is_run=is_run)
    yield from strangers(folder, (*names, *later))


def missing_file(name: str, later: Sequence[str]) -> Phrase:
    """A file that must be there; a later proof must be because of the list of them."""
    if name in later[:-1]:
        return phrase("{file} is missing, which {other} names.", file=name, other=later[-1])
    return phrase("{file} is missing.", file=name)


def claimed_differences(
    folder: Path, tickets: TicketFile, hashes: Mapping[str, str], *, is_run: bool
) -> Iterator[Phrase]:
    """What differs in the files that the draw needs."""
    claim = claim_of(folder) if is_run else None
    if is_run and claim is None:
        yield phrase("{file} can not be read as a proof.", file=PROOF)
        return
    if claim:
        yield from hash_differences(claim, hashes, poster=(folder / HASHES).read_bytes().decode("utf-8", "replace"))
    yield from frozen_differences(folder, tickets, hashes)
    if claim:
        try:
            found = found_in(folder, tickets, hashes)
        except ValueError as error:
            yield phrase("rules.txt or void.txt is not in its form: {text}", text=str(error)[:100])
            return
        yield from draw_differences(folder, claim, found)


def claim_of(folder: Path) -> Claim | None:
    """What proof.json claims, or None if it is damaged."""
    try:
        return read_claim(text_of(folder, PROOF))
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


def found_in(folder: Path, tickets: TicketFile, hashes: Mapping[str, str]) -> Found:
    """What the frozen files say; ValueError if one is not in its form."""
    facts, rules = facts_of(folder), read_rules(text_of(folder, RULES))
    if facts is None or facts.method != rules.method:
        raise ValueError(HASHES)
    urn = urn_of(tickets, text_of(folder, VOID), rules, later=len(later_files(folder)))
    return Found(tickets=tickets, hashes=hashes, facts=facts, rules=rules, urn=urn)


def draw_differences(folder: Path, claim: Claim, found: Found) -> Iterator[Phrase]:
    """Draw again, and compare seed, picks and texts."""
    facts, rules, chance = found.facts, found.rules, claim.chance
    try:
        seed = METHODS[rules.method].seed(replace(facts, draw=claim.draw), chance)
    except ValueError:
        yield phrase("{file} states no numbers for the method {name}.", file=PROOF, name=rules.method)
        return
    yield from seed_differences(claim, text_of(folder, SEED), seed_txt(facts, chance), seed)
    yield from randomness_differences(chance, int(datetime.fromisoformat(facts.closed_at).timestamp()))
    yield from source_differences(rules, chance)
    try:
        result = drawn(seed, found.urn, rules)
    except ValueError:
        yield phrase("{file}: the method {name} can not draw from so many tickets.", file=ENTRIES, name=rules.method)
        return
    yield from pick_differences(claim, result)
    yield from text_differences(PICKS, text_of(folder, PICKS), picks_tsv(result))
    proof = proof_json(facts, chance, result, hashes=found.hashes)
    yield from text_differences(PROOF, text_of(folder, PROOF), proof)
    hashes = {name: found.hashes[name] for name in HASHED_FILES} | {PROOF: hash_of(folder / PROOF)}
    proven = Proven(facts=facts, rules=rules, urn=found.urn, winners=result.winners, chances=[chance], hashes=hashes)
    yield from again_differences_in(folder, proven)
