"""`loyalty explain`: how each number came to be, of a card entry by entry, of a receipt line by line and rule by rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.money import Currency
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.called import in_money
from loyalty_cli.operations.shop_language import shop_words
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.store.ledger.explaining import coupons_of_member
from loyalty_cli.store.ledger.explaining import entries_of_member
from loyalty_cli.store.ledger.explaining import entries_of_receipt
from loyalty_cli.store.ledger.explaining import lines_of
from loyalty_cli.store.ledger.explaining import receipts_numbered
from loyalty_cli.store.ledger.standings import standing_of_member
from loyalty_cli.store.members.records import owner_of_card
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.replay.explained import Explained
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.explaining import FoundReceipt

CARD_ENTRIES = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="rule", heading="Rule"),
    Column(name="cause", heading="Cause"),
    Column(name="asset", heading="What"),
    Column(name="quantity", heading="Change", kind="points"),
    Column(name="balance", heading="Balance", kind="points"),
    Column(name="booked", heading="Booked", kind="day"),
)
STANDING = (Column(name="what", heading="What", kind="word"), Column(name="value", heading="Value"))
COUPONS = (
    Column(name="code", heading="Code", kind="code"),
    Column(name="coupon", heading="Coupon"),
    Column(name="from", heading="From", kind="day"),
    Column(name="until", heading="Until", kind="day"),
    Column(name="state", heading="State", kind="word"),
)

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
    Column(name="rule", heading="Rule"),
    Column(name="applies", heading="Applies", kind="word"),
    Column(name="money", heading="Money it looks at", kind="money"),
    Column(name="points", heading="Points", kind="points", total=True),
)
RECEIPT_ENTRIES = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="rule", heading="Rule"),
    Column(name="asset", heading="What"),
    Column(name="quantity", heading="Change", kind="points"),
    Column(name="booked", heading="Booked", kind="day"),
)


def explain(shop: Shop, what: str, *, store: str | None = None) -> Outcome:
    """Explain a card, else the receipt of that number; `store` chooses among stores with the same number."""
    with shop.reading() as connection:
        words = shop_words(shop, connection)
        store = None if store is None else store_meant(connection, store)
        member = owner_of_card(connection, what) if store is None else None
        if member is not None:
            return in_money(explain_card(connection, member, what, words), words)
        found = [receipt for receipt in receipts_numbered(connection, what) if store in (None, receipt.store)]
        live = [receipt for receipt in found if not receipt.gone]
        if len(live) > 1:
            stores = ", ".join(receipt.store for receipt in live)
            raise LoyaltyError(
                "Several stores have a receipt {number}: {stores}.",
                number=what,
                stores=stores,
                hint=phrase("Choose one with --store."),
            )
        if not found:
            raise LoyaltyError(
                "There is no card and no receipt {number}.",
                number=what,
                hint=phrase("The members: loyalty report members"),
            )
        return in_money(explain_receipt(connection, (live or found)[0], words), words)


def explain_card(connection: Connection, member: int, card: str, words: dict[str, str]) -> Outcome:
    """The member's entries in order, each with the balance of its asset after it."""
    currency, digits = words.get("currency", ""), int(words.get("digits", "2"))
    rows: list[tuple[Cell, ...]] = []
    balances: dict[object, int] = {}
    for day, booked, rule, asset, quantity, cause in entries_of_member(connection, member):
        balances[asset] = balances.get(asset, 0) + int(quantity or 0)
        rows.append((day, rule, cause, asset, quantity, balances[asset], booked))
    coupons = coupons_of_member(connection, member)
    tables = [
        standing_table(connection, member, card, words),
        Table(
            name="entries",
            title=phrase("Entries of card {card}", card=card),
            columns=CARD_ENTRIES,
            rows=rows,
            currency=currency,
            digits=digits,
            basis=phrase("By the day on which the cause happened."),
            empty=phrase("Nothing has been posted for this card. Entries are posted by: loyalty recalc"),
            gathered_by="cause",
        ),
    ]
    if coupons:
        tables.append(
            Table(
                name="coupons", title=phrase("Coupons"), columns=COUPONS, rows=coupons, currency=currency, digits=digits
            )
        )
    tables += offers_to_card(connection, member)
    data = {"card": card, "balances": {str(asset): balance for asset, balance in balances.items()}}
    return Outcome(tables=tables, data=data, language=words.get("language", ""), tree=True)


def offers_to_card(connection: Connection, member: int) -> list[Table]:
    """The discounts a member has and the rewards that are open, on the day through which the member was recalculated."""
    from loyalty_cli.operations.ledger.member_discounts import discounts_table
    from loyalty_cli.operations.ledger.member_progress import progress_table

    standing = standing_of_member(connection, member)
    tables = [make(connection, member, standing.until) for make in (discounts_table, progress_table)] if standing else []
    return [table for table in tables if table]


def standing_table(connection: Connection, member: int, card: str, words: dict[str, str]) -> Table:
    """How the member stands, in words."""
    currency, digits = words.get("currency", ""), int(words.get("digits", "2"))
    standing = standing_of_member(connection, member)
    rows: list[tuple[Cell, ...]] = []
    if standing is not None:
        # Money keeps its dots here: the table's values are of many kinds, so they are texts.
        def money(amount: int) -> str:
            return f"{amount / 10**digits:.{digits}f} {currency}"

        by_money = words.get("tiers_by", "spend") == "spend"
        counted = money(standing.qualifying) if by_money else str(standing.qualifying)
        rows = [
            ("Tier", standing.tier or "–"),
            ("Counted for the tier", counted),
            ("Points", str(standing.points)),
            ("Pending points", str(standing.pending)),
        ]
        benefits = json.loads(words.get("benefits", "{}")).get(standing.tier, ())
        rows += [("Benefits", ", ".join(benefits))] if benefits else []
        if standing.next_tier and standing.missing is not None:
            missing = money(standing.missing) if by_money else str(standing.missing)
            rows += [("Next tier", standing.next_tier), ("Missing", missing)]
        rows += [
            ("Spent", money(standing.spent)),
            ("Visits", str(standing.visits)),
            ("Discount", f"{standing.discount / 100:g}%"),
        ]
    return Table(
        name="standing",
        title=phrase("Card {card}", card=card),
        columns=STANDING,
        rows=rows,
        currency=currency,
        digits=digits,
        basis=phrase("Through {day}.", day=OnDay(standing.until)) if standing else None,
        empty=phrase("This card has not been recalculated yet: loyalty recalc"),
    )


def explain_receipt(connection: Connection, receipt: FoundReceipt, words: dict[str, str]) -> Outcome:
    """Everything about one receipt."""
    money = Currency(code=words.get("currency", ""), digits=int(words.get("digits", "2")))
    lines = lines_of(connection, receipt.id)
    rows: list[tuple[Cell, ...]] = [(*line[:3], quantity_text(line[3]), *line[4:7]) for line in lines]
    title = phrase(
        "Receipt {number} of {store}, {day}", number=receipt.number, store=receipt.store, day=OnDay(receipt.day)
    )
    tables = [
        Table(
            name="lines",
            title=title,
            columns=LINES,
            rows=rows,
            notes=notes_of(receipt, lines, money),
            currency=money.code,
            digits=money.digits,
        )
    ]
    explained = explanation(connection, receipt)
    if explained:
        tables.append(steps_table(explained, money))
    entries = [
        (day, rule, asset, quantity, booked)
        for day, booked, rule, asset, quantity, _ in entries_of_receipt(connection, receipt.id)
    ]
    empty = phrase("This receipt has caused no entries.")
    tables.append(
        Table(
            name="entries",
            title=phrase("Entries it caused"),
            columns=RECEIPT_ENTRIES,
            rows=entries,
            empty=empty,
            currency=money.code,
            digits=money.digits,
        )
    )
    data = {"receipt": receipt.number, "store": receipt.store, "card": receipt.card, "import": receipt.import_id}
    return Outcome(tables=tables, data=data, language=words.get("language", ""), tree=True)


def quantity_text(quantity: Cell) -> str:
    """Thousandths as people write them."""
    return f"{int(quantity or 0) / 1000:g}"


def notes_of(receipt: FoundReceipt, lines: list[tuple[Cell, ...]], money: Currency) -> list[Phrase]:
    """Where it came from, whose it is, what does not count."""

    def amount(value: int) -> Money:
        return Money(value, money.code, money.digits)

    notes = [phrase("From import {id}, file {file}.", id=receipt.import_id, file=receipt.file)]
    notes.append(
        phrase("Card {card}.", card=receipt.card)
        if receipt.card
        else phrase("Without a card: it earns nothing for anybody.")
    )
    if receipt.gone:
        notes.append(phrase("This receipt does not count any more: it was superseded, or its import was reverted."))
    if receipt.sale:
        notes.append(phrase("Its goods came back of receipt {receipt}.", receipt=receipt.sale))
    elif receipt.returned:
        notes.append(phrase("Of this, {amount} came back.", amount=amount(receipt.returned)))
    if receipt.loyalty:
        notes.append(phrase("{amount} were paid by coupon or points and earn nothing.", amount=amount(receipt.loyalty)))
    excluded = sum(int(line[4] or 0) for line in lines if line[7])
    if excluded:
        notes.append(phrase("{amount} are for products that the product list excludes.", amount=amount(excluded)))
    return notes


def explanation(connection: Connection, receipt: FoundReceipt) -> Explained | None:
    """What the earn rules made of it, by replaying its member up to it."""
    # Only a receipt needs the program; a card is explained by its entries alone.
    from loyalty_cli.operations.in_force import plan_of
    from loyalty_cli.operations.ledger.source import facts_of_members
    from loyalty_cli.replay.explained import explain_purchase
    from loyalty_cli.replay.replayer import Replayer

    versions = versions_in_force(connection)
    if receipt.member is None or receipt.gone or not versions:
        return None
    plan = plan_of(versions)
    for facts in facts_of_members(connection, plan, [receipt.member], receipt.day):
        return explain_purchase(Replayer(plan), facts, receipt.id)
    return None


def steps_table(explained: Explained, money: Currency) -> Table:
    """The earn rules one by one."""
    rows: list[tuple[Cell, ...]] = [
        (step.rule, "yes" if step.held else "no", step.money, step.points) for step in explained.steps
    ]
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
        currency=money.code,
        digits=money.digits,
    )
