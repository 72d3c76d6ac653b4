"""A program as it was read, kept as text: whoever only looks makes the same objects of it, without YAML and pydantic.

It is plain JSON with the names of our own classes and what each was told; defaults stay in the code. It can be thrown away:
one that is missing, damaged, of another text, or made by other code than runs now, is not taken, and the file is read.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from functools import cache
from functools import partial
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.program.program import Program
from loyalty_cli.reading.written import code
from loyalty_cli.reading.written import NOT_TAKEN
from loyalty_cli.reading.written import value_of
from loyalty_cli.reading.written import written

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kept(Program):
    """A program that makes each of its parts of the kept form when it is first asked for: who looks asks for few of them."""

    __slots__ = ("form",)
    form: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        """A part that nobody has asked for; of a form that is damaged nothing is taken, and the text is read."""
        if name not in NAMES:
            raise AttributeError(name)
        try:
            made = value_of(self.form[name])
        except NOT_TAKEN:
            made = getattr(of_text(self.source), name)
        object.__setattr__(self, name, made)
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Program) and all(getattr(self, name) == getattr(other, name) for name in NAMES)

    __hash__ = Program.__hash__


NAMES = frozenset(each.name for each in dataclasses.fields(Program))


def content_written(program: Program) -> Any:
    """All of a program but its text, for `program_of_content`."""
    return written(Program(**{name: getattr(program, name) for name in NAMES - {"source"}}, source=""))


def as_read(program: Program) -> str:
    """A program as text for `program_kept`."""
    kept = {"code": code(), "source": program.source, "program": content_written(program)}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def content_of(source: str, form: str) -> Any:
    """What is kept of a text; None where the form is of another text or of other code, or damaged."""
    try:
        kept = json.loads(form)
        return kept["program"] if (kept["code"], kept["source"]) == (code(), source) else None
    except (LookupError, TypeError, ValueError):
        return None


@cache
def program_kept(source: str, form: str) -> Program:
    """The program of a text that was found in order before, from its kept form or else from the text."""
    with contextlib.suppress(ValueError):
        return program_of_content(source, content_of(source, form))
    return of_text(source)


def program_of_content(source: str, content: Any) -> Program:
    """The program of a text from what was written of it; ValueError where that is no program."""
    match content:
        case {"loyalty_cli.program.program:Program": dict() as parts}:
            program = object.__new__(Kept)
            object.__setattr__(program, "source", source)
            object.__setattr__(program, "form", parts)
            return program
    raise ValueError(content)


def program_of_text(source: str, file: str = "program.yaml", *, adopted: bool = False) -> Program:
    """The program of a text, read; `file` names it in messages."""
    # Imported here because YAML and all its blocks cost more than most commands do.
    from loyalty_cli.program.load import program_of

    return program_of(source, file, adopted=adopted)


# The program of a text that was found in order before.
of_text = cache(partial(program_of_text, adopted=True))
