"""Who is kept out of a rule by chance, as anybody can check: a keyed hash of a member's first card, and of the rule's name.

HMAC-SHA256 (RFC 2104) spreads members evenly and tells nothing of the key. As the rule's name goes into it, the control
groups of two rules have nothing to do with each other; as the share does not, a larger one keeps out the same members and more.
The way from card and rule to a bucket is that of "Overlapping Experiment Infrastructure" (Tang et al., KDD 2010).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from loyalty_cli.model.keyed_hash import keyed_hash
from loyalty_cli.model.money import WHOLE

# A number is so many hundredths of a percent; the first 64 bits of a hash give it.
BYTES = 8
# Replay goes member by member and asks of one again and again, with each receipt.
KNOWN = 256


class KeptOut(NamedTuple):
    """A rule that a share of the members, in basis points, is kept out of; `rule` is its name in the ledger."""

    share: int
    rule: str

    def has(self, chance: str) -> bool:
        """Whether a member of this chance is in the control group; without a card nobody is."""
        return bool(chance) and number_for(chance, self.rule) < self.share


def control_key(secret: str) -> bytes:
    """The key of control groups, from the shop's secret; it may be shown, for it opens nothing else."""
    return keyed_hash(bytes.fromhex(secret), "control groups")


def chance_of(key: bytes, card: str) -> str:
    """The chance of whoever has this card as the first: 64 hexadecimal digits, the same for ever."""
    return keyed_hash(key, card).hex() if card else ""


@lru_cache(KNOWN)
def number_for(chance: str, rule: str) -> int:
    """A member's number for a rule, from 0 to 9,999; each is as likely as any other."""
    return int.from_bytes(keyed_hash(bytes.fromhex(chance), rule)[:BYTES], "big") * WHOLE >> (8 * BYTES)
