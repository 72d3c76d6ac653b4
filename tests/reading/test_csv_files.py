"""CSV files: true line numbers, damage, encodings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.reading.csv.files import CsvFile
from loyalty_cli.reading.csv.files import CsvForm
from loyalty_cli.reading.forms.encodings import codec_of
from loyalty_cli.reading.forms.encodings import judged_survey
from loyalty_cli.reading.forms.encodings import LONGEST_LINE

if TYPE_CHECKING:
    from pathlib import Path


def rows_of(path: Path, form: CsvForm | None = None) -> list[tuple[int, list[str]]]:
    rows = CsvFile(path, form or CsvForm()).rows()
    return [(line, row) for part in rows for row, line in zip(part.cells, part.lines, strict=True)]


def file_of(folder: Path, data: bytes) -> Path:
    path = folder / "a.csv"
    path.write_bytes(data)
    return path


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    path = file_of(tmp_path, b'a,b\r\n1,"x\r\ny"\r\n\r\n2,z\r\n')
    assert rows_of(path) == [(2, ["1", "x\r\ny"]), (5, ["2", "z"])]


def test_rows_above_and_below_the_table_are_left_out(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"Report\nof March\na,b\n1,2\n3,4\nsum,6\n")
    form = CsvForm(skip_top=2, skip_bottom=1)
    assert rows_of(path, form) == [(4, ["1", "2"]), (5, ["3", "4"])]


def test_a_line_that_tells_excel_the_delimiter_is_no_header(tmp_path: Path) -> None:
    file = CsvFile(file_of(tmp_path, b"sep=;\na;b\n1;2\n"), CsvForm(delimiter=";"))
    assert [part.lines for part in file.rows()] == [range(3, 4)]
    assert file.header == ["a", "b"]


@pytest.mark.parametrize("above", [b"\n", b"\r\n\r\n\r\n", b"\n;;\n", b"\nsep=;\n"])
def test_blank_lines_above_the_header_are_left_out(tmp_path: Path, above: bytes) -> None:
    file = CsvFile(file_of(tmp_path, above + b"a;b\n1;2\n"), CsvForm(delimiter=";"))
    line = above.count(b"\n") + 2
    assert [(part.cells, [*part.lines]) for part in file.rows()] == [([["1", "2"]], [line])]
    assert file.header == ["a", "b"]


def test_a_quote_that_does_not_close_is_told_with_the_line_where_it_opens(tmp_path: Path) -> None:
    path = file_of(tmp_path, b'a,b\n1,2\n3,"open\n4,5\n6,7\n')
    with pytest.raises(ExportRefused, match="from line 3 on") as refusal:
        rows_of(path)
    assert refusal.value.exit_code == ExitCode.EXPORT_REFUSED


def test_text_behind_a_quote_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="from line 2 on"):
        rows_of(file_of(tmp_path, b'a,b\n1,"x"y\n'))


def test_a_till_that_never_quotes_may_have_inches_in_its_names(tmp_path: Path) -> None:
    assert rows_of(file_of(tmp_path, b'a,b\n1,24" zip\n'), CsvForm(quote="")) == [(2, ["1", '24" zip'])]


def test_a_dos_file_ends_with_ctrl_z(tmp_path: Path) -> None:
    assert rows_of(file_of(tmp_path, b"a,b\n1,2\n\x1a")) == [(2, ["1", "2"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "cp852", "utf-16"])
def test_declared_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = file_of(tmp_path, "a,b\nŁódź,1\n".encode(encoding))
    codec = codec_of(encoding)
    judged_survey(path, codec)
    assert rows_of(path, CsvForm(encoding=codec)) == [(2, ["Łódź", "1"])]


def test_the_first_byte_of_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"a,b\n1,2\nx," + "Łódź".encode("cp1250") + b"\n")
    # a,b + newline and 1,2 + newline are 8 bytes, x and comma two more.
    with pytest.raises(ExportRefused, match="byte 10 in line 3 is not utf-8") as refusal:
        rows_of(path)
    assert refusal.value.exit_code == ExitCode.LAYOUT_DOES_NOT_FIT


@pytest.mark.parametrize(
    ("data", "declared", "what"),
    [
        ("Łódź".encode(), "cp1250", "the file is utf-8"),
        ("Łódź".encode("utf-16"), "utf-8-sig", "the file is utf-16"),
        (b"a,b\n1,\0\n", "utf-8-sig", "NUL byte at 6"),
        (
            b"a,b\n" + b"x" * (LONGEST_LINE + 1) + b"\n",
            "utf-8-sig",
            "a line of more than 1048576 bytes after byte 4",
        ),
    ],
)
def test_bytes_that_no_layout_fits_are_refused_before_a_row_is_read(tmp_path: Path, data: bytes, declared: str, what: str) -> None:
    with pytest.raises(ExportRefused, match=what):
        judged_survey(file_of(tmp_path, data), declared)


def test_a_codec_that_is_no_encoding_is_refused() -> None:
    for name in ("rot13", "nonsense", "zip", "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"):
        with pytest.raises(ValueError, match="is not an encoding"):
            codec_of(name)
