"""Every setting of a program as one line: its path, its value in an owner's words, whether the file writes it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from typing import get_args
from typing import NamedTuple
from typing import TYPE_CHECKING

from pydantic import BaseModel

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.reading.settings import Unit
from loyalty_cli.rules.only import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.program.program import Program


class Setting(NamedTuple):
    """One setting; `written` is false for a default."""

    path: str
    value: str
    written: bool


def settings_of(program: Program) -> list[Setting]:
    """All settings, in the order of a program file."""
    ends = "" if program.ends == NEVER else iso(program.ends)
    last = "" if program.last_redemption == NEVER else iso(program.last_redemption)
    before = "counts for tiers and growing discounts" if program.counts_before_start else "counts for nothing"
    lines = [
        Setting("program", program.name, written=True),
        Setting("language", program.language, written="language:" in program.source),
        Setting("currency", program.currency.code, written=True),
        Setting("timezone", program.timezone, written=True),
        Setting("starts", iso(program.starts), written=True),
        Setting("before_start", before, written="before_start:" in program.source),
        Setting("ends", ends, written=bool(ends)),
        Setting("last_redemption", last, written=bool(last)),
        Setting("unknown_cards", "become members" if program.unknown_cards_join else "are set aside", written="unknown_cards:" in program.source),
        Setting("nightly", ", ".join(program.nightly), written="nightly:" in program.source),
    ]
    for path, block in blocks_of(program):
        lines += lines_of(block, path, program)
    return lines


def blocks_of(program: Program) -> Iterator[tuple[str, BaseModel]]:
    """Every block of settings with its path."""
    for name, store in program.stores.items():
        yield f"stores / {name}", store
    if program.ladder:
        yield "tiers", program.ladder
    for name, rule in program.earn.items():
        yield f"points / earn / {name}", rule
    if program.points:
        yield "points", program.points
    for name, offer in program.offers.items():
        yield f"discounts / offers / {name}", offer
    if program.discounts:
        yield "discounts", program.discounts
    for name, coupon in program.coupons.items():
        yield f"coupons / {name}", coupon
    for name, reward in program.rewards.items():
        yield f"rewards / {name} / when", reward.when
        yield f"rewards / {name} / when / only", reward.only
        for give in reward.gives:
            yield f"rewards / {name} / give", give
    for name, draw in program.draws.items():
        yield f"draws / {name}", draw


def lines_of(block: BaseModel, path: str, program: Program) -> Iterator[Setting]:
    """The settings of one block; an `only` that asks nothing is left out."""
    for name, field in type(block).model_fields.items():
        value = getattr(block, name)
        inner = f"{path} / {name}"
        if name in ("earn", "offers"):
            continue
        if isinstance(value, BaseModel):
            yield from (line for line in lines_of(value, inner, program) if line.written)
        elif isinstance(value, dict) and any(isinstance(item, BaseModel) for item in value.values()):
            for key, item in value.items():
                yield from lines_of(item, f"{inner} / {key}", program)
        else:
            yield Setting(inner, words(value, field, program), written=name in block.model_fields_set)


def words(value: Any, field: Any, program: Program) -> str:  # noqa: ANN401 - any setting's value
    """A value as an owner would write it."""
    # The unit stands with the type, or with one of its choices (an amount or nothing).
    marks = [*field.metadata, *(mark for choice in get_args(field.annotation) for mark in get_args(choice))]
    unit = next((mark.word for mark in marks if isinstance(mark, Unit)), "")
    if value is None or value == ():
        return ""
    match unit:
        case "money":
            return program.currency.plain(value)
        case "percent":
            return f"{value / 100:g}%"
        case "worth":
            return f"{Decimal(value) / (1000 * 10**program.currency.digits):f}"
        case "day":
            return iso(value)
        case "steps":
            return ", ".join(f"{program.currency.plain(amount)}: {percent / 100:g}%" for amount, percent in value)
        case "weekdays":
            return ", ".join(WEEKDAYS[number] for number in value)
        case "hours":
            return " to ".join(f"{seconds // 3600:02}:{seconds // 60 % 60:02}" for seconds in value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in value.items())
    return str(value)
