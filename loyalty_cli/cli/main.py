"""The program `loyalty`: finds the command and runs it; every trouble ends in a message and an exit code."""

from __future__ import annotations

import atexit
import gc
import importlib
import sys
from typing import Annotated
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command
from typer.main import get_group

from loyalty_cli.cli.all_commands import ALL_COMMANDS
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.group import LeanGroup


class LazyCommands(LeanGroup):
    """Commands that are imported when they are asked for: a report pays nothing for the import command."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # An overview, a completion and a did-you-mean need no more than the names and their one line.
        self.commands = {name: TyperCommand(name, short_help=line) for name, (line, _) in ALL_COMMANDS.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that will run or be completed, imported now."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load(name, rest[0] if rest else "") if command is not None and name else None, rest

    def within(self, name: str) -> list[str]:
        """The commands of a name that stand inside groups: `tier` in `member`. All are imported; only a mistake asks for it."""
        return [f"loyalty {each} {name}" for each in ALL_COMMANDS if name in getattr(load(each), "commands", {})]


def load(name: str, word: str = "") -> Any:
    """A command from its module: the group `app`, with the command of a word alone where it has that, or the one function `command`."""
    help_line, module_name = ALL_COMMANDS[name]
    module = importlib.import_module(f"loyalty_cli.cli.{module_name}")
    command: Any
    if hasattr(module, "app"):
        command = get_group(module.app.with_one(word))
    else:
        alone = Group()
        alone.command(name)(module.command)
        command = get_command(alone)
    command.name = name
    command.help = command.help or help_line
    return command


app = typer.Typer(
    cls=LazyCommands,
    no_args_is_help=True,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def say_version(wanted: bool) -> None:
    """Say the version and stop; with -v all that a report of a mistake needs."""
    if wanted:
        from loyalty_cli.cli.about_this import about_this
        from loyalty_cli.cli.about_this import version
        from loyalty_cli.cli.streams import put_out

        in_full = not {"-v", "--verbose"}.isdisjoint(sys.argv)
        put_out(f"{about_this() if in_full else f'loyalty {version()}'}\n".encode())
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[bool, typer.Option("--version", help="Say the version and stop.", is_eager=True, callback=say_version)] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="With --version: all that a report of a mistake needs.")] = False,
) -> None:
    """A shop's loyalty program from a folder: rules in YAML, the till's CSV exports, one SQLite file."""


def shop_of_this_folder() -> Any:
    """The shop whose language help and complaints speak before a command has named one."""
    from loyalty_cli.cli.options import above
    from loyalty_cli.cli.options import shop_of
    from loyalty_cli.cli.options import this_folder

    return shop_of(above(this_folder()))


def run() -> None:
    """The entry point."""
    from loyalty_cli.cli.language_spoken import finders
    from loyalty_cli.cli.troubles import explained
    from loyalty_cli.model.shown.exit_code import ExitCode

    # Everything goes at the end; what is frozen is not looked through once more for that.
    atexit.register(gc.freeze)
    finders[:] = [shop_of_this_folder]
    with explained():
        code = app(prog_name="loyalty", standalone_mode=False)
        if code == ExitCode.INTERRUPTED:
            # What Typer makes of Ctrl+C, without a word.
            raise KeyboardInterrupt
        sys.exit(code or 0)
