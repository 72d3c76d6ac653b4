"""What is left of somebody who was erased, outside their record: rows set aside, reasons typed by hand, free pages of the file."""

from __future__ import annotations

import contextlib
from typing import IO
from typing import TYPE_CHECKING

from loyalty_cli.reading import archives
from loyalty_cli.store import database
from loyalty_cli.store.lock import lock
from loyalty_cli.store.troubles import understood

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.store.database import Connection

# What tells somebody from others; a word shorter than this, or a number, would be found in anybody's row.
IDENTITY = "SELECT name, phone, email, address, coalesce(number, '') FROM member WHERE id = ?"
FORMER = "SELECT was FROM member_change WHERE member_id = ? AND field IN ('name', 'phone', 'email', 'address', 'number') AND was <> ''"
REGISTRATIONS = "SELECT id FROM member WHERE ?1 IN (id, merged_into) ORDER BY id"
SHARED = f"""
SELECT EXISTS (SELECT 1 FROM member WHERE id NOT IN ({REGISTRATIONS})
  AND ?2 IN (name, phone, email, address, number))"""
CARDS = "SELECT number FROM card WHERE member_id = ?"
SHORTEST = 4
SHORTEST_NUMBER = 7
# Texts that people or their lists wrote, in which somebody may be named.
FREE_TEXTS = (
    ("set_aside", "row"),
    ("set_aside", "reason"),
    ("by_hand", "reason"),
    ("member_change", "reason"),
    ("consent", "source"),
    ("consent", "proof"),
)
ENCODINGS = ("utf-8", "utf-16-le", "cp1250", "cp1251", "iso8859-2")
# What workbooks, pages and lists write for a sign that means something in them.
IN_A_SHEET = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
QUOTED = (("&#39;", "&#34;"), ("&#x27;", "&quot;"), ("&apos;", "&quot;"))
FORMS = tuple(map(str.maketrans, ({}, {'"': '""'}, IN_A_SHEET, *({**IN_A_SHEET, "'": one, '"': two} for one, two in QUOTED))))
CHUNK = 1 << 20
PACKED = {".xlsx", ".xlsm", ".ods", ".docx", ".odt", ".zip"}
FREE, TIMES = 64 << 20, 200


def registrations_of(connection: Connection, member: int) -> list[int]:
    """A member and the earlier registrations of the same person that were merged into it."""
    return [number for (number,) in connection.execute(REGISTRATIONS, (member,))]


def words_of(connection: Connection, member: int) -> tuple[str, ...]:
    """The name and the ways to reach somebody before they are forgotten; cards are numbers that stay with receipts.

    Former ones too, unless they are somebody else's now: what was typed for the wrong member, a telephone that was handed on.
    """
    own = registrations_of(connection, member)
    persons = [word for one in own for word in connection.execute(IDENTITY, (one,)).fetchone()]
    former = [word for one in own for (word,) in connection.execute(FORMER, (one,))]
    told = [*persons, *words_of_nobody_else(connection, member, former)]
    # As they stand, and with one blank for several, as other programs may have written them.
    words = dict.fromkeys(form for word in told for form in (str(word).strip(), " ".join(str(word).split())))
    return tuple(word for word in words if len(word) >= (SHORTEST_NUMBER if word.isdecimal() else SHORTEST))


def words_of_nobody_else(connection: Connection, member: int, words: Collection[str]) -> list[str]:
    """Those of a member's words that are no other member's: two may have one name."""
    return [word for word in words if not connection.execute(SHARED, (member, word)).fetchone()[0]]


def forget_in_texts(connection: Connection, words: Collection[str]) -> int:
    """Empty every free text in which one of the words stands; how many they were."""
    emptied = 0
    for table, column in FREE_TEXTS:
        for word in words:
            emptied += connection.execute(
                f"UPDATE {table} SET {column} = '' WHERE instr(lower({column}), lower(?)) > 0", (word,)
            ).rowcount
    return emptied


def rewrite(path: Path, *, since: str, wait: float) -> None:
    """Write the database anew, without the pages and gaps in which forgotten texts still stand."""
    with (
        lock(path, since=since, wait=wait),
        understood(path),
        contextlib.closing(database.connect(path, wait=wait)) as connection,
    ):
        connection.execute("VACUUM")
        database.remove_journal(connection)


def files_naming(folder: Path, words: Collection[str], besides: Collection[Path]) -> Iterator[Path]:
    """The files below a folder, workbooks and archives too, in which one of the words stands in any usual form; no link is followed."""
    wanted = encodings_of(words)
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or any(path == one or one in path.parents for one in besides):
            continue
        if wanted and holds(path, wanted):
            yield path


def encodings_of(words: Collection[str]) -> set[bytes]:
    """The words in the letters of any usual encoding, as they are and as workbooks and pages have them."""
    forms = {word.translate(signs) for word in words for signs in FORMS}
    return {form.encode(encoding) for form in forms for encoding in ENCODINGS if encodable(form, encoding)}


def encodable(word: str, encoding: str) -> bool:
    """Whether letters of an encoding can say a word."""
    try:
        word.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def holds(path: Path, wanted: Collection[bytes]) -> bool:
    """Whether one of some texts stands in a file, or in what is packed in it."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        return stands_in(file, wanted) or (path.suffix.lower() in PACKED and is_packed_in(path, wanted))
    return False


def is_packed_in(path: Path, wanted: Collection[bytes]) -> bool:
    """The same of a workbook or an archive; not of a damaged one, or of one that would become far more than it can hold."""
    with contextlib.suppress(*archives.DAMAGE), archives.opened(path) as packed:
        entries = packed.infolist()
        if sum(entry.file_size for entry in entries) <= archives.budget(path, free=FREE, times=TIMES):
            for entry in entries:
                with packed.open(entry) as inside:
                    if stands_in(inside, wanted):
                        return True
    return False


def stands_in(file: IO[bytes], wanted: Collection[bytes]) -> bool:
    """Whether one of some texts stands in what is read, also across two pieces of it."""
    longest = max(map(len, wanted))
    tail = b""
    while piece := file.read(CHUNK):
        seen = tail + piece
        if any(text in seen for text in wanted):
            return True
        tail = seen[-longest:]
    return False
