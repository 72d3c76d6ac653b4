"""YAML as a person wrote it: every value stays text and remembers its line and column.

PyYAML's events are read, not its guesses: `no`, `12:30`, `0012345` and `1.10` mean what they look like.
Duplicate keys, anchors, tags and unreasonable depth are mistakes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from typing import TYPE_CHECKING
from typing import TypeAlias

import yaml

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.problems import MOST_BYTES
from loyalty_cli.reading.problems import TOO_LARGE
from loyalty_cli.reading.yaml.traps import explained

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.reading.problems import Problems

MOST_DEPTH = 32
# Spaces that look like spaces: where YAML wants one, each of them is one. Inside a name they stay.
NO_BREAK = re.compile(r"(?:(?<=^)|(?<=[\n ,:{\[-])|(?<=[\u00a0\u202f\u2007]))[\u00a0\u202f\u2007]")
# A text program makes these of straight quotes while one types.
PRINTED_QUOTES = re.compile(r"[“„«‘]([^“”„«»‘’]*)[”“»’]")
QUOTES = ("'", '"', "|", ">")

# The C reader is eight times faster and sends the same events.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Text:
    """A single value; `quoted` tells `"no"` from `no`."""

    text: str
    line: int
    column: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file."""

    entries: tuple[tuple[Text, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value of a key."""
        return next((node for name, node in self.entries if name.text == key), None)

    def key(self, key: str) -> Text | None:
        """The key itself, for its place in the file."""
        return next((name for name, _ in self.entries if name.text == key), None)


Node: TypeAlias = Text | Listing | Mapping


def read_yaml(text: str, problems: Problems) -> Node | None:
    """The file's one value, or None with the mistakes added to `problems`."""
    if len(text.encode(errors="replace")) > MOST_BYTES:
        problems.add(1, 1, *TOO_LARGE)
        return None
    try:
        events = yaml.parse(NO_BREAK.sub(" ", text), Loader=Loader)
        return Builder(problems).document(events)
    except yaml.MarkedYAMLError as error:
        problems.add(*explained(error, problems.line_text))
    except yaml.YAMLError as error:
        problems.add(1, 1, phrase("This can not be read as YAML: {why}", why=str(error).splitlines()[0]))
    except TooDeep as deep:
        problems.add(deep.line, deep.column, phrase("This is nested more than {count} levels deep.", count=MOST_DEPTH))
    return None


class TooDeep(Exception):
    """The nesting passed the limit; where it did."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line = line
        self.column = column


class Builder:
    """Builds nodes from YAML events, and notes what an owner's file should not have."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        """The first document; a second one is a mistake."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self.note(event, "A second document starts here.", "Take out the line ---.")
                return root
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, events, 1)
        return root

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        """The value that begins with an event."""
        line, column = place(event)
        if depth > MOST_DEPTH:
            raise TooDeep(line, column)
        self.check(event)
        match event:
            case yaml.SequenceStartEvent():
                return Listing(tuple(self.items(events, depth)), line, column)
            case yaml.MappingStartEvent():
                return self.mapping(event, events, depth)
            case yaml.ScalarEvent() if event.style not in QUOTES and DASHES.fullmatch(event.value) and spans_lines(event):
                return self.without_spaces(event)
            case yaml.ScalarEvent():
                printed = PRINTED_QUOTES.fullmatch(event.value) if event.style not in QUOTES else None
                return Text(printed[1] if printed else event.value, line, column, quoted=bool(printed) or event.style in QUOTES)
        return Text("", line, column)

    def items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        """The values of a list."""
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, events, depth + 1)

    def mapping(self, start: yaml.MappingStartEvent, events: Iterator[yaml.Event], depth: int) -> Node:
        """The keys and values of a mapping, each key once; what is a list in the wrong brackets is noted and taken as one."""
        pairs = list(self.pairs(events, depth))
        line, column = place(start)
        if start.flow_style and len(pairs) > 1 and all(is_bare(value) and ":" not in key.text for key, value in pairs):
            better = f"[{', '.join(key.text for key, _ in pairs)}]"
            self.problems.add(line, column, phrase("This is a list, in the brackets of a block."), phrase("Write {better}.", better=better))
            return Listing(tuple(key for key, _ in pairs), line, column)
        read: dict[str, tuple[Text, Node]] = {}
        last = ""
        for key, value in pairs:
            if start.flow_style and is_bare(value):
                joined = self.no_value(key, read[last][1] if read else None)
                if joined is not None:
                    read[last] = (read[last][0], joined)
            elif key.text in read:
                self.second(key, read[key.text][0].line)
            else:
                read[last := key.text] = (key, value)
        return Mapping(tuple(read.values()), line, column)

    def pairs(self, events: Iterator[yaml.Event], depth: int) -> Iterator[tuple[Text, Node]]:
        """The keys and values as they stand there."""
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if isinstance(key, Text):
                yield key, value
            else:
                self.problems.add(key.line, key.column, phrase("A list or a block can not be a key."))

    def second(self, key: Text, line: int) -> None:
        """A key that stands in a block already."""
        what = phrase("{key} stands here a second time; the first is in line {line}.", key=key.text, line=line)
        one_block, another_name = (
            phrase("Put what stands under both into one block."),
            phrase("Keep one of them, or give the second another name."),
        )
        self.problems.add(key.line, key.column, what, one_block if key.column == 1 else another_name)

    def no_value(self, key: Text, before: Node | None) -> Node | None:
        """A key without a value inside {…}, noted; where the value before it goes on, what both are together."""
        kept = before if isinstance(before, Text) and not before.quoted else None
        if kept and kept.text.isdigit() and re.fullmatch(r"[0-9]{1,2}\s*(?:%|[^\W\d_]{1,4}\.?|[₽€$£])?", key.text):
            better = f"{kept.text}.{key.text}"
            what, hint = phrase("There is a comma inside a number here."), phrase("Write the number with a point: {better}.", better=better)
            joined: Node | None = Text(better, kept.line, kept.column)
        elif kept and re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+", kept.text) and re.fullmatch(r"[0-9]{2}", key.text):
            # 1.500,00, as most of Europe writes it.
            better = f"{kept.text.replace('.', '')}.{key.text}"
            what, hint = phrase("There is a comma inside a number here."), phrase("Write the number with a point: {better}.", better=better)
            joined = Text(better, kept.line, kept.column)
        elif kept and re.fullmatch(r"[0-9]{1,3}", kept.text) and re.fullmatch(r"[0-9]{3}(\.[0-9]+)?", key.text):
            better = kept.text + key.text
            what, hint = phrase("There is a comma inside a number here."), phrase("Write the digits without it: {better}.", better=better)
            joined = Text(better, kept.line, kept.column)
        elif unspaced := re.fullmatch(r"([a-z_]+):(\S.*)", key.text):
            what = phrase("There is no space behind the colon.")
            hint, joined = phrase("Write {better}.", better=f"{unspaced[1]}: {unspaced[2]}"), None
        elif isinstance(before, Text | Listing):
            items = before.items if isinstance(before, Listing) else (before,)
            names = ", ".join(item.text for item in (*items, key) if isinstance(item, Text))
            what = phrase("{key} has no value here.", key=key.text)
            hint = phrase("Several values stand in square brackets: {better}.", better=f"[{names}]")
            joined = Listing((*items, key), before.line, before.column)
        else:
            what, joined = phrase("{key} has no value here.", key=key.text), None
            hint = phrase("Write it as {key}: value; a list stands in square brackets, [one, another].", key=key.text)
        self.problems.add(key.line, key.column, what, hint)
        return joined

    def without_spaces(self, event: yaml.ScalarEvent) -> Listing:
        """A list whose dashes have no space behind them, which YAML takes for one text; noted, and read as it is meant."""
        line, column = place(event)
        names = [name.removeprefix("-") for name in re.split(r" (?=-)", event.value)]
        what = phrase("There is no space behind the dash.")
        self.problems.add(line, column, what, phrase("Write {better}.", better=f"- {names[0]}"))
        return Listing(tuple(Text(name, line, column) for name in names), line, column)

    def check(self, event: yaml.Event) -> None:
        """Anchors, aliases and tags are not for owners' files."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self.note(event, "*{name} is YAML's way to repeat a block, which is not used here.", STAR_HINT, name=anchor)
        elif anchor:
            self.note(event, "&{name} is YAML's way to name a block, which is not used here.", "Take it out.", name=anchor)
        elif tag and tag != "!":
            self.note(event, "{tag} is a YAML tag, which is not used here.", "Take it out.", tag=tag)

    def note(self, event: yaml.Event, text: str, hint: str, **values: object) -> None:
        """Add a mistake at an event."""
        line, column = place(event)
        self.problems.add(line, column, phrase(text, **values), phrase(hint))


# Lines such as `-backup`, which YAML puts together.
DASHES = re.compile(r"-[^\W\d_].*(?: -[^\W\d_].*)+")


def spans_lines(event: yaml.Event) -> bool:
    """Whether a value goes on in the next line."""
    return event.start_mark is not None and event.end_mark is not None and event.end_mark.line > event.start_mark.line


def is_bare(value: Node) -> bool:
    """Whether nothing stands there."""
    return isinstance(value, Text) and not value.text and not value.quoted


STAR_HINT = 'A value that begins with a star goes in quotes: "*.csv".'


def place(event: yaml.Event) -> tuple[int, int]:
    """Line and column of an event, from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def plain(node: Node) -> Any:
    """The node without places, for the settings models: text, lists and dicts."""
    match node:
        case Text():
            return node.text
        case Listing():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}


def found(node: Node, path: tuple[str | int, ...]) -> Node:
    """The node at a path of keys and positions, or the nearest one on the way."""
    for step in path:
        inner: Node | None = None
        if isinstance(node, Mapping):
            inner = node.get(str(step))
        elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            inner = node.items[step]
        if inner is None:
            return node
        node = inner
    return node
