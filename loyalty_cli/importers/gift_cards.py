"""Gift cards by name: selling one is no turnover, for what is paid with it counts when it is spent."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

# Which cells of an article name it.
NAMING_WORDS = ("product_name", "product", "category")
# How tills name them: Shopify "Gift Card - 100", Square "eGift Card", Lightspeed "Gift Card", Odoo "Top-up eWallet" for money put
# into a wallet and "eWallet" for what it pays; and the words of our languages, also as a category is called, where an s makes no plural.
KNOWN_NAMES = (
    "Gift card", "eGift card", "E-gift card", "Digital gift card", "Square gift card", "Square eGift card",
    "Gift certificate", "Gift voucher", "eWallet", "Top-up eWallet",
    "Karta podarunkowa", "E-karta podarunkowa", "Karta prezentowa", "Karta upominkowa", "Bon podarunkowy",
    "Bon prezentowy", "Bon upominkowy", "Voucher podarunkowy", "Voucher prezentowy", "Voucher upominkowy",
    "Подарочная карта", "Электронная подарочная карта", "Подарочный сертификат", "Электронный подарочный сертификат",
    "Подарочный ваучер", "Сертификат подарочный", "Карта подарочная",
    "Card cadou", "Voucher cadou", "Tichet cadou", "Certificat cadou", "Card de cadou",
    "Karty podarunkowe", "Karty prezentowe", "Karty upominkowe", "Bony podarunkowe", "Bony prezentowe", "Bony upominkowe",
    "Подарочные карты", "Подарочные сертификаты", "Carduri cadou", "Vouchere cadou",
)  # fmt: skip
# Several articles in one cell, as WooCommerce and Loyverse pack them: 2× Gift Card, 1× Mug; 1 x Gift Card, 0.350 x Cheese
COUNT = r"\d+(?:[.,]\d+)?\s?[x×х]\s"
COUNTED = re.compile(rf"^{COUNT}+", re.IGNORECASE)
BETWEEN_COUNTED = re.compile(rf"\s*[,;]\s+(?={COUNT})", re.IGNORECASE)

# An article's code before its name, as Odoo writes it: [GC] Gift Card
CODE_BEFORE = re.compile(r"^\[[^\]]*\]\s*")

# What may follow a name without *: "- 100", "(100 zł)", "na 100 zł", "PLN 100", but no second word as in "Gift card holder".
WORTH = (
    r"(\s*[^\w\s,;-].*|\s*-\s.*|(\s+(worth|for|of|na|na kwotę|o wartości|o nominale|на|на сумму|номиналом|de"
    r"|în valoare de|cu valoarea de|[A-Z]{3}))?\s*[-_]?[^\w\s,;]?\d.*)?"
)


class GiftCards:
    """Knows gift cards by the names of a layout: alone or with what is no further word, such as an amount; * for anything."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All names. What may follow one is said once: forty times it takes 50 ms to make, and most files ask for none."""
        anything = [pattern_of(name) for name in self.names if "*" in name]
        plain = "|".join(pattern_of(name) for name in self.names if "*" not in name)
        return re.compile("|".join([*anything, *([f"(?:{plain})s?{WORTH}"] if plain else [])]), re.IGNORECASE)

    def judged(self, texts: tuple[str, ...]) -> str:
        """Whether the cells that name an article name a gift card: all of it, a part of it, or not at all ("")."""
        parts = [COUNTED.sub("", part) for text in texts for part in BETWEEN_COUNTED.split(clean_text(text))]
        gifts = [any(map(self.pattern.fullmatch, (part, CODE_BEFORE.sub("", part)))) for part in parts]
        if not any(gifts):
            return ""
        return "all" if all(gifts) or len(parts) == len(texts) else "part"


def pattern_of(name: str) -> str:
    """A name as a pattern; * stands for anything."""
    # Codes are written together, or with a dash: GIFTCARD, GIFT-CARD-50.
    words = (r"[\s_-]*" if name in KNOWN_NAMES else r"\s+").join(map(re.escape, clean_text(name).split()))
    return words.replace(r"\*", ".*")
