"""SumUp, sales report in German or English: one row per article (evidence B: ursjoss/lola-sumup, which reads both).

The gross price after discounts counts. A refund repeats the number of its sale and is told by its label only. There is no
customer in it. Tips typed in as articles are no purchases. The transaction report has other columns and is not this one.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

TILL = Till(
    name="sumup-sales",
    title="SumUp, sales report",
    evidence="B",
    header=(
        ("Datum", "Date"),
        ("Typ", "Type"),
        ("Transaktionsnummer", "Transaction ID"),
        ("Menge", "Quantity"),
        ("Beschreibung", "Description"),
        ("Preis (brutto)", "Price (Gross)"),
    ),
    delimiters=(",", ";"),
    columns={
        "receipt": ("Transaktionsnummer", "Transaction ID"),
        "date": ("Datum", "Date"),
        "time": ("Uhrzeit", "Time"),
        "product": "Sku",
        "product_name": ("Beschreibung", "Description"),
        "category": ("Category", "Kategorie"),
        "quantity": ("Menge", "Quantity"),
        "amount": ("Preis (brutto)", "Price (Gross)"),
        "discount": ("Rabatt", "Discount"),
        "vat": ("Steuersatz", "Tax rate"),
        "currency": ("Währung", "Currency"),
        "kind": ("Typ", "Type"),
        "cashier": ("Konto", "Account"),
    },
    settings={
        "date_form": [
            "DD.MM.YYYY, HH:mm",
            "DD.MM.YYYY, HH:mm:ss",
            "DD.MM.YYYY HH:mm",
            "DD.MM.YY, HH:mm",
            "DD.MM.YY",
            "DD.MM.YYYY",
        ],
        "time_form": ["HH:mm", "HH:mm:ss"],
        "currency_signs": ["own"],
        "returns": "by label",
        "sale_labels": ["Verkauf", "Verkäufe", "Sale", "Sales"],
        "return_labels": ["Refund", "Refunds", "Rückerstattung"],
        "returns_share_number": "yes",
        "ignore": {
            "Beschreibung": ["Trinkgeld", "Tip", "Tips"],
            "Description": ["Trinkgeld", "Tip", "Tips"],
        },
    },
)
