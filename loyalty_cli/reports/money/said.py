"""What the figures of the program's money say, in sentences, and how they were counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.model.shown.posted import posted_said
from loyalty_cli.paying.break_even import Paying
from loyalty_cli.paying.months import months_missing
from loyalty_cli.paying.months import paid_back_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.money.figures import Figures


def what_it_says(found: Figures, shop: ShopFacts) -> Iterator[Phrase]:
    """Cost against turnover and margin, and whether setting up is paid back."""
    money = shop.currency.money
    turnover = sum(each.members for each in found.months)
    others = sum(each.others for each in found.months)
    cost = sum(each.cost for each in found.months)
    yield phrase("Members paid {members}, others {others}.", members=money(turnover), others=money(others))
    share = Paying(turnover, cost, None).share
    if share is not None:
        text = "Rewards, as they are expected to be used, and what is paid each month cost {cost}: {share} of what members paid."
        yield phrase(text, cost=money(cost), share=Share(share))
    if found.margin is None:
        yield phrase("What is left of a sale is not known. Write it into program.yaml: costs: {{margin: 30%}}")
        return
    left = sum(each.left or 0 for each in found.months)
    text = "At a margin of {margin} members' purchases left {left}; after the program's cost {remains} remain."
    yield phrase(text, margin=Share(found.margin), left=money(left), remains=money(left - cost))
    yield from payback(found, money)


def payback(found: Figures, money: Callable[[int], Money]) -> Iterator[Phrase]:
    """By how much more members must buy for all cost so far to be paid, and when it is at the uplift that is supposed."""
    stands = found.course[-1]
    if stands.pays_at is None:
        yield phrase("So far it costs more than the margin on all that members bought: no more turnover would pay for it.")
    else:
        text = "Setting up included, it has paid for itself so far if members buy at least {percent} more than they would without it."
        yield phrase(text, percent=Share(stands.pays_at))
    uplift = found.costs.uplift
    if uplift is None:
        yield phrase("By how much more they buy, nobody knows without a control group; suppose it: costs: {{uplift: 5%}}")
        return
    if stands.balance is None:
        return
    month = paid_back_in(found.course, found.whole)
    missing = months_missing(found.course, found.whole, found.last)
    values = {"uplift": Share(uplift), "balance": money(abs(stands.balance))}
    if month is not None:
        text = "If they buy {uplift} more, as costs: supposes, it was paid back at the end of {month}."
        yield phrase(text, month=InMonth(month), **values)
    elif stands.balance >= 0:
        text = "If they buy {uplift} more, as costs: supposes, it has brought {balance} more than it cost so far."
        yield phrase(text, **values)
    elif missing is None:
        text = "If they buy {uplift} more, as costs: supposes, {balance} are missing, and at the pace of late they always will be."
        yield phrase(text, **values)
    else:
        yield phrase(
            "If they buy {uplift} more, as costs: supposes, {balance} are still missing; at the pace of late that takes {count} month.",
            "If they buy {uplift} more, as costs: supposes, {balance} are still missing; at the pace of late that takes {count} months.",
            count=missing,
            **values,
        )


def how_it_is_counted(found: Figures) -> Iterator[Phrase]:
    """What is expected, what is not known, and what is not in it."""
    if "points" in found.worths.shares:
        yield phrase("Expected: {points} of the points will be used.", points=Share(found.worths.shares["points"]))
    if any(len({found.worths.one_in(asset, each.month) for each in found.months}) > 1 for asset in found.worths.in_months):
        yield phrase("Points count as they were worth at the end of each month.")
    yield phrase("Coupons are expected to be used as often as those that are over; tiers' percents count of what was paid.")
    yield phrase("Used: what points and coupons paid at the till and handed-out gifts cost, on the day of use.")
    if found.worths.unknown:
        names = [posted_said(asset) for asset in found.worths.unknown]
        yield phrase("What one costs is not known, and counts as nothing: {names}", names=names)
    if found.program.offers:
        text = "{name}: discounts: offers: are not in the cost, for they need each basket; tiers' percents are."
        yield phrase(text, name=found.program.name)
