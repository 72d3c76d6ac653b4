"""The tills whose exports are known without a layout, and what a layout of one's own can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import all_tills
from loyalty_cli.importers.layouts.columns import Columns
from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.reading.fields import REQUIRED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.importers.till import Till

TILLS = (
    Column(name="till", heading="Till", kind="code"),
    Column(name="export", heading="Export", kind="word"),
    Column(name="evidence", heading="Evidence", kind="code"),
    Column(name="known_by", heading="Known by"),
)

SETTINGS = (
    Column(name="setting", heading="Setting", kind="code"),
    Column(name="default", heading="If not written", kind="code"),
    Column(name="meaning", heading="Meaning", kind="word"),
)


def list_tills() -> Outcome:
    """Every till that is known, with the evidence for it and the columns by which it is recognised."""
    table = Table(
        name="tills",
        title=phrase("Tills whose exports are known"),
        columns=TILLS,
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


def list_settings() -> Outcome:
    """All settings of a layout file, then the columns it can name."""
    table = Table(
        name="layout",
        title=phrase("What layouts/NAME.yaml can say"),
        columns=SETTINGS,
        rows=[*settings_of(Layout, ""), *settings_of(Columns, "columns: ")],
        currency="",
        notes=[phrase("A draft for an export: loyalty import inspect FILE --write layouts/NAME.yaml")],
    )
    return Outcome(tables=[table])


def settings_of(block: type[Layout | Columns], before: str) -> Iterator[tuple[str, str, str]]:
    """The settings of a block: path, default, meaning."""
    for name, field in block.model_fields.items():
        if name != "columns":
            yield f"{before}{name}", as_written(field.default), field.description or ""


def as_written(default: object) -> str:
    """A default as an owner would write it; nothing where there is none."""
    if default in (None, REQUIRED, "", (), {}):
        return ""
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, tuple):
        return default[0] if len(default) == 1 else f"[{', '.join(map(str, default))}]"
    return str(default)
