"""What is known of a file while it is inspected: its table, its columns, what was found, what is damaged, the draft."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.draft import Draft
from loyalty_cli.reading.forms.numbers import NumberForm

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.column_meanings import Meanings
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
    from loyalty_cli.importers.inspecting.seen_receipts import Cells
    from loyalty_cli.importers.inspecting.seen_receipts import LikelyKey
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.likely.tables import LikelyTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing seen: its stable name, what it is called, what it is here, and why that seems so."""

    name: str
    title: Phrase
    seen: str | Phrase
    why: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something a file lost on its way, and the first line on which that shows; 0 is the file as a whole."""

    line: int
    what: Phrase


@dataclass(slots=True, kw_only=True)
class Inspection:
    """A file as far as it has been looked at."""

    table: LikelyTable
    columns: list[SeenColumn]
    kind: str
    means: Meanings
    currency: str = ""
    draft: Draft = field(default_factory=Draft)
    findings: list[Finding] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    number_form: NumberForm = field(default_factory=NumberForm)
    signs: tuple[str, ...] = ()
    # Rows of one cell head groups of others.
    has_groups: bool = False
    fill: str = "no"
    cells: Cells | None = None
    key: LikelyKey | None = None

    def found(self, name: str, title: Phrase, seen: str | Phrase, why: Phrase | None = None) -> None:
        """Note something seen."""
        self.findings.append(Finding(name=name, title=title, seen=seen, why=why))

    def damaged(self, line: int, what: Phrase) -> None:
        """Note some damage."""
        self.damage.append(Damage(line=line, what=what))

    def place_of(self, column: SeenColumn) -> str:
        """How a layout names a column: by its name, or by its number where it has none of its own."""
        names = [name.casefold() for name in self.table.header]
        usable = column.name and not self.table.second_line and names.count(column.name.casefold()) == 1
        return column.name if usable and column.name.isprintable() else str(column.place + 1)

    def line_of(self, column: SeenColumn, text: str) -> int:
        """The first line on which a column says something."""
        for line, row in zip(self.table.lines, self.table.rows, strict=True):
            if column.place < len(row) and row[column.place].strip() == text:
                return line
        return 0
