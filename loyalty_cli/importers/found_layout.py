"""Which layout reads a file of purchases where none of its owner's is named: that of the till that knows it, or the plain one."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import all_tills
from loyalty_cli.importers.all_importers import is_plain
from loyalty_cli.importers.all_importers import PLAIN
from loyalty_cli.importers.all_importers import plain_layout
from loyalty_cli.importers.all_importers import till_named
from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.receipts.settled import settled
from loyalty_cli.importers.receipts.settled import UndecidedDatesError
from loyalty_cli.importers.recognised import claims
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.reading.csv.files import CsvFile
from loyalty_cli.reading.csv.files import CsvForm
from loyalty_cli.reading.csv.files import first_row
from loyalty_cli.reading.forms.encodings import survey
from loyalty_cli.reading.forms.encodings import undecodable
from loyalty_cli.reading.likely.doubtful_letters import better_encoding

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.importers.till import Till
    from loyalty_cli.reading.forms.encodings import Survey

    # What gives the names of the layouts that other files had.
    Told = Callable[[], Collection[str]]

IN_UTF8 = {"encoding": "utf-8-sig", "delimiter": ",", "quote": '"'}
"""How the text of a workbook is written, whatever else its layout says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A file's layout (None is the plain one), what it is called, and the file's survey.

    `plain` is the text of a workbook, written for the time of the import. `by_header` says that nobody has named the layout.
    """

    name: str
    layout: Layout | None
    survey: Survey
    plain: Path | None = None
    warnings: tuple[Phrase, ...] = ()
    by_header: bool = False


def nothing_told() -> Collection[str]:
    """Nobody knows the layouts of other files."""
    return ()


def layout_in_utf8(named: Layout | Till, plain: Path) -> Layout:
    """A layout for the same columns in a plain file."""
    layout = named if isinstance(named, Layout) else layout_of(replace(named, delimiters=(",",)), plain, survey(plain))
    return layout.model_copy(update=IN_UTF8)


def recognised_sheet(plain: Path) -> Chosen:
    """The same as `recognised` for the text of a workbook, which has commas whatever the till writes otherwise."""
    return recognised(plain, survey(plain), [replace(till, delimiters=(",",)) for till in all_tills()])


def recognised(path: Path, surveyed: Survey, tills: Sequence[Till] | None = None, *, told: Told = nothing_told) -> Chosen:
    """The layout of the one till that knows the file's header; the plain one for a header in our own words."""
    if surveyed.is_utf8 and is_plain(header_of(path, "utf-8-sig")):
        return Chosen(name=PLAIN, layout=None, survey=surveyed)
    found = claims(path, surveyed, tills)
    if len(found) > 1:
        raise ExportRefused(
            "{file} may come from {tills}.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase("Say which one: --layout {one} or --layout {other}", one=found[0].till.name, other=found[1].till.name),
            file=path.name,
            tills=" / ".join(claim.till.title for claim in found),
        )
    if found:
        return chosen(found[0].till.name, found[0].layout, path, surveyed, told)
    if not surveyed.is_utf8 and not surveyed.is_utf16:
        raise undecodable(path, "utf-8-sig")
    encoding = "utf-16" if surveyed.is_utf16 else "utf-8-sig"
    layout = plain_layout(header_of(path, encoding), path.name).model_copy(update={"encoding": encoding})
    return Chosen(name=PLAIN, layout=settled(layout, path), survey=surveyed)


def layout_of(till: Till, path: Path, surveyed: Survey) -> Layout:
    """The layout of a till that somebody has named."""
    found = claims(path, surveyed, [till])
    if found:
        return found[0].layout
    if till.first_lines is not None:
        encoding = "utf-8-sig" if surveyed.is_utf8 else till.code_page
        return till.layout((), encoding=encoding, delimiter=till.delimiters[0], file=path.name)
    raise ExportRefused(
        "{file} is not {till}: it has no header with {columns}.",
        exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
        hint=phrase("See what the file has: loyalty import inspect {file}", file=typed(path.name)),
        file=path.name,
        till=Phrase(till.title),
        columns=", ".join(name if isinstance(name, str) else name[0] for name in till.header),
    )


def chosen(name: str, layout: Layout, path: Path, surveyed: Survey, told: Told = nothing_told) -> Chosen:
    """A layout with what the file itself tells; the form of its dates becomes part of the name."""
    warnings: tuple[Phrase, ...] = ()
    try:
        found = settled(layout, path, name if till_named(name) else "")
    except UndecidedDatesError as error:
        names = told()
        known = [form for form in error.forms if f"{name} [{form}]" in names]
        if len(known) != 1:
            raise
        found = settled(layout.model_copy(update={"date_form": (known[0],)}), path)
        text = "{file} does not tell the form of its dates; it was taken to be {form}, as in other files of this till."
        warnings = (phrase(text, file=path.name, form=known[0]),)
    if found.date_form != layout.date_form:
        name = f"{name} [{found.dates}]"
    return Chosen(name=name, layout=found, survey=surveyed, warnings=warnings)


def doubts(path: Path, surveyed: Survey, encoding: str) -> tuple[Phrase, ...]:
    """A warning where the letters of a file speak against the encoding that its owner has written down."""
    better = None if surveyed.is_utf8 or surveyed.is_utf16 else better_encoding(path, encoding)
    if better is None:
        return ()
    text = "{file}: its letters look like {better}, not {encoding}: {words}. If so, take the import back and mend the layout."
    words = ", ".join(better.words[:3])
    return (phrase(text, file=path.name, better=better.name, encoding=encoding, words=words),)


def refuse_doubtful(path: Path, found: Chosen) -> None:
    """Stop where nobody has said the encoding, and the letters speak against the one that the till has as a rule."""
    if found.layout is None or found.survey.is_utf8 or found.survey.is_utf16:
        return
    better = better_encoding(path, found.layout.encoding)
    if better is not None:
        raise ExportRefused(
            "{file} seems to be saved as {better}, not as {encoding}: {words}.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase(
                'Write layouts/my-till.yaml with two lines, "like: {name}" and "encoding: {better}", and name it with --layout my-till.',
                name=found.name.partition(" [")[0],
                better=better.name,
            ),
            file=path.name,
            better=better.name,
            encoding=found.layout.encoding,
            words=", ".join(better.words[:3]),
        )


def header_of(path: Path, encoding: str) -> list[str]:
    """The first row of a file that may be a table, however it is quoted."""
    export = CsvFile(path, CsvForm(encoding=encoding))
    with export.top() as file:
        rows = csv.reader(file)
        try:
            return first_row(rows)
        except csv.Error as error:
            raise export.broken(1) from error
