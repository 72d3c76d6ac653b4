"""Reads the `segments:` block: conditions by their words, put together by `all`, `any` and `not`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.yaml.nodes import Listing
from loyalty_cli.reading.yaml.nodes import Mapping
from loyalty_cli.reading.yaml.nodes import Text
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.rules.all_rules import kind_of
from loyalty_cli.rules.segment import Segment

if TYPE_CHECKING:
    from typing import Any

    from loyalty_cli.program.reader import Reader
    from loyalty_cli.reading.yaml.nodes import Node

FAMILY = "segments"
# The words that put conditions together, with the part of a segment that each fills.
TOGETHER = {"all": "every", "any": "some", "not": "none"}
READY = "ready"
# What every shop may want and need not work out: bounds that suit a shop where people buy every week or two.
READY_ONES: dict[str, dict[str, Any]] = {
    "new": {"not": {"member_for": "30 days"}},
    "regular": {"visits": {"at_least": "6", "counted_over": "3 months"}},
    "drowsy": {"not_here_for": "45 days", "not": {"not_here_for": "180 days"}},
    "lost": {"not_here_for": "180 days"},
    "best tenth": {"best": "10%"},
}


def segments_of(reader: Reader) -> dict[str, Segment]:
    """The segments by name; one that is `ready` is known here by its name."""
    segments: dict[str, Segment] = {}
    for key, node in reader.inside(reader.root.get(FAMILY), where=FAMILY):
        block = ready_one(reader, key, node) if isinstance(node, Text) and node.text == READY else node
        if block is not None:
            segments[key.text] = segment_of(reader, block)
    return segments


def ready_one(reader: Reader, key: Text, node: Node) -> Node | None:
    """The block of a segment that need not be written."""
    if key.text in READY_ONES:
        return as_node(READY_ONES[key.text], node.line, node.column)
    what = phrase("No segment {name} is ready.", name=key.text)
    reader.problems.add(key.line, key.column, what, did_you_mean(key.text, READY_ONES))
    return None


def as_node(value: Any, line: int, column: int) -> Node:
    """Plain values as they would have been read at a place."""
    if isinstance(value, dict):
        entries = ((Text(name, line, column), as_node(inner, line, column)) for name, inner in value.items())
        return Mapping(tuple(entries), line, column)
    return Text(value, line, column)


def segment_of(reader: Reader, node: Node) -> Segment:
    """One block of conditions; mistakes go to the reader."""
    if not isinstance(node, Mapping) or not node.entries:
        name = node.text if isinstance(node, Text) and node.text in READY_ONES else ""
        hint = phrase("Write {example}.", example=f"{name}: {READY}" if name else "{visits: 6, not: {not_here_for: 30 days}}")
        reader.problems.add(node.line, node.column, phrase("A block of conditions belongs here."), hint)
        return Segment()
    conditions = []
    parts: dict[str, list[Segment]] = {name: [] for name in TOGETHER.values()}
    for key, value in node.entries:
        if key.text in TOGETHER:
            parts[TOGETHER[key.text]] += [segment_of(reader, each) for each in items_of(value)]
        elif key.text in ALL_RULES[FAMILY]:
            kind = kind_of(FAMILY, key.text)
            # One value is short for a block of the kind's main setting.
            short = ((Text(kind.short, key.line, key.column), value),)
            block = value if isinstance(value, Mapping) else Mapping(short, value.line, value.column)
            condition = reader.read(kind, block, key.text)
            conditions += [(key.text, condition)] if condition is not None else []
        else:
            what = phrase("{key} is not known here.", key=key.text)
            reader.problems.add(key.line, key.column, what, did_you_mean(key.text, (*ALL_RULES[FAMILY], *TOGETHER)))
    return Segment(tuple(conditions), **{name: tuple(several) for name, several in parts.items()})


def items_of(node: Node) -> list[Node]:
    """One block, or each of a list."""
    return list(node.items) if isinstance(node, Listing) else [node]
