"""Members in a list: cards, names, birthdays, groups with their days and proof, consents with day and source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyalty_cli.importers.cards import card_number
from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.cells import clean_text
from loyalty_cli.importers.cells import yes_or_no
from loyalty_cli.importers.column_words import column_said
from loyalty_cli.model.consent import channel_in
from loyalty_cli.model.consent import CHANNELS
from loyalty_cli.model.consent import consent_called
from loyalty_cli.model.consent import DRAWS
from loyalty_cli.model.consent import PURPOSES
from loyalty_cli.model.days import iso
from loyalty_cli.model.listed import ListedConsent
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.model.listed import ListedMember
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.dates import date_form

if TYPE_CHECKING:
    from loyalty_cli.importers.lists.rows import Cells
    from loyalty_cli.model.days import Day

OLDEST_BIRTHDAY = 1900
# `pensioner from 2026-01-01 until 2027-05-31`, each part after the name as it is known.
GROUP = re.compile(r"(?P<name>.+?)(?:\s+from\s+(?P<first>.+?))?(?:\s+until\s+(?P<last>.+))?", re.IGNORECASE)
# `email`, `sms no`
CONSENT = re.compile(r"(?P<channel>.+?)(?:(?:\s*[=:]\s*|\s+)(?P<answer>\S+))?")


def listed_member(cells: Cells) -> ListedMember:
    """The member of a row."""
    form = date_form(cells.layout.dates)
    member = ListedMember(
        cards=listed_cards(cells),
        number=cells.text("number"),
        name=cells.together("name"),
        phone=cells.text("phone"),
        email=cells.read("email", lambda text: text if "@" in text[1:-1] else None, phrase("an e-mail address")),
        address=cells.text("address"),
        language=cells.read("language", language_code, phrase("a language's two letters")),
        birthday=cells.read("birthday", lambda text: birthday_of(text, cells.layout.dates), form.text),
        name_day=cells.read("name_day", lambda text: name_day_of(text, cells.layout.dates), form.text),
        joined=cells.day("joined"),
        referred_by=cells.read("referred_by", lambda text: card_number(text, cells.layout.card_rule) or text, phrase("a card or a number")),
        groups=listed_groups(cells),
        consents=listed_consents(cells),
        blocked=cells.read("blocked", yes_or_no, phrase("yes or no")),
    )
    if not member.cards and member.number is None:
        cells.blame(phrase("the row has neither a card nor a number"))
    return member


def listed_cards(cells: Cells) -> tuple[str, ...]:
    """The cards in a cell, with ; between them."""
    cards = []
    for text in cells.several("card"):
        card = card_number(text, cells.layout.card_rule)
        if card is None:
            cells.blame(phrase("card: {text} is not a card's number", text=as_it_stands(text)))
        else:
            cards.append(card)
    return tuple(cards)


def listed_groups(cells: Cells) -> tuple[ListedGroup, ...]:
    """The groups in a cell; days of a group stand behind its name, or in their own columns for all groups of the row."""
    first, last, proof = cells.day("group_from"), cells.day("group_until"), cells.text("proof")
    groups = []
    for text in cells.several("groups"):
        found = GROUP.fullmatch(text)
        if found is None:
            continue
        begins, ends = group_day(cells, found["first"], first), group_day(cells, found["last"], last)
        if begins is not None and ends is not None and ends < begins:
            cells.blame(phrase("groups: {name} would end before it begins", name=found["name"]))
        groups.append(ListedGroup(found["name"], begins, ends, proof))
    return tuple(groups)


def group_day(cells: Cells, text: str | None, of_row: Day | None) -> Day | None:
    """A day beside a group's name, else the one of its column."""
    if text is None:
        return of_row
    form = date_form(cells.layout.dates)
    day = form.day(text)
    if day is None:
        cells.blame(phrase("{column}: {text} is not {expected}", column=column_said("groups"), text=as_it_stands(text), expected=form.text))
    return day


def listed_consents(cells: Cells) -> tuple[ListedConsent, ...]:
    """The channels in a cell, each with no behind it where the member does not agree; a bare yes is to the column's channel."""
    day, source = cells.day("consent_date"), cells.text("consent_source")
    answers: dict[tuple[str, bool], None] = {}
    for name, cell in zip(cells.layout.columns.consents or (), cells.beside("consents"), strict=False):
        # A dash says nothing.
        for text in (part for part in map(clean_text, cell.split(";")) if any(map(str.isalnum, part))):
            answer = answer_in(text, name)
            if isinstance(answer, Phrase):
                cells.blame(answer)
            else:
                answers[answer] = None
    return tuple(ListedConsent(channel, agreed, day, source) for channel, agreed in answers)


def answer_in(text: str, name: str) -> tuple[str, bool] | Phrase:
    """A channel and whether the member agrees, in a column of this name; or why a text is no such answer.

    A refusal in other words (`no sms`, `sms: refused`) would be kept as a consent to a channel that is called so.
    """
    own, agreed = channel_in(name), yes_or_no(text)
    if agreed is not None:
        untold = "{column}: {text} does not say to what; the column's name can: sms, email, letter, phone"
        return (own, agreed) if own else phrase(untold, column=column_said("consents"), text=as_it_stands(text))
    found = CONSENT.fullmatch(text)
    answer = yes_or_no(found["answer"]) if found and found["answer"] else None
    said = text if found is None or answer is None else found["channel"]
    channel, purpose = consent_called(said)
    known = channel in CHANNELS or channel == DRAWS
    if purpose not in {*PURPOSES, DRAWS} if known else own or channel_in(said) or not any(map(str.isalpha, said)):
        expected = phrase("yes or no") if own else phrase("a channel, alone or with yes or no behind it")
        return phrase("{column}: {text} is not {expected}", column=column_said("consents"), text=as_it_stands(text), expected=expected)
    return said, answer is not False


def language_code(text: str) -> str | None:
    """A language by its two letters."""
    return text.lower() if len(text) == 2 and text.isascii() and text.isalpha() else None


def birthday_of(text: str, form: str) -> str | None:
    """A birthday with its year, or as month and day."""
    day = date_form(form).day(text, OLDEST_BIRTHDAY)
    if day is not None:
        return iso(day)
    # 2000 was a leap year, so 29 February is a birthday.
    bare = date_form("YYYY-MM-DD").day(f"2000-{text.removeprefix('--')}")
    if bare is None:
        bare = date_form(form).day(with_leap_year(text, form))
    return None if bare is None else iso(bare)[5:]


def name_day_of(text: str, form: str) -> str | None:
    """A name day as month and day; a year says nothing."""
    day = birthday_of(text, form)
    return None if day is None else day[-5:]


def with_leap_year(text: str, form: str) -> str:
    """A day and a month with a year where the form has it.

    >>> with_leap_year("29.02", "DD.MM.YYYY"), with_leap_year("29.02.", "DD.MM.YYYY")
    ('29.02.2000', '29.02.2000')
    """
    before, _, behind = form.partition("YYYY")
    if behind:
        return f"2000{behind[0]}{text}"
    mark = before[-1:]
    return f"{text.removesuffix(mark)}{mark}2000"
