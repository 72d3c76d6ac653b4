"""iiko, orders for 1C (evidence B: the script that writes the file, and its header).

Rows of four kinds, of unequal length: 1 sells, 2 pays, 3 is a discount on the order, 4 says why something was removed.
`Сумма продажи` of the rows of kind 1 counts; where it stands before discounts, so that the payments of an order come to
another sum, the rows take what was paid in proportion. Cheque numbers begin anew: day and till are part of the receipt.
The file knows no cards; a column with them may be added.
"""

from __future__ import annotations

from loyalty_cli.importers.till import Till

KIND = "Тип строки (код)"

TILL = Till(
    name="iiko-orders",
    title="iiko, orders for 1C",
    evidence="B",
    header=(KIND, "Номер чека", "Дата и время регистрации", "Сумма продажи"),
    delimiters=(";", "\t", ","),
    code_page="cp1251",
    columns={
        "receipt": "Номер чека",
        "date": "Дата и время регистрации",
        "store": "Торговое предприятие (наименование)",
        "till": "Номер кассы",
        "card": ("Номер карты клиента", "Номер карты гостя", "Номер карты", "Карта"),
        "product": "Номенклатура (код)",
        "product_name": "Номенклатура (наименование)",
        "category": "Группа учета (название)",
        "vat": "Ставка НДС по позиции",
        "quantity": "Количество",
        "amount": "Сумма продажи",
        "total": "Сумма оплаты",
    },
    settings={
        "uneven_rows": "yes",
        "date_form": [
            "DD.MM.YYYY H:mm:ss",
            "DD.MM.YYYY H:mm",
            "YYYY-MM-DD H:mm:ss",
            "YYYY-MM-DD H:mm",
            "YYYY-MM-DDTHH:mm:ss",
            "M/D/YYYY h:mm:ss A",
            "DD.MM.YYYY",
        ],
        "decimal_mark": "either",
        "thousands_mark": "space",
        "receipt_key": ["date", "till", "receipt"],
        "keep": {KIND: ["1", "2"]},
        "head_rows": {KIND: ["2"]},
        "total_differs": "spread",
    },
)
