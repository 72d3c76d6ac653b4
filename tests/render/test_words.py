from __future__ import annotations

import functools
import gettext
import io
import re
import string

import pytest
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.shown.phrase import Figure
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.figures import ALL_FIGURES
from loyalty_cli.render.safe import safe
from loyalty_cli.render.words import CATALOGUES
from loyalty_cli.render.words import language_of
from loyalty_cli.render.words import say
from tests.render.msgids import every_text
from tests.render.msgids import whatever_is_written

TRANSLATED = ("pl", "ru", "ro")
DAY = day_from_iso("2026-11-01")


@functools.cache
def catalogue(language: str) -> dict[str, object]:
    with (CATALOGUES / language / "LC_MESSAGES" / "loyalty.po").open("rb") as file:
        return {
            message.id if isinstance(message.id, str) else message.id[0]: message.string
            for message in read_po(file, locale=language)
            if message.id
        }


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_program_is_in_every_catalogue(language: str) -> None:
    known = catalogue(language)
    # A text that counts in one place and not in another would be found for one of them only.
    missing = [text for text, plural in every_text().items() if not known.get(text) or bool(plural) is not isinstance(known[text], tuple)]
    assert not missing


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_catalogue_has_a_sentence_that_nothing_says(language: str) -> None:
    assert [text for text in catalogue(language) if text not in whatever_is_written()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_same_named_places_and_every_plural(language: str) -> None:
    for text, translations in catalogue(language).items():
        several = translations if isinstance(translations, tuple) else (translations,)
        assert len(several) in {1, 3}
        for translation in several:
            assert translation, text
            assert places(translation) == places(text), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_to_be_written_in_a_command_is_named_in_the_language_of_the_sentence(language: str) -> None:
    known = catalogue(language)
    named = {word for word in known if word.isascii() and word.isupper() and known[word] != word} - {"FROM"}  # FROM is SQL's, too
    commands = [said for said in known.values() if isinstance(said, str) and "loyalty " in said]
    assert [said for said in commands if named & set(re.findall(r"(?<![-{])\b[A-Z]{3,}\b", said))] == []


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    folder = CATALOGUES / language / "LC_MESSAGES"
    compiled = io.BytesIO()
    with (folder / "loyalty.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    with (folder / "loyalty.mo").open("rb") as file:
        assert texts(gettext.GNUTranslations(file)) == texts(gettext.GNUTranslations(compiled))


def texts(translations: gettext.GNUTranslations) -> dict[object, str]:
    held: dict[object, str] = translations._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in held.items() if key}


def test_the_marks_of_numbers_are_those_of_the_worlds_tables() -> None:
    for language, figures in ALL_FIGURES.items():
        marks = Locale.parse(language).number_symbols["latn"]
        assert (figures.group, figures.point) == (marks["group"], marks["decimal"])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1,234.50 PLN on 2026-11-01"),
        ("pl", "1\u00a0234,50\u00a0zł on 01.11.2026"),
        ("ru", "1\u00a0234,50\u00a0PLN on 01.11.2026"),
        ("ro", "1.234,50\u00a0PLN on 01.11.2026"),
    ],
)
def test_values_are_written_as_the_language_writes_them(language: str, said: str) -> None:
    sentence = phrase("{money} on {day}", money=Money(123450, "PLN"), day=OnDay(DAY))
    assert say(sentence, language) == said


@pytest.mark.parametrize(
    ("count", "polish", "russian", "romanian"),
    [
        (1, "1 dzień", "1 день", "1 zi"),
        (2, "2 dni", "2 дня", "2 zile"),
        (5, "5 dni", "5 дней", "5 zile"),
        (21, "21 dni", "21 день", "21 de zile"),
        (22, "22 dni", "22 дня", "22 de zile"),
    ],
)
def test_plurals_follow_each_language(count: int, polish: str, russian: str, romanian: str) -> None:
    span = phrase("{span}", span=Span(count=count, unit="days"))
    assert [say(span, language) for language in TRANSLATED] == [polish, russian, romanian]


def test_a_phrase_inside_a_phrase_is_said_in_the_same_language() -> None:
    sentence = phrase("Days: {dates}, by the day it happened.", dates=phrase("until {day}", day=OnDay(DAY)))
    assert say(sentence, "pl") == "Dni: do 01.11.2026, według dnia zdarzenia."
    dates = phrase("Days: {dates}, by the day it happened.", dates=Dates(first=DAY, last=DAY + 29))
    assert say(dates, "ru") == "Дни: с 01.11.2026 по 30.11.2026, по дню события."


def test_what_is_not_translated_is_said_in_english() -> None:
    assert say(Phrase("Nobody translated {this}.", {"this": 1234}), "pl") == "Nobody translated 1\u00a0234."


def test_a_number_that_names_a_thing_is_not_grouped() -> None:
    assert say(phrase("process {pid}", pid=12345), "en") == "process 12345"


def test_a_name_in_a_sentence_can_not_steer_the_terminal_and_keeps_its_spaces() -> None:
    assert safe("a\x1b[31m\u202eb\nc\u00a0d\u202fe\x9b") == "a[31mb c\u00a0d\u202fe"


@pytest.mark.parametrize(
    ("wish", "language"),
    [("pl_PL.UTF-8", "pl"), ("ru-RU", "ru"), ("RO", "ro"), ("de_DE", "en"), ("C.UTF-8", "en"), ("C", "en")],
)
def test_a_wish_of_the_system_is_understood(wish: str, language: str) -> None:
    assert language_of(wish) == language


@pytest.mark.parametrize(("language", "said"), [("en", "1.5 times"), ("pl", "1,5 razy"), ("ru", "1,5"), ("ro", "1,5 ori")])
def test_a_number_with_a_fraction_has_the_point_of_its_language(language: str, said: str) -> None:
    spoken = say(phrase("{factor} times the points above.", factor=Figure(1500)), language)
    assert said in spoken
    assert (str(Figure(2000)), str(Figure(350)), str(Figure(1_250_000_000))) == ("2", "0.35", "1250000")
