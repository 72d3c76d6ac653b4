"""`loyalty plan`: a first program in three sizes, what each costs and when it pays; one of them written as the shop's program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.plan.planning import Plan
from loyalty_cli.operations.plan.said import sentences
from loyalty_cli.operations.plan.said import tables
from loyalty_cli.operations.plan.trading import trade_of_history
from loyalty_cli.operations.plan.trading import trade_said
from loyalty_cli.operations.plan.written import Writing
from loyalty_cli.operations.shop.init import EXAMPLES
from loyalty_cli.operations.shop.template import Wording
from loyalty_cli.paying.planned import planned
from loyalty_cli.paying.proposal import FIFTHS
from loyalty_cli.paying.proposal import given_back
from loyalty_cli.paying.proposal import propose
from loyalty_cli.paying.proposal import SIZES
from loyalty_cli.program.load import program_of
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.plan.planning import Planning
    from loyalty_cli.paying.planned import Planned
    from loyalty_cli.paying.proposal import Size
    from loyalty_cli.paying.trade import Trade

# A program that gives back less than this is not worth a card.
LEAST = 25
# A goal is said in halves of a percent.
HALF = 50


def size_known(text: str) -> Size:
    """A size by its name."""
    for size in SIZES:
        if text == size:
            return size
    raise LoyaltyError("There is no size {name}.", name=text, hint=did_you_mean(text, SIZES))


def plan_of(shop: Shop, planning: Planning) -> Plan:
    """Three sizes for the shop; the budget holds for each of them if all that they give is used."""
    trade = trade_of_history(shop, planning.said) if planning.from_history else trade_said(planning.said)
    budget = None if planning.budget is None else planning.budget - planning.monthly
    return Plan(trade=trade, sizes=tuple(fitting(trade, size, planning, budget) for size in SIZES), planning=planning)


def fitting(trade: Trade, size: Size, planning: Planning, budget: int | None) -> Planned:
    """A size whose cost, if all of it is used, is within the budget; what was rounded up is taken from what it gives back."""
    share = given_back(trade, size, budget)
    writing = Writing(Wording(planning.answers, scaled=False), planning.currency)
    costs = planning.costs(trade.margin)
    while share >= LEAST:
        proposal = propose(trade, size, share)
        goal = -(-share // HALF) * HALF
        text = writing.program(proposal, costs, goal)
        made = planned(trade, proposal, text, program_of(text, "program.yaml"), planning.monthly)
        if budget is None or made.most <= budget:
            return made
        share -= 5
    least = LEAST * FIFTHS["large"] * trade.turnover // (FIFTHS["small"] * WHOLE) + planning.monthly
    hint = "Members will pay {turnover} a month; for three sizes about {least} of it are needed."
    raise Refused(
        "So little can be given back that nobody would take a card for it.",
        hint=phrase(hint, turnover=planning.money(trade.turnover), least=planning.money(least)),
    )


def plan(shop: Shop, planning: Planning) -> Outcome:
    """The three sizes, with reasons, cost and break-even."""
    made = plan_of(shop, planning)
    return Outcome(
        said=list(sentences(made)),
        tables=tables(made),
        language=planning.answers.language,
        after=phrase("Take one: loyalty plan … --size middle --write; what to do when: --size middle -o plan.html"),
    )


def write_plan(shop: Shop, planning: Planning, size: Size) -> Outcome:
    """One size as the shop's program with its worked examples; a program that is there is never touched."""
    made = plan_of(shop, planning).size(size)
    writing = Writing(Wording(planning.answers, scaled=False), planning.currency)
    files = {
        shop.program.with_name(EXAMPLES): writing.examples(made.proposal, planning.answers.starts),
        shop.program: made.text,
    }
    for path in (shop.program, *files):
        if path.exists():
            hint = phrase("Nothing was changed. Plan in a folder of its own: --program new/program.yaml")
            raise Refused("{file} is there already.", file=str(path), hint=hint)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text.encode())
    names = ", ".join(path.name for path in reversed(files))
    said = phrase("The program is in {folder}: {files}.", folder=str(shop.folder), files=names)
    return Outcome(
        said=[said],
        data={"size": size, "files": [path.name for path in reversed(files)], "cost_a_month": made.expected},
        language=planning.answers.language,
        after=phrase("Next: loyalty program check"),
    )
