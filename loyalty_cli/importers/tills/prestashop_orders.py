"""PrestaShop, orders: one row per order (evidence A: PrestaShop's own OrderController.php and CsvResponse.php).

Total counts: with tax and shipping, written as the back office shows it (`1 234,50 zł`, `$1,234.50`). Orders cancelled
or paid back keep their total and are told by their status, in the shop's language; what was paid back of a part is in no
column, so such an order counts as it was. Customers are names like J. Kowalska,
which are no cards. One Reference can stand for several orders, the ID for one.
"""

from __future__ import annotations

from loyalty_cli.importers.called_off import CALLED_OFF_WITHIN
from loyalty_cli.importers.till import Till

# As PrestaShop says it in several languages; a shop may have states of its own, such as Cancelled by customer.
CALLED_OFF = [
    "Cancelled*", "Canceled*", "Void*", "Refunded*", "* refunded*", "Payment error",
    "Anul*", "Zwrot", "Zwrot pieniędzy", "Zwrot środków", "Zwrócon*", "* zwrócon*", "Błąd płatności",
    "Отмен*", "Возврат", "Возврат средств", "Возврат денег", "Возвращен*", "Возвращён*", "* возвращен*", "* возвращён*", "Ошибка оплаты",
    "Rambursat*", "* rambursat*", "Eroare de plată", "Eroare plată",
    "Annul*", "Storn*", *CALLED_OFF_WITHIN,
]  # fmt: skip
NOT_PAID_YET = [
    "Awaiting bank wire payment", "Awaiting check payment", "Awaiting cheque payment", "Awaiting PayPal payment",
    "Awaiting payment*", "Awaiting Cash On Delivery validation", "Waiting for payment*", "On backorder (not paid)",
    "Oczekiwanie na płatność*", "Oczekuje na płatność*",
    "Ожидание оплаты*", "Ожидает оплаты*", "Ожидается оплата*", "В ожидании оплаты*",
    "În așteptarea plății*", "În aşteptarea plăţii*", "In asteptarea platii*",
]  # fmt: skip

TILL = Till(
    name="prestashop-orders",
    title="PrestaShop, orders",
    evidence="A",
    header=("ID", "Reference", "Customer", "Total", "Payment", "Status", "Date"),
    delimiters=(";", ","),
    columns={
        "receipt": "ID",
        "date": "Date",
        "card": ("Customer ID", "Email"),
        "total": "Total",
    },
    settings={
        "date_form": ["YYYY-MM-DD HH:mm:ss", "YYYY-MM-DD HH:mm", "MM/DD/YYYY HH:mm:ss", "DD/MM/YYYY HH:mm:ss"],
        "decimal_mark": "last",
        "currency_signs": ["own"],
        "cancelled": {"Status": CALLED_OFF},
        "ignore": {"Status": NOT_PAID_YET},
    },
)
