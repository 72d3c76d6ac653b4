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
from dataclasses import dataclass
from typing import Any
from typing import TypeVar

import typer

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class OptionsOf:
    """The parameters of `make` are the options, and the command gets what it returns."""

    make: Callable[..., object]


class Group(typer.Typer):
    """Commands such as `coupons issue` and `coupons print`; the line of help is in all_commands."""

    def __init__(self, *parts: Group) -> None:
        """A group of its own commands and of those of its parts."""
        super().__init__(
            no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
        )
        for part in parts:
            self.add_typer(part)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Command], Command]:
        """As Typer's, with every shared list of options spread out."""

        def register(function: Command) -> Command:
            super(Group, self).command(name, **settings)(spread(function))
            return function

        return register


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
            of_list = inspect.signature(make, eval_str=True).parameters
            lists[parameter.name] = (make, list(of_list))
            shared += [each.replace(kind=each.KEYWORD_ONLY) for each in of_list.values()]

    @functools.wraps(function)
    def command(**said: Any) -> None:
        for name, (make, names) in lists.items():
            said[name] = make(**{option: said.pop(option) for option in names})
        function(**said)

    options += shared
    command.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    command.__annotations__ = {option.name: option.annotation for option in options}
    return command
