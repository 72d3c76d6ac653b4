"""`loyalty query`: a question of the owner's own, and what the views it may ask are."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import AS_NAMED
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.store.views.all_views import ALL_VIEWS
from loyalty_cli.store.views.asking import ask
from loyalty_cli.store.views.errors import near
from loyalty_cli.store.views.view import Terms

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Kind
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.views.asking import Answer
    from loyalty_cli.store.views.asking import Value

FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("day", re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")),
    ("month", re.compile(r"\d{4}-(0[1-9]|1[0-2])")),
)
HOW_VALUES_LOOK = phrase(
    "Days are text such as '2026-11-21', money is a decimal number of the currency, percents are 7.5 for 7.5 %. "
    "Round sums of money: round(sum(total), 2)."
)


def query(shop: Shop, question: str, *, limit: int | None, over: Callable[[], bool]) -> Outcome:
    """The answer to a SELECT over the views as a table; `over` says whether its time is up."""
    with shop.reading() as connection:
        facts = shop_facts(shop, connection)
        answer = ask(connection, question, terms_of(shop, facts), limit=limit, over=over)
    more = [phrase("There are more rows than the {count} shown.", count=len(answer.rows))] if answer.more else []
    columns, rows = typed(answer)
    table = Table(
        name="answer",
        title=phrase("Answer"),
        columns=columns,
        rows=rows,
        currency=facts.currency.code,
        digits=facts.currency.digits,
        timezone=facts.timezone,
        notes=more,
        empty=phrase("No row fits the question."),
    )
    return Outcome(tables=[table], language=facts.language)


def terms_of(shop: Shop, facts: ShopFacts) -> Terms:
    """What the views need to know of the shop at this moment."""
    return Terms(today=local_day(shop.now, facts.timezone), digits=facts.currency.digits)


def typed(answer: Answer) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """The answer's columns with the kinds that all their values have, and their values as cells of these kinds."""
    columns: list[Column] = []
    cells: list[list[Cell]] = []
    for place, name in enumerate(unique(answer.columns)):
        values = [row[place] for row in answer.rows]
        kind = kind_of(values)
        columns.append(Column(name=name, heading=AS_NAMED, kind=kind))
        cells.append([None if value is None else cell_of(value, kind) for value in values])
    return columns, list(zip(*cells, strict=True))


def unique(names: Sequence[str]) -> list[str]:
    """The names, each once: total, total_2.

    >>> unique(["total", "total", "day"])
    ['total', 'total_2', 'day']
    """
    found: list[str] = []
    for name in names:
        same = next(each for each in (name, *(f"{name}_{n}" for n in range(2, len(names) + 2))) if each not in found)
        found.append(same)
    return found


def kind_of(values: Sequence[Value]) -> Kind:
    """What all the values are: whole numbers, decimals, days, months or texts."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int) for value in known):
        return "count"
    if known and all(isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)) for value in known):
        return "number"
    for kind, form in FORMS:
        if known and all(isinstance(value, str) and form.fullmatch(value) for value in known):
            return kind if kind != "day" or all(map(is_a_day, known)) else "text"
    return "text"


def is_a_day(text: Value) -> bool:
    """Whether the calendar has it: there is no 2026-02-30."""
    try:
        day_from_iso(str(text))
    except ValueError:
        return False
    return True


def cell_of(value: str | float | bytes, kind: Kind) -> Cell:
    """A value as a cell of its column."""
    match kind, value:
        case "count", int():
            return value
        case "number", _:
            return decimal(float(value))
        case "day", str():
            return day_from_iso(value)
        case _, bytes():
            return value.hex()
        case _:
            return str(value)


def decimal(value: float) -> str:
    """A floating number as the decimal that was meant: SQLite itself writes 15 digits (sqlite.org/floatingpoint.html).

    >>> decimal(0.1 + 0.2), decimal(1234.0), decimal(1e20), decimal(-0.0)
    ('0.3', '1234', '100000000000000000000', '0')
    """
    text = f"{Decimal(f'{value:.15g}'):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def views() -> Outcome:
    """The views there are."""
    table = Table(
        name="views",
        title=phrase("Views"),
        columns=(Column(name="view", heading="View", kind="code"), Column(name="holds", heading="Holds", kind="word")),
        rows=[(view.name, view.about.text) for view in ALL_VIEWS.values()],
        currency="",
        notes=[HOW_VALUES_LOOK, phrase("The columns of one: loyalty query --describe VIEW")],
    )
    return Outcome(tables=[table])


def describe(name: str) -> Outcome:
    """The columns of a view with their meanings."""
    view = ALL_VIEWS.get(name)
    if view is None:
        raise LoyaltyError("There is no view '{name}'.", name=name, hint=near(name, [*ALL_VIEWS]))
    table = Table(
        name=view.name,
        title=phrase("The view {name}", name=view.name),
        basis=view.about,
        columns=(
            Column(name="column", heading="Column", kind="code"),
            Column(name="kind", heading="Kind", kind="code"),
            Column(name="means", heading="Means", kind="word"),
        ),
        rows=[(column.name, column.kind, column.about.text) for column in view.columns],
        currency="",
        notes=[HOW_VALUES_LOOK],
    )
    return Outcome(tables=[table])
