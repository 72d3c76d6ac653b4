"""The texts that a close publishes beside the rules: the hashes for the poster, and the void tickets.

UTF-8 without a mark at the start, every line ended by one line feed, on every platform.
"""

from __future__ import annotations

import re
from typing import cast
from typing import get_args
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.prizedraw import places
from loyalty_cli.draws.methods.urn import Urn
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.draw_method import Method

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.reading.csv.tickets import TicketFile

ENTRIES = "entries.txt"
VOID = "void.txt"
RULES = "rules.txt"
HASHES = "hashes.txt"
FROZEN_FILES = (ENTRIES, VOID, RULES, HASHES)

A_HASH = r"[0-9a-f]{64}"
HASHES_FORM = re.compile(
    rf"# (?P<method>[a-z0-9/]+)\n# draw: (?P<draw>[a-z0-9-]+)\n"
    rf"# closed: (?P<closed_at>[0-9T:+-]+)\n# tickets: (?P<tickets>[0-9]+)\n"
    rf"(?:# records: (?P<records>{A_HASH})\n)?"
    rf"(?P<voided>(?:# void, [a-z ]+:(?: [0-9]+)+\n)*)"
    rf"(?P<entries>{A_HASH})  {ENTRIES}\n(?P<void>{A_HASH})  {VOID}\n(?P<rules>{A_HASH})  {RULES}\n"
)


def hashes_txt(frozen: Frozen) -> str:
    """The hashes as `sha256sum -c hashes.txt` reads them, below what the poster needs."""
    records = f"# records: {frozen.records}\n" if frozen.records else ""
    return (
        f"# {frozen.method}\n# draw: {frozen.draw}\n# closed: {frozen.closed_at}\n# tickets: {frozen.tickets}\n"
        f"{records}{voided_lines(frozen.voided)}"
        f"{frozen.entries}  {ENTRIES}\n{frozen.void}  {VOID}\n{frozen.rules}  {RULES}\n"
    )


def read_hashes(text: str) -> Frozen:
    """What a poster's text says; ValueError if it is not in its form to the byte."""
    found = HASHES_FORM.fullmatch(text)
    if not found or found["method"] not in get_args(Method):
        raise ValueError(text)
    said: Mapping[str, str] = found.groupdict(default="")
    return Frozen(
        draw=said["draw"],
        tickets=int(said["tickets"]),
        closed_at=said["closed_at"],
        entries=said["entries"],
        void=said["void"],
        rules=said["rules"],
        method=cast("Method", said["method"]),
        records=said["records"],
        voided=read_voided(said["voided"]),
    )


def voided_lines(voided: Sequence[tuple[int, str]]) -> str:
    """The tickets struck out, a line for each reason: `# void, returned: 6 9`."""
    by_code: dict[str, list[str]] = {}
    for ticket, code in sorted(voided):
        by_code.setdefault(code, []).append(str(ticket))
    return "".join(f"# void, {code}: {' '.join(tickets)}\n" for code, tickets in sorted(by_code.items()))


def read_voided(text: str) -> tuple[tuple[int, str], ...]:
    """Tickets with their reasons; ValueError unless the lines are as they are written."""
    parts = [line.removeprefix("# void, ").split(": ") for line in text.splitlines()]
    voided = tuple(sorted((int(ticket), code) for code, tickets in parts for ticket in tickets.split(" ")))
    if voided_lines(voided) != text:
        raise ValueError(text)
    return voided


def void_txt(voided: Sequence[tuple[int, str]]) -> str:
    """The void ticket numbers, ascending, one a line."""
    return "".join(f"{ticket}\n" for ticket, _ in sorted(voided))


def read_void(text: str) -> frozenset[int]:
    """The void ticket numbers; ValueError unless they are plain, ascending and one a line."""
    numbers = [int(line) for line in text.split("\n")[:-1]]
    if "".join(f"{number}\n" for number in sorted(set(numbers))) != text or (numbers and numbers[0] < 1):
        raise ValueError(text[:100])
    return frozenset(numbers)


def urn_of(tickets: TicketFile, void_text: str, rules: DrawRules, *, later: int = 0) -> Urn:
    """The urn of a file of tickets; ValueError if the void list does not fit it.

    Entrants are counted only until there are enough for every place, and for `later` places that are drawn again;
    for a file may hold millions.
    """
    void = read_void(void_text)
    if void and max(void) > tickets.tickets:
        raise ValueError(max(void))
    entrants = tickets.entrants(void=void, enough=len(places(rules)) + later)
    return Urn(tickets=tickets.tickets, entrants=entrants, entrant_of=tickets.entrant_of, void=void)
