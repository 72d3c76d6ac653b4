"""The draft's settings of lists: members, products, balances and so on; and what an import of such a list would do."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.column_meanings import fits
from loyalty_cli.importers.inspecting.column_meanings import says_yes_or_no
from loyalty_cli.importers.inspecting.column_meanings import words_of_kind
from loyalty_cli.importers.inspecting.dates import day_first_with_dots
from loyalty_cli.importers.inspecting.dates import which_day
from loyalty_cli.importers.inspecting.draft import one_or_many
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
from loyalty_cli.importers.inspecting.trial import MOST_REASONS
from loyalty_cli.importers.inspecting.trial import Trial
from loyalty_cli.importers.layouts.columns import lacking
from loyalty_cli.importers.lists.balances import listed_balance
from loyalty_cli.importers.lists.events import listed_event
from loyalty_cli.importers.lists.members import listed_member
from loyalty_cli.importers.lists.members import OLDEST_BIRTHDAY
from loyalty_cli.importers.lists.redemptions import listed_use
from loyalty_cli.importers.lists.rows import listed_product
from loyalty_cli.importers.lists.rows import ListFile
from loyalty_cli.importers.lists.totals import listed_total
from loyalty_cli.importers.lists.twice import NamesOfCards
from loyalty_cli.model.consent import channel_in
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.listed import ListedMember
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.likely.dates import likely_dates

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.terms import Terms

# What the parts of a name are called, in the order in which they are said.
NAMES_IN_PARTS = (
    "first name; forename; imię; имя; prenume; vorname",
    "отчество",
    "last name; family name; surname; nazwisko; фамилия; nume; nume de familie; nachname",
)
# Columns of days, in the order in which their form is told.
DAYS = ("joined", "birthday", "date", "usable_through", "tier_since", "consent_date", "group_from", "group_until")
# A form that so many dates have is the form of the list; the others are bad rows.
NEARLY_ALL = 0.7
# Of a longer list only so many rows are tried.
ENOUGH = 50_000


def dates_of_list_settled(of: Inspection) -> None:
    """The one form that all dates of a list have; a birthday may lie before any till was made."""
    columns = [column for word in DAYS if (column := of.means.get(word)) is not None and column.texts]
    texts: Counter[str] = Counter()
    for column in columns:
        texts.update(column.texts)
    if not texts:
        return
    dates = likely_dates(texts, OLDEST_BIRTHDAY)
    most = dates.some[0][1] if dates.some else 0
    enough = most >= NEARLY_ALL * len(texts)
    forms = day_first_with_dots(dates.forms or tuple(form for form, count in dates.some if count == most and enough))
    title = phrase("Dates")
    if len(forms) == 1:
        of.found("date_form", title, forms[0])
        of.draft.settle("date_form", forms[0])
    elif forms:
        of.found("date_form", title, phrase("not certain"), phrase("All fit: {forms}", forms=", ".join(forms)))
        of.draft.ask("date_form", which_day(forms, SeenColumn(0, "", texts, 0)), forms)
    else:
        of.found("date_form", title, phrase("not certain"))
        ask = phrase("{text}: how are dates written? No form known here fits all of them.", text=next(iter(texts)))
        of.draft.ask("date_form", ask, ["DD.MM.YYYY", "YYYY-MM-DD"])


def lists_settled(of: Inspection) -> None:
    """What a list calls otherwise, and the number of a member whose card has a column of its own."""
    of_word, means = of.means.of_word, of.means
    for word, other in (("code", "product"), ("name", "product_name"), ("total", "amount")):
        if word not in means and other in means and word in words_of_kind(of.kind):
            of_word[word] = of_word.pop(other)
    name_in_parts(of)
    consents_settled(of)
    others = [column for column in means.rivals.get("card", []) if column.texts]
    if others and "number" not in means and "number" in words_of_kind(of.kind):
        of_word["number"] = others[0]


def name_in_parts(of: Inspection) -> None:
    """A first name and a family name in columns of their own, which are one name."""
    if of.kind != "members" or not of.means.rivals.get("name"):
        return
    named = [of.means.of_word["name"], *of.means.rivals["name"]]
    parts = [column for words in NAMES_IN_PARTS for column in named if column.texts and is_one_of(column.name, words)]
    if len(parts) > 1:
        of.means.rivals.pop("name")
        of.draft.settle("columns.name", tuple(of.place_of(column) for column in parts))


def consents_settled(of: Inspection) -> None:
    """Columns that say yes or no, each to the channel in its name; without one a yes is a consent to nothing."""
    if of.kind != "members":
        return
    answers = [column for column in of.columns if "consents" in words_for(column.name) and says_yes_or_no(column)]
    told = [column for column in answers if channel_in(column.name)]
    if not answers:
        return
    of.means.of_word.pop("consents", None)
    of.means.rivals.pop("consents", None)
    if told:
        of.draft.settle("columns.consents", one_or_many([of.place_of(column) for column in told]))
    untold = [column for column in answers if column not in told]
    if untold:
        why = phrase(
            "{names}: yes or no, and not to what. Let the name say it, such as {example}.",
            names=", ".join(column.name for column in untold),
            example=f"{untold[0].name} SMS",
        )
        of.found("consents", phrase("Consents"), phrase("not certain"), why)


def needed_asked(of: Inspection) -> None:
    """The columns without which a list can not be read, where no header tells them."""
    there = {entry.setting.removeprefix("columns.") for entry in of.draft.of_columns}
    for group in lacking(of.kind, there):
        filled = [column for column in of.columns if column.texts]
        likely = [column for column in filled if any(fits(column, word) for word in group) and not of.means.word_of(column)]
        places = [of.place_of(column) for column in likely or filled] or ["1"]
        of.draft.ask(
            f"columns.{group[0]}",
            phrase("Which column is it? A list of {kind} needs {word}.", kind=of.kind, word=" / ".join(group)),
            places,
        )


def tried_list(path: Path, layout: Layout | None, kind: str, terms: Terms) -> Trial:
    """Read a list by a layout (or the plain one), and count."""
    trial = Trial(kind=kind, whole=True)
    make: Any = {
        "members": listed_member,
        "products": listed_product,
        "balances": listed_balance,
        "events": listed_event,
        "redemptions": partial(listed_use, timezone=terms.timezone),
        "totals": partial(listed_total, store="?"),
    }[kind]
    names = NamesOfCards()
    try:
        for line, _, made in ListFile[Any](path, layout, kind, make=make, digits=terms.digits).records():
            if isinstance(made, Phrase):
                trial.set_aside += 1
                trial.reasons += [(line, made)] if len(trial.reasons) < MOST_REASONS else []
            else:
                trial.lines += 1
                if isinstance(made, ListedMember):
                    names.add(line, made)
            if trial.lines + trial.set_aside >= ENOUGH:
                trial.whole = False
                break
    except LoyaltyError as error:
        trial.refused = error.phrase
    trial.twice = names.twice
    return trial
