"""`loyalty init`: asks what it was not told, if somebody sits at the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from loyalty_cli.cli import clock
from loyalty_cli.cli import streams
from loyalty_cli.cli.chain_options import BUCKETS
from loyalty_cli.cli.chain_options import BucketsOption
from loyalty_cli.cli.chain_options import MASTER
from loyalty_cli.cli.chain_options import MasterOption
from loyalty_cli.cli.language_spoken import spoken_here
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.questions import Asking
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import local_day
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.words import language_of


def command(
    show: Showing,
    folder: Annotated[Path, typer.Argument(help="The shop's new folder.")] = Path(),
    template: Annotated[str | None, typer.Option("--template", help="The sample to begin with; --list shows them.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the templates.")] = False,
    name: Annotated[str | None, typer.Option("--name", help="The program's name.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="CODE", help="en, pl, ru or ro.")] = None,
    currency: Annotated[str | None, typer.Option("--currency", metavar="CODE", help="PLN, RON, RUB, EUR …")] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="Such as Europe/Warsaw.")] = None,
    starts: Annotated[Day | None, day_option("--starts", "The first day that earns anything. Default: today.")] = None,
    ask_nothing: Annotated[bool, typer.Option("--yes", help="Ask nothing; what is not said is as on this computer.")] = False,
    engine: Annotated[str | None, typer.Option("--engine", metavar="spark", help="For a chain: purchases lie in files.")] = None,
    master: MasterOption = MASTER,
    buckets: BucketsOption = BUCKETS,
) -> None:
    """Make a new shop folder: a program to change, worked examples, layouts, an empty database."""
    from loyalty_cli.cli.shop.this_computer import currency_of
    from loyalty_cli.cli.shop.this_computer import zone_of
    from loyalty_cli.operations.chain.begin import place_said
    from loyalty_cli.operations.shop.init import currency_known
    from loyalty_cli.operations.shop.init import DEFAULT
    from loyalty_cli.operations.shop.init import init
    from loyalty_cli.operations.shop.init import language_known
    from loyalty_cli.operations.shop.init import list_of_templates
    from loyalty_cli.operations.shop.init import template_known
    from loyalty_cli.operations.shop.init import zone_known
    from loyalty_cli.operations.shop.template import Answers

    if listed:
        show.result(list_of_templates())
    language, place = language or (show.lang and language_of(show.lang)), place_said(engine, master, buckets)
    shop = shop_of(folder / "program.yaml")
    asks = not (ask_nothing or shop.program.exists() or shop.database.exists()) and sys.stdin.isatty() and sys.stdout.isatty()
    ask = Asking(spoken_here() if language is None else language_known(language), asks=asks)
    ask.language = ask.answer(language, phrase("Language (en, pl, ru, ro)"), ask.language, language_known)
    name = ask.answer(name, phrase("Name of the program"), "", str.strip)
    money = currency_of(ask.language, today=clock.now().date())
    currency = ask.answer(currency, phrase("Currency"), money, currency_known)
    timezone = ask.answer(timezone, phrase("Time zone"), zone_of(ask.language), zone_known)
    if asks and template is None:
        streams.put_out("".join(f"{line}\n" for line in templates(ask.language)).encode())
    template = ask.answer(template, phrase("Template"), DEFAULT, template_known)
    answers = Answers(
        name=name,
        language=ask.language,
        currency=currency,
        timezone=timezone,
        starts=local_day(clock.now(), timezone) if starts is None else starts,
    )
    show.result(init(shop, template=template, answers=answers, place=place))


def templates(language: str) -> list[str]:
    """The templates to choose from, each folded to the terminal under its beginning."""
    import textwrap

    from loyalty_cli.operations.shop.init import TEMPLATES
    from loyalty_cli.render.words import word

    width, below = streams.screen_width(sys.stdout) or 80, " " * 26
    told = (f"  {name:<24}{word(what, language)}" for name, what in TEMPLATES.items())
    return [line for each in told for line in textwrap.wrap(each, width - 1, subsequent_indent=below)]
