"""eMAG Marketplace, order details: one row per product (evidence B: a manual that maps the columns, a program made on a file).

The price with VAT is that of the row, not of one piece, and counts; where the order's total is repeated on its rows, they
take their share of it. A client is known by the phone number. Orders that
were cancelled or sent back keep their rows and are told by their status. The other file of eMAG, of orders, has no
products and is not for this.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

DATES = ("Data comenzii", "Data comanda", "Data comandă", "Data", "Order date", "Date")
AMOUNTS = ("Pret total cu TVA", "Preț total cu TVA", "Price with VAT(RON)", "Price with VAT (RON)", "Price with VAT")
# As the seller's panel names them.
CALLED_OFF = [
    "Anulata",
    "Anulată",
    "Anulat",
    "Stornata",
    "Stornată",
    "Storno",
    "Returnata",
    "Returnată",
    "Returnat",
    "Anulata de client",
    "Anulată de client",
    "Anulata de vanzator",
    "Anulată de vânzător",
    "Anulata automat",
    "Anulată automat",
    "Anulata cu incident",
    "Anulată cu incident",
    "Canceled",
    "Cancelled",
    "Returned",
]
# How Romanian order lists are written, this one and Vendigo's.
ROMANIAN_ORDERS = {
    "card_is": "phone",
    "country_prefix": "+40",
    "date_form": [
        "YYYY-MM-DD HH:mm:ss",
        "YYYY-MM-DD HH:mm",
        "YYYY-MM-DD",
        "DD.MM.YYYY HH:mm:ss",
        "DD.MM.YYYY HH:mm",
        "DD.MM.YYYY",
        "DD/MM/YYYY HH:mm",
        "DD/MM/YYYY",
    ],
    "decimal_mark": "either",
    "thousands_mark": "space",
    "currency_signs": ["own", "RON", "lei"],
    "total_differs": "spread",
}

TILL = Till(
    name="emag-orders",
    title="eMAG Marketplace, order details",
    evidence="B",
    header=("Nr. comanda", "PNK", "Cantitate", AMOUNTS, DATES),
    delimiters=(",", ";", "\t"),
    code_page="cp1250",
    columns={
        "receipt": "Nr. comanda",
        "date": DATES,
        "card": ("Numar telefon", "Telefon client", "Telefon", "Telefon livrare"),
        "product": ("PNK", "Cod produs"),
        "product_name": ("Nume produs", "Denumire produs"),
        "quantity": "Cantitate",
        "amount": AMOUNTS,
        "total": ("Total (RON) (fara taxa de livrare)", "Total comanda", "Total comandă", "Total"),
        "vat": "TVA",
        "currency": "Moneda",
    },
    settings={
        **ROMANIAN_ORDERS,
        "cancelled": {"Status comanda": CALLED_OFF, "Status": CALLED_OFF},
    },
)
