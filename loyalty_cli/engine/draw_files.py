"""The texts that a close publishes: the rules with their facts on top, and the hashes for the poster.

UTF-8 without a mark at the start, every line ended by one line feed, on every platform.
"""

from __future__ import annotations

import re
from typing import cast
from typing import get_args
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.draw import METHOD
from loyalty_cli.model.draw import Wins

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTRIES = "entries.txt"
VOID = "void.txt"
RULES = "rules.txt"
HASHES = "hashes.txt"
FROZEN_FILES = (ENTRIES, VOID, RULES, HASHES)

A_HASH = r"[0-9a-f]{64}"
HASHES_FORM = re.compile(
    rf"# {METHOD}\n# draw: (?P<draw>[a-z0-9-]+)\n"
    rf"# closed: (?P<closed_at>[0-9T:+-]+)\n# tickets: (?P<tickets>[0-9]+)\n"
    rf"(?P<entries>{A_HASH})  {ENTRIES}\n(?P<void>{A_HASH})  {VOID}\n(?P<rules>{A_HASH})  {RULES}\n"
)


def rules_txt(rules: DrawRules) -> str:
    """The rules as published: the facts that decide the draw, an empty line, the owner's wording."""
    facts = [
        f"draw: {rules.name}",
        f"dates: {iso(rules.first_day)} to {iso(rules.last_day)}",
        *(f"prize: {count} x {name}" for name, count in rules.prizes),
        f"reserves: {rules.reserves}",
        f"wins: {rules.wins}",
    ]
    for fact in facts:
        if not fact.isprintable():
            raise ValueError(fact)
    wording = rules.rules_text.splitlines()
    return "".join(f"{line}\n" for line in ([*facts, "", *wording] if wording else facts))


def read_rules(text: str) -> DrawRules:
    """The rules out of their published text; ValueError says which line does not fit."""
    head, _, wording = text.partition("\n\n")
    facts = [read_fact(line) for line in head.strip("\n").split("\n")]
    only = dict(facts)
    if {"draw", "dates", "reserves", "wins"} - only.keys() or only["wins"] not in get_args(Wins):
        raise ValueError(head)
    first, _, last = only["dates"].partition(" to ")
    return DrawRules(
        name=only["draw"],
        first_day=day_from_iso(first),
        last_day=day_from_iso(last),
        prizes=tuple(read_prize(value) for word, value in facts if word == "prize"),
        reserves=int(only["reserves"]),
        wins=cast("Wins", only["wins"]),
        rules_text=wording,
    )


def read_fact(line: str) -> tuple[str, str]:
    """A line `word: value`."""
    word, colon, value = line.partition(": ")
    if not colon:
        raise ValueError(line)
    return word, value


def read_prize(value: str) -> tuple[str, int]:
    """A prize `10 x fabric box`."""
    count, cross, name = value.partition(" x ")
    if not cross:
        raise ValueError(value)
    return name, int(count)


def hashes_txt(frozen: Frozen) -> str:
    """The hashes as `sha256sum -c hashes.txt` reads them, below what the poster needs."""
    return (
        f"# {METHOD}\n# draw: {frozen.draw}\n# closed: {frozen.closed_at}\n# tickets: {frozen.tickets}\n"
        f"{frozen.entries}  {ENTRIES}\n{frozen.void}  {VOID}\n{frozen.rules}  {RULES}\n"
    )


def read_hashes(text: str) -> Frozen:
    """What a poster's text says; ValueError if it is not in its form to the byte."""
    found = HASHES_FORM.fullmatch(text)
    if not found:
        raise ValueError(text)
    said: Mapping[str, str] = found.groupdict()
    return Frozen(
        draw=said["draw"],
        tickets=int(said["tickets"]),
        closed_at=said["closed_at"],
        entries=said["entries"],
        void=said["void"],
        rules=said["rules"],
    )


def read_void(text: str) -> frozenset[int]:
    """The void ticket numbers; ValueError unless they are plain, ascending and one a line."""
    numbers = [int(line) for line in text.split("\n")[:-1]]
    if "".join(f"{number}\n" for number in sorted(set(numbers))) != text or (numbers and numbers[0] < 1):
        raise ValueError(text[:100])
    return frozenset(numbers)
