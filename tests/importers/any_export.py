"""Exports of invented purchases in any combination of letters, marks, forms and layouts, and what they hold."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.reading.forms.numbers import NumberForm
from loyalty_cli.reading.forms.numbers import written

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("receipt", "date", "time", "card", "product_name", "quantity", "price", "amount")
HEADERS = {
    "en": ("Receipt number", "Date", "Time", "Card number", "Item", "Qty", "Unit price", "Amount"),
    "pl": ("Nr paragonu", "Data sprzedaży", "Godzina", "Nr karty", "Towar", "Ilość", "Cena", "Wartość"),
    "ru": ("Номер чека", "Дата", "Время", "Карта", "Наименование", "Кол-во", "Цена", "Сумма"),
    "ro": ("Număr bon", "Data", "Ora", "Card client", "Denumire", "Cantitate", "Preț unitar", "Valoare"),
}
GOODS = {
    "en": ("Coffee", "Tea, green", "Rye bread", 'Knife 8"', "Milk"),
    "pl": ("Mąka żytnia", "Śmietana 18%", "Łosoś; wędzony", "Żurek", "Chleb źródlany", "Pączek", "Gęś", "Ćwikła"),
    "ru": ("Хлеб ржаной", "Молоко, литр", "Сметана; жирная", "Чай чёрный", "Пельмени", "Яблоки"),
    "ro": ("Pâine", "Brânză de vaci", "Țuică", "Cașcaval; afumat", "Înghețată", "Roșii"),
}
ENCODINGS = {
    "en": ("utf-8", "utf-8-sig", "cp1250", "utf-16"),
    "pl": ("utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "cp852", "utf-16", "utf-16-le"),
    "ru": ("utf-8", "utf-8-sig", "cp1251", "cp866", "koi8-r", "utf-16", "utf-16-be"),
    "ro": ("utf-8", "utf-8-sig", "iso-8859-16", "utf-16"),
}
DATES = {
    "YYYY-MM-DD": "{y:04}-{m:02}-{d:02}",
    "DD.MM.YYYY": "{d:02}.{m:02}.{y:04}",
    "DD/MM/YYYY": "{d:02}/{m:02}/{y:04}",
    "MM/DD/YYYY": "{m:02}/{d:02}/{y:04}",
    "YYYYMMDD": "{y:04}{m:02}{d:02}",
}
TOTAL = {"en": "Total", "pl": "Razem", "ru": "Итого", "ro": "Total general"}
RETURN = {
    "en": ("Sale", "Refund"),
    "pl": ("Sprzedaż", "Zwrot"),
    "ru": ("Продажа", "Возврат"),
    "ro": ("Vânzare", "Retur"),
}
KIND = {"en": "Type", "pl": "Typ", "ru": "Тип", "ro": "Tip"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of writing an export."""

    language: str
    encoding: str
    delimiter: str
    decimal: str
    thousands: str
    sign: str = ""
    date: str
    one_cell: bool = False
    title: bool = False
    total_row: bool = False
    blanks: bool = False
    anew_each_day: bool = False
    labels: bool = False
    seed: int = 0


@dataclass(slots=True)
class Sold:
    """What an export holds: receipts by day and number, with their amounts in minor units."""

    receipts: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    @property
    def lines(self) -> int:
        """How many rows were sold or returned."""
        return sum(map(len, self.receipts.values()))

    @property
    def total(self) -> int:
        """What was paid in all."""
        return sum(map(sum, self.receipts.values()))


def export(path: Path, way: Way) -> Sold:
    """Write an export; what it holds."""
    chance = random.Random(way.seed)
    rows, sold = rows_of(way, chance)
    names = list(HEADERS[way.language])
    if way.one_cell:
        del names[2]
    if way.labels:
        names.append(KIND[way.language])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=way.delimiter, lineterminator="\r\n")
    if way.title:
        writer.writerow(["Corner Club", *[""] * (len(names) - 1)])
        writer.writerow(["", "2026", *[""] * (len(names) - 2)])
    writer.writerow(names)
    writer.writerows(rows)
    if way.total_row:
        writer.writerow([TOTAL[way.language], *[""] * (len(names) - 2), "1"])
    path.write_bytes(out.getvalue().encode(way.encoding))
    return sold


def rows_of(way: Way, chance: random.Random) -> tuple[list[list[str]], Sold]:
    """The rows, and what they sum up to."""
    form = NumberForm(decimal=way.decimal, thousands=way.thousands)  # type: ignore[arg-type]
    rows: list[list[str]] = []
    sold = Sold()
    number = 100
    for day in (12, 13, 14, 27, 28):
        number = 100 if way.anew_each_day else number
        for at in range(chance.randint(2, 5)):
            number += 1
            returned = at > 0 and chance.random() < 0.2
            clock = f"{9 + at:02}:{chance.randrange(60):02}:{chance.randrange(60):02}"
            date = DATES[way.date].format(y=2026, m=3, d=day)
            head = [str(number), *([f"{date} {clock}"] if way.one_cell else [date, clock])]
            head.append(chance.choice(["2900000000018", "2900000000025", ""]))
            amounts = sold.receipts.setdefault((date, str(number)), [])
            for place in range(chance.randint(1, 4)):
                price = chance.choice([99, 350, 1250, 123450, 2000000])
                count = chance.randint(1, 4)
                amount = -price * count if returned else price * count
                amounts.append(amount)
                shown = [abs(count), abs(amount)] if way.labels else [-count if returned else count, amount]
                cells = [
                    chance.choice(GOODS[way.language]),
                    str(shown[0]),
                    written(price, form, 2) + way.sign,
                    written(shown[1], form, 2) + way.sign,
                ]
                kind = [RETURN[way.language][returned]] if way.labels else []
                rows.append([*(head if place == 0 or not way.blanks else [""] * len(head)), *cells, *kind])
    return rows, sold
