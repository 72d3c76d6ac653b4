"""What is wrong with a command as it was typed, in our words, and where its help is; help itself in the reader's language."""

from __future__ import annotations

import gettext
import os
import re
import sys
from difflib import get_close_matches
from itertools import dropwhile
from pathlib import Path
from typing import Any

from loyalty_cli.cli.language_spoken import find_the_shop
from loyalty_cli.cli.language_spoken import spoken_here
from loyalty_cli.model.shown.phrase import one_of
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.owners_words import nearest_of
from loyalty_cli.render.words import CATALOGUES
from loyalty_cli.render.words import word

INVALID = r"Invalid value for '(?P<option>[^']*)'"
BOUND = r"(?:or equal to )?(?P<bound>[^\s.]+)"
# What Typer says → what we say; the names in its sentence are those in ours.
TYPED = (
    (r"No such command '(?P<name>[^']*)'", phrase("There is no command {name}.")),
    (r"No such option: (?P<text>-[0-9]\S*)", phrase("{text} is below zero.")),
    (r"No such option: (?P<name>\S+)", phrase("There is no option {name}.")),
    (r"Missing (?:argument|option) '(?P<name>[^']*)'", phrase("{name} is missing. {what}")),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<names>[^)]*)\)", phrase("{names} is too much here.")),
    (r"Option '(?P<name>[^']*)' requires an? ?argument", phrase("{name} needs a value behind it.")),
    (r"Missing command", phrase("A command is missing.")),
    (rf"{INVALID}: .*valid (?:integer|number)", phrase("{option}: {value} is not a whole number.")),
    (rf"{INVALID}: .*greater than {BOUND}", phrase("{option}: {value} is too small; the smallest is {bound}.")),
    (rf"{INVALID}: .*less than {BOUND}", phrase("{option}: {value} is too large; the largest is {bound}.")),
    (INVALID, phrase("{option}: {value} is not understood here.")),
)
# What other programs call it → what it is called here.
ELSEWHERE = {
    "--json": "-O json",
    "--csv": "-O csv",
    "--format": "-O",
    "--output": "-o",
    "--shop": "--store",
}
# A word of a placeholder: CARD, YYYY-MM-DD, [OPTIONS].
CAPITALS = re.compile(r"[A-Z]+(?:-[A-Z]+)*")
UNKNOWN_COMMAND = re.compile(r"No such command '([^']*)'")
# So many commands of a group can stand in one line.
FEW = 12
NEAR = re.compile(r"Did you mean '?([^'?\s]+)|Possible options?: ([^,)]+)")


def usage_said(error: Exception) -> tuple[Phrase, Phrase]:
    """The mistake, and what to do."""
    text = str(getattr(error, "format_message", error.__str__)())
    context = getattr(error, "ctx", None)
    command = f"{context.command_path if context else 'loyalty'} --help"
    near = near_in(text)
    unknown = UNKNOWN_COMMAND.search(text)
    if unknown and (near is None or unknown[1] in reports_of(context)):
        return phrase("There is no command {name}.", name=unknown[1]), command_meant(unknown[1], context, command)
    hint = phrase("Help: {command}", command=command)
    if near is not None:
        hint = phrase("Did you mean '{name}'? Help: {command}", name=near[1] or near[2], command=command)
    ours = re.fullmatch(r"Invalid value(?: for [^:]*)?: (.*)", text)
    if ours and getattr(error, "param", None) is None:
        return Phrase(ours[1].replace("{", "{{").replace("}", "}}")), hint
    for pattern, said in TYPED:
        if found := re.search(pattern, text):
            values, parameter = found.groupdict(), getattr(error, "param", None)
            about = Phrase(getattr(parameter, "help", None) or "")
            if parameter is not None and parameter.param_type_name == "argument":
                # As the line of usage calls it.
                values["name"] = placeholder(parameter.metavar or kind_of_value(parameter))
                values["option"] = values["name"]
            better = otherwise(values.get("name", ""), command) if near is None or values.get("name") in ELSEWHERE else None
            values["value"] = typed_for(parameter, context)
            if below := values.get("text"):
                # Click looks at -120.00 sign by sign, and ends with the first.
                values["text"] = next((word for word in sys.argv if word.startswith(below)), below)
            return Phrase(said.text, values | {"what": about}), better or choices_of(parameter) or hint
    return phrase("{why}", why=text), hint


def choices_of(parameter: Any) -> Phrase | None:
    """What may stand there, where it is one of a few words."""
    if parameter is None or not parameter.type_descriptor.is_choice:
        return None
    return phrase("Write one of: {choices}.", choices=words_of_choice(parameter).replace("|", ", "))


def near_in(text: str) -> re.Match[str] | None:
    """What Click takes for meant, unless only the two dashes make it look alike."""
    near, typed = NEAR.search(text), re.search(r"No such option:? '?--([^\s'.]+)", text)
    if near is not None and typed and not get_close_matches(typed[1], [(near[1] or near[2]).removeprefix("--")]):
        return None
    return near


def command_meant(name: str, context: Any, help_of: str) -> Phrase:
    """The command somebody means by a word in their own language or by the name of a file; of a few, all there are."""
    commands, reports = list(getattr(getattr(context, "command", None), "commands", {})), reports_of(context)
    if name not in reports and (near := nearest_of(name, commands)):
        return phrase("Did you mean '{name}'? Help: {command}", name=near, command=help_of)
    if report := nearest_of(name, reports):
        # What stands in the plural for a report may be meant in the singular: `members add`.
        alike = [f"loyalty {each}" for each in commands if f"{each}s" == name]
        return phrase("Did you mean {name}?", name=one_of([*alike, f"loyalty report {report}"]))
    if elsewhere := context.command.within(name) if hasattr(getattr(context, "command", None), "within") else []:
        return phrase("Did you mean {name}?", name=one_of(elsewhere))
    path = context.command_path if context else "loyalty"
    if is_there(name):
        example = f"{path} purchases {name}" if "purchases" in commands else f"loyalty import inspect {name}"
        return phrase("That is a file; the command comes before it: {command}", command=example)
    if 0 < len(commands) <= FEW:
        return phrase("There are: {names}. Help: {command}", names=", ".join(commands), command=help_of)
    return phrase("Help: {command}", command=help_of)


def reports_of(context: Any) -> list[str]:
    """The reports, by whose names somebody may call them where commands of all kinds stand."""
    if not hasattr(getattr(context, "command", None), "within"):
        return []
    from loyalty_cli.reports.all_reports import ALL_REPORTS

    return list(ALL_REPORTS)


def is_there(name: str) -> bool:
    """Whether there is a file of this name; what is too long for a name is none."""
    try:
        return Path(name).exists()
    except OSError:
        return False


def otherwise(name: str, command: str) -> Phrase | None:
    """How something is said here that other programs call so, or take before the command; None of anything else."""
    if name in ELSEWHERE:
        return phrase("Here it is called: {name}", name=ELSEWHERE[name])
    if name.startswith("-") and " " not in command.removesuffix(" --help"):
        return phrase("Options stand behind the command. Help: {command}", command=command)
    return None


def typed_for(parameter: Any, context: Any) -> str:
    """What was typed for an option or an argument, wherever it stands; the last word where nothing tells."""
    if parameter is None or context is None:
        return sys.argv[-1]
    # Before the commands stand only options of all of them, such as -v, and none of these takes a value.
    commands = [*dropwhile(lambda word: word.startswith("-"), sys.argv[1:])]
    behind = commands[len(context.command_path.split()) - 1 :]
    typed = context.command.make_parser(context).parse_args(behind)[0].get(parameter.name)
    words = typed if isinstance(typed, list | tuple) else [typed]
    return " ".join(str(each) for each in words if each is not None) or sys.argv[-1]


def speak(command: Any, context: Any) -> None:
    """Put the help of a command into the language asked for, the shop's or this computer's."""
    language = language_of_help()
    for parameter in command.get_params(context):
        say_what_it_takes(parameter)
    if language == "en":
        return
    # Typer asks gettext for the words around ours: Options, required.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("loyalty", str(CATALOGUES))
    gettext.textdomain("loyalty")
    for each in (command, *getattr(command, "commands", {}).values()):
        for name in ("help", "short_help"):
            if text := getattr(each, name, None):
                setattr(each, name, translated(text, language))
    for parameter in command.get_params(context):
        if text := getattr(parameter, "help", None):
            parameter.help = translated(text, language)


def say_what_it_takes(parameter: Any) -> None:
    """What stands for the value of an option or argument, in the reader's language and in no words of programmers."""
    if not getattr(parameter, "is_flag", False):
        parameter.metavar = placeholder(parameter.metavar or kind_of_value(parameter))
    if parameter.param_type_name == "argument":
        # Its name says what it is; Typer would put `<str>` behind it.
        parameter.display_type_rich = nothing


def nothing(**_: Any) -> str:
    """No name of a type."""
    return ""


def kind_of_value(parameter: Any) -> str:
    """What stands for a value that has no word of its own: the argument's name, what kind of thing an option takes."""
    if parameter.param_type_name == "argument":
        return str(parameter.name.upper())
    described = parameter.type_descriptor
    if described.is_choice:
        return words_of_choice(parameter)
    if described.is_path:
        return "FILE"
    return "N" if described.annotation in {int, float} else "TEXT"


def words_of_choice(parameter: Any) -> str:
    """The few words that a value is one of: wall|shelf."""
    return str(parameter.display_type(None)).strip("<>")


def placeholder(text: str) -> str:
    """What stands for a value in a line of usage, each of its words in the reader's language."""
    language = language_of_help()
    return CAPITALS.sub(lambda found: word(found[0], language), text)


def usage_word() -> str:
    """What stands before the line that says how a command is typed."""
    return word("Usage: ", language_of_help())


def usage_line(pieces: list[str]) -> str:
    """What stands behind the command's name; a word in brackets may be left out, dots say that there may be several."""
    line = " ".join(map(placeholder, pieces)).replace("{", "").replace("}", "")
    return re.sub(r"\[(\[[^\[\]]*\])\]", r"\1", line)


def translated(text: str, language: str) -> str:
    """A text of help as one paragraph."""
    return word(" ".join(text.split()), language)


def language_of_help() -> str:
    """As of any command; help is asked for before the command knows its options and its shop."""
    find_the_shop()
    return spoken_here()
