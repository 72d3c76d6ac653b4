"""A journal as text: for hledger, for beancount, and as rows of CSV for everything else.

The forms are those of hledger's manual (Journal) and of beancount's Language Syntax; both programs check the balances.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.books.journal import Balance
    from loyalty_cli.books.journal import Journal
    from loyalty_cli.books.journal import Transaction
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency

    Said = Callable[[Transaction], str]

WIDTH = 44
# Beancount's five kinds of accounts (Language Syntax, "Accounts").
ROOTS = ("Assets", "Liabilities", "Equity", "Income", "Expenses")


def hledger(journal: Journal, currency: Currency, said: Said) -> bytes:
    """For hledger; `said` tells in words what a transaction is."""
    lines = [f"commodity 1000.{'0' * currency.digits} {currency.code}", *(f"account {name}" for name in accounts_in(journal))]
    for day, transactions, balances in by_day(journal):
        for transaction in transactions:
            lines += ["", f"{iso(day)} {plain(said(transaction))}"]
            lines += [f"    {name:<{WIDTH}}  {currency.plain(amount)} {currency.code}" for name, amount in transaction.postings]
        if balances:
            lines += ["", f"{iso(day)} ="]
        for _, name, amount in balances:
            lines.append(f"    {name:<{WIDTH}}  0 {currency.code} = {currency.plain(amount)} {currency.code}")
    return ("\n".join(lines) + "\n").encode()


def beancount(journal: Journal, currency: Currency, said: Said) -> bytes:
    """For beancount; a balance is that at the beginning of the next day. LoyaltyError for an account it does not know."""
    for name in accounts_in(journal):
        if not is_account_of_beancount(name):
            raise LoyaltyError(
                "beancount has no account {name}.",
                name=name,
                hint=phrase("Its accounts begin with one of: {names}. Say so under books: accounts:", names=", ".join(ROOTS)),
            )
    first = min((each.day for each in journal.transactions), default=0)
    lines = [f'option "operating_currency" "{currency.code}"']
    lines += [f"{iso(first)} open {name} {currency.code}" for name in accounts_in(journal)]
    for day, transactions, balances in by_day(journal):
        for transaction in transactions:
            lines += ["", f'{iso(day)} * "{plain(said(transaction))}"']
            lines += [f"  {name:<{WIDTH}}  {currency.plain(amount)} {currency.code}" for name, amount in transaction.postings]
        lines += [""] * bool(balances)
        for _, name, amount in balances:
            lines.append(f"{iso(day + 1)} balance {name:<{WIDTH}}  {currency.plain(amount)} {currency.code}")
    return ("\n".join(lines) + "\n").encode()


def is_account_of_beancount(name: str) -> bool:
    """Whether the parts are those that beancount reads: a known root, then each with a capital or digit first."""
    root, *parts = name.split(":")
    return (
        root in ROOTS
        and bool(parts)
        and all((part[0].isupper() or part[0].isdigit()) and part.replace("-", "").isalnum() for part in parts)
    )


def accounts_in(journal: Journal) -> list[str]:
    """Every account that is booked on, in order."""
    return sorted({posting.account for each in journal.transactions for posting in each.postings})


def by_day(journal: Journal) -> Iterator[tuple[Day, list[Transaction], list[Balance]]]:
    """Day by day the transactions, then the balances of accounts that are booked on."""
    booked = set(accounts_in(journal))
    balances = [balance for balance in journal.balances if balance.account in booked]
    transactions_of: dict[Day, list[Transaction]] = defaultdict(list)
    balances_of: dict[Day, list[Balance]] = defaultdict(list)
    for transaction in journal.transactions:
        transactions_of[transaction.day].append(transaction)
    for balance in balances:
        balances_of[balance.day].append(balance)
    for day in sorted({*transactions_of, *balances_of}):
        yield day, transactions_of[day], balances_of[day]


def plain(text: str) -> str:
    """Words that neither program takes for a mark of its own."""
    return " ".join("".join(" " if letter in ';"|\\' or not letter.isprintable() else letter for letter in text).split()).lstrip("*!(= ")
