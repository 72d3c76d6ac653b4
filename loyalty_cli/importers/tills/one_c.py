"""1C-style report of cheques (evidence B: an export for 1C of a cloud till, and reports people post).

Title lines, a header, rows with `20 000,00`, and a last row `ИТОГО`. Encoding cp1251, or UTF-8. What was paid counts:
`Сумма со скидкой`, `К оплате` or, where there is no such column, `Сумма`; `Сумма чека`, repeated on the rows of a cheque, is
a check, or counts once where there is nothing else. Cheque numbers begin anew each day at each till. A buyer's name
(`Клиент`) is no card. Returns have negative sums, or say `Возврат` in a column of their own.
"""

from __future__ import annotations

from loyalty_cli.importers.till import sums_called
from loyalty_cli.importers.till import Till

CHEQUES = ("Номер чека", "№ чека", "Чек", "Чек №", "Номер чека ККМ")
GOODS = ("Номенклатура", "Номенкулатура", "Товар", "Наименование", "Наименование товара")
# What was paid counts; a sum without a word beside it is the one before discounts where another stands with it.
SUMS = (
    "Сумма со скидкой", "Сумма с учетом скидки", "Сумма с учётом скидки", "Сумма после скидки", "Сумма к оплате", "К оплате",
    "Сумма оплаты", "Оплачено", "Сумма", "Сумма, руб.", "Сумма, руб", "Сумма (руб.)",
)  # fmt: skip
TOTALS = ("Сумма чека", "Итого по чеку", "Сумма по чеку")
DATES = ("Дата", "Дата чека", "Дата продажи", "Дата и время", "Дата и время чека")

TILL = Till(
    name="one-c",
    title="1C, report of cheques",
    evidence="B",
    header=(DATES, CHEQUES, (*SUMS, *TOTALS)),
    lacks=("Учетный день", "Тип строки (код)"),
    delimiters=(";", "\t", ","),
    code_page="cp1251",
    columns={
        "receipt": CHEQUES,
        "date": DATES,
        "time": ("Время", "Время чека", "Время продажи"),
        "store": ("Магазин", "Торговая точка", "Склад", "Подразделение"),
        "till": ("ID кассы", "Название кассы", "Касса", "Касса ККМ", "Номер кассы"),
        "cashier": ("Кассир", "Продавец"),
        "card": (
            "Карта",
            "Номер карты",
            "Дисконтная карта",
            "Карта лояльности",
            "Карта клиента",
            "Номер карты клиента",
            "Номер дисконтной карты",
            "Код карты",
        ),
        "product": ("Код1с", "Код 1С", "Код", "Артикул", "Код товара", "Штрихкод"),
        "product_name": GOODS,
        "category": ("Категория", "Номенклатурная группа", "Группа", "Вид номенклатуры", "Группа товаров"),
        "quantity": ("Количество", "Кол-во", "Кол."),
        "amount": SUMS,
        "total": TOTALS,
        "discount": ("Сумма скидки", "Скидка, руб."),
        "vat": ("Ставка НДС", "НДС %"),
        "kind": ("Тип", "Вид операции", "Операция", "Тип операции", "Тип чека", "Вид чека"),
    },
    settings={
        "skip_top": "until header",
        "uneven_rows": "yes",
        "total_rows": sums_called("итого", "всего"),
        "date_form": [
            "DD.MM.YYYY",
            "DD.MM.YYYY H:mm:ss",
            "DD.MM.YYYY H:mm",
            "DD.MM.YY",
            "DD.MM.YY H:mm:ss",
            "YYYY-MM-DD",
        ],
        "time_form": ["H:mm:ss", "H:mm"],
        "decimal_mark": "either",
        "thousands_mark": "space",
        "currency_signs": ["own", "руб.", "руб", "р."],
        "receipt_key": ["date", "till", "receipt"],
        "returns": "negative amount",
        "sale_labels": ["Продажа", "Приход", "Реализация", "Чек продажи", "Розничная продажа"],
        "return_labels": ["Возврат", "Возврат прихода", "Возврат продажи", "Чек возврата", "Возврат от покупателя"],
    },
)
