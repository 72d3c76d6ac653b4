"""The sentences of `loyalty status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import by_the_clock
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.how_many import members_said
from loyalty_cli.operations.how_many import receipts_said

if TYPE_CHECKING:
    from datetime import datetime

    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.health import Figures
    from loyalty_cli.store.nights import Night

NEVER = "-"


def said_of(known: ShopFacts, figures: Figures, *, adopted: int, size: int) -> list[Phrase]:
    """The shop in a few lines."""
    timezone = known.timezone
    head = phrase(
        "{program}: {count} version adopted.",
        "{program}: {count} versions adopted.",
        program=known.program,
        count=adopted,
    )
    return [
        head if adopted else phrase("No program has been adopted yet."),
        phrase(
            "Last import: {at}; last receipt: {day}.",
            at=local(figures.imported_at, timezone),
            day=on_day(figures.last_receipt),
        ),
        phrase(
            "Recalculated through {day}, last on {at}; members due: {due}.",
            day=on_day(figures.recalculated_until),
            at=local(figures.recalculated_at, timezone),
            due=figures.due,
        ),
        phrase("{members}, {receipts}.", members=members_said(figures.members), receipts=receipts_said(figures.receipts)),
        phrase(
            "Open conflicts: {conflicts}; rows set aside: {rows}.",
            conflicts=figures.open_conflicts,
            rows=figures.set_aside,
        ),
        phrase("Last closed month: {month}.", month=figures.closed_month or NEVER),
        *tills_said(figures),
        phrase("The database takes {size} KB.", size=-(-size // 1024)),
    ]


def tills_said(figures: Figures) -> list[Phrase]:
    """Through which day the tills' own totals are kept, where a shop keeps them."""
    if figures.last_till_total is None:
        return []
    return [phrase("The tills' totals are kept through {day}: loyalty import reconcile", day=OnDay(figures.last_till_total))]


def night_said(night: Night | None, timezone: str) -> Phrase:
    """When the last night was and how it ended."""
    if night is None:
        return phrase("There has been no night yet: loyalty nightly")
    values = {"at": local(night.at, timezone), "steps": ", ".join(night.steps) or NEVER}
    if night.exit_code is None:
        return phrase("Last night: {at}; it was interrupted. Run again: loyalty nightly", **values)
    if night.exit_code:
        return phrase("Last night: {at}; done: {steps}; it ended with code {code}.", **values, code=night.exit_code)
    return phrase("Last night: {at}; done: {steps}.", **values)


def local(moment: str | None, timezone: str) -> datetime | str:
    """A kept moment by the shop's clock, or a dash."""
    return NEVER if moment is None else by_the_clock(moment, timezone)


def on_day(day: int | None) -> object:
    """A day, or a dash."""
    return OnDay(day) if day else NEVER
