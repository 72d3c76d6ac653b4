"""The texts that a run publishes: the seed's seven lines, every pick with its reason, winners, hashes.

They follow from the frozen files and the randomness alone: no date of making, no version, no machine's order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.all_methods import seed_lines
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import hashes_txt
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import VOID

if TYPE_CHECKING:
    from loyalty_cli.model.draw import DrawResult
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.draw import Randomness

SEED = "seed.txt"
PICKS = "proof.tsv"
PROOF = "proof.json"
VERIFIER = "verify.py"
RECIPE = "recipe.sh"
README = "README.txt"
TOOLS = (VERIFIER, RECIPE, README)
HASHED_FILES = (ENTRIES, VOID, RULES, HASHES, SEED, PICKS, *TOOLS)
"""The files whose hashes stand in proof.json: all but itself."""


def sha256_of(text: str) -> str:
    """The hash of a published text."""
    return hashlib.sha256(text.encode()).hexdigest()


def seed_txt(frozen: Frozen, chance: Randomness) -> str:
    """The seven lines, whose SHA-256 is the seed: `sha256sum seed.txt`."""
    return "".join(f"{line}\n" for line in seed_lines(frozen, chance))


def picks_tsv(result: DrawResult) -> str:
    """Every pick as a line of a table."""
    rows = [("pick", "ticket", "entrant", "result", "prize"), *result.picks]
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def published(frozen: Frozen, chance: Randomness, result: DrawResult, *, tools: Mapping[str, str]) -> dict[str, str]:
    """Every text of a run by file name, proof.json last: where it lies, the rest lies too."""
    texts = {SEED: seed_txt(frozen, chance), PICKS: picks_tsv(result), **tools}
    hashes = {
        ENTRIES: frozen.entries,
        VOID: frozen.void,
        RULES: frozen.rules,
        HASHES: sha256_of(hashes_txt(frozen)),
    }
    hashes.update((name, sha256_of(text)) for name, text in texts.items())
    return {**texts, PROOF: proof_json(frozen, chance, result, hashes=hashes)}


def proof_json(frozen: Frozen, chance: Randomness, result: DrawResult, *, hashes: Mapping[str, str]) -> str:
    """The whole proof in its one form, to the byte."""
    parts: Mapping[str, object] = {
        "method": frozen.method,
        "draw": frozen.draw,
        "tickets": frozen.tickets,
        "files": {name: hashes[name] for name in HASHED_FILES},
        "public": chance.public,
        "signature": chance.signature,
        "secret": chance.secret,
        "seed": result.seed,
        **outcome_parts(result),
    }
    return as_object(parts)


def outcome_parts(result: DrawResult) -> Mapping[str, object]:
    """What came of a seed: every pick, for some methods what each follows from, and who has won."""
    parts = {
        "picks": result.picks,
        "winners": [
            [winner.place, winner.prize, winner.entrant, winner.ticket, winner.pick] for winner in result.winners if not winner.reserve
        ],
        "reserves": [[winner.place, winner.entrant, winner.ticket, winner.pick] for winner in result.winners if winner.reserve],
        "empty": result.empty,
    }
    return {**parts, "marks": result.marks} if result.marks else parts


def as_object(parts: Mapping[str, object]) -> str:
    """Named parts as one JSON text, in their order."""
    return "{\n" + ",\n".join(f"{as_json(name)}: {laid_out(part)}" for name, part in parts.items()) + "\n}\n"


def laid_out(part: object) -> str:
    """A value as JSON, the items of a list or of an object each on a line of its own."""
    if isinstance(part, Mapping):
        return "{\n" + ",\n".join(f" {as_json(name)}: {as_json(value)}" for name, value in part.items()) + "\n}"
    if isinstance(part, Sequence) and not isinstance(part, str) and part:
        return "[\n" + ",\n".join(f" {as_json(item)}" for item in part) + "\n]"
    return as_json(part)


def as_json(value: object) -> str:
    """A value as JSON on one line, letters as they are."""
    return json.dumps(value, ensure_ascii=False)
