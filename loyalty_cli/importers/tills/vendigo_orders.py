"""Vendigo, orders: one row per product, the total of the order on each of them (evidence A: Vendigo's help page).

The order's total counts, once; where it is not the sum of price and quantity (a promotion code, delivery), the rows take
their share of it. The help page lists the columns in words, so several ways of writing them are known. A client is known by
the phone number. Cancelled orders stay in the file.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till
from loyalty_cli.importers.tills.emag_orders import CALLED_OFF
from loyalty_cli.importers.tills.emag_orders import ROMANIAN_ORDERS

ORDERS = (
    "Numărul comenzii",
    "Numarul comenzii",
    "Număr comandă",
    "Numar comanda",
    "Nr. comandă",
    "Nr. comanda",
    "Nr comanda",
)
DATES = (
    "Data efectuării comenzii",
    "Data efectuarii comenzii",
    "Data comenzii",
    "Data comandă",
    "Data comanda",
    "Data",
)
PRODUCTS = ("Denumirea produsului", "Denumire produs", "Nume produs", "Produs", "Denumirea")
TOTALS = (
    "Suma cu reducere",
    "Valoarea totală a comenzii",
    "Valoarea totala a comenzii",
    "Total comandă",
    "Total comanda",
    "Total",
    "Cost",
    "Costul",
)

TILL = Till(
    name="vendigo-orders",
    title="Vendigo, orders",
    evidence="A",
    header=(ORDERS, DATES, PRODUCTS, TOTALS),
    lacks=("PNK",),
    delimiters=(",", ";", "\t"),
    code_page="cp1250",
    columns={
        "receipt": ORDERS,
        "date": DATES,
        "card": ("Telefon", "Numar telefon", "Număr telefon", "Număr de telefon", "Telefon client"),
        "product": ("Articolul mărfii", "Articolul marfii", "Articol", "Articolul", "Cod produs", "SKU"),
        "product_name": PRODUCTS,
        "quantity": ("Cantitatea de articole din comandă", "Cantitatea", "Cantitate", "Cant."),
        "price": (
            "Prețul articolului",
            "Pretul articolului",
            "Preț",
            "Pret",
            "Prețul",
            "Pretul",
            "Preț unitar",
            "Pret unitar",
        ),
        "total": TOTALS,
        "currency": ("Moneda", "Valuta"),
    },
    settings={
        **ROMANIAN_ORDERS,
        "cancelled": {
            "Status": CALLED_OFF,
            "Statusul": CALLED_OFF,
            "Status comanda": CALLED_OFF,
            "Status comandă": CALLED_OFF,
        },
    },
)
