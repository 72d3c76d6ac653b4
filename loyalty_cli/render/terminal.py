"""A page for a person at a terminal, by Rich: sentences, tables that fold, a tree of what explains itself."""

from __future__ import annotations

from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text
from rich.tree import Tree

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.bands import bands
from loyalty_cli.render.bands import columns_shown
from loyalty_cli.render.bands import GAP
from loyalty_cli.render.bands import total_label
from loyalty_cli.render.bands import without_zeros
from loyalty_cli.render.bands import zeros_said
from loyalty_cli.render.held import held
from loyalty_cli.render.held import let_go
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from rich.console import RenderableType

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.bands import Shown
    from loyalty_cli.render.look import Look

# Colour that is asked for in a pipe: as wide as needed.
ENDLESS = 10_000
# The marks of a tree before its branches and their leaves.
TREE_MARKS = 4
NOTHING = Text()
FEWEST_ROWS = 5


def render(outcome: Outcome, look: Look) -> bytes:
    """The sentences and tables of an outcome as Rich draws them."""
    said = [held(say(each, look.language)) for each in outcome.said]
    if outcome.tree and not outcome.tables:
        return drawn([hung(said)], look)
    if outcome.tree:
        return drawn([*said, *([NOTHING] if said else []), tree(outcome.tables, look)], look)
    pages = [page(table, look) for table in outcome.tables]
    after = [] if outcome.after is None else [held(say(outcome.after, look.language), "cyan")]
    return drawn([*said, *parted(pages, after=bool(said)), *([NOTHING] if pages and after else []), *after], look)


def hung(said: Sequence[Text]) -> Tree:
    """Sentences below the first of them."""
    root = Tree(said[0], style="bold", guide_style="dim")
    for each in said[1:]:
        root.add(each, style="not bold")
    return root


def drawn(parts: Iterable[RenderableType], look: Look) -> bytes:
    """Parts of a page as UTF-8 text, with escape sequences where colour is wanted."""
    console = Console(
        file=StringIO(),
        width=look.width or ENDLESS,
        color_system="standard" if look.colour else None,
        force_terminal=look.colour,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    text = let_go(capture.get())
    if not look.colour:
        text = "".join(f"{line.rstrip(' ')}\n" for line in text.splitlines())
    return text.encode("utf-8", "replace")


def parted(pages: Iterable[list[RenderableType]], *, after: bool) -> Iterator[RenderableType]:
    """The pages with an empty line before each but the first; before that, too, if something stands above."""
    for number, parts in enumerate(pages):
        if number or after:
            yield NOTHING
        yield from parts


def styled(said: Phrase | None, style: str, look: Look) -> list[RenderableType]:
    """A sentence in a style, if there is one."""
    return [] if said is None else [held(say(said, look.language), style)]


def page(table: Table, look: Look) -> list[RenderableType]:
    """A table with its title, its basis and its notes."""
    head = [*styled(table.title, "bold", look), *styled(table.basis, "dim", look)]
    return [*head, *body(table, look, look.width or ENDLESS)]


def body(table: Table, look: Look, room: int) -> list[RenderableType]:
    """The rows, in bands where they are too wide, and the notes; or that there are none."""
    if not table.rows:
        return styled(table.empty or phrase("There is nothing to show."), "", look)
    shown, left_out = without_zeros(columns_shown(table, look.language, rows=look.rows), table, room)
    made = bands(shown, table, room)
    # What is cut is cut to the screenfuls, however many bands there are.
    rows = len(table.rows) if look.rows is None else max(FEWEST_ROWS, look.rows // len(made))
    notes = [each for note in [*zeros_said(left_out), *table.notes, *cut_note(table, rows)] for each in styled(note, "dim", look)]
    grids = [grid(band, look.language, room, rows) for band in made]
    return [part for one in grids for part in (NOTHING, one)] + ([NOTHING, *notes] if notes else [])


def cut_note(table: Table, rows: int) -> list[Phrase]:
    """That there are more rows than these."""
    if len(table.rows) <= rows:
        return []
    text = "The first {shown} of {all} rows. To see all, add: --all"
    summed = "The first {shown} of {all} rows; the totals count all. To see all, add: --all"
    return [phrase(summed if table.totals() else text, shown=rows, all=len(table.rows))]


def grid(columns: Sequence[Shown], language: str, room: int, rows: int) -> Grid:
    """One band of a table: only names are folded, and headings where there is no room for them in one line."""
    full = sum(column.width + GAP for column in columns) - GAP <= room
    totals = any(column.total for column in columns)
    made = Grid(box=box.SIMPLE, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), border_style="dim", show_footer=totals)
    for number, column in enumerate(columns):
        # A code longer than the screen has to be folded, all other codes, numbers and days stand whole.
        rigid = not column.foldable and column.content <= room
        width = (column.width if full else column.narrowest) if rigid else None
        made.add_column(
            held(folded(column.heading, width), "bold"),
            held((column.total if number else total_label(columns, language)) if totals else "", "bold"),
            justify="right" if column.right else "left",
            no_wrap=rigid,
            width=width,
            overflow="fold",
            style="" if number else "cyan",
        )
    for row in islice(zip(*(column.texts for column in columns), strict=True), rows):
        made.add_row(*(held(text, "red" if text[:1] == "-" else "") for text in row))
    return made


def folded(heading: str, width: int | None) -> str:
    """A heading in lines of at most this width, between words."""
    lines = [""]
    for word in heading.split():
        if lines[-1] and width is not None and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return "\n".join(lines)


def tree(tables: Sequence[Table], look: Look) -> Tree:
    """Tables as a tree: the first names the root, its facts and the other tables hang below."""
    first, *others = tables
    root = Tree(label(first, look), guide_style="dim")
    for fact in leaves(first, look):
        root.add(fact)
    for table in others:
        branch = root.add(label(table, look))
        if table.gathered_by and table.rows:
            gather(branch, table, look)
        else:
            for part in body(table, look, (look.width or ENDLESS) - TREE_MARKS):
                if part is not NOTHING:
                    branch.add(part)
    return root


def label(table: Table, look: Look) -> Text:
    """A table's title and, fainter, its basis."""
    title = held(say(table.title, look.language), "bold")
    return title if table.basis is None else title.append(held("  " + say(table.basis, look.language), "not bold dim"))


def leaves(table: Table, look: Look) -> list[RenderableType]:
    """Facts of two columns as `what: value`; another table as it is."""
    if len(table.columns) != 2 or not table.rows:
        return [part for part in body(table, look, (look.width or ENDLESS) - TREE_MARKS) if part is not NOTHING]
    names, values = columns_shown(table, look.language)
    facts = [held(f"{name}: ", "dim").append(held(value, "not dim")) for name, value in zip(names.texts, values.texts, strict=True)]
    return [*facts, *(each for note in table.notes for each in styled(note, "dim", look))]


def gather(branch: Tree, table: Table, look: Look) -> None:
    """The rows of each value of one column below it; every number with its heading, a day once in a line."""
    columns = columns_shown(table, look.language)
    by = next(column for column in columns if column.name == table.gathered_by)
    groups: dict[str, Tree] = {}
    for row, name in enumerate(by.texts):
        if name not in groups:
            groups[name] = branch.add(held(name, "cyan"))
        line, days = Text(), set()
        for column in columns:
            text = column.texts[row]
            if column is by or not text or text in days:
                continue
            if column.kind == "day":
                days.add(text)
            line.append("  " if line else "").append(f"{column.heading}: " if column.right else "", "dim")
            line.append(held(text, "red" if text[0] == "-" else ""))
        groups[name].add(line)
    for note in table.notes:
        branch.add(held(say(note, look.language), "dim"))
