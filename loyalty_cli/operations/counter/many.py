"""`loyalty quote --many`: many baskets in one start, each answered on its own; one with a mistake stops no other."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from functools import partial
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.counter.asked import Asked
from loyalty_cli.operations.counter.asked import asked_of
from loyalty_cli.operations.counter.baskets_read import Found
from loyalty_cli.operations.counter.baskets_read import many_baskets
from loyalty_cli.operations.counter.baskets_read import one_line
from loyalty_cli.operations.counter.figures import figures
from loyalty_cli.operations.counter.till import most_grave
from loyalty_cli.operations.counter.till import Till
from loyalty_cli.operations.hands import Hands
from loyalty_cli.operations.hands import hands_for
from loyalty_cli.operations.progress import nobody_looks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

Row = tuple[int, Found]

# So many baskets are worth the start of a process, which costs a good half second.
AT_A_TIME = 2500
# Columns of CSV: what fits into one row.
COLUMNS = (
    "line", "id", "card", "before", "price", "to_pay", "discounts", "paid_by", "points_used", "points_earned",
    "points_after", "tier_after", "earns", "exit_code", "error",
)  # fmt: skip


class Answer(NamedTuple):
    """What one basket is answered, as a line of JSON or CSV, and the code of what is wrong with it."""

    text: str
    exit_code: int


def answers(shop: Shop, path: Path, common: Mapping[str, Any], form: str, *, processes: int | None = None) -> Iterator[Answer]:
    """The answer to each basket of a file, in order; `common` holds for those that say nothing else.

    `processes` are as many as are worth it, unless told.
    """
    baskets = list(many_baskets(path))
    many = hands_for(len(baskets), AT_A_TIME) if processes is None else processes
    size = -(-len(baskets) // many) or 1
    parts = [baskets[at : at + size] for at in range(0, len(baskets), size)]
    # What shows how far work is belongs to this process's terminal and does not go to another.
    alone = replace(shop, progress=nobody_looks)
    with Hands(many) as hands:
        for found in hands.each(partial(answered, alone, common, str(path), form), parts):
            yield from found


def answered(shop: Shop, common: Mapping[str, Any], name: str, form: str, rows: Sequence[Row]) -> list[Answer]:
    """The answers to some baskets of a file, whose members are read together."""
    with shop.reading() as connection:
        till = Till(connection, shop.now)
        asked = [(line, understood(found, common, (name, line), till)) for line, found in rows]
        members: dict[int, set[int]] = {}
        for _, each in asked:
            if isinstance(each, Asked) and each.card:
                day = till.moment_of(each)[0]
                known = till.card(each.card, day)
                if known is not None:
                    members.setdefault(day, set()).add(till.account(known.member, day))
        for day, some in members.items():
            till.look_up(some, day)
        say = as_row if form == "csv" else as_json
        found = (answer(till, line, each) for line, each in asked)
        return [Answer(say(data), int(data["exit_code"])) for data in found]


def understood(found: Found, common: Mapping[str, Any], place: tuple[str, int], till: Till) -> Asked | LoyaltyError:
    """What a row asks, or what is wrong with it; `place` is its file and line."""
    if isinstance(found, LoyaltyError):
        return found
    try:
        asked = asked_of({**common, **(one_line(found, *place) if isinstance(found, str) else found)}, till.currency)
        till.moment_of(asked)
    except LoyaltyError as error:
        return error
    return asked


def answer(till: Till, line: int, asked: Asked | LoyaltyError) -> dict[str, Any]:
    """The answer to one basket."""
    try:
        if isinstance(asked, LoyaltyError):
            raise asked
        found = till.quote(asked)
    except LoyaltyError as error:
        id_ = asked.id if isinstance(asked, Asked) else ""
        return {"line": line, "id": id_ or None, "error": str(error.phrase), "exit_code": int(error.exit_code)}
    grave = most_grave(found.refused)
    code = int(ExitCode.OK if grave is None else grave.exit_code)
    return {"line": line, "id": asked.id or None, "error": None, "exit_code": code, **figures(found)}


ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def as_json(data: Mapping[str, Any]) -> str:
    """One JSON object on a line."""
    return ENCODE(data) + "\n"


def as_row(data: Mapping[str, Any]) -> str:
    """An answer as one row of CSV."""
    return csv_row([data.get(name) for name in COLUMNS] if data["error"] is not None else cells_of(data))


def cells_of(data: Mapping[str, Any]) -> list[object]:
    """What of an answer fits into one row."""
    points, tier = data["points"] or {}, data["tier"] or {}
    flat = {
        "discounts": "; ".join(f"{each['name']}: {each['off']}" for each in data["discounts"]),
        "paid_by": "; ".join(f"{each['name']}: {each['amount']}" for each in data["paid_by"]),
        "points_used": points.get("used"),
        "points_earned": points.get("earned"),
        "points_after": points.get("after"),
        "tier_after": tier.get("after"),
        "earns": "; ".join(f"{each['what']} ({each['rule']}): {each['quantity']}" for each in data["earns"]),
        "error": "; ".join(each["why"] for each in data["refused"]) or None,
    }
    return [flat.get(name, data.get(name)) for name in COLUMNS]


def csv_row(cells: Sequence[object]) -> str:
    """Cells with commas between them."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
