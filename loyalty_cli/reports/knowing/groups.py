"""The control groups of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.chance import KeptOut
    from loyalty_cli.program.program import Program


def groups_of(program: Program) -> list[KeptOut]:
    """Every rule that chance keeps members out of, in the order of the file."""
    rules = (*program.earn.values(), *program.offers.values(), *program.rewards.values())
    return [rule.only.control for rule in rules if rule.only.control]
