"""What a shop's program says about every import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The shop's time zone, the digits of its currency, and which cards it takes.

    Where `card_is_known` is given, receipts of other cards are set aside.
    """

    timezone: str
    digits: int
    card_is_known: Callable[[str], bool] | None = None
