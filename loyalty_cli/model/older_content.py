"""A receipt's content as earlier releases worked it out, for receipts that came in then: a hash, in the order of its lines.

What they have kept stays as it is: whoever finds that a content is not today's asks whether it is this one.
"""

from __future__ import annotations

import sys
from array import array
from hashlib import blake2b
from itertools import islice
from itertools import pairwise
from itertools import repeat
from typing import TYPE_CHECKING

from loyalty_cli.model.columns import picked
from loyalty_cli.model.content import Contents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.purchase_batch import PurchaseBatch

# Bytes of one number in the packed arrays.
WORD = 8
NOTHING_YET = blake2b(digest_size=WORD)


class KnownContents:
    """Tells whether receipts of batches have a content that is kept; what an older one would be is worked out once asked."""

    def __init__(self) -> None:
        self.contents = Contents()
        self.batch: PurchaseBatch | None = None
        self.older: list[int] = []

    def has(self, batch: PurchaseBatch, place: int, kept: int) -> bool:
        """Whether a content is that of a batch's receipt, as it is worked out today or was before."""
        if kept == batch.contents[place]:
            return True
        if self.batch is not batch:
            self.batch, self.older = batch, older_contents_of(batch, self.contents)
        return kept == self.older[place]


def older_contents_of(batch: PurchaseBatch, known: Contents) -> list[int]:
    """The contents that earlier releases would have given the receipts of a batch; `known` keeps the prints of its names."""
    cards = picked(known.cards.all(batch.card_numbers), batch.cards)
    articles = picked(known.articles.all(batch.catalogue), batch.articles)
    return older_contents(
        (batch.at, cards),
        (articles, batch.quantities, batch.amounts),
        starts=batch.starts,
        extras=(batch.discounts, batch.line_loyalty) if batch.discounts or batch.line_loyalty else None,
    )


def older_contents(
    heads: tuple[Sequence[int], Sequence[int]],
    lines: tuple[Sequence[int], Sequence[int], Sequence[int]],
    *,
    starts: Sequence[int],
    extras: tuple[Sequence[int], Sequence[int]] | None,
) -> list[int]:
    """The contents of many receipts, from columns: moments and prints of cards, then what each line says.

    `starts` has one entry more than there are receipts. Discounts and loyalty count only where there are any, so
    that an export without these columns gives the same number as one that has them empty.
    """
    head_bytes, line_bytes = packed(heads), packed(lines)
    head, line = len(heads) * WORD, len(lines) * WORD
    tails = extra_bytes(extras, starts) if extras is not None else repeat(b"")
    places = range(0, len(head_bytes), head)
    digests = []
    for place, first, last, tail in zip(places, starts, islice(starts, 1, None), tails, strict=False):
        # A copy of an empty hash is made in half the time of a new one.
        digest = NOTHING_YET.copy()
        digest.update(head_bytes[place : place + head] + line_bytes[first * line : last * line] + tail)
        digests.append(digest.digest())
    return words(b"".join(digests))


def extra_bytes(extras: tuple[Sequence[int], Sequence[int]], starts: Sequence[int]) -> Iterator[bytes]:
    """Discounts and loyalty of each receipt that has any."""
    packed_extras = packed(extras)
    width = len(extras) * WORD
    for first, last in pairwise(starts):
        some = any(extras[0][first:last]) or any(extras[1][first:last])
        yield packed_extras[first * width : last * width] if some else b""


def packed(columns: Sequence[Sequence[int]]) -> bytes:
    """Columns side by side as bytes, eight for each number."""
    width = len(columns)
    flat = array("q", bytes(WORD * width * len(columns[0])))
    for place, column in enumerate(columns):
        flat[place::width] = array("q", column)
    return in_file_order(flat).tobytes()


def words(data: bytes) -> list[int]:
    """Bytes as numbers, eight for each."""
    flat = array("q", data)
    return in_file_order(flat).tolist()


def in_file_order(flat: array[int]) -> array[int]:
    """The numbers with their lowest byte first, whatever the machine."""
    if sys.byteorder == "big":
        flat.byteswap()
    return flat
