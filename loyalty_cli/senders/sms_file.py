"""Text messages as the file of a provider: rows, marks and letters as its preset says; what it can not carry is told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.senders.files import batch_name
from loyalty_cli.senders.files import Files
from loyalty_cli.senders.files import Made
from loyalty_cli.senders.numbers import e164

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.message import Message

NO_NUMBER = phrase("the number can not be dialled")
TOO_LONG = phrase("the text is longer than the provider takes")
NINE_DIGITS = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What is known of a provider's file.

    `columns` are key, id, number, text, sender and special, or `=TEXT`; `top` are lines above the rows, which may say
    {name} and {sender}. `marks` are signs of a text that the file writes otherwise. A `quote` of '' is a file without
    quotes. `number` is how a number of digits is written: {digits}; those that begin with the code `home` are without it. Where
    a number may stand once only, the next text to it goes to a file of its own, and so does what is beyond the `largest` bytes.
    `ends_open` is a last line without an end.
    """

    name: str
    evidence: str
    columns: tuple[str, ...]
    delimiter: str = ";"
    quote: str = ""
    line_end: str = "\r\n"
    encoding: str = "utf-8"
    header: bool = False
    top: tuple[str, ...] = ()
    marks: Mapping[str, str]
    number: str = "{digits}"
    home: str = ""
    longest: int | None = None
    largest: int | None = None
    once_a_number: bool = False
    ends_open: bool = False
    ending: str = "csv"


@dataclass(slots=True)
class Sheet:
    """A file in the making: its rows, each with its message's key, the numbers in it, and how many bytes they take."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    size: int = 0

    def takes(self, digits: str, size: int, provider: Provider) -> bool:
        """Whether one more row may stand in it."""
        if provider.once_a_number and digits in self.numbers:
            return False
        return provider.largest is None or self.size + size <= provider.largest


def sms_files(messages: Sequence[Message], provider: Provider, sender: str, country_code: int) -> Files:
    """The files of a run."""
    refused: dict[str, str] = {}
    sheets: list[Sheet] = []
    for one in messages:
        digits = e164(one.address, country_code)
        if digits is None or (provider.longest is not None and len(one.text) > provider.longest):
            refused[one.key] = (NO_NUMBER if digits is None else TOO_LONG).text
            continue
        line = row(one, provider, digits, sender)
        size = len(f"{line}{provider.line_end}".encode(provider.encoding, "replace"))
        sheet = next((each for each in sheets if each.takes(digits, size, provider)), None)
        if sheet is None:
            sheets.append(sheet := Sheet())
        sheet.rows.append((one.key, line))
        sheet.numbers.add(digits)
        sheet.size += size
    return Files([made(provider, sheet.rows, sender) for sheet in sheets], refused)


def made(provider: Provider, rows: Sequence[tuple[str, str]], sender: str) -> Made:
    """One file of rows, each with its message's key."""
    keys = tuple(key for key, _ in rows)
    name = f"{provider.name}{batch_name(keys)}"
    top = [line.format(name=name, sender=sender) for line in provider.top]
    heads = [provider.delimiter.join(provider.columns)] if provider.header else []
    lines = [*top, *heads, *(line for _, line in rows)]
    content = provider.line_end.join(lines) + ("" if provider.ends_open else provider.line_end)
    return Made(f"{name}.{provider.ending}", content.encode(provider.encoding, "replace"), keys)


def row(one: Message, provider: Provider, digits: str, sender: str) -> str:
    """The row of one message."""
    cells = {
        "key": one.key,
        "id": str(int(hashlib.sha256(one.key.encode()).hexdigest(), 16) % NINE_DIGITS),
        "number": provider.number.format(digits=digits.removeprefix(provider.home)),
        "text": marked(one.text, provider.marks),
        "sender": sender,
        "special": "" if one.text.isascii() or not sender else "1",
    }
    texts = (column[1:] if column.startswith("=") else cells[column] for column in provider.columns)
    return provider.delimiter.join(quoted(text, provider) for text in texts)


def marked(text: str, marks: Mapping[str, str]) -> str:
    """A text with the signs that the file writes otherwise."""
    return "".join(marks.get(sign, sign) for sign in text.replace("\r\n", "\n"))


def quoted(text: str, provider: Provider) -> str:
    """A cell in quotes where it needs them."""
    needs: Callable[[str], bool] = lambda sign: sign in text  # noqa: E731
    if provider.quote and any(map(needs, (provider.delimiter, provider.quote, "\n"))):
        return f"{provider.quote}{text.replace(provider.quote, provider.quote * 2)}{provider.quote}"
    return text
