"""Values that a file was read as, written as plain JSON: whoever needs them again makes the same objects, without YAML and pydantic.

It has the names of our own classes and what each was told; defaults stay in the code. It holds for the code that wrote it alone.
"""

from __future__ import annotations

import dataclasses
import os
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.reading.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# The rooms that such values come from, and whose code decides what a text means.
ROOMS = ("model", "reading", "rules", "program", "importers")
PLAIN = (str, int, bool, type(None))
NUMBERS = {"fraction": Fraction, "decimal": Decimal}
# What making values of something damaged may raise; it is not taken then, and the file is read.
NOT_TAKEN = (ArithmeticError, AttributeError, ImportError, LookupError, RecursionError, TypeError, ValueError)


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
        case Fraction() | Decimal():
            return {type(value).__name__.lower(): str(value)}
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
        case "fraction" | "decimal":
            return NUMBERS[kind](content)
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
