"""What is left of somebody who was erased, outside their record: rows set aside, reasons typed by hand, free pages of the file."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

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
REGISTRATIONS = "SELECT id FROM member WHERE ?1 IN (id, merged_into) ORDER BY id"
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
CHUNK = 1 << 20


def registrations_of(connection: Connection, member: int) -> list[int]:
    """A member and the earlier registrations of the same person that were merged into it."""
    return [number for (number,) in connection.execute(REGISTRATIONS, (member,))]


def words_of(connection: Connection, member: int) -> tuple[str, ...]:
    """The name and the ways to reach somebody, before they are forgotten; cards are numbers that stay with the receipts."""
    persons = [connection.execute(IDENTITY, (one,)).fetchone() for one in registrations_of(connection, member)]
    words = dict.fromkeys(" ".join(str(word).split()) for person in persons for word in person)
    return tuple(word for word in words if len(word) >= (SHORTEST_NUMBER if word.isdecimal() else SHORTEST))


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
    """The files below a folder in which one of the words stands in the letters of any usual encoding; links are not followed."""
    wanted = encodings_of(words)
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or any(path == one or one in path.parents for one in besides):
            continue
        if wanted and holds(path, wanted):
            yield path


def encodings_of(words: Collection[str]) -> set[bytes]:
    """The words in the letters of any usual encoding."""
    return {word.encode(encoding) for word in words for encoding in ENCODINGS if encodable(word, encoding)}


def encodable(word: str, encoding: str) -> bool:
    """Whether letters of an encoding can say a word."""
    try:
        word.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def holds(path: Path, wanted: Collection[bytes]) -> bool:
    """Whether one of some texts stands in a file, also across two pieces that are read."""
    longest = max(map(len, wanted))
    tail = b""
    with contextlib.suppress(OSError), path.open("rb") as file:
        while piece := file.read(CHUNK):
            seen = tail + piece
            if any(text in seen for text in wanted):
                return True
            tail = seen[-longest:]
    return False
