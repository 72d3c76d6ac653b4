"""Members and products as a list from outside names them. What the list does not say is None, and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMember:
    """One row of a list of members. The birthday is `1980-05-17`, or `05-17` where the year is not known."""

    cards: tuple[str, ...] = ()
    number: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str | None = None
    birthday: str | None = None
    joined: Day | None = None
    groups: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProduct:
    """One row of a list of products; money in minor units."""

    code: str
    name: str | None = None
    category: str | None = None
    cost: int | None = None
    floor_price: int | None = None
    excluded: bool | None = None
