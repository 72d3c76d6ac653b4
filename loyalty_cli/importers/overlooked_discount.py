"""A sum that is quantity times price although there is a discount beside it, where nobody has said that this is what was paid."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.reading.csv.files import CsvFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout

# Rows that are looked at, and how many with a discount tell.
ROWS, ENOUGH = 5000, 3
SURELY = 100
A_COIN = Decimal("0.01")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def refuse_before_discount(path: Path, layout: Layout, file: str) -> None:
    """Stop where the amounts of discounted rows are quantity times price: they, or the prices, may be those before the discount.

    `file` is the name as it is told.
    """
    export = CsvFile(path, layout.csv_form)
    if not export.form.header:
        return
    with export.opened() as (opened, _):
        places = places_of(export.header, layout)
        if places is None:
            return
        told = list(told_by(export.reader(opened), places))
    if len(told) >= ENOUGH and all(told):
        amount, quantity, price, discount = (export.header[place] for place in places)
        raise ExportRefused(
            "{file}: {amount} is {quantity} × {price} although {discount} is beside it; it may be the sum before the discount.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase(
                "Let loyalty draft a layout: loyalty import inspect {file} --write layouts/NAME.yaml. "
                "If it is what was paid, name a layout with --layout.",
                file=typed(file),
            ),
            file=file,
            amount=amount,
            quantity=quantity,
            price=price,
            discount=discount,
        )


def places_of(header: Sequence[str], layout: Layout) -> tuple[int, int, int, int] | None:
    """Where amount, quantity, price and discount stand, if a file has all four and discounts count as taken off."""
    if layout.amounts_are or layout.discount_is == "percent":
        return None
    named = layout.columns.named()
    at = {folded(name): place for place, name in enumerate(header)}
    amount, quantity, discount = (at.get(folded(named.get(word, ""))) for word in ("amount", "quantity", "discount"))
    price = next((at for at, name in enumerate(header) if words_for(name).get("price") == SURELY), None)
    if amount is None or quantity is None or discount is None or price is None:
        return None
    return amount, quantity, price, discount


def told_by(rows: Iterable[list[str]], places: tuple[int, int, int, int]) -> Iterator[bool]:
    """Of each of the first rows that has a discount whether its amount is quantity times price."""
    with suppress(csv.Error):  # what can not be read is told when the receipts are
        for row in islice(rows, ROWS):
            numbers = [number_of(row[place]) if place < len(row) else None for place in places]
            amount, quantity, price, discount = numbers
            if amount is not None and quantity is not None and price is not None and discount:
                yield abs(abs(amount) - abs(quantity * price)) <= A_COIN


def number_of(text: str) -> Decimal | None:
    """A cell's number, whichever mark its decimals have."""
    bare = re.sub(r"[^\d.,-]", "", text)
    last = max(bare.rfind("."), bare.rfind(","))
    plain = bare if last < 0 else re.sub(r"[.,]", "", bare[:last]) + "." + bare[last + 1 :]
    return Decimal(plain) if NUMBER.fullmatch(plain) else None
