"""Every setting of a program as one line: its path, its value in an owner's words, whether the file writes it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from typing import Any
from typing import get_args
from typing import get_origin
from typing import get_type_hints
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.phrase import Figure
from loyalty_cli.program.head import FROM_THE_ZONE
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.rules.give.own_coupon import OwnCoupon
from loyalty_cli.rules.tiers.ladder import NO_FLOOR
from loyalty_cli.rules.weekdays import weekday_said

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.money import Currency
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.segment import Segment


class Setting(NamedTuple):
    """One setting; `written` is false for a default."""

    path: str
    value: str
    written: bool


# What nobody has anything else by; these settings hold as soon as the file says them.
NO_RULES = {
    *("program", "language", "country", "closed", "unknown_cards", "cards", "stores", "terms", "nightly"),
    *("goals", "books", "costs", "stages", "rfm"),
}


def is_no_rule(path: str) -> bool:
    """Whether a setting changes nothing of what members have."""
    return path.split(" / ", maxsplit=1)[0] in NO_RULES


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
        Setting("country", program.country, written=program.country != FROM_THE_ZONE),
        Setting("closed", ", ".join(map(str, program.closed)), written=bool(program.closed)),
        Setting("starts", iso(program.starts), written=True),
        Setting("before_start", before, written="before_start:" in program.source),
        Setting(
            "returns",
            "by line" if program.returns_by_line else "by money",
            written="returns:" in program.source,
        ),
        Setting("ends", ends, written=bool(ends)),
        Setting("last_redemption", last, written=bool(last)),
        Setting(
            "unknown_cards",
            "become members" if program.unknown_cards_join else "are set aside",
            written="unknown_cards:" in program.source,
        ),
        Setting("terms", " ".join(program.terms), written=bool(program.terms)),
        Setting("nightly", ", ".join(program.nightly), written="nightly:" in program.source),
    ]
    for path, block in blocks_of(program):
        lines += lines_of(block, path, program)
    return lines


def blocks_of(program: Program) -> Iterator[tuple[str, Settings]]:
    """Every block of settings with its path."""
    # What stands in a reward is listed there.
    gives = [give for reward in program.rewards.values() for give in reward.all_gives]
    own = {give.called for give in gives if isinstance(give, OwnCoupon)}
    sections: tuple[tuple[str, Mapping[str, Settings], Settings | None], ...] = (
        ("cards", {}, program.cards),
        ("stores", program.stores, None),
        ("tiers", {}, program.ladder),
        ("points / earn", program.earn, None),
        ("points", {}, program.points),
        ("discounts / offers", program.offers, None),
        ("discounts", {}, program.discounts),
        ("coupons", {name: terms for name, terms in program.coupons.items() if name not in own}, None),
        ("gifts", program.gifts, None),
        ("draws", program.draws, None),
        ("goals", program.goals, None),
        ("books", {}, program.books),
        ("costs", {}, program.costs),
        ("messages", program.messages, None),
        ("contact", {}, program.contact),
        ("stages", {}, program.stages),
        ("rfm", {}, program.rfm),
        ("senders", {}, program.senders),
        ("feedback", {}, program.feedback),
    )
    for path, named, single in sections:
        yield from ((f"{path} / {name}", block) for name, block in named.items())
        if single is not None:
            yield path, single
    for name, segment in program.segments.items():
        yield from conditions_of(segment, f"segments / {name}")
    for name, reward in program.rewards.items():
        yield f"rewards / {name} / when", reward.when
        yield f"rewards / {name} / when / only", reward.only
        yield from ((f"rewards / {name} / give", give) for give in reward.gives)
        yield from ((f"rewards / {name} / give / to_friend", give) for give in reward.to_friend)
        yield f"rewards / {name}", reward.block


def conditions_of(segment: Segment, path: str) -> Iterator[tuple[str, Settings]]:
    """The conditions of a segment and of its parts, each with its path."""
    yield from ((f"{path} / {word}", condition) for word, condition in segment.conditions)
    for word, parts in (("all", segment.every), ("any", segment.some), ("not", segment.none)):
        for number, part in enumerate(parts, 1):
            yield from conditions_of(part, f"{path} / {word}" if len(parts) == 1 else f"{path} / {word} / {number}")


def lines_of(block: Settings, path: str, program: Program) -> Iterator[Setting]:
    """The settings of one block; an `only` that asks nothing is left out."""
    units = units_of(type(block))
    for name, field in block.model_fields.items():
        value = getattr(block, name)
        inner = f"{path} / {field.alias or name}"
        if name in ("earn", "offers", "when", "give", "kept_out"):
            continue
        if isinstance(value, Settings):
            yield from (line for line in lines_of(value, inner, program) if line.written)
        elif isinstance(value, dict) and any(isinstance(item, Settings) for item in value.values()):
            for key, item in value.items():
                yield from lines_of(item, f"{inner} / {key}", program)
        else:
            yield Setting(inner, words(value, units[name], program), written=name in block.model_fields_set)


def units_of(block: type[Settings]) -> dict[str, str]:
    """What the numbers of a block stand for, by the names of its settings; '' for what is said as it is."""
    if block not in UNITS:
        kinds = get_type_hints(block, include_extras=True)
        UNITS[block] = {name: unit_of(kinds[name]) for name in block.model_fields}
    return UNITS[block]


UNITS: dict[type[Settings], dict[str, str]] = {}


def unit_of(kind: Any) -> str:
    """The unit stands with the type, or with one of its choices (an amount or nothing)."""
    plain, *marks = get_args(kind) if get_origin(kind) is Annotated else (kind,)
    marks += [mark for choice in get_args(plain) for mark in get_args(choice)]
    return next((mark.word for mark in marks if isinstance(mark, Unit)), "")


def words(value: Any, unit: str, program: Program) -> str:
    """A value of a unit as an owner would write it."""
    if value is None or value in ((), {}, NO_FLOOR):
        return ""
    if unit in WRITTEN:
        return WRITTEN[unit](value, program.currency)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in value.items())
    return str(value)


def hours(value: tuple[int, int], _: Currency) -> str:
    """A part of the day."""
    return " to ".join(f"{seconds // 3600:02}:{seconds // 60 % 60:02}" for seconds in value)


def steps(value: tuple[tuple[int, int], ...], currency: Currency) -> str:
    """Percents by an amount reached."""
    return ", ".join(f"{currency.plain(amount)}: {percent / 100:g}%" for amount, percent in value)


def dated(value: tuple[tuple[int, int], ...]) -> str:
    """Percents with the days from which they hold; one without a day holds always."""
    return ", ".join(f"{iso(day)}: {percent / 100:g}%" if day else f"{percent / 100:g}%" for day, percent in value)


# How each unit is written back.
WRITTEN: dict[str, Callable[[Any, Currency], str]] = {
    "money": lambda value, currency: currency.plain(value),
    "amounts": lambda value, currency: ", ".join(map(currency.plain, value)),
    "percent": lambda value, _: f"{value / 100:g}%",
    "quantity": lambda value, _: str(Figure(value)),
    "worth": lambda value, currency: f"{Decimal(value) / (1000 * 10**currency.digits):f}",
    "day": lambda value, _: iso(value),
    "stock": lambda value, _: ", ".join(f"{iso(day)}: {pieces}" if day else str(pieces) for day, pieces in value),
    "steps": steps,
    "count steps": lambda value, _: ", ".join(f"{count}: {percent / 100:g}%" for count, percent in value),
    "set": lambda value, _: ", ".join(f"{name}: {count}" for name, count in value),
    "prices": lambda value, currency: ", ".join(f"{name}: {currency.plain(price)}" for name, price in value.items()),
    "weekdays": lambda value, _: ", ".join(map(weekday_said, value)),
    "hours": hours,
    "dated": lambda value, _: dated(value),
    "rates": lambda value, _: "; ".join(f"{letter}: {dated(rates)}" for letter, rates in value.items()),
}
