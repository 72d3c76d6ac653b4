"""What somebody meant who wrote a number or a name in another way: the same in the form its place needs, or nothing."""

from __future__ import annotations

import re

from loyalty_cli.reading.owners_words import in_english

# Letters that are typed for the digits 0 and 1.
AS_DIGITS = str.maketrans("OoОоlI", "000011")
A_NUMBER = re.compile(r"(?<![^\W_])[0-9]+(?:[ \u00a0\u202f]?[0-9]{3})*(?:[.,][0-9]+)?")


def number_meant(text: str) -> str | None:
    """A number with letters for digits, or the only one among other words and signs: `2O.00` is 20.00, `> 200,50 zł` is 200.50."""
    if re.fullmatch(r"\.[0-9]+", text):
        return f"0{text}"
    digits = text.translate(AS_DIGITS)
    if digits != text and re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits):
        return digits
    inside = A_NUMBER.findall(text)
    if len(inside) != 1 or re.search(r"[-+*/%]\s*[0-9]|[0-9]\s*[-+*/%]|[0-9][^\W\d_]+[0-9]", text):
        return None
    return re.sub(r"[^0-9.]", "", str(inside[0]).replace(",", "."))


def percent_meant(text: str) -> str | None:
    """A share or a percent without its sign: `0.05` is 5%, `5` is 5%, `%5` is 5%, `5 %%` is 5%."""
    tight = re.sub(r"\s", "", text.replace(",", ".")).rstrip(";.")
    if re.fullmatch(r"%[0-9]+(\.[0-9]+)?", tight):
        return f"{tight[1:]}%"
    if re.fullmatch(r"0?\.[0-9]+", tight):
        return f"{float(tight) * 100:g}%"
    number = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(%+|procent|proc|percent|pct|процентов|процента|проц|lasută)?\.?", tight)
    return f"{number[1]}%" if number else None


# What people write for a currency, with its three letters.
SIGNS = {
    "zł": "PLN", "zl": "PLN", "złoty": "PLN", "złote": "PLN", "złotych": "PLN", "zlotych": "PLN", "lei": "RON", "leu": "RON",
    "лей": "MDL", "лея": "MDL", "леев": "MDL", "руб": "RUB", "рубль": "RUB", "рубля": "RUB", "рубли": "RUB", "рублей": "RUB",
    "₽": "RUB", "р": "RUB", "€": "EUR", "euro": "EUR", "евро": "EUR", "$": "USD", "us$": "USD", "£": "GBP", "грн": "UAH",
    "гривен": "UAH", "гривень": "UAH", "₴": "UAH", "kč": "CZK", "kc": "CZK", "ft": "HUF", "лв": "BGN", "тг": "KZT", "тенге": "KZT",
    "₸": "KZT", "br": "BYN", "fr": "CHF", "kr": "SEK", "zlote": "PLN", "леи": "MDL", "гривна": "UAH", "гривны": "UAH",
    "гривня": "UAH", "гривні": "UAH", "korun": "CZK", "forint": "HUF", "лева": "BGN", "din": "RSD", "лари": "GEL", "драм": "AMD",
    "сом": "KGS", "сум": "UZS",
}  # fmt: skip
# Money that goes by the name of another.
NAMESAKES = {
    "MDL": "RON", "RON": "MDL", "BYN": "RUB", **dict.fromkeys(("NOK", "DKK", "ISK"), "SEK"),
    **dict.fromkeys(("CAD", "AUD", "NZD", "SGD", "MXN", "HKD"), "USD"),
}  # fmt: skip


def currency_meant(text: str) -> str | None:
    """A currency by its sign, its name or in small letters, and whatever stands behind it: `zł`, `pln`, `PLN;`, `PLN // złote`."""
    word = (text.split() or [""])[0].rstrip(".,;").casefold()
    return SIGNS.get(word) or (word.upper() if re.fullmatch("[a-z]{3}", word) else None)


def is_own(unit: str, code: str) -> bool:
    """Whether what stands behind an amount is money of a currency: its letters, or what people write for it."""
    word = unit.rstrip(".").casefold()
    return not code or word == code.casefold() or SIGNS.get(word) in (code, NAMESAKES.get(code, code))


COUNTRIES = ("PL", "RO", "MD", "RU", "GB", "DE", "UA", "BY", "LT", "LV", "EE", "CZ", "SK", "HU", "BG", "KZ", "IT", "FR", "ES", "US")


def country_meant(text: str) -> str | None:
    """A country's two letters by its name in one of the four languages."""
    return in_english(text, COUNTRIES)
