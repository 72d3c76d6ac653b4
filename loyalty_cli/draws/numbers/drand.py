"""The public beacons of drand: when a round is published, and whether a value fits its signature.

Facts of a chain: https://api.drand.sh/CHAIN/info. A round's value is the SHA-256 of its signature.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple


class Chain(NamedTuple):
    """A drand chain by the hash of its parameters, round 1 in seconds since 1970 UTC, its period."""

    hash: str
    genesis: int
    period: int


QUICKNET = Chain("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971", 1_692_803_367, 3)
DEFAULT = Chain("8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce", 1_595_431_050, 30)
CHAINS = {chain.hash: chain for chain in (QUICKNET, DEFAULT)}
MARGIN = 10
"""Seconds that must lie between the close and the round, so that nobody closes knowing the value."""


class Round(NamedTuple):
    """A round of a chain and its value, as the seed binds them."""

    chain: Chain
    number: int
    value: str

    @property
    def at(self) -> int:
        """When the round is published, in seconds since 1970 UTC."""
        return published_at(self.chain, self.number)

    @property
    def text(self) -> str:
        """The round as the public line of a draw."""
        return f"drand {self.chain.hash} {self.number} {self.value}"


def first_round_after(chain: Chain, closed_at: int) -> int:
    """The first round that a draw closed at a moment may use."""
    return max(1, -((chain.genesis - closed_at - MARGIN) // chain.period) + 1)


def first_round_from(chain: Chain, moment: int) -> int:
    """The first round that is published at a moment or after it."""
    return max(1, -((chain.genesis - moment) // chain.period) + 1)


def published_at(chain: Chain, number: int) -> int:
    """When a round is published, in seconds since 1970 UTC."""
    return chain.genesis + (number - 1) * chain.period


def value_of(signature: str) -> str:
    """The value that belongs to a signature, both in lower-case hex; '' if it is no signature."""
    if not re.fullmatch("([0-9a-f]{2})+", signature):
        return ""
    return hashlib.sha256(bytes.fromhex(signature)).hexdigest()


def round_of(public: str) -> Round | None:
    """The round that a public line names, or None if its randomness comes from elsewhere."""
    words = public.split(" ")
    if words[0] != "drand" or len(words) != 4 or words[1] not in CHAINS or not words[2].isdecimal():
        return None
    return Round(CHAINS[words[1]], int(words[2]), words[3])
