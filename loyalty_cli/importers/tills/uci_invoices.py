"""Invoice lines as in the UCI retail data sets and many e-shops' reports (evidence A: the published files and their copies).

Price times quantity counts. An invoice `C...` takes goods back with negative quantities and is a document of its own that
does not name its sale. A few prices are negative (`A...`, adjusted debts) and stay as they are. Equal rows are real. A
tenth of the rows has no customer: no card. Numbers such as 17850.0 were damaged by a spreadsheet and are set aside.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

INVOICES = ("InvoiceNo", "Invoice")
PRICES = ("UnitPrice", "Price")

TILL = Till(
    name="uci-invoices",
    title="Invoice lines (UCI Online Retail)",
    evidence="A",
    header=(INVOICES, "StockCode", "Quantity", "InvoiceDate", PRICES),
    delimiters=(",", ";", "\t"),
    columns={
        "receipt": INVOICES,
        "date": "InvoiceDate",
        "card": ("CustomerID", "Customer ID"),
        "product": "StockCode",
        "product_name": "Description",
        "quantity": "Quantity",
        "price": PRICES,
    },
    settings={
        "date_form": [
            "YYYY-MM-DD HH:mm:ss",
            "YYYY-MM-DD HH:mm",
            "M/D/YYYY H:mm",
            "DD/MM/YYYY HH:mm",
            "DD/MM/YYYY HH:mm:ss",
            "M/D/YY H:mm",
            "DD.MM.YYYY HH:mm",
        ],
        "returns": "negative quantity",
        "fine_prices": "yes",
    },
)
