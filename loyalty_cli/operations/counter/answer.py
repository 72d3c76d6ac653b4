"""`loyalty quote`: what the till should charge and why, what the purchase brings, what the cashier can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.baskets.discounts import discounts_of
from loyalty_cli.baskets.held import name_said
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.counter.asked import asked_of
from loyalty_cli.operations.counter.figures import figures
from loyalty_cli.operations.counter.figures import notes_in_figures
from loyalty_cli.operations.counter.notes import notes_of
from loyalty_cli.operations.counter.till import most_grave
from loyalty_cli.operations.counter.till import Till

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from typing import Any

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.counter.notes import Notes
    from loyalty_cli.operations.counter.quote import Quote
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.rules.watch import Progress

LINES = (
    Column(name="goods", heading="Goods"),
    Column(name="before", heading="Before", kind="money", total=True),
    Column(name="price", heading="Price", kind="money", total=True),
    Column(name="paid", heading="In money", kind="money", total=True),
)
PAYS = (
    Column(name="name", heading="Discount", kind="said"),
    Column(name="what", heading="What", kind="said"),
    Column(name="amount", heading="Amount", kind="money", total=True),
)
WITHOUT = (Column(name="name", heading="Discount", kind="said"), Column(name="why", heading="Why not", kind="said"))
BRINGS = (
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="what", heading="What", kind="posted"),
    Column(name="quantity", heading="Change", kind="points"),
)
REWARDS = (
    Column(name="reward", heading="Reward"),
    Column(name="before", heading="Before", kind="said"),
    Column(name="after", heading="After", kind="said"),
    Column(name="until", heading="Until", kind="day"),
)
CAN_PAY = (
    Column(name="name", heading="Coupon"),
    Column(name="code", heading="Code", kind="code"),
    Column(name="until", heading="Until", kind="day"),
    Column(name="pays", heading="Pays", kind="money"),
    Column(name="why", heading="Why not", kind="said"),
)


def quote(shop: Shop, values: Mapping[str, Any]) -> Outcome:
    """Quote one basket; what is refused is said with its reason and code, and the rest is quoted all the same."""
    with shop.reading() as connection:
        till = Till(connection, shop.now)
        found = till.quote(asked_of(values, till.currency))
        notes = notes_of(connection, found)
    grave = most_grave(found.refused)
    return Outcome(
        said=list(said(found, notes)),
        warnings=[each.error.phrase for each in found.refused],
        tables=[table for table in tables(found, notes) if table.rows],
        data={**figures(found), **notes_in_figures(notes, found)},
        exit_code=ExitCode.OK if grave is None else grave.exit_code,
        language=found.program.language,
    )


def said(found: Quote, notes: Notes) -> Iterator[Phrase]:
    """What matters most, in a few lines."""
    money = found.program.currency.money
    before = sum(line.total for line in found.asked.lines)
    pay = money(found.to_pay)
    if found.to_pay == before:
        yield phrase("To pay: {amount}.", amount=pay)
    else:
        yield phrase("To pay: {amount} of {before}.", amount=pay, before=money(before))
    if found.before is not None:
        if found.before.tier:
            yield phrase("Tier: {tier}.", tier=found.before.tier)
        if notes.most:
            pays = money(notes.most_pays)
            yield phrase("Points ({points}) could pay {amount} of it.", points=notes.most, amount=pays)
    if notes.benefits:
        yield phrase("Do not forget: {benefits}.", benefits=list(notes.benefits))
    yield from (sentence for _, sentence in notes.says)


def tables(found: Quote, notes: Notes) -> Iterator[Table]:
    """Line by line, discount by discount, what is earned, how far every open reward is."""
    names = {each.code: each.name for each in found.asked.coupons}
    yield table(found, "lines", phrase("Lines"), LINES, lines_of(found))
    yield table(found, "discounts", phrase("What comes off, and what pays"), PAYS, pays_of(found))
    rows: list[tuple[Cell, ...]] = [(names.get(each.name) or name_said(each.name), kept(each.why)) for each in found.priced.without]
    yield table(found, "not applied", phrase("What does not apply"), WITHOUT, rows)
    earned = [(entry.rule, entry.asset, entry.quantity) for entry in found.entries]
    yield table(found, "earns", phrase("What the purchase brings"), BRINGS, earned)
    yield table(found, "rewards", phrase("Open rewards"), REWARDS, list(rewards_of(found)))
    coupons = [(each.name, each.code, each.until, each.pays, kept(each.why_not) if each.why_not else None) for each in notes.coupons]
    yield table(found, "can pay", phrase("Coupons that have not been shown"), CAN_PAY, coupons)


def table(found: Quote, name: str, title: Phrase, columns: tuple[Column, ...], rows: list[Any]) -> Table:
    """One table in the program's currency."""
    currency = found.program.currency
    return Table(name=name, title=title, columns=columns, rows=rows, currency=currency.code, digits=currency.digits)


def lines_of(found: Quote) -> list[tuple[Cell, ...]]:
    """The lines with their prices."""
    totals = [line.total for line in found.asked.lines]
    paid = found.of_all(totals, found.priced.paid)
    rows = zip(found.asked.lines, found.prices, paid, strict=True)
    return [(line.product or line.category or "", line.total, price, part) for line, price, part in rows]


def pays_of(found: Quote) -> list[tuple[Cell, ...]]:
    """Discounts with what they are, then coupons and points."""
    amount = found.program.currency.money

    offers = discounts_of(found.program, found.asked.shopper)
    names = {each.code: each.name for each in found.asked.coupons}
    rows: list[tuple[Cell, ...]] = [
        (name_said(one.name), kept(offers[one.name].announced(amount)), one.total) for one in found.priced.discounts
    ]
    rows += [(names[one.name], kept(phrase("coupon {code}", code=one.name)), one.total) for one in found.priced.coupons]
    if found.priced.points is not None:
        used = phrase("{count} point", "{count} points", count=found.priced.points_used)
        rows.append((kept(phrase("points")), kept(used), found.priced.points.total))
    return rows


def rewards_of(found: Quote) -> Iterator[tuple[Cell, ...]]:
    """How far every open reward was and is."""

    def far(progress: Progress | None) -> str | None:
        return None if progress is None else kept(progress.said(found.program.currency.money))

    if found.before is None or found.after is None:
        return
    for name, progress in {**found.before.open, **found.after.open}.items():
        until = None if progress.until >= NEVER else progress.until
        after = found.after.open.get(name)
        yield name, far(found.before.open.get(name)), far(after) if after else kept(phrase("reached")), until
