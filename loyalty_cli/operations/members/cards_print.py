"""`loyalty cards print`: cards as a sheet for the printer: those just made, those of members, or any numbers at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.sheet import Label
from loyalty_cli.model.shown.sheet import Sheet
from loyalty_cli.operations.members.wishes import card_said
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.store.coupons.printing import batch_numbers
from loyalty_cli.store.coupons.printing import holders
from loyalty_cli.store.coupons.printing import made_numbers
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWishes:
    """Which cards are printed: numbers said or listed in a file, a batch by its key, all members'; else the unused."""

    numbers: Sequence[str] = ()
    file: Path | None = None
    key: str | None = None
    members: bool = False


def print_cards(shop: Shop, wishes: CardWishes) -> tuple[Outcome, Sheet]:
    """The sheet, and what it holds."""
    with shop.reading() as connection:
        kept = settings(connection)
        known = holders(connection)
        numbers = wanted_numbers(connection, wishes, known)
    labels = [
        Label(
            code=number,
            shown=number,
            holder=known.get(number, ""),
            lines=[phrase("Please show this card at the till.")],
        )
        for number in dict.fromkeys(numbers)
    ]
    said = phrase("{count} card on the sheet.", "{count} cards on the sheet.", count=len(labels))
    if not labels:
        said = phrase("There is no card to print. Numbers are made by: loyalty cards make")
    sheet = Sheet(kind="card", shop=kept.get("program", ""), title=phrase("Cards"), labels=labels)
    data = {"count": len(labels), "numbers": [label.code for label in labels]}
    return Outcome(said=[said], data=data, language=kept.get("language", "")), sheet


def wanted_numbers(connection: Connection, wishes: CardWishes, known: Mapping[str, str]) -> Sequence[str]:
    """The numbers, in the order they were given; any card's number may be printed, whoever made it."""
    if wishes.numbers or wishes.file is not None:
        listed = read_text(wishes.file).splitlines() if wishes.file is not None else []
        return [card_said(text) for text in (*wishes.numbers, *listed) if text.strip()]
    if wishes.members:
        return list(known)
    if wishes.key is not None and batch_numbers(connection, wishes.key) is None:
        raise LoyaltyError("No cards have been made with the key {text}.", text=wishes.key)
    return made_numbers(connection, wishes.key)
