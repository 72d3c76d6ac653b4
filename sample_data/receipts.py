"""The people and receipts of the demo shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from sample_data.shelves import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An invented person with a card."""

    number: int
    name: str
    cards: tuple[str, ...]
    birthday: date | None
    joined: date
    groups: tuple[str, ...]
    home: str
    visits: int
    listed: bool

    @property
    def email(self) -> str:
        """Two of three have told an address; it can be nobody's."""
        return f"klient{self.number + 1:04}@example.com" if self.number % 3 != 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a receipt; quantities in thousandths, money in grosze; `amount` is after the discount."""

    product: Product
    quantity: int
    discount: int = 0
    coupon: int = 0

    @property
    def amount(self) -> int:
        """What was paid, also with a coupon."""
        return (self.product.price * self.quantity + 500) // 1000 - self.discount


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt, or a return whose rows are what came back; `original` is where it was bought."""

    store: str
    day: date
    minute: int
    card: str
    rows: tuple[Row, ...]
    till: int = 1
    number: str = ""
    back: bool = False
    original: str = ""
