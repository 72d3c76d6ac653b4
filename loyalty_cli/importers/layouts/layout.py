"""A layout: how one till, or one list of members or products, writes its CSV. Owners write it as layouts/NAME.yaml."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated
from typing import Any
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.importers.cards import CardKind
from loyalty_cli.importers.cards import CardRule
from loyalty_cli.importers.layouts.columns import Columns
from loyalty_cli.importers.layouts.columns import lacking
from loyalty_cli.importers.layouts.values import A_NUMBER
from loyalty_cli.importers.layouts.values import Decimals
from loyalty_cli.importers.layouts.values import ONE_OR_MORE
from loyalty_cli.importers.layouts.values import read_date_forms
from loyalty_cli.importers.layouts.values import read_gift_cards
from loyalty_cli.importers.layouts.values import read_key
from loyalty_cli.importers.layouts.values import read_quote
from loyalty_cli.importers.layouts.values import read_rate
from loyalty_cli.importers.layouts.values import read_time_forms
from loyalty_cli.importers.layouts.values import read_zone
from loyalty_cli.importers.layouts.values import TopLines
from loyalty_cli.importers.layouts.values import Wholes
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.as_said import read_delimiter
from loyalty_cli.reading.csv.as_said import read_encoding
from loyalty_cli.reading.csv.files import CsvForm
from loyalty_cli.reading.fields import BeforeValidator
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.numbers import DecimalMark
from loyalty_cli.reading.forms.numbers import NumberForm
from loyalty_cli.reading.forms.numbers import ThousandsMark
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.remembered import MEMORY
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.reading.values import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


Kind = Literal["purchases", "members", "products", "redemptions", "balances", "consents", "events", "feedback", "totals"]
KeyPart = Literal["date", "till", "receipt", "cashier"]

Labels = dict[str, Names]


class Layout(Settings):
    """How a CSV file is written and what its columns mean."""

    like: str | None = Field(None, description="a till that loyalty knows; all else here says how this one differs")
    kind: Kind = Field("purchases", description="what the rows are: purchases, members, products, redemptions, balances or totals")
    encoding: Annotated[str, BeforeValidator(read_encoding)] = Field(
        "utf-8-sig", description="how letters are saved, such as utf-8 or cp1250"
    )
    delimiter: Annotated[str, BeforeValidator(read_delimiter)] = Field(",", description="the mark between cells")
    quote: Annotated[str, BeforeValidator(read_quote)] = Field('"', description="the mark around text, or none")
    header: YesNo = Field(True, description="whether the first row names the columns")
    skip_top: TopLines = Field(0, description="lines above the table, or until header if their number varies")
    skip_bottom: Whole = Field(0, description="rows below the table, such as totals")
    last_line: Literal["may be cut", "whole"] = Field(
        "may be cut", description="whole if this till never ends the last line of a file, so that its last row is no torn one"
    )
    decimal_mark: DecimalMark = Field(".", description="the mark before the decimals")
    thousands_mark: ThousandsMark = Field("none", description="the mark between thousands")
    decimals: Decimals | None = Field(None, description="how many decimals amounts have, if always the same")
    fine_amounts: YesNo = Field(False, description="whether amounts have more decimals than the currency, to be rounded")
    in_coins: YesNo = Field(False, description="whether amounts count the smallest coins: 450 for 4.50")
    fine_prices: YesNo = Field(False, description="whether prices of one may have three decimals, as of fuel")
    amounts_are: Literal["after discount", "before discount"] | None = Field(
        None, description="whether the discount of a row is off its amount already; if not given: it is, but not off a price"
    )
    discount_is: Literal["money", "percent"] = Field("money", description="what the column discount has")
    currency_signs: Names = Field((), description="signs that stand before or after amounts")
    date_form: Annotated[tuple[str, ...], BeforeValidator(read_date_forms), ONE_OR_MORE] | None = Field(
        None,
        description="such as DD.MM.YYYY, D MMM YYYY (a month's name), YYYY-MM-DD HH:mm:ss, or a list of which the file shows the right one",
    )
    time_form: Annotated[tuple[str, ...], BeforeValidator(read_time_forms), ONE_OR_MORE] = Field(
        ("H:mm:ss", "H:mm"), description="the form of the time column, or several that it may have"
    )
    timezone: Annotated[str, BeforeValidator(read_zone)] | None = Field(
        None, description="the zone of the times; the program's if not given"
    )
    receipt_key: Annotated[tuple[KeyPart, ...], BeforeValidator(read_key)] = Field(
        ("receipt",), description="what tells receipts of one store apart"
    )
    sale_labels: Names = Field((), description="what the kind column says for a sale")
    return_labels: Names = Field((), description="what the kind column says for a return")
    returns: Literal["by label", "negative quantity", "negative amount"] | None = Field(None, description="how returns are told from sales")
    returns_share_number: YesNo = Field(False, description="whether a return carries the number of the sale")
    ignore: Labels = Field({}, description="rows to leave out: a column, and the labels that mark them")
    keep: Labels = Field({}, description="rows to take, where the file mixes several kinds: a column, and their labels")
    head_rows: Labels = Field(
        {},
        description="rows that sell nothing but say the card or the total of their receipt: a column, and their labels",
    )
    gift_cards: Annotated[tuple[str, ...], BeforeValidator(read_gift_cards), ONE_OR_MORE] = Field(
        (), description="articles whose sale is no turnover: yes for the usual names of gift cards, names with * for anything, or no"
    )
    cancelled: Labels = Field({}, description="receipts that do not count: a column, and the labels that say so")
    total_rows: Names = Field((), description="what a cell of a row of totals says, with * for anything")
    uneven_rows: YesNo = Field(False, description="whether rows may have fewer or more cells than the header")
    fill_down: Literal["no", "within receipt", "grouped"] = Field(
        "no", description="what an empty cell means that is written once: once for a receipt, or for each group of rows"
    )
    total_differs: Literal["set aside", "spread", "keep rows"] = Field(
        "set aside", description="what to do where the total is not the sum of the rows"
    )
    rates: dict[str, Annotated[Decimal, BeforeValidator(read_rate), A_NUMBER]] = Field(
        {}, description="what one unit of another currency is worth in the program's"
    )
    empty: Names = Field((), description="texts that mean an empty cell, such as -")
    card_is: CardKind = Field("number", description="what stands in the column card; contact is an e-mail address or a phone number")
    country_prefix: str = Field("", description="what phone numbers without a country begin with, such as +48")
    card_check: Literal["none", "ean", "luhn"] = Field("none", description="the check digit that cards end with")
    card_lengths: Wholes = Field((), description="how many characters a card may have")
    card_digits_only: YesNo = Field(False, description="whether a card has digits only")
    undecided: Names = Field((), description="settings that a draft still asks about; such a layout is not used")
    columns: Columns = Field(Columns(), description="which column holds what")

    @model_validator(mode="after")
    def complete(self) -> Layout:
        """Check that the columns which are needed are there and that settings agree."""
        # Who takes one of a question's lines has answered it.
        if unanswered := [setting for setting in self.undecided if setting not in self.model_fields_set]:
            raise NotUnderstood(
                phrase("This layout still asks about {questions}.", questions=", ".join(unanswered)),
                phrase("Answer the questions in its comments, then take the line undecided: out."),
            )
        if self.like is None:
            need = need_columns_of_purchases if self.kind == "purchases" else need_columns_of_list
            need(self)
        return self

    @property
    def csv_form(self) -> CsvForm:
        """How the file is cut into cells."""
        return CsvForm(
            encoding=self.encoding,
            delimiter=self.delimiter,
            quote=self.quote,
            header=self.header,
            skip_top=self.skip_top if isinstance(self.skip_top, int) else 0,
            skip_bottom=self.skip_bottom,
        )

    @property
    def number_form(self) -> NumberForm:
        """How its numbers are written."""
        return NumberForm(
            decimal=self.decimal_mark,
            thousands=self.thousands_mark,
            signs=self.currency_signs,
            decimals=self.decimals,
        )

    def digits(self, of_currency: int) -> int:
        """How many digits behind the mark amounts have, in a currency with so many."""
        return 0 if self.in_coins else of_currency

    @property
    def card_rule(self) -> CardRule:
        """What its cards must be."""
        return CardRule(
            what=self.card_is,
            check=self.card_check,
            lengths=self.card_lengths,
            digits_only=self.card_digits_only,
            country_prefix=self.country_prefix,
        )

    @property
    def dates(self) -> str:
        """The form of dates: what is written (the first of several), or ISO."""
        if self.date_form is not None:
            return self.date_form[0]
        return "YYYY-MM-DD" if self.columns.time or self.kind != "purchases" else "YYYY-MM-DD HH:mm:ss"


WRITE_COLUMN = phrase("Write it under columns:, with the header's name or the column's number.")


def need_columns_of_list(layout: Layout) -> None:
    """Refuse a layout of a list that lacks what tells its rows apart."""
    for group in lacking(layout.kind, layout.columns.named()):
        text = "A list of {kind} needs the column {names}."
        raise NotUnderstood(phrase(text, kind=layout.kind, names=" / ".join(group)), WRITE_COLUMN)


def need_columns_of_purchases(layout: Layout) -> None:
    """Refuse a layout of purchases that can not give receipts."""
    columns = layout.columns
    for word in {"date", *layout.receipt_key}:
        if getattr(columns, word) is None:
            raise NotUnderstood(phrase("The column {word} is missing.", word=word), WRITE_COLUMN)
    if not (columns.amount or columns.total or (columns.price and columns.quantity)):
        raise NotUnderstood(phrase("The column amount is missing (or total, or price and quantity)."), WRITE_COLUMN)
    if twice := same_number_twice(layout):
        what = phrase("One column can not be both {words}.", words=", ".join(twice))
        raise NotUnderstood(what, phrase("Give each its own column, or take one of the lines out."), at="columns")
    if columns.time is not None and date_form(layout.dates).has_time:
        raise NotUnderstood(
            phrase("date_form names a time, and time has its own column."),
            phrase("Take the time out of date_form."),
        )
    if (layout.returns == "by label" or layout.return_labels) and columns.kind is None:
        raise NotUnderstood(phrase("The column kind is missing: return_labels need it."), WRITE_COLUMN)
    if layout.decimal_mark == layout.thousands_mark or (layout.decimal_mark == "either" and layout.thousands_mark in ".,"):
        raise NotUnderstood(
            phrase("decimal_mark and thousands_mark are the same."),
            phrase("Write thousands_mark: none where nothing stands between thousands."),
            at="thousands_mark" if "thousands_mark" in layout.model_fields_set else "decimal_mark",
        )


def same_number_twice(layout: Layout) -> tuple[str, str] | None:
    """Two different figures of a line that are said to be one column; an amount may be a total of several such lines."""
    figures = ("quantity", "amount", "price", "discount")
    said = [(word, getattr(layout.columns, word)) for word in figures if getattr(layout.columns, word) is not None]
    return next(((one, other) for at, (one, of) in enumerate(said) for other, too in said[:at] if of == too), None)


def layout_said(said: Mapping[str, Any]) -> Layout:
    """The layout that a known till, or the plain one, says for one file's header; pydantic's ValidationError if it can not be."""
    return MEMORY.value("layout said", json.dumps(said, ensure_ascii=False), lambda: Layout.model_validate(said))


def read_layout(path: Path) -> Layout:
    """The layout of a YAML file; Mistakes lists every mistake in it."""
    text = read_text(path)
    return MEMORY.value("layout", text, lambda: layout_of_text(text, path))


def layout_of_text(text: str, file: Path) -> Layout:
    """The layout that a text gives, which stands in a file or might."""
    # Imported here because most commands know the words of a layout and read none.
    from loyalty_cli.reading.validated import known_keys
    from loyalty_cli.reading.validated import validated
    from loyalty_cli.reading.yaml.nodes import read_yaml

    problems = Problems(file.name, text)
    node = read_yaml(text, problems)
    problems.at_margin = tuple(known_keys(Layout))
    layout = validated(Layout, node, problems, where="A layout") if node is not None else None
    problems.stop_if_any()
    if layout is None:
        raise LoyaltyError("The layout {file} is empty.", file=str(file), hint=phrase("Write at least columns: into it."))
    return layout
