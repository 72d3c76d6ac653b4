"""The samples of the eastern tills in shops of their countries."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

SAMPLES = Path(__file__).parents[2] / "sample_data" / "tills"
PROGRAM = """\
program: Corner Club
currency: {currency}
timezone: {zone}
starts: 2010-01-01
"""
RECEIPTS = """
SELECT receipt.number, coalesce(card.number, ''), receipt.total
FROM receipt LEFT JOIN card ON card.id = receipt.card_id WHERE receipt.gone = 0 ORDER BY receipt.number"""
MEMBERS = """
SELECT card.number, sum(receipt.total) FROM receipt JOIN card ON card.id = receipt.card_id
WHERE receipt.gone = 0 GROUP BY card.number ORDER BY card.number"""
LINES = """
SELECT article.code, article.name, line.quantity, line.amount FROM line
JOIN article ON article.id = line.article_id JOIN receipt ON receipt.id = line.id >> 12 AND receipt.gone = 0
WHERE receipt.number = '{number}' ORDER BY line.id"""


class Country(NamedTuple):
    """What a sample's shop has for money and time, and how the sample is written."""

    currency: str
    zone: str
    encoding: str
    delimiter: str
    above: int = 0


RUSSIA, ROMANIA = ("RUB", "Europe/Moscow"), ("RON", "Europe/Bucharest")
SAMPLE = {
    "frontol": Country(*RUSSIA, "cp1251", ";", 3),
    "iiko_orders": Country(*RUSSIA, "cp1251", ";"),
    "iiko_olap": Country(*RUSSIA, "utf-8-sig", ",", 3),
    "one_c": Country(*RUSSIA, "cp1251", ";", 4),
    "fakturownia": Country("PLN", "Europe/Warsaw", "utf-8-sig", ";"),
    "emag_orders": Country(*ROMANIA, "utf-8", ","),
    "vendigo_orders": Country(*ROMANIA, "utf-8-sig", ";"),
    "uci_invoices": Country("GBP", "Europe/London", "cp1252", ","),
}


def shop_of(folder: Path, name: str) -> Shop:
    return shop_in(folder, PROGRAM.format(currency=SAMPLE[name].currency, zone=SAMPLE[name].zone))


def imported(folder: Path, name: str, text: str | None = None) -> tuple[Shop, dict[str, Any]]:
    """A shop with a sample, or with another text in the sample's encoding; no layout is named."""
    shop = shop_of(folder, name)
    if text is None:
        return shop, taken_in(shop, str(SAMPLES / f"{name}.csv"), store="Market")
    path = shop.folder / "other.csv"
    path.write_bytes(text.encode(SAMPLE[name].encoding))
    return shop, taken_in(shop, str(path), store="Market")


def text_of(name: str) -> str:
    return (SAMPLES / f"{name}.csv").read_bytes().decode(SAMPLE[name].encoding)


def counts(figures: dict[str, Any]) -> tuple[Any, ...]:
    """Rows read, receipts that came in, their lines and total; rows ignored and set aside."""
    return tuple(figures[word] for word in ("read", "imported", "lines", "total", "ignored", "set_aside"))


def set_aside(figures: dict[str, Any]) -> dict[int, str]:
    return {row["line"]: row["reason"] for row in figures["set_aside_rows"]}
