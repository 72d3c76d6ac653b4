"""The discounts of one member, for `explain`: what each is, and whether the member has it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.baskets.held import held_by
from loyalty_cli.baskets.held import name_said
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.in_force import plan_of
from loyalty_cli.operations.ledger.source import facts_of_members
from loyalty_cli.operations.shopper import shopper_of
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

COLUMNS = (
    Column(name="discount", heading="Discount", kind="said"),
    Column(name="what", heading="What", kind="said"),
    Column(name="now", heading="Now", kind="said"),
)


def discounts_table(connection: Connection, member: int, day: Day) -> Table | None:
    """Every discount and whether the member has it on a day; None in a program without discounts."""
    versions = versions_in_force(connection)
    plan = plan_of(versions) if versions else None
    if plan is None or not plan.in_force(day).offers:
        return None
    program = plan.in_force(day)
    currency = program.currency
    said = currency.money
    rows = [
        (name_said(held.name), kept(held.offer.announced(said)), kept(held.now))
        for facts in facts_of_members(connection, plan, [member], day)
        for held in held_by(program, shopper_of(Replayer(plan).replay(facts, day).member, day, 0, ""))
    ]
    return Table(
        name="discounts",
        title=phrase("Discounts"),
        columns=COLUMNS,
        rows=rows,
        currency=currency.code,
        digits=currency.digits,
        basis=phrase("Through {day}.", day=OnDay(day)),
    )
