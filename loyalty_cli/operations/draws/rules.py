"""A draw's rules as the program in force says them: the one place where draws meet the program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.draws.of_program import rules_from
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import adopted_program
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.yaml.nodes import found
from loyalty_cli.reading.yaml.nodes import plain
from loyalty_cli.reading.yaml.nodes import read_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.store.database import Connection

# What rules.txt states above the owner's wording.
STATED = {
    "dates",
    "prizes",
    "reserves",
    "one_member_wins",
    "contest",
    "ties",
    "method",
    "randomness",
    "claim_within",
    "country",
    "organiser",
    "permit",
    "notary",
    "commission",
    "place",
    "results_on",
}


def draw_rules(connection: Connection, name: str) -> DrawRules:
    """The rules of the draw of this name in the latest adopted version."""
    program = adopted_program(connection)
    draw = program.draws.get(name) if program else None
    if program is None or draw is None:
        names = ", ".join(program.draws) if program else ""
        raise LoyaltyError(
            "The program in force has no draw {name}.",
            hint=phrase(
                "It has: {names}. A changed file counts once adopted: loyalty program adopt",
                names=names or "-",
            ),
            name=name,
        )
    return rules_from(draw, program, name, text=wording(program.source, name))


def stores_with_files(connection: Connection) -> Sequence[str]:
    """The stores whose till exports the program names, so that their days can be missing."""
    program = adopted_program(connection)
    return [name for name, store in program.stores.items() if store.files] if program else ()


def wording(source: str, name: str) -> str:
    """What else the owner wrote about a draw, a line for each setting; comments are not rules."""
    root = read_yaml(source, Problems("program.yaml", source))
    block = plain(found(root, ("draws", name))) if root is not None else {}
    return "\n".join(
        f"{word}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for word, value in block.items()
        if word not in STATED
    )
