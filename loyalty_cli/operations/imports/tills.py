"""The tills whose exports are known without a layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import all_tills
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table

if TYPE_CHECKING:
    from loyalty_cli.importers.till import Till

COLUMNS = (
    Column(name="till", heading="Till", kind="code"),
    Column(name="export", heading="Export"),
    Column(name="evidence", heading="Evidence", kind="code"),
    Column(name="known_by", heading="Known by"),
)


def list_tills() -> Outcome:
    """Every till that is known, with the evidence for it and the columns by which it is recognised."""
    table = Table(
        name="tills",
        title=phrase("Tills whose exports are known"),
        columns=COLUMNS,
        rows=[(till.name, till.title, till.evidence, known_by(till)) for till in all_tills()],
        currency="",
        notes=[
            phrase("Evidence A: real files or the maker's own page or code. B: a manual, a sample or another reader."),
            phrase("Any other export: loyalty import inspect FILE"),
        ],
    )
    return Outcome(tables=[table])


def known_by(till: Till) -> str:
    """The columns that a header must have, or that the file has none."""
    return ", ".join(name if isinstance(name, str) else name[0] for name in till.header) or "-"
