"""Charts as inline SVG: drawn by pygal, coloured by the page, without scripts and styles of their own.

pygal is small and pure Python, and its SVG takes the page's colours and letters; matplotlib and altair bring two hundred times
as much along and draw in colours that do not follow the light. What it can not draw, a field of values, is a table.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.render.figures import figures_of
from loyalty_cli.render.words import say
from loyalty_cli.render.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.model.shown.dashboard import Chart
    from loyalty_cli.model.shown.table import Table

WIDTH, HEIGHT = 520, 250
# A bar and the room around it.
BAR = 44
# No more marks than these stand on the axis of values.
MARKS = 5
KINDS = {"stacked columns": "StackedBar", "columns": "Bar", "line": "Line", "bars": "HorizontalBar"}
# Of pygal's drawing goes what a page without scripts can not use.
DROPPED = {"script", "style", "defs", "desc", "title"}


def drawn(chart: Chart, table: Table, language: str) -> Markup:
    """The chart as an SVG that hides from screen readers: they have its sentence and its table."""
    pygal = library()
    text = written(chart, table, language)
    # pygal stacks bars from below in the order they are added, and draws horizontal bars from below, too.
    upside_down = chart.shape == "bars"
    made: Any = getattr(pygal, KINDS[chart.shape])(
        width=WIDTH,
        height=BAR * len(chart.labels) + 34 if upside_down else HEIGHT,
        margin=4,
        spacing=8,
        show_legend=False,
        x_label_rotation=0,
        js=[],
        dots_size=3,
        formatter=text,
        rounded_bars=2 if len(chart.series) == 1 else 0,
        truncate_label=-1,
        show_y_guides=not upside_down,
        **font_sizes(pygal),
    )
    labels = [label_of(label, language) for label in chart.labels]
    if upside_down:
        labels = [f"{label}: {text(value or 0)}" for label, value in zip(labels, chart.series[0].values, strict=True)]
    made.x_labels = labels[::-1] if upside_down else thinned(labels)
    if not upside_down:
        steps = marks(highest(chart), 10**table.digits if chart.unit == "money" else 100 if chart.unit == "percent" else 1)
        made.y_labels = [{"value": step, "label": text(step)} for step in steps]
    for each in chart.series:
        made.add(say(each.name, language), list(reversed(each.values)) if upside_down else list(each.values))
    root = made.render_tree()
    tidy(root, chart.shape)
    point_at(root, chart, language, text)
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 (built as a tree, so every text is escaped)


@cache
def library() -> Any:
    """pygal, imported when something is drawn, without the hook for its plugins that every later import would meet."""
    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]
    return pygal


def font_sizes(pygal: Any) -> dict[str, Any]:
    """Letters that can be read on a telephone, where the drawing is made smaller."""
    style = pygal.style.Style(label_font_size=14, major_label_font_size=14)
    return {"style": style}


def written(chart: Chart, table: Table, language: str) -> Callable[[float], str]:
    """How a value is written on the axis: amounts without their cents."""
    figures = figures_of(language)
    if chart.unit == "money":
        return lambda value: figures.number(round(value / 10**table.digits))
    if chart.unit == "percent":
        return lambda value: f"{figures.number(round(value / 100))}%"
    return lambda value: figures.number(round(value))


def label_of(label: object, language: str) -> str:
    """A label below its column: a month by its short name, with the year where one begins."""
    if not isinstance(label, InMonth):
        return spoken(label, language)
    return figures_of(language).month(label.month, short=True)


def thinned(labels: Sequence[str]) -> list[str]:
    """Every label, or every second one where there are many, the last one always."""
    step = 1 if len(labels) <= 7 else 2
    return [label if (len(labels) - 1 - place) % step == 0 else "" for place, label in enumerate(labels)]


def highest(chart: Chart) -> int:
    """The highest value on the axis: of parts that stand on each other, their sum."""
    together = sum if chart.shape == "stacked columns" else max
    columns = zip(*(each.values for each in chart.series), strict=True)
    return max((together([value or 0 for value in values]) for values in columns), default=0)


def marks(top: int, unit: int) -> list[int]:
    """Round values from 0 to above the highest, in steps of 1, 2 or 5 times a power of ten of whole units.

    >>> marks(45_685_79, 100)
    [0, 1000000, 2000000, 3000000, 4000000, 5000000]
    >>> marks(3, 1), marks(0, 1)
    ([0, 1, 2, 3], [0, 1])
    """
    step = unit
    for factor in (power * part for power in (10**exponent for exponent in range(12)) for part in (1, 2, 5)):
        step = factor * unit
        if step * MARKS >= top:
            break
    return [step * number for number in range(max(1, -(-top // step)) + 1)]


def tidy(root: Any, shape: str) -> None:
    """Take out of pygal's tree its scripts, styles and comments; the page has its own."""
    del root.attrib["id"]
    root.set("class", f"chart {shape.replace(' ', '-')}")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in DROPPED or not isinstance(child.tag, str):
                parent.remove(child)


def point_at(root: Any, chart: Chart, language: str, text: Callable[[float], str]) -> None:
    """Give each bar and dot the title that a browser shows beside the pointer."""
    labels = [spoken(label, language) for label in chart.labels]
    for number, series in enumerate(chart.series):
        known = [(label, value) for label, value in zip(labels, series.values, strict=True) if value is not None]
        for group in root.iter("g"):
            if f"serie-{number}" in group.get("class", "").split():
                marks = [mark for mark in group.iter("g") if mark.get("class", "").split()[:1] in (["bar"], ["dots"])]
                for mark, (label, value) in zip(marks, known[::-1] if chart.shape == "bars" else known, strict=False):
                    ET.SubElement(mark, "title").text = f"{label}: {text(value)} · {say(series.name, language)}"
