"""Half a year of an e-shop in daily files: in any order, once or twice, by one command or by many, it comes to the same."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import kept_by
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROGRAM = """\
program: Web Shop Club
currency: GBP
timezone: Europe/London
starts: 2025-01-01
tiers:
  by: spend
  counted_over: lifetime
  going_down: never
  ladder:
    guest:  {at_least: 0}
    friend: {at_least: 300}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  lapse_after: 12 months
"""
HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
DAYS = 150
FIRST = date(2025, 1, 2)
GOODS = {"85123A": 255, "22423": 1275, "47566": 495, "20725": 165, "84879": 169}


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """One receipt with its rows: article, quantity and price in pence."""

    number: str
    at: datetime
    card: str
    rows: tuple[tuple[str, int, int], ...]

    @property
    def total(self) -> int:
        return sum(quantity * price for _, quantity, price in self.rows)

    def lines(self) -> list[str]:
        return [
            f"{self.number},{code},GOODS {code},{quantity},{self.at:%Y-%m-%d %H:%M:%S},{price / 100:.2f},{self.card},United Kingdom"
            for code, quantity, price in self.rows
        ]


def trading_days() -> list[date]:
    """The days on which the shop sold: closed on Saturdays and over the holidays, as many as there are files."""
    days = (FIRST + timedelta(days=n) for n in range(364))
    return [day for day in days if day.weekday() != 5][:DAYS]


def invoices() -> list[Invoice]:
    """Half a year with a fixed seed: a tenth without a card, equal rows in a receipt, returns, sales around midnight."""
    chance = random.Random(20250102)
    found: list[Invoice] = []
    number = 536365
    for day in trading_days():
        for sale in range(chance.randint(1, 3)):
            late = chance.random() < 0.05
            at = datetime(day.year, day.month, day.day, 23 if late else 8 + 3 * sale, 59 if late else chance.randint(0, 59))
            card = "" if chance.random() < 0.1 else str(12346 + chance.randint(0, 24))
            rows = tuple((code, chance.randint(1, 6), GOODS[code]) for code in chance.choices(list(GOODS), k=chance.randint(1, 4)))
            if chance.random() < 0.2:
                rows = (*rows, rows[0])  # the same article scanned twice
            found.append(Invoice(number=str(number), at=at, card=card, rows=rows))
            number += 1
            if chance.random() < 0.08:
                code, quantity, price = rows[0]
                back = at + timedelta(minutes=30)  # it may be after midnight, in the same day's file
                found.append(Invoice(number=f"C{number}", at=back, card=card, rows=((code, -quantity, price),)))
                number += 1
    return found


def daily_files(folder: Path, found: Sequence[Invoice]) -> list[str]:
    """One file for each day; every tenth day's file has the day before it, too."""
    days = trading_days()
    by_day: dict[date, list[Invoice]] = {day: [] for day in days}
    day = days[0]
    for invoice in found:
        day = invoice.at.date() if invoice.at.date() in by_day and not invoice.number.startswith("C") else day
        by_day[day].append(invoice)
    paths = []
    for place, day in enumerate(days):
        both = [*(by_day[days[place - 1]] if place % 10 == 5 else []), *by_day[day]]
        path = folder / f"sales-{day}.csv"
        path.write_text("\n".join([HEADER, *(row for each in both for row in each.lines()), ""]), encoding="utf-8")
        paths.append(str(path))
    return paths


def standings(shop: Shop) -> list[tuple[Any, ...]]:
    """What every member has, by card."""
    return asked(
        shop,
        "SELECT card.number, asset.name, sum(ledger.quantity) FROM ledger JOIN asset ON asset.id = ledger.asset_id "
        "JOIN card ON card.member_id = ledger.member_id GROUP BY 1, 2 ORDER BY 1, 2",
    )


def figures_of(shop: Shop, files: Sequence[str]) -> dict[str, int]:
    data: Any = import_purchases(shop, files).data
    words = ("imported", "lines", "set_aside", "conflicts", "refunds")
    return {word: sum(file[word] for file in data["files"]) for word in words}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Invoice], list[str]]:
    found = invoices()
    files = daily_files(tmp_path_factory.mktemp("exports"), found)
    assert len(files) == DAYS
    return found, files


def new_shop(folder: Path) -> Shop:
    made = shop_in(folder, PROGRAM)
    return Shop(program=made.program, database=made.database, now=datetime(2026, 1, 10, 3, tzinfo=UTC), secret="ab" * 32, wait=5)


def test_half_a_year_of_daily_files_comes_to_the_same_in_any_order_once_or_twice(
    year: tuple[list[Invoice], list[str]], tmp_path: Path
) -> None:
    found, files = year
    shuffled = random.Random(7).sample(files, len(files))
    told = []
    for name, order in {"in order": files, "reversed": files[::-1], "shuffled": shuffled}.items():
        shop = new_shop(tmp_path / name)
        first = figures_of(shop, order)
        assert first == {
            "imported": len(found),
            "lines": sum(len(invoice.rows) for invoice in found),
            "set_aside": 0,
            "conflicts": 0,
            "refunds": 0,
        }
        if name == "shuffled":
            again = [path.replace("sales-", "again-") for path in order]
            assert set(figures_of(shop, order).values()) == {0}
            assert set(figures_of(shop, copies(order, again)).values()) == {0}
        recalc(shop)
        told.append((kept_by(shop), standings(shop)))
    assert told[0] == told[1] == told[2]
    receipts = told[0][0][0]
    assert sum(row[6] for row in receipts) == sum(invoice.total for invoice in found)
    assert totals_by_card([(row[2], row[6]) for row in receipts]) == totals_by_card([(i.card, i.total) for i in found])


def test_one_command_for_each_file_comes_to_the_same_as_one_for_all(year: tuple[list[Invoice], list[str]], tmp_path: Path) -> None:
    found, files = year
    one, many = new_shop(tmp_path / "one"), new_shop(tmp_path / "many")
    pattern = files[0].replace(files[0][-14:], "*.csv")
    assert figures_of(one, [pattern])["imported"] == len(found)
    for place, file in enumerate(random.Random(11).sample(files, len(files))):
        import_purchases(many, [file])
        if place % 60 == 0:  # the nights between
            recalc(many)
    recalc(one)
    recalc(many)
    assert kept_by(one) == kept_by(many)
    assert standings(one) == standings(many)


def test_late_corrections_wait_for_a_decision_whatever_the_order(year: tuple[list[Invoice], list[str]], tmp_path: Path) -> None:
    found, files = year
    shop = new_shop(tmp_path / "shop")
    figures_of(shop, files)
    before = kept_by(shop)
    late = [invoice for invoice in found if invoice.card][:5]
    rows = [row.replace("United Kingdom", "France") for invoice in late[:2] for row in invoice.lines()]
    rows += [row.replace(f",{late[2].card},", ",99999,") for row in late[2].lines()]
    (tmp_path / "late.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    # Another country is no change; another customer is one.
    assert figures_of(shop, [str(tmp_path / "late.csv")])["conflicts"] == 1
    assert kept_by(shop)[:2] == before[:2]


def copies(order: Sequence[str], names: Sequence[str]) -> list[str]:
    """The same files under other names with a blank line at the end: other bytes, nothing new."""
    from pathlib import Path

    for source, target in zip(order, names, strict=True):
        Path(target).write_bytes(Path(source).read_bytes() + b"\n")
    return list(names)


def totals_by_card(pairs: list[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for card, total in pairs:
        sums[card] = sums.get(card, 0) + total
    return sums


def test_a_day_that_does_not_tell_the_form_of_its_dates_is_read_like_the_tills_other_days(tmp_path: Path) -> None:
    shop = new_shop(tmp_path / "shop")
    header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
    paths = []
    for number, moment in enumerate(["10/11/2025 10:26", "10/13/2025 10:26", "10/12/2025 11:00"]):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"{header}\n5{number},22423,GOODS,1,{moment},1.00,12346,UK\n", encoding="utf-8")
        paths.append(str(path))
    # Alone the first one may be of October or of November.
    with pytest.raises(ExportRefused, match="does not tell which form its dates have"):
        import_purchases(shop, paths[:1])
    outcome = import_purchases(shop, paths[:2])
    assert "taken to be M/D/YYYY H:mm, as in other files of this till" in str(outcome.warnings[0])
    import_purchases(shop, paths[2:])
    days = asked(shop, "SELECT strftime('%m-%d', day) FROM receipt ORDER BY number")
    assert days == [("10-11",), ("10-13",), ("10-12",)]
