"""What is said of a setting beside its type, by the names that pydantic has for it.

Pydantic reads files; a program that was read before needs none of it. So these marks hold what pydantic would be told, and
pydantic is imported once a file is read by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import Literal
from typing import Protocol
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Method = TypeVar("Method")
# The attribute under which a method keeps what it checks.
CHECKS = "checks_settings"
REQUIRED: Any = object()


class ValidationInfo(Protocol):
    """What a validator may know besides the value."""

    @property
    def context(self) -> Any:
        """What the reader of the file has handed over: the currency."""


class Mark:
    """One mark beside a type."""

    def __init__(self, *said: Any) -> None:
        self.said = said

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """What pydantic's own mark of this name makes of a type."""
        import pydantic

        return getattr(pydantic, type(self).__name__)(*self.said).__get_pydantic_core_schema__(source, handler)


class PlainValidator(Mark):
    """Reads a value, instead of pydantic."""


class BeforeValidator(Mark):
    """Reads a value before pydantic looks at its type."""


class PlainSerializer(Mark):
    """Writes a value as JSON has it."""


class WithJsonSchema:
    """How an editor should check a value."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema

    def __get_pydantic_json_schema__(self, _: Any, __: Any) -> dict[str, Any]:
        """The schema as it stands."""
        return dict(self.schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSaid:
    """One setting of a block: what it is where nothing is said, what it is called in files, and its limits."""

    default: Any = REQUIRED
    default_factory: Callable[[], Any] | None = None
    alias: str | None = None
    description: str = ""
    limits: dict[str, Any] = field(default_factory=dict)

    @property
    def required(self) -> bool:
        """Whether something must be said."""
        return self.default is REQUIRED and self.default_factory is None

    def usual(self) -> Any:
        """What it is where nothing is said."""
        return self.default_factory() if self.default_factory else self.default

    def for_pydantic(self) -> Any:
        """The same as pydantic has it."""
        from pydantic import Field as PydanticField

        said: dict[str, Any] = dict(self.limits)
        if self.default is not REQUIRED:
            said["default"] = self.default
        if self.default_factory:
            said["default_factory"] = self.default_factory
        return PydanticField(alias=self.alias, description=self.description or None, **said)


def Field(  # noqa: N802 -- pydantic's name
    default: Any = REQUIRED,
    *,
    default_factory: Callable[[], Any] | None = None,
    alias: str | None = None,
    description: str = "",
    **limits: Any,
) -> Any:
    """What a block says of one of its settings; `limits` are pydantic's (`pattern`, `min_length`)."""
    return FieldSaid(default=default, default_factory=default_factory, alias=alias, description=description, limits=limits)


def field_validator(*fields: str) -> Callable[[Method], Method]:
    """Mark a class method that checks the value of a setting after it was read."""
    return checking(fields)


def model_validator(*, mode: Literal["before", "after"]) -> Callable[[Method], Method]:
    """Mark a method that checks a block: a class method what a file says, a method the block that was read."""
    return checking(mode)


def checking(what: Any) -> Callable[[Method], Method]:
    """Mark a method with what it checks."""

    def marked(method: Method) -> Method:
        setattr(getattr(method, "__func__", method), CHECKS, what)
        return method

    return marked


def checks(owner: type, *, whole: str = "") -> list[str]:
    """The methods of a class that check one of its settings, or the whole of it `before` or `after`; its bases' first."""
    names = dict.fromkeys(name for base in reversed(owner.__mro__) for name in vars(base))
    said = {name: getattr(getattr(owner, name, None), CHECKS, None) for name in names}
    return [name for name, what in said.items() if (what == whole if whole else isinstance(what, tuple))]
