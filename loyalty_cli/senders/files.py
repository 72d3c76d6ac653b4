"""Ways out that are files: all messages of a run in one file (or a few), whose name says which messages it holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.message import Answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.message import Message
    from loyalty_cli.senders.place import Place

# A spreadsheet or a service takes a text that begins so for a formula; a sign of its own in front makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Made(NamedTuple):
    """One file: its name, its content, the messages in it."""

    name: str
    content: bytes
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """What a run's messages become: files, and keys of messages that no file can carry, each with the reason."""

    made: Sequence[Made] = ()
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileSender:
    """Pulls messages, all or each by itself, makes the files, puts them, and answers.

    A file that can not be put leaves its messages and all after them for another night, and ends the sending.
    """

    make: Callable[[Sequence[Message]], Files]
    place: Place
    each_alone: bool = False

    def send(self, messages: Iterable[Message]) -> Iterator[Answer]:
        """One batch of all messages, or a batch of each."""
        for batch in ([one] for one in messages) if self.each_alone else [list(messages)]:
            yield from self.put(self.make(batch))

    def put(self, files: Files) -> Iterator[Answer]:
        """Put the files of a batch."""
        for key, why in files.refused.items():
            yield Answer(key, "refused", why)
        for number, one in enumerate(files.made):
            try:
                self.place.put(one.name, one.content)
            except LoyaltyError as error:
                yield from (Answer(key, "again", str(error)) for left in files.made[number:] for key in left.keys)
                raise
            yield from (Answer(key, "sent", one.name) for key in one.keys)


def eml_name(key: str) -> str:
    """The file of a message that is a file of its own: always the same, so that it shows whether the message went."""
    return f"{key}.eml"


def batch_name(keys: Iterable[str]) -> str:
    """A short name that the same messages always have and others never: providers take a name once only.

    >>> batch_name(["a", "b"]) == batch_name(["b", "a"]) != batch_name(["a"])
    True
    """
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:16]
