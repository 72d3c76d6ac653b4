"""What each column of a file holds, in our words: by its name where that is known, by what stands in it where not."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import PURCHASES
from loyalty_cli.importers.cells import yes_or_no
from loyalty_cli.importers.inspecting.header_words import AFTER_DISCOUNT
from loyalty_cli.importers.inspecting.header_words import BEFORE_DISCOUNT
from loyalty_cli.importers.inspecting.header_words import has_word_of
from loyalty_cli.importers.inspecting.header_words import is_delivery
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import is_tax
from loyalty_cli.importers.inspecting.header_words import NAMES
from loyalty_cli.importers.inspecting.header_words import PAID_BY_POINTS
from loyalty_cli.importers.inspecting.header_words import plain_words
from loyalty_cli.importers.inspecting.header_words import SURELY
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.inspecting.parts_of_date import parts_of_date
from loyalty_cli.importers.lists.plain import WORDS
from loyalty_cli.importers.receipts.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn

# Words of purchases beyond those of the plain layout; `status` is no column of ours, it tells what rows count.
MORE_OF_PURCHASES = ("price", "total", "kind", "currency", "refunded", "cancelled", "status", "email", "phone", "name")
NUMBERS = {
    "amount", "price", "total", "discount", "quantity", "refunded", "paid_by_loyalty", "points", "cost", "floor_price",
    "spent", "visits", "receipts",
}  # fmt: skip
DATES = {"date", "joined", "consent_date", "usable_through", "tier_since", "group_from", "group_until"}
FEW = {"vat", "kind", "status", "currency", "store", "till", "tier", "language", "blocked", "excluded"}
# Words under which lists have what purchases call so; `lists_settled` gives it the list's own word.
CALLED_OTHERWISE = {"products": ("product", "product_name"), "members": ("product_name",), "totals": ("amount",)}
HALF = 0.5
CURRENCIES = frozenset(SIGNS)
MONEY = tuple(sign.lower() for code, signs in SIGNS.items() for sign in (code, *signs) if sign.isalpha())
NEVER_A_DAY = {"receipt", "card", "product", "product_name", "name", "number", "code", "cashier", "email", "phone"}
# How words for telephones begin, however they are shortened: tel kom, моб.
PHONES = ("tel", "kom", "mob", "cell", "gsm", "тел", "моб", "handy")
# A name that says as much as another's, or nearly, is a rival.
NEAR = 8
# A column called a customer that holds numbers; a name that says card says so better.
A_CUSTOMER = 90
MOST_LABELS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """The columns by our words; `rivals` could be the same."""

    of_word: dict[str, SeenColumn]
    rivals: dict[str, list[SeenColumn]] = field(default_factory=dict)
    parts_of_date: tuple[SeenColumn, ...] = ()

    def __contains__(self, word: str) -> bool:
        return word in self.of_word

    def get(self, word: str) -> SeenColumn | None:
        """The column of a word."""
        return self.of_word.get(word)

    def word_of(self, column: SeenColumn) -> str:
        """Our word for a column, or nothing."""
        if column in self.parts_of_date:
            return "date"
        return next((word for word, each in self.of_word.items() if each is column), "")


def words_of_kind(kind: str) -> tuple[str, ...]:
    """The words that a file of a kind may have."""
    if kind == "purchases":
        return (*PURCHASES, *MORE_OF_PURCHASES)
    return (*WORDS[kind], *CALLED_OTHERWISE.get(kind, ()))


def meanings(columns: Sequence[SeenColumn], kind: str) -> Meanings:
    """The best column for each word, and those that fit nearly as well."""
    words = words_of_kind(kind)
    scores = {
        (column.place, word): score for column in columns for word, score in said_of(column).items() if word in words and fits(column, word)
    }
    of_word: dict[str, SeenColumn] = {}
    rivals: dict[str, list[SeenColumn]] = {}
    taken: set[int] = set()

    def rank(place: int, word: str) -> tuple[int, ...]:
        return (-scores[place, word], words.index(word), is_second(columns[place], word), place)

    for (place, word), score in sorted(scores.items(), key=lambda item: rank(*item[0])):
        if place in taken:
            continue
        if word not in of_word:
            of_word[word] = columns[place]
            taken.add(place)
        elif scores[of_word[word].place, word] - score <= NEAR:
            rivals.setdefault(word, []).append(columns[place])
    if kind == "purchases":
        # What is something else for certain could not be this as well; in a list of members Nume is both.
        rivals = {word: left for word, several in rivals.items() if (left := [each for each in several if each.place not in taken])}
        goods_told(of_word, rivals)
    parts = parts_of_date(columns) if "date" not in of_word else ()
    if kind == "purchases" and "date" not in of_word and not parts and (only := only_date(columns, of_word)) is not None:
        of_word["date"] = only
    return Meanings(of_word=of_word, rivals=rivals, parts_of_date=parts)


def is_second(column: SeenColumn, word: str) -> bool:
    """Whether another column of this name would rather be what it says.

    Of those that may be called a product or its name, a code is the product and words are the name; what points paid is money,
    and how many they were only if nothing else is called so.
    """
    if word == "product":
        return not column.identifies
    return is_code(column) if word == "product_name" else word == "paid_by_loyalty" and not is_one_of(column.name, PAID_BY_POINTS)


def goods_told(of_word: dict[str, SeenColumn], rivals: dict[str, list[SeenColumn]]) -> None:
    """Where several columns may name the goods, those of codes do not: one is the product, if no other is."""
    several = rivals.pop("product_name", [])
    words = [each for each in several if not is_code(each) or is_code(of_word["product_name"])]
    if words:
        rivals["product_name"] = words
    codes = [each for each in several if each.identifies and each not in words]
    if codes:
        of_word.setdefault("product", codes[0])


def is_code(column: SeenColumn) -> bool:
    """Whether a column has codes or numbers and no words."""
    return column.numbers or column.identifies


def only_date(columns: Sequence[SeenColumn], of_word: Mapping[str, SeenColumn]) -> SeenColumn | None:
    """The only column of dates beside money, whatever it is called: when the sale was. A list of goods has prices and no sums."""
    sums = "amount" in of_word or "total" in of_word or {"price", "quantity"} <= set(of_word)
    dated = [each for each in columns if each.look == "date" and each not in of_word.values()]
    return dated[0] if sums and len(dated) == 1 and dated[0].filled > dated[0].empty else None


def said_of(column: SeenColumn) -> dict[str, int]:
    """What a column may hold by its name, how well the name says so; and by what stands in it, whatever it is called."""
    said = {word: score for word, score in words_for(column.name).items() if not is_said_otherwise(column.name, word)}
    customer = said.get("name", 0)
    if customer and column.identifies:
        said["card"] = max(said.get("card", 0), customer * A_CUSTOMER // 100)
    if customer and column.look in {"e-mail", "phone"}:
        said["email" if column.look == "e-mail" else "phone"] = customer
    if column.look == "phone" and any(token.startswith(PHONES) for token in plain_words(column.name).split()):
        said["phone"] = max(said.get("phone", 0), A_CUSTOMER)
    if column.look == "time" and NAMES["time"] & set(plain_words(column.name).split()):
        # Short words stand in many names; times are few: Ora bon.
        said["time"] = max(said.get("time", 0), A_CUSTOMER)
    if column.texts and all(text.upper() in CURRENCIES for text in column.texts):
        said["currency"] = max(said.get("currency", 0), A_CUSTOMER)
    return said


def is_said_otherwise(name: str, word: str) -> bool:
    """Whether other words in a name say that it is not what one of them says."""
    if word == "discount":
        # An amount with or without the discount is none.
        return has_word_of(name, (*AFTER_DISCOUNT, *BEFORE_DISCOUNT))
    if word in {"amount", "total", "price", "cost"}:
        # The tax alone is no amount, as VAT amount is, and neither is what was paid for the delivery, or by points.
        return is_tax(name) or is_delivery(name) or is_one_of(name, PAID_BY_POINTS)
    if word == "date":
        return words_for(name).get("birthday") == SURELY
    # VAT (PLN) is no rate.
    return word == "vat" and has_word_of(name, MONEY)


def fits(column: SeenColumn, word: str) -> bool:
    """Whether what stands in a column can be what its name says."""
    if word in {"name", "card", "email", "phone"}:
        return tells_people(column, word)
    if word in NUMBERS:
        return (column.numbers and column.look != "phone") or column.look == "empty"
    if word in DATES:
        return column.look in {"date", "empty"} or (word == "date" and column.look == "text" and column.share(has_digit) >= HALF)
    if word == "time":
        return column.look in {"time", "empty"}
    if word in FEW:
        # Amounts are no rates, and no labels either: tips are called tip, as kinds are in other languages.
        no_labels = {"vat": lambda text: not is_rate(text), "kind": has_mark}.get(word)
        is_few = no_labels is None or not column.numbers or not any(map(no_labels, column.texts))
        most = max(MOST_LABELS, 0 if word == "vat" else column.filled // 5)
        return is_few and len(column.texts) <= most and column.look not in {"date", "time"}
    return word not in NEVER_A_DAY or column.look not in {"date", "time"}


def tells_people(column: SeenColumn, word: str) -> bool:
    """Whether a column has what its name says: letters in a name, digits in a card; yes and no reach nobody."""
    if word in {"email", "phone"}:
        return column.look not in {"date", "time"} and not says_yes_or_no(column)
    if word == "name":
        return not column.numbers and not column.identifies and column.look not in {"date", "time", "e-mail", "phone"}
    return not column.texts or (column.look not in {"date", "time"} and column.share(has_digit) >= HALF)


def says_yes_or_no(column: SeenColumn) -> bool:
    """Whether a column has nothing but yes and no."""
    return bool(column.texts) and all(yes_or_no(text) is not None for text in column.texts)


def is_rate(text: str) -> bool:
    """Whether a number could be a rate of VAT rather than its amount: 8, 5.5% or 0.08, and not 120 or 1.49."""
    whole, _, decimals = text.replace(",", ".").removesuffix("%").strip().partition(".")
    return len(whole) <= 2 and (whole in {"", "0"} or len(decimals.rstrip("0")) < 2)


def has_mark(text: str) -> bool:
    """Whether a number has decimals, as amounts have and codes have not."""
    return "." in text or "," in text


def has_digit(text: str) -> bool:
    """Whether a text has a digit or an @, as everything has that tells people apart."""
    return "@" in text or any(map(str.isdigit, text))
