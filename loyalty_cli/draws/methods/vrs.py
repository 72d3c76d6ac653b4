"""Drawing by rank, where the list may still shrink: draft-thomson-elegy-vrs, with HMAC-SHA-256 alone.

Every ticket has a rank that no other ticket can move: whoever leaves the list changes nobody else's place.
One-time codes are a chain of hashes: the last link is published first, each round reveals the link before.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

A_CODE = re.compile("[0-9a-f]{64}")
HIGHEST = 1 << 64
ROUNDS = 10
"""How many links a shop's own chain has: a first draw and nine places drawn again."""
ENOUGH = 2_000
"""How many of the lowest ranks the first look keeps; a million ranks at once would fill the memory."""
WIDER = 8


def chain(secret: str, rounds: int) -> list[str]:
    """The secret's chain H^1, H^2 ... H^rounds; the last is published before, the others are the codes."""
    link, links = secret.encode(), []
    for _ in range(rounds):
        link = hashlib.sha256(link).digest()
        links.append(link.hex())
    return links


def code_of_round(secret: str, number: int) -> str:
    """The one-time code that a shop's own chain reveals in a round from 1; round 0 is what is published before."""
    if not 0 <= number < ROUNDS:
        raise ValueError(number)
    return chain(secret, ROUNDS)[ROUNDS - 1 - number]


def is_code(text: str) -> bool:
    """Whether a text is a one-time code: a link of a chain, 32 bytes in hex."""
    return A_CODE.fullmatch(text) is not None


def commitment_of(secret: str) -> str:
    """What was published for a secret that is revealed now: its SHA-256, a code's 32 bytes by themselves."""
    return hashlib.sha256(bytes.fromhex(secret) if is_code(secret) else secret.encode()).hexdigest()


def round_key(code: str, public: str) -> str:
    """The key of a round: the one-time code mixed with the public randomness."""
    key = bytes.fromhex(code) if is_code(code) else code.encode()
    return hmac.digest(key, public.encode(), "sha256").hex()


def rank(key: str, label: str) -> str:
    """The rank of a label in a round; the lowest wins."""
    return hmac.digest(bytes.fromhex(key), label.encode() + b"\x01", "sha256").hex()


def labels(entrants: Iterable[str]) -> Iterator[str]:
    """A label for each ticket of a sorted list: the entrant, for further tickets with its number behind."""
    before, count = "", 0
    for entrant in entrants:
        count = count + 1 if entrant == before else 1
        before = entrant
        yield label(entrant, count)


def label(entrant: str, count: int) -> str:
    """The label of an entrant's ticket: `a3f0`, `a3f0 2`, `a3f0 3`."""
    return entrant if count == 1 else f"{entrant} {count}"


def ranked(key: str, entrants: Callable[[], Iterable[str]], total: int) -> Iterator[int]:
    """All ticket numbers by rank, the same rank by label.

    The lowest ranks are looked for first, in one pass over the tickets; only who needs more goes over them again.
    """
    low, high = 0, min(HIGHEST, HIGHEST // max(total, 1) * ENOUGH)
    while low < HIGHEST:
        for _, _, ticket in sorted(ranks_between(key, entrants(), low, high)):
            yield ticket
        low, high = high, min(HIGHEST, high * WIDER)


def ranks_between(key: str, entrants: Iterable[str], low: int, high: int) -> Iterator[tuple[bytes, str, int]]:
    """The tickets whose rank begins with a number from low up to high."""
    start = hmac.new(bytes.fromhex(key), digestmod="sha256")
    floor, ceiling = low.to_bytes(9, "big")[1:], high.to_bytes(9, "big")
    below = None if ceiling[0] else ceiling[1:]
    for ticket, text in enumerate(labels(entrants), 1):
        one = start.copy()
        one.update(text.encode() + b"\x01")
        found = one.digest()
        if floor <= found[:8] and (below is None or found[:8] < below):
            yield found, text, ticket
