"""Verify a published draw from its folder alone: no database, no network, and nothing of it is trusted."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.engine.draw import drawn
from loyalty_cli.engine.draw import seed_lines
from loyalty_cli.engine.draw import seed_of
from loyalty_cli.engine.draw_claim import pick_differences
from loyalty_cli.engine.draw_claim import randomness_differences
from loyalty_cli.engine.draw_claim import read_claim
from loyalty_cli.engine.draw_claim import seed_differences
from loyalty_cli.engine.draw_claim import text_differences
from loyalty_cli.engine.draw_files import ENTRIES
from loyalty_cli.engine.draw_files import FROZEN_FILES
from loyalty_cli.engine.draw_files import HASHES
from loyalty_cli.engine.draw_files import read_hashes
from loyalty_cli.engine.draw_files import read_rules
from loyalty_cli.engine.draw_files import RULES
from loyalty_cli.engine.draw_files import VOID
from loyalty_cli.engine.draw_proof import HASHED_FILES
from loyalty_cli.engine.draw_proof import PICKS
from loyalty_cli.engine.draw_proof import picks_tsv
from loyalty_cli.engine.draw_proof import PROOF
from loyalty_cli.engine.draw_proof import proof_json
from loyalty_cli.engine.draw_proof import SEED
from loyalty_cli.engine.draw_proof import seed_txt
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.exit_code import ExitCode
from loyalty_cli.model.outcome import Outcome
from loyalty_cli.model.phrase import phrase
from loyalty_cli.operations.draw_urn import urn_of
from loyalty_cli.reading.ticket_file import ticket_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.engine.draw_claim import Claim
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.phrase import Phrase
    from loyalty_cli.reading.ticket_file import TicketFile


def draw_verify(folder: Path) -> Outcome:
    """Whether a folder proves its draw; exit code 30 and the first thing that differs if not."""
    if not folder.is_dir():
        raise LoyaltyError("There is no folder {folder}.", folder=str(folder))
    is_run = any((folder / name).exists() for name in {PROOF, *HASHED_FILES} - set(FROZEN_FILES))
    difference = next(differences(folder, is_run=is_run), None)
    data = {"folder": str(folder), "run": is_run, "right": difference is None}
    if difference is not None:
        return Outcome(said=(difference,), data={**data, "difference": str(difference)}, exit_code=ExitCode.DIFFERENCES)
    if not is_run:
        text = "{folder}: the frozen files fit their hashes. The draw has not been run yet."
    else:
        text = "{folder}: the files, the seed, every pick and every winner are right."
    return Outcome(said=(phrase(text, folder=str(folder)),), data=data)


def differences(folder: Path, *, is_run: bool) -> Iterator[Phrase]:
    """Everything that differs, the most telling first."""
    names = (*HASHED_FILES, PROOF) if is_run else FROZEN_FILES
    missing = [phrase("{file} is missing.", file=name) for name in names if not (folder / name).is_file()]
    yield from missing
    if missing:
        return
    with (folder / ENTRIES).open("rb") as file:
        tickets = ticket_file(file)
        hashes = {name: hash_of(folder / name) for name in names if name not in {ENTRIES, PROOF}} | {
            ENTRIES: tickets.sha256
        }
        claim = None
        if is_run:
            claim = claim_of(folder)
            if claim is None:
                yield phrase("{file} can not be read as a proof.", file=PROOF)
                return
            yield from hash_differences(claim, hashes, poster=(folder / HASHES).read_bytes().decode("utf-8", "replace"))
        yield from frozen_differences(folder, tickets, hashes)
        if claim:
            yield from draw_differences(folder, claim, tickets, hashes)


def claim_of(folder: Path) -> Claim | None:
    """What proof.json claims, or None if it is damaged."""
    try:
        return read_claim(text_of(folder, PROOF))
    except ValueError:
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


def frozen_differences(folder: Path, tickets: TicketFile, hashes: Mapping[str, str]) -> Iterator[Phrase]:
    """The frozen files that the poster's hashes do not fit."""
    facts = facts_of(folder)
    if facts is None:
        yield phrase("{file} is not in its form.", file=HASHES)
        return
    for name, stated in ((ENTRIES, facts.entries), (VOID, facts.void), (RULES, facts.rules)):
        if hashes[name] != stated:
            yield phrase("{file} is not the file whose hash hashes.txt states.", file=name)
    if facts.tickets != tickets.tickets:
        yield phrase(
            "{file} states {stated} tickets, entries.txt has {found}.",
            file=HASHES,
            stated=facts.tickets,
            found=tickets.tickets,
        )


def draw_differences(folder: Path, claim: Claim, tickets: TicketFile, hashes: Mapping[str, str]) -> Iterator[Phrase]:
    """Draw again, and compare seed, picks and texts."""
    facts = facts_of(folder)
    if facts is None:
        return
    try:
        rules = read_rules(text_of(folder, RULES))
        urn = urn_of(tickets, text_of(folder, VOID), rules)
    except ValueError as error:
        yield phrase("rules.txt or void.txt is not in its form: {text}", text=str(error))
        return
    seed = seed_of(seed_lines(replace(facts, draw=claim.draw), claim.chance))
    yield from seed_differences(claim, text_of(folder, SEED), seed_txt(facts, claim.chance), seed)
    yield from randomness_differences(claim.chance, int(datetime.fromisoformat(facts.closed_at).timestamp()))
    result = drawn(seed, urn, rules)
    yield from pick_differences(claim, result)
    yield from text_differences(PICKS, text_of(folder, PICKS), picks_tsv(result))
    yield from text_differences(PROOF, text_of(folder, PROOF), proof_json(facts, claim.chance, result, hashes=hashes))


def facts_of(folder: Path) -> Frozen | None:
    """What hashes.txt says, or None if it is damaged."""
    try:
        facts = read_hashes(text_of(folder, HASHES))
        return facts if datetime.fromisoformat(facts.closed_at).tzinfo else None
    except ValueError:
        return None


def text_of(folder: Path, name: str) -> str:
    """A published text to the byte; ValueError if it is not UTF-8."""
    return (folder / name).read_bytes().decode()


def hash_of(file: Path) -> str:
    """The SHA-256 of a small file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
