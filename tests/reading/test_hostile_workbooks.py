"""Workbooks that are no workbooks: bombs, entities, broken parts, cells that stand far away. And those of every honest form."""

from __future__ import annotations

import time
import zipfile
from datetime import date
from datetime import datetime
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.reading.csv.sheets import column_of
from loyalty_cli.reading.csv.workbooks import CellForms
from loyalty_cli.reading.csv.workbooks import write_plain

if TYPE_CHECKING:
    from pathlib import Path

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
ROW = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'


def workbook(folder: Path, sheet: str | bytes, **parts: str | bytes) -> Path:
    """A workbook with a sheet of our own making, and other parts in place of the usual ones."""
    usual = BytesIO()
    openpyxl.Workbook().save(usual)
    path = folder / "till.xlsx"
    with zipfile.ZipFile(usual) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = sheet if name.endswith("sheet1.xml") else parts.get(name.rpartition("/")[2].partition(".")[0])
            new.writestr(name, old.read(name) if content is None else content)
    return path


def text_of(path: Path) -> str:
    """The text of a workbook."""
    write_plain(path, path.with_suffix(".csv"), CellForms())
    return path.with_suffix(".csv").read_text(encoding="utf-8")


def test_a_bomb_is_refused_at_once(tmp_path: Path) -> None:
    # 100,000 rows of 40 bytes, and a long blank: 60 MB packed into 60 kB; 2 MiB and 200 times its size are allowed.
    path = workbook(tmp_path, SHEET.format(ROW.format(1) + " " * (60 << 20)))
    began = time.process_time()
    with pytest.raises(ExportRefused, match="far more than a workbook of its size") as caught:
        text_of(path)
    assert caught.value.exit_code == ExitCode.EXPORT_REFUSED
    assert time.process_time() - began < 1


@pytest.mark.parametrize("tag", ["<c/>", "<row/>", "<x></x>", "<c><v>1</v></c>", "<!---->", "<?x?>"])
def test_a_million_tags_in_a_few_kilobytes_are_refused_before_they_take_time(tmp_path: Path, tag: str) -> None:
    # Each takes some 36 bytes of 2 MiB and 200 times a packed size of 10 kB: after 110,000 tags that is spent.
    path = workbook(tmp_path, SHEET.format(f"<row>{tag * 1_000_000}</row>"))
    began = time.process_time()
    with pytest.raises(ExportRefused, match="far more than a workbook of its size"):
        text_of(path)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "sheet",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET.format("<row><c><v>&a;</v></c></row>"),
        SHEET.format("<row><c><v>1</v></c>"),
        SHEET.format('<row><c r="??"><v>1</v></c></row>'),
        SHEET.format('<row r="9999999"><c><v>1</v></c></row>'),
        SHEET.format('<row><c t="s"><v>7</v></c></row>'),
        b"\xff\xfe\x00",
        "",
    ],
    ids=["an entity", "a cut end", "a place that is none", "a row too far", "a text that is not there", "no text", "nothing"],
)
def test_a_damaged_workbook_is_refused_in_words(tmp_path: Path, sheet: str | bytes) -> None:
    with pytest.raises(ExportRefused, match="can not be read as a workbook") as caught:
        text_of(workbook(tmp_path, sheet))
    assert caught.value.exit_code == ExitCode.EXPORT_REFUSED


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET.format('<row><c r="XFD1"><v>1</v></c></row>'),
        SHEET.format(f'<row><c t="inlineStr"><is><t>{"a" * (2 << 20)}</t></is></c></row>'),
        SHEET.format(f'<row><c r="{"A" * (2 << 20)}"><v>1</v></c></row>'),
    ],
    ids=["a column too far", "an endless text", "an endless tag"],
)
def test_what_would_fill_the_memory_is_refused(tmp_path: Path, sheet: str) -> None:
    with pytest.raises(ExportRefused, match="far more than a workbook"):
        text_of(workbook(tmp_path, sheet))


def test_a_long_text_that_every_cell_shares_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    # 20,000 cells of 30,000 letters make 600 MB; 2 MiB and 200 times some 100 kB are allowed.
    texts = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"a" * 30_000}</t></si></sst>'
    path = workbook(tmp_path, SHEET.format('<row><c t="s"><v>0</v></c></row>' * 20_000), sharedStrings=texts)
    with zipfile.ZipFile(path, "a") as archive:
        if "xl/sharedStrings.xml" not in archive.namelist():
            archive.writestr("xl/sharedStrings.xml", texts)
    with pytest.raises(ExportRefused, match="far more than a workbook"):
        text_of(path)
    assert path.with_suffix(".csv").stat().st_size < 10 << 20


def test_a_bad_stream_is_refused_in_words(tmp_path: Path) -> None:
    path = workbook(tmp_path, SHEET.format(ROW.format(1)))
    data = bytearray(path.read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml") + 40
    data[at : at + 20] = bytes(20)
    path.write_bytes(data)
    with pytest.raises(ExportRefused, match="can not be read as a workbook"):
        text_of(path)


def test_an_empty_row_keeps_its_line_and_a_number_beyond_all_stays_as_written(tmp_path: Path) -> None:
    rows = ROW.format(1) + '<row r="3"><c><v>1e999</v></c><c><v>nine</v></c><c t="b"><v>1</v></c></row>'
    assert text_of(workbook(tmp_path, SHEET.format(rows))) == "1,,\n,,\n1e999,nine,True\n"


def test_every_kind_of_cell_comes_out_as_openpyxl_reads_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    moments = [datetime(2026, 3, 1, 9, 5, 7), date(1900, 1, 15), datetime(1999, 12, 31, 23, 59, 59), timedelta(hours=30)]
    sheet.append(["text", "Łódź & <b>", 1, -2.5, True, None, *moments, "#N/A", "=1+1", "  blanks  "])
    sheet.append([0.1, 1e-7, 5_900_000_000_017, "two\nlines", *moments])
    path = tmp_path / "till.xlsx"
    book.save(path)
    forms = CellForms()
    read = openpyxl.load_workbook(path, data_only=True).active
    assert read is not None
    expected = [[forms.text(cell) for cell in row] for row in read.iter_rows(values_only=True)]
    from csv import reader

    assert list(reader(text_of(path).splitlines())) == expected


def test_columns_are_counted_in_letters() -> None:
    # AB is 26 + 2; XFD, the last one, is 24 x 676 + 6 x 26 + 4 = 16,384.
    assert [column_of(place) for place in ("A1", "Z9", "AB7", "xfd1")] == [1, 26, 28, 16_384]
