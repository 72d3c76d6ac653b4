"""Phrases said in the reader's language: catalogues, plurals by count, values as the language has them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from gettext import GNUTranslations
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.model.days import by_the_clock
from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import Span
from loyalty_cli.model.shown.phrase import AtMoment
from loyalty_cli.model.shown.phrase import Figure
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import LANGUAGES
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import OnWeekday
from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.figures import figures_of
from loyalty_cli.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.render.figures import Figures

CATALOGUES = Path(__file__).parent / "locale"
# Numbers that name a thing and do not count it: 12345 stays 12345.
NAMES_OF_NUMBERS = frozenset({"id", "pid", "line", "column", "row", "year", "number", "code", "port"})


@lru_cache
def catalogue_of(language: str) -> NullTranslations:
    """The catalogue of a language; without one, English says itself."""
    path = CATALOGUES / language / "LC_MESSAGES" / "loyalty.mo"
    if language == "en" or not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)


def language_of(wish: str) -> str:
    """The language we speak for `pl`, `pl_PL.UTF-8` or `pl-PL`; English if we do not know it."""
    return short_of(wish) if is_spoken(wish) else "en"


def is_spoken(wish: str) -> bool:
    """Whether we know a language."""
    return short_of(wish) in LANGUAGES


def short_of(wish: str) -> str:
    """The letters of a language, without its country and the encoding."""
    return wish.replace("-", "_").split("_")[0].split(".")[0].lower()


def word(text: str, language: str) -> str:
    """One English text in the language: a heading, a label."""
    return catalogue_of(language).gettext(text) if text else ""


def say(said: Phrase, language: str = "en") -> str:
    """A phrase as a sentence of the language."""
    if not said.text:
        return ""
    catalogue = catalogue_of(language)
    count = said.values.get("count")
    if said.plural is not None and isinstance(count, int):
        text = catalogue.ngettext(said.text, said.plural, count)
    else:
        text = catalogue.gettext(said.text)
    return text.format_map({name: spoken(value, language, name=name) for name, value in said.values.items()})


def say_all(phrases: Iterable[Phrase], language: str = "en") -> list[str]:
    """Each phrase as a sentence."""
    return [say(each, language) for each in phrases]


def spoken(value: object, language: str, *, name: str = "") -> str:
    """A phrase's value as the language writes it; text from outside is made harmless."""
    if isinstance(value, list | tuple):
        return ", ".join(spoken(each, language) for each in value)
    inner = as_phrase(value)
    if inner is not None:
        return say(inner, language)
    if isinstance(value, int) and name in NAMES_OF_NUMBERS:
        return str(value)
    text = in_figures(value, figures_of(language))
    return text if text is not None else "" if value is None else safe(str(value))


def in_figures(value: object, figures: Figures) -> str | None:
    """A number, an amount, a day or a month with the marks of a language; None for anything else."""
    text: str | None = None
    match value:
        case int():
            text = figures.number(value)
        case Money(amount=amount, currency=currency, digits=digits):
            text = figures.money(amount, currency, digits)
        case OnDay(day=day):
            text = figures.day(day)
        case InMonth(month=month):
            text = figures.month(month)
        case OnWeekday(weekday=weekday):
            text = figures.weekday(weekday)
        case Percent() | Figure():
            text = str(value).replace(".", figures.point)
        case datetime() | AtMoment():
            local = by_the_clock(value.moment, value.timezone) if isinstance(value, AtMoment) else value
            text = figures.moment(local.isoformat())
    return text


def as_phrase(value: object) -> Phrase | None:
    """A value that is said in words rather than written in figures."""
    match value:
        case Phrase():
            return value
        case bool():
            return phrase("yes" if value else "no")
        case Dates(first=first, last=last):
            return phrase("{first} to {last}", first=OnDay(first), last=OnDay(last))
        case Span(count=count, unit=unit):
            return phrase(f"{{count}} {unit[:-1]}", f"{{count}} {unit}", count=count)
        case _:
            return None
