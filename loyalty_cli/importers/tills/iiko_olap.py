"""iiko, OLAP report of sales grouped by day, cheque and dish (evidence B: public programs that read it, iiko's help).

`Сумма со скидкой, р.` counts. What is said once for a group is blank below it, rows ending in `Всего` are subtotals, and
title lines may stand above. The report is saved through a spreadsheet: dates come as `31.12.2026` or `12/31/2026`,
numbers with a point or a comma. Cheque numbers begin anew: the day (and the till, if there) is part of the receipt.
"""

from __future__ import annotations

from loyalty_cli.importers.till import sums_called
from loyalty_cli.importers.till import Till

AMOUNTS = ("Сумма со скидкой, р.", "Сумма со скидкой, р", "Сумма со скидкой, руб.", "Сумма со скидкой")
CHEQUES = ("Номер чека", "№ чека")

TILL = Till(
    name="iiko-olap",
    title="iiko, OLAP report by cheque and dish",
    evidence="B",
    header=("Учетный день", CHEQUES, "Блюдо", AMOUNTS),
    delimiters=(",", ";", "\t"),
    code_page="cp1251",
    columns={
        "receipt": CHEQUES,
        "date": "Учетный день",
        "time": ("Время закрытия", "Время открытия"),
        "store": ("Торговое предприятие", "Ресторан"),
        "till": ("Касса", "Номер кассы"),
        "cashier": ("Кассир", "Официант заказа"),
        "card": ("Номер карты клиента", "Номер карты гостя", "Номер карты"),
        "product": ("Код блюда", "Артикул блюда"),
        "product_name": "Блюдо",
        "category": ("Категория блюда", "Группа блюда"),
        "quantity": "Количество блюд",
        "amount": AMOUNTS,
    },
    settings={
        "skip_top": "until header",
        "uneven_rows": "yes",
        "fill_down": "grouped",
        "total_rows": ["* всего", "всего", "всего:", *sums_called("итого")],
        "date_form": [
            "DD.MM.YYYY",
            "D.M.YYYY",
            "M/D/YYYY",
            "M/D/YY",
            "YYYY-MM-DD",
            "DD.MM.YYYY H:mm:ss",
            "YYYY-MM-DD HH:mm:ss",
            "M/D/YYYY H:mm:ss",
            "M/D/YYYY H:mm",
        ],
        "time_form": ["H:mm:ss", "H:mm"],
        "decimal_mark": "either",
        "thousands_mark": "space",
        "currency_signs": ["own", "р.", "руб.", "₽"],
        "receipt_key": ["date", "till", "receipt"],
    },
)
