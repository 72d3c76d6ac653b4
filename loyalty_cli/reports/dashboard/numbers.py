"""The five numbers at the top, of four weeks each: four weeks have the same days of the week, so they can be compared."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.dashboard import Figure
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import PERIOD
from loyalty_cli.reports.asked import PERIODS
from loyalty_cli.reports.asked import share_of
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.store.reading import Connection

TURNOVER = """
SELECT (:last - day) / :period, sum(total), sum(iif(member_id IS NULL, 0, total)),
       count(DISTINCT iif(total + returned > 0, member_id, NULL)), count(*)
  FROM receipt WHERE gone = 0 AND day BETWEEN :first AND :last GROUP BY 1
"""
# Who bought for the first time; a return alone is no purchase.
NEW = """
SELECT (:last - first) / :period, count(*) FROM (
  SELECT min(day) AS first FROM receipt
   WHERE gone = 0 AND member_id IS NOT NULL AND total + returned > 0 GROUP BY member_id)
 WHERE first BETWEEN :first AND :last GROUP BY 1
"""
POINTS = """
SELECT max(0, :last - booked_on) / :period, sum(quantity) FROM ledger
 WHERE asset_id = (SELECT id FROM asset WHERE name = 'points') AND booked_on <= :last GROUP BY 1
"""


class Period(NamedTuple):
    """Four weeks and how they went; money in minor units. `points` are those held at the end."""

    last: Day
    turnover: int = 0
    with_card: int = 0
    members: int = 0
    new: int = 0
    points: int = 0
    receipts: int = 0

    @property
    def share(self) -> int:
        """The part of the turnover that came with a card, in basis points."""
        return share_of(self.with_card, self.turnover)


def periods(connection: Connection, asked: Asked) -> list[Period]:
    """The last thirteen times four weeks that have receipts, the oldest first; the last one ends with the last day known."""
    span = {"last": asked.last, "first": asked.last - PERIOD * PERIODS + 1, "period": PERIOD}
    sold = {int(row[0] or 0): row[1:] for row in rows_of(connection, TURNOVER, span)}
    new = {int(row[0] or 0): int(row[1] or 0) for row in rows_of(connection, NEW, span)}
    booked = [(int(row[0] or 0), int(row[1] or 0)) for row in rows_of(connection, POINTS, {"last": asked.last, "period": PERIOD})]
    made = []
    for back in range(max(sold, default=0), -1, -1):
        turnover, own, members, receipts = (int(value or 0) for value in sold.get(back, (0, 0, 0, 0)))
        held = sum(points for place, points in booked if place >= back)
        made.append(Period(asked.last - PERIOD * back, turnover, own, members, new.get(back, 0), held, receipts))
    return made


def figures(found: Sequence[Period], asked: Asked) -> list[Figure]:
    """The numbers of the last four weeks, each with how it was in the four weeks before."""
    now, before = found[-1], found[-2] if len(found) > 1 else None
    worth = asked.question.shop.point_worth
    owed = [rounded(each.points * worth, 1000, "half up") if worth else each.points for each in found]
    share = in_percent(now.share)
    return [
        figure(phrase("Turnover"), asked.about(now.turnover), [each.turnover for each in found]),
        Figure(
            label=phrase("Turnover with a card"),
            value=share,
            trend=share_trend(share, in_percent(before.share)) if before else None,
            course=[each.share for each in found],
        ),
        figure(phrase("Members who bought"), now.members, [each.members for each in found]),
        figure(phrase("New members"), now.new, [each.new for each in found]),
        figure(
            phrase("Owed for points") if worth else phrase("Points held"), asked.about(owed[-1]) if worth else owed[-1], owed
        ),
    ]


def figure(label: Phrase, value: object, course: Sequence[int]) -> Figure:
    """A number with its change in percent against the four weeks before."""
    return Figure(label=label, value=value, trend=trend(course), course=course)


def trend(course: Sequence[int]) -> Phrase | None:
    """How the last value differs from the one before, in whole percents; nothing, where that was none."""
    if len(course) < 2 or course[-2] <= 0:
        return None
    change = in_percent(share_of(course[-1] - course[-2], course[-2]))
    if change.basis_points > 0:
        return phrase("▲ {change} more than four weeks before", change=change)
    if change.basis_points < 0:
        return phrase("▼ {change} less than four weeks before", change=Share(-change.basis_points))
    return phrase("as four weeks before")


def share_trend(now: Share, before: Share) -> Phrase:
    """How a share differs, as it is shown: in whole percents, not in percents of percents."""
    if now == before:
        return phrase("as four weeks before")
    sign = "▲" if now.basis_points > before.basis_points else "▼"
    return phrase("{sign} four weeks before it was {was}", sign=sign, was=before)
