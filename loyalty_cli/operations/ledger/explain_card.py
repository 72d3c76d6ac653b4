"""One card: how its member stands, and every entry with the sentence that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import IN_A_WINDOW
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.own_reasons import kept_reason
from loyalty_cli.model.shown.own_reasons import reason_said
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.called import called_in
from loyalty_cli.operations.engine_room import only_of
from loyalty_cli.operations.in_force import plan_of
from loyalty_cli.operations.ledger.entry_said import Whys
from loyalty_cli.operations.ledger.member_discounts import discounts_table
from loyalty_cli.operations.ledger.member_progress import progress_table
from loyalty_cli.operations.ledger.source import facts_of_members
from loyalty_cli.store.coupons.coupons import coupons_of_member
from loyalty_cli.store.ledger.explaining import entries_of_member
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.standings import points_used_since
from loyalty_cli.store.ledger.standings import standing_of_member
from loyalty_cli.store.members.households import household_of
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.standing import Standing
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.explaining import PostedEntry

ENTRIES = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="cause", heading="Cause", kind="said"),
    Column(name="asset", heading="What", kind="posted"),
    Column(name="quantity", heading="Change", kind="points"),
    Column(name="balance", heading="Balance", kind="points"),
    Column(name="why", heading="Why", kind="said"),
    Column(name="booked", heading="Booked", kind="day"),
)
HOUSEHOLD = (
    Column(name="card", heading="Card", kind="code"),
    Column(name="account", heading="Account", kind="code"),
    Column(name="from", heading="From", kind="day"),
    Column(name="until", heading="Until", kind="day"),
)
STANDING = (Column(name="what", heading="What", kind="word"), Column(name="value", heading="Value", kind="said"))
COUPONS = (
    Column(name="code", heading="Code", kind="code"),
    Column(name="coupon", heading="Coupon"),
    Column(name="from", heading="From", kind="day"),
    Column(name="until", heading="Until", kind="day"),
    Column(name="state", heading="State", kind="word"),
)


def explain_card(connection: Connection, member: int, card: str, shop: ShopFacts, today: Day) -> Outcome:
    """The member's entries in order, each with the balance of its asset after it."""
    currency, digits = shop.currency.code, shop.currency.digits
    only_of(connection, [member])
    entries = entries_of_member(connection, member)
    whys = sentences(connection, member, entries)
    rows: list[tuple[Cell, ...]] = []
    balances: dict[str, int] = {}
    for entry, why in zip(entries, whys, strict=True):
        balances[entry.asset] = balance = balances.get(entry.asset, 0) + entry.quantity
        rows.append((entry.day, entry.rule, cause_said(entry), entry.asset, entry.quantity, balance, why, entry.booked))
    standing = standing_of_member(connection, member)
    tables = [
        standing_table(connection, member, card, shop),
        Table(
            name="entries",
            title=phrase("Entries of card {card}", card=card),
            columns=ENTRIES,
            rows=rows,
            currency=currency,
            digits=digits,
            basis=phrase("By the day on which the cause happened."),
            empty=phrase("Nothing has been posted for this card. Entries are posted by: loyalty recalc"),
            gathered_by="cause",
        ),
    ]
    if household := household_of(connection, member):
        tables.append(
            Table(
                name="household",
                title=phrase("Household"),
                columns=HOUSEHOLD,
                rows=household,
                currency=currency,
                digits=digits,
                basis=phrase("What these cards buy counts for one account, and their points are there."),
            )
        )
    if coupons := coupons_of_member(connection, member, today):
        tables.append(Table(name="coupons", title=phrase("Coupons"), columns=COUPONS, rows=coupons, currency=currency, digits=digits))
    # The discounts a member has and the rewards that are open, on the last recalculated day: of whom nothing happens by itself
    # until then the standing is older, and holds.
    day = max(standing.until, last_run_day(connection) or 0) if standing else 0
    offers = [make(connection, member, day) for make in (discounts_table, progress_table)] if standing else []
    tables += [table for table in offers if table]
    return Outcome(tables=tables, data={"card": card, "balances": balances}, language=shop.language, tree=True)


def cause_said(entry: PostedEntry) -> str | None:
    """What an entry was caused by: a day in the way of the language, and the how-manieth time it was in words."""
    if entry.cause_kind == Cause.WINDOW:
        first, number = divmod(entry.cause_id, IN_A_WINDOW)
        since = phrase("time {number} since {day}", number=number, day=OnDay(first))
        return kept(since if first else phrase("time {number}", number=number))
    if entry.cause_kind == Cause.DAY:
        return kept(phrase("{text}", text=OnDay(entry.cause_id)))
    if entry.cause_kind == Cause.EVENT and entry.cause:
        name, _, day = entry.cause.rpartition(" ")
        return kept(phrase("{one} {more}", one=reason_said(name), more=OnDay(day_from_iso(day))))
    if entry.cause_kind == Cause.ADJUSTMENT and entry.cause:
        return kept_reason(entry.cause)
    return kept(phrase("joined")) if entry.cause_kind == Cause.JOINING else entry.cause


def sentences(connection: Connection, member: int, entries: Sequence[PostedEntry]) -> list[str]:
    """Why each entry is there."""
    versions = versions_in_force(connection)
    if entries and versions:
        plan = plan_of(versions)
        for facts in facts_of_members(connection, plan, [member], max(entry.day for entry in entries)):
            return list(Whys(connection, plan, facts).of(entries))
    return [""] * len(entries)


def standing_table(connection: Connection, member: int, card: str, shop: ShopFacts) -> Table:
    """How the member stands, in words."""
    standing = standing_of_member(connection, member)
    return Table(
        name="standing",
        title=phrase("Card {card}", card=card),
        columns=STANDING,
        rows=[(what, kept(value)) for what, value in standing_lines(connection, member, standing, shop)] if standing else [],
        currency=shop.currency.code,
        digits=shop.currency.digits,
        basis=phrase("Through {day}.", day=OnDay(standing.until)) if standing else None,
        empty=phrase("This card has not been recalculated yet: loyalty recalc"),
    )


def standing_lines(connection: Connection, member: int, standing: Standing, shop: ShopFacts) -> list[tuple[str, Phrase]]:
    """The lines of a standing: what is meant, and its value."""
    called, by_money = called_in(shop), shop.tiers_by == "spend"

    def money(amount: int) -> Phrase:
        return phrase("{money}", money=shop.currency.money(amount))

    def counted(amount: int) -> Phrase:
        return money(amount) if by_money else phrase("{number}", number=str(amount))

    def points(count: int) -> Phrase:
        return money(count * called.worth) if called else phrase("{count}", count=count)

    used = points_used_since(connection, member)
    # Where there are no tiers nothing counts for one.
    tier = [("Tier", phrase("{name}", name=standing.tier or "–")), ("Counted for the tier", counted(standing.qualifying))]
    lines = [
        *(tier if standing.tier or shop.ladder else []),
        (called.name if called else "Points", points(standing.points - used)),
        *([("Used since that day", points(used))] if used else []),
        ("Pending points", points(standing.pending)),
    ]
    if benefits := shop.benefits.get(standing.tier, ()):
        lines.append(("Benefits", phrase("{names}", names=list(benefits))))
    if standing.next_tier and standing.missing is not None:
        lines += [("Next tier", phrase("{name}", name=standing.next_tier)), ("Missing", counted(standing.missing))]
    return [
        *lines,
        ("Spent", money(standing.spent)),
        ("Visits", phrase("{count}", count=standing.visits)),
        ("Discount", phrase("{percent}%", percent=f"{standing.discount / 100:g}")),
    ]
