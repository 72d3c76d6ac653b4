"""Frontol (ATOL), the file of transactions (evidence B: the integrator's manual as two public programs read it, samples).

Three lines (`#` or `@`, database, number of the report), then rows without a header, of several kinds. A row of kind 1
or 11 sells (field 16 counts: after discounts), 2 or 12 takes a row back; 42 opens, 55 closes and 56 cancels a document and
has the client's cards where the others have the article. Field 13 is 0 for sales and 1 for returns; signs are not relied
on. All other rows (payments, taxes, discounts, shifts) are ignored. Documents are counted for each workplace. A document
with several cards, or with a client known otherwise (`@...`), is set aside.
"""

from __future__ import annotations

import re

from loyalty_cli.importers.till import Till

SELLS = ("1", "11")
TAKES_BACK = ("2", "12")
OF_DOCUMENT = ("42", "55", "56")
SALE, RETURN = "0", "1"

TILL = Till(
    name="frontol",
    title="Frontol, transactions",
    evidence="B",
    first_lines=re.compile(r"\ufeff?[#@]\s*?\r?\n[^;\n]*\n[^;\n]*\n\d+;\d\d\.\d\d\.\d{4};\d\d?:\d\d:\d\d;\d+;"),
    delimiters=(";",),
    code_page="cp1251",
    columns={
        "date": "2",
        "time": "3",
        "till": "5",
        "receipt": "6",
        "cashier": "7",
        "card": "8",
        "product": "8",
        "quantity": "11",
        "kind": ("13", "4"),
        "amount": "16",
    },
    settings={
        "header": "no",
        "skip_top": "3",
        "quote": "none",
        "uneven_rows": "yes",
        "date_form": "DD.MM.YYYY",
        "time_form": "H:mm:ss",
        "decimal_mark": "either",
        "receipt_key": ["till", "receipt"],
        "card_digits_only": "yes",
        "keep": {"4": [*SELLS, *TAKES_BACK, *OF_DOCUMENT], "13": [SALE, RETURN]},
        "head_rows": {"4": list(OF_DOCUMENT)},
        "cancelled": {"4": ["56"]},
        "returns": "by label",
        "sale_labels": [f"{SALE} {row}" for row in SELLS],
        # A row taken back in a return is in nobody's manual: its receipt is set aside.
        "return_labels": [*(f"{RETURN} {row}" for row in SELLS), *(f"{SALE} {row}" for row in TAKES_BACK)],
    },
)
