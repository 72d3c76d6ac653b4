"""What is wrong with a question, in our words and with what to write instead."""

from __future__ import annotations

import re
import sqlite3
from difflib import get_close_matches
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.views.all_views import ALL_VIEWS

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase

NO_COLUMN = re.compile(r"no such column: (?:\w+\.)?(.+)")
NO_TABLE = re.compile(r"no such table: (.+)")
REFUSED = re.compile(r"not authorized|prohibited")
THE_VIEWS = phrase("The views: loyalty query --views. Their columns: loyalty query --describe VIEW")
ONLY_SELECT = phrase('Ask with SELECT: loyalty query "SELECT name, points FROM members"')


def in_our_words(error: BaseException) -> LoyaltyError:
    """SQLite's complaint about a question, as one sentence and what to do."""
    text = str(error)
    if found := NO_COLUMN.fullmatch(text):
        columns = [column.name for view in ALL_VIEWS.values() for column in view.columns]
        hint = elsewhere(found[1]) or near(found[1], columns)
        return LoyaltyError("There is no column '{name}' in these views.", name=found[1], hint=hint)
    if found := NO_TABLE.fullmatch(text):
        return LoyaltyError("There is no view '{name}'.", name=found[1], hint=near(found[1], [*ALL_VIEWS]))
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_AUTH or REFUSED.search(text):
        return LoyaltyError("A question may only look, and only at the views.", hint=ONLY_SELECT)
    if "one statement" in text:
        return LoyaltyError("One question at a time: this is more than one.", hint=ONLY_SELECT)
    if isinstance(error, MemoryError):
        return LoyaltyError("The question needs more memory than it may have.", hint=phrase("Ask for fewer rows, or for sums of them."))
    return LoyaltyError("The question is not understood: {why}.", why=text.rstrip("."), hint=THE_VIEWS)


def elsewhere(name: str) -> Phrase | None:
    """The views that have a column of this name, where any has; those that were asked have none."""
    column = name.rpartition(".")[2].lower()
    views = [title for title, view in ALL_VIEWS.items() if column in {each.name for each in view.columns}]
    return phrase("It is a column of {names}.", names=", ".join(views)) if views else None


def near(name: str, known: list[str]) -> Phrase:
    """The nearest name, or where the names are listed."""
    found = get_close_matches(name.rpartition(".")[2].lower(), known, n=1)
    return phrase("Did you mean '{name}'?", name=found[0]) if found else THE_VIEWS


def took_too_long() -> LoyaltyError:
    """The time is up."""
    hint = phrase("Ask for fewer rows or for one month, or give it more time: --seconds 60")
    return LoyaltyError("The question takes longer than it may; it was stopped.", hint=hint)


def answer_too_large(values: int) -> LoyaltyError:
    """More than a computer's memory should hold."""
    hint = phrase("Ask for sums, or for fewer rows with --limit; the whole views are written by: loyalty export parquet DIR")
    return LoyaltyError("The answer has more than {count} values.", count=values, hint=hint)
