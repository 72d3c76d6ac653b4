"""What YAML's own complaints mean to somebody who has never heard of YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    import yaml

# A part of PyYAML's message → what is wrong, what to do.
TRAPS: tuple[tuple[str, Phrase, Phrase], ...] = (
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
        phrase("There is a second colon in this line, or the line is indented too far."),
        phrase(
            'Put a text that has a colon and a space in it in quotes: "open: 9 to 5". Keys of one block begin in one column.'
        ),
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
        "did not find expected ',' or",
        phrase("A bracket was opened and is not closed here."),
        phrase("Close it with ] or }}, or put commas between the values."),
    ),
    (
        "found unexpected end of stream",
        phrase("The file ends inside quotes or brackets."),
        phrase("Close the quote or the bracket that was opened last."),
    ),
    (
        "cannot start any token",
        phrase("A value can not begin with this character."),
        phrase("Put the value in quotes."),
    ),
)


def explained(error: yaml.MarkedYAMLError, line: str) -> tuple[Phrase, Phrase | None]:
    """A YAML error in an owner's words."""
    message = f"{error.problem} {error.context or ''}"
    if "cannot start any token" in message and "\t" in line:
        message = "found character '\\t'"
    for part, what, hint in TRAPS:
        if part in message:
            return what, hint
    return phrase("This can not be read as YAML: {why}.", why=error.problem), None
