"""Damaging a sample as people, tills and spreadsheets do, and as nobody would: cells, lines, bytes, pieces of two files."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from typing import Any
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

# What stands in no honest file, and in some all the same.
ODD = (
    "", "0", "-1", "-0.00", "1e400", "NaN", "inf", "²", "٣٤", "½", "9" * 19, "9" * 300, "9" * 5000, "0.5", "1,5", "1.000",
    "100000000000.00", "99999999999999999999", "26-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "01.01.0026",
    "1900-01-01", "0026-03-04", "2026-03-29 02:30:00", "31.12.9999 23:59:59", "24:00", "12:60", "[]", "{}", "[a]", "{a: b}",
    "[[]]", "[a, [b]]", "null", "~", "yes", "no", "%", "5%", "100.01%", "1e3%", "-5%", "12 months", "9999 years", "0 days",
    "99999 weeks", "²² days", "2026-01-01 to 9999-12-31", "0001-01-01 to 0001-01-02", "10:00 to 25:00", "0", "1", "zł", "€",
    "\u00a0", "\u2028", "\x85", "\x1a", "\ufeff", "\ufffd", "\U0001f600", "e\u0301", "\u202e", "İ", "ß", "\x00", "\x0b", "\x0c",
    '"', "'", '""', "\\", "{name}", "%s", "{", "}", "{0}", "=1+1", "@a", "*", "*a", "&a", "!!int", "!", "|", ">", "- ", ": ",
    "#", "---", "...", "\t", "\n", "\r", "\r\n", ",", ";", "A" * 300, "ą" * 3000, "Aa9" * 5000, "(" * 200, "sep=;", "Total",
    "Razem", "total", "date", "receipt", "card", "2900041000008", "+48 600 100 200", "a@b.pl", "2026-01-01T10:00:00+99:99",
    "utf-7", "utf-16", "idna", "punycode", "unicode_escape", "until header", "negative amount", "by label", "either", "last",
    "../x", "CON", "/", "C:\\x", "Europe/../x", "/etc/passwd", "Factory", "localtime", "Europe/Warsaw", "UTC",
)  # fmt: skip
Entry = tuple[str, bytes]
MANIFEST = "manifest.json"
TOKEN = re.compile(r"[^\s,;|\t:\[\]{}\"'<>/=]+")


class Damage:
    """Damages samples by the numbers of one generator, so that a seed tells the whole run."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        # The bytes of the largest file that was made.
        self.size = 0

    def made(self, data: bytes) -> bytes:
        """A file as it goes in; its size is noted."""
        self.size = max(self.size, len(data))
        return data

    def text(self, text: str, others: Sequence[str] = ()) -> str:
        """A text with a few odd places."""
        for _ in range(self.chance.choice((1, 1, 1, 2, 3, 8))):
            text = self.chance.choice((self.token, self.token, self.token, self.line, self.insertion, self.removal))(text)
            if others and self.chance.random() < 0.1:
                text = self.spliced(text, self.chance.choice(others))
        return text

    def token(self, text: str) -> str:
        """Another word, number or date in the place of one."""
        found = list(TOKEN.finditer(text[:200_000]))
        if not found:
            return text + self.odd()
        word = self.chance.choice(found)
        new = self.odd() if self.chance.random() < 0.7 else self.chance.choice(found)[0]
        return text[: word.start()] + new + text[word.end() :]

    def line(self, text: str) -> str:
        """A line twice, away, elsewhere, blank, or cut."""
        lines = text.splitlines(keepends=True) or [""]
        at = self.chance.randrange(len(lines))
        match self.chance.randrange(6):
            case 0:
                lines.insert(at, lines[at])
            case 1:
                del lines[at]
            case 2:
                lines.insert(self.chance.randrange(len(lines)), lines.pop(at))
            case 3:
                lines.insert(at, "\n")
            case 4:
                lines[at] = lines[at][: self.chance.randrange(len(lines[at]) + 1)]
            case _:
                lines = lines[: at + 1]
        return "".join(lines)

    def insertion(self, text: str) -> str:
        """Something odd between two letters."""
        at = self.chance.randrange(len(text) + 1)
        return text[:at] + self.odd() + text[at:]

    def removal(self, text: str) -> str:
        """Some letters missing."""
        at = self.chance.randrange(len(text) + 1)
        return text[:at] + text[at + self.chance.choice((1, 1, 2, 10, 200)) :]

    def spliced(self, text: str, other: str) -> str:
        """The beginning of one text and the end of another."""
        return text[: self.chance.randrange(len(text) + 1)] + other[self.chance.randrange(len(other) + 1) :]

    def odd(self) -> str:
        """One of the odd values."""
        return self.chance.choice(ODD)

    def raw(self, data: bytes) -> bytes:
        """Bytes flipped, lost, repeated or come from nowhere."""
        for _ in range(self.chance.choice((1, 1, 2, 5, 20))):
            at = self.chance.randrange(len(data) + 1)
            some = self.chance.choice((1, 2, 4, 100))
            match self.chance.randrange(4):
                case 0:
                    data = data[:at] + self.chance.randbytes(some) + data[at + some :]
                case 1:
                    data = data[:at] + data[at + some :]
                case 2:
                    data = data[:at] + data[at : at + some] * self.chance.choice((2, 50)) + data[at + some :]
                case _:
                    data = data[:at] + self.chance.randbytes(some) + data[at:]
        return data

    def table(self, text: str, others: Sequence[str] = (), encodings: Sequence[str] = ("utf-8",)) -> bytes:
        """A file of rows: mostly whole with odd cells."""
        return self.file(self.cells(text) if self.chance.random() < 0.6 else self.text(text, others), encodings)

    def tree(self, text: str, others: Sequence[str] = ()) -> bytes:
        """A YAML file: mostly well formed with odd values."""
        return self.file(self.values(text) if self.chance.random() < 0.6 else self.text(text, others), ("utf-8",))

    def file(self, text: str, encodings: Sequence[str]) -> bytes:
        """A text in some encoding, sometimes with damaged bytes, rarely nothing but chance."""
        how = self.chance.random()
        if how < 0.01:
            return self.made(self.chance.randbytes(self.chance.randrange(3000)))
        data = text.encode(self.chance.choice(encodings), "replace")
        return self.made(self.raw(data) if how < 0.06 else data)

    def cells(self, text: str) -> str:
        """Some cells of a table changed, in rows that stay well formed."""
        mark = max(",;\t|", key=text.partition("\n")[0].count)
        rows = list(csv.reader(text.splitlines(), delimiter=mark))
        for _ in range(self.chance.choice((1, 1, 2, 3, 8))):
            row = self.chance.choice(rows)
            if row:
                row[self.chance.randrange(len(row))] = self.cell(self.chance.choice(row))
        made = io.StringIO()
        csv.writer(made, delimiter=mark, lineterminator=self.chance.choice(("\n", "\r\n"))).writerows(rows)
        return made.getvalue()

    def cell(self, cell: str) -> str:
        """Another cell of the row, something odd, or something odd beside or inside it."""
        match self.chance.randrange(5):
            case 0:
                return cell
            case 1:
                return cell + self.odd()
            case 2:
                return self.token(cell)
            case _:
                return self.odd()

    def values(self, text: str) -> str:
        """Some values or keys of a YAML file changed, in a file that stays well formed."""
        root = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - texts only
        for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
            root = self.value(root)
        return json.dumps(root, ensure_ascii=False)

    def value(self, node: Any) -> Any:
        """One place of a tree changed: its value, its key, or its kind."""
        if isinstance(node, dict) and node and self.chance.random() < 0.93:
            key = self.chance.choice(list(node))
            if self.chance.random() < 0.06:
                return {self.odd() if name == key else name: value for name, value in node.items()}
            if self.chance.random() < 0.06:
                return {name: value for name, value in node.items() if name != key}
            return {**node, key: self.value(node[key])}
        if isinstance(node, list) and node and self.chance.random() < 0.93:
            at = self.chance.randrange(len(node))
            return [*node[:at], self.value(node[at]), *node[at + self.chance.randrange(2) :]]
        if isinstance(node, str) and self.chance.random() < 0.4:
            return self.token(node)
        return self.chance.choice((self.odd(), self.odd(), self.odd(), [], {}, [node], {"a": node}, [self.odd(), self.odd()], None))

    def archive(self, data: bytes) -> bytes:
        """An archive with odd names and contents, or with damaged bytes; a manifest mostly tells what is inside."""
        if self.chance.random() < 0.2:
            return self.made(self.raw(data))
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = [(entry.filename, packed.read(entry)) for entry in packed.infolist()]
        for _ in range(self.chance.choice((1, 1, 2, 4))):
            entries = self.entries(entries)
        if self.chance.random() < 0.6:
            entries = told_anew(entries)
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in entries:
                packed.writestr(name.replace("\0", "") or "x", content)
        return self.made(whole.getvalue())

    def entries(self, entries: list[Entry]) -> list[Entry]:
        """An entry of an archive away, twice, under another name or with other content."""
        if not entries:
            return entries
        at = self.chance.randrange(len(entries))
        name, content = entries[at]
        match self.chance.randrange(12):
            case 0:
                changed = []
            case 1:
                changed = [entries[at], entries[at]]
            case 2 | 3:
                changed = [(self.text(name), content)]
            case _:
                changed = [(name, self.content(content))]
        return [*entries[:at], *changed, *entries[at + 1 :]]

    def content(self, content: bytes) -> bytes:
        """An entry of an archive: text is damaged as text."""
        try:
            return self.text(content.decode()).encode("utf-8", "replace")
        except UnicodeDecodeError:
            return self.raw(content)


def told_anew(entries: list[Entry]) -> list[Entry]:
    """With a manifest, if there is one that can be read, that tells the sizes and prints of what is inside."""
    inside = [entry for entry in entries if entry[0] != MANIFEST]
    files = [{"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in inside]
    try:
        told = json.loads(dict(entries)[MANIFEST])
    except (KeyError, ValueError):
        return entries
    return [*inside, (MANIFEST, json.dumps({**told, "files": files}).encode())] if isinstance(told, dict) else entries
