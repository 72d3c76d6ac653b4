"""`only:` in the words that members read: each condition as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.rules.weekdays import LAST
from loyalty_cli.rules.weekdays import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.only import Only

DAYS = (
    phrase("Monday"),
    phrase("Tuesday"),
    phrase("Wednesday"),
    phrase("Thursday"),
    phrase("Friday"),
    phrase("Saturday"),
    phrase("Sunday"),
)


def only_said(only: Only) -> Iterator[Phrase]:
    """Every condition of a filter."""
    yield from when_said(only)
    yield from where_said(only)
    yield from who_said(only)


def when_said(only: Only) -> Iterator[Phrase]:
    """Dates, weekdays, weeks, hours."""
    if only.dates:
        yield phrase("Only on these days: {dates}.", dates=list(only.dates))
    if only.weekdays:
        yield phrase("Only on: {days}.", days=[weekday(number) for number in only.weekdays])
    if only.every:
        yield phrase(
            "Only in one of every {count} week, from {day} on.",
            "Only in one of every {count} weeks, from {day} on.",
            count=only.every.weeks,
            day=OnDay(only.every.first),
        )
    if only.first_days_of_month:
        yield phrase(
            "Only on the first {count} day of each month.",
            "Only on the first {count} days of each month.",
            count=only.first_days_of_month,
        )
    if only.hours:
        first, last = (f"{seconds // 3600:02}:{seconds // 60 % 60:02}" for seconds in only.hours)
        yield phrase("Only from {first} until before {last}.", first=first, last=last)


def weekday(number: int) -> Phrase:
    """A weekday of every week, or a certain one of a month."""
    place, day = divmod(number, WEEK)
    if place == 0:
        return DAYS[day]
    if place == LAST:
        return phrase("{weekday} (the last of the month)", weekday=DAYS[day])
    return phrase("{weekday} (number {number} of the month)", weekday=DAYS[day], number=place)


def goods_said(only: Only) -> Iterator[Phrase]:
    """The goods, where it is not for all."""
    goods = (*only.categories, *only.products)
    without = (*only.except_categories, *only.except_products)
    if goods:
        yield phrase("It holds for: {goods}.", goods=goods)
    if without:
        yield phrase("It does not hold for: {goods}.", goods=without)


def where_said(only: Only) -> Iterator[Phrase]:
    """Goods, stores and how a receipt is paid."""
    yield from goods_said(only)
    if only.stores:
        yield phrase("In: {stores}.", stores=only.stores)
    if only.full_price is not None:
        if only.full_price:
            yield phrase("Not for goods that are reduced already.")
        else:
            yield phrase("Only for goods that are reduced already.")
    if only.points_used is not None:
        if only.points_used:
            yield phrase("Only on receipts that are partly paid with points.")
        else:
            yield phrase("Not on receipts that are partly paid with points.")
    if only.coupon_used is not None:
        if only.coupon_used:
            yield phrase("Only on receipts with a coupon.")
        else:
            yield phrase("Not on receipts with a coupon.")


def who_said(only: Only) -> Iterator[Phrase]:
    """Groups, tiers, segments, cards, birthdays and chance."""
    if only.groups:
        yield phrase("Only for members of: {groups}.", groups=only.groups)
    if only.tiers:
        yield phrase("Only for members with the tier: {tiers}.", tiers=only.tiers)
    if only.segments:
        yield phrase("Only for members who belong to: {segments}.", segments=only.segments)
    if only.cards:
        yield phrase("Only for holders of cards with the numbers: {cards}.", cards=[str(each) for each in only.cards])
    if only.birthday_within == 0:
        yield phrase("Only on your birthday.")
    elif only.birthday_within is not None:
        yield phrase(
            "Only from {count} day before your birthday through {count} day after it.",
            "Only from {count} days before your birthday through {count} days after it.",
            count=only.birthday_within,
        )
    if only.control:
        yield phrase(
            "To see what it brings, {share} of the members do not have it; who they are is left to chance.",
            share=Share(only.control.share),
        )
