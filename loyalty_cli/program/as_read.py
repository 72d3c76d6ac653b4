"""A program as it was read, kept as text: whoever only looks makes the same objects of it, without YAML and pydantic.

It is plain JSON with the names of our own classes and what each was told; defaults stay in the code. It can be thrown away:
one that is missing, damaged, of another text, or made by other code than runs now, is not taken, and the file is read.
"""

from __future__ import annotations

import dataclasses
import json
import os
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.program.program import Program
from loyalty_cli.reading.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

# The rooms that a program's objects come from, and whose code decides what a text means.
ROOMS = ("model", "reading", "rules", "program")
PLAIN = (str, int, bool, type(None))


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
        except (ArithmeticError, AttributeError, ImportError, LookupError, TypeError, ValueError):
            made = getattr(of_text(self.source), name)
        object.__setattr__(self, name, made)
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Program) and all(getattr(self, name) == getattr(other, name) for name in NAMES)

    __hash__ = Program.__hash__


NAMES = frozenset(each.name for each in dataclasses.fields(Program))


def as_read(program: Program) -> str:
    """A program as text for `program_kept`."""
    content = written(Program(**{name: getattr(program, name) for name in NAMES - {"source"}}, source=""))
    kept = {"code": code(), "source": program.source, "program": content}
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
    match content_of(source, form):
        case {"loyalty_cli.program.program:Program": dict() as parts}:
            program = object.__new__(Kept)
            object.__setattr__(program, "source", source)
            object.__setattr__(program, "form", parts)
            return program
    return of_text(source)


@cache
def of_text(source: str) -> Program:
    """The program of a text that was found in order before."""
    # Imported here because YAML and all its blocks cost more than most commands do.
    from loyalty_cli.program.load import program_of

    return program_of(source, "program.yaml")


@cache
def code() -> str:
    """The files that read programs, as they lie there: how many, how large, written when."""
    house = Path(__file__).parent.parent
    looked = [each for room in ROOMS for each in looks(house / room)]
    return f"{len(looked)} {sum(each.st_size for each in looked)} {max(each.st_mtime_ns for each in looked)}"


def looks(folder: Path | str) -> Iterator[os.stat_result]:
    """Every Python file of a folder and those below."""
    with os.scandir(folder) as entries:
        for each in entries:
            if each.name.endswith(".py"):
                yield each.stat()
            elif each.is_dir() and each.name != "__pycache__":
                yield from looks(each.path)


def written(value: Any) -> Any:
    """A value as JSON: a list is a tuple, and an object with one key says what else it is."""
    if type(value) in PLAIN:
        return value
    match value:
        case Settings():
            told: Any = {name: getattr(value, name) for name in value.model_fields if name in value.model_fields_set}
        case Fraction():
            return {"fraction": str(value)}
        case dict():
            return {"dict": [[written(key), written(item)] for key, item in value.items()]}
        case list():
            return {"list": [written(item) for item in value]}
        case tuple() if not hasattr(value, "_fields"):
            return [written(item) for item in value]
        case tuple():
            told = value._asdict()  # type: ignore[attr-defined]
        case _:
            told = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init}
    kind = type(value)
    return {f"{kind.__module__}:{kind.__name__}": {name: written(item) for name, item in told.items()}}


def value_of(kept: Any) -> Any:
    """What was written."""
    if type(kept) in PLAIN:
        return kept
    if isinstance(kept, list):
        return tuple(map(value_of, kept))
    ((kind, content),) = kept.items()
    match kind:
        case "fraction":
            return Fraction(content)
        case "dict":
            return {value_of(key): value_of(item) for key, item in content}
        case "list":
            return [value_of(item) for item in content]
    return class_of(kind)(**{name: value_of(item) for name, item in content.items()})


@cache
def class_of(kind: str) -> type:
    """A class of ours that holds values; no other name is followed."""
    module, _, name = kind.partition(":")
    house, room, *_ = module.split(".")
    if house != "loyalty_cli" or room not in ROOMS:
        raise ValueError(kind)
    found: Any = vars(import_module(module))[name]
    if not isinstance(found, type) or not (issubclass(found, Settings | tuple) or dataclasses.is_dataclass(found)):
        raise ValueError(kind)
    return found
