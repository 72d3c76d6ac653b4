"""A file that was cut off: every cut of its last 200 bytes is seen, or does no harm."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from loyalty_cli.model.errors import ExportRefused
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

LAST_BYTES = 200
# Of the last bytes every cut is tried, of those before them every so many.
EVERY_CUT, STEP = 25, 11
BASE = {"receipt": "nr", "date": "date"}
AMOUNTS = {**BASE, "card": "card", "product_name": "name", "amount": "amount"}
KINDS = {"returns": "by label", "sale_labels": ["Sale", "Sale at counter"], "return_labels": ["Refund"]}


@dataclass(frozen=True, kw_only=True)
class Export:
    """How a file is written: its rows, and the layout that reads it."""

    header: str
    rows: tuple[str, ...]
    settings: dict[str, Any]
    encoding: str = "utf-8"
    end: str = "\n"
    quoting: Any = csv.QUOTE_MINIMAL
    ignored: frozenset[int] = field(default_factory=frozenset)
    # Lines before this one show what the others look like.
    after: int = 1

    def parts(self) -> list[bytes]:
        """Each line without its end, the first with the byte order mark that the encoding has."""
        lines = [self.header, *self.rows] if self.header else list(self.rows)
        texts = []
        for line in lines:
            out = io.StringIO()
            csv.writer(out, delimiter=";", quoting=self.quoting, lineterminator="").writerow(line.split(";"))
            texts.append(out.getvalue())
        plain = self.encoding.removesuffix("-sig")
        codec = "utf-16-le" if plain == "utf-16" else plain
        mark = {"utf-16": b"\xff\xfe", "utf-8-sig": b"\xef\xbb\xbf"}.get(self.encoding, b"")
        first, *others = (text.encode(codec) for text in texts)
        return [mark + first, *others]

    @property
    def line_end(self) -> bytes:
        """What ends a line."""
        return self.end.encode("utf-16-le" if self.encoding == "utf-16" else "ascii")


EXPORTS = {
    "amount last": Export(
        header="nr;date;card;name;amount",
        rows=(
            "1;2026-03-02 10:00:00;2900001;Herbata;12.34",
            "2;2026-03-02 10:05:00;2900002;Żółty ser;112.30",
            "2;2026-03-02 10:05:00;2900002;Chleb;3.05",
            "3;2026-03-02 10:06:00;2900003;Mąka;-7.00",
            "4;2026-03-02 10:07:00;2900004;Łosoś;1250.99",
            "4;2026-03-02 10:07:00;2900004;Śliwki;20.10",
        ),
        settings={"columns": AMOUNTS},
    ),
    "amount last, CRLF, decimal comma and sign": Export(
        header="nr;date;card;name;amount",
        rows=(
            "1;02.03.2026 10:00;2900001;Herbata;12,34 zł",
            "2;02.03.2026 10:05;2900002;Ser;1 112,30 zł",
            "2;02.03.2026 10:05;2900002;Chleb;3,05 zł",
            "3;02.03.2026 10:06;2900003;Masło;250,99 zł",
        ),
        settings={
            "columns": AMOUNTS,
            "decimal_mark": ",",
            "thousands_mark": "space",
            "currency_signs": ["zł"],
            "date_form": "DD.MM.YYYY HH:mm",
        },
        end="\r\n",
    ),
    "minus behind the amount": Export(
        header="nr;date;amount",
        rows=("1;2026-03-02 10:00:00;12.34-", "2;2026-03-02 10:05:00;1.30", "3;2026-03-02 10:06:00;7.00-"),
        settings={"columns": {**BASE, "amount": "amount"}},
        after=2,
    ),
    "card last": Export(
        header="nr;date;amount;card",
        rows=(
            "1;2026-03-02 10:00:00;12.34;2900001",
            "2;2026-03-02 10:05:00;1.30;290000",
            "3;2026-03-02 10:06:00;7.00;29000013",
            "4;2026-03-02 10:06:00;7.00;29000014",
        ),
        settings={"columns": {**BASE, "amount": "amount", "card": "card"}},
    ),
    "card last, all of one length": Export(
        header="nr;date;amount;card",
        rows=tuple(f"{n};2026-03-02 10:0{n}:00;12.34;290000{n}" for n in range(1, 8)),
        settings={"columns": {**BASE, "amount": "amount", "card": "card"}},
        end="\r\n",
    ),
    "product's name last": Export(
        header="nr;date;amount;name",
        rows=(
            "1;2026-03-02 10:00:00;12.34;Ser",
            "2;2026-03-02 10:05:00;1.30;Ser żółty",
            '3;2026-03-02 10:06:00;7.00;Sok "Słońce" duży',
            '4;2026-03-02 10:06:00;7.00;TV 32" "Jutro"',
            "5;2026-03-02 10:07:00;7.00;Ser żółty",
        ),
        settings={"columns": {**BASE, "amount": "amount", "product_name": "name"}},
    ),
    "label last": Export(
        header="nr;date;amount;kind",
        rows=(
            "1;2026-03-02 10:00:00;12.34;Sale",
            "2;2026-03-02 10:05:00;1.30;Refund",
            "3;2026-03-02 10:06:00;7.00;Sale at counter",
            "4;2026-03-02 10:06:00;7.00;Refund",
        ),
        settings={"columns": {**BASE, "amount": "amount", "kind": "kind"}, **KINDS},
    ),
    "rows kept by the last cell": Export(
        header="nr;date;amount;type",
        rows=(
            "1;2026-03-02 10:00:00;12.34;Goods sold",
            "1;2026-03-02 10:00:00;12.34;Payment",
            "2;2026-03-02 10:05:00;1.30;Goods sold",
        ),
        settings={"columns": {**BASE, "amount": "amount"}, "keep": {"type": ["Goods sold"]}},
        ignored=frozenset({3}),
    ),
    "rows ignored by the last cell": Export(
        header="nr;date;amount;type",
        rows=(
            "1;2026-03-02 10:00:00;12.34;Closed",
            "2;2026-03-02 10:00:00;12.34;Closed by mistake",
            "3;2026-03-02 10:05:00;1.30;Closed",
        ),
        settings={"columns": {**BASE, "amount": "amount"}, "ignore": {"type": ["Closed by mistake"]}},
        ignored=frozenset({3}),
    ),
    "date last, of any length": Export(
        header="nr;amount;date",
        rows=("1;12.34;2.3.2026 9:05", "2;1.30;2.3.2026 10:05", "3;7.00;12.3.2026 10:15"),
        settings={"columns": {**BASE, "amount": "amount"}, "date_form": "D.M.YYYY H:mm"},
    ),
    "time last, with or without seconds": Export(
        header="nr;amount;date;time",
        rows=("1;12.34;2026-03-02;10:05", "2;1.30;2026-03-02;10:05:11", "3;7.00;2026-03-02;10:05:12"),
        settings={"columns": {**BASE, "amount": "amount", "time": "time"}, "time_form": ["HH:mm:ss", "HH:mm"]},
    ),
    "date last, day behind the month": Export(
        header="nr;amount;date",
        rows=("1;12.34;2026-3-2", "2;1.30;2026-3-12", "3;7.00;2026-3-1", "4;7.00;2026-3-11"),
        settings={"columns": {**BASE, "amount": "amount"}, "date_form": "YYYY-M-D"},
    ),
    "a column that is not read last": Export(
        header="nr;date;amount;note",
        rows=("1;2026-03-02 10:00:00;12.34;Żółć", "2;2026-03-02 10:05:00;1.30;dobra", "3;2026-03-02 10:06:00;7.00;ż"),
        settings={"columns": {**BASE, "amount": "amount"}},
    ),
    "quantity last": Export(
        header="nr;date;amount;qty",
        rows=("1;2026-03-02 10:00:00;12.34;1", "2;2026-03-02 10:05:00;1.30;12", "3;2026-03-02 10:06:00;7.00;1.255"),
        settings={"columns": {**BASE, "amount": "amount", "quantity": "qty"}},
    ),
    "everything quoted": Export(
        header="nr;date;amount;name;card",
        rows=(
            '1;2026-03-02 10:00:00;12.34;Sok "Słońce";2900001',
            '2;2026-03-02 10:05:00;1.30;Sok "Słońce";290000',
            '3;2026-03-02 10:06:00;7.00;TV 32";2900001',
        ),
        settings={"columns": {**BASE, "amount": "amount", "product_name": "name", "card": "card"}},
        quoting=csv.QUOTE_ALL,
        end="\r\n",
    ),
    "everything quoted, name last": Export(
        header="nr;date;amount;name",
        rows=(
            '1;2026-03-02 10:00:00;12.34;Sok "Słońce"',
            "2;2026-03-02 10:05:00;1.30;Sok",
            '3;2026-03-02 10:06:00;7.00;TV 32" "Jutro"',
        ),
        settings={"columns": {**BASE, "amount": "amount", "product_name": "name"}},
        quoting=csv.QUOTE_ALL,
    ),
    "UTF-16": Export(
        header="nr;date;name;amount",
        rows=("1;2026-03-02 10:00:00;Żółć;12.34", "2;2026-03-02 10:05:00;Чай;1.30", "3;2026-03-02 10:05:00;Ț;1.30"),
        settings={"columns": {**BASE, "amount": "amount", "product_name": "name"}, "encoding": "utf-16"},
        encoding="utf-16",
        end="\r\n",
    ),
    "UTF-8 with a mark, letters of two bytes last": Export(
        header="nr;date;amount;name",
        rows=(
            "1;2026-03-02 10:00:00;12.34;Чай",
            "2;2026-03-02 10:05:00;1.30;Чай чёрный",
            "3;2026-03-02 10:05:00;1.30;Ț",
        ),
        settings={"columns": {**BASE, "amount": "amount", "product_name": "name"}},
        encoding="utf-8-sig",
    ),
    "cp1251, total repeated": Export(
        header="nr;date;name;amount;total",
        rows=(
            "1;2026-03-02 10:00:00;Чай;10.00;15.00",
            "1;2026-03-02 10:00:00;Хлеб;5.00;15.00",
            "2;2026-03-02 10:05:00;Соль;1.30;101.40",
            "2;2026-03-02 10:05:00;Сыр;100.10;101.40",
        ),
        settings={
            "columns": {**BASE, "amount": "amount", "product_name": "name", "total": "total"},
            "encoding": "cp1251",
        },
        encoding="cp1251",
    ),
    "one row per order, refunded last": Export(
        header="nr;date;total;refunded",
        rows=(
            "1;2026-03-02 10:00:00;12.34;0.00",
            "2;2026-03-02 10:05:00;31.30;12.30",
            "3;2026-03-02 10:06:00;7.00;6.99",
        ),
        settings={"columns": {**BASE, "total": "total", "refunded": "refunded"}},
    ),
    "cancelled last": Export(
        header="nr;date;total;cancelled",
        rows=("1;2026-03-02 10:00:00;12.34;", "2;2026-03-02 10:05:00;31.30;", "3;2026-03-02 10:06:00;7.00;2026-03-03"),
        settings={"columns": {**BASE, "total": "total", "cancelled": "cancelled"}},
        ignored=frozenset({4}),
    ),
    "cells of the order once": Export(
        header="nr;date;card;name;amount",
        rows=(
            "1;2026-03-02 10:00:00;2900001;Herbata;12.34",
            ";;;Ser;1.30",
            "2;2026-03-02 10:05:00;2900002;Chleb;3.05",
            ";;;Mąka;2.10",
        ),
        settings={"columns": AMOUNTS, "fill_down": "within receipt"},
    ),
    "rows of unequal length, typed, card in the last": Export(
        header="",
        rows=(
            "1;2026-03-02 10:00:00;item;12.34;Herbata",
            "1;2026-03-02 10:00:00;end;12.34;x;2900001",
            "2;2026-03-02 10:05:00;item;3.05;Chleb",
            "2;2026-03-02 10:05:00;item;2.10;Ser",
            "2;2026-03-02 10:05:00;end;5.15;x;29000017",
        ),
        settings={
            "header": "no",
            "columns": {"receipt": 1, "date": 2, "amount": 4, "product_name": 5, "card": 6},
            "head_rows": {"3": ["end"]},
            "uneven_rows": "yes",
        },
        ignored=frozenset({2, 5}),
    ),
    "a row of totals last": Export(
        header="nr;date;name;amount",
        rows=("1;2026-03-02 10:00:00;Чай;10.00", "2;2026-03-02 10:05:00;Соль;1.30", "ИТОГО;;;11.30"),
        settings={
            "columns": {**BASE, "amount": "amount", "product_name": "name"},
            "total_rows": ["итого*"],
            "encoding": "cp1251",
        },
        encoding="cp1251",
        ignored=frozenset({4}),
    ),
}

RECEIPTS = """
SELECT r.number, coalesce(c.number, ''), r.at, r.total, (SELECT group_concat(x, '|') FROM (
  SELECT a.name || ' ' || l.quantity || ' ' || l.amount AS x FROM line l JOIN article a ON a.id = l.article_id
  WHERE l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095 ORDER BY l.id))
FROM receipt r LEFT JOIN card c ON c.id = r.card_id WHERE r.gone = 0"""


@dataclass(frozen=True)
class Taken:
    """What came in of a file: receipts by number, and the lines set aside; both None if it was refused."""

    receipts: dict[str, tuple[Any, ...]] | None
    set_aside: frozenset[int] = frozenset()
    warned: bool = False


def taken(shop_folder: Path, data: bytes, export: Export) -> Taken:
    """Import some bytes into a shop of their own."""
    shop = shop_in(shop_folder)
    (shop.folder / "layouts").mkdir(exist_ok=True)
    settings = {"delimiter": ";", **export.settings}
    (shop.folder / "layouts" / "till.yaml").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
    path = shop.folder / "a.csv"
    path.write_bytes(data)
    try:
        figures = taken_in(shop, str(path), layout="till")
    except ExportRefused:
        assert asked(shop, "SELECT count(*) FROM import") == [(0,)]
        return Taken(None)
    for file in (shop.folder / "set-aside").glob("*"):
        file.unlink()
    receipts = {row[0]: row[1:] for row in asked(shop, RECEIPTS)}
    lines = frozenset(row["line"] for row in figures["set_aside_rows"])
    return Taken(receipts, lines, bool(figures["warnings"]))


def numbers_of(export: Export) -> list[str]:
    """The receipt that each line belongs to, the header's being none."""
    found: list[str] = [""] if export.header else []
    for row in export.rows:
        found.append(row.split(";")[0] or found[-1])
    return found


@pytest.mark.parametrize("name", EXPORTS)
def test_a_file_cut_anywhere_gives_what_is_whole_sets_the_rest_aside_or_is_refused(name: str) -> None:
    export = EXPORTS[name]
    parts, end, numbers = export.parts(), export.line_end, numbers_of(EXPORTS[name])
    whole = b"".join(part + end for part in parts)
    wholes: dict[int, Taken] = {}
    begin = sum(len(part + end) for part in parts[: export.after])
    with TemporaryDirectory() as folder:
        complete = taken(Path(folder), whole, export).receipts or {}
        for size in cuts(max(begin, len(whole) - LAST_BYTES), len(whole)):
            got = taken(Path(folder), whole[:size], export)
            lines, part = lines_in(parts, end, size)
            if lines not in wholes:
                wholes[lines] = taken(Path(folder), b"".join(p + end for p in parts[:lines]), export)
            torn = numbers[lines] if part else numbers[lines - 1]
            if got.receipts is not None and torn in got.receipts and got.receipts[torn] == complete[torn]:
                # What is missing is nothing that is read: a blank line, or a cell of no meaning.
                assert got.set_aside <= {lines, lines + 1}
                continue
            judge(got, wholes[lines], (numbers, export.ignored), lines=lines, part=part, where=repr(whole[:size][-40:]))


def cuts(first: int, last: int) -> list[int]:
    """The sizes to cut a file to."""
    return [size for size in range(first, last + 1) if size >= last - EVERY_CUT or not (last - size) % STEP]


def lines_in(parts: list[bytes], end: bytes, size: int) -> tuple[int, bytes]:
    """How many lines are there without loss, with or without their end, and the part of one more."""
    at = 0
    for line, part in enumerate(parts):
        if size < at + len(part):
            return line, part[: max(0, size - at)]
        at += len(part) + len(end)
    return len(parts), b""


def judge(got: Taken, whole: Taken, known: tuple[list[str], frozenset[int]], *, lines: int, part: bytes, where: str) -> None:
    """Receipts are those of the whole lines, but for the last one, which may be set aside; a part of a line is told."""
    numbers, ignored = known
    if got.receipts is None or whole.receipts is None:
        return
    torn = numbers[lines] if part else numbers[lines - 1]
    for number, receipt in got.receipts.items():
        assert whole.receipts.get(number) == receipt, where
        assert not part or number != torn or lines + 1 in ignored, where
    missing = whole.receipts.keys() - got.receipts.keys()
    assert missing <= {torn}, where
    if part and lines + 1 not in ignored:
        assert lines + 1 in got.set_aside, where
    assert not missing or got.set_aside & {line for line, number in enumerate(numbers, 1) if number == torn}, where


WOO = "Date,Order #,Status,Customer,Product(s),Items sold,Net Sales\n2026-03-05 10:00:00,309,Completed,Ala,1x Kubek,1,107.25\n"


@pytest.mark.parametrize("says_so", [False, True])
def test_a_till_that_never_ends_its_last_line_can_be_said_to(tmp_path: Path, says_so: bool) -> None:
    shop = shop_in(tmp_path)
    (tmp_path / "layouts").mkdir()
    said = "last_line: whole\n" if says_so else ""
    (tmp_path / "layouts" / "web.yaml").write_text(f"like: woocommerce-orders\n{said}", encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"{WOO}2026-03-06 10:00:00,311,Completed,Ola,1x Kubek,1,80.5", encoding="utf-8", newline="")
    figures = taken_in(shop, str(tmp_path / "a.csv"), store="Web", layout="web")
    # 107.25 + 80.50 = 187.75; 80.5 may be 80.55 where nobody says that the last row is whole.
    assert (figures["imported"], figures["total"], figures["set_aside"]) == ((2, "187.75", 0) if says_so else (1, "107.25", 1))
    hint = "if this till never ends the last line of its files, write in the layout: last_line: whole"
    assert figures["warnings"] == ([] if says_so else [f"a.csv: {hint}"])


def without_last_end(path: Path, *rows: str) -> str:
    """A file of a till that ends no last line."""
    head = WOO.splitlines()[0]
    path.write_text("\n".join((head, *rows)), encoding="utf-8", newline="")
    return str(path)


def test_a_till_that_has_never_ended_its_last_line_is_known_by_its_third_file(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    for day, aside in ((5, 1), (6, 1), (7, 0), (8, 0)):
        rows = [f"2026-03-0{day} 1{hour}:00:00,{day}{hour},Completed,Ala,1x Kubek,1,{paid}" for hour, paid in ((0, 107.25), (1, 80.5))]
        file = without_last_end(tmp_path / f"{day}.csv", *rows)
        figures = taken_in(shop, file, store="Web", layout="woocommerce-orders")
        # 80.5 may be 80.55 until the till is known.
        assert (figures["imported"], figures["set_aside"]) == (2 - aside, aside)
        assert bool(figures["warnings"]) == bool(aside)
    # The till of another store has not shown it yet.
    rows = [f"2026-03-09 1{hour}:00:00,9{hour},Completed,Ala,1x Kubek,1,{paid}" for hour, paid in ((0, 107.25), (1, 80.5))]
    file = without_last_end(tmp_path / "other.csv", *rows)
    assert taken_in(shop, file, store="Shop", layout="woocommerce-orders", another_store=True)["set_aside"] == 1


def test_a_till_whose_rows_name_their_store_is_known_by_its_third_file_too(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    for day, aside in ((5, 1), (6, 1), (7, 0)):
        rows = [f"2026-03-0{day},Rynek,{day}{number},{paid}" for number, paid in ((0, 107.25), (1, 80.5))]
        file = tmp_path / f"{day}.csv"
        file.write_text("\n".join(("date,store,receipt,amount", *rows)), encoding="utf-8", newline="")
        figures = taken_in(shop, str(file))
        # 80.5 may be 80.55 until the till is known; no store is said, and none is known before the first file.
        assert (figures["imported"], figures["set_aside"]) == (2 - aside, aside)


def test_a_row_that_lacks_cells_is_torn_whatever_the_layout_says(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "web.yaml").write_text("like: woocommerce-orders\nlast_line: whole\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"{WOO}2026-03-06 10:00:00,311,Compl", encoding="utf-8", newline="")
    with pytest.raises(ExportRefused, match="still"):
        taken_in(shop, str(tmp_path / "a.csv"), store="Web", layout="web")
