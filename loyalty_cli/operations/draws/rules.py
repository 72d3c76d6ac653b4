"""A draw's rules as the program in force says them: the one place where draws meet the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.announced import as_announced
from loyalty_cli.draws.of_program import rules_from
from loyalty_cli.draws.of_program import wording
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import adopted_program
from loyalty_cli.store.draws.openings import opening_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.store.database import Connection


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


def as_opened(connection: Connection, rules: DrawRules) -> DrawRules:
    """The rules with the secret they commit to, if the draw was opened; refused if it was opened with others."""
    return as_announced(rules, opening_of(connection, rules.name))


def stores_with_files(connection: Connection) -> Sequence[str]:
    """The stores whose till exports the program names, so that their days can be missing."""
    program = adopted_program(connection)
    return [name for name, store in program.stores.items() if store.files] if program else ()
