"""A receipt's content as one number: what was sold, how much, for how much, when and to which card.

Two exports of the same sale give the same number whatever else they say and in whatever order its lines stand. It is a
sum of numbers that stand for the lines, so that a line that comes again and again is worked out once.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from itertools import repeat
from operator import add
from operator import and_
from typing import TYPE_CHECKING

from loyalty_cli.model.columns import Beside
from loyalty_cli.model.columns import picked
from loyalty_cli.model.columns import sums

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.purchase_batch import Article
    from loyalty_cli.model.purchase_batch import PurchaseBatch

# A content, and what stands for a line, has so many bits.
BITS = 60
ALL_BITS = 2**BITS - 1


def print_of(text: str) -> int:
    """A text as a 63-bit number that is the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") >> 1


# What each figure is multiplied with: another odd number for each, and none has a meaning.
PIECES, MONEY, DISCOUNT, LOYALTY = (
    print_of(f"content of a receipt: {word}") & ALL_BITS | 1 for word in ("quantity", "amount", "discount", "loyalty")
)


def identity(article: Article) -> str:
    """What makes two articles the same sale: the code, or the name where there is none."""
    return article.code or article.name


def print_of_article(article: Article) -> int:
    """The print of what makes two articles the same sale."""
    return print_of(identity(article))


class Contents:
    """Works out the contents of batches; cards and articles are fingerprinted once."""

    def __init__(self) -> None:
        self.cards = Beside(print_of)
        self.articles = Beside(print_of_article)

    def added(self, batch: PurchaseBatch) -> PurchaseBatch:
        """The batch with the contents of its receipts."""
        prints = batch.line_prints or self.prints_of_lines(batch)
        cards = picked(self.cards.all(batch.card_numbers), batch.cards)
        return replace(batch, contents=contents(batch.at, cards, prints, batch.starts), line_prints=())

    def prints_of_lines(self, batch: PurchaseBatch) -> list[int]:
        """The numbers of a batch's lines."""
        articles = picked(self.articles.all(batch.catalogue), batch.articles)
        return line_prints(articles, batch.quantities, batch.amounts, batch.discounts, batch.line_loyalty)


def line_prints(
    articles: Iterable[int],
    quantities: Sequence[int],
    amounts: Sequence[int],
    discounts: Sequence[int],
    loyalty: Sequence[int],
) -> list[int]:
    """The numbers that stand for lines, by the prints of their articles and their figures.

    Discounts and loyalty of nothing change nothing, so that an export without these columns gives the same numbers as one
    that has them empty. The square tells apart what would come to the same sum: two pieces for 3.00 and 4.00, or for
    2.00 and 5.00. It is folded, so that no sum of squares does that either.
    """
    figures = [
        article + quantity * PIECES + amount * MONEY for article, quantity, amount in zip(articles, quantities, amounts, strict=True)
    ]
    for factor, column in ((DISCOUNT, discounts), (LOYALTY, loyalty)):
        if column:
            figures = [figure + factor * number for figure, number in zip(figures, column, strict=True)]
    squares = [rest * rest for rest in [figure & ALL_BITS for figure in figures]]
    return [(square ^ square >> BITS) & ALL_BITS for square in squares]


def contents(moments: Iterable[int], cards: Iterable[int], prints: Sequence[int], starts: Sequence[int]) -> list[int]:
    """The contents of receipts, by their moments, the prints of their cards, and the numbers of all their lines.

    `starts` has one entry more than there are receipts.
    """
    return list(map(and_, map(add, map(add, moments, cards), sums(prints, starts)), repeat(ALL_BITS)))
