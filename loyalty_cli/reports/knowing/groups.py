"""The control groups of a program, and which of its rules is meant by a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.chance import KeptOut
    from loyalty_cli.program.program import Program

# What the reward that gives a message is called before the message's own name.
MESSAGE = "message "


def groups_of(program: Program) -> list[KeptOut]:
    """Every rule that chance keeps members out of, in the order of the file."""
    rules = (*program.earn.values(), *program.offers.values(), *program.rewards.values())
    return [rule.only.control for rule in rules if rule.only.control]


def named(rules: Sequence[str], about: str) -> list[str]:
    """The rules of a name, whole or as it stands in the file."""
    return [rule for rule in rules if about in (rule, rule.partition(".")[2], own_name(rule))]


def own_name(rule: str) -> str:
    """A rule's name as it stands in the file, under whatever block.

    >>> own_name("rewards.big"), own_name("rewards.message hello")
    ('big', 'hello')
    """
    return rule.partition(".")[2].removeprefix(MESSAGE)


def not_known(about: str, rules: Sequence[str]) -> LoyaltyError:
    """The refusal of a name that no rule has."""
    names = ", ".join(dict.fromkeys(map(own_name, rules)))
    return LoyaltyError("{key} is not known here.", key=about, hint=phrase("Known here: {names}.", names=names))
