"""`loyalty plan`: a first program, proposed, written, launched. It asks what it was not told, if somebody sits at the terminal."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated
from typing import NamedTuple
from typing import NoReturn
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli import clock
from loyalty_cli.cli.language_spoken import spoken_here
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import percent_option
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.questions import Asking
from loyalty_cli.cli.show import PAGES
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from loyalty_cli.cli.show import Show
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.plan.planning import Planning
    from loyalty_cli.operations.plan.trading import Said
    from loyalty_cli.operations.shop.template import Answers
    from loyalty_cli.paying.proposal import Size as SizeName

# A program is made known, printed and taught in four weeks.
FOUR_WEEKS = 28
Branch = Annotated[str | None, typer.Option("--branch", help="café, grocery, fashion, beauty, books, home or other.")]
Receipt = Annotated[str | None, typer.Option("--receipt", metavar="AMOUNT", help="What a member pays each time, on the average.")]
Visits = Annotated[str | None, typer.Option("--visits", metavar="N", help="How often a member comes a month, such as 2.5.")]
Members = Annotated[str | None, typer.Option("--members", metavar="N", help="How many members you expect.")]
Budget = Annotated[str | None, typer.Option("--budget", metavar="AMOUNT", help="What it may cost a month if all of it is used.")]
SetUp = Annotated[str, typer.Option("--set-up", metavar="AMOUNT", help="What cards, printing and work cost once.")]
Monthly = Annotated[str, typer.Option("--monthly", metavar="AMOUNT", help="What each month costs besides rewards.")]
Margin = Annotated[int | None, percent_option("--margin", "What is left of a sale, such as 30%. Default: as in the branch.")]
History = Annotated[bool, typer.Option("--from-history", help="Let the shop's receipts of the last quarter say how it trades.")]
Size = Annotated[str, typer.Option("--size", help="small, middle or large: the one to write, or to launch.")]
Write = Annotated[bool, typer.Option("--write", help="Write the program and its examples; never over a program that is there.")]
Name = Annotated[str, typer.Option("--name", help="The program's name.")]
Language = Annotated[str | None, typer.Option("--language", metavar="CODE", help="en, pl, ru or ro.")]
Currency = Annotated[str | None, typer.Option("--currency", metavar="CODE", help="PLN, RON, RUB, EUR …")]
Zone = Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="Such as Europe/Warsaw.")]
Starts = Annotated[Day | None, day_option("--starts", "The day it starts. Default: in four weeks.")]
AskNothing = Annotated[bool, typer.Option("--yes", help="Ask nothing; what is not said is as usual in the branch.")]


def command(
    shop: TheShop,
    show: Showing,
    branch: Branch = None,
    margin: Margin = None,
    receipt: Receipt = None,
    visits: Visits = None,
    members: Members = None,
    budget: Budget = None,
    set_up: SetUp = "0",
    monthly: Monthly = "0",
    from_history: History = False,
    size: Size = "middle",
    write: Write = False,
    name: Name = "",
    language: Language = None,
    currency: Currency = None,
    timezone: Zone = None,
    starts: Starts = None,
    ask_nothing: AskNothing = False,
) -> None:
    """Propose a first program in three sizes; write one, and the plan of its launch.

    With -o plan.html it is the launch plan: what to do when, who leads, what to print, when to look at which number.
    """
    from loyalty_cli.operations.plan.plan import plan
    from loyalty_cli.operations.plan.plan import size_known
    from loyalty_cli.operations.plan.plan import write_plan
    from loyalty_cli.operations.plan.planning import Planning

    chosen = size_known(size)
    answers = answers_of(shop, Answered(name, language, currency, timezone, starts))
    money = amounts_in(answers)
    asks = not ask_nothing and not from_history and sys.stdin.isatty() and sys.stdout.isatty()
    words = {"branch": branch, "receipt": receipt, "visits": visits, "members": members}
    said = said_of(words, Asking(answers.language, asks=asks), money)
    planning = Planning(
        said=replace(said, margin=margin),
        answers=answers,
        from_history=from_history,
        budget=None if budget is None else money(budget),
        set_up=money(set_up),
        monthly=money(monthly),
    )
    if show.output is not None and show.output.suffix.lower() in PAGES:
        launch(shop, planning, chosen, show, write=write)
    show.result(write_plan(shop, planning, chosen) if write else plan(shop, planning))


class Answered(NamedTuple):
    """What was said of the shop."""

    name: str
    language: str | None
    currency: str | None
    timezone: str | None
    starts: Day | None


def answers_of(shop: Shop, said: Answered) -> Answers:
    """The same with what was not said as the program that is there has it, else as this computer."""
    from loyalty_cli.cli.shop.this_computer import currency_of
    from loyalty_cli.cli.shop.this_computer import zone_of
    from loyalty_cli.operations.in_force import program_file
    from loyalty_cli.operations.shop.init import currency_known
    from loyalty_cli.operations.shop.init import language_known
    from loyalty_cli.operations.shop.init import zone_known
    from loyalty_cli.operations.shop.template import Answers

    there = program_file(shop) if shop.program.exists() else None
    language = language_known(said.language) if said.language else there.language if there else spoken_here()
    here = there.currency.code if there else currency_of(language, today=clock.now().date())
    timezone = zone_known(said.timezone) if said.timezone else there.timezone if there else zone_of(language)
    return Answers(
        name=said.name,
        language=language,
        currency=currency_known(said.currency) if said.currency else here,
        timezone=timezone,
        starts=local_day(clock.now(), timezone) + FOUR_WEEKS if said.starts is None else said.starts,
    )


def amounts_in(answers: Answers) -> Callable[[str], int]:
    """Reads amounts of the shop's currency."""
    from loyalty_cli.model.money import currency_named
    from loyalty_cli.reading.values import amount_of

    return lambda text: understood(lambda: amount_of(text, currency_named(answers.currency)))


def understood(read: Callable[[], int]) -> int:
    """A value; one that is not understood is the reader's slip."""
    from loyalty_cli.reading.values import NotUnderstood

    try:
        return read()
    except NotUnderstood as why:
        raise LoyaltyError.of(why.what, hint=why.hint) from why


def said_of(words: Mapping[str, str | None], ask: Asking, money: Callable[[str], int]) -> Said:
    """How the shop trades, as far as it is said or typed."""
    from loyalty_cli.operations.plan.trading import branch_known
    from loyalty_cli.operations.plan.trading import BRANCHES
    from loyalty_cli.operations.plan.trading import Said
    from loyalty_cli.reading.values import decimal_of
    from loyalty_cli.reading.values import whole_of
    from loyalty_cli.render.words import say

    def asked(name: str, question: Phrase, read: Callable[[str], int]) -> int | None:
        text = ask.answer(words[name], question, "", lambda typed: str(read(typed)))
        return int(text) or None if text else None

    names, other = [each.called for each in BRANCHES.values()], say(BRANCHES["other"].called, ask.language)
    branch = branch_known(ask.answer(words["branch"], phrase("Branch ({names})", names=names), other, branch_known))
    return Said(
        branch=branch,
        receipt=asked("receipt", phrase("What a member pays each time, on the average"), money),
        visits=asked(
            "visits",
            phrase("How often a member comes a month"),
            lambda text: understood(lambda: round(decimal_of(text, "2.5") * 100)),
        ),
        members=asked("members", phrase("How many members you expect"), lambda text: understood(lambda: whole_of(text))),
    )


def launch(shop: Shop, planning: Planning, size: SizeName, show: Show, *, write: bool) -> NoReturn:
    """Write the launch plan, and the program besides, if that is asked for."""
    from loyalty_cli.cli.pages import put_document
    from loyalty_cli.operations.plan.launch import launch_plan
    from loyalty_cli.operations.plan.plan import write_plan

    written = write_plan(shop, planning, size) if write else None
    outcome, document = launch_plan(shop, planning, size)
    put_document(replace(outcome, said=[*(written.said if written else ()), *outcome.said]), document, show)
