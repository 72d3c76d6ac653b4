"""A file inspected from its first byte to a draft of a layout that was tried on it at once. Nothing is kept."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import all_tills
from loyalty_cli.importers.all_importers import is_plain
from loyalty_cli.importers.all_importers import plain_layout
from loyalty_cli.importers.all_importers import PURCHASES
from loyalty_cli.importers.inspecting.claimed import draft_for_claims
from loyalty_cli.importers.inspecting.claimed import overlooks_cancelled
from loyalty_cli.importers.inspecting.claimed import overlooks_discount
from loyalty_cli.importers.inspecting.claimed import overlooks_goods
from loyalty_cli.importers.inspecting.claimed import overlooks_returns
from loyalty_cli.importers.inspecting.inspected import inspected
from loyalty_cli.importers.inspecting.lists import tried_list
from loyalty_cli.importers.inspecting.numbers import currency_of
from loyalty_cli.importers.inspecting.text import MOST_ROWS
from loyalty_cli.importers.inspecting.text import refuse_no_rows
from loyalty_cli.importers.inspecting.text import seen_sheet
from loyalty_cli.importers.inspecting.text import seen_text
from loyalty_cli.importers.inspecting.trial import Trial
from loyalty_cli.importers.layouts.layout import layout_of_text
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.lists.plain import is_plain_list
from loyalty_cli.importers.lists.plain import WORDS
from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.receipts.settled import settled
from loyalty_cli.importers.receipts.signs import signs_of
from loyalty_cli.importers.recognised import claims
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.workbooks import CellForms
from loyalty_cli.reading.csv.workbooks import is_workbook
from loyalty_cli.reading.csv.workbooks import write_plain
from loyalty_cli.reading.forms.encodings import survey
from loyalty_cli.reading.likely.numbers import value_of
from loyalty_cli.reading.likely.tables import is_many_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.text import SeenText
    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.recognised import Claim
    from loyalty_cli.importers.terms import Terms
    from loyalty_cli.importers.till import Till
    from loyalty_cli.reading.csv.files import Rows

ANY_STORE = "?"
# How the reason of a row ends whose numbers are written otherwise than the layout says.
OTHER_NUMBERS = "is not a number of the layout's form"
MOST_BYTES = 8 << 20
ENOUGH = 20_000
# What the plain form is as well, or finds out by itself.
PLAIN_SETTINGS = {"encoding", "delimiter", "date_form", "time_form", "decimal_mark", "returns", "kind"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """All that is known of a file after it was looked at."""

    path: Path
    inspection: Inspection
    claims: list[Claim]
    draft: str
    trial: Trial | None
    # Whether one known till claims the file and reads all of it that matters.
    is_known: bool
    # Whether it needs no layout, as its header is in our own words.
    is_plain: bool
    whole: bool
    # The store that an import is told, NAME where nobody knows it; '' where a `files:` pattern of the program names the file.
    store: str
    # The file as the command has it.
    given: str = ""


class Asked(NamedTuple):
    """What the owner says of a file: its kind if they know it, the store of the import, and how remarks are said."""

    kind: str
    store: str
    say: Callable[[Phrase], str]


def looked_at(path: Path, terms: Terms, *, kind: str = "", store: str = "", say: Callable[[Phrase], str] = str) -> Inspected:
    """Read a file, see what it is, draft a layout and try it; `say` puts the draft's remarks into a language."""
    asked = Asked(kind, store, say)
    if is_workbook(path):
        seen = of_sheet(path, CellForms(), terms, asked)
        if seen.trial is None or not numbers_unread(seen.trial):
            return seen
        # Amounts that are text among cells of numbers may have a comma; those cells are written as a layout says.
        other = of_sheet(path, CellForms(decimal_mark=","), terms, asked)
        return other if other.trial is not None and other.trial.set_aside < seen.trial.set_aside else seen
    return judged(path, seen_text(path), None, terms, asked)


def of_sheet(path: Path, forms: CellForms, terms: Terms, asked: Asked) -> Inspected:
    """A workbook, its cells written in some form."""
    with tempfile.TemporaryDirectory(prefix="loyalty-") as home:
        plain = Path(home) / path.name
        write_plain(path, plain, forms)
        tills = [replace(till, delimiters=(",",)) for till in all_tills()]
        return judged(path, seen_sheet(plain), tills, terms, asked)


def judged(path: Path, text: SeenText, tills: Sequence[Till] | None, terms: Terms, asked: Asked) -> Inspected:
    """What rows are, which till they are from, and a draft that was tried."""
    refuse_no_rows(path, text.rows)
    found = [claim for claim in claims(text.path, text.survey, tills) if claim.can_read]
    refuse_many_tables(path, text.rows, found)
    inspection = inspected(text.rows, text.encoding, text.marks, kind=asked.kind, currency=terms.currency, unclosed=text.unclosed)
    if not terms.currency:
        # Outside a shop's folder the file's own currency is as good as any.
        terms = replace(terms, currency=currency_of(inspection))
    claimed = tried(text.path, found[0].layout, terms) if len(found) == 1 and not asked.kind else None
    fits = claimed is not None and (claimed.fits or fits_in_its_currency(text, found[0], inspection, terms))
    is_known = fits and not any(
        overlooks(inspection, found[0]) for overlooks in (overlooks_returns, overlooks_cancelled, overlooks_discount, overlooks_goods)
    )
    if is_known and claimed is not None:
        is_known = not (writes_numbers_otherwise(inspection, claimed, terms) or has_other_blanks(inspection, claimed, found[0].layout))
    if is_known or (len(found) > 1 and not asked.kind):
        draft_for_claims(inspection, found, text.encoding)
    inspection.draft.title = title_of(path, inspection)
    draft = inspection.draft.text(asked.say)
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
        store=asked.store,
    )


def writes_numbers_otherwise(inspection: Inspection, claimed: Trial, terms: Terms) -> bool:
    """Whether a till's form could not read numbers that are in order as the columns themselves show them to be written."""
    return any(value_of(text, inspection.number_form, signs_of(terms.currency)) is not None for text in numbers_unread(claimed))


def numbers_unread(trial: Trial) -> list[str]:
    """The first numbers that are not of the layout's form."""
    reasons = [part for _, reason in trial.reasons for part in (reason, reason.values.get("one")) if isinstance(part, Phrase)]
    return [str(reason.values["text"]).strip("'") for reason in reasons if reason.text.endswith(OTHER_NUMBERS)]


def has_other_blanks(inspection: Inspection, claimed: Trial, layout: Layout) -> bool:
    """Whether rows leave blank what their receipt's first row says, and a till's form, which sets such rows aside, fills no blanks."""
    return bool(claimed.set_aside) and inspection.fill != "no" == layout.fill_down


def fits_in_its_currency(text: SeenText, claim: Claim, inspection: Inspection, terms: Terms) -> bool:
    """Whether a till's export is only strange in that it is of another currency than the program's."""
    currency = currency_of(inspection)
    foreign = bool(terms.currency) and currency not in {"", terms.currency}
    return foreign and tried(text.path, claim.layout, replace(terms, currency=currency)).fits


def plain_trial(text: SeenText, inspection: Inspection, terms: Terms) -> Trial | None:
    """What an import without a layout would do, if the header is in our own words and the rest fits, too."""
    header = list(inspection.table.header)
    kind = inspection.kind
    by_us = is_plain(header) if kind == "purchases" else is_plain_list(kind, header)
    plain_text = text.survey.is_utf8 and (text.marks is None or text.marks.delimiter == ",")
    if not by_us or not plain_text or inspection.table.above or not says_nothing_more(inspection):
        return None
    if kind == "purchases":
        trial = tried(text.path, plain_layout(header, text.path.name), terms)
    else:
        trial = tried_list(text.path, None, kind, terms)
    return trial if trial.fits else None


def says_nothing_more(inspection: Inspection) -> bool:
    """Whether a draft has nothing that the plain form would not know: no state, no currency, no question."""
    known = {f"columns.{word}": word for word in (*PURCHASES, *WORDS.get(inspection.kind, ()))}
    return not inspection.draft.questions and all(
        entry.setting in PLAIN_SETTINGS or known.get(entry.setting) == folded(str(entry.value)) for entry in inspection.draft.entries
    )


def trial_of(path: Path, inspection: Inspection, draft: str, terms: Terms) -> Trial | None:
    """What an import with the draft would do, if nothing is open."""
    if inspection.draft.is_open:
        return None
    layout = layout_of_text(draft, Path("draft.yaml"))
    if inspection.kind == "purchases":
        return tried(path, layout, terms)
    return tried_list(path, settled(layout, path), inspection.kind, terms)


def refuse_many_tables(path: Path, rows: Rows, found: list[Claim]) -> None:
    """ExportRefused for little tables one below another, unless a till is known to write so."""
    if not found and is_many_tables(rows.cells):
        raise ExportRefused(
            "{file} is made of many little tables, one below another. That is not a list of purchases.",
            file=path.name,
            hint=phrase("Let the till export one table with a row for each article sold."),
        )


def title_of(path: Path, inspection: Inspection) -> list[Phrase]:
    """The first lines of a draft."""
    count = len(inspection.draft.questions)
    first = phrase("How {file} is written; a draft made by: loyalty import inspect", file=path.name)
    if not count:
        return [first]
    return [first, phrase("{count} question is open below.", "{count} questions are below.", count=count)]


def tried(path: Path, layout: Layout, terms: Terms) -> Trial:
    """Read a file of purchases by a layout, and count."""
    trial = Trial()
    try:
        # Read as an import reads it, so that the figures are the same.
        ends_whole = layout.last_line == "whole"
        file = PurchaseFile(path, settled(layout, path), terms, store=ANY_STORE, survey=survey(path), ends_whole=ends_whole)
        # Only a short file is read to its end; of a long one `--dry-run` of the import tells the rest.
        trial.whole = path.stat().st_size <= MOST_BYTES
        with contextlib.closing(file.batches(scattered=trial.whole)) as batches:
            for batch in batches:
                trial.count(batch)
                if not trial.whole and trial.lines + trial.set_aside > ENOUGH:
                    break
    except LoyaltyError as error:
        trial.refused = error.phrase
    return trial
