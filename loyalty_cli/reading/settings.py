"""Blocks of settings: what a file says, as values that never change; and the types that most settings have.

A block is a plain object. Files are read by a pydantic model of the same name, which `reading/models.py` makes once it is needed.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from types import EllipsisType
from typing import Annotated
from typing import Any
from typing import cast
from typing import ClassVar
from typing import get_origin
from typing import get_type_hints
from typing import NamedTuple
from typing import NoReturn
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.money import NO_CURRENCY
from loyalty_cli.reading import values
from loyalty_cli.reading.fields import FieldSaid
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import REQUIRED
from loyalty_cli.reading.fields import WithJsonSchema

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

    from loyalty_cli.model.money import Currency
    from loyalty_cli.reading.fields import ValidationInfo


Writer = Callable[[Any], Any]


class Settings:
    """A block of settings: never changed, no unknown keys. Its methods are called as those of a pydantic model are.

    `later` names the settings that an earlier release did not have: unsaid, they do not make another version of a program.
    `further` is the type of all keys besides, where a block takes them; they are kept as `model_extra`.
    `instead` is, for keys that people look for here in vain, the phrase that says what there is instead.
    """

    later: ClassVar[tuple[str, ...]] = ()
    further: ClassVar[Any] = None
    instead: ClassVar[Any] = types.MappingProxyType({})
    model_fields: ClassVar[dict[str, FieldSaid]] = {}
    # What a file, or whoever made the block, has said; the rest is as usual.
    model_fields_set: frozenset[str]
    model_extra: dict[str, Any]

    def __init_subclass__(cls) -> None:
        """Collect the settings of a block, those of its bases first."""
        super().__init_subclass__()
        fields: dict[str, FieldSaid] = {}
        for base in reversed(cls.__mro__[1:]):
            fields |= vars(base).get("model_fields", {})
        for name, kind in cls.__annotations__.items():
            if "ClassVar" not in str(kind).partition("[")[0]:
                said = vars(cls).get(name, REQUIRED)
                fields[name] = said if isinstance(said, FieldSaid) else FieldSaid(default=said)
                if name in vars(cls):
                    delattr(cls, name)
        cls.model_fields = fields

    def __init__(self, **said: Any) -> None:
        """A block of values as they are; what a file says is read by `model_validate`."""
        missing = [name for name, field in self.model_fields.items() if name not in said and field.required]
        if missing or not said.keys() <= self.model_fields.keys():
            raise TypeError(f"{type(self).__name__} takes {list(self.model_fields)}, not {list(said)}")
        usual = {name: field.usual() for name, field in self.model_fields.items() if name not in said}
        self.__dict__.update(usual, **said, model_fields_set=frozenset(said), model_extra={})

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and content(self) == content(other)

    def __hash__(self) -> int:
        return hash((type(self), *content(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in content(self).items())})"

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same block with other values."""
        said = {name: value for name, value in content(self).items() if name in self.model_fields_set}
        return type(self)(**{**said, **update})

    @classmethod
    def model_validate(cls, value: object, *, context: Mapping[str, Any] | None = None) -> Self:
        """The block that plain values give, or pydantic's ValidationError."""
        # Imported here because who reads no file needs no pydantic.
        from loyalty_cli.reading.models import adapter_of

        read: Self = adapter_of(cls).validate_python(value, context=context)
        return read

    def model_dump(self, *, exclude: Collection[str] = (), exclude_defaults: bool = False) -> dict[str, Any]:
        """The block as JSON has it, without settings of later releases that are as usual there, or without all that are."""
        usual = self.model_fields if exclude_defaults else self.later
        said = {
            name: value
            for name, value in content(self).items()
            if name not in exclude and not (name in usual and value == self.model_fields[name].default)
        }
        writers = writers_of(type(self), brief=exclude_defaults)
        return {name: writers[name](value) for name, value in said.items()}

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: Any) -> Any:
        """How pydantic reads it."""
        from loyalty_cli.reading.models import schema_of

        return schema_of(cls, handler)


def content(block: Settings) -> dict[str, Any]:
    """The values of a block by the names of its settings."""
    return {name: block.__dict__[name] for name in block.model_fields}


def writers_of(block: type[Settings], *, brief: bool) -> dict[str, Writer]:
    """How each setting of a kind of block is written, looked up once; `brief` without what is as usual in blocks within."""
    if (block, brief) not in WRITERS:
        kinds = get_type_hints(block, include_extras=True)
        WRITERS[block, brief] = {name: writer_of(kinds[name], partial(as_json, brief=brief)) for name in block.model_fields}
    return WRITERS[block, brief]


WRITERS: dict[tuple[type[Settings], bool], dict[str, Writer]] = {}


def writer_of(kind: Any, plain: Writer) -> Writer:
    """How values of a type are written: as a mark beside it says, or `plain`; nothing stays nothing."""
    mark = next((mark for mark in reversed(getattr(kind, "__metadata__", ())) if isinstance(mark, PlainSerializer)), None)
    if mark is not None:
        return cast("Writer", mark.said[0])
    parts = [writer_of(each, plain) for each in getattr(kind, "__args__", ()) if not isinstance(each, str | EllipsisType)]
    # Of an optional setting the one that is no None, of a dictionary that of its values.
    own = next((part for part in reversed(parts) if part is not plain), None)
    if own is None:
        return plain
    match get_origin(kind):
        case origin if origin is tuple:
            return lambda values: [own(value) for value in values]
        case origin if origin is dict:
            return lambda values: {name: own(value) for name, value in values.items()}
    return lambda value: None if value is None else own(value)


def as_json(value: Any, *, brief: bool) -> Any:
    """A value of which nothing else is said."""
    match value:
        case Settings():
            return value.model_dump(exclude_defaults=brief)
        case dict():
            return {name: as_json(item, brief=brief) for name, item in value.items()}
        case tuple() | list():
            return [as_json(item, brief=brief) for item in value]
        case None | bool() | int() | str():
            return value
    return str(value)


class Unit(NamedTuple):
    """What a number among the settings stands for, so that it can be written back as an owner would write it."""

    word: str


def as_text(pattern: str, description: str) -> WithJsonSchema:
    """How an editor should check a value that is written as text or number."""
    return WithJsonSchema({"type": ["string", "number"], "pattern": pattern, "description": description})


def currency_of(info: ValidationInfo) -> Currency:
    """The currency that the context names."""
    currency: Currency = (info.context or {}).get("currency", NO_CURRENCY)
    return currency


def read_amount(value: object, info: ValidationInfo) -> int:
    """An amount in the currency that the context names."""
    return values.amount_of(value, currency_of(info))


def read_least(value: object, info: ValidationInfo) -> int:
    """An amount that a purchase comes to at least, or `any` purchase."""
    return 1 if value == "any" else read_amount(value, info)


Amount = Annotated[int, Unit("money"), PlainValidator(read_amount), as_text(r"^\d+(\.\d+)?$", "an amount of money, such as 50.00")]
AtLeast = Annotated[int, Unit("money"), PlainValidator(read_least), as_text(r"^(any|\d+(\.\d+)?)$", "an amount, or any")]
Percent = Annotated[
    int,
    Unit("percent"),
    PlainValidator(values.percent_of),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?\s*%$", "description": "a percent, such as 5%"}),
]
Name = Annotated[str, PlainValidator(lambda value: values.text_of(value, "Corner Club")), WithJsonSchema({"type": ["string", "number"]})]
Whole = Annotated[int, PlainValidator(values.whole_of), as_text(r"^\d+$", "a whole number")]
Factor = Annotated[
    Fraction,
    PlainValidator(values.factor_of),
    PlainSerializer(str),
    as_text(r"^\d+(\.\d+)?x?$", "a factor, such as 2 or 1.5"),
]
OnDay = Annotated[
    int,
    Unit("day"),
    PlainValidator(values.day_from),
    PlainSerializer(iso),
    as_text(r"^\d{4}-\d{2}-\d{2}$", "a date, such as 2026-12-01"),
]
InDates = Annotated[
    Dates,
    PlainValidator(values.dates_from),
    PlainSerializer(str),
    as_text(r"^\d{4}-\d{2}-\d{2}( to \d{4}-\d{2}-\d{2})?$", "dates, such as 2026-12-01 to 2026-12-24"),
]
Length = Annotated[
    Span,
    PlainValidator(values.span_of),
    PlainSerializer(str),
    as_text(r"^\d+ (days?|weeks?|months?|years?)$", "a length of time, such as 12 months"),
]
Hours = Annotated[
    tuple[int, int],
    Unit("hours"),
    PlainValidator(values.hours_from),
    PlainSerializer(list),
    as_text(r"^\d{1,2}:\d{2} to \d{1,2}:\d{2}$", "such as 10:00 to 12:00"),
]
YesNo = Annotated[bool, PlainValidator(values.yes_or_no), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Names = Annotated[
    tuple[str, ...],
    PlainValidator(values.names_of),
    PlainSerializer(list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": ["string", "number"]}}]}),
]
