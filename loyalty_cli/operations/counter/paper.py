"""What is put on paper at the counter: all that one member has, and the slip of a quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.baskets.held import TIERS_OWN
from loyalty_cli.model.codes import shown
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.message import CASHIER
from loyalty_cli.model.shown.document import Document
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import in_a_row
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counter.asked import asked_of
from loyalty_cli.operations.counter.figures import earned_points
from loyalty_cli.operations.counter.figures import figures
from loyalty_cli.operations.counter.figures import notes_in_figures
from loyalty_cli.operations.counter.notes import notes_of
from loyalty_cli.operations.counter.till import Till
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.replay.discount import personal_discount
from loyalty_cli.rules.coupons.kept import read_terms
from loyalty_cli.rules.coupons.said import terms_said
from loyalty_cli.rules.coupons.said import worth_said
from loyalty_cli.store.coupons.held import coupons_held
from loyalty_cli.store.gifts import either
from loyalty_cli.store.members.households import people_of
from loyalty_cli.store.members.records import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from typing import Any

    from loyalty_cli.baskets.basket import Line
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.operations.counter.notes import Notes
    from loyalty_cli.operations.counter.quote import Quote
    from loyalty_cli.operations.counter.quote import Stands
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.coupons.printing import Printable

NO_HEADING = Phrase("")


def member_card(shop: Shop, text: str) -> tuple[Outcome, Document]:
    """The card, points, tier, coupons with their codes and open rewards of one member, to be printed for them."""
    card = card_said(text)
    with shop.reading() as connection:
        member = member_of_card(connection, card)
        till = Till(connection, shop.now)
        found = till.quote(asked_of({"card": card, "amount": "0"}, till.currency))
        for refusal in found.refused:
            raise refusal.error
        notes, name = notes_of(connection, found), name_of(connection, member)
        people = people_of(connection, found.member or member, till.now[0])
        coupons = [each for person in people for each in coupons_held(connection, person, till.now[0])]
    sections = [
        Section(heading=phrase("Your card"), facts=list(who(found, notes, name))),
        Section(heading=phrase("Your coupons"), facts=[coupon_fact(found, each) for each in coupons]),
        Section(heading=phrase("Open rewards"), facts=list(open_facts(found))),
    ]
    document = Document(
        name="card",
        title=phrase("What you have"),
        under=phrase("{name}", name=found.program.name),
        sections=[each for each in sections if each.facts],
        note=phrase("As of {day}.", day=OnDay(till.now[0])),
    )
    kept = figures(found) | notes_in_figures(notes, found)
    names = ("card", "day", "currency", "points", "tier", "rewards", "can_pay", "benefits", "gifts")
    return Outcome(data={"name": name, **{each: kept[each] for each in names}}, language=found.program.language), document


def who(found: Quote, notes: Notes, name: str) -> Iterator[Fact]:
    """The card, the points, the tier and what it brings."""
    before, more = found.before, found.asked.more
    if before is None or more is None:
        return
    if name:
        yield Fact(label=phrase("Name"), value=name)
    yield Fact(label=phrase("Card"), value=found.card, exact=True)
    if found.program.points:
        yield Fact(label=points_called(found.program), value=points_said(found.program, before.points))
    if before.pending:
        yield Fact(label=phrase("Pending points"), value=points_said(found.program, before.pending))
    if percent := personal_discount(more.member):
        yield Fact(label=phrase("Discount"), value=phrase("{percent}%", percent=Percent(percent)))
    yield from tier_facts(found, before)
    if notes.benefits:
        yield Fact(label=phrase("Besides"), value=list(notes.benefits))
    for gift, count in notes.gifts:
        yield Fact(label=phrase("Gift"), value=phrase("{count} {gift}", count=count, gift=either(gift)))


def tier_facts(found: Quote, before: Stands) -> Iterator[Fact]:
    """The tier, and what the next one needs."""
    if before.tier:
        yield Fact(label=phrase("Tier"), value=before.tier)
    if before.next_tier and before.missing and found.program.ladder.in_money:
        missing = found.program.currency.money(before.missing)
        yield Fact(label=phrase("To the tier {tier}", tier=before.next_tier), value=missing)


def coupon_fact(found: Quote, held: Printable) -> Fact:
    """A coupon: its code, what it is worth, its terms, until when."""
    money, terms = found.program.currency.money, read_terms(held.left or held.terms)
    said = [
        phrase("{code}: {worth}.", code=shown(held.code), worth=worth_said(terms, money)),
        *terms_said(terms, money),
        phrase("Valid from {first} through {last}.", first=OnDay(held.from_day), last=OnDay(held.until_day)),
    ]
    return Fact(label=phrase("{name}", name=held.coupon), value=in_a_row(said))


def open_facts(found: Quote) -> Iterator[Fact]:
    """How far the member is with every open reward."""
    for name, progress in (found.before.open if found.before else {}).items():
        far = progress.said(found.program.currency.money)
        if progress.until < NEVER:
            far = phrase("{what}, until {day}", what=far, day=OnDay(progress.until))
        yield Fact(label=phrase("{name}", name=name), value=far)


def quote_slip(shop: Shop, values: Mapping[str, Any]) -> tuple[Outcome, Document]:
    """A quote as the customer's slip: lines, what comes off, what is to be paid, what it brings."""
    with shop.reading() as connection:
        till = Till(connection, shop.now)
        found = till.quote(asked_of(values, till.currency))
        notes = notes_of(connection, found)
    money = found.program.currency.money

    lines = [Fact(label=goods_said(line), value=money(line.total)) for line in found.asked.lines]
    names = {each.code: each.name for each in found.asked.coupons}
    taken = [*found.priced.discounts, *found.priced.coupons]
    called = {TIER_DISCOUNT: TIERS_OWN, **{code: phrase("{name}", name=name) for code, name in names.items()}}
    off = [Fact(label=called.get(one.name) or phrase("{name}", name=one.name), value=money(-one.total)) for one in taken]
    if found.priced.points is not None:
        off.append(Fact(label=points_called(found.program), value=money(-found.priced.points.total)))
    pay = Fact(label=phrase("To pay"), value=money(found.to_pay))
    says = [said for about, said in notes.says if about not in {"gift", CASHIER}]
    sections = [
        Section(heading=NO_HEADING, facts=lines),
        Section(heading=NO_HEADING, facts=[*off, pay]),
        Section(heading=NO_HEADING, facts=list(brought(found)), sentences=says),
    ]
    document = Document(
        name="slip",
        title=phrase("Card {card}", card=found.card) if found.card else phrase("Quote"),
        under=phrase("{name}", name=found.program.name),
        sections=[each for each in sections if each.facts or each.sentences],
    )
    warnings: list[Phrase] = [each.error.phrase for each in found.refused]
    return Outcome(data=figures(found), warnings=warnings, language=found.program.language), document


def points_called(program: Program) -> Phrase:
    """What the shop calls its points."""
    own = program.points.called if program.points else ""
    return phrase("{name}", name=own) if own else phrase("Points")


def points_said(program: Program, points: int) -> int | Money:
    """So many points, as money where the shop calls them something else."""
    terms = program.points
    return program.currency.money(terms.pay(points)) if terms and terms.called else points


def goods_said(line: Line) -> Phrase:
    """What a line is; an amount without lines is the basket."""
    name = line.product or line.category
    return phrase("{name}", name=name) if name else phrase("Basket")


def brought(found: Quote) -> Iterator[Fact]:
    """The points before, earned and after."""
    if found.before is None or found.after is None or not found.program.points:
        return
    yield Fact(label=phrase("Points earned"), value=points_said(found.program, earned_points(found)))
    yield Fact(label=phrase("Points now"), value=points_said(found.program, found.after.points))
    if found.after.pending:
        yield Fact(label=phrase("Pending points"), value=points_said(found.program, found.after.pending))
