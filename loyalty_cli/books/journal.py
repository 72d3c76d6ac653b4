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
from loyalty_cli.books.owed import Change
from loyalty_cli.books.owed import ESTIMATE
from loyalty_cli.books.owed import RESTATED
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.bookkeeping import Bookkeeping
    from loyalty_cli.model.days import Day

# Where points that were given without a sale are booked, below the account of points.
WITHOUT_SALE = "Given"
OPENING = "opening"
VAT = "VAT"
# Within a day in this order.
ORDER = (RESTATED, ESTIMATE, EARNED, OTHER, TAKEN_BACK, USED, LAPSED, VAT)
COUPONS = {USED: "coupons_used", LAPSED: "coupons_lapsed", ESTIMATE: "estimate", RESTATED: "estimate", VAT: "coupons_sold"}
POINTS = {USED: "points_used", LAPSED: "points_lapsed", ESTIMATE: "estimate", RESTATED: "estimate", OTHER: "points_given"}


class Posting(NamedTuple):
    """An account and what it is debited with, in minor units; less than nothing is a credit."""

    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """A balanced entry of one day; `kind` is one of the books' kinds, or opening; `coupon` is the name of what it is of, else points."""

    day: Day
    store: str
    kind: str
    postings: tuple[Posting, ...]
    coupon: str = ""


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
    """The account of each store's points and of each coupon, and those against which they are booked."""

    names: Mapping[str, str]
    of_store: Mapping[str, str]
    of_coupon: Mapping[str, str]

    def of(self, change: Change) -> str:
        """The account of what is owed that a change is of; VAT is owed to the state, not to a customer."""
        if change.kind == VAT:
            return self.names["vat"]
        return self.of_coupon[change.coupon] if change.coupon else self.of_store[change.store]

    def against(self, change: Change, policy: str) -> str:
        """The other side of a change: the sale's money where it is deferred, else what the points or coupons cost or bring."""
        given, kinds = ("coupons_given", COUPONS) if change.coupon else ("points_given", POINTS)
        came = {"sold": "coupons_sold", "deferral": "sales" if change.by_sale else given}.get(policy, given)
        return self.names[kinds.get(change.kind, came)]


def accounts_of(names: Mapping[str, str], stores: Iterable[str], coupons: Iterable[str] = ()) -> Accounts:
    """The accounts of some stores' points and of coupons by name."""
    parts = {store: account_part(store) if store else WITHOUT_SALE for store in stores}
    return Accounts(names, below(names["points"], parts), below(names["coupons"], {name: account_part(name) for name in coupons}))


def below(account: str, parts: Mapping[str, str]) -> dict[str, str]:
    """An account below another for each part; names that become the same get a number.

    An account that is a number of a chart of accounts is that of all: nobody may invent one below it.
    """
    if account[:1].isdigit():
        return dict.fromkeys(parts, account)
    found: dict[str, str] = {}
    for name, part in sorted(parts.items()):
        taken = {each.rpartition(":")[2] for each in found.values()}
        number = next(number for number in range(1, len(found) + 2) if (f"{part}-{number}" if number > 1 else part) not in taken)
        found[name] = f"{account}:{part}-{number}" if number > 1 else f"{account}:{part}"
    return found


def account_part(text: str) -> str:
    """A store's name as a part of an account: letters, digits and hyphens, beginning with a capital or a digit."""
    kept = "-".join("".join(letter if letter.isalnum() else " " for letter in text).split())
    return kept[:1].upper() + kept[1:] if kept[:1].isalnum() else "Store"


def owed_before(changes: Mapping[Change, int], accounts: Accounts, first: Day) -> Counter[str]:
    """What stands on the accounts of points and coupons before a day, each of them; less VAT, which is not owed to customers."""
    standing = Counter(dict.fromkeys((*accounts.of_store.values(), *accounts.of_coupon.values()), 0))
    for change, amount in changes.items():
        if change.day < first and change.kind != VAT:
            standing[accounts.of(change)] += amount
    return standing


class Booking(NamedTuple):
    """What is one transaction: a day, a kind by its place within the day, a store or a coupon, and both accounts."""

    day: Day
    place: int
    store: str
    coupon: str
    account: str
    against: str


def booking(change: Change, books: Bookkeeping, accounts: Accounts) -> Booking:
    """The transaction that a change is a part of."""
    policy = books.of_coupon(change.coupon).treatment if change.coupon else books.policy
    place = ORDER.index(change.kind)
    return Booking(change.day, place, change.store, change.coupon, accounts.of(change), accounts.against(change, policy))


def journal(changes: Mapping[Change, int], books: Mapping[str, Bookkeeping], now: Bookkeeping, *, first: Day, last: Day) -> Journal:
    """The journal of some days; what was owed before them is its first transaction."""
    coupons = {change.coupon for change in changes if change.coupon}
    accounts = accounts_of(now.accounts, {change.store for change in changes if not change.coupon}, coupons)
    standing = owed_before(changes, accounts, first)
    sums: Counter[Booking] = Counter()
    for change, amount in changes.items():
        if first <= change.day <= last:
            sums[booking(change, books.get(month_of(change.day), now), accounts)] += amount
    transactions = list(opened(standing, accounts, first))
    balances: list[Balance] = []
    ends = month_ends(first, last)
    for each, amount in sorted(sums.items()):
        while ends and ends[0] < each.day:
            balances += balances_at(ends.pop(0), standing)
        if each.account in standing:
            standing[each.account] += amount
        if amount:
            sides = Posting(each.against, amount), Posting(each.account, -amount)
            transactions.append(Transaction(each.day, each.store, ORDER[each.place], sides, each.coupon))
    for end in ends:
        balances += balances_at(end, standing)
    return Journal(transactions, balances)


def vat_changes(vat: Mapping[tuple[Day, str], int]) -> dict[Change, int]:
    """The VAT of coupons sold, by day and name, as changes of a journal."""
    return {Change(day, "", by_sale=True, kind=VAT, coupon=name): amount for (day, name), amount in vat.items()}


def opened(standing: Mapping[str, int], accounts: Accounts, first: Day) -> Iterable[Transaction]:
    """What is owed before the first day."""
    postings = [Posting(account, -amount) for account, amount in sorted(standing.items()) if amount]
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


def balances_at(day: Day, standing: Mapping[str, int]) -> list[Balance]:
    """What the accounts of points and coupons show at the end of a day."""
    return [Balance(day, account, -amount) for account, amount in standing.items()]
