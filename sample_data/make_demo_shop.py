"""Makes the exports of the demo shop anew, byte for byte: `python -m sample_data.make_demo_shop`.

Everything is invented. Only Random.random() is used, whose numbers are the same in every version of Python.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from typing import TypeVar

from sample_data.receipts import Member
from sample_data.receipts import Receipt
from sample_data.receipts import Row
from sample_data.shelves import BOTTLE_DEPOSIT
from sample_data.shelves import FIRST_NAMES
from sample_data.shelves import ICED_TEA
from sample_data.shelves import INITIALS
from sample_data.shelves import PRODUCTS
from sample_data.shop_files import write_shop

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 20241101
FIRST_DAY, LAST_DAY = date(2024, 11, 1), date(2026, 10, 31)
MEMBERS = 360
CARDS_IN_NO_LIST = 14
RECEIPTS_WITHOUT_CARD = 900
RETURNS = 150
STORES = ("Rynek", "Dworzec", "Ogrody")
STORE_WEIGHTS = (45, 30, 25)
# Monday to Saturday; only the shop in the railway station may open on Sundays and holidays.
WEEKDAYS = (8, 8, 9, 10, 12, 16)
MONTHS = (9, 8, 9, 10, 9, 7, 6, 7, 10, 11, 13, 18)
CLOSED = {(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)}
LINES_WEIGHTS = (30, 26, 18, 11, 7, 4, 2, 2)
# How often members come in two years: (share of members, fewest visits, most visits).
VISITORS = ((10, 32, 60), (30, 11, 30), (40, 3, 11), (20, 1, 4))
METRES = (500, 750, 1000, 1000, 1250, 1500, 2000, 2000, 2500, 3000)

Thing = TypeVar("Thing")


@dataclass(slots=True)
class Chance:
    """Chance from one seed."""

    source: Random = field(default_factory=lambda: Random(SEED))

    def below(self, count: int) -> int:
        """A number from 0 to count - 1."""
        return int(self.source.random() * count)

    def between(self, low: int, high: int) -> int:
        """A number from low to high, both included."""
        return low + self.below(high - low + 1)

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """Any of some things."""
        return things[self.below(len(things))]

    def weighted(self, things: Sequence[Thing], sums: Sequence[int]) -> Thing:
        """One of some things by their weights, given as running sums."""
        return things[bisect(sums, self.below(sums[-1]))]

    def happens(self, percent: int) -> bool:
        """Whether something of this likelihood happens."""
        return self.below(100) < percent


def days_of(store: str) -> tuple[list[date], list[int]]:
    """The days a store is open, with running sums of how busy they are."""
    days, weights = [], []
    for offset in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=offset)
        holiday = day.weekday() == 6 or (day.month, day.day) in CLOSED
        if not holiday or store == "Dworzec":
            days.append(day)
            weights.append((6 if holiday else WEEKDAYS[day.weekday()]) * MONTHS[day.month - 1])
    return days, list(accumulate(weights))


OPEN = {store: days_of(store) for store in STORES}
SHELF = list(accumulate(product.weight for product in PRODUCTS))
LINES = list(accumulate(LINES_WEIGHTS))


def card_number(number: int) -> str:
    """A thirteen-digit card with its EAN check digit."""
    digits = f"29{number:010}"
    return digits + str(-sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(digits)) % 10)


def make_member(number: int, chance: Chance) -> Member:
    """One invented member."""
    _, fewest, most = chance.weighted(VISITORS, list(accumulate(share for share, _, _ in VISITORS)))
    joined = FIRST_DAY - timedelta(days=chance.between(1, 700))
    if chance.happens(45):
        joined = FIRST_DAY + timedelta(days=chance.below(660))
    year = chance.between(1942, 2006)
    groups = ("emeryt",) if year < 1961 else ("student",) if year > 2001 else ()
    series = (4100000, 8800000) if chance.happens(4) else (4100000,)
    return Member(
        number=number,
        name=f"{chance.one_of(FIRST_NAMES)} {chance.one_of(INITIALS)}.",
        cards=tuple(card_number(first + number * 37) for first in series),
        birthday=date(year, chance.between(1, 12), chance.between(1, 28)) if chance.happens(80) else None,
        joined=joined,
        groups=groups if chance.happens(85) else (),
        home=chance.weighted(STORES, list(accumulate(STORE_WEIGHTS))),
        visits=chance.between(fewest, most),
        listed=number < MEMBERS - CARDS_IN_NO_LIST,
    )


def make_rows(chance: Chance, *, percent_off: int) -> tuple[Row, ...]:
    """The rows of one sale; iced tea comes with a deposit for its bottle."""
    rows: dict[str, Row] = {}
    for _ in range(chance.weighted(range(1, 9), LINES)):
        product = chance.weighted(PRODUCTS, SHELF)
        quantity = chance.one_of(METRES) if product.by_metre else 1000 * (1 + chance.below(3) * chance.below(2))
        price = (product.price * quantity + 500) // 1000
        rows[product.code] = Row(product=product, quantity=quantity, discount=price * percent_off // 100)
    if ICED_TEA in rows and len(rows) < 8:
        rows[BOTTLE_DEPOSIT.code] = Row(product=BOTTLE_DEPOSIT, quantity=rows[ICED_TEA].quantity)
    return tuple(rows.values())


def make_sale(store: str, card: str, chance: Chance, *, since: date = FIRST_DAY, member: Member | None = None) -> Receipt:
    """One sale on a day the store is open."""
    days, sums = OPEN[store]
    day = chance.weighted(days, sums)
    while day < since:
        day = chance.weighted(days, sums)
    percent_off = 7 if member and "emeryt" in member.groups else 5 if member and chance.happens(8) else 0
    rows = make_rows(chance, percent_off=percent_off)
    if card and rows[0].amount >= 4000 and chance.happens(12):
        rows = (replace(rows[0], coupon=2000), *rows[1:])
    return Receipt(
        store=store,
        day=day,
        minute=chance.between(540, 1079),
        card=card,
        rows=rows,
        till=1 + chance.happens(35),
    )


def make_sales(members: Sequence[Member], chance: Chance) -> list[Receipt]:
    """Everything that was sold."""
    sales = []
    for member in members:
        for _ in range(member.visits):
            store = member.home if chance.happens(85) else chance.one_of(STORES)
            card = chance.one_of(member.cards)
            sales.append(make_sale(store, card, chance, since=max(member.joined, FIRST_DAY), member=member))
    sums = list(accumulate(STORE_WEIGHTS))
    sales.extend(make_sale(chance.weighted(STORES, sums), "", chance) for _ in range(RECEIPTS_WITHOUT_CARD))
    return sales


def numbered(receipts: Sequence[Receipt]) -> list[Receipt]:
    """Receipts by time with their numbers: in Rynek anew each day at each till, elsewhere running."""
    counts: dict[tuple[date, int], int] = {}
    named = []
    ordered = sorted(receipts, key=lambda receipt: (receipt.day, receipt.minute, receipt.till, receipt.card))
    for place, receipt in enumerate(ordered, start=1):
        at_till = (receipt.day, receipt.till)
        counts[at_till] = counts.get(at_till, 0) + 1
        number = str(counts[at_till]) if receipt.store == "Rynek" else f"{receipt.store[0]}{place:05}"
        named.append(replace(receipt, number=number))
    return named


def make_returns(sales: Sequence[Receipt], chance: Chance) -> list[Receipt]:
    """What came back some days later: some of it names its receipt, some has lost even the card."""
    returns = []
    candidates = [sale for sale in sales if sale.card and sale.day < LAST_DAY - timedelta(days=25) and not sale.rows[0].coupon]
    for _ in range(RETURNS):
        sale = chance.one_of(candidates)
        candidates.remove(sale)
        days = [day for day in OPEN[sale.store][0] if sale.day < day <= sale.day + timedelta(days=20)]
        linked = sale.store != "Rynek" and chance.happens(75)
        rows = sale.rows if chance.happens(25) else sale.rows[:1]
        back = replace(sale, day=chance.one_of(days), minute=chance.between(600, 1000), rows=rows, back=True)
        card = "" if linked and chance.happens(20) else sale.card
        returns.append(replace(back, original=sale.number if linked else "", card=card))
    return returns


def make_shop(folder: Path) -> None:
    """Write the shop's members, products and exports into a folder."""
    chance = Chance()
    members = [make_member(number, chance) for number in range(MEMBERS)]
    drafts = make_sales(members, chance)
    by_store = {store: numbered([sale for sale in drafts if sale.store == store]) for store in STORES}
    sales = [sale for store in STORES for sale in by_store[store]]
    returns = make_returns(sales, chance)
    for store in STORES:
        backs = [back for back in returns if back.store == store]
        by_store[store] += [replace(back, number=f"{'' if store == 'Rynek' else 'Z'}{9000 + place}") for place, back in enumerate(backs)]
        by_store[store].sort(key=lambda receipt: (receipt.day, receipt.minute, receipt.till, receipt.number))
    write_shop(folder, [member for member in members if member.listed], by_store)


if __name__ == "__main__":
    make_shop(Path(__file__).parent / "shop")
