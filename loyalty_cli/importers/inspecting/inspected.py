"""A file looked at step by step: its form, its table, what its columns hold, and the draft of a layout for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.amounts import amounts_settled
from loyalty_cli.importers.inspecting.cards import cards_settled
from loyalty_cli.importers.inspecting.column_meanings import meanings
from loyalty_cli.importers.inspecting.column_meanings import said_of
from loyalty_cli.importers.inspecting.column_meanings import words_of_kind
from loyalty_cli.importers.inspecting.dates import dates_settled
from loyalty_cli.importers.inspecting.dates import day_first_with_dots
from loyalty_cli.importers.inspecting.dates import which_day
from loyalty_cli.importers.inspecting.draft import Draft
from loyalty_cli.importers.inspecting.draft import Together
from loyalty_cli.importers.inspecting.form import encoding_settled
from loyalty_cli.importers.inspecting.form import header_settled
from loyalty_cli.importers.inspecting.form import marks_settled
from loyalty_cli.importers.inspecting.form import total_rows_settled
from loyalty_cli.importers.inspecting.form import uneven_rows_settled
from loyalty_cli.importers.inspecting.gift_cards import gift_cards_settled
from loyalty_cli.importers.inspecting.groups import groups_settled
from loyalty_cli.importers.inspecting.header_words import has_word_of
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import PAID_BY_POINTS
from loyalty_cli.importers.inspecting.header_words import PAYMENT
from loyalty_cli.importers.inspecting.header_words import SURELY
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.inspecting.inspection import Inspection
from loyalty_cli.importers.inspecting.kinds import likely_kinds
from loyalty_cli.importers.inspecting.labels import kinds_settled
from loyalty_cli.importers.inspecting.lists import dates_of_list_settled
from loyalty_cli.importers.inspecting.lists import lists_settled
from loyalty_cli.importers.inspecting.lists import needed_asked
from loyalty_cli.importers.inspecting.numbers import currency_column_settled
from loyalty_cli.importers.inspecting.numbers import numbers_settled
from loyalty_cli.importers.inspecting.receipts import blanks_settled
from loyalty_cli.importers.inspecting.receipts import originals_settled
from loyalty_cli.importers.inspecting.receipts import receipts_settled
from loyalty_cli.importers.inspecting.receipts import returns_settled
from loyalty_cli.importers.inspecting.seen_columns import seen_columns
from loyalty_cli.importers.inspecting.states import states_settled
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.garbled import is_garbled
from loyalty_cli.reading.likely.tables import likely_table

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
    from loyalty_cli.reading.csv.files import Rows
    from loyalty_cli.reading.likely.encodings import LikelyEncoding
    from loyalty_cli.reading.likely.marks import LikelyMarks

# Settled where they are looked at more closely; every other column that has a meaning is written as it is.
LOOKED_AT = {
    "date", "time", "receipt", "amount", "price", "total", "card", "kind", "currency", "cancelled", "status", "discount",
    "paid_by_loyalty", "zone",
}  # fmt: skip
ONLY_TOLD = {"email", "phone", "name"}
# Names that say how many points paid, or as well how much money they were.
POINTS_THAT_PAID = "points used; points redeemed; loyalty points; points; списано бонусов"
# What members bring along from another system.
BROUGHT = ("points", "tier", "spent", "visits")
SHOWN = 3
SHOWN_OF_REST = 30


def is_name_of_column(text: str) -> bool:
    """Whether a text is the usual name of a column."""
    return max(words_for(text).values(), default=0) >= 60


def is_whole_name(text: str) -> bool:
    """Whether a text is the name of a column and nothing else."""
    return SURELY in words_for(text).values()


def inspected(
    rows: Rows,
    encoding: LikelyEncoding | None,
    marks: LikelyMarks | None,
    *,
    kind: str = "",
    currency: str = "",
    unclosed: int = 0,
) -> Inspection:
    """What rows of text are; without an encoding and marks they come from a workbook."""
    table = likely_table(rows, is_name_of_column, is_whole_name)
    of = Inspection(table=table, columns=[], kind=kind, means=meanings([], kind or "purchases"), currency=currency, draft=Draft())
    if encoding is not None:
        encoding_settled(of, encoding)
    if marks is not None:
        marks_settled(of, marks, unclosed=unclosed)
    header_settled(of)
    before = table.shorter
    groups_settled(of)
    total_rows_settled(of)
    uneven_rows_settled(of, had_short_totals=before > of.table.shorter)
    of.columns = seen_columns(of.table.header, of.table.rows, of.table.width)
    kind_settled(of, kind)
    of.means = meanings(of.columns, of.kind)
    letters_noted(of)
    columns_settled(of)
    return of


def kind_settled(of: Inspection, wished: str) -> None:
    """What the rows are: purchases, members and so on."""
    kinds = likely_kinds(of.columns)
    of.kind = wished or (kinds[0] if kinds else "purchases")
    why = None
    if not wished and not kinds:
        why = phrase("The header does not tell; say --kind if it is something else.")
    elif not wished and kinds[1:]:
        why = other_kinds_said(of, kinds[1:])
    of.found("kind_of_list", phrase("Kind of list"), Phrase(of.kind), why)
    if of.kind != "purchases":
        of.draft.settle("kind", of.kind)


def other_kinds_said(of: Inspection, others: list[str]) -> Phrase:
    """What else a list may be; the same file can bring members and, once they are in, what they have."""
    brought = meanings(of.columns, "balances")
    names = [column.name for word in BROUGHT if (column := brought.get(word)) is not None and column.texts]
    if of.kind == "members" and "balances" in others and names:
        text = "{names}: what members have there already comes in after them, with --kind balances."
        return phrase(text, names=", ".join(names))
    return phrase("If it is something else: --kind, such as {kinds}.", kinds=", ".join(others))


def columns_settled(of: Inspection) -> None:
    """All settings that need to know the columns."""
    if of.kind == "purchases":
        dates_settled(of)
        no_date_asked(of)
    else:
        dates_of_list_settled(of)
    numbers_settled(of)
    cards_settled(of)
    if of.kind == "purchases":
        payments_told(of)
        blanks_settled(of)
        receipts_settled(of)
        by_label = kinds_settled(of)
        originals_settled(of)
        amounts_settled(of)
        returns_settled(of, by_label=by_label)
        states_settled(of)
        currency_column_settled(of)
        gift_cards_settled(of)
        loyalty_asked(of)
    else:
        lists_settled(of)
    others_settled(of)
    needed_asked(of)


def payments_told(of: Inspection) -> None:
    """A list of how receipts were paid has neither goods nor members, and counts nothing for anybody."""
    goods = {"product", "product_name", "quantity", "price", "card", "email", "phone", "name"} & set(of.means.of_word)
    if not goods and any(has_word_of(column.name, PAYMENT) for column in of.columns):
        why = phrase("This seems to be a list of payments: nobody gets points for it. Export the sales with their goods and cards.")
        of.found("goods", phrase("Goods"), phrase("none"), why)


def others_settled(of: Inspection) -> None:
    """The columns that have no settings of their own, and a word on those that are not used."""
    # Of a list nothing but its cards was looked at more closely.
    settled = LOOKED_AT if of.kind == "purchases" else {entry.setting.removeprefix("columns.") for entry in of.draft.entries}
    for word, column in of.means.of_word.items():
        if word in settled or word not in words_of_kind(of.kind) or not column.texts:
            continue
        if of.kind != "purchases" or word not in ONLY_TOLD:
            other_settled(of, word, column)

    numbers_unread(of)
    # Without a header nothing is named, so all columns are shown for the choice.
    used = [value for entry in of.draft.entries for value in entry.places if of.table.header]
    rest = [column for column in of.columns if column.texts and of.place_of(column) not in used]
    if rest:
        columns = "; ".join(f"{of.place_of(column)} ({', '.join(column.samples[:2])[:SHOWN_OF_REST]})" for column in rest)
        of.draft.end.append(phrase("Columns that are not used: {columns}", columns=columns))


def numbers_unread(of: Inspection) -> None:
    """A column that is called a quantity and has words beside its numbers, such as `3 pcs`: that is no number, and is told."""
    named = [column for column in of.columns if words_for(column.name).get("quantity") == SURELY and not column.numbers and column.texts]
    if of.kind == "purchases" and "quantity" not in of.means and named:
        text = "{name} has {text}, which is no number; each row counts as one piece."
        why = phrase(text, name=named[0].name, text=next(iter(named[0].texts)))
        of.found("quantity", phrase("Quantities"), phrase("none"), why)


def loyalty_asked(of: Inspection) -> None:
    """The part of a row that points or coupons paid is no discount, and a discount is no such part."""
    column = of.means.get("paid_by_loyalty")
    if column is None or not column.texts:
        return
    place = of.place_of(column)
    known = is_one_of(column.name, PAID_BY_POINTS)
    if known:
        of.draft.settle("columns.paid_by_loyalty", place)
    elif is_one_of(column.name, POINTS_THAT_PAID):
        ask = phrase("{name}: is it the money that points paid? If it is how many points, leave the line as it is.", name=column.name)
        of.draft.ask("columns.paid_by_loyalty", ask, [place])
    elif "discount" not in of.means:
        ask = phrase("{name}: is it what points or coupons paid (paid_by_loyalty), or a discount (discount)?", name=column.name)
        of.draft.ask("columns.paid_by_loyalty", ask, [Together(((word, place),)) for word in ("paid_by_loyalty", "discount")])
    else:
        ask = phrase("{name}: is it what points or coupons paid? If not, leave the line as it is.", name=column.name)
        of.draft.ask("columns.paid_by_loyalty", ask, [place])


def other_settled(of: Inspection, word: str, column: SeenColumn) -> None:
    """A column that has a meaning and no settings of its own."""
    place = of.place_of(column)
    others = [of.place_of(each) for each in of.means.rivals.get(word, []) if each.texts]
    if others:
        ask = phrase("Which column is it? {word} could be several.", word=word)
        of.draft.ask(f"columns.{word}", ask, [place, *others], place)
    else:
        of.draft.settle(f"columns.{word}", place)


# The days of 1995 to 2064, counted from 1900, with the time of day as their fraction.
COUNTED_DAY = re.compile(r"[3-5]\d{4}(?:[.,]\d+)?", re.ASCII)


def no_date_asked(of: Inspection) -> None:
    """The question which column has the date, where no header says it."""
    if "date" in of.means or of.means.parts_of_date:
        return
    dated = [column for column in of.columns if column.look == "date"] or [column for column in of.columns if "date" in said_of(column)]
    for column in dated:
        if COUNTED_DAY.fullmatch(text := next(iter(column.texts), "")):
            what = "{text} in {column} is a day as spreadsheets count them; show the column as dates there, or export the file anew."
            of.damaged(of.line_of(column, text), phrase(what, text=text, column=column.name))
    ask = phrase("Which column has the date?")
    of.draft.ask("columns.date", ask, [of.place_of(column) for column in dated] or ["1"])
    forms = list(dict.fromkeys(form for column in dated for form in column.dates.forms))
    forms = list(day_first_with_dots(tuple(forms)))
    if len(forms) == 1:
        of.draft.settle("date_form", forms[0])
    elif forms:
        of.draft.ask("date_form", which_day(tuple(forms), dated[0]), forms)
    timed = [column for column in of.columns if column.look == "time"]
    if timed:
        of.draft.ask("columns.time", phrase("Which column has the time?"), [of.place_of(column) for column in timed])
        if timed[0].times != ("HH:mm:ss",):
            of.draft.settle("time_form", timed[0].times[0])


def letters_noted(of: Inspection) -> None:
    """Letters that were lost or turned into others before the file was made."""
    for column in of.columns:
        bad = [text for text in column.texts if is_garbled(text)]
        if bad:
            what = phrase(
                "{texts}: letters were lost or turned into others before this file was made.",
                texts=", ".join(bad[:SHOWN]),
            )
            of.damaged(of.line_of(column, bad[0]), what)
