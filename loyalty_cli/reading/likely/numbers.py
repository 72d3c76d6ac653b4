"""Which marks fit every number of some columns, and which currency signs stand beside them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import get_args
from typing import TYPE_CHECKING

from loyalty_cli.reading.forms.numbers import DecimalMark
from loyalty_cli.reading.forms.numbers import LONGEST
from loyalty_cli.reading.forms.numbers import NumberForm
from loyalty_cli.reading.forms.numbers import SPACES
from loyalty_cli.reading.forms.numbers import ThousandsMark
from loyalty_cli.reading.forms.numbers import without_sign
from loyalty_cli.reading.forms.numbers import without_unit

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable

BESIDE = re.compile(r"^[-−(+ ]*([^\d\s().,+−-]+\.?)?.*?([^\d\s().,'’+−-]+\.?)?[-−) ]*$", re.DOTALL)
DIGITS = re.compile(r"[.,]?\d[\d.,'’ \u00a0\u202f\u2009]*", re.ASCII)
DECIMAL_MARKS: tuple[DecimalMark, ...] = (".", ",")
FORMS = tuple(
    NumberForm(decimal=decimal, thousands=thousands)
    for thousands in get_args(ThousandsMark)
    for decimal in DECIMAL_MARKS
    if decimal != thousands
)
Reading = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyNumbers:
    """The forms that fit, the simplest of those that read every text alike; several are a question.

    `misfits` are texts that the best form can not read. `marked` says whether any mark was seen at all.
    """

    forms: tuple[NumberForm, ...]
    signs: tuple[str, ...] = ()
    misfits: tuple[str, ...] = ()
    marked: bool = True


def signs_beside(texts: Iterable[str], known: Collection[str]) -> Counter[str]:
    """The known currency signs beside numbers, with how often."""
    found: Counter[str] = Counter()
    for text in texts:
        match = BESIDE.match(text.strip(SPACES))
        found.update(sign for sign in (match.groups() if match else ()) if sign in known)
    return found


def digits_of(text: str, signs: tuple[str, ...]) -> str | None:
    """A number's digits and marks without minus and currency sign; None if the text is no number."""
    if text.isascii() and text.replace(".", "").replace(",", "").isdigit():
        # Most numbers have no sign, and there are dozens of signs to look for.
        return text if DIGITS.fullmatch(text) else None
    _, bare = without_sign(text.strip(SPACES), signs)
    return bare if DIGITS.fullmatch(bare) else None


def is_negative(text: str, signs: tuple[str, ...]) -> bool:
    """Whether a number says minus."""
    return without_sign(text.strip(SPACES), signs)[0]


def likely_numbers(texts: Collection[str], known: Collection[str]) -> LikelyNumbers:
    """The marks of some different texts that are numbers, beside which some of the known currency signs may stand."""
    signs = tuple(sign for sign, _ in signs_beside(texts, known).most_common())
    bare = {text: digits for text in texts if (digits := digits_of(text, signs)) is not None}
    counted = {form: readings(form, bare.values()) for form in FORMS}
    most = max(len(bare) - each.count(None) for each in counted.values())
    best = {form: each for form, each in counted.items() if len(bare) - each.count(None) == most}
    first = next(iter(best))
    misfits = [text for text, reading in zip(bare, best[first], strict=True) if reading is None]
    return LikelyNumbers(
        forms=tuple(simplest(best)),
        signs=signs,
        misfits=(*misfits, *(text for text in texts if text not in bare)),
        marked=any(not digits.isdigit() for digits in bare.values()),
    )


def readings(form: NumberForm, texts: Iterable[str]) -> list[Reading | None]:
    """What texts mean in a form: whole part and decimals."""
    pattern = form.pattern()
    found: list[Reading | None] = []
    for text in texts:
        match = pattern.fullmatch(text)
        found.append((re.sub(r"\D", "", match["whole"]), (match["part"] or "").rstrip("0")) if match else None)
    return found


def simplest(forms: dict[NumberForm, list[Reading | None]]) -> list[NumberForm]:
    """Of the forms that read all texts alike only the first."""
    chosen: dict[tuple[Reading | None, ...], NumberForm] = {}
    for form, read in forms.items():
        chosen.setdefault(tuple(read), form)
    return list(chosen.values())


def value_of(text: str, form: NumberForm, signs: tuple[str, ...]) -> int | None:
    """A number in thousandths, whatever unit stands behind it, or None if it does not fit."""
    digits = digits_of(without_unit(text), signs)
    match = form.pattern().fullmatch(digits) if digits else None
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["whole"]).lstrip("0")
    if len(whole) > LONGEST:
        return None
    number = int(whole + (match["part"] or "")[:3].ljust(3, "0"))
    return -number if is_negative(text, signs) else number
