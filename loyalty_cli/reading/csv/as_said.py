"""How a layout says what a file is written in: its encoding, and the mark between its cells."""

from __future__ import annotations

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import DELIMITERS
from loyalty_cli.reading.forms.encodings import codec_of
from loyalty_cli.reading.values import NotUnderstood


def read_encoding(value: object) -> str:
    """An encoding by any of its names."""
    try:
        return codec_of(str(value))
    except ValueError as error:
        raise NotUnderstood(
            phrase("{value} is not an encoding.", value=value),
            phrase("Write one such as utf-8, cp1250, cp1251, iso-8859-2 or utf-16."),
        ) from error


def read_delimiter(value: object) -> str:
    """The mark between cells."""
    if not isinstance(value, str) or value not in DELIMITERS:
        raise NotUnderstood(
            phrase("{value} is not a mark between cells.", value=value),
            phrase('Write one of "," ";" tab "|" in quotes.'),
        )
    return DELIMITERS[value]
