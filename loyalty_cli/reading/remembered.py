"""What files were read as, remembered from one command to the next: of a text that was in order, YAML and pydantic say the same again.

A shop keeps it as text. It can be thrown away: what is missing, damaged or made by other code than runs now is read once more.
"""

from __future__ import annotations

import contextlib
import json
from hashlib import sha256
from typing import Any
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.reading.written import code
from loyalty_cli.reading.written import NOT_TAKEN
from loyalty_cli.reading.written import value_of
from loyalty_cli.reading.written import written

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
# What was written of each text, by what it is read as and the text.
Forms = dict[tuple[str, str], Any]
# So many texts a shop remembers: more than it has layouts.
MOST = 40


class Memory:
    """What texts were read as: the forms that a shop has kept, and the values that this command has asked for."""

    def __init__(self) -> None:
        self.recall({})

    def recall(self, forms: Forms) -> None:
        """Begin with what a shop has kept, and nothing of another one."""
        self.forms = forms
        self.values: Forms = {}
        self.write: dict[tuple[str, str], Callable[[Any], Any]] = {}

    def value(
        self,
        what: str,
        text: str,
        read: Callable[[], Value],
        *,
        make: Callable[[Any], Value] = value_of,
        write: Callable[[Value], Any] = written,
    ) -> Value:
        """The value of a text: `make` of its form where it is known, else what `read` gives, which `write` gives a form."""
        key = what, text
        if key not in self.values and key in self.forms:
            with contextlib.suppress(*NOT_TAKEN):
                self.values[key] = make(self.forms[key])
        if key not in self.values:
            self.values[key] = read()
            self.write[key] = write
        value: Value = self.values[key]
        return value

    @property
    def learned(self) -> bool:
        """Whether it knows a text that the shop has not kept."""
        return bool(self.write)

    def kept(self) -> str:
        """All of it as text for `forms_of`, the texts of this command last; the oldest go where they are too many."""
        before = [(key, form) for key, form in self.forms.items() if key not in self.values]
        now = [(key, self.write[key](value) if key in self.write else self.forms[key]) for key, value in self.values.items()]
        read = as_text([[*key, form] for key, form in (*before, *now)[-MOST:]])
        return as_text({"code": seal(read), "read": read})


def forms_of(kept: str) -> Forms:
    """What a shop has kept; nothing where that is damaged or other code than this has written it."""
    with contextlib.suppress(*NOT_TAKEN):
        said = json.loads(kept)
        if said["code"] == seal(said["read"]):
            return {(what, text): form for what, text, form in json.loads(said["read"])}
    return {}


def as_text(value: Any) -> str:
    """Plain values as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def seal(read: str) -> str:
    """What proves that this code wrote the forms and nothing has changed in them since: a form may be damaged and still make a value."""
    return sha256(f"{code()}\n{read}".encode()).hexdigest()


MEMORY = Memory()
