"""What is owed for points as journal entries: a transaction a day, store and kind, and what stands at each month's end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import OTHER
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.books.owed import ESTIMATE
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.books.owed import Change
    from loyalty_cli.model.bookkeeping import Bookkeeping
    from loyalty_cli.model.days import Day

# Where points that were given without a sale are booked, below the account of points.
WITHOUT_SALE = "Given"
OPENING = "opening"
# Within a day in this order.
ORDER = (ESTIMATE, EARNED, OTHER, TAKEN_BACK, USED, LAPSED)


class Posting(NamedTuple):
    """An account and what it is debited with, in minor units; less than nothing is a credit."""

    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """A balanced entry of one day; `kind` is one of the books' kinds, or opening."""

    day: Day
    store: str
    kind: str
    postings: tuple[Posting, ...]


class Balance(NamedTuple):
    """What an account shows at the end of a day, debits less credits."""

    day: Day
    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class Journal:
    """The transactions of some days in order, and the balances at the ends of their months and days."""

    transactions: Sequence[Transaction]
    balances: Sequence[Balance]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The account of each store's points, and those against which they are booked."""

    names: Mapping[str, str]
    of_store: Mapping[str, str]

    def against(self, change: Change, policy: str) -> str:
        """The other side of a change: the sale's money where it is deferred, else what the points cost or bring."""
        by_kind = {USED: "points_used", LAPSED: "points_lapsed", ESTIMATE: "estimate", OTHER: "points_given"}
        name = by_kind.get(change.kind, "sales" if policy == "deferral" and change.by_sale else "points_given")
        return self.names[name]


def accounts_of(names: Mapping[str, str], stores: Iterable[str]) -> Accounts:
    """An account below that of points for each store; names that become the same get a number.

    An account that is a number of a chart of accounts is that of all stores: nobody may invent one below it.
    """
    if names["points"][:1].isdigit():
        return Accounts(names, dict.fromkeys(stores, names["points"]))
    found: dict[str, str] = {}
    for store in sorted(stores):
        part = account_part(store) if store else WITHOUT_SALE
        taken = {name.rpartition(":")[2] for name in found.values()}
        number = next(number for number in range(1, len(found) + 2) if (f"{part}-{number}" if number > 1 else part) not in taken)
        found[store] = f"{names['points']}:{part}-{number}" if number > 1 else f"{names['points']}:{part}"
    return Accounts(names, found)


def account_part(text: str) -> str:
    """A store's name as a part of an account: letters, digits and hyphens, beginning with a capital or a digit."""
    kept = "-".join("".join(letter if letter.isalnum() else " " for letter in text).split())
    return kept[:1].upper() + kept[1:] if kept[:1].isalnum() else "Store"


def journal(
    changes: Mapping[Change, int], books: Mapping[str, Bookkeeping], now: Bookkeeping, *, first: Day, last: Day
) -> Journal:
    """The journal of some days; what was owed before them is its first transaction."""
    accounts = accounts_of(now.accounts, {change.store for change in changes})
    standing: Counter[str] = Counter()
    sums: Counter[tuple[Day, int, str, str]] = Counter()
    for change, amount in changes.items():
        if change.day < first:
            standing[change.store] += amount
        elif change.day <= last:
            policy = books.get(month_of(change.day), now).policy
            key = change.day, ORDER.index(change.kind), change.store, accounts.against(change, policy)
            sums[key] += amount
    transactions = list(opened(standing, accounts, first))
    balances: list[Balance] = []
    ends = month_ends(first, last)
    for (day, kind, store, against), amount in sorted(sums.items()):
        while ends and ends[0] < day:
            balances += balances_at(ends.pop(0), standing, accounts)
        standing[store] += amount
        if amount:
            postings = (Posting(against, amount), Posting(accounts.of_store[store], -amount))
            transactions.append(Transaction(day, store, ORDER[kind], postings))
    for end in ends:
        balances += balances_at(end, standing, accounts)
    return Journal(transactions, balances)


def opened(standing: Mapping[str, int], accounts: Accounts, first: Day) -> Iterable[Transaction]:
    """What is owed before the first day."""
    postings = [Posting(accounts.of_store[store], -amount) for store, amount in sorted(standing.items()) if amount]
    if postings:
        against = Posting(accounts.names["opening"], -sum(posting.amount for posting in postings))
        yield Transaction(first, "", OPENING, (*postings, against))


def month_ends(first: Day, last: Day) -> list[Day]:
    """The last day of each month, and the last day of all."""
    ends, day = [], first
    while day <= last:
        end = min(span_of_month(month_of(day))[1], last)
        ends.append(end)
        day = end + 1
    return ends


def balances_at(day: Day, standing: Mapping[str, int], accounts: Accounts) -> list[Balance]:
    """What the accounts of points show at the end of a day."""
    shown: dict[str, int] = {}
    for store, account in accounts.of_store.items():
        shown[account] = shown.get(account, 0) - standing.get(store, 0)
    return [Balance(day, account, amount) for account, amount in shown.items()]
