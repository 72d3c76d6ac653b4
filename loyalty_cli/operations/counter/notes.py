"""What the cashier is told besides the price: who it is, what can still be used, what to say."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.points import points_pay
from loyalty_cli.baskets.points import PointsPay
from loyalty_cli.model.codes import shown
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import next_yearly
from loyalty_cli.model.message import AT_THE_TILL
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counter.quote import most_points
from loyalty_cli.store.coupons.held import coupons_held
from loyalty_cli.store.gifts import either
from loyalty_cli.store.gifts import gifts_owed
from loyalty_cli.store.gifts import OR
from loyalty_cli.store.members.at_the_counter import known_at_the_counter
from loyalty_cli.store.members.households import people_of
from loyalty_cli.store.members.records import owner_of_card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.counter.quote import Quote
    from loyalty_cli.store.coupons.printing import Printable
    from loyalty_cli.store.database import Connection

# A birthday is worth a word so many days before; lapsing points so many days.
DAYS_BEFORE_BIRTHDAY = 7
DAYS_BEFORE_LAPSE = 30


class CouldPay(NamedTuple):
    """A coupon of the member that is not used on the basket: what it would pay, or why it does not."""

    name: str
    code: str
    until: Day
    pays: int
    why_not: Phrase | None = None


class Notes(NamedTuple):
    """What the cashier sees of a member; `says` are messages, each with what it is about."""

    initials: str = ""
    missing: tuple[str, ...] = ()
    gifts: tuple[tuple[str, int], ...] = ()
    benefits: tuple[str, ...] = ()
    usable: int = 0
    most: int = 0
    most_pays: int = 0
    coupons: tuple[CouldPay, ...] = ()
    says: tuple[tuple[str, Phrase], ...] = ()
    birthday: tuple[int, int] | None = None


def notes_of(connection: Connection, quote: Quote) -> Notes:
    """All of it for a quote of a member; nothing for nobody's."""
    if quote.before is None or quote.asked.more is None:
        return Notes()
    account, day = quote.member or 0, quote.asked.more.day
    people = people_of(connection, account, day)
    known = known_at_the_counter(connection, owner_of_card(connection, quote.card) or account)
    shown_now = {each.code for each in quote.asked.coupons}
    held = [each for member in people for each in coupons_held(connection, member, day) if shown(each.code) not in shown_now]
    could = coupons_could_pay(connection, quote, held) if held else ()
    usable = quote.asked.shopper.points - quote.priced.points_used
    most, pays = points_could_pay(quote, usable)
    gifts = tuple((each.due_as, each.open) for member in people for each in gifts_owed(connection, member) if each.open > 0)
    shared = [("household", household_said(len(people)))] if len(people) > 1 else []
    due = (("gift", phrase("Waiting: {gift}.", gift=either(name))) for name, _ in gifts)
    says = (*waiting(connection, quote, people), *shared, *messages(quote, known.birthday), *due)
    return Notes(known.initials, known.missing, gifts, benefits_of(quote), usable, most, pays, could, says, known.birthday)


def waiting(connection: Connection, quote: Quote, people: list[int]) -> Iterator[tuple[str, Phrase]]:
    """The program's messages that wait for the member at the till, each with its way; few programs have any."""
    if quote.asked.more is None or all(set(AT_THE_TILL).isdisjoint(terms.by) for terms in quote.program.messages.values()):
        return
    from loyalty_cli.operations.messages.at_the_till import to_tell

    for each in to_tell(connection, quote.program, people, quote.asked.more.day):
        yield each.way, phrase("{text}", text=each.text)


def benefits_of(quote: Quote) -> tuple[str, ...]:
    """What the member's tier brings besides money."""
    rung = quote.program.tiers.get(quote.before.tier) if quote.before else None
    return tuple(rung.benefits) if rung else ()


def points_could_pay(quote: Quote, usable: int) -> tuple[int, int]:
    """How many points the basket would still take, and what they pay."""
    if quote.priced.points_used:
        return 0, 0
    wanted = most_points(quote.program, usable)
    pays = points_pay(quote.program.points, wanted, usable, price=quote.priced.total, left=quote.priced.to_pay)
    return (pays.points, pays.amount) if isinstance(pays, PointsPay) else (0, 0)


def coupons_could_pay(connection: Connection, quote: Quote, held: list[Printable]) -> tuple[CouldPay, ...]:
    """What each of the member's other coupons would pay, the soonest lapsing first; few members hold any."""
    from loyalty_cli.operations.counter.could_pay import could_pay

    return tuple(sorted((CouldPay(*could_pay(connection, quote, each)) for each in held), key=lambda each: each.until))


def household_said(people: int) -> Phrase:
    """How many share the account."""
    return phrase("{count} member shares this account.", "{count} members share this account.", count=people)


def messages(quote: Quote, birthday: tuple[int, int] | None) -> Iterator[tuple[str, Phrase]]:
    """What is worth a word: a birthday, points that lapse, a tier that is reached or near."""
    before, after, more = quote.before, quote.after, quote.asked.more
    if before is None or after is None or more is None:
        return
    if birthday and (away := next_yearly(*birthday, more.day) - more.day) <= DAYS_BEFORE_BIRTHDAY:
        yield "birthday", birthday_said(away)
    lapse = more.member.lots.next_lapse
    if lapse < NEVER and lapse - more.day <= DAYS_BEFORE_LAPSE:
        points = sum(lot[-1] for lot in more.member.lots.lots if lot[0] == lapse - 1)
        yield "lapse", phrase("{count} point lapses after {day}.", "{count} points lapse after {day}.", count=points, day=OnDay(lapse - 1))
    if after.tier != before.tier:
        yield "tier", phrase("With this purchase the tier is {tier}.", tier=after.tier)
    elif after.next_tier and after.missing is not None and quote.program.ladder.in_money:
        left = quote.program.currency.money(after.missing)
        text = "{amount} more after this purchase and the tier is {tier}."
        if not any(line.total for line in quote.asked.lines):  # a card was scanned, and nothing is bought yet
            text = "{amount} more and the tier is {tier}."
        yield "next tier", phrase(text, amount=left, tier=after.next_tier)


def birthday_said(away: int) -> Phrase:
    """A birthday in words."""
    if not away:
        return phrase("It is the birthday today.")
    return phrase("The birthday is in {count} day.", "The birthday is in {count} days.", count=away)


def with_basket(known: Notes, now: Notes) -> Notes:
    """What is known of the member, with what could pay of the basket."""
    return known._replace(usable=now.usable, most=now.most, most_pays=now.most_pays, coupons=now.coupons, says=now.says)


class OnOffer(NamedTuple):
    """A gift that can be handed out: one that is due, or for so many points."""

    name: str
    points: int | None = None


def gifts_on_offer(known: Quote, notes: Notes) -> list[OnOffer]:
    """The gifts that are due, each that may be chosen, and those that the program has for points."""
    due = [OnOffer(name) for due_as, _ in notes.gifts for name in due_as.split(OR)]
    return [*due, *(OnOffer(name, cost) for name, cost in known.program.catalogue.items())]
