"""Of those who bought for the first time in a month, how many bought in each month after: a heat map of cohorts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.dashboard import Heat
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import months_said
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.visits import month_of_number
from loyalty_cli.reports.visits import number_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.reading import Connection

# So many cohorts, and so many months after the first.
LENGTH = 12
COLUMNS = (
    Column(name="month", heading="First purchase", kind="month"),
    Column(name="members", heading="Members", kind="count", total=True),
    Column(name="came_back", heading="Came back", kind="count", total=True),
    *(Column(name=f"after_{months}", heading=f"+{months}", kind="percent") for months in range(1, LENGTH)),
)


def picture(_connection: Connection, asked: Asked, seen: Seen) -> Picture | Phrase:
    """A row for each month of first purchases that has a month after it; months that are not over yet do not count."""
    until = number_of(asked.whole)
    counts: dict[int, dict[int, int]] = {}
    back: Counter[int] = Counter()
    for each in seen.visits:
        if each.first > until - LENGTH and each.month <= until:
            counts.setdefault(each.first, {})[each.month - each.first] = each.members
            back[each.first] += each.second
    cohorts = sorted(cohort for cohort in counts if cohort < until)
    if not cohorts:
        if any(each.first < until for each in seen.visits):
            return phrase("Who came back: nobody has bought for the first time in these months.")
        return phrase("Who came back: that needs two whole months.")
    title = phrase("Who came back after the first purchase")
    shares = [shares_after(counts[cohort], until - cohort) for cohort in cohorts]
    rows: list[tuple[Cell, ...]] = [
        (month_of_number(cohort), counts[cohort][0], back[cohort], *own) for cohort, own in zip(cohorts, shares, strict=True)
    ]
    heat = Heat(
        corner=phrase("First purchase"),
        rows=months_said([month_of_number(cohort) for cohort in cohorts]),
        columns=[f"+{months}" for months in range(1, LENGTH)],
        cells=shares,
        unit="percent",
    )
    members = sum(counts[cohort][0] for cohort in cohorts)
    says = phrase(
        "Members who first bought in these months: {members}; {share} of them came back in a later month.",
        members=members,
        share=in_percent(share_of(sum(back[cohort] for cohort in cohorts), members)),
    )
    return Picture(title=title, says=says, drawn=heat, table=asked.table("came_back", title, COLUMNS, rows))


def shares_after(counts: dict[int, int], known: int) -> list[int | None]:
    """The share that bought in each month after the first; no share of months that have not come."""
    return [share_of(counts.get(after, 0), counts[0]) if after <= known else None for after in range(1, LENGTH)]
