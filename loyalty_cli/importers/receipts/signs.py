"""How currencies are marked in amounts."""

from __future__ import annotations

SIGNS: dict[str, tuple[str, ...]] = {
    "PLN": ("zł", "zl"),
    "EUR": ("€",),
    "USD": ("US$", "$"),
    "GBP": ("£",),
    "RUB": ("₽", "руб.", "руб", "р."),
    "UAH": ("₴", "грн.", "грн"),
    "RON": ("lei", "leu"),
    "MDL": ("lei", "leu"),
    "CZK": ("Kč",),
    "HUF": ("Ft",),
    "BGN": ("лв.", "лв"),
    "CHF": ("Fr.",),
    "CAD": ("CA$", "C$", "$"),
    "AUD": ("A$", "$"),
    "NZD": ("NZ$", "$"),
    "SGD": ("S$", "$"),
    "MXN": ("MX$", "$"),
    "KZT": ("₸", "тг"),
    "TRY": ("₺",),
    "INR": ("₹",),
    "JPY": ("¥",),
    "SEK": ("kr",),
    "NOK": ("kr",),
    "DKK": ("kr.", "kr"),
}
"""The signs that tills write for a currency, besides its code (Unicode CLDR, and the abbreviations in real exports)."""


def signs_of(currency: str) -> tuple[str, ...]:
    """How amounts of a currency may be marked."""
    return (*SIGNS.get(currency, ()), currency, currency.lower())
