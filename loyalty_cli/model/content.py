"""A receipt's content as one number: what was sold, how much, for how much, when and to which card.

Two exports of the same sale give the same number whatever else they say; the order of the lines matters, so
whoever finds two numbers different compares the lines themselves before calling it a change.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from itertools import pairwise
from itertools import repeat
from typing import TYPE_CHECKING

from loyalty_cli.model.columns import picked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.purchase_batch import Article
    from loyalty_cli.model.purchase_batch import PurchaseBatch

# Bytes of one number in the packed arrays.
WORD = 8
NOTHING_YET = blake2b(digest_size=WORD)
MOST_REMEMBERED = 50_000


def print_of(text: str) -> int:
    """A text as a 63-bit number that is the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") >> 1


def identity(article: Article) -> str:
    """What makes two articles the same sale: the code, or the name where there is none."""
    return article.code or article.name


class Prints(dict[str, int]):
    """Fingerprints of texts that come again and again."""

    def __missing__(self, text: str) -> int:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[text] = number = print_of(text)
        return number


class Contents:
    """Works out the contents of batches; cards and articles are fingerprinted once."""

    def __init__(self) -> None:
        self.cards = Prints()
        self.catalogue: Sequence[Article] = ()
        self.articles: list[int] = []

    def added(self, batch: PurchaseBatch) -> PurchaseBatch:
        """The batch with the contents of its receipts."""
        if batch.catalogue is not self.catalogue:
            self.catalogue, self.articles = batch.catalogue, []
        self.articles += [print_of(identity(article)) for article in islice(batch.catalogue, len(self.articles), None)]
        extras = bool(batch.discounts or batch.line_loyalty)
        found = contents(
            (batch.at, list(map(self.cards.__getitem__, batch.cards))),
            (picked(self.articles, batch.articles), batch.quantities, batch.amounts),
            starts=batch.starts,
            extras=(batch.discounts, batch.line_loyalty) if extras else None,
        )
        return replace(batch, contents=found)


def contents(
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
