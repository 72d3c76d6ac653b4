"""Files that are no tables of text, known by their first bytes: PDF, ZIP, workbooks, web pages, JSON, EPP."""

from __future__ import annotations

import re
from typing import Literal

NoTable = Literal["pdf", "xlsx", "zip", "xls", "html", "xml", "json", "epp", "image", "database"]

STARTS: tuple[tuple[bytes, NoTable], ...] = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"\x1f\x8b", "zip"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"SQLite format 3", "database"),
)
# A workbook names its parts within its first entries.
WORKBOOK = (b"xl/", b"[Content_Types].xml")
WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
XML = re.compile(rb"<\?xml\b|<[A-Za-z][\w:.-]*[\s>]")
JSON = re.compile(rb'[{\[]\s*["{\[]|\[\s*\]')
SECTION = re.compile(rb"\[[A-Z_]{3,}\]\s*[\r\n]")


def no_table(start: bytes) -> NoTable | None:
    """What a file is by its first bytes, if it is no table of text."""
    for begins, name in STARTS:
        if start.startswith(begins):
            return name
    if start.startswith(b"PK\x03\x04"):
        return "xlsx" if any(part in start for part in WORKBOOK) else "zip"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if SECTION.match(text):
        return "epp"
    if WEB_PAGE.match(text) or (XML.match(text) and WEB_PAGE.search(text)):
        return "html"
    if XML.match(text):
        return "xml"
    return "json" if JSON.match(text) else None
