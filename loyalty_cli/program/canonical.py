"""The part of a program that replay reads, in one fixed form: two files with the same form are the same version."""

from __future__ import annotations

import json
from typing import Any
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.program.program import Program
    from loyalty_cli.program.program import Reward
    from loyalty_cli.rules.segment import Segment


def canonical(program: Program) -> str:
    """JSON with sorted settings. Comments, names, stores' files, card numbers, terms and the steps of the night do not matter to replay.

    The order of earn rules and tiers does: it is kept as lists.
    """
    content = {
        "currency": program.currency.code,
        "timezone": program.timezone,
        "starts": program.starts,
        "ends": program.ends,
        "last_redemption": program.last_redemption,
        "counts_before_start": program.counts_before_start,
        **({} if program.returns_by_line else {"returns": "by money"}),
        "ladder": dumped(program.ladder) if program.ladder else None,
        "rungs": list(program.tiers),
        "points": program.points.model_dump(exclude={"earn"}) if program.points else None,
        "earn": in_order(program.earn),
        "discounts": program.discounts.model_dump(exclude={"offers"}) if program.discounts else None,
        "offers": in_order(program.offers),
        "coupons": in_order(program.coupons),
        **({"gifts": gifts_of(program)} if program.gifts else {}),
        **({"segments": [[name, segment_form(segment)] for name, segment in program.segments.items()]} if program.segments else {}),
        "rewards": [[name, reward_form(program, reward)] for name, reward in program.rewards.items()],
        "draws": in_order(program.draws),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def gifts_of(program: Program) -> dict[str, bool]:
    """Of a gift replay knows only whether there are so many of it: more pieces, other costs make no other version."""
    return {name: gift.stock is not None for name, gift in program.gifts.items()}


def segment_form(segment: Segment) -> dict[str, Any]:
    """One segment; the order of its conditions does not matter."""
    parts = {"all": segment.every, "any": segment.some, "not": segment.none}
    return {
        "conditions": sorted(([word, dumped(condition)] for word, condition in segment.conditions), key=repr),
        **{word: [segment_form(part) for part in several] for word, several in parts.items() if several},
    }


def in_order(rules: Mapping[str, Any]) -> list[list[Any]]:
    """Rules by name, in the order of the file."""
    return [[name, dumped(rule)] for name, rule in rules.items()]


def reward_form(program: Program, reward: Reward) -> dict[str, Any]:
    """One reward."""
    return {
        "when": [type(reward.when).__name__, dumped(program.watch_of(reward))],
        "only": dumped(reward.only),
        "give": [[type(give).__name__, dumped(give)] for give in reward.gives],
        **({"to_friend": [[type(give).__name__, dumped(give)] for give in reward.to_friend]} if reward.to_friend else {}),
        **reward.block.said,
    }


def dumped(settings: Any) -> Any:
    """A settings block as plain JSON values."""
    return settings.model_dump()
