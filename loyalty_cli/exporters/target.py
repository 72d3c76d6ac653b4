"""A till, webshop or app that takes a file: what the file looks like, what it can carry, and what loading it does."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.shown.phrase import Phrase


class Out(NamedTuple):
    """A column: its heading, what stands in it (a word of facts.py, or `=TEXT` for the same in every row), other words for it."""

    heading: str
    what: str
    words: dict[str, str] = {}  # noqa: RUF012 -- never changed


TAKEN_OFF = phrase("Who loses something gets a row that takes it off.")
NOT_IN_FILE = phrase("The file holds everybody; who is not in it is deleted there.")
BY_HAND = phrase("Nothing can be taken off by a file: take it off there by hand.")
NO_PERCENT = phrase("the file has no column for a percent")
NO_POINTS = phrase("the file has no column for points")
NO_TIER = phrase("the file has no column for a group or tier")
NOTHING_ELSE = phrase("Loading the file does nothing else, as far as is known.")
TAKES_OFF: Mapping[str, str | int] = {"discount": 0, "tier": "", "points": 0, "active": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is known of one.

    `key` is the fact by which the target knows a row; `needs` are facts without which a row can not be carried. A target
    that `adds` takes changes, never totals, so a file of it is written once. `writes` is full, changes, or both.
    `gone` are the facts of a row that takes away what was told before; None where no file can. `top` are lines above the
    rows, `top_of_all` those in their place if the file holds everybody; both may say {rows}. Rows begin with `row_start`.
    A `flag` is an empty file that is written last and is there until the till has loaded; {name} is the file's own name
    without its ending.
    """

    name: str
    title: str
    evidence: str
    columns: tuple[Out, ...]
    key: str
    about: Literal["members", "coupons"] = "members"
    per: Literal["card", "member"] = "member"
    needs: tuple[str, ...] = ()
    adds: bool = False
    above_zero: bool = False
    writes: Literal["full", "changes", "both"] = "both"
    deletion: Phrase = TAKEN_OFF
    gone: Mapping[str, str | int] | None = field(default_factory=lambda: dict(TAKES_OFF))
    effects: Phrase = NOTHING_ELSE
    refused: Mapping[str, Phrase] = field(default_factory=dict)
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    line_end: str = "\r\n"
    header: bool = True
    row_start: str = ""
    top: tuple[str, ...] = ()
    top_of_all: tuple[str, ...] = ()
    decimal_mark: str = "."
    date_form: str = "YYYY-MM-DD"
    file: str = ""
    flag: str = ""
    most_rows: int | None = None
    most_bytes: int | None = None
    tiers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    only_changed: bool = True

    @property
    def carries(self) -> tuple[str, ...]:
        """The facts that its columns carry."""
        return tuple(dict.fromkeys(column.what for column in self.columns if not column.what.startswith("=")))

    @property
    def file_name(self) -> str:
        """Where its file goes unless something else is said; every file of changes has its own number."""
        return self.file or f"till-export/{self.name}{'' if self.writes == 'full' else '-{run}'}.csv"
