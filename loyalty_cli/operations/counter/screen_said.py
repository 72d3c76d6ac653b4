"""What the counter's screen shows: a label and a text on each line, the most important first."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.held import TIERS_OWN
from loyalty_cli.baskets.pricing import POINTS
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counter.figures import earned_points
from loyalty_cli.operations.counter.missing import CONSENT
from loyalty_cli.operations.counter.missing import QUESTIONS
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.store.gifts import either

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.counter.notes import Notes
    from loyalty_cli.operations.counter.notes import OnOffer
    from loyalty_cli.operations.counter.quote import Quote
    from loyalty_cli.operations.counter.session import Session
    from loyalty_cli.operations.counter.session import Wanted

# More coupons would push the price off a small screen.
MOST_COUPONS = 4
# What could be asked of the member, by the words of the figures.
MISSING = {
    "name": phrase("name"),
    "birthday": phrase("birthday"),
    "email": phrase("e-mail"),
    "phone": phrase("phone"),
    "consent": phrase("consent"),
}


# What is asked for, by what is wanted.
PROMPTS: Mapping[Wanted, Phrase] = {
    "card": phrase("Card, name, or an amount"),
    "amount": phrase("Amount, or the next card"),
    "coupon": phrase("Scan the coupon"),
    "points": phrase("How many points? Enter: as many as may pay"),
    "receipt": phrase("Number of the receipt"),
    "gift": phrase("Number of the gift"),
    "opinion": phrase("Score, or words, or both"),
    "forgotten": phrase("Number of the receipt without the card"),
}


def prompt_of(session: Session) -> Phrase:
    """What is to be typed next."""
    return QUESTIONS[session.missing] if session.wanted == "missing" else PROMPTS[session.wanted]


class Shown(NamedTuple):
    """One line: its label, its text, whether it matters most."""

    label: Phrase
    text: Phrase
    strong: bool = False


def shown(session: Session) -> list[Shown]:
    """All lines for the customer at the counter."""
    lines = list(member_lines(session)) if session.known else []
    if session.quote is not None:
        lines[1:1] = quote_lines(session.quote)
    # What is answered next stands where a small screen shows it, however much is known.
    lines[1:1] = asked_lines(session)
    return lines


def asked_lines(session: Session) -> Iterator[Shown]:
    """What the cashier needs for what is asked, and the receipt that was typed for what will be booked."""
    if session.wanted == "missing" and session.missing == CONSENT and session.wording.text:
        yield Shown(phrase("Read out"), phrase("{text}", text=session.wording.text), strong=True)
    if session.wanted == "gift":
        for number, each in enumerate(session.gifts, 1):
            yield Shown(phrase("Gift"), on_offer_said(number, each))
    if session.receipt:
        yield Shown(phrase("Receipt"), phrase("{number}", number=session.receipt))


def on_offer_said(number: int, gift: OnOffer) -> Phrase:
    """A gift in the list, with its points or as one that is due."""
    if gift.points is None:
        return phrase("{number} {gift}: due", number=number, gift=gift.name)
    return phrase("{number} {gift}, points: {points}", number=number, gift=gift.name, points=gift.points)


def member_lines(session: Session) -> Iterator[Shown]:
    """Who it is and what they have."""
    known, notes = session.known, session.notes
    if known is None or known.before is None:
        return
    before = known.before
    who = phrase("{initials} {card}", initials=notes.initials, card=session.card) if notes.initials else phrase("{card}", card=session.card)
    yield Shown(phrase("Member"), who, strong=True)
    if before.tier:
        yield Shown(phrase("Tier"), phrase("{name}", name=before.tier))
    if session.discount:
        yield Shown(phrase("Discount"), phrase("{percent}%", percent=Percent(session.discount)))
    yield Shown(phrase("Points"), points_said(before.points, before.pending))
    yield from held_lines(known, notes)
    if notes.birthday:
        month, day = notes.birthday
        yield Shown(phrase("Birthday"), phrase("{day}", day=f"{day:02}.{month:02}."))
    yield from to_say(notes)


def held_lines(known: Quote, notes: Notes) -> Iterator[Shown]:
    """The coupons and gifts of the member."""
    for each in notes.coupons[:MOST_COUPONS]:
        yield Shown(phrase("Coupon"), coupon_said(known, each.name, each.code, each.until, each.pays))
    if (more := len(notes.coupons) - MOST_COUPONS) > 0:
        yield Shown(phrase("Coupon"), phrase("and {count} more", count=more))
    for gift, count in notes.gifts:
        yield Shown(phrase("Gift"), phrase("{count} {gift}", count=count, gift=either(gift)))


def to_say(notes: Notes) -> Iterator[Shown]:
    """What the cashier tells the member, and asks them for."""
    if notes.benefits:
        yield Shown(phrase("Say"), phrase("{benefits}", benefits=list(notes.benefits)), strong=True)
    for about, said in notes.says:
        if about != "gift":
            yield Shown(phrase("Say"), said, strong=True)
    if notes.missing:
        yield Shown(phrase("Ask for"), phrase("{what} (F8)", what=[MISSING[what] for what in notes.missing]))


def points_said(points: int, pending: int) -> Phrase:
    """Usable points, and those that wait."""
    if pending:
        return phrase("{points}, waiting: {pending}", points=points, pending=pending)
    return phrase("{points}", points=points)


def coupon_said(known: Quote, name: str, code: str, until: int, pays: int) -> Phrase:
    """A coupon that can be used; on a basket what it would pay."""
    last = OnDay(until) if until < NEVER else ""
    if pays:
        amount = known.program.currency.money(pays)
        return phrase("{name} {code}, until {day}: pays {amount}", name=name, code=code, day=last, amount=amount)
    return phrase("{name} {code}, until {day}", name=name, code=code, day=last)


def quote_lines(quote: Quote) -> Iterator[Shown]:
    """What the till should charge, and what the purchase brings."""
    money = quote.program.currency.money
    yield Shown(phrase("Basket"), phrase("{amount}", amount=money(sum(line.total for line in quote.asked.lines))))
    for one in quote.priced.discounts:
        yield Shown(phrase("Discount"), phrase("−{amount} {name}", amount=money(one.total), name=discount_called(one.name)))
    names = {each.code: each.name for each in quote.asked.coupons}
    for one in quote.priced.coupons:
        yield Shown(phrase("Coupon"), phrase("−{amount} {name}", amount=money(one.total), name=names[one.name]))
    if quote.priced.points is not None:
        used = quote.priced.points_used
        yield Shown(phrase("Points"), phrase("−{amount} ({points})", amount=money(quote.priced.points.total), points=used))
    yield Shown(phrase("To pay"), phrase("{amount}", amount=money(quote.to_pay)), strong=True)
    for each in quote.priced.without:
        if each.name in {*names, POINTS}:
            yield Shown(phrase("Not used"), phrase("{name}: {why}", name=names.get(each.name, phrase("points")), why=each.why))
    yield from brought_lines(quote)


def discount_called(name: str) -> Phrase | str:
    """A discount's name: that of the tier is ours, all others are the owner's."""
    return TIERS_OWN if name == TIER_DISCOUNT else name


def brought_lines(quote: Quote) -> Iterator[Shown]:
    """What the purchase brings."""
    if earned := earned_points(quote):
        yield Shown(phrase("Brings"), phrase("{count} point", "{count} points", count=earned))
    for entry in quote.entries:
        kind, _, name = entry.asset.partition(":")
        if name and kind in {"coupon", "ticket", "gift", "badge"} and entry.quantity > 0:
            yield Shown(phrase("Brings"), phrase("{count} × {what}", count=entry.quantity, what=name))
