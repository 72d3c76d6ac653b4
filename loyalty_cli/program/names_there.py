"""Names that one block uses and another must have: tiers, stores, coupons and their like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.yaml.nodes import found
from loyalty_cli.reading.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.reading.problems import Problems
    from loyalty_cli.reading.yaml.nodes import Node

Path = tuple[str | int, ...]
# What is not there, and the block that would have it.
NOT_THERE: dict[str, tuple[Phrase, str]] = {
    "tier": (phrase("There is no tier {name} in this program."), "tiers: ladder:"),
    "store": (phrase("There is no store {name} in this program."), "stores:"),
    "segment": (phrase("There is no segment {name} in this program."), "segments:"),
    "coupon": (phrase("There is no coupon {name} in this program."), "coupons:"),
    "gift": (phrase("There is no gift {name} in this program."), "gifts:"),
    "draw": (phrase("There is no draw {name} in this program."), "draws:"),
    "discount": (phrase("There is no discount {name} in this program."), "discounts: offers:"),
    "group of discounts": (phrase("There is no group of discounts {name} in this program."), "discounts: groups:"),
    "wallet": (phrase("There is no wallet {name} in this program."), "points: wallets:"),
}


def check_names(path: Path, used: Iterable[str], known: Iterable[str], context: tuple[Mapping, Problems, str]) -> None:
    """Each used name must be known; stores are checked only where the program lists some.

    Where a block of the file is not known, it may be the one that has the names: that is the mistake to mend first.
    """
    root, problems, noun = context
    names = list(known)
    if not names and (noun == "store" or any(key.text not in problems.at_margin for key, _ in root.entries)):
        return
    for index, name in enumerate(used):
        if name not in names:
            node = found(root, (*path, index))
            problems.add(node.line, node.column, *not_there(noun, name, names))


def not_there(noun: str, name: str, names: list[str]) -> tuple[Phrase, Phrase]:
    """That a name is not there, and the name that is meant, or where to put it."""
    what, block = NOT_THERE[noun]
    first = phrase("The program has none yet; put it there first: {block}", block=f"{block} {{{name}: …}}")
    return Phrase(what.text, {"name": name}), did_you_mean(name, names) if names else first


def names_in(root: Mapping, *path: str) -> list[str]:
    """The names that a block of the file has, whether or not they are in order themselves."""
    block: Node | None = root
    for key in path:
        block = block.get(key) if isinstance(block, Mapping) else None
    return [key.text for key, _ in block.entries] if isinstance(block, Mapping) else []
