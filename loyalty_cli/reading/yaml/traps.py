"""What YAML's own complaints mean to somebody who has never heard of YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

# A part of PyYAML's message → what is wrong, what to do.
TRAPS: tuple[tuple[str, Phrase, Phrase], ...] = (
    (
        "found a tab character",
        phrase("There is a tab here."),
        phrase("Indent with spaces; many editors can turn tabs into spaces."),
    ),
    (
        "did not find expected node content",
        phrase("A value can not begin with this character."),
        phrase("Put the value in quotes."),
    ),
    (
        "found character '\\t'",
        phrase("There is a tab here."),
        phrase("Indent with spaces; many editors can turn tabs into spaces."),
    ),
    (
        "unknown escape character",
        phrase("In double quotes a backslash has a special meaning."),
        phrase("Write the path with / or in single quotes: 'C:\\till\\sales.csv'."),
    ),
    (
        "expected alphabetic or numeric character",
        phrase("A value that begins with * or & means something special to YAML."),
        phrase('Put it in quotes: "*.csv".'),
    ),
    (
        "found undefined alias",
        phrase("A value that begins with * means something special to YAML."),
        phrase('Put it in quotes: "*.csv".'),
    ),
    (
        "mapping values are not allowed",
        phrase("There is a second colon in this line."),
        phrase('Put a text that has a colon and a space in it in quotes: "open: 9 to 5".'),
    ),
    (
        "did not find expected '-' indicator",
        phrase("Lines that begin with - and keys are mixed here."),
        phrase("Give each entry a name instead of the -: {example}", example="name: {word: value}"),
    ),
    (
        "could not find expected ':'",
        phrase("A key without its colon, or a line that belongs to nothing."),
        phrase("Every line is `key: value`, or an item that begins with `- `."),
    ),
    (
        "did not find expected key",
        phrase("This line does not fit the block it stands in."),
        phrase("Keys of one block begin in one column; a text with quotes inside goes in quotes as a whole."),
    ),
    (
        "cannot start any token",
        phrase("A value can not begin with this character."),
        phrase("Put the value in quotes."),
    ),
)


# Complaints about what was opened earlier, or about the line before: the place is where that began.
BEGAN = ("did not find expected ',' or", "found unexpected end of stream", "could not find expected ':'")
MISPLACED = re.compile("did not find expected key|mapping values are not allowed")
BRACKETED = re.compile(r"""\{.*|\[.*|"[^"]*"|'[^']*'|#.*""")
BRACKETS = {"sequence": "]", "mapping": "}"}


def explained(error: yaml.MarkedYAMLError, line_text: Callable[[int], str]) -> tuple[int, int, Phrase, Phrase | None]:
    """The place of a YAML error, and what it is in an owner's words."""
    message = f"{error.problem} {error.context or ''}"
    mark, began = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        return 1, 1, phrase("This can not be read as YAML: {why}.", why=error.problem), None
    line, column, text = mark.line + 1, mark.column + 1, line_text(mark.line + 1)
    said: tuple[Phrase, Phrase] | None = None
    if printed := OPENED_IN_PRINT.search(text):
        return line, printed.start() + 1, *PRINT
    noted = a_note(line, text) or (began and a_note(began.line + 1, line_text(began.line + 1)))
    if seen := never_closed(line, column, line_text) or noted or seen_in_line(line, column, line_text):
        return seen
    if began is not None and any(part in message for part in BEGAN):
        if began.line == mark.line and text[mark.column : mark.column + 1] == ":":
            return no_comma(line, text, mark.column)
        line, column, text = began.line + 1, began.column + 1, line_text(began.line + 1)
        said = opened(message, text, began.column)
    elif MISPLACED.search(message) and len(re.findall(r":(?= |$)", BRACKETED.sub("", text))) < 2:
        said = misplaced(line, text, line_text)
    if said is None:
        said = trap(message, text, column)
    return (line, column, *said) if said else (line, column, phrase("This can not be read as YAML: {why}.", why=error.problem), None)


# What a text program makes of straight quotes while one types.
OPENED_IN_PRINT = re.compile(r"(?<=[:\[{,] )[“„«‘](?=[^”»’]*[:#,\[\]{}])")
PRINT = (
    phrase("These quotation marks are those of a text."),
    phrase("Write straight ones: {better}.", better='"…"'),
)


def seen_in_line(line: int, column: int, line_text: Callable[[int], str]) -> tuple[int, int, Phrase, Phrase] | None:
    """What the line itself shows, whatever YAML makes of it: a bracket too many, two keys, a comparison."""
    text = line_text(line)
    plain = without_quoted(text)
    above = "".join(without_quoted(line_text(number)) for number in range(1, line))
    if "}" in plain[:column] and (above + plain).count("}") > (above + plain).count("{"):
        at = plain.rfind("}") + 1
        return line, at, phrase("There is one closing bracket too many."), phrase("Take one {bracket} out.", bracket="}")
    if two := re.match(r"\s*[\w-]+: +[^\s,;:{\[]+[,;] *([a-z_]+): ", plain):
        what = phrase("Two keys stand in one line.")
        return line, two.start(1) + 1, what, phrase("Begin a new line before {word}, without the comma.", word=two[1])
    if number := COMPARED.match(text[column - 1 :]):
        better = number[1].replace(",", ".")
        return line, column, phrase("A number stands here without a sign for more or less."), phrase("Write {better}.", better=better)
    return None


def never_closed(line: int, column: int, line_text: Callable[[int], str]) -> tuple[int, int, Phrase, Phrase] | None:
    """A quote that was opened above and ends only where the next text begins one, right before the place of the complaint."""
    quote = line_text(line)[max(0, column - 2) : column - 1]
    if quote not in {'"', "'"}:
        return None
    for above in range(line - 1, 0, -1):
        bare = without_quoted(line_text(above))
        if quote in bare:
            begins = re.search(rf"[:\[{{,-] *{quote}", bare)
            closing = phrase("Close it with {quote}.", quote=quote)
            return (above, begins.end(), phrase("A quote was opened here and is not closed."), closing) if begins else None
    return None


def a_note(line: int, text: str) -> tuple[int, int, Phrase, Phrase] | None:
    """A note as other languages of programs have it."""
    note = re.match(r"\s*(//|;|/\*)\s*(.*)", text)
    if note is None:
        return None
    return line, note.start(1) + 1, phrase("A note for people begins with #."), phrase("Write {better}.", better=f"# {note[2]}".strip())


def without_quoted(text: str) -> str:
    """A line without its note, its quoted texts struck out; every sign stays where it is."""
    return QUOTED.sub(lambda found: "_" * len(found[0]), text.partition(" #")[0])


QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
COMPARED = re.compile(r"\s*[<>≥≤]\s*=?\s*([0-9]+(?:[.,][0-9]+)?)")


def misplaced(line: int, text: str, line_text: Callable[[int], str]) -> tuple[Phrase, Phrase] | None:
    """A line that begins in a column in which nothing of its block begins: which line it should follow."""
    above = [number for number in range(1, line) if line_text(number).strip() and not line_text(number).lstrip().startswith("#")]
    head = next((number for number in reversed(above) if column_of(line_text(number)) < column_of(text)), None)
    if head is None:
        return None
    if not re.search(r":\s*(#.*)?$", line_text(head)):
        return (
            phrase("This line is indented further than line {line}, which has its value already.", line=head),
            phrase("Begin both in one column, or take the value of line {line} out.", line=head),
        )
    block = next((number for number in above if number > head), line)
    return (
        phrase(
            "This line begins in column {column}, but the block it stands in began in line {line}, in column {first}.",
            column=column_of(text),
            line=block,
            first=column_of(line_text(block)),
        ),
        phrase("Begin all lines of one block in one column."),
    )


def column_of(text: str) -> int:
    """Where a line begins, counted from 1."""
    return len(text) - len(text.lstrip()) + 1


def no_comma(line: int, text: str, colon: int) -> tuple[int, int, Phrase, Phrase | None]:
    """A second key in a pair of brackets, with nothing between it and the value before it."""
    begins = text.rfind(" ", 0, colon) + 1
    word = text[begins:colon]
    return line, begins + 1, phrase("A comma is missing before {word}.", word=word), phrase("Put commas between the values in brackets.")


def opened(message: str, text: str, at: int) -> tuple[Phrase, Phrase] | None:
    """What was begun in a line and has no end, or a line that says nothing."""
    for kind, bracket in BRACKETS.items():
        if f"flow {kind}" in message:
            return (
                phrase("A bracket was opened here and is not closed."),
                phrase("Close it with {bracket}, or put commas between the values.", bracket=bracket),
            )
    if "quoted scalar" in message:
        return phrase("A quote was opened here and is not closed."), phrase("Close it with {quote}.", quote=text[at : at + 1])
    unspaced, equals = re.match(r"\s*([\w-]+):(\S.*)", text), re.match(r"\s*([\w -]+?)\s*=\s*(\S.*)", text)
    if found := unspaced or equals:
        what = phrase("There is no space behind the colon." if unspaced else "A colon stands between a key and its value.")
        return what, phrase("Write {better}.", better=f"{found[1]}: {found[2]}")
    return None


def trap(message: str, text: str, column: int) -> tuple[Phrase, Phrase] | None:
    """What is behind one of YAML's complaints about a place."""
    if "cannot start any token" in message:
        if "\t" in text:
            message = "found character '\\t'"
        elif better := re.match(r"%\s*([0-9]+(?:[.,][0-9]+)?)", text[column - 1 :]):
            right = f"{better[1].replace(',', '.')}%"
            return phrase("The percent sign stands behind the number."), phrase("Write {better}.", better=right)
        elif text[column - 1 :].startswith("`"):
            return phrase("This sign is not part of a program file."), phrase("Take the line out.")
    return next(((what, hint) for part, what, hint in TRAPS if part in message), None)
