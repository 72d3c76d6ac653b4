"""What is said for each row of a receipt: the article, how much of it, what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.cells import clean_text
from loyalty_cli.importers.cells import Column
from loyalty_cli.importers.cells import Memo
from loyalty_cli.importers.column_words import column_said
from loyalty_cli.importers.receipts.discount_rows import takes_off
from loyalty_cli.importers.receipts.discounts import Discounts
from loyalty_cli.importers.receipts.discounts import percent_or_nothing
from loyalty_cli.importers.receipts.signs import signs_of
from loyalty_cli.model.money import rounded
from loyalty_cli.model.purchase_batch import Article
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.garbled import can_be_kept
from loyalty_cli.reading.forms.garbled import LONGEST_TEXT
from loyalty_cli.reading.forms.numbers import money_reader
from loyalty_cli.reading.forms.numbers import MOST
from loyalty_cli.reading.forms.numbers import quantity_reader
from loyalty_cli.reading.forms.numbers import Reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.faults import Faults
    from loyalty_cli.importers.terms import Terms
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.forms.numbers import NumberForm

ARTICLE_WORDS = ("product", "product_name", "category", "vat")
DIGITS_OF_PRICE = 3  # beyond those of the currency
# Articles named with a price or a weight in them never repeat; begin a new catalogue before they fill the memory.
MOST_ARTICLES = 80_000


@dataclass(slots=True, kw_only=True)
class Lines:
    """One entry for each row; `prints` (see model/content.py) only where they are known already."""

    articles: list[int]
    quantities: list[int]
    amounts: list[int]
    discounts: list[int]
    loyalty: list[int]
    prints: list[int] = field(default_factory=list)

    def drop(self, first: int, last: int) -> None:
        """Leave rows out."""
        for column in (self.articles, self.quantities, self.amounts, self.discounts, self.loyalty, self.prints):
            del column[first:last]

    def values(self) -> Iterator[tuple[int, ...]]:
        """Row by row, without the columns that the export does not have."""
        extras = [column for column in (self.discounts, self.loyalty) if column]
        return zip(self.articles, self.quantities, self.amounts, *extras, strict=True)


class Catalogue:
    """The articles seen so far, numbered from 0."""

    def __init__(self, words: Sequence[int]) -> None:
        self.words = words
        self.articles: list[Article] = []
        self.known: dict[Article, int] = {}

    def number(self, texts: tuple[str, ...]) -> int | None:
        """The number of an article by the texts of those of its four cells that the export has; None if they can not be kept."""
        parts = ["", "", "", ""]
        for word, text in zip(self.words, texts, strict=True):
            parts[word] = clean_text(text)
        if not can_be_kept("".join(parts)):
            return None
        article = Article(*parts)
        if article not in self.known:
            self.known[article] = len(self.articles)
            self.articles.append(article)
        return self.known[article]


def why_no_article(names: str) -> Phrase:
    """Why the texts of an article are not taken."""
    if len(names) > LONGEST_TEXT:
        return phrase("product: the text is longer than {count} letters", count=LONGEST_TEXT)
    return phrase("product: the letters of {text} were damaged before this file was made", text=as_it_stands(names))


class LineReader:
    """Reads rows by one layout."""

    def __init__(self, layout: Layout, places: Places, terms: Terms) -> None:
        of_word = places.of_word
        form = number_form_of(layout, terms)
        digits = layout.digits(terms.digits)
        money = money_reader(form, digits)
        self.money: Callable[[str], int | None] = Memo(money).__getitem__
        if layout.fine_amounts:
            money = self.money = replace(money, wary=False, rounds=True)
        self.article_places = [of_word[word] for word in ARTICLE_WORDS if word in of_word]
        self.article_words = [ARTICLE_WORDS.index(word) for word in ARTICLE_WORDS if word in of_word]
        self.begin_catalogue()
        self.quantity = number_column(of_word, "quantity", quantity_reader(form), "quantity")
        if "price" in of_word or "amount" in of_word:
            self.amount = number_column(of_word, "amount", money, "amount")
        else:
            self.amount = number_column(of_word, "total", money_or_nothing(money), "total")
        # A litre or a kilogram may cost parts of the smallest coin.
        fine = replace(money, digits=digits + DIGITS_OF_PRICE, wary=money.wary and not layout.fine_prices)
        self.price = number_column(of_word, "price", fine, "price") if self.amount is None else None
        self.priced: Memo[tuple[int, int], int] = Memo(amount_of)
        # Prices are known before discounts, amounts after them, where the layout does not say.
        before = layout.amounts_are == "before discount" or (layout.amounts_are is None and self.price is not None)
        self.discounts = Discounts(percent=layout.discount_is == "percent", to_take_off=before)
        reader = percent_or_nothing(form) if self.discounts.percent else money_or_nothing(money)
        self.discount = number_column(of_word, "discount", reader, "discount")
        self.loyalty = number_column(of_word, "paid_by_loyalty", money_or_nothing(money), "paid_by_loyalty")
        self.has_extras = self.discount is not None or self.loyalty is not None
        self.kind = kind_column(layout, of_word)
        self.by_label = layout.returns == "by label" or (layout.returns is None and bool(layout.return_labels))
        self.by_amount = layout.returns == "negative amount" or (layout.returns is None and self.quantity is None)

    def read(self, columns: Sequence[Sequence[str]], articles: Sequence[int | None], faults: Faults) -> Lines:
        """The rows of a batch, their articles found; those that the file calls returns get quantities below zero (see sides.py)."""
        count = len(articles)
        lines = Lines(
            articles=self.sound_articles(columns, articles, faults),
            quantities=self.numbers(self.quantity, columns, count, faults, PIECE),
            amounts=self.numbers(self.amount, columns, count, faults, 0),
            discounts=self.numbers(self.discount, columns, count, faults, 0) if self.has_extras else [],
            loyalty=self.numbers(self.loyalty, columns, count, faults, 0) if self.has_extras else [],
        )
        if faults and self.quantity is not None and self.amount is not None:
            self.pardon_discounts(self.quantity, columns[self.quantity.index], lines, faults)
        if self.price is not None:
            prices = self.numbers(self.price, columns, count, faults, 0)
            lines.amounts = self.priced.column(zip(prices, lines.quantities, strict=True))
            self.note_too_much(lines, faults)
        if self.discount is not None and self.discounts.change:
            lines.amounts, lines.discounts = self.discounts.settle(lines.amounts, lines.discounts)
        self.mark_returns(columns, lines, faults)
        return lines

    def pardon_discounts(self, quantity: Column[int], texts: Sequence[str], lines: Lines, faults: Faults) -> None:
        """Discounts on rows of their own have no pieces, so that a blank quantity is none there."""
        articles = self.catalogue.articles
        for row in [row for row in faults.reasons if articles and not texts[row].strip()]:
            if takes_off(articles[lines.articles[row]], lines.amounts[row]):
                faults.take_back(row, quantity.why(texts[row]))
                lines.quantities[row] = 0

    def begin_catalogue(self) -> None:
        """A new catalogue, and what texts mean there. The catalogue does not know of these: no cycle keeps an old one alive."""
        self.catalogue = Catalogue(self.article_words)
        self.article_numbers: Memo[tuple[str, ...], int] = Memo(self.catalogue.number)

    def forget_many(self) -> None:
        """Begin a new catalogue where the old one has grown too large."""
        if len(self.catalogue.articles) > MOST_ARTICLES:
            self.begin_catalogue()

    def note_too_much(self, lines: Lines, faults: Faults) -> None:
        """Amounts that no till has, as a price and a quantity that were mixed up give them."""
        if max(map(abs, lines.amounts), default=0) > MOST:
            for row, amount in enumerate(lines.amounts):
                if abs(amount) > MOST:
                    faults.add(row, phrase("amount: price and quantity come to more than any purchase"))
                    lines.amounts[row] = 0

    def of_columns(self, columns: list[list[int]]) -> Lines:
        """Rows whose numbers are known already: print, article, quantity, amount and perhaps discount and loyalty."""
        prints, articles, quantities, amounts, *extras = columns
        discounts, loyalty = extras or ([], [])
        return Lines(articles=articles, quantities=quantities, amounts=amounts, discounts=discounts, loyalty=loyalty, prints=prints)

    def none(self) -> Lines:
        """No rows."""
        return Lines(articles=[], quantities=[], amounts=[], discounts=[], loyalty=[])

    def numbers(
        self,
        column: Column[int] | None,
        columns: Sequence[Sequence[str]],
        count: int,
        faults: Faults,
        missing: int,
    ) -> list[int]:
        """A column of numbers, or the same number everywhere if the export does not have it."""
        if column is None:
            return [missing] * count
        return faults.read(column, columns[column.index], None, missing)

    def article_columns(self, cells: Sequence[Sequence[str]]) -> dict[int, list[str]]:
        """The columns of rows that name their articles, alone."""
        return {place: [row[place] for row in cells] for place in self.article_places}

    def articles_of(self, columns: Sequence[Sequence[str]] | Mapping[int, Sequence[str]], count: int) -> list[int | None]:
        """The numbers of the rows' articles in the catalogue; None for one that can not be kept."""
        memo = self.article_numbers
        if not self.article_places:
            return [memo[()]] * count
        memo.bad = False
        return list(memo.column(zip(*(columns[place] for place in self.article_places), strict=True)))

    def sound_articles(self, columns: Sequence[Sequence[str]], articles: Sequence[int | None], faults: Faults) -> list[int]:
        """The same numbers; who has none is noted and filled."""
        if None not in articles:
            return articles  # type: ignore[return-value] # none is None
        for row, number in enumerate(articles):
            if number is None:
                faults.add(row, why_no_article(" ".join(columns[place][row] for place in self.article_places)))
        return [number or 0 for number in articles]

    def mark_returns(self, columns: Sequence[Sequence[str]], lines: Lines, faults: Faults) -> None:
        """Let quantities alone say what the file calls a return; discounts and loyalty lose their signs."""
        signs = faults.read(self.kind, columns[self.kind.index], None, 1) if self.kind is not None else []
        if self.discount is not None and min(lines.discounts) < 0:
            lines.discounts = list(map(abs, lines.discounts))
        if self.loyalty is not None and min(lines.loyalty) < 0:
            lines.loyalty = list(map(abs, lines.loyalty))
        if self.by_label:
            lines.quantities = [
                abs(quantity) if sign > 0 else -abs(quantity or PIECE) for quantity, sign in zip(lines.quantities, signs, strict=True)
            ]
        elif self.by_amount and min(lines.quantities) < 0:
            # Only what the receipt comes to tells a return from a sale with a discount.
            lines.quantities = list(map(abs, lines.quantities))


def amount_of(sold: tuple[int, int]) -> int:
    """What a row costs by its price and quantity."""
    price, quantity = sold
    return rounded(price * quantity, PIECE * 10**DIGITS_OF_PRICE, "half up")


def number_form_of(layout: Layout, terms: Terms) -> NumberForm:
    """How the file's numbers are written; `own` stands for the signs of the program's currency."""
    form = layout.number_form
    if "own" not in form.signs:
        return form
    signs = [sign for given in form.signs for sign in (signs_of(terms.currency) if given == "own" else [given])]
    return replace(form, signs=tuple(signs))


def number_column(of_word: dict[str, int], word: str, reader: Callable[[str], int | None], name: str) -> Column[int] | None:
    """A column of numbers, if the export has it."""
    if word not in of_word:
        return None
    return Column(
        of_word[word],
        reader,
        lambda text: phrase("{column}: {text} is not a number of the layout's form", column=column_said(name), text=as_it_stands(text)),
    )


def money_or_nothing(money: Reader) -> Callable[[str], int | None]:
    """Reads amounts; an empty cell is none."""
    return lambda text: money(text) if text.strip() else 0


def kind_column(layout: Layout, of_word: dict[str, int]) -> Column[int] | None:
    """The column that tells sales from returns by the layout's labels."""
    if "kind" not in of_word:
        return None
    sales, returns = ({clean_text(label).casefold() for label in labels} for labels in (layout.sale_labels, layout.return_labels))

    def sign(text: str) -> int | None:
        label = clean_text(text).casefold()
        if label in returns:
            return -1
        return 1 if label in sales or not sales else None

    known = ", ".join([*layout.sale_labels, *layout.return_labels])
    return Column(
        of_word["kind"],
        sign,
        lambda text: phrase("kind: {text} is not one of: {known}", text=as_it_stands(text), known=known),
    )
