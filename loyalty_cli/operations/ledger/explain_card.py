"""One member: how they stand, every entry with its rule and cause, and the running balance of points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.store.ledger.explaining import coupons_of_member
from loyalty_cli.store.ledger.explaining import entries_of_member
from loyalty_cli.store.ledger.standings import standing_of_member

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.store.database import Connection

COLUMNS = (
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
            columns=COLUMNS,
            rows=rows,
            currency=currency,
            digits=digits,
            basis=phrase("By the day on which the cause happened."),
            empty=phrase("Nothing has been posted for this card. Entries are posted by: loyalty recalc"),
        ),
    ]
    if coupons:
        tables.append(
            Table(
                name="coupons", title=phrase("Coupons"), columns=COUPONS, rows=coupons, currency=currency, digits=digits
            )
        )
    return Outcome(
        tables=tables,
        data={"card": card, "balances": {str(asset): balance for asset, balance in balances.items()}},
        language=words.get("language", ""),
    )


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
