"""A document to sign or to hand over: headings, facts with their labels, tables, lines for signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant inside a document: local date and time to the second, with its time zone and its offset."""

    instant: str
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and its value: a text, a number, an amount, a day, a moment, a phrase or several; `exact` is a code.

    A value of None is a line to be filled in by hand.
    """

    label: Phrase
    value: object
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a document: sentences, then facts, then a table, then empty lines to write on."""

    heading: Phrase
    sentences: Sequence[Phrase] = ()
    facts: Sequence[Fact] = ()
    table: Table | None = None
    empty_lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A line to sign on: who signs, and as what."""

    role: Phrase
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole document; `under` stands below its title."""

    name: str
    title: Phrase
    under: Phrase
    sections: Sequence[Section]
    signatures: Sequence[Signature] = ()
    note: Phrase | None = None
