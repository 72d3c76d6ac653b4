"""Fakturownia, invoices: one row per invoice (evidence B: a public program that reads the file).

`Brutto` counts, whole: the JSON cell with the positions has net sums only, which do not add up to the gross one, so it is
left alone. Corrections (`Korekta`) are documents of their own with negative sums. A buyer's tax number or name is no card;
an e-mail address is, where the file has one. Only invoices count: offers and pro formas are ignored.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

GROSS = ("Brutto", "Wartość brutto", "Razem brutto", "Kwota brutto", "Do zapłaty")

TILL = Till(
    name="fakturownia",
    title="Fakturownia, invoices",
    evidence="B",
    header=("Numer", "Data wystawienia", ("Sprzedawca", "NIP sprzedawcy"), GROSS),
    delimiters=(";", ",", "\t"),
    code_page="cp1250",
    columns={
        "receipt": "Numer",
        "date": "Data wystawienia",
        "card": ("E-mail nabywcy", "Email nabywcy", "Nabywca e-mail", "Nabywca email", "E-mail", "Email"),
        "total": GROSS,
        "currency": "Waluta",
        "original_receipt": (
            "Korygowana faktura",
            "Faktura korygowana",
            "Numer faktury korygowanej",
            "Dotyczy faktury",
        ),
    },
    settings={
        "card_is": "e-mail",
        "date_form": ["YYYY-MM-DD", "DD.MM.YYYY", "DD-MM-YYYY", "YYYY-MM-DD HH:mm:ss"],
        "decimal_mark": "either",
        "thousands_mark": "space",
        "currency_signs": ["own"],
        "returns": "negative amount",
        "ignore": {
            "Rodzaj": ["Pro forma", "Proforma", "Faktura pro forma", "Faktura proforma", "Oferta", "Zamówienie"],
            "Typ": ["Pro forma", "Proforma", "Faktura pro forma", "Faktura proforma", "Oferta", "Zamówienie"],
        },
        "cancelled": {"Status": ["Anulowana", "Anulowany", "Odrzucona", "Odrzucony"]},
    },
)
