"""Which kind of list a file is: purchases, members, products, balances and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.cards import way_to_reach
from loyalty_cli.importers.inspecting.column_meanings import meanings
from loyalty_cli.importers.inspecting.header_words import plain_words
from loyalty_cli.importers.inspecting.header_words import SURELY
from loyalty_cli.importers.inspecting.header_words import words_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.inspecting.column_meanings import Meanings
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn

# Of the kinds of list those that a header may be, each with the words that speak for it.
SPEAKING: dict[str, tuple[str, ...]] = {
    "purchases": (
        "receipt",
        "date",
        "time",
        "product",
        "product_name",
        "quantity",
        "amount",
        "price",
        "total",
        "cashier",
    ),
    "members": ("card", "number", "name", "phone", "email", "birthday", "joined", "groups", "consents"),
    "products": ("code", "name", "product", "product_name", "category", "cost", "price", "floor_price"),
    "redemptions": ("coupon", "points", "card", "date", "receipt"),
    "balances": ("card", "number", "points", "tier", "spent", "visits", "usable_through", "date"),
    "events": ("card", "number", "date", "event"),
    "totals": ("date", "total", "amount", "receipts", "first_receipt", "last_receipt", "till", "store"),
}
# What members are known by.
CARD = ("card", "number")
# Without these a file is not of the kind; of each group one is enough.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "purchases": (
        ("date",),
        ("amount", "total", "price"),
        ("receipt", "product", "product_name", "quantity", "card", "email", "phone", "name", "status", "number"),
    ),
    "members": (CARD, ("name", "phone", "email", "birthday", "joined", "groups")),
    "products": (("code", "product"), ("name", "product_name", "category", "cost", "floor_price")),
    "redemptions": (("coupon", "points"), ("date",)),
    "balances": (CARD, ("points", "tier", "spent")),
    "events": (CARD, ("date",), ("event",)),
    "totals": (("date",), ("total", "amount"), ("receipts", "first_receipt", "last_receipt")),
}
# Lists of people and goods have no money on days.
TIMELESS = {"members", "products"}
# What is bought or used on days.
OF_DAYS = {"purchases", "redemptions", "totals"}


def possible_kinds(columns: Sequence[SeenColumn]) -> list[tuple[int, str]]:
    """The kinds of list of which a file has all that is needed, each with how many of its columns speak for it."""
    found = []
    way = way_to_reach(columns, "members")
    for kind, needed in NEEDED.items():
        means = meanings(columns, kind)
        there = {*means.of_word, *(["date"] if means.parts_of_date or (kind == "purchases" and has_unread_days(columns, means)) else [])}
        if way is not None and CARD in needed and there.isdisjoint(CARD):
            # Whose members have no cards knows them by this, which then is no more than that.
            there = {*there - {means.word_of(way[0])}, "card"}
        if all(there.intersection(group) for group in needed):
            found.append((sum(word in there for word in SPEAKING[kind]), kind))
    others = OF_DAYS if is_of_people(columns) else TIMELESS if any(kind == "purchases" for _, kind in found) else ()
    return [each for each in found if each[1] not in others]


def has_unread_days(columns: Sequence[SeenColumn], means: Meanings) -> bool:
    """Whether receipts with sums have a date by its name, though nobody can read it, as the days of a spreadsheet are."""
    named = any(column.texts and words_for(column.name).get("date") == SURELY for column in columns)
    return named and "receipt" in means and ("amount" in means or "total" in means)


def likely_kinds(columns: Sequence[SeenColumn]) -> list[str]:
    """The kinds of list that a file may be, the likeliest first."""
    found = possible_kinds(columns)
    kinds = [kind for _, kind in sorted(found, key=lambda pair: -pair[0])]
    first = kinds[0] if kinds else ""
    if first == "purchases":
        first = next((kind for kind in ("totals", "redemptions") if kind in kinds and without_goods(columns, kind)), first)
    elif first == "redemptions":
        if "balances" in kinds and on_one_day(columns):
            first = "balances"
        elif "purchases" in kinds and (points := meanings(columns, first).get("points")) and not on_every_row(points):
            first = "purchases"
    return [first, *(kind for kind in kinds if kind != first)] if kinds else []


def is_of_people(columns: Sequence[SeenColumn]) -> bool:
    """Whether a list tells of each card once who holds it, and of no receipts and goods.

    Who holds it is told by when they were born or have joined, unless there are days of sale; or by name and how to reach them,
    unless the day says that it is one of sale, or there is a time.
    """
    people, sold = meanings(columns, "members"), meanings(columns, "purchases")
    way = way_to_reach(columns, "members")
    card = people.get("card") or people.get("number") or (way[0] if way is not None else None)
    once = card is not None and len(card.texts) == card.filled > 0
    dated = ((people.get(word), word) for word in ("birthday", "joined"))
    named = any(column is not None and words_for(column.name).get(word) == SURELY for column, word in dated)
    day = sold.get("date")
    on_days = day is not None and words_for(day.name).get("date") == SURELY
    reached = any(column is not None and column.texts for column in (people.get("phone"), people.get("email")))
    sold_on = "time" in sold or (day is not None and on_days and " " in plain_words(day.name))
    # By an address alone somebody may have bought as well, each once.
    reached = reached and (way is None or card is not way[0])
    told = (named and not on_days) or (reached and not sold_on and not {"name", "product_name"}.isdisjoint(people.of_word))
    return once and told and not any(tells_goods(column, word, people) for word, column in sold.of_word.items())


def tells_goods(column: SeenColumn, word: str, people: Meanings) -> bool:
    """Whether a column is of goods or receipts: Nume is a person's name as well, and the number of visits no quantity."""
    if word == "quantity":
        return words_for(column.name).get("quantity") == SURELY
    is_name = column is (people.get("name") or people.get("product_name")) or "name" in words_for(column.name)
    return word in {"receipt", "product", "product_name"} and not is_name


def without_goods(columns: Sequence[SeenColumn], kind: str) -> bool:
    """Whether a list with days and money is of tills' days or of points used: it names no goods, and says so on every row."""
    if {"product", "product_name"} & set(meanings(columns, "purchases").of_word):
        return False
    means = meanings(columns, kind)
    if kind == "totals":
        return "card" not in meanings(columns, "purchases")
    points = means.get("points")
    return points is not None and on_every_row(points)


def on_every_row(column: SeenColumn) -> bool:
    """Whether each row has a number other than 0, as each use of points has."""
    return not column.empty and all(text.strip("0.,- ") for text in column.texts)


def on_one_day(columns: Sequence[SeenColumn]) -> bool:
    """Whether each card stands once and all of them on one day, as in a list of what members had; uses come day by day."""
    means = meanings(columns, "balances")
    holder, date = means.get("card") or means.get("number"), means.get("date")
    once = holder is not None and len(holder.texts) == holder.filled > 1
    return once and (date is None or len(date.texts) == 1)
