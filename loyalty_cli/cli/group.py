"""Groups of commands, and how many commands share a list of options that is said once.

A parameter with `OptionsOf(make)` in its annotation stands for all the options of `make`; the command is given
what `make` returns for them:

    TheShop = Annotated["Shop", OptionsOf(shop_of)]

    def command(shop: TheShop, show: Showing, full: Full = False) -> None: ...
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import cast
from typing import TypeVar

import typer
from typer.core import TyperCommand
from typer.core import TyperGroup
from typer.main import get_command_name

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

Command = TypeVar("Command", bound=Callable[..., Any])
# What may be typed: whole numbers that the database holds, and texts that people read.
MOST_BITS, LONGEST_TYPED = 63, 1000
# A question in SQL, and the whole text of a consent: what is kept of it is what was agreed to.
UNBOUNDED = frozenset({"question", "wording"})


@dataclass(frozen=True, slots=True)
class OptionsOf:
    """The parameters of `make` are the options, and the command gets what it returns."""

    make: Callable[..., object]


class AsWritten:
    """A command or group whose texts and paths are taken as they are written, and what was not written as its default.

    Typer has pydantic make a validator for every parameter, used or not; for these it would change nothing, and
    importing pydantic takes longer than all of a small report.
    """

    def get_help(self, ctx: Any) -> str:
        """Its help, in the language of who asks for it."""
        from loyalty_cli.cli.usage import speak

        speak(self, ctx)
        return str(super().get_help(ctx))  # type: ignore[misc]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line that says how it is typed."""
        from loyalty_cli.cli.usage import usage_line
        from loyalty_cli.cli.usage import usage_word

        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, usage_line(pieces), prefix=usage_word())

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, each with its shorter way."""
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if "process_value" not in vars(parameter):
                parameter.process_value = as_written(parameter)
        return parameters


def as_written(parameter: Any) -> Callable[[Any, Any], Any]:
    """How a parameter takes a value: Typer's way, for which it loads pydantic, only where ours does not understand it."""
    convert = parameter.process_value
    several = parameter.multiple or parameter.nargs == -1
    take = plain_way(getattr(parameter, "type_descriptor", None), several=several)

    def process_value(ctx: Any, value: Any) -> Any:
        by_default = getattr(ctx.get_parameter_source(parameter.name), "name", "") == "DEFAULT"
        missing = value is None or (several and not value)
        if missing and not parameter.required:
            value = () if several else None
        elif missing or not (take or by_default):
            return convert(ctx, value)
        elif take:
            try:
                value = take(value)
            except ValueError:
                return convert(ctx, value)
        return value if parameter.callback is None else parameter.callback(ctx, parameter, value)

    return process_value


def plain_way(descriptor: Any, *, several: bool) -> Callable[[Any], Any] | None:
    """What makes a value of what was typed; it raises ValueError where Typer shall say what is wrong.

    Whether a path can be read is said, in the reader's language, by whoever reads it; so does a parser of our own.
    """
    kind: Any = getattr(descriptor, "annotation", None)
    about: Any = getattr(descriptor, "parameter_info", None)
    if several:
        return list if kind == list[str] else None
    if getattr(about, "parser", None) is not None:
        return cast("Callable[[Any], Any]", about.parser)
    if kind is int:
        return functools.partial(whole_number, least=about.min, most=about.max)
    return kind if kind in (str, Path, bool) else None


def whole_number(typed: Any, *, least: int | None, most: int | None) -> int:
    """A number within its bounds."""
    number = int(typed)
    if (least is not None and number < least) or (most is not None and number > most):
        raise ValueError(typed)
    return number


# The command that runs: its context knows its name and what was typed.
running: list[Any] = []


class LeanCommand(AsWritten, TyperCommand):
    """One command; its help begins with examples."""

    def invoke(self, ctx: Any) -> Any:
        """Run it, and let it be known for what is said at its end."""
        running[:] = [ctx]
        return super().invoke(ctx)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """What it does, then the examples, each on a line of its own, as it is typed: whoever asks looks for these first."""
        from loyalty_cli.cli.examples import EXAMPLES
        from loyalty_cli.cli.language_spoken import spoken_here
        from loyalty_cli.model.shown.phrase import phrase
        from loyalty_cli.render.words import say

        super().format_help_text(ctx, formatter)
        if lines := EXAMPLES.get(ctx.command_path.removeprefix("loyalty "), ()):
            with formatter.section(say(phrase("Examples"), spoken_here())):
                formatter.write("".join(f"  {line}\n" for line in lines))


class LeanGroup(AsWritten, TyperGroup):
    """A group of commands; its help has the first sentence of each, whole."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands in it."""
        for each in self.commands.values():
            each.short_help = each.short_help or first_sentence(each.help or "")
        super().format_commands(ctx, formatter)


def first_sentence(text: str) -> str:
    """A text up to its first full stop."""
    return " ".join(text.split()).partition(". ")[0].removesuffix(".") + "."


class Group(typer.Typer):
    """Commands such as `coupons issue` and `coupons print`; the line of help is in all_commands."""

    def __init__(self, *parts: Group) -> None:
        """A group of its own commands and of those of its parts."""
        super().__init__(
            cls=LeanGroup,
            no_args_is_help=True,
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
        )
        for part in parts:
            self.add_typer(part)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Command], Command]:
        """As Typer's, with every shared list of options spread out."""

        def register(function: Command) -> Command:
            super(Group, self).command(name or get_command_name(function.__name__), cls=LeanCommand, **settings)(spread(function))
            return function

        return register

    def with_one(self, word: str) -> typer.Typer:
        """The group with no command but that of a name, where it has one: to make all of a large group takes longer than a look."""
        parts = (part.typer_instance for part in self.registered_groups if not isinstance(part.name, str))
        for part in (self, *(each for each in parts if each is not None)):
            for each in part.registered_commands:
                if each.name == word:
                    alone = Group()
                    alone.registered_callback = self.registered_callback
                    alone.registered_commands = [each]
                    return alone
        return self


def refuse_beyond_bounds(said: Mapping[str, Any]) -> None:
    """No number that SQLite can not hold, and no text longer than a name or a reason, but for those that are whole texts."""
    for name, value in said.items():
        if isinstance(value, int) and value.bit_length() > MOST_BITS:
            raise LoyaltyError("This number has more digits than any shop needs.")
        if isinstance(value, str) and len(value) > LONGEST_TYPED and name not in UNBOUNDED:
            raise LoyaltyError("This is longer than {count} letters.", count=LONGEST_TYPED, hint=phrase("Write it shorter."))


@functools.cache
def options_of(make: Callable[..., object]) -> Sequence[inspect.Parameter]:
    """A list of options, which most commands share."""
    options = inspect.signature(make, eval_str=True).parameters.values()
    return [each.replace(kind=each.KEYWORD_ONLY) for each in options]


def spread(function: Callable[..., Any]) -> Callable[..., Any]:
    """The command as Typer has to see it: its own options, then each of the lists it names."""
    options: list[inspect.Parameter] = []
    shared: list[inspect.Parameter] = []
    lists: dict[str, tuple[Callable[..., object], list[str]]] = {}
    for parameter in inspect.signature(function, eval_str=True).parameters.values():
        make = next((m.make for m in getattr(parameter.annotation, "__metadata__", ()) if isinstance(m, OptionsOf)), None)
        if make is None:
            options.append(parameter.replace(kind=parameter.KEYWORD_ONLY))
        else:
            of_list = options_of(make)
            lists[parameter.name] = (make, [each.name for each in of_list])
            shared += of_list

    @functools.wraps(function)
    def command(**said: Any) -> None:
        refuse_beyond_bounds(said)
        for name, (make, names) in lists.items():
            said[name] = make(**{option: said.pop(option) for option in names})
        function(**said)

    options += shared
    command.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    command.__annotations__ = {option.name: option.annotation for option in options}
    return command
