"""Every trouble becomes one message on standard error and an exit code; nobody in a shop sees a traceback."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from itertools import pairwise
from typing import NoReturn
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli import streams
from loyalty_cli.cli.language_spoken import at_hand
from loyalty_cli.cli.language_spoken import find_the_shop
from loyalty_cli.cli.language_spoken import spoken_here
from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.files_said import code_of_trouble
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.problem import Problem

NAME = "loyalty:"
# So many letters are shown around one that can not be written.
AROUND = 30


class Terminated(BaseException):
    """The system asked us to stop; open transactions roll back on the way out."""


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Run a command; whatever goes wrong ends in words and an exit code."""
    streams.speak_utf8()
    stop_when_told()
    # Whatever is written holds members' data or what was said to them: only its owner reads it.
    os.umask(0o077)
    try:
        yield
    except (LoyaltyError, typer.TyperException) as error:
        tell(error) if isinstance(error, LoyaltyError) else typed_wrong(error)
    except (KeyboardInterrupt, typer.Abort):
        broken_off()
    except Terminated:
        end(ExitCode.TERMINATED, phrase("Stopped by the system; nothing was left half done."))
    except BrokenPipeError:
        streams.hush()
        sys.exit(ExitCode.OK)
    except OSError as error:
        if error.filename == "stdout":
            streams.hush()
        # What has no name is a file of the shop's that was open already.
        file = error.filename or (str(at_hand[0].folder.resolve()) if at_hand else "loyalty")
        end(code_of_trouble(error), phrase("{file} could not be read or written: {why}.", file=file, why=why_not(error)))
    except Exception as error:  # noqa: BLE001
        internal(error)


def broken_off() -> NoReturn:
    """Somebody has broken the command off, by a ^C that the terminal shows."""
    if sys.stderr.isatty():
        streams.complain("")
    end(ExitCode.INTERRUPTED, phrase("Stopped; nothing was left half done."))


def typed_wrong(error: Exception) -> NoReturn:
    """A command that was not understood; without any words it is a wish for help."""
    from loyalty_cli.cli.usage import language_of_help
    from loyalty_cli.cli.usage import usage_said

    language_of_help()

    if type(error).__name__ == "NoArgsIsHelpError":
        streams.complain(str(error))
        sys.exit(ExitCode.USAGE)
    what, hint = usage_said(error)
    end(ExitCode.USAGE, what, hint=hint)


def stop_when_told() -> None:
    """Turn the system's request to stop into an exception, so that transactions roll back."""

    def stop(number: int, frame: object) -> NoReturn:  # noqa: ARG001
        raise Terminated

    signal.signal(signal.SIGTERM, stop)


def tell(error: LoyaltyError) -> NoReturn:
    """A reason to stop, with every mistake that was found."""
    # An option that can not be understood is refused before the command knows its shop.
    find_the_shop()
    language = spoken_here()
    problems = error.problems if isinstance(error, Mistakes) else ()
    for problem in () if json_wanted(sys.argv) else problems:
        tell_mistake(problem, language)
    described = [problem.data for problem in problems]
    obstacles = error.obstacles if isinstance(error, Hindered) else ()
    for what, hint in obstacles:
        described.append({"what": str(what), "hint": str(hint) if hint else None})
        if not json_wanted(sys.argv):
            streams.complain("\n    ".join(say_all(filter(None, (what, hint)), language)))
    end(error.exit_code, error.phrase, hint=error.hint, problems=described)


def tell_mistake(problem: Problem, language: str) -> None:
    """One mistake of a file: where, what, the line, and what to do."""
    from loyalty_cli.render.mistakes import mistake_lines

    lines = mistake_lines(problem, language)
    hint = lines.pop().strip() if problem.hint is not None else ""
    streams.complain("\n".join(lines))
    if hint:
        streams.put_below(hint)


def end(
    code: ExitCode,
    what: Phrase,
    *,
    hint: Phrase | None = None,
    problems: list[dict[str, object]] | None = None,
) -> NoReturn:
    """The message, its hint, for a script the same as JSON, and out."""
    language = spoken_here()
    if json_wanted(sys.argv):
        from loyalty_cli.render.json_text import SCHEMA

        document = {
            "schema": SCHEMA,
            "error": str(what),
            "code": int(code),
            "hint": str(hint) if hint else None,
            "problems": problems or [],
        }
        streams.complain(json.dumps(document, ensure_ascii=False))
        sys.exit(int(code))
    text = streams.folded(f"{NAME} {say(what, language)}", sys.stderr)
    colour = streams.colour_wanted(sys.stderr)
    streams.complain(f"\x1b[31m{NAME}\x1b[0m{text.removeprefix(NAME)}" if colour else text)
    if hint is not None:
        streams.put_below(say(hint, language))
    sys.exit(int(code))


def json_wanted(arguments: list[str]) -> bool:
    """Whether the command was asked for JSON, in any of the ways an option is written."""
    joined = {"-Ojson", "-O=json", "--output-format=json"}
    pairs = pairwise(arguments)
    return any(word in joined for word in arguments) or any(
        option in {"-O", "--output-format"} and form == "json" for option, form in pairs
    )


def internal(error: Exception) -> NoReturn:
    """A mistake of ours: all of it into a log, one line to the person. In a damaged database it is the damage's."""
    from loyalty_cli.cli.error_log import write_log
    from loyalty_cli.operations.shop.proofs import differs_from_its_seals

    if os.environ.get("LOYALTY_TRACEBACK"):
        raise error
    if isinstance(error, UnicodeEncodeError) and error.reason == "surrogates not allowed":
        # How Python holds letters of arguments and of names of files that are not the system's.
        hint = phrase("Give the file another name, or type the word anew.")
        text = error.object[max(0, error.start - AROUND) : error.end + AROUND]
        end(ExitCode.USAGE, phrase("{text} has a letter of another code page than UTF-8.", text=text), hint=hint)
    where = write_log(error)
    if at_hand and differs_from_its_seals(at_hand[0]):
        hint = phrase("See what it is: loyalty check --full. Do not delete anything; the last good copy comes back with loyalty restore.")
        text = "The database holds what loyalty has not written, and that can not be worked with ({kind})."
        end(ExitCode.DAMAGED, phrase(text, kind=type(error).__name__), hint=hint)
    hint = phrase(
        "What happened is in {file}. Nothing was left half done; please send that file to the makers.",
        file=where,
    )
    end(
        ExitCode.INTERNAL_ERROR,
        phrase("Something went wrong inside loyalty: {kind}.", kind=type(error).__name__),
        hint=hint,
    )
