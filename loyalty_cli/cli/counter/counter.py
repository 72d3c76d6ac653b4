"""`loyalty counter`."""

from __future__ import annotations

import importlib.util
import sys
from typing import Annotated

import typer

from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import Lang
from loyalty_cli.cli.options import TheShop
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase


def command(
    shop: TheShop,
    store: Annotated[str, typer.Option("--store", help="The store at whose counter it stands.")] = "",
    by: By = "",
    wording: Annotated[str, typer.Option("--wording", help="The text that members agree to when they are asked for consent.")] = "",
    version: Annotated[str, typer.Option("--wording-version", help="Which version of that text.")] = "",
    lang: Lang = None,
) -> None:
    """A screen that stays open at the till: scan a card, type an amount, book what is used, fill in what is missing; one key each."""
    if importlib.util.find_spec("textual") is None:
        hint = phrase('Install it: python -m pip install "loyalty-cli[counter]"')
        raise LoyaltyError("The counter's screen needs the package textual.", hint=hint)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = phrase("A script asks for one basket after the other: {command}", command="loyalty quote --many -")
        raise LoyaltyError("The counter's screen needs a terminal.", hint=hint)
    from dataclasses import replace

    from loyalty_cli.cli import clock
    from loyalty_cli.cli.counter.screen import CounterScreen
    from loyalty_cli.cli.language_spoken import spoken_here
    from loyalty_cli.operations.counter.missing import Wording
    from loyalty_cli.operations.counter.session import Session
    from loyalty_cli.operations.shop_language import words_in_file
    from loyalty_cli.render.words import language_of

    asked = Wording(wording, version)
    session = Session(shop=lambda: replace(shop, now=clock.now(), secret=clock.chance()), store=store, by=by, wording=asked)
    language = language_of(lang) if lang else spoken_here()
    CounterScreen(session, language=language, title=words_in_file(shop).get("program", "")).run(mouse=False)
