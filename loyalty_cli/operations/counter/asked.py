"""What is asked of a quote: whose card, which lines, what is shown, where and when; written as values, CSV or JSON."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.baskets.basket import Line
from loyalty_cli.importers.column_words import column_said
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.money import rounded
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.values import amount_of
from loyalty_cli.reading.values import decimal_of
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import whole_of
from loyalty_cli.reading.values import yes_or_no

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency

Value = TypeVar("Value")

LINE_KEYS = ("product", "category", "quantity", "price", "total", "reduced", "floor")
BASKET_KEYS = ("id", "card", "amount", "lines", "coupons", "points", "store", "at")
MOST = "most"
MOST_LINES = 500
MOST_COUPONS = 20
# Most amounts are written so.
PLAIN = re.compile(r"[0-9]{1,9}\.[0-9]{2}")
AT = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One basket: no card is nobody's; `points` is how many are to pay, -1 for as many as can be.

    Without a day it is now; without a clock on a day the time is not known.
    """

    card: str = ""
    lines: Sequence[Line]
    coupons: Sequence[str] = ()
    points: int = 0
    store: str = ""
    day: Day | None = None
    clock: int = 0
    id: str = ""


def asked_of(values: Mapping[str, Any], currency: Currency) -> Asked:
    """A basket from its values by name, as JSON or a row of CSV gives them."""
    refuse_unknown(values, BASKET_KEYS)
    day, clock = moment_of(said(values, "at")) if said(values, "at") else (None, 0)
    card = said(values, "card")
    return Asked(
        card="" if card == "-" else "".join(card.split()) if any(map(str.isdigit, card)) else card,
        lines=lines_of(values, currency),
        coupons=codes_of(values.get("coupons")),
        points=points_of(said(values, "points")),
        store=said(values, "store"),
        day=day,
        clock=clock,
        id=said(values, "id"),
    )


def lines_of(values: Mapping[str, Any], currency: Currency) -> list[Line]:
    """The lines, or the one line that an amount is; one of both."""
    lines = values.get("lines")
    if bool(said(values, "amount")) == bool(lines):
        hint = phrase("Say what it costs: loyalty quote CARD 120.00, or --lines FILE")
        raise LoyaltyError("A basket has either an amount or lines.", hint=hint)
    if not lines:
        return [Line(total=read("amount", said(values, "amount"), lambda text: money_of(text, currency)))]
    if not isinstance(lines, list) or len(lines) > MOST_LINES:
        raise LoyaltyError("lines: a list of up to {count} lines stands here.", count=MOST_LINES)
    return [line_of(line, currency, number) for number, line in enumerate(lines, 1)]


def line_of(values: object, currency: Currency, number: int) -> Line:
    """One line: its price for one or its total, and what it is."""
    where = f"line {number}"
    if not isinstance(values, dict):
        raise LoyaltyError("{where}: a block of names and values stands here.", where=where)
    refuse_unknown(values, LINE_KEYS, where=where)

    def money(name: str) -> int | None:
        text = said(values, name)
        return read(f"{where}, {name}", text, lambda each: money_of(each, currency)) if text else None

    quantity = read(f"{where}, quantity", text, quantity_of) if (text := said(values, "quantity")) else PIECE
    price, total = money("price"), money("total")
    if (price is None) == (total is None):
        hint = phrase("Write one of them: {example}.", example="price: 10.00")
        raise LoyaltyError("{where}: it has either price or total.", where=where, hint=hint)
    return Line(
        total=total if total is not None else rounded((price or 0) * quantity, PIECE, "half up"),
        quantity=quantity,
        product=said(values, "product"),
        category=said(values, "category"),
        reduced=read(f"{where}, reduced", reduced, yes_or_no) if (reduced := said(values, "reduced")) else False,
        floor=money("floor") or 0,
    )


def said(values: Mapping[str, Any], name: str) -> str:
    """A value as text; '' if it is not said."""
    value = values.get(name)
    return "" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value).strip()


def read(name: str, text: str, reader: Callable[[str], Value]) -> Value:
    """What a text means; LoyaltyError says where it does not mean anything."""
    try:
        return reader(text)
    except NotUnderstood as why:
        raise LoyaltyError("{name}: {why}", name=column_said(name), why=why.what, hint=why.hint) from why


@lru_cache(maxsize=4096)
def money_of(text: str, currency: Currency) -> int:
    """An amount as a till writes it or somebody types it: a comma is as good as a point."""
    if currency.digits == 2 and PLAIN.fullmatch(text):
        return int(text[:-3] + text[-2:])
    if not any(sign.isdigit() for sign in text):
        raise refuse("{text} is not a number.", "Write one such as {example}.", text=text, example="50.00")
    return amount_of(re.sub(r"^(\d+),(\d{1,3})(?=\D*$)", r"\1.\2", text), currency)


@lru_cache(maxsize=1024)
def quantity_of(text: str) -> int:
    """Pieces, litres or kilograms in thousandths, above zero."""
    exact = decimal_of(re.sub(r"^(\d+),(\d{1,3})$", r"\1.\2", text), "2") * PIECE
    if exact.denominator != 1 or exact <= 0:
        raise NotUnderstood(phrase("{text} is not a quantity.", text=text), phrase("Write one such as {example}.", example="2"))
    return int(exact)


def points_of(text: str) -> int:
    """How many points are to pay."""
    return -1 if text == MOST else read("points", text, whole_of) if text else 0


def codes_of(value: object) -> tuple[str, ...]:
    """The codes that are shown, as a list or with ; between; one that is shown twice counts once."""
    texts = [str(each) for each in value] if isinstance(value, list) else re.split("[;,]", str(value or ""))
    codes = tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
    if len(codes) > MOST_COUPONS:
        raise LoyaltyError("No more than {count} coupons are looked at for one basket.", count=MOST_COUPONS)
    return codes


def moment_of(text: str) -> tuple[Day, int]:
    """The day and the seconds since its midnight of `2026-11-21 14:30`; 0 where the time is not said."""
    match = AT.fullmatch(text)
    hour, minute, second = (int(part or 0) for part in match.groups()[1:]) if match else (24, 0, 0)
    with contextlib.suppress(ValueError):
        if match and hour < 24 and minute < 60 and second < 60:
            day = day_from_iso("-".join(part.zfill(2) for part in match[1].split("-")))
            return day, hour * 3600 + minute * 60 + second
    hint = phrase("Write it as year, month, day and time: 2026-11-21 14:30")
    raise LoyaltyError("'{text}' is not a day and a time.", text=text, hint=hint)


def refuse_unknown(values: Mapping[str, Any], known: Sequence[str], *, where: str = "") -> None:
    """A name that nobody knows is a slip."""
    for name in values:
        if name not in known:
            # Imported here because hardly a basket has a slip in it.
            from loyalty_cli.reading.problems import did_you_mean

            hint = did_you_mean(str(name), known)
            if where:
                raise LoyaltyError("{where}: there is no '{name}'.", where=where, name=str(name), hint=hint)
            raise LoyaltyError("A basket has no '{name}'.", name=str(name), hint=hint)
