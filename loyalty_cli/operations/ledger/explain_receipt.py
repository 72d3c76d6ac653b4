"""One receipt, line by line and rule by rule: where it came from, what came back, what paid it, what it earned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Figure
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.store.ledger.explaining import entries_of_receipt
from loyalty_cli.store.ledger.explaining import lines_of
from loyalty_cli.store.ledger.explaining import paid_by_loyalty
from loyalty_cli.store.ledger.explaining import returns_of_sale
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.explained import Explained
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.explaining import FoundReceipt

LINES = (
    Column(name="product", heading="Product", kind="code"),
    Column(name="name", heading="Product name"),
    Column(name="category", heading="Category"),
    Column(name="quantity", heading="Quantity"),
    Column(name="amount", heading="Amount", kind="money", total=True),
    Column(name="discount", heading="Discount", kind="money", total=True),
    Column(name="loyalty", heading="Paid by loyalty", kind="money", total=True),
)
STEPS = (
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="applies", heading="Applies", kind="word"),
    Column(name="money", heading="Money it looks at", kind="money"),
    Column(name="points", heading="Points", kind="points", total=True),
    Column(name="why", heading="Why", kind="said"),
)
RECEIPT_ENTRIES = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="asset", heading="What", kind="posted"),
    Column(name="quantity", heading="Change", kind="points"),
    Column(name="booked", heading="Booked", kind="day"),
)


def explain_receipt(connection: Connection, receipt: FoundReceipt, facts: ShopFacts) -> Outcome:
    """Everything about one receipt."""
    currency = facts.currency
    lines = lines_of(connection, receipt.id)
    rows: list[tuple[Cell, ...]] = [(*line[:3], quantity_text(line[3]), *line[4:7]) for line in lines]
    title = phrase("Receipt {number} of {store}, {day}", number=receipt.number, store=receipt.store, day=OnDay(receipt.day))
    tables = [
        Table(
            name="lines",
            title=title,
            columns=LINES,
            rows=rows,
            notes=notes_of(connection, receipt, lines, currency),
            currency=currency.code,
            digits=currency.digits,
        )
    ]
    explained = explanation(connection, receipt)
    if explained:
        tables.append(steps_table(*explained, currency))
    posted = entries_of_receipt(connection, receipt.id)
    entries = [(entry.day, entry.rule, entry.asset, entry.quantity, entry.booked) for entry in posted]
    empty = phrase("This receipt has caused no entries.")
    tables.append(
        Table(
            name="entries",
            title=phrase("Entries it caused"),
            columns=RECEIPT_ENTRIES,
            rows=entries,
            empty=empty,
            currency=currency.code,
            digits=currency.digits,
        )
    )
    data = {"receipt": receipt.number, "store": receipt.store, "card": receipt.card, "import": receipt.import_id}
    return Outcome(tables=tables, data=data, language=facts.language, tree=True)


def quantity_text(quantity: Cell) -> str:
    """Thousandths as people write them."""
    return str(Figure(int(quantity or 0)))


def notes_of(connection: Connection, receipt: FoundReceipt, lines: list[tuple[Cell, ...]], currency: Currency) -> list[Phrase]:
    """Where it came from, whose it is, what does not count."""
    amount = currency.money
    by_hand = receipt.file.startswith("by hand ")
    told = phrase("From import {id}, entered by hand.", id=receipt.import_id)
    notes = [told if by_hand else phrase("From import {id}, file {file}.", id=receipt.import_id, file=receipt.file)]
    notes.append(phrase("Card {card}.", card=receipt.card) if receipt.card else phrase("Without a card: it earns nothing for anybody."))
    if receipt.gone:
        notes.append(phrase("This receipt does not count any more: it was superseded, or its import was reverted."))
    if receipt.sale:
        notes.append(phrase("Its goods came back of receipt {receipt}.", receipt=receipt.sale))
    elif receipt.returned:
        notes.append(phrase("Of this, {amount} came back.", amount=amount(receipt.returned)))
    for store, number, day, returned in returns_of_sale(connection, receipt.id):
        came = phrase(
            "Goods of it came back: {amount} on {day}, receipt {receipt}.",
            amount=amount(returned),
            day=OnDay(day),
            receipt=f"{store} {number}",
        )
        notes.append(came)
    paid = paid_by_loyalty(connection, receipt.id)
    notes += [
        phrase("Points ({points}) paid {amount} of it.", points=points, amount=amount(worth))
        if kind == "points"
        else phrase("Coupon {code} paid {amount} of it.", code=code, amount=amount(worth))
        for kind, points, worth, code in paid
    ]
    if receipt.loyalty:
        notes.append(phrase("{amount} were paid by coupon or points and earn nothing.", amount=amount(receipt.loyalty)))
    excluded = sum(int(line[4] or 0) for line in lines if line[7])
    if excluded:
        notes.append(phrase("{amount} are for products that the product list excludes.", amount=amount(excluded)))
    return notes


def explanation(connection: Connection, receipt: FoundReceipt) -> tuple[Explained, Program] | None:
    """What the earn rules made of it, by replaying its member up to it, and the program of its day."""
    # Only a receipt needs the program; a card is explained by its entries alone.
    from loyalty_cli.operations.in_force import plan_of
    from loyalty_cli.operations.ledger.source import facts_of_members
    from loyalty_cli.replay.explained import explain_purchases
    from loyalty_cli.replay.replayer import Replayer

    versions = versions_in_force(connection)
    if receipt.member is None or receipt.gone or not versions:
        return None
    plan = plan_of(versions)
    for facts in facts_of_members(connection, plan, [receipt.member], receipt.day):
        explained = explain_purchases(Replayer(plan), facts).get(receipt.id)
        return (explained, plan.in_force(receipt.day)) if explained else None
    return None


def steps_table(explained: Explained, program: Program, currency: Currency) -> Table:
    """The earn rules one by one, each with its rate or its factor in a sentence."""
    from loyalty_cli.operations.ledger.entry_said import step_said

    rows: list[tuple[Cell, ...]] = []
    for step in explained.steps:
        why = step_said(program, step.rule, step.money, step.points) if step.held and explained.counted else None
        rows.append((step.rule, "yes" if step.held else "no", step.money, step.points, kept(why) if why else ""))
    notes = [phrase("Tier before this receipt: {tier}.", tier=explained.tier)] if explained.tier else []
    if not explained.counted:
        notes.append(phrase("The program had not started or had ended: nothing is earned."))
    empty = phrase("The program has no earn rules.")
    return Table(
        name="rules",
        title=phrase("What the rules made of it"),
        columns=STEPS,
        rows=rows,
        notes=notes,
        empty=empty,
        currency=currency.code,
        digits=currency.digits,
    )
