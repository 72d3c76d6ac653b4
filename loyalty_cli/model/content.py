"""A receipt's content as one number: what was sold, how much, for how much, when and to which card.

Two exports of the same sale give the same number whatever else they say; the order of the lines matters, so
whoever finds two numbers different compares the lines themselves before calling it a change.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain

from loyalty_cli.model.purchase_batch import Article

# Bytes of one number in the packed arrays.
WORD = 8


def print_of(text: str) -> int:
    """A text as a 63-bit number that is the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") >> 1


def identity(article: Article) -> str:
    """What makes two articles the same sale: the code, or the name where there is none."""
    return article.code or article.name


def contents(
    heads: tuple[Sequence[int], Sequence[int]],
    lines: tuple[Sequence[int], Sequence[int], Sequence[int]],
    *,
    starts: Sequence[int],
    extras: tuple[Sequence[int], Sequence[int]] | None,
) -> list[int]:
    """The contents of many receipts: (moments, prints of cards), (prints of articles, quantities, amounts), (discounts, loyalty).

    `starts` has one entry more than there are receipts. Discounts and loyalty count only where there are any, so
    that an export without these columns gives the same number as one that has them empty.
    """
    head_bytes = packed(heads)
    line_bytes = packed(lines)
    head, line = len(heads) * WORD, len(lines) * WORD
    extra_bytes = memoryview(b"") if extras is None else packed(extras)
    result = []
    for number, (first, last) in enumerate(zip(starts, starts[1:], strict=False)):
        hashed = blake2b(line_bytes[first * line : last * line], digest_size=8)
        hashed.update(head_bytes[number * head : number * head + head])
        if extras is not None and (any(extras[0][first:last]) or any(extras[1][first:last])):
            hashed.update(extra_bytes[first * 2 * WORD : last * 2 * WORD])
        result.append(int.from_bytes(hashed.digest(), "little", signed=True))
    return result


def packed(columns: Sequence[Sequence[int]]) -> memoryview:
    """Columns side by side as bytes, eight for each number."""
    flat = array("q", chain.from_iterable(zip(*columns, strict=True)))
    return memoryview(flat).cast("B")
