"""The page of what is kept of one member, for whoever asks what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.document import Document
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.consents.given import COLUMNS
from loyalty_cli.operations.consents.given import row_of
from loyalty_cli.operations.members.wishes import birthday_shown
from loyalty_cli.store.members.consents import consent_rows
from loyalty_cli.store.members.readable import list_of
from loyalty_cli.store.members.readable import record_of
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.store.database import Connection

LABELS = (
    phrase("Name"),
    phrase("Member no."),
    phrase("Cards"),
    phrase("Telephone"),
    phrase("E-mail"),
    phrase("Address"),
    phrase("Language"),
    phrase("Birthday"),
    phrase("Name day"),
    phrase("Joined"),
)
DAY = Column(name="day", heading="Day", kind="day")
# Each list: its heading, and its columns in the order in which the store gives them.
LISTS: Mapping[str, tuple[Phrase, tuple[Column, ...]]] = {
    "groups": (
        phrase("Groups"),
        (
            Column(name="group", heading="Group"),
            Column(name="from", heading="From", kind="day"),
            Column(name="until", heading="Until", kind="day"),
            Column(name="proof", heading="Proof"),
        ),
    ),
    "purchases": (
        phrase("Purchases"),
        (
            DAY,
            Column(name="store", heading="Store"),
            Column(name="receipt", heading="Receipt", kind="code"),
            Column(name="paid", heading="Paid", kind="money"),
        ),
    ),
    "goods": (
        phrase("What was bought"),
        (
            DAY,
            Column(name="receipt", heading="Receipt", kind="code"),
            Column(name="product", heading="Product"),
            Column(name="category", heading="Category"),
            Column(name="amount", heading="Amount", kind="money"),
        ),
    ),
    "entries": (
        phrase("Points and rewards"),
        (
            DAY,
            Column(name="what", heading="What", kind="posted"),
            Column(name="quantity", heading="Quantity", kind="count"),
            Column(name="rule", heading="Rule", kind="posted"),
        ),
    ),
    "coupons": (
        phrase("Coupons"),
        (
            Column(name="code", heading="Code", kind="code"),
            Column(name="from", heading="From", kind="day"),
            Column(name="until", heading="Until", kind="day"),
            Column(name="used", heading="Used", kind="day"),
        ),
    ),
    "households": (
        phrase("In a household, which shares one account"),
        (Column(name="from", heading="From", kind="day"), Column(name="until", heading="Until", kind="day")),
    ),
    "changes": (
        phrase("Changes of the record"),
        (
            Column(name="moment", heading="Moment", kind="moment"),
            Column(name="field", heading="Field"),
            Column(name="was", heading="Was"),
            Column(name="became", heading="Became"),
            Column(name="by", heading="By"),
        ),
    ),
}


def page_of(connection: Connection, member: int, kept: Mapping[str, Sequence[object]], *, day: int) -> Document:
    """Who the member is, what they said to messages, bought and got, what changed, and where else rows name them."""
    shop = kept_facts(connection)
    record = record_of(connection, member)
    facts = [fact_of(label, value) for label, value in zip(LABELS, record, strict=True) if value not in ("", None)]
    consents = [row_of(*row) for row in consent_rows(connection, member)]
    lists = [(phrase("Consents"), table_of("consents", COLUMNS, consents, shop))]
    for name, (heading, columns) in LISTS.items():
        lists.append((heading, table_of(name, columns, list_of(connection, member, name), shop)))
    sections = [Section(heading=heading, table=table) for heading, table in lists if table.rows]
    counts = ", ".join(f"{name}: {len(rows)}" for name, rows in kept.items())
    all_of_it = phrase("All rows by their tables ({counts}) are in the JSON form.", counts=counts)
    return Document(
        name="member",
        title=phrase("What is kept of a member"),
        under=phrase("As of {day}", day=OnDay(day)),
        sections=[Section(heading=phrase("Record"), facts=facts), *sections],
        note=all_of_it,
    )


def fact_of(label: Phrase, value: Cell) -> Fact:
    """A field of the record; a day of joining is a day number."""
    if label.text == "Birthday":
        return Fact(label=label, value=birthday_shown(str(value)))
    return Fact(label=label, value=OnDay(value) if isinstance(value, int) else value)


def table_of(name: str, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], shop: ShopFacts) -> Table:
    """A list as a table in the shop's currency."""
    return Table(
        name=name,
        title=phrase("What is kept of a member"),
        columns=columns,
        rows=rows,
        currency=shop.currency.code,
        digits=shop.currency.digits,
        timezone=shop.timezone,
    )
