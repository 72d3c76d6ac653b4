"""`loyalty man`: the manual page, made from the commands themselves."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.cli import streams
from loyalty_cli.cli.options import Lang
from loyalty_cli.cli.usage import translated
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator


def command(lang: Lang = None) -> None:
    """Write this program's manual page; keep it as loyalty.1 where `man` looks."""
    from loyalty_cli.cli.show import language_wished

    streams.speak_utf8()
    streams.put_out("".join(f"{line}\n" for line in page(language_wished(lang))).encode())


NAME = phrase("NAME")
SYNOPSIS = phrase("SYNOPSIS")
COMMANDS = phrase("COMMANDS")
EXIT_STATUS = phrase("EXIT STATUS")
CODES = phrase("0 if all is well; 30 if something differs or is late; the README lists all codes.")


def page(language: str) -> Iterator[str]:
    """The page in man's own marks: what it is, then every command with its options and examples."""
    from typer.main import get_command

    from loyalty_cli.cli.about_this import version
    from loyalty_cli.cli.all_commands import ALL_COMMANDS
    from loyalty_cli.cli.main import app
    from loyalty_cli.cli.main import load

    whole = get_command(app)
    # Without it, man takes the letters beyond ASCII for those of another encoding.
    yield '.\\" -*- coding: utf-8 -*-'
    yield f'.TH LOYALTY 1 "" "loyalty {marked(version())}"'
    yield from (f".SH {say(NAME, language)}", f"loyalty \\- {marked(translated(first_line(whole.help), language))}")
    yield from (f".SH {say(SYNOPSIS, language)}", ".B loyalty", ".I COMMAND", "[OPTIONS] [ARGUMENTS]")
    yield f".SH {say(COMMANDS, language)}"
    for name, (line, _) in ALL_COMMANDS.items():
        loaded = load(name)
        if hasattr(loaded, "commands"):
            yield from (f".SS loyalty {name}", marked(translated(line, language)))
        yield from below(name, loaded, language)
    yield from (f".SH {say(EXIT_STATUS, language)}", marked(say(CODES, language)))


def below(name: str, loaded: Any, language: str) -> Iterator[str]:
    """A command, or those of a group and of the groups in it."""
    parts = getattr(loaded, "commands", None)
    if parts is None:
        yield from of_command(name, loaded, language)
        return
    for part, each in parts.items():
        yield from below(f"{name} {part}", each, language)


def of_command(name: str, each: Any, language: str) -> Iterator[str]:
    """One command: what it does, its options, its examples."""
    from loyalty_cli.cli.examples import EXAMPLES

    shown = [option for option in each.params if not getattr(option, "hidden", False)]
    arguments = " ".join(said(option) if option.required else f"[{said(option)}]" for option in shown if not is_option(option))
    yield f".SS loyalty {name} {marked(arguments)}".rstrip()
    yield from (marked(translated(each.help or "", language)), ".PP")
    for option in shown:
        words = [*option.opts, *option.secondary_opts] if is_option(option) else [said(option)]
        if option.help:
            yield from (".TP", f"\\fB{marked(', '.join(words))}\\fR", marked(translated(option.help, language)))
    if lines := EXAMPLES.get(name, ()):
        yield from (".PP", marked(say(phrase("Examples"), language)) + ":", ".nf", *(f"    {marked(line)}" for line in lines), ".fi")


def is_option(parameter: Any) -> bool:
    """Whether it is an option, and not an argument."""
    return bool(parameter.param_type_name == "option")


def said(argument: Any) -> str:
    """An argument as help names it."""
    return str(argument.metavar or argument.name.upper()) + (" ..." if argument.nargs == -1 else "")


def first_line(text: str | None) -> str:
    """The first line of a help text."""
    return (text or "").strip().splitlines()[0]


def marked(text: str) -> str:
    """A text that man shows as it is: backslashes, hyphens, and no dot or quote that begins a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in {".", "'"} else escaped
