"""A journal as numbered documents, for programs that book documents of accounts by number, in one currency."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.journal import OPENING
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.books.journal import Journal
    from loyalty_cli.books.journal import Transaction
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency


class Takes(NamedTuple):
    """What a program takes in: its currency, how its accounts are written, an example of one, and how long they may be."""

    program: str
    currency: str
    account: re.Pattern[str]
    example: str
    longest: int


# A synthetic account and its analytic parts: 845, 845-01, 202-2-1-K12 in Poland, 472, 472.01 in Romania.
POLISH = re.compile(r"\d+(-\w+)*")
ROMANIAN = re.compile(r"\d+(\.\w+)*")


def documents_of(journal: Journal, currency: Currency, takes: Takes) -> Iterator[tuple[str, Transaction]]:
    """The transactions with their numbers, which are their days' and so the same in every export.

    What was owed before the first day is left out: the program keeps that itself. LoyaltyError for another currency, and for an
    account that is no number or longer than the program's.
    """
    if currency.code != takes.currency:
        raise LoyaltyError("{program} takes in {own}, not {currency}.", program=takes.program, own=takes.currency, currency=currency.code)
    transactions = [each for each in journal.transactions if each.kind != OPENING]
    for name in sorted({posting.account for each in transactions for posting in each.postings}):
        if not takes.account.fullmatch(name) or len(name) > takes.longest:
            raise LoyaltyError(
                "{program} has no account {name}.",
                program=takes.program,
                name=name,
                hint=phrase("Its accounts are numbers: {example}. Say so under books: accounts:", example=f"points: {takes.example}"),
            )
    numbers: Counter[Day] = Counter()
    for each in transactions:
        numbers[each.day] += 1
        yield f"LOY/{iso(each.day)}/{numbers[each.day]}", each
