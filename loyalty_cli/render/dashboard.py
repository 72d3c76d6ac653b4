"""The page of pictures as one HTML file: loads nothing, runs nothing, prints on A4, follows the light, fits a telephone."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.dashboard import Heat
from loyalty_cli.model.shown.phrase import OnWeekday
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.charts import drawn
from loyalty_cli.render.figures import figures_of
from loyalty_cli.render.safe import safe
from loyalty_cli.render.templates import template
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all
from loyalty_cli.render.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.model.shown.dashboard import Aim
    from loyalty_cli.model.shown.dashboard import Dashboard
    from loyalty_cli.model.shown.dashboard import Figure
    from loyalty_cli.model.shown.dashboard import Picture
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.look import Look

# So many shades a field of values has, beside none at all.
SHADES = 6
# The little line below a number.
SPARK_WIDTH, SPARK_HEIGHT = 120, 28


def render(page: Dashboard, look: Look, made: str, section: Callable[[Table, Look], dict[str, object]]) -> bytes:
    """The page; `made` says when it was made, `section` makes the table behind a picture."""
    language = look.language
    title = say(page.title, language)
    text = template("dashboard.html.j2").render(
        language=language,
        title=title,
        shop=look.shop,
        basis=say(page.basis, language),
        figures=[figure(each, language) for each in page.figures],
        aims=[aim(each, language) for each in page.aims],
        pictures=[picture(each, look, section) for each in page.pictures],
        left_out=[begun_large(each) for each in say_all(page.left_out, language)],
        words={
            "numbers": say(phrase("Numbers of the last four weeks"), language),
            "table": say(phrase("The numbers"), language),
            "goals": say(phrase("Goals"), language),
            "left_out": say(phrase("Not on this page"), language),
        },
        made=made,
        corners={"top-left": look.shop, "top-right": f"{title} · {say(page.basis, language)}", "bottom-left": made},
    )
    return text.encode("utf-8", "replace")


def figure(each: Figure, language: str) -> dict[str, object]:
    """A number with its little line."""
    return {
        "label": say(each.label, language),
        "value": spoken(each.value, language),
        "trend": say(each.trend, language) if each.trend else "",
        "points": spark(each.course),
    }


def aim(each: Aim, language: str) -> dict[str, object]:
    """A goal with its bar: how long it is and where the goal stands, in percent of the whole length."""
    longest = max(each.target, each.now or 0) * 1.15 if each.below else max(WHOLE, each.target)
    return {
        "name": safe(each.name),
        "says": say(each.says, language),
        "formula": say(each.formula, language),
        "reached": each.reached,
        "length": round(100 * min(max(each.now or 0, 0) / longest, 1), 1) if longest else 0,
        "mark": round(100 * each.target / longest, 1) if longest else 0,
    }


def spark(course: Sequence[int]) -> str:
    """The points of a line through some values, as SVG takes them; nothing of a single one."""
    if len(course) < 2:
        return ""
    low, high = min(course), max(course)
    step, tall = (SPARK_WIDTH - 6) / (len(course) - 1), SPARK_HEIGHT - 6
    heights = [(value - low) / (high - low) if high > low else 0.5 for value in course]
    return " ".join(f"{3 + step * place:.1f},{3 + tall * (1 - height):.1f}" for place, height in enumerate(heights))


def picture(each: Picture, look: Look, section: Callable[[Table, Look], dict[str, object]]) -> dict[str, object]:
    """What the template needs of a picture."""
    language = look.language
    shown: dict[str, Any] = {
        "title": say(each.title, language),
        "says": begun_large(say(each.says, language)),
        "table": section(each.table, look),
        "chart": None,
        "heat": None,
        "unit": each.table.currency if each.drawn.unit == "money" else "",
        "legend": [],
    }
    if isinstance(each.drawn, Heat):
        shown["heat"] = heat(each.drawn, language)
    else:
        shown["chart"] = drawn(each.drawn, each.table, language)
        names = [say(series.name, language) for series in each.drawn.series]
        shown["legend"] = names if len(names) > 1 else []
    return shown


def heat(field: Heat, language: str) -> dict[str, object]:
    """A field of values as a table of shades: the largest has the darkest."""
    top = max((value for row in field.cells for value in row if value is not None), default=0)
    return {
        "corner": say(field.corner, language),
        "columns": [heading(each, language) for each in field.columns],
        "rows": [
            (heading(label, language), [(cell(value, field.unit, language), shade(value, top)) for value in row])
            for label, row in zip(field.rows, field.cells, strict=True)
        ],
    }


def heading(label: object, language: str) -> str:
    """A label of a row or a column, short."""
    return figures_of(language).weekday(label.weekday, short=True) if isinstance(label, OnWeekday) else spoken(label, language)


def cell(value: int | None, unit: str, language: str) -> str:
    """A value in a field: percents to the whole."""
    if value is None:
        return ""
    return figures_of(language).number((value + 50) // 100 if unit == "percent" else value)


def shade(value: int | None, top: int) -> int:
    """The shade of a value, 0 to SHADES.

    >>> shade(0, 10), shade(1, 10), shade(5, 10), shade(10, 10), shade(None, 10)
    (0, 1, 3, 6, 0)
    """
    return -(-value * SHADES // top) if value and value > 0 and top else 0


def begun_large(sentence: str) -> str:
    """A sentence that begins with the name of a month begins with a capital all the same."""
    return sentence[:1].upper() + sentence[1:]
