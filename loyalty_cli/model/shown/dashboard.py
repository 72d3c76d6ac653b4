"""A page of pictures as data: the numbers at its top, then pictures, each with one sentence and the table it is drawn from."""

from __future__ import annotations

from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Kind
    from loyalty_cli.model.shown.table import Table

Shape = Literal["stacked columns", "columns", "line", "bars"]


class Series(NamedTuple):
    """One row of values of a chart, in the order of its labels; None is no value. A series before others stands below them."""

    name: Phrase
    values: Sequence[int | None]


class Chart(NamedTuple):
    """Columns, bars or a line over labels: months (`InMonth`) or names; `unit` is the kind of all values."""

    shape: Shape
    labels: Sequence[object]
    series: Sequence[Series]
    unit: Kind


class Heat(NamedTuple):
    """A field of values, the darker the larger; `rows` and `columns` are its labels, `corner` says what the rows are."""

    corner: Phrase
    rows: Sequence[object]
    columns: Sequence[object]
    cells: Sequence[Sequence[int | None]]
    unit: Kind


class Picture(NamedTuple):
    """A picture, what it says in one sentence, and the table behind it."""

    title: Phrase
    says: Phrase
    drawn: Chart | Heat
    table: Table


class Figure(NamedTuple):
    """One of the numbers at the top: its value, what became of it, and its values of the periods before, the oldest first."""

    label: Phrase
    value: object
    trend: Phrase | None
    course: Sequence[int]


class Aim(NamedTuple):
    """A goal on the page: how far it is, in basis points; `below` where it is reached from above."""

    name: str
    says: Phrase
    formula: Phrase
    target: int
    now: int | None
    below: bool
    reached: bool


class Dashboard(NamedTuple):
    """The whole page; `table` has the numbers of its top and those before, `left_out` says which pictures the shop has no data for."""

    title: Phrase
    basis: Phrase
    table: Table
    figures: Sequence[Figure]
    pictures: Sequence[Picture]
    aims: Sequence[Aim] = ()
    left_out: Sequence[Phrase] = ()
