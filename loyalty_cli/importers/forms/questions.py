"""Which question of a form is the score, which has the words, and which says who answered: by names of ours, else by the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.forms.form_service import FormService

# A question, or a hidden field of a form, that has one of these names is meant by it.
OWN = ("card", "number", "coupon", "email", "phone", "score", "text", "store", "receipt")
WHO = frozenset({"card", "number", "coupon", "email", "phone"})
HIGHEST = 10


def questions_in(service: FormService, header: Sequence[str], rows: Sequence[Sequence[str]], file: str, *, who: bool) -> dict[str, str]:
    """The columns of the questions by our words; refused where several could be meant, or none says who answered."""
    questions = [name for name in header if name.strip() and service.is_question(name)]
    columns = {folded(name): name for name in questions if folded(name) in OWN}
    answers = {name: column_texts(header, rows, name) for name in questions if name not in columns.values()}
    scores = [name for name, texts in answers.items() if texts and all(map(is_score, texts))]
    words = [name for name, texts in answers.items() if texts and not any(map(is_score, texts))]
    if not who and not WHO & columns.keys():
        addresses = [name for name in words if all("@" in text[1:-1] for text in answers[name])]
        columns |= only_one("email", addresses, file) or nobody(file)
        words = [name for name in words if name not in addresses]
    columns |= {} if "score" in columns else only_one("score", scores, file)
    columns |= {} if "text" in columns else only_one("text", words, file)
    if not {"score", "text"} & columns.keys():
        raise LoyaltyError("No question in {file} is a score or has an answer in words.", file=file)
    return columns


def column_texts(header: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> list[str]:
    """What was answered under a heading, as far as it was."""
    place = list(header).index(name)
    return [text for row in rows if place < len(row) and (text := row[place].strip())]


def is_score(text: str) -> bool:
    """Whether an answer is a whole number of a scale."""
    return text.isdecimal() and len(text) <= len(str(HIGHEST)) and int(text) <= HIGHEST


def only_one(word: str, names: Sequence[str], file: str) -> dict[str, str]:
    """The only column that can be meant; none where there is none."""
    if len(names) > 1:
        hint = phrase("Write a layout that names it, as in {example}.", example=f"columns: {{{word}: {names[0]}}}")
        raise LoyaltyError("In {file} several questions could be {word}: {names}.", file=file, word=word, names="; ".join(names), hint=hint)
    return {word: names[0]} if names else {}


def nobody(file: str) -> dict[str, str]:
    """No column says who answered."""
    hint = phrase("Ask for the card or the e-mail address in the form, or name the column in a layout.")
    raise LoyaltyError("Nothing in {file} says who answered.", file=file, hint=hint)
