"""The draft's settings of numbers: marks of decimals and thousands, currency signs, the column of currencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.column_meanings import NUMBERS
from loyalty_cli.importers.inspecting.draft import Together
from loyalty_cli.importers.inspecting.header_words import NO_WORD
from loyalty_cli.importers.inspecting.seen_columns import CURRENCY_OF_SIGN
from loyalty_cli.importers.inspecting.seen_columns import KNOWN_SIGNS
from loyalty_cli.importers.receipts.signs import signs_of
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.numbers import without_unit
from loyalty_cli.reading.likely.numbers import digits_of
from loyalty_cli.reading.likely.numbers import likely_numbers

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.reading.forms.numbers import NumberForm
    from loyalty_cli.reading.likely.numbers import LikelyNumbers

# These may have three decimals, which look like thousands.
COUNTS = {"quantity", "points", "visits", "receipts"}
SHOWN = 4
# The settings that let columns have more decimals than money has.
FINE = {"fine_prices": ("price",), "fine_amounts": ("amount", "total")}
MORE_THAN_MONEY = 3
# What the smallest coins are called in the name of a column.
COINS = {"grosze", "groszy", "gr", "cents", "cent", "centy", "kopecks", "копейки", "копеек", "коп", "bani", "pence", "minor"}


def numbers_settled(of: Inspection) -> None:
    """The marks of numbers, or the question which they are."""
    words = [word for word in of.means.of_word if word in NUMBERS]
    money = texts_of(of, [word for word in words if word not in COUNTS])
    texts = texts_of(of, words) or of_unknown_columns(of)
    if not texts:
        return
    of_money = likely_numbers(money or texts, KNOWN_SIGNS)
    likely = likely_numbers(texts, KNOWN_SIGNS)
    of.number_form, of.signs = likely.forms[0], likely.signs
    if len(likely.forms) > 1:
        asked(of, likely, texts)
    elif likely.marked:
        settled(of, of_money, texts)
    else:
        of.found("numbers", phrase("Numbers"), phrase("whole numbers only"), phrase("So a mark of decimals is not known."))
        coins_settled(of)
    for text in likely.misfits[:SHOWN]:
        misfit_noted(of, words, text)
    signs_settled(of, likely.signs)
    if len(likely.forms) == 1:
        fine_asked(of)


def coins_settled(of: Inspection) -> None:
    """Amounts that count the smallest coins, by the names of their columns."""
    names = [column.name for word, column in of.means.of_word.items() if word in NUMBERS and word not in COUNTS]
    named = next((name for name in names if not COINS.isdisjoint(NO_WORD.split(name.casefold()))), None)
    if named is not None:
        of.draft.settle("in_coins", "yes", phrase("{name} says so: 450 are 4.50.", name=named))


def fine_asked(of: Inspection) -> None:
    """Whether amounts with more decimals than money has are meant so: prices of fuel, sums before rounding."""
    for setting, words in FINE.items():
        texts = texts_of(of, [word for word in words if word in of.means])
        text = next((text for text in texts if decimals_of(of, text) >= MORE_THAN_MONEY), None)
        if text is not None:
            ask = phrase(
                "{text} has more decimals than money. Are such amounts meant so (yes)? Else they are set aside.",
                text=text,
            )
            of.draft.ask(setting, ask, ["yes", "no"])


def decimals_of(of: Inspection, text: str) -> int:
    """How many decimals a number has, noughts at its end left out."""
    bare = digits_of(text, of.signs)
    match = of.number_form.pattern().fullmatch(bare) if bare is not None else None
    return len((match["part"] or "").rstrip("0")) if match is not None else 0


def of_unknown_columns(of: Inspection) -> list[str]:
    """The numbers with marks in columns whose meaning no header tells."""
    columns = [column for column in of.columns if column.look == "number"]
    texts = (text.removesuffix("%").rstrip() for column in columns for text in column.texts)
    return list(dict.fromkeys(text for text in texts if not text.isdigit()))


def texts_of(of: Inspection, words: list[str]) -> list[str]:
    """The different texts of some columns, a percent without its sign and a quantity without its unit."""
    texts = ((word, text.removesuffix("%").rstrip()) for word in words for text in of.means.of_word[word].texts)
    return list(dict.fromkeys(without_unit(text) if word == "quantity" else text for word, text in texts))


def asked(of: Inspection, likely: LikelyNumbers, texts: list[str]) -> None:
    """Several marks fit every number, and make different numbers of them."""
    example = next((text for text in texts if len({digits(form, text) for form in likely.forms}) > 1), texts[0])
    of.found(
        "numbers",
        phrase("Numbers"),
        phrase("not certain"),
        phrase("{text} can be read in several ways.", text=repr(example)),
    )
    ask = phrase("{text}: is the mark in it one of thousands or of decimals? Take both lines of one pair:", text=example)
    choices = [Together((("decimal_mark", form.decimal), ("thousands_mark", form.thousands))) for form in likely.forms]
    of.draft.ask("decimal_mark", ask, choices)


def digits(form: NumberForm, text: str) -> tuple[str | None, ...]:
    """A text's parts in a form."""
    match = form.pattern().search(text)
    return match.groups() if match else ()


def settled(of: Inspection, of_money: LikelyNumbers, texts: list[str]) -> None:
    """One form fits."""
    form = of.number_form
    example = next((text for text in texts if form.decimal in text), "")
    why = phrase("Such as {text}.", text=example) if example else None
    marks = (
        phrase('"{decimal}" before decimals, no mark of thousands', decimal=form.decimal)
        if form.thousands == "none"
        else phrase(
            '"{decimal}" before decimals, "{thousands}" of thousands',
            decimal=form.decimal,
            thousands=phrase("space") if form.thousands == "space" else form.thousands,
        )
    )
    of.found("numbers", phrase("Numbers"), marks, why)
    of.draft.settle("decimal_mark", form.decimal)
    if form.thousands == "none":
        return
    if of_money.forms[0].thousands == "none" and of_money.marked:
        ask = phrase("Only quantities have this mark. Is it one of thousands (1.000 pieces are a thousand)?")
        of.draft.ask("thousands_mark", ask, [form.thousands, "none"])
    else:
        of.draft.settle("thousands_mark", form.thousands)


def misfit_noted(of: Inspection, words: list[str], text: str) -> None:
    """A number that does not fit the marks of the others."""
    column = next((of.means.of_word[word] for word in words if text in of.means.of_word[word].texts), None)
    if column is None:
        return
    what = phrase("{text} in {column} is no number like the others; such rows are set aside.", text=repr(text), column=column.name)
    of.damaged(of.line_of(column, text), what)


def signs_settled(of: Inspection, signs: tuple[str, ...]) -> None:
    """The currency signs beside amounts."""
    if not signs:
        return
    currencies = list(dict.fromkeys(CURRENCY_OF_SIGN.get(sign, sign) for sign in signs))
    of.found("currency", phrase("Currency"), ", ".join(signs), phrase("It stands beside amounts."))
    if len(currencies) > 1:
        ask = phrase("Amounts carry signs of several currencies. Rows with a sign that is not named here are set aside:")
        of.draft.ask("currency_signs", ask, [(sign,) for sign in signs])
    elif of.currency and not of_currency(signs, of.currency):
        ask = phrase(
            "Amounts carry {signs}, and the program counts in {currency}. Is it the same money?",
            signs=", ".join(signs),
            currency=of.currency,
        )
        of.draft.ask("currency_signs", ask, [signs])
    else:
        of.draft.settle("currency_signs", signs)


def of_currency(signs: tuple[str, ...], currency: str) -> bool:
    """Whether all signs may stand for a currency."""
    known = {sign.casefold() for sign in signs_of(currency)} | ({"р"} if currency == "RUB" else set())
    return all(sign.casefold() in known for sign in signs)


def currency_of(of: Inspection) -> str:
    """The currency of most rows, as far as the file tells."""
    column = of.means.get("currency")
    if column is not None and column.texts:
        return column.texts.most_common(1)[0][0].upper()
    named = [sign for each in of.columns for sign in (*KNOWN_SIGNS,) if len(sign) == 3 and f"({sign})" in each.name]
    return CURRENCY_OF_SIGN.get(next(iter((*of.signs, *named)), ""), "")


def currency_column_settled(of: Inspection) -> None:
    """The column of currencies, and those that are not the program's."""
    column = of.means.get("currency")
    if column is None or not column.texts:
        return
    counted = ", ".join(f"{code} ({count})" for code, count in column.texts.most_common())
    others = [code for code in column.texts if of.currency and code.upper() != of.currency]
    remark = None
    if others or (not of.currency and len(column.texts) > 1):
        remark = phrase(
            "Seen: {currencies}. Rows in another currency than the program's are set aside, unless you give a rate: "
            "rates: {{{code}: 4.30}}",
            currencies=counted,
            code=(others or list(column.texts))[-1],
        )
    of.found("currency", phrase("Currency"), counted, phrase("In the column {name}.", name=column.name))
    of.draft.settle("columns.currency", of.place_of(column), remark)
