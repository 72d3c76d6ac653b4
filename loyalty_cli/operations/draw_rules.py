"""A draw's rules as the program in force says them: the one place where draws meet the program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.phrase import phrase
from loyalty_cli.program.load import program_of
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.yaml_nodes import found
from loyalty_cli.reading.yaml_nodes import plain
from loyalty_cli.reading.yaml_nodes import read_yaml
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

# What rules.txt states above the owner's wording.
STATED = {"dates", "prizes", "reserves", "one_member_wins"}


def draw_rules(connection: Connection, name: str) -> DrawRules:
    """The rules of the draw of this name in the latest adopted version."""
    versions = versions_in_force(connection)
    program = program_of(versions[-1].source, "program.yaml") if versions else None
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
    return DrawRules(
        name=name,
        first_day=draw.dates.first,
        last_day=draw.dates.last,
        prizes=tuple(draw.prizes.items()),
        reserves=draw.reserves,
        wins=draw.one_member_wins,
        rules_text=wording(versions[-1].source, name),
    )


def wording(source: str, name: str) -> str:
    """What else the owner wrote about a draw, a line for each setting; comments are not rules."""
    root = read_yaml(source, Problems("program.yaml", source))
    block = plain(found(root, ("draws", name))) if root is not None else {}
    return "\n".join(
        f"{word}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for word, value in block.items()
        if word not in STATED
    )
