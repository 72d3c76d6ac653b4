"""Any purchases, written in any supported way, come back the same: receipts, lines, and totals per member."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.receipts.settled import settled
from loyalty_cli.importers.terms import Terms
from loyalty_cli.reading.csv.workbooks import CellForms
from loyalty_cli.reading.csv.workbooks import write_plain
from loyalty_cli.reading.forms.dates import written_as
from loyalty_cli.reading.forms.encodings import judged_survey
from loyalty_cli.reading.forms.garbled import is_garbled

ALPHABETS = {"pl": "Łódźąćęńóśż", "ru": "ЧайжёлтыйЩ", "ro": "ăâîșțȘ", "ascii": "Tea"}
ENCODINGS = {
    "utf-8": "pl ru ro ascii",
    "utf-8-sig": "pl ru ro ascii",
    "utf-16": "pl ru ro ascii",
    "cp1250": "pl ascii",
    "iso-8859-2": "pl ascii",
    "iso-8859-16": "pl ro ascii",
    "cp852": "pl ascii",
    "cp1251": "ru ascii",
    "koi8-r": "ru ascii",
    "cp866": "ru ascii",
    "cp1252": "ascii",
}
SIGNS = {"pl": "zł", "ru": "руб.", "ro": "lei", "ascii": "$"}
DATE_FORMS = ["YYYY-MM-DD", "DD.MM.YYYY", "D/M/YYYY", "M/D/YY", "MM/DD/YYYY", "YYYYMMDD"]
TIME_FORMS = ["HH:mm:ss", "H:mm:ss", "hh:mm:ss A"]
RETURNS = ["negative quantity", "negative amount", "by label", "shared number"]
EXAMPLES = 60
CARDS = ["", "2900001", "0012345", "5901234123457", "K-77"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """What was sold or, below zero, taken back: name, thousandths, minor units, discount."""

    name: str
    quantity: int
    amount: int
    discount: int


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One purchase."""

    number: str
    at: datetime
    store: str
    till: str
    card: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a file is written."""

    language: str
    encoding: str
    delimiter: str
    quote: str
    quoting: Any
    end: str
    last_end: bool
    decimal: str
    thousands: str
    sign: str
    dates: str
    date_form: str
    time_form: str
    top: str
    bottom: str
    fill: str
    total: str
    returns: str
    order: tuple[int, ...]
    header: bool
    noise: str
    xlsx: bool


def texts(language: str) -> st.SearchStrategy[str]:
    letters = ALPHABETS[language] + "ab c1;,\"'|-%&"
    return st.text(letters, min_size=1, max_size=12).map(lambda t: " ".join(t.split())).filter(good_name)


def good_name(text: str) -> bool:
    """What stays as it is: nothing but blanks and marks around it, and no word that begins a row of totals."""
    return any(map(str.isalpha, text)) and text == text.strip("'") and not is_garbled(text)


@st.composite
def manners(draw: st.DrawFn) -> Manner:
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    language = draw(st.sampled_from(ENCODINGS[encoding].split()))
    decimal = draw(st.sampled_from([".", ","]))
    thousands = draw(st.sampled_from(["none", "space", "'", "," if decimal == "." else "."]))
    fill = draw(st.sampled_from(["no", "no", "within receipt", "grouped"]))
    returns = draw(st.sampled_from(RETURNS))
    return Manner(
        language=language,
        encoding=encoding,
        delimiter=draw(st.sampled_from([",", ";", "\t", "|"])),
        quote=draw(st.sampled_from(['"', '"', "'"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])),
        end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        last_end=draw(st.booleans()),
        decimal=decimal,
        thousands=thousands,
        sign=draw(st.sampled_from(["", "before", "after"])),
        dates=draw(st.sampled_from(["one cell", "time apart", "three columns"])),
        date_form=draw(st.sampled_from(DATE_FORMS)),
        time_form=draw(st.sampled_from(TIME_FORMS)),
        top=draw(st.sampled_from(["", "", "fixed", "until header"])),
        bottom=draw(st.sampled_from(["", "", "skipped", "pattern"])),
        fill=fill,
        total=draw(st.sampled_from(["", "check", "only"])),
        returns=returns,
        order=tuple(draw(st.permutations(range(14)))),
        header=draw(st.sampled_from([True, True, False])),
        # In a grouped report another label to the left begins another group.
        noise="" if fill == "grouped" else draw(st.sampled_from(["", "keep", "ignore"])),
        xlsx=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def purchases(draw: st.DrawFn, manner: Manner) -> list[Receipt]:
    found = []
    moment = datetime(2026, draw(st.integers(1, 12)), draw(st.integers(1, 27)), 9, 0, 0)
    for number in range(1, draw(st.integers(1, 6)) + 1):
        moment += timedelta(seconds=draw(st.integers(1, 40_000)))
        back = draw(st.sampled_from([False, False, True]))
        lines = draw(st.lists(lines_of(manner, back=back), min_size=1, max_size=1 if manner.total == "only" else 4))
        found.append(
            Receipt(
                number=f"{draw(st.sampled_from(['', '#', 'F/']))}{number + 1000}",
                at=moment,
                store=draw(texts(manner.language)),
                till=draw(st.sampled_from(["1", "K2"])),
                card=draw(st.sampled_from(CARDS)),
                lines=tuple(lines),
            )
        )
    return found


@st.composite
def lines_of(draw: st.DrawFn, manner: Manner, *, back: bool) -> Line:
    sign = -1 if back else 1
    amount = draw(st.one_of(st.integers(1, 99_999), st.integers(1, 99_999_999)))
    return Line(
        name=draw(texts(manner.language)),
        quantity=sign * draw(st.one_of(st.integers(1, 5).map(lambda n: n * 1000), st.integers(1, 9_999_999))),
        amount=sign * amount,
        discount=sign * draw(st.sampled_from([0, 0, 150, amount])),
    )


def number(value: int, digits: int, manner: Manner, *, sign: str = "") -> str:
    """A number of smallest units with the marks of a manner."""
    whole, part = divmod(abs(value), 10**digits)
    between = {"none": "", "space": "\u00a0", "'": "'"}.get(manner.thousands, manner.thousands)
    text = f"{whole:,}".replace(",", between) + (f"{manner.decimal}{part:0{digits}}" if digits else "")
    if value < 0:
        text = f"-{text}"
    if sign == "before":
        return text.replace("-", f"-{SIGNS[manner.language]}") if value < 0 else f"{SIGNS[manner.language]}{text}"
    return f"{text} {SIGNS[manner.language]}" if sign == "after" else text


def cells_of(receipt: Receipt, line: Line, manner: Manner) -> dict[str, Any]:
    """One row: each column's name with its cell."""
    unsigned = manner.returns == "by label"
    quantity = abs(line.quantity) if unsigned or manner.returns == "negative amount" else line.quantity
    amount = abs(line.amount) if unsigned else line.amount
    said: dict[str, Any] = {
        "Paragon": receipt.number,
        "Sklep": receipt.store,
        "Kasa": receipt.till,
        "Karta": receipt.card,
        "Towar": line.name,
        "Ile": number(quantity, 3, manner) if line.quantity % 1000 else str(quantity // 1000),
        "Kwota": number(amount, 2, manner, sign=manner.sign),
        "Rabat": number(abs(line.discount), 2, manner, sign=manner.sign) if line.discount else "",
        "Uwagi": "x",
    }
    if manner.returns == "by label":
        said["Rodzaj"] = "Zwrot" if line.quantity < 0 else "Paragon fiskalny"
    if manner.total:
        total = abs(receipt.total) if unsigned else receipt.total
        said["Razem"] = number(total, 2, manner, sign=manner.sign)
    if manner.total == "only":
        del said["Kwota"]
    if manner.noise:
        said["Status"] = "Zamknięty" if manner.language == "pl" else "Closed"
    return {**moments_of(receipt.at, manner), **said}


def moments_of(at: datetime, manner: Manner) -> dict[str, Any]:
    if manner.xlsx and manner.dates == "one cell":
        return {"Data": at}
    if manner.dates == "one cell":
        return {"Data": written_as(at, f"{manner.date_form} {manner.time_form}")}
    time = {"Godzina": written_as(at, manner.time_form)}
    if manner.dates == "three columns":
        return {"Rok": str(at.year), "Miesiac": str(at.month), "Dzien": str(at.day), **time}
    return {"Data": written_as(at, manner.date_form), **time}


def rows_of(found: list[Receipt], manner: Manner) -> tuple[list[str], list[list[Any]]]:
    """Header and rows."""
    rows = []
    for receipt in found:
        first: dict[str, Any] = {}
        for line in receipt.lines:
            row = cells_of(receipt, line, manner)
            if first and manner.fill != "no":
                once = ["Data", "Godzina", "Rok", "Miesiac", "Dzien", "Sklep", "Kasa", "Karta", "Razem"]
                blank = dict.fromkeys([*once, *(["Paragon"] if manner.fill == "within receipt" else [])], "")
                row = {**row, **{name: "" for name in blank if name in row}}
            first = first or row
            rows.append(row)
            if manner.noise:
                rows.append({**row, "Status": "Void", "Kwota": "?"} if "Kwota" in row else {**row, "Status": "Void"})
    names = list(rows[0])
    names = [names[place] for place in manner.order if place < len(names)] + names[len(manner.order) :]
    return names, [[row[name] for name in names] for row in rows]


def layout_of(names: list[str], manner: Manner) -> Layout:
    """The layout that says how the file is written."""
    place = {name: name if manner.header else str(names.index(name) + 1) for name in names}
    words = {"receipt": "Paragon", "store": "Sklep", "till": "Kasa", "card": "Karta", "product_name": "Towar",
             "quantity": "Ile", "amount": "Kwota", "discount": "Rabat", "total": "Razem", "kind": "Rodzaj",
             "time": "Godzina", "date": "Data"}  # fmt: skip
    columns: dict[str, Any] = {word: place[name] for word, name in words.items() if name in place}
    if manner.dates == "three columns":
        columns["date"] = [place[name] for name in ("Rok", "Miesiac", "Dzien")]
    forms = {
        "one cell": f"{manner.date_form} {manner.time_form}",
        "time apart": manner.date_form,
        "three columns": "YYYY M D",
    }
    chosen: dict[str, Any] = {
        "encoding": manner.encoding,
        "delimiter": manner.delimiter,
        "quote": manner.quote,
        "header": manner.header,
        "decimal_mark": manner.decimal,
        "thousands_mark": manner.thousands,
        "date_form": forms[manner.dates],
        "time_form": manner.time_form,
        "fill_down": manner.fill,
        "columns": columns,
    }
    if manner.xlsx and not manner.header:
        chosen["uneven_rows"] = True
    if manner.sign:
        chosen["currency_signs"] = SIGNS[manner.language]
    if manner.returns == "by label":
        chosen |= {"returns": "by label", "sale_labels": ["paragon fiskalny"], "return_labels": ["ZWROT"]}
    elif manner.returns == "shared number":
        chosen |= {"returns": "negative quantity", "returns_share_number": "yes"}
    else:
        chosen["returns"] = manner.returns
    return Layout.model_validate({key: yes_or_no(value) for key, value in (chosen | around_of(manner, place)).items()})


def around_of(manner: Manner, place: dict[str, str]) -> dict[str, Any]:
    """What the layout says of rows that are no purchases."""
    chosen: dict[str, Any] = {}
    if manner.noise:
        label = {"keep": ["zamknięty", "closed"], "ignore": ["void"]}[manner.noise]
        chosen[manner.noise] = {place["Status"]: label}
    if manner.top:
        chosen["skip_top"] = "3" if manner.top == "fixed" or not manner.header else "until header"
    if manner.bottom == "skipped":
        chosen["skip_bottom"] = "2"
    elif manner.bottom == "pattern":
        chosen["total_rows"] = ["suma: *"]
    return chosen


def yes_or_no(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def table_of(names: list[str], rows: list[list[Any]], manner: Manner) -> list[list[Any]]:
    """All rows of the file, with what stands above and below."""
    top = [["Raport", "x"], [], ["Od 1 do 31"]] if manner.top else []
    bottom = [["Suma: 12", "3"], ["Suma: koniec"]] if manner.bottom else []
    if manner.bottom == "pattern":
        bottom = [[*row, *[""] * (len(names) - len(row))] for row in bottom]
    return [*top, *([names] if manner.header else []), *rows, *bottom]


def write_csv(path: Path, table: list[list[Any]], manner: Manner) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=manner.delimiter, quotechar=manner.quote, quoting=manner.quoting, lineterminator=manner.end).writerows(table)
    text = out.getvalue()
    path.write_bytes((text if manner.last_end else text.removesuffix(manner.end)).encode(manner.encoding))


def write_xlsx(path: Path, table: list[list[Any]]) -> None:
    book = Workbook()
    for row in table:
        book.active.append(row)
    book.save(path)


def key_of(receipt: Receipt, manner: Manner) -> str:
    """The number under which it comes in."""
    if manner.returns != "shared number" or receipt.lines[0].quantity > 0:
        return receipt.number
    return f"{receipt.number} R"


def came_in(path: Path, layout: Layout, *, xlsx: bool) -> tuple[Counter[Any], Counter[Any], list[str]]:
    """Receipts with their lines, totals per card, and why rows were set aside."""
    surveyed = judged_survey(path, layout.encoding)
    source = PurchaseFile(
        path,
        settled(layout, path),
        Terms(timezone="UTC", digits=2, currency="PLN"),
        survey=surveyed,
    )
    receipts: Counter[Any] = Counter()
    totals: Counter[str] = Counter()
    reasons: list[str] = []
    for batch in source.batches(scattered=xlsx):
        reasons += [f"{row.line}: {row.reason}" for row in batch.set_aside]
        for place, own in enumerate(batch.numbers):
            lines = Counter(
                (batch.catalogue[batch.articles[n]].name, batch.quantities[n], batch.amounts[n], batch.discounts[n])
                for n in range(batch.starts[place], batch.starts[place + 1])
            )
            head = (batch.stores[place], own.partition(" R ")[0] + (" R" if " R " in own else ""))
            receipts[(*head, batch.desks[place][0], batch.card_of(place), batch.at[place], frozenset(lines.items()))] += 1
            totals[batch.card_of(place)] += batch.totals[place]
    return receipts, totals, reasons


def expected(found: list[Receipt], manner: Manner) -> tuple[Counter[Any], Counter[Any]]:
    receipts: Counter[Any] = Counter()
    totals: Counter[str] = Counter()
    for receipt in found:
        lines = Counter((line.name, line.quantity, line.amount, line.discount) for line in receipt.lines)
        at = int((receipt.at - datetime(1970, 1, 1)).total_seconds())
        head = (receipt.store, key_of(receipt, manner), receipt.till, receipt.card)
        receipts[(*head, at, frozenset(lines.items()))] += 1
        totals[receipt.card] += receipt.total
    return receipts, totals


def is_utf8(path: Path) -> bool:
    """Whether a file can be read as UTF-8."""
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(manners(), st.data())
def test_any_purchases_written_in_any_way_come_back_the_same(manner: Manner, data: st.DataObject) -> None:
    if manner.xlsx:
        manner = replace(manner, encoding="utf-8", delimiter=",", quote='"', last_end=True, end="\n")
    found = data.draw(purchases(manner))
    names, rows = rows_of(found, manner)
    layout = layout_of(names, manner)
    table = table_of(names, rows, manner)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        if manner.xlsx:
            write_xlsx(Path(folder) / "a.xlsx", table)
            form = layout.date_form[0] if layout.date_form else ""
            write_plain(Path(folder) / "a.xlsx", path, CellForms(decimal_mark=manner.decimal, date_form=form))
        else:
            write_csv(path, table, manner)
            # A word or two can be right in two encodings; such a file is refused, and nobody can tell which is meant.
            assume(manner.encoding.startswith("utf") or path.read_bytes().isascii() or not is_utf8(path))
        receipts, totals, reasons = came_in(path, layout, xlsx=manner.xlsx)
    wanted, wanted_totals = expected(found, manner)
    if reasons and not manner.last_end:
        # What may be cut off is set aside; nothing comes in otherwise than it was.
        assert all("may be cut short" in reason or "another row" in reason for reason in reasons)
        assert receipts <= wanted
        return
    assert reasons == []
    assert receipts == wanted
    assert totals == wanted_totals
