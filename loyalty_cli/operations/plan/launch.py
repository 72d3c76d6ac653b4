"""The launch plan: a page to print with what to do on which day, who leads, what to print, to train, to look at, and how to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.document import Document
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.plan.plan import plan_of
from loyalty_cli.operations.plan.said import NAMES
from loyalty_cli.operations.plan.said import SUPPOSED
from loyalty_cli.operations.plan.said import why
from loyalty_cli.program.terms import sections_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.plan.planning import Plan
    from loyalty_cli.operations.plan.planning import Planning
    from loyalty_cli.paying.planned import Planned
    from loyalty_cli.paying.proposal import Size

OWNER, LEADER, STAFF = phrase("owner"), phrase("whoever leads it"), phrase("everybody at the till")
# Days before and after the start, what is done on them, and by whom.
STEPS = (
    (-28, phrase("Choose the size, name who leads it, write the program: loyalty plan … --write, loyalty program check"), OWNER),
    (-26, phrase("Try the till's export and a card number on a receipt: loyalty import inspect FILE"), LEADER),
    (-24, phrase("Let a lawyer read the terms and the consent, the accountant the books: loyalty program terms -o terms.html"), OWNER),
    (-21, phrase("Order what is printed."), LEADER),
    (-10, phrase("Train everybody at the till, half an hour."), LEADER),
    (-7, phrase("Tell regular customers first; hang the posters."), STAFF),
    (-3, phrase("Rehearse: a card, a purchase, a return, a coupon; then loyalty recalc and loyalty explain CARD"), LEADER),
    (-1, phrase("Let the night run by itself: loyalty nightly; and a copy that lies elsewhere: loyalty backup"), LEADER),
    (0, phrase("Start: every customer is asked for the card, or offered one."), STAFF),
    (1, phrase("Look whether the first night went well: loyalty status"), LEADER),
    (30, phrase("The first month: numbers below, questions of the staff, mistakes at the till."), LEADER),
    (90, phrase("Decide what changes; try it first: loyalty simulate new.yaml"), OWNER),
    (365, phrase("Decide whether it goes on, grows or ends."), OWNER),
)
# What to look at: days after the start, the number, where it stands, and what is good.
LOOKS = (
    (7, phrase("Receipts with a card"), "report goals", phrase("a fifth or more; else the till does not ask")),
    (30, phrase("Receipts with a card"), "report goals", phrase("{share} or more", share=Share(4000))),
    (30, phrase("Cost of the program"), "report money", phrase("below the cost of this plan if all is used")),
    (60, phrase("New members who come again"), "report joined", phrase("{share} within 60 days", share=Share(4000))),
    (90, phrase("Points that are owed"), "report liability", phrase("the accountant knows it")),
    (90, phrase("How much more members buy"), "report money", phrase("the break-even of this plan or more")),
    (180, phrase("Members who are late or lost"), "report rhythm", phrase("fewer than come anew")),
)
TRAINING = (
    phrase("Say at every receipt: Do you have our card? It is free."),
    phrase("Scan the card before paying; a forgotten card is not typed from memory, the receipt can be assigned later."),
    phrase("Say in one sentence what it brings; the poster has it."),
    phrase("A return goes with the receipt and the card; points go back by themselves."),
    phrase("A coupon is used once; what the screen refuses is refused kindly, and whoever leads it decides."),
    phrase("Personal data stay at the till; consent to letters is asked, never supposed."),
)
ENDING = (
    phrase("Announce it at least 60 days before, at the till and to everybody who has agreed to letters."),
    phrase("Write both days into program.yaml: ends: the last day that earns, last_redemption: at least 60 days later."),
    phrase("Points and coupons that were given are kept until then; nobody loses what was promised."),
    phrase("Say everybody's balance once more: loyalty report points, loyalty report lapsing-coupons"),
    phrase("After the last day close the books (loyalty month close), keep what the law asks for, erase the rest: loyalty member forget"),
)
CALENDAR = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="what", heading="What to do", kind="said"),
    Column(name="who", heading="Who", kind="said"),
)
PRINTING = (
    Column(name="what", heading="What to print", kind="said"),
    Column(name="many", heading="How many", kind="count"),
    Column(name="how", heading="Command", kind="code"),
)
NUMBERS = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="what", heading="Number", kind="said"),
    Column(name="where", heading="Where", kind="code"),
    Column(name="good", heading="Good", kind="said"),
)


def launch_plan(shop: Shop, planning: Planning, size: Size) -> tuple[Outcome, Document]:
    """The page of one size."""
    plan = plan_of(shop, planning)
    chosen = plan.size(size)
    starts = planning.answers.starts
    calendar = ((starts + after, kept(what), kept(who)) for after, what, who in STEPS)
    numbers = ((starts + after, kept(what), f"loyalty {where}", kept(good)) for after, what, where, good in LOOKS)
    sections = [
        Section(heading=phrase("The program"), sentences=list(of_the_program(chosen, plan)), facts=list(facts(chosen, plan))),
        Section(heading=phrase("Who leads it"), sentences=[LEADS], facts=[Fact(label=each, value=None) for each in ROLES]),
        Section(heading=phrase("What to do, and when"), table=page("calendar", CALENDAR, calendar)),
        Section(heading=phrase("What to print"), table=page("printing", PRINTING, printing(chosen, plan))),
        Section(heading=phrase("What to train"), sentences=TRAINING),
        Section(heading=phrase("When to look at which number"), table=page("numbers", NUMBERS, numbers)),
        Section(heading=phrase("How to end it fairly"), sentences=ENDING),
    ]
    document = Document(
        name="launch",
        title=phrase("Launch plan: {name}", name=chosen.program.name),
        under=phrase("Start: {day}", day=OnDay(starts)),
        sections=sections,
        note=phrase("Figures are estimates from what was said of the shop; after the first month loyalty report money has the real ones."),
    )
    return Outcome(data={"size": size, "cost_a_month": chosen.expected}, language=planning.answers.language), document


LEADS = phrase("One person leads it and has an hour a week for it; in the first month three.")
ROLES = (
    phrase("Leads the program"),
    phrase("Stands in"),
    phrase("Looks after the till"),
    phrase("Answers complaints"),
    phrase("Tells the accountant"),
)


def why_said(chosen: Planned, plan: Plan) -> Phrase:
    """The size and what it has."""
    return phrase("{size}: {why}", size=NAMES[chosen.proposal.size], why=why(chosen, plan))


def promises(chosen: Planned) -> Iterator[Phrase]:
    """What members are promised, in the sentences of the terms."""
    for section in sections_of(chosen.program):
        yield from section.sentences
        for fact in section.facts:
            yield phrase("{name}: {what}", name=fact.label, what=fact.value)


def of_the_program(chosen: Planned, plan: Plan) -> Iterator[Phrase]:
    """Why this size, what it promises, and what its figures rest on."""
    yield why_said(chosen, plan)
    yield from promises(chosen)
    if plan.trade.supposed:
        yield SUPPOSED


def facts(chosen: Planned, plan: Plan) -> Iterator[Fact]:
    """Money: what it costs, of what, and when it pays."""
    planning, paying = plan.planning, chosen.paying
    yield Fact(label=phrase("Members' turnover a month"), value=planning.money(plan.trade.turnover))
    yield Fact(label=phrase("Cost a month"), value=planning.money(paying.cost))
    yield Fact(label=phrase("Cost a month if all is used"), value=planning.money(chosen.most + planning.monthly))
    if planning.set_up:
        yield Fact(label=phrase("Setting up"), value=planning.money(planning.set_up))
    if paying.break_even is not None:
        yield Fact(label=phrase("Pays at more turnover of"), value=Share(paying.break_even))


def printing(chosen: Planned, plan: Plan) -> Iterator[tuple[str, int, str]]:
    """What is printed: a fifth more cards than members, rounded up to hundreds; a poster for each rule that a member sees."""
    cards = rounded(plan.trade.members * 12, 10 * 100, "up") * 100
    yield kept(phrase("Cards")), cards, "loyalty cards make"
    offers = len(chosen.program.earn) + len(chosen.program.rewards)
    yield kept(phrase("Posters, one for each offer")), offers, "loyalty program posters"
    yield kept(phrase("Terms, one at each till")), 1, "loyalty program terms"
    yield kept(phrase("This page, for whoever leads it and for the till")), 2, "loyalty plan -o plan.html"


def page(name: str, columns: tuple[Column, ...], rows: Iterable[tuple[Day | str | int, ...]]) -> Table:
    """A table of the page."""
    return Table(name=name, title=phrase("Launch plan"), columns=columns, rows=list(rows), currency="")
