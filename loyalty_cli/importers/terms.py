"""What a shop's program says about every import."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The shop's time zone, its currency with its digits, which cards it takes, and the names of its stores.

    Where `card_is_known` is given, receipts of other cards are set aside; those of `spoiled` cards, each with the card
    it is, always are.
    """

    timezone: str
    digits: int
    currency: str = ""
    stores: tuple[str, ...] = ()
    spoiled: Mapping[str, str] = field(default_factory=dict)
    card_is_known: Callable[[str], bool] | None = None
