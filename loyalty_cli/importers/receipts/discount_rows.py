"""Discounts that stand on rows of their own among the goods of a receipt."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.purchase_batch import Article

# How tills in the languages of our shops name a row that is no article but a discount.
DISCOUNT = re.compile(
    r"\b(discounts?|rabat|rabatu|rabaty|rabatt|zniżk\w+|upust\w*|скидк\w+|reducer\w+)\b"
    r"|^[-\u2212]\s?\d+([.,]\d+)?\s?%|^\d+([.,]\d+)?\s?% (off|on|od|na|от|на|din|la|de)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=10_000)
def is_discount(article: Article) -> bool:
    """Whether a row's article is called a discount."""
    return any(map(DISCOUNT.search, article))


def takes_off(article: Article, amount: int) -> bool:
    """Whether a row is a discount and no goods: below zero, and called so or without a name."""
    return amount < 0 and (not (article.code or article.name) or is_discount(article))
