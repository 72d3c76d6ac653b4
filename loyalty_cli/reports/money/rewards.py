"""What the rewards that were given cost, as they are expected to be used: by what happened, and by what one of each is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.costs import costs_from
from loyalty_cli.model.entry import TIERS
from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE
from loyalty_cli.paying.prizes import prizes_of_versions
from loyalty_cli.paying.spending import at_once
from loyalty_cli.paying.spending import Changed
from loyalty_cli.paying.spending import lines_of
from loyalty_cli.paying.spending import PRIZES
from loyalty_cli.paying.spending import Used
from loyalty_cli.paying.spending import used_shares
from loyalty_cli.paying.tiers import as_json
from loyalty_cli.paying.tiers import tier_percents
from loyalty_cli.paying.worths import purse_of
from loyalty_cli.paying.worths import Usual
from loyalty_cli.paying.worths import worths_of
from loyalty_cli.reports.in_force import programs_in_force
from loyalty_cli.reports.ledger.worths import worths_in_months
from loyalty_cli.reports.reward_costs import BATCH_COSTS
from loyalty_cli.reports.wallets import purses
from loyalty_cli.store.paying import changed_by_day
from loyalty_cli.store.paying import off_in_tiers
from loyalty_cli.store.paying import turnover_by_day
from loyalty_cli.store.paying import used_coupons
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.costs import Costs
    from loyalty_cli.model.days import Day
    from loyalty_cli.paying.spending import Line
    from loyalty_cli.paying.worths import Uses
    from loyalty_cli.paying.worths import Worths
    from loyalty_cli.program.program import Program
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.paying import InTier
    from loyalty_cli.store.paying import Turnover
    from loyalty_cli.store.reading import Connection

# What batches of coupons paid is a cost as soon as it is used, and none before.
OF_BATCHES = f"WITH cost AS ({BATCH_COSTS}) SELECT day, rule, asset, sum(amount), sum(uses) FROM cost WHERE day <= :last GROUP BY 1, 2, 3"


InMonths = Mapping[str, Callable[[str], int]]
"""What points were worth in a month, by what the ledger calls them."""


class Books(NamedTuple):
    """All that happened until a day: what was bought and given, what was used of batches, what tiers took off.

    Besides, the versions of the program, and what points were worth in each month.
    """

    last: Day
    versions: Sequence[tuple[Day, Program]]
    bought: Mapping[Day, Turnover]
    changed: Sequence[Changed]
    batches: Sequence[Used]
    off: Sequence[InTier]
    worths: InMonths

    @property
    def in_force(self) -> list[Program]:
        """The programs through the last day, the newest one last; the first covers all earlier days."""
        return [program for place, (day, program) in enumerate(self.versions) if not place or day <= self.last]


def expected_by_month(
    connection: Connection, question: Question, last: Day, bought: Mapping[Day, Turnover], worths: InMonths
) -> Mapping[str, int]:
    """What the rewards given until a day cost as they are expected to be used, month by month; `bought` is what each day took.

    Nothing before a program has been adopted.
    """
    costs: Counter[str] = Counter()
    books = books_until(connection, question, last, bought, worths)
    if books is not None:
        span = begun(books, costs_from(question.shop.costs)), last
        for line in lines_in(books, worths_in(connection, books, question, *span), *span):
            costs[line.month] += line.expected
    return costs


def cost_of_rewards(connection: Connection, question: Question, spans: Sequence[tuple[Day, Day]]) -> list[int] | None:
    """What the rewards given in some spans of days cost, as they are expected to be used: what `report money` says of each span.

    How much of a kind is used is known by the end of the last span. None before a program has been adopted.
    """
    books = books_until(connection, question, max(last for _, last in spans)) if spans else None
    if books is None:
        return None
    return [sum(each.expected for each in lines_in(books, worths_in(connection, books, question, *span), *span)) for span in spans]


def books_until(
    connection: Connection, question: Question, last: Day, bought: Mapping[Day, Turnover] | None = None, worths: InMonths | None = None
) -> Books | None:
    """All that happened until a day; None before a program has been adopted.

    `bought` is what each day took and `worths` what points were worth, where that is known.
    """
    versions = programs_in_force(connection)
    if not versions:
        return None
    percents = list(tier_percents(versions))
    return Books(
        last=last,
        versions=versions,
        bought=turnover_by_day(connection, 0, last) if bought is None else bought,
        changed=list(map(Changed._make, changed_by_day(connection, last))),
        batches=list(cost_of_batches(connection, question.shop.books, [program for _, program in reversed(versions)], last)),
        off=off_in_tiers(connection, 0, last, as_json(percents)) if percents else (),
        worths=worths_in_months(connection, purses(connection, question)) if worths is None else worths,
    )


def cost_of_batches(connection: Connection, said: str, programs: Sequence[Program], last: Day) -> Iterator[Used]:
    """What batches of coupons paid until a day; of those that were sold, as the books say, what they paid beyond their price."""
    found = (Used(*each) for each in rows_of(connection, OF_BATCHES, {"last": last}))  # type: ignore[arg-type]
    if not said:
        yield from found
        return
    # Imported here because most shops state nothing.
    from loyalty_cli.model.bookkeeping import bookkeeping_from

    books = bookkeeping_from(said)
    for use in found:
        name = use.asset.partition(":")[2]
        how = books.of_coupon(name)
        terms = next((program.coupons[name] for program in programs if name in program.coupons), None)
        most = how.worth * terms.uses or terms.most or 0 if terms else 0
        if how.treatment != "sold":
            yield use
        elif how.price and how.price < most:
            yield use._replace(amount=rounded(use.amount * (most - how.price), most, "half up"))


def begun(books: Books, costs: Costs) -> Day:
    """The day with the first cost; where all is of days before it, the first day on which anything was bought."""
    first = min((books.versions[0][1].starts, *(cost.first for cost in costs.set_up), *(each.day for each in books.changed[:1])))
    return first if first <= books.last else min(books.bought, default=books.last)


def worths_in(connection: Connection, books: Books, question: Question, first: Day, last: Day) -> Worths:
    """What one of each asset is worth by the program of the last day, or the last one that knew it, and how much will be used.

    Points are worth what they are in each month's books.
    """
    uses: Uses = {**used_shares(books.changed), **used_coupons(connection, last)}
    stated = stated_use(question.shop.books, last)
    if stated is not None:
        uses = {**uses, "points": (WHOLE, stated)}
    bought = [each for day, each in books.bought.items() if first <= day <= last]
    usual = Usual(sum(each.members for each in bought), sum(each.receipts for each in bought))
    found = worths_of(books.in_force[::-1], sorted({purse_of(each.asset) for each in books.changed}), uses, usual)
    return replace(found, in_months=books.worths)


def stated_use(books: str, day: Day) -> int | None:
    """The share of points that is expected to be used as `books:` states it for a day, in basis points."""
    if not books:
        return None
    # Imported here because most shops state nothing.
    from loyalty_cli.model.bookkeeping import bookkeeping_from
    from loyalty_cli.model.bookkeeping import in_force

    return in_force(bookkeeping_from(books).expected_use, day)


def lines_in(books: Books, worths: Worths, first: Day, last: Day, used: Sequence[Used] = ()) -> list[Line]:
    """What the rules of each month gave, percents of tiers and prizes among them, and what was used of it."""
    changed = (each for each in books.changed if first <= each.day <= last)
    lines = lines_of(changed, (use for use in used if first <= use.day <= last), worths)
    for off in books.off:
        if first <= off.day <= last:
            lines.append(at_once(off.day, TIERS, f"tier:{off.tier or books.in_force[-1].base_tier}", off.receipts, off.off))
    lines += [at_once(use.day, use.rule, use.asset, use.uses, use.amount) for use in books.batches if first <= use.day <= last]
    for prizes in prizes_of_versions(books.versions, first, last):
        lines.append(at_once(prizes.day, f"draws.{prizes.draw}", PRIZES, prizes.many, prizes.worth))
    return lines
