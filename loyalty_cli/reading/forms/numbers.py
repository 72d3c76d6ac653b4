"""Numbers as a till writes them: which mark is the decimal one, which stands between thousands.

A number that does not fit the declared marks is refused, so that it never comes out a thousand times wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DecimalMark = Literal[".", ",", "last", "either"]
ThousandsMark = Literal["none", ".", ",", "space", "'"]

# Ordinary, no-break, narrow no-break and thin space: exports of one program mix them.
SPACES = " \u00a0\u202f\u2009"
MINUS = "-\u2212"
THOUSANDS = {"none": "", "space": SPACES, ".": ".", ",": ",", "'": "'\u2019"}
# SQLite keeps 64 bits, and a sum over many receipts must fit too.
MOST = 10**13
LONGEST = 14
# Programs that count with binary fractions write 32.519999999999996.
MANY = "{1,17}"
# Units that goods are counted in, as tills write them behind a quantity.
UNIT = re.compile(
    r"(?<=[\d.,])\s*(?:szt|sztuk[ai]?|opak?|para|pary|kpl|but|mb|pcs?|pieces?|units?|ea|packs?|pairs?|buc|bucăți|pach|stk|stück"
    r"|kg|l|m|m2|m²|шт|штук[аи]?|уп|упак|пар[аы]?|кг|л|м|x|×)\.?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberForm:
    """How numbers are written: the marks, currency signs to be taken off, and how many decimals stand there if always the same.

    The decimal mark `last` is for amounts as shops show them, in any language: `1 234,50`, `1,234.50`. The last mark, with
    just the currency's decimals after it, is the decimal one; those before it are all alike, with three digits between.
    With `either`, for files that went through a spreadsheet, a point and a comma are both decimal marks: `450,5`, `450.5`.
    """

    decimal: DecimalMark = "."
    thousands: ThousandsMark = "none"
    signs: tuple[str, ...] = ()
    decimals: int | None = None

    def pattern(self, digits: int | None = None) -> re.Pattern[str]:
        """What a number of this form looks like: whole part, decimals. A nought before or behind the mark may be left out."""
        if self.decimal == "last":
            return shown_pattern(digits)
        mark = "[.,]" if self.decimal == "either" else re.escape(self.decimal)
        count = MANY if self.decimals is None else f"{{{self.decimals}}}"
        tail = rf"(?:{mark}(?P<part>\d{count}))" if self.decimals != 0 else "(?P<part>(?!))"
        tail += rf"|{mark}?" if self.decimals is None else "?" if not self.decimals else ""
        between = THOUSANDS[self.thousands]
        whole = rf"\d+|\d{{1,3}}(?:[{re.escape(between)}]\d{{3}})+" if between else r"\d+"
        return re.compile(rf"(?P<whole>{whole}|(?={mark}\d))(?:{tail})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads one kind of number: money with its digits, or a quantity with three."""

    form: NumberForm
    digits: int
    pattern: re.Pattern[str]
    # Exactly three decimals where the currency has two look like thousands: 1.000 may be one or a thousand.
    wary: bool
    # Whether further decimals are rounded, half away from zero, or are a mistake.
    rounds: bool = False

    def __call__(self, text: str) -> int | None:
        """The number in its smallest units, or None if the text does not fit the form."""
        negative, bare = without_sign(text.strip(SPACES), self.form.signs)
        match = self.pattern.fullmatch(bare)
        if match is None:
            return None
        part = match["part"] or ""
        if self.wary and len(part) == 3 and match["whole"].strip("0"):
            return None
        kept, rest = part[: self.digits], part[self.digits :]
        if rest.strip("0") and not self.rounds:
            return None
        whole = "".join(letter for letter in match["whole"] if letter.isdigit()).lstrip("0")
        if len(whole) > LONGEST:
            return None
        number = int("0" + whole + kept.ljust(self.digits, "0")) + (rest[:1] >= "5")
        if number > MOST:
            return None
        return -number if negative else number


def without_sign(text: str, signs: tuple[str, ...]) -> tuple[bool, str]:
    """Whether the text says minus (-5, 5-, (5), -$5), and the text without that, without a plus and without currency signs."""
    negative = False
    if text.startswith("+"):
        return False, bare_of(text[1:], signs)
    for sign in ("", *signs):
        text = text.removeprefix(sign).removesuffix(sign).strip(SPACES)
        if text[:1] and text[0] in MINUS and not negative:
            negative, text = True, text[1:].strip(SPACES)
        elif text[-1:] and text[-1] in MINUS and not negative:
            negative, text = True, text[:-1].strip(SPACES)
        elif text[:1] == "(" and text[-1] == ")" and not negative:
            negative, text = True, text[1:-1].strip(SPACES)
    return negative, bare_of(text, signs)


def bare_of(text: str, signs: tuple[str, ...]) -> str:
    """A text without the currency signs before and behind it."""
    for sign in signs:
        text = text.removeprefix(sign).removesuffix(sign).strip(SPACES)
    return text


def shown_pattern(digits: int | None) -> re.Pattern[str]:
    """What an amount with so many decimals looks like where any mark may be the decimal one; without a number, a quantity."""
    if digits is None:
        return re.compile(r"(?P<whole>\d+)(?:[.,](?P<part>\d{1,12}))?", re.ASCII)
    between = re.escape(SPACES + ".,'\u2019")
    whole = rf"\d+|\d{{1,3}}(?P<mark>[{between}])\d{{3}}(?:(?P=mark)\d{{3}})*"
    tail = rf"(?!(?P=mark))[.,](?P<part>\d{{{digits}}})" if digits else "(?P<part>(?!))?"
    return re.compile(rf"(?P<whole>{whole}){tail}", re.ASCII)


def money_reader(form: NumberForm, digits: int) -> Reader:
    """Reads amounts into minor units of a currency with so many digits."""
    return Reader(form=form, digits=digits, pattern=form.pattern(digits), wary=digits < 3 and form.decimals is None)


def quantity_reader(form: NumberForm) -> Callable[[str], int | None]:
    """Reads quantities into thousandths, with the unit that may stand behind them."""
    loose = NumberForm(decimal=form.decimal, thousands=form.thousands)
    reader = Reader(form=loose, digits=3, pattern=loose.pattern(), wary=False)
    return lambda text: reader(without_unit(text))


def without_unit(text: str) -> str:
    """A quantity without the unit behind it; what counts parts of a unit, as grams do, stays, for it is no number of pieces.

    >>> [without_unit(text) for text in ("2 szt.", "0,34 KG", "-3шт", "5", "250 g")]
    ['2', '0,34', '-3', '5', '250 g']
    """
    return text if text[-1:].isdigit() else UNIT.sub("", text)


def written(number: int, form: NumberForm, digits: int) -> str:
    """A number of smallest units as a till of this form would write it."""
    whole, part = divmod(abs(number), 10**digits)
    between = THOUSANDS[form.thousands][:1]
    text = f"{whole:,}".replace(",", between)
    if digits:
        text += f"{form.decimal if form.decimal in '.,' else '.'}{part:0{digits}}"
    return f"-{text}" if number < 0 else text
