"""A reward in the words that members read: when, what for it, how often, and what a return does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.rules.only_said import only_said
from loyalty_cli.rules.window import in_its_window

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Reward


def reward_said(reward: Reward, money: Callable[[int], Money]) -> Iterator[Phrase]:
    """Everything that a member must know of a reward."""
    gives = gives_said(reward, money)
    if reward.to_friend:
        for_friend = phrase("for your friend {gives}", gives=gives_to_friend_said(reward, money))
        gives = [phrase("for you {gives}", gives=gives), for_friend] if gives else [for_friend]
    yield phrase("{when}: {gives}.", when=reward.when.announced(money), gives=gives)
    yield from reward.when.details(money)
    yield from only_said(reward.only)
    if reward.only.control and reward.gives and reward.to_friend:
        yield phrase("Nor do the friends whom they bring.")
    if reward.at_most:
        often = phrase("No more than {count} time", "No more than {count} times", count=reward.at_most.count)
        yield phrase("{what}.", what=in_its_window(often, reward.at_most.window))
        if reward.gives and reward.to_friend:
            yield phrase("Each of your friends gets theirs all the same.")
    if reward.block.in_all:
        yield phrase(
            "It is given {count} time in all: whoever comes first has it.",
            "It is given {count} times in all: whoever comes first has it.",
            count=reward.block.in_all,
        )
    if reward.block.budget:
        yield phrase("As long as {amount} for it last.", amount=money(reward.block.budget.amount))
    if reward.on_return == "keep":
        yield phrase("It stays yours when goods come back.")


def gives_said(reward: Reward, money: Callable[[int], Money]) -> list[Phrase]:
    """What it brings."""
    return [give.announced(money) for give in reward.gives]


def gives_to_friend_said(reward: Reward, money: Callable[[int], Money]) -> list[Phrase]:
    """What it brings a friend who was brought."""
    return [give.announced(money) for give in reward.to_friend]
