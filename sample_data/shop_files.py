"""Writes the invented shop as its tills, its member list and its product list would, each in its form."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING
from typing import TypeAlias

from sample_data.shelves import BOTTLE_DEPOSIT
from sample_data.shelves import PRODUCTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from sample_data.receipts import Member
    from sample_data.receipts import Receipt

Cells: TypeAlias = list[str]
# Till 2 in Ogrody was cut off in these days; its receipts came later, together with those of till 1.
LATE_FROM, LATE_TO = date(2026, 8, 3), date(2026, 8, 29)
# What a till, a cable or a spreadsheet does to an export: the rows of a wrong number and of a spoiled card,
# the receipts with a day that does not exist and with a last row that was cut.
BAD_NUMBER, BAD_CARD = 701, 905
BAD_DATE, CUT_ROW = 640, 1410
OPINION_DAY = date(2026, 10, 29)
OPINIONS = ((5, 10, "Zawsze doradzą, jaką herbatę wybrać."), (11, 9, ""), (23, 3, "Tkanina zafarbowała w praniu."))


def write_shop(folder: Path, members: Sequence[Member], receipts: Mapping[str, Sequence[Receipt]]) -> None:
    """Write every file of the shop."""
    exports = folder / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    write(folder / "members.csv", member_rows(members))
    write(folder / "consents.csv", consent_rows(members))
    write(folder / "opinions.csv", opinion_rows(members))
    write(folder / "products.csv", product_rows())
    write(exports / "rynek.csv", rynek_rows(receipts["Rynek"]))
    write(exports / "dworzec.csv", dworzec_rows(receipts["Dworzec"]))
    ogrody = receipts["Ogrody"]
    late = [receipt for receipt in ogrody if LATE_FROM <= receipt.day <= LATE_TO]
    cut_off = [receipt for receipt in late if receipt.till == 2]
    write(
        exports / "ogrody.csv",
        spoiled_card(ogrody_rows([receipt for receipt in ogrody if receipt not in cut_off])),
    )
    write(exports / "ogrody-late.csv", changed_afterwards(list(ogrody_rows(late))))


def write(path: Path, rows: Iterable[Cells]) -> None:
    """Semicolons between cells, the Windows code page of Poland, Windows line ends."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("cp1250"))


def money(grosze: int) -> str:
    """An amount such as 1 249,00."""
    whole, part = divmod(abs(grosze), 100)
    return f"{'-' if grosze < 0 else ''}{whole:,},{part:02}".replace(",", " ", f"{whole:,}".count(","))


def money_or_empty(grosze: int) -> str:
    """An amount, or nothing where there is none."""
    return money(grosze) if grosze else ""


def pieces(thousandths: int) -> str:
    """A quantity such as 2 or 1,25."""
    whole, part = divmod(abs(thousandths), 1000)
    text = f"{whole},{part:03}".rstrip("0").rstrip(",")
    return f"-{text}" if thousandths < 0 else text


def polish(day: date) -> str:
    """A day such as 31.10.2026."""
    return f"{day:%d.%m.%Y}"


def clock(minute: int) -> str:
    """A time such as 17:45."""
    return f"{minute // 60:02}:{minute % 60:02}"


def member_rows(members: Sequence[Member]) -> Iterable[Cells]:
    """The member list."""
    yield ["Nr", "Karta", "Nazwisko", "Urodziny", "Od kiedy", "Grupa", "E-mail"]
    for member in members:
        birthday = polish(member.birthday) if member.birthday else ""
        yield [
            f"{member.number + 1:04}",
            ";".join(member.cards),
            member.name,
            birthday,
            polish(member.joined),
            ";".join(member.groups),
            member.email,
        ]


def consent_rows(members: Sequence[Member]) -> Iterable[Cells]:
    """What those with an address said on the day they joined: all but one in four to advertising, all but one in five to surveys."""
    yield ["Karta", "Kanał", "Cel", "Zgoda", "Dzień", "Treść", "Skąd"]
    wordings = (("advertising", 4, "Zgadzam się na oferty e-mailem"), ("survey", 5, "Zgadzam się na pytania o obsługę"))
    for member in members:
        for purpose, refuses, wording in wordings if member.email else ():
            answer = "yes" if member.number % refuses else "no"
            yield [member.cards[0], "email", purpose, answer, polish(member.joined), wording, "formularz papierowy"]


def opinion_rows(members: Sequence[Member]) -> Iterable[Cells]:
    """What some answered in the form of the survey: (place in the list of members, score, words)."""
    yield ["Karta", "Dzień", "Ocena", "Opinia", "Sklep"]
    for place, score, text in OPINIONS:
        yield [members[place].cards[0], polish(OPINION_DAY), str(score), text, members[place].home]


def product_rows() -> Iterable[Cells]:
    """The product list; the deposit is taken out of the program."""
    yield ["Kod", "Nazwa", "Kategoria", "Koszt", "Bez punktów"]
    for product in (*PRODUCTS, BOTTLE_DEPOSIT):
        deposit = product is BOTTLE_DEPOSIT
        yield [
            product.code,
            product.name,
            product.category,
            money(product.price * (100 if deposit else 55) // 100),
            "yes" if deposit else "no",
        ]


def rynek_rows(receipts: Sequence[Receipt]) -> Iterable[Cells]:
    """Rynek: a title above, the total below, one row for each product, returns below zero."""
    yield ["Raport sprzedaży, sklep Rynek, 01.11.2024 - 31.10.2026"]
    yield [
        "Data",
        "Godz.",
        "Kasa",
        "Paragon",
        "Karta",
        "Kod",
        "Nazwa towaru",
        "VAT",
        "Ilość",
        "Wartość",
        "Rabat",
        "Kupon",
    ]
    total = count = 0
    for receipt in receipts:
        sign = -1 if receipt.back else 1
        head = [polish(receipt.day), clock(receipt.minute), str(receipt.till), receipt.number, receipt.card]
        for row in receipt.rows:
            count += 1
            total += sign * row.amount
            value = money(sign * row.amount)
            if count == BAD_NUMBER:
                value = value[:-1] + "O"
            extras = [money_or_empty(row.discount), money_or_empty(row.coupon)]
            yield [
                *head,
                row.product.code,
                row.product.name,
                row.product.vat,
                pieces(sign * row.quantity),
                value,
                *extras,
            ]
    yield ["RAZEM", "", "", "", "", "", "", "", "", money(total), "", ""]


def dworzec_rows(receipts: Sequence[Receipt]) -> Iterable[Cells]:
    """Dworzec: S for a sale, Z for a return, A for a cancelled row; a return may name its receipt."""
    yield [
        "Nr",
        "Data sprzedaży",
        "Typ",
        "Nr karty",
        "Kod towaru",
        "Ilość",
        "Kwota",
        "Zapł. kuponem",
        "Zwrot do",
    ]
    for place, receipt in enumerate(receipts):
        day = f"31.02.{receipt.day.year}" if place == BAD_DATE else polish(receipt.day)
        head = [receipt.number, f"{day} {clock(receipt.minute)}"]
        for row in receipt.rows:
            cells = [
                row.product.code,
                pieces(row.quantity),
                money(row.amount),
                money_or_empty(row.coupon),
                receipt.original,
            ]
            if place % 83 == 0 and row is receipt.rows[0]:
                yield [*head, "A", receipt.card, *cells[:3], "", ""]
            whole = [*head, "Z" if receipt.back else "S", receipt.card, *cells]
            yield whole[:5] if place == CUT_ROW and row is receipt.rows[-1] else whole


def ogrody_rows(receipts: Sequence[Receipt]) -> Iterable[Cells]:
    """Ogrody: price and quantity, no amounts; who sold; a return may name its receipt."""
    yield [
        "paragon",
        "data",
        "godzina",
        "kasa",
        "kasjer",
        "karta",
        "kod",
        "ilość",
        "cena",
        "rabat",
        "zwrot do",
    ]
    for receipt in receipts:
        sign = -1 if receipt.back else 1
        cashier = "ABC"[(receipt.day.toordinal() + receipt.till) % 3]
        head = [
            receipt.number,
            polish(receipt.day),
            clock(receipt.minute),
            str(receipt.till),
            cashier,
            receipt.card,
        ]
        for row in receipt.rows:
            discount = money_or_empty(sign * row.discount)
            yield [
                *head,
                row.product.code,
                pieces(sign * row.quantity),
                money(row.product.price),
                discount,
                receipt.original,
            ]


def spoiled_card(rows: Iterable[Cells]) -> Iterable[Cells]:
    """A spreadsheet was used on the file: the card of one receipt has become 2,90041E+12."""
    spoiled = ""
    for place, row in enumerate(rows):
        if place >= BAD_CARD and row[5] and not spoiled:
            spoiled = row[0]
        if row[0] == spoiled:
            row[5] = f"{row[5][0]},{row[5][1:6]}E+12"
        yield row


def changed_afterwards(rows: list[Cells]) -> list[Cells]:
    """One receipt of till 1 has another price in the late file than in the first one."""
    first = next(place for place, row in enumerate(rows) if row[3] == "1")
    rows[first][8] = money(int(rows[first][8].replace(",", "")) + 100)
    return rows
