"""`loyalty program posters`: the offers of a day, each in the sentences of the terms, to be hung up or put on a shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.document import Document
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.in_force import today_of
from loyalty_cli.program.reward_said import reward_said
from loyalty_cli.program.terms import ceilings_said
from loyalty_cli.rules.only_said import only_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.only import Only


def program_posters(shop: Shop, *, on: Day | None = None) -> tuple[Outcome, Document]:
    """A section for each offer that holds on a day: its name, then what a member reads of it."""
    program = program_file(shop)
    day = today_of(shop, program) if on is None else on
    sections = list(offers_on(program, day)) if day <= program.ends else []
    said = phrase("{count} offer on {day}.", "{count} offers on {day}.", count=len(sections), day=OnDay(day))
    document = Document(name="posters", title=phrase("Our offers"), under=phrase("{name}", name=program.name), sections=sections)
    return Outcome(said=[said], data={"day": OnDay(day), "offers": len(sections)}, language=program.language), document


def offers_on(program: Program, day: Day) -> Iterator[Section]:
    """Discounts, what earns points, rewards; what surprises and what is out of season stays away."""
    money = program.currency.money

    for name, offer in program.offers.items():
        if in_season(offer.only, day):
            said = [offer.announced(money), *only_said(offer.only), *ceilings_said(offer, money)]
            yield Section(heading=phrase("{name}", name=name), sentences=said)
    for name, rule in program.earn.items():
        if in_season(rule.only, day):
            yield Section(heading=phrase("{name}", name=name), sentences=[rule.announced(money), *only_said(rule.only)])
    for name, reward in program.rewards.items():
        if in_season(reward.only, day) and not reward.block.surprise:
            yield Section(heading=phrase("{name}", name=name), sentences=list(reward_said(reward, money)))


def in_season(only: Only, day: Day) -> bool:
    """Whether an offer's dates, if it has any, hold a day; on which weekdays and hours it holds, it says itself."""
    return not only.dates or any(day in period for period in only.dates)
