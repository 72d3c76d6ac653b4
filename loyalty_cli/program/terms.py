"""The whole program in plain sentences for members, section by section; each kind of rule says its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.phrase import in_a_row
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.program.blocks.points import pays_said
from loyalty_cli.program.reward_said import reward_said
from loyalty_cli.rules.coupons.said import days_said
from loyalty_cli.rules.coupons.said import terms_said
from loyalty_cli.rules.coupons.said import worth_said
from loyalty_cli.rules.only_said import only_said
from loyalty_cli.rules.segment import together

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.blocks.discounts import Discounts
    from loyalty_cli.program.blocks.discounts import Together
    from loyalty_cli.program.blocks.gifts import GiftTerms
    from loyalty_cli.program.blocks.points import Points
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.tiers.ladder import Rung

    Said = Callable[[int], Money]


def sections_of(program: Program) -> Iterator[Section]:
    """What a member gets, in the order of a program file; a section without anything is left out."""
    money = program.currency.money

    yield Section(heading=phrase("When the program holds"), sentences=list(days_of(program)))
    if program.points:
        yield points_of(program, program.points, money)
    if program.ladder:
        yield tiers_of(program, money)
    if program.discounts:
        yield discounts_of(program, program.discounts, money)
    if told := {name: reward for name, reward in program.rewards.items() if not reward.block.surprise}:
        facts = [fact(name, reward_said(reward, money)) for name, reward in told.items()]
        yield Section(heading=phrase("Rewards"), facts=facts)
    yield from segments_of(program, money)
    if program.gifts:
        facts = [fact(name, gift_said(gift)) for name, gift in program.gifts.items()]
        yield Section(heading=phrase("Gifts"), facts=facts)
    if program.coupons:
        facts = [
            fact(name, [phrase("{what}.", what=worth_said(terms, money)), *terms_said(terms, money), *days_said(terms)])
            for name, terms in program.coupons.items()
        ]
        yield Section(heading=phrase("Coupons"), facts=facts)


def segments_asked(program: Program) -> list[str]:
    """The segments that something which members are told of asks for, in the order of the file."""
    told = [reward for reward in program.rewards.values() if not reward.block.surprise]
    rules = [*program.earn.values(), *program.offers.values(), *told, *program.draws.values(), *program.coupons.values()]
    names = {name for rule in (*rules, program.discounts, program.ladder) if rule for name in rule.only.segments}
    names |= {getattr(reward.when, "segment", "") for reward in told}
    return [name for name in program.segments if name in names]


def segments_of(program: Program, money: Said) -> Iterator[Section]:
    """Who belongs to the segments that are asked for."""
    facts = [fact(name, [together(program.segments[name].announced(money))]) for name in segments_asked(program)]
    if facts:
        yield Section(heading=phrase("Who belongs to a segment"), facts=facts)


def fact(name: str, sentences: Iterable[Phrase]) -> Fact:
    """One rule by its name."""
    return Fact(label=phrase("{name}", name=name), value=in_a_row(sentences))


def days_of(program: Program) -> Iterator[Phrase]:
    """From when, until when; who takes part; until when what was earned can be used."""
    yield phrase("It begins on {day}: nothing before this day earns anything.", day=OnDay(program.starts))
    if program.counts_before_start:
        yield phrase("What you bought before counts for tiers and growing discounts.")
    if program.ends != NEVER:
        yield phrase("It ends on {day}: nothing after this day earns anything.", day=OnDay(program.ends))
    if program.last_redemption != NEVER:
        yield phrase("Points and coupons can be used through {day}.", day=OnDay(program.last_redemption))
    if not program.unknown_cards_join:
        yield phrase("Only registered cards take part.")


def gift_said(gift: GiftTerms) -> Iterator[Phrase]:
    """How a gift can be had, and how long."""
    if gift.points is not None:
        yield phrase("For {count} point.", "For {count} points.", count=gift.points)
    if gift.stock is None:
        yield phrase("There is enough for everybody.")
    else:
        yield phrase("There is {count}; whoever comes first has it.", "There are {count}; whoever comes first has one.", count=gift.pieces)


def points_of(program: Program, points: Points, money: Said) -> Section:
    """How points are earned, what caps them, how they are used, when they lapse."""
    sentences = [*points.announced(), *points.used(money)]
    for name, wallet in points.wallets.items():
        sentences += [phrase("{name}: {what}", name=name, what=what) for what in pays_said(wallet, money)]
    earn = [fact(name, [rule.announced(money), *only_said(rule.only)]) for name, rule in program.earn.items()]
    return Section(heading=phrase("Points"), sentences=sentences, facts=earn)


def tiers_of(program: Program, money: Said) -> Section:
    """The ladder with what each tier gives."""
    ladder = program.ladder
    facts = [fact(name, rung_said(rung, program, money)) for name, rung in program.tiers.items()]
    return Section(heading=phrase("Tiers"), sentences=[*ladder.terms(), *ladder.announced(money)], facts=facts)


def rung_said(rung: Rung, program: Program, money: Said) -> Iterator[Phrase]:
    """What must be reached for a tier, and its rights."""
    if rung.best is None:
        floor = program.ladder.floor_said(rung.at_least, money)
        yield phrase("{what}.", what=floor) if rung.at_least else phrase("From the beginning.")
    if rung.discount:
        yield phrase("{percent} off.", percent=Share(rung.discount))
    if rung.benefits:
        yield phrase("Besides: {benefits}.", benefits=rung.benefits)


TOGETHER = {
    "best": phrase("Of several discounts that fit, the best one holds."),
    "add": phrase("Several discounts that fit are added up."),
    "one after another": phrase("Several discounts that fit are taken off one after another."),
}


def discounts_of(program: Program, discounts: Discounts, money: Said) -> Section:
    """The discounts, how they go together, and their ceilings."""
    sentences = [*only_said(discounts.only), *together_said(discounts, money)]
    for name, group in discounts.groups.items():
        sentences += [phrase("{name}: {what}", name=name, what=what) for what in together_said(group, money)]
    for product, price in discounts.never_below.items():
        sentences.append(phrase("{name} never costs less than {price}.", name=product, price=money(price)))
    facts = []
    for name, offer in program.offers.items():
        said = [offer.announced(money), *only_said(offer.only)]
        if offer.group:
            said.append(phrase("It belongs to: {group}.", group=offer.group))
        if offer.never_with:
            said.append(phrase("Never together with: {names}.", names=offer.never_with))
        facts.append(fact(name, [*said, *ceilings_said(offer, money)]))
    return Section(heading=phrase("Discounts"), sentences=sentences, facts=facts)


def together_said(block: Together, money: Said) -> Iterator[Phrase]:
    """What happens when several discounts fit."""
    yield TOGETHER[block.together]
    if block.never_above < WHOLE:
        yield phrase("Never more than {percent}% together.", percent=Percent(block.never_above))
    yield from ceilings_said(block, money)


def ceilings_said(block: object, money: Said) -> Iterator[Phrase]:
    """The most that comes off."""
    most = getattr(block, "at_most", None)
    if most is None:
        return
    if most.line is not None:
        yield phrase("At most {amount} off one line of a receipt.", amount=money(most.line))
    if most.receipt is not None:
        yield phrase("At most {amount} off one receipt.", amount=money(most.receipt))
    if most.month is not None:
        yield phrase("At most {amount} off in a calendar month.", amount=money(most.month))


def returns_of(program: Program) -> Section:
    """What a return does."""
    said = [phrase("If you bring goods back, what they had earned is taken back.")]
    if program.points:
        said.append(phrase("Points that you have used already are owed; the next ones you earn pay for them."))
        said.append(phrase("Points that you paid the goods with come back to you in the same part."))
    if program.rewards:
        said.append(phrase("A reward whose condition no longer holds is taken back, unless it says otherwise."))
    if any(terms.owed_if_returned for terms in program.coupons.values()):
        said.append(phrase("What a coupon has paid is owed if the purchase that brought it comes back."))
    return Section(heading=phrase("Returned goods"), sentences=said)
