"""A draw's published rules: its facts on top, one a line, then the owner's wording; written and read back."""

from __future__ import annotations

from typing import cast
from typing import get_args
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.draw import Contest
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.draw import Formalities
from loyalty_cli.model.draw import NumberFrom
from loyalty_cli.model.draw import NumberSource
from loyalty_cli.model.draw import Wins
from loyalty_cli.model.draw_method import METHOD
from loyalty_cli.model.draw_method import Method
from loyalty_cli.model.money import Currency

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

NEEDED = {"draw", "dates", "reserves", "wins"}
# Facts of one text each, as they are written and as Formalities calls them.
NAMED = ("country", "organiser", "permit", "notary", "place")
ROUND = " round "
AT = " at "


def rules_txt(rules: DrawRules) -> str:
    """The rules as published: the facts that decide the draw, an empty line, the owner's wording."""
    facts = facts_text(rules)
    for fact in facts:
        if not fact.isprintable():
            raise ValueError(fact)
    wording = rules.rules_text.splitlines()
    return "".join(f"{line}\n" for line in ([*facts, "", *wording] if wording else facts))


def read_rules(text: str) -> DrawRules:
    """The rules out of their published text; ValueError says which line does not fit."""
    head, _, wording = text.partition("\n\n")
    facts = [read_fact(line) for line in head.strip("\n").split("\n")]
    return rules_of(facts, wording)


def read_fact(line: str) -> tuple[str, str]:
    """A line `word: value`."""
    word, colon, value = line.partition(": ")
    if not colon:
        raise ValueError(line)
    return word, value


def facts_text(rules: DrawRules) -> list[str]:
    """Every fact as a line; what is not said has no line."""
    currency = Currency(code=rules.currency, digits=rules.digits)
    return [
        f"draw: {rules.name}",
        f"dates: {iso(rules.first_day)} to {iso(rules.last_day)}",
        *(f"prize: {count} x {name}" for name, count in rules.prizes),
        *(f"worth: {currency.plain(amount)} {rules.currency} each, {name}" for name, amount in rules.worth),
        f"reserves: {rules.reserves}",
        f"wins: {rules.wins}",
        *said_besides(rules),
    ]


def said_besides(rules: DrawRules) -> Iterator[str]:
    """The facts that a draw may have."""
    said = rules.formalities
    if rules.contest:
        yield f"contest: {rules.contest}"
        yield f"ties: {rules.ties}"
    if rules.method != METHOD:
        yield f"method: {rules.method}"
    if rules.source.kind:
        yield f"number from: {source_text(rules.source)}"
    if rules.commitment:
        yield f"secret committed: {rules.commitment}"
    if rules.claim_within:
        yield f"claim within: {rules.claim_within}"
    if said.results_on is not None:
        yield f"results on: {iso(said.results_on)}"
    yield from (f"{word}: {getattr(said, word)}" for word in NAMED if getattr(said, word))
    yield from (f"excluded: {count} x {reason}" for reason, count in rules.excluded)


def source_text(source: NumberSource) -> str:
    """Where the number comes from, such as `drand quicknet round 27946612 at 2026-04-20T00:00:00+00:00`."""
    return source.kind + (f"{ROUND}{source.round}" if source.round else "") + (f"{AT}{source.at}" if source.at else "")


def rules_of(facts: Sequence[tuple[str, str]], wording: str) -> DrawRules:
    """The rules of facts by their words; ValueError says which do not fit."""
    only = dict(facts)
    if NEEDED - only.keys():
        raise ValueError(str(facts))
    first, _, last = only["dates"].partition(" to ")
    worths = [read_worth(value) for word, value in facts if word == "worth"]
    return DrawRules(
        name=only["draw"],
        first_day=day_from_iso(first),
        last_day=day_from_iso(last),
        prizes=tuple(counted(value) for word, value in facts if word == "prize"),
        reserves=int(only["reserves"]),
        wins=cast("Wins", choice(only["wins"], get_args(Wins))),
        rules_text=wording,
        method=cast("Method", choice(only.get("method", METHOD), get_args(Method))),
        contest=cast("Contest", choice(only.get("contest", ""), get_args(Contest))),
        ties=only.get("ties", ""),
        worth=tuple((name, amount) for name, amount, _, _ in worths),
        currency=worths[0][2] if worths else "",
        digits=worths[0][3] if worths else 2,
        claim_within=read_span(only.get("claim within", "")),
        source=read_source(only.get("number from", "")),
        formalities=read_formalities(only),
        commitment=only.get("secret committed", ""),
        excluded=tuple(counted(value) for word, value in facts if word == "excluded"),
    )


def choice(value: str, known: Sequence[str]) -> str:
    """A value that must be one of a few."""
    if value not in known:
        raise ValueError(value)
    return value


def counted(value: str) -> tuple[str, int]:
    """A prize `10 x fabric box`, or an exclusion `2 x blocked`."""
    count, cross, name = value.partition(" x ")
    if not cross:
        raise ValueError(value)
    return name, int(count)


def read_worth(value: str) -> tuple[str, int, str, int]:
    """A prize's value `50000.00 PLN each, car`: the prize, minor units, the currency, digits after the point."""
    money, comma, name = value.partition(" each, ")
    amount, _, currency = money.partition(" ")
    if not comma:
        raise ValueError(value)
    return name, int(amount.replace(".", "")), currency, len(amount.partition(".")[2])


def read_span(text: str) -> Span | None:
    """A length of time as it was written."""
    if not text:
        return None
    count, _, unit = text.partition(" ")
    units = unit if unit.endswith("s") else f"{unit}s"
    return Span(count=int(count), unit=choice(units, ("days", "weeks", "months", "years")))  # type: ignore[arg-type]


def read_source(text: str) -> NumberSource:
    """Where the number comes from, as it was written."""
    rest, _, at = text.partition(AT)
    kind, _, number = rest.partition(ROUND)
    return NumberSource(kind=cast("NumberFrom", choice(kind, get_args(NumberFrom))), round=int(number) if number else 0, at=at)


def read_formalities(only: Mapping[str, str]) -> Formalities:
    """The formalities, as they were written; the commission's names are not published."""
    day = only.get("results on")
    return Formalities(
        results_on=day_from_iso(day) if day else None,
        **{word: only.get(word, "") for word in NAMED},
    )
