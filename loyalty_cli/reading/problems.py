"""Collecting every mistake of one file, each with its place and its line."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.problem import Problem
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.owners_words import in_english
from loyalty_cli.reading.owners_words import looks_like
from loyalty_cli.reading.owners_words import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable

SURELY = 0.75
NEARLY = 0.6
MOST_BYTES = 1 << 20
# Nobody reads more mistakes of one file, and each one costs a look at everything that could have been meant.
MOST_MISTAKES = 300
TOO_LARGE = (phrase("The file is larger than 1 MiB."), phrase("A program is a page or two; is this the right file?"))


class Problems:
    """The mistakes of one file, in the order of its lines."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        # The keys that begin at the left margin of this kind of file.
        self.at_margin: tuple[str, ...] = ()
        self.found: list[Problem] = []

    def line_text(self, line: int) -> str:
        """A line of the file, counted from 1."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def add(self, line: int, column: int, what: Phrase, hint: Phrase | None = None) -> None:
        """Note a mistake at a place; with the last that anybody would read, the file is refused at once."""
        problem = Problem(file=self.file, line=line, column=column, what=what, hint=hint, excerpt=self.line_text(line))
        if problem not in self.found:
            self.found.append(problem)
        if len(self.found) >= MOST_MISTAKES:
            self.stop_if_any()

    def add_first(self, line: int, column: int, what: Phrase, hint: Phrase | None = None) -> None:
        """Note a mistake where none is noted yet: it may come of the other."""
        if not any((problem.line, problem.column) == (line, column) for problem in self.found):
            self.add(line, column, what, hint)

    def stop_if_any(self) -> None:
        """Raise all mistakes together."""
        if self.found:
            raise Mistakes(sorted(self.found, key=lambda problem: (problem.line, problem.column)))


def did_you_mean(word: str, known: Iterable[str], *, otherwise: Phrase | None = None) -> Phrase:
    """A hint with the nearest known words, else all of them; of too many to read, what is said instead."""
    names = [str(name) for name in known]
    if name := looks_like(word, names):
        return phrase("A letter of another alphabet is among those of this word. Type it again: {name}.", name=name)
    near = nearest(word, names)
    if (name := in_english(word, names)) and near_in_letters(word, names) != name:
        return phrase("The word for it in this file is {name}.", name=name)
    if near:
        return phrase("Did you mean {name}?", name=near)
    if not names and otherwise is None:
        return phrase("The program has nothing of the kind yet.")
    return otherwise or phrase("Known here: {names}.", names=", ".join(names))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that somebody means: in other letters, in another language, or nearly."""
    names = [str(name) for name in known]
    if name := looks_like(word, names) or in_english(word, names):
        return name
    return near_in_letters(word, names)


def alike(one: str, other: str) -> float:
    """How much of two words is the same, from 0 to 1."""
    return difflib.SequenceMatcher(None, one, other).ratio()


def near_apart(typed: str, known: str) -> bool:
    """Whether what a name does not share with a known one is near, too, or begins it: most spend is no slip for most points."""
    ours, theirs = typed.split(), known.split()
    left, right = (" ".join(word for word in words if word not in shared) for words, shared in ((ours, theirs), (theirs, ours)))
    return not right or right.startswith(left) or alike(left, right) >= NEARLY


def near_in_letters(word: str, names: list[str]) -> str | None:
    """The known word with nearly the same letters, with or without their marks."""
    meant = unmarked(word)
    near = difflib.get_close_matches(meant, [unmarked(name) for name in names], n=3, cutoff=NEARLY)
    # Who slips seldom slips in the first letter: window is no slip for going_down.
    likely = [name for name in near if (name[:1] == meant[:1] or alike(name, meant) >= SURELY) and near_apart(meant, name)]
    return next((name for name in names if unmarked(name) == likely[0]), None) if likely else None
