"""A coupon's terms in the words that its holder reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.rules.only_said import only_said

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.coupons.terms import CouponTerms


def worth_said(terms: CouponTerms, money: Callable[[int], Money]) -> Phrase:
    """What it brings, in one glance."""
    if terms.worth is not None:
        return phrase("{amount}", amount=money(terms.worth))
    if terms.free:
        return phrase("{goods} free", goods=terms.free)
    if terms.price is not None:
        return phrase("{goods} for {amount}", goods=terms.one_unit_of, amount=money(terms.price))
    if terms.one_unit_of:
        return phrase("{goods} with {percent} off", goods=terms.one_unit_of, percent=Share(terms.discount or 0))
    return phrase("−{percent}%", percent=Percent(terms.discount or 0))


def terms_said(terms: CouponTerms, money: Callable[[int], Money]) -> Iterator[Phrase]:
    """What one must know to use it; its days are said by `days_said`, or stand on it."""
    if terms.basket_at_least:
        yield phrase("For a purchase of {amount} or more.", amount=money(terms.basket_at_least))
    yield from only_said(terms.only)
    yield from how_much(terms, money)
    if terms.uses > 1:
        yield phrase("It can be used {count} time.", "It can be used {count} times, once on each receipt.", count=terms.uses)
    if terms.keeps_the_rest:
        yield phrase("What a purchase does not take stays on it.")
    if terms.held_by == "member":
        yield phrase("Only together with the card.")


def how_much(terms: CouponTerms, money: Callable[[int], Money]) -> Iterator[Phrase]:
    """How much of a purchase it pays, alone and with others."""
    if terms.pays_up_to < WHOLE:
        yield phrase("Pays up to {percent} of a purchase.", percent=Share(terms.pays_up_to))
    if terms.pays_at_most is not None:
        yield phrase("Pays at most {amount}.", amount=money(terms.pays_at_most))
    if terms.leaves_to_pay:
        yield phrase("{amount} of a purchase are paid with money at least.", amount=money(terms.leaves_to_pay))
    if terms.on_one_receipt is not None:
        text = ("No more than {count} coupon on one receipt.", "No more than {count} coupons on one receipt.")
        yield phrase(*text, count=terms.on_one_receipt)
    if terms.together_pay_up_to < WHOLE:
        yield phrase("All coupons of a receipt pay up to {percent} of it.", percent=Share(terms.together_pay_up_to))
    if terms.together_pay_at_most is not None:
        yield phrase("All coupons of a receipt pay at most {amount}.", amount=money(terms.together_pay_at_most))


def days_said(terms: CouponTerms) -> Iterator[Phrase]:
    """From when until when it can be used."""
    if terms.starts_after.count:
        yield phrase("It can be used from {span} after its issue on.", span=terms.starts_after)
    if terms.valid_for:
        yield phrase("It can be used for {span}.", span=terms.valid_for)
    if terms.until is not None:
        yield phrase("It can be used until {day}.", day=OnDay(terms.until))
