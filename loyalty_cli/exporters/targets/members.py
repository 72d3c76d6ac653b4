"""The till list in our own words: what a second shop without the database works from, and a start for a layout."""

from __future__ import annotations

from loyalty_cli.exporters.target import NOT_IN_FILE
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target

TARGET = Target(
    name="members",
    title="Members, in our own words",
    evidence="-",
    columns=tuple(Out(word, word) for word in ("card", "name", "tier", "discount", "points", "note", "active")),
    key="card",
    per="card",
    writes="full",
    deletion=NOT_IN_FILE,
    gone={},
)
