"""Inspect an export: what it is, why that seems so, what is damaged, and a draft of the layout that reads it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import get_args
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import all_tills
from loyalty_cli.importers.all_importers import is_plain
from loyalty_cli.importers.all_importers import plain_layout
from loyalty_cli.importers.inspecting.inspected import inspected
from loyalty_cli.importers.inspecting.numbers import currency_of
from loyalty_cli.importers.layouts.layout import Kind
from loyalty_cli.importers.recognised import claims
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.files_meant import files_meant
from loyalty_cli.operations.imports.inspect_claims import draft_for_claims
from loyalty_cli.operations.imports.inspect_claims import overlooks_returns
from loyalty_cli.operations.imports.inspect_said import outcome_of
from loyalty_cli.operations.imports.inspect_text import MOST_ROWS
from loyalty_cli.operations.imports.inspect_text import refuse_no_rows
from loyalty_cli.operations.imports.inspect_text import seen_sheet
from loyalty_cli.operations.imports.inspect_text import seen_text
from loyalty_cli.operations.imports.inspect_trial import Inspected
from loyalty_cli.operations.imports.inspect_trial import layout_of
from loyalty_cli.operations.imports.inspect_trial import tried
from loyalty_cli.operations.imports.shop_terms import entry_of
from loyalty_cli.operations.imports.shop_terms import import_terms
from loyalty_cli.operations.imports.shop_terms import ShopTerms
from loyalty_cli.reading.csv.workbooks import CellForms
from loyalty_cli.reading.csv.workbooks import is_workbook
from loyalty_cli.reading.csv.workbooks import write_plain
from loyalty_cli.reading.likely.tables import is_many_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.recognised import Claim
    from loyalty_cli.importers.till import Till
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.imports.inspect_text import SeenText
    from loyalty_cli.operations.imports.inspect_trial import Trial
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.reading.csv.files import Rows


def inspect_file(shop: Shop, file: str, *, kind: str = "", write: Path | None = None) -> Outcome:
    """Look at one file, and write the draft of a layout if a name for it is given."""
    if kind and kind not in get_args(Kind):
        hint = phrase("Use one of: {names}.", names=", ".join(get_args(Kind)))
        raise LoyaltyError("The kind '{name}' is not known.", name=kind, hint=hint)
    path = one_file(file)
    refuse_to_overwrite(write)
    terms = import_terms(shop) if shop.program.exists() else ShopTerms(timezone="UTC", currency="", digits=2, stores={})
    seen = looked_at(path, shop.folder, kind=kind, terms=terms)
    if write is not None:
        written(write, seen.draft)
    return outcome_of(seen, terms, write=write)


def one_file(file: str) -> Path:
    """The file that is meant."""
    found = files_meant([file])
    if len(found) > 1:
        raise LoyaltyError("{count} files fit {pattern}; inspect one.", count=len(found), pattern=file)
    return found[0]


def looked_at(path: Path, folder: Path, *, kind: str, terms: ShopTerms) -> Inspected:
    """Read a file, see what it is, draft a layout and try it."""
    if is_workbook(path):
        with tempfile.TemporaryDirectory(prefix="loyalty-") as home:
            plain = Path(home) / path.name
            write_plain(path, plain, CellForms())
            tills = [replace(till, delimiters=(",",)) for till in all_tills()]
            return judged(path, seen_sheet(plain), tills, folder=folder, kind=kind, terms=terms)
    return judged(path, seen_text(path), None, folder=folder, kind=kind, terms=terms)


def judged(
    path: Path, text: SeenText, tills: Sequence[Till] | None, *, folder: Path, kind: str, terms: ShopTerms
) -> Inspected:
    """What rows are, which till they are from, and a draft that was tried."""
    refuse_no_rows(path, text.rows)
    found = claims(text.path, text.survey, tills)
    refuse_many_tables(path, text.rows, found)
    inspection = inspected(
        text.rows, text.encoding, text.marks, kind=kind, currency=terms.currency, unclosed=text.unclosed
    )
    claimed = tried(text.path, found[0].layout, terms) if len(found) == 1 and not kind else None
    fits = claimed is not None and (claimed.fits or fits_in_its_currency(text, found[0], inspection, terms))
    is_known = fits and not overlooks_returns(inspection, found[0])
    if is_known or (len(found) > 1 and not kind):
        draft_for_claims(inspection, found, text.encoding)
    inspection.draft.title = title_of(path, inspection)
    draft = inspection.draft.text()
    as_plain = plain_trial(text, inspection, terms) if not found else None
    return Inspected(
        path=path,
        inspection=inspection,
        claims=found,
        is_known=is_known,
        is_plain=as_plain is not None,
        draft=draft,
        trial=claimed if is_known else as_plain or trial_of(text.path, inspection, draft, terms),
        whole=len(text.rows.cells) <= MOST_ROWS,
        store_is_open=len(terms.stores) > 1 and not entry_of(path, folder, terms.stores)[0],
    )


def fits_in_its_currency(text: SeenText, claim: Claim, inspection: Inspection, terms: ShopTerms) -> bool:
    """Whether a till's export is only strange in that it is of another currency than the program's."""
    currency = currency_of(inspection)
    foreign = bool(terms.currency) and currency not in {"", terms.currency}
    return foreign and tried(text.path, claim.layout, replace(terms, currency=currency)).fits


def plain_trial(text: SeenText, inspection: Inspection, terms: ShopTerms) -> Trial | None:
    """What an import without a layout would do, if the header is in our own words and the rest fits, too."""
    header = list(inspection.table.header)
    by_us = inspection.kind == "purchases" and text.survey.is_utf8 and is_plain(header)
    if not by_us or inspection.table.above or (text.marks is not None and text.marks.delimiter != ","):
        return None
    trial = tried(text.path, plain_layout(header, text.path.name), terms)
    return trial if trial.fits else None


def trial_of(path: Path, inspection: Inspection, draft: str, terms: ShopTerms) -> Trial | None:
    """What an import with the draft would do, if nothing is open."""
    if inspection.draft.is_open or inspection.kind != "purchases":
        return None
    return tried(path, layout_of(draft), terms)


def refuse_many_tables(path: Path, rows: Rows, found: list[Claim]) -> None:
    """ExportRefused for little tables one below another, unless a till is known to write so."""
    if not found and is_many_tables(rows.cells):
        raise ExportRefused(
            "{file} is made of many little tables, one below another. That is not a list of purchases.",
            file=path.name,
            hint=phrase("Let the till export one table with a row for each article sold."),
        )


def refuse_to_overwrite(write: Path | None) -> None:
    """LoyaltyError if a file of that name is there already."""
    if write is not None and write.exists():
        raise LoyaltyError(
            "{file} is there already.", file=str(write), hint=phrase("Name another file, or move that one away.")
        )


def written(path: Path, draft: str) -> None:
    """Write the draft; the folder is made if it is not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(draft, encoding="utf-8")
    except OSError as error:
        raise LoyaltyError("{file} can not be written: {why}.", file=str(path), why=error.strerror) from error


def title_of(path: Path, inspection: Inspection) -> list[Phrase]:
    """The first lines of a draft."""
    count = len(inspection.draft.questions)
    first = phrase("How {file} is written; a draft made by: loyalty import inspect", file=path.name)
    if not count:
        return [first]
    return [first, phrase("{count} question is open below.", "{count} questions are below.", count=count)]
