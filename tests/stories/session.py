"""Plays a session at a terminal, written as text, and compares every answer.

    $ loyalty init my-shop          a command; `cd FOLDER` is understood too
    A new shop from the …           what it answers, on both streams; … stands for anything within a line
    …                               alone on its line: any number of lines
    [40]                            how it ends, if not with 0

    == till.csv                     a file, up to the line ==
    Date;Receipt;Amount
    ==

Lines that begin with # and lines before the first command are for the reader. `# It is 2027-02-01T08:00:00Z.` sets the
clock.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from tests.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANY = "…"


@dataclass(slots=True, kw_only=True)
class Command:
    """A command and the answer that is expected."""

    words: str
    line: int
    answer: list[str] = field(default_factory=list)
    code: int = 0


@dataclass(slots=True, kw_only=True)
class NewFile:
    """A file that appears between two commands."""

    name: str
    lines: list[str] = field(default_factory=list)


def steps(text: str) -> Iterator[Command | NewFile]:
    """The files and commands of a session, in order."""
    step: Command | NewFile | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        begun = beginning(line, number, inside=isinstance(step, NewFile))
        if begun is not None or line.strip() == "==":
            if step is not None:
                yield step
            step = begun
        elif step is not None:
            belong(step, line)
    if step is not None:
        yield step


def beginning(line: str, number: int, *, inside: bool) -> Command | NewFile | None:
    """The file or command that begins with a line; in a file nothing does."""
    if line.startswith("== ") and not inside:
        return NewFile(name=line[3:].strip())
    return Command(words=line[2:], line=number) if line.startswith("$ ") and not inside else None


def belong(step: Command | NewFile, line: str) -> None:
    """A line of a file, of an answer, or how a command ends."""
    if isinstance(step, NewFile):
        step.lines.append(line)
    elif re.fullmatch(r"\[\d+\]", line):
        step.code = int(line[1:-1])
    elif not line.startswith("#"):
        step.answer.append(line)


def play(text: str, folder: Path, *, name: str, **environment: str) -> None:
    """Play a session in a folder; AssertionError names the first line that comes out otherwise."""
    here = folder
    for step in steps(text):
        if isinstance(step, NewFile):
            (here / step.name).parent.mkdir(parents=True, exist_ok=True)
            (here / step.name).write_text("".join(f"{line}\n" for line in step.lines), encoding="utf-8")
        elif step.words.startswith("cd "):
            here /= step.words.removeprefix("cd ")
        else:
            compare(step, here, name, environment)


def compare(step: Command, here: Path, name: str, environment: dict[str, str]) -> None:
    """Run one command and compare its answer and how it ends."""
    program, *words = shlex.split(step.words)
    assert program == "loyalty", f"{name}:{step.line}: only loyalty and cd are played"
    done = run(*words, folder=here, **environment)
    answered = (done.stdout + done.stderr).rstrip().splitlines()
    expected = "\n".join(step.answer).strip("\n").splitlines()
    where = f"{name}:{step.line}: $ {step.words}"
    assert done.returncode == step.code, f"{where}\nends with {done.returncode}\n" + "\n".join(answered)
    assert fits(expected, answered), f"{where}\nanswers\n" + "\n".join(answered)


def fits(expected: list[str], answered: list[str]) -> bool:
    """Whether the answer is what was written, where … stands for anything."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ANY else re.escape(line.rstrip()).replace(ANY, ".*") + r"[ ]*\n" for line in expected
    )
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in answered)) is not None
