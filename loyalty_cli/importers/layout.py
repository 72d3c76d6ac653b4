"""A layout: how one till, or one list of members or products, writes its CSV. Owners write it as layouts/NAME.yaml."""

from __future__ import annotations

from typing import Annotated
from typing import Literal
from typing import TYPE_CHECKING
from typing import TypeVar

from pydantic import BeforeValidator
from pydantic import Field
from pydantic import model_validator
from pydantic import WithJsonSchema

from loyalty_cli.model.phrase import phrase
from loyalty_cli.reading.csv_files import CsvForm
from loyalty_cli.reading.csv_files import DELIMITERS
from loyalty_cli.reading.date_forms import date_form
from loyalty_cli.reading.date_forms import split_form
from loyalty_cli.reading.encodings import codec_of
from loyalty_cli.reading.number_forms import DecimalMark
from loyalty_cli.reading.number_forms import NumberForm
from loyalty_cli.reading.number_forms import ThousandsMark
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Callable

Form = TypeVar("Form")
Kind = Literal["purchases", "members", "products"]
KeyPart = Literal["date", "till", "receipt", "cashier"]


def read_encoding(value: object) -> str:
    """An encoding by any of its names."""
    try:
        return codec_of(str(value))
    except ValueError as error:
        raise NotUnderstood(
            phrase("{value} is not an encoding.", value=value),
            phrase("Write one such as utf-8, cp1250, cp1251, iso-8859-2 or utf-16."),
        ) from error


def read_delimiter(value: object) -> str:
    """The mark between cells."""
    if value not in DELIMITERS:
        raise NotUnderstood(
            phrase("{value} is not a mark between cells.", value=value),
            phrase('Write one of "," ";" tab "|" in quotes.'),
        )
    return DELIMITERS[str(value)]


def read_quote(value: object) -> str:
    """The mark around a cell's text."""
    if value not in {'"', "'", "none", ""}:
        raise NotUnderstood(
            phrase("{value} is not a mark around text.", value=value), phrase("Write '\"', \"'\" or none.")
        )
    return "" if value == "none" else str(value)


def read_date_form(value: object) -> str:
    """A form of dates, with or without a time."""
    form = understood(date_form, value)
    if not form.has_date:
        raise NotUnderstood(
            phrase("{value} does not name a year, a month and a day.", value=value),
            phrase("Write a form such as DD.MM.YYYY or YYYY-MM-DD HH:mm:ss."),
        )
    if form.has_time:
        understood(split_form, value)
    return str(value)


def read_time_form(value: object) -> str:
    """A form of times."""
    if not understood(date_form, value).has_time:
        raise NotUnderstood(
            phrase("{value} does not name hours and minutes.", value=value),
            phrase("Write a form such as HH:mm:ss or h:mm A."),
        )
    return str(value)


def understood(read: Callable[[str], Form], value: object) -> Form:
    """Call a reader of forms, its ValueError turned into a mistake of the layout."""
    try:
        return read(str(value))
    except ValueError as error:
        raise NotUnderstood(
            phrase("{why}.", why=str(error)), phrase("Write a form such as DD.MM.YYYY HH:mm.")
        ) from error


Place = Annotated[str, BeforeValidator(str), WithJsonSchema({"type": ["string", "integer"]})]


class Columns(Settings):
    """Which column holds what: a header's name, or a column's number counted from 1."""

    receipt: Place | None = Field(None, description="the receipt's number")
    date: Place | None = Field(None, description="the day, or day and time in one")
    time: Place | None = Field(None, description="the time, where it has its own column")
    store: Place | None = Field(None, description="the store's name")
    card: Place | None = Field(None, description="the loyalty card, or several with ; in a list of members")
    product: Place | None = Field(None, description="the product's code")
    product_name: Place | None = Field(None, description="the product's name")
    category: Place | None = Field(None, description="the product's category")
    quantity: Place | None = Field(None, description="how many or how much")
    amount: Place | None = Field(None, description="what was paid for the row after discounts")
    price: Place | None = Field(None, description="the price of one, where the row has no amount")
    discount: Place | None = Field(None, description="the discount given on the row")
    vat: Place | None = Field(None, description="the VAT rate")
    total: Place | None = Field(
        None, description="the receipt's total, as a check or where there are no rows by product"
    )
    cashier: Place | None = Field(None, description="who sold")
    till: Place | None = Field(None, description="the till's name or number")
    paid_by_loyalty: Place | None = Field(None, description="the part of the row paid with coupons or points")
    kind: Place | None = Field(None, description="sale or return, by the labels below")
    original_receipt: Place | None = Field(None, description="the receipt that a return takes back")
    number: Place | None = Field(None, description="members: the member's number")
    name: Place | None = Field(None, description="members and products: the name")
    phone: Place | None = Field(None, description="members: the phone number")
    email: Place | None = Field(None, description="members: the e-mail address")
    birthday: Place | None = Field(None, description="members: the birthday, with or without a year")
    joined: Place | None = Field(None, description="members: the day of joining")
    groups: Place | None = Field(None, description="members: groups, with ; between them")
    language: Place | None = Field(None, description="members: the language messages are in")
    consents: Place | None = Field(None, description="members: channels agreed to, with ; between them")
    code: Place | None = Field(None, description="products: the code")
    cost: Place | None = Field(None, description="products: what one costs the shop")
    floor_price: Place | None = Field(None, description="products: the price no discount goes below")
    excluded: Place | None = Field(None, description="products: yes if it earns nothing and is never discounted")

    def named(self) -> dict[str, str]:
        """Our words with the places that are given."""
        return {word: place for word, place in self if place is not None}


class Layout(Settings):
    """How a CSV file is written and what its columns mean."""

    kind: Kind = Field("purchases", description="what the rows are: purchases, members or products")
    encoding: Annotated[str, BeforeValidator(read_encoding)] = Field(
        "utf-8-sig", description="how letters are saved, such as utf-8 or cp1250"
    )
    delimiter: Annotated[str, BeforeValidator(read_delimiter)] = Field(",", description="the mark between cells")
    quote: Annotated[str, BeforeValidator(read_quote)] = Field('"', description="the mark around text, or none")
    header: YesNo = Field(True, description="whether the first row names the columns")
    skip_top: Whole = Field(0, description="lines above the table")
    skip_bottom: Whole = Field(0, description="rows below the table, such as totals")
    decimal_mark: DecimalMark = Field(".", description="the mark before the decimals")
    thousands_mark: ThousandsMark = Field("none", description="the mark between thousands")
    decimals: Whole | None = Field(None, description="how many decimals amounts have, if always the same")
    currency_signs: Names = Field((), description="signs that stand before or after amounts")
    date_form: Annotated[str, BeforeValidator(read_date_form)] | None = Field(
        None, description="such as DD.MM.YYYY or YYYY-MM-DD HH:mm:ss"
    )
    time_form: Annotated[str, BeforeValidator(read_time_form)] = Field(
        "HH:mm:ss", description="the form of the time column"
    )
    timezone: str | None = Field(None, description="the zone of the times; the program's if not given")
    receipt_key: tuple[KeyPart, ...] = Field(
        ("receipt",), description="what tells receipts of one store apart", min_length=1
    )
    sale_labels: Names = Field((), description="what the kind column says for a sale")
    return_labels: Names = Field((), description="what the kind column says for a return")
    returns: Literal["by label", "negative quantity", "negative amount"] | None = Field(
        None, description="how returns are told from sales"
    )
    ignore: dict[str, Names] = Field({}, description="rows to leave out: a column, and the labels that mark them")
    card_check: Literal["none", "ean", "luhn"] = Field("none", description="the check digit that cards end with")
    columns: Columns = Field(Columns(), description="which column holds what")

    @model_validator(mode="after")
    def complete(self) -> Layout:
        """Check that the columns which are needed are there and that settings agree."""
        if self.kind == "purchases":
            need_columns_of_purchases(self)
        elif self.kind == "members" and not (self.columns.card or self.columns.number):
            raise NotUnderstood(phrase("A list of members needs the column card or number."))
        elif self.kind == "products" and not self.columns.code:
            raise NotUnderstood(phrase("A list of products needs the column code."))
        return self

    @property
    def csv_form(self) -> CsvForm:
        """How the file is cut into cells."""
        return CsvForm(
            encoding=self.encoding,
            delimiter=self.delimiter,
            quote=self.quote,
            header=self.header,
            skip_top=self.skip_top,
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

    @property
    def dates(self) -> str:
        """The form of dates: what is written, or ISO."""
        if self.date_form is not None:
            return self.date_form
        return "YYYY-MM-DD" if self.columns.time or self.kind != "purchases" else "YYYY-MM-DD HH:mm:ss"


def need_columns_of_purchases(layout: Layout) -> None:
    """Refuse a layout of purchases that can not give receipts."""
    columns = layout.columns
    hint = phrase("Write it under columns:, with the header's name or the column's number.")
    for word in {"date", *layout.receipt_key}:
        if getattr(columns, word) is None:
            raise NotUnderstood(phrase("The column {word} is missing.", word=word), hint)
    if not (columns.amount or columns.total or (columns.price and columns.quantity)):
        raise NotUnderstood(phrase("The column amount is missing (or total, or price and quantity)."), hint)
    if columns.time is not None and date_form(layout.dates).has_time:
        raise NotUnderstood(
            phrase("date_form names a time, and time has its own column."),
            phrase("Take the time out of date_form."),
        )
    if (layout.returns == "by label" or layout.return_labels) and columns.kind is None:
        raise NotUnderstood(phrase("The column kind is missing: return_labels need it."), hint)
    if layout.decimal_mark == layout.thousands_mark:
        raise NotUnderstood(phrase("decimal_mark and thousands_mark are the same."))
