"""The five numbers at the top, of four weeks each: four weeks have the same days of the week, so they can be compared."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.dashboard import Figure
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import PERIOD
from loyalty_cli.reports.asked import PERIODS
from loyalty_cli.reports.asked import share_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.reports.ledger.roll_forward import Booked
    from loyalty_cli.store.paying import Turnover


class Period(NamedTuple):
    """Four weeks and how they went; money in minor units. `points` are those held at the end, `owed` what they are worth."""

    last: Day
    turnover: int = 0
    with_card: int = 0
    members: int = 0
    new: int = 0
    points: int = 0
    owed: int = 0
    receipts: int = 0

    @property
    def share(self) -> int:
        """The part of the turnover that came with a card, in basis points."""
        return share_of(self.with_card, self.turnover)


def periods(seen: Seen) -> list[Period]:
    """The last thirteen times four weeks that have receipts, the oldest first; the last one ends with the last day known."""
    sold: defaultdict[int, list[Turnover]] = defaultdict(list)
    for day, taken in seen.taken.items():
        sold[(seen.last - day) // PERIOD].append(taken)
    # By how many times four weeks it lies back: who bought, and who did for the first time; a return alone is no purchase.
    bought: Counter[int] = Counter()
    new: Counter[int] = Counter()
    for days in seen.purchases.days.values():
        places = {(seen.last - day) // PERIOD for day in days}
        bought.update(places)
        new[max(places)] += 1
    held = [balances(seen.last, booked) for _, booked in seen.points]
    worths = [seen.worths[purse.assets["points"]] for purse, _ in seen.points]
    ends = [seen.last - PERIOD * back for back in range(PERIODS)]
    return [
        Period(
            last=ends[back],
            turnover=sum(each.members + each.others for each in sold[back]),
            with_card=sum(each.members for each in sold[back]),
            members=bought[back],
            new=new[back],
            points=sum(points[back] for points in held),
            owed=sum(rounded(own[back] * worth(month_of(ends[back])), 1000, "half up") for own, worth in zip(held, worths, strict=True)),
            receipts=sum(each.all_receipts for each in sold[back]),
        )
        for back in range(max(place for place in sold if place < PERIODS), -1, -1)
    ]


def balances(last: Day, booked: Sequence[Booked]) -> list[int]:
    """How many points were held at the end of each four weeks, the last ones first."""
    moved: Counter[int] = Counter()
    for each in booked:
        if each.day <= last:
            moved[(last - each.day) // PERIOD] += each.points
    return [sum(points for place, points in moved.items() if place >= back) for back in range(PERIODS)]


def figures(found: Sequence[Period], asked: Asked, *, in_money: bool) -> list[Figure]:
    """The numbers of the last four weeks, each with how it was in the four weeks before."""
    now, before = found[-1], found[-2] if len(found) > 1 else None
    owed = [each.owed if in_money else each.points for each in found]
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
        figure(phrase("Owed for points") if in_money else phrase("Points held"), asked.about(owed[-1]) if in_money else owed[-1], owed),
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
