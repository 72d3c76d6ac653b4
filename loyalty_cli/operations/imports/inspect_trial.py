"""A draft tried at once on its file: what an import would read, count and set aside. Nothing is kept."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.receipts.settled import settled
from loyalty_cli.importers.terms import Terms
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.imports.shop_terms import read_layout

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.recognised import Claim
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.imports.shop_terms import ShopTerms

ANY_STORE = "?"
MOST_REASONS = 3
MOST_BYTES = 8 << 20
ENOUGH = 20_000


@dataclass(slots=True)
class Trial:
    """What an import would do; `refused` if it would refuse the file whole."""

    receipts: int = 0
    lines: int = 0
    total: int = 0
    ignored: int = 0
    set_aside: int = 0
    reasons: list[tuple[int, Phrase]] = field(default_factory=list)
    refused: Phrase | None = None
    whole: bool = True

    @property
    def fits(self) -> bool:
        """Whether most of the file goes in."""
        return self.refused is None and self.set_aside <= self.lines


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
    # Whether an import must be told the store, as the program has several and no files: pattern names the file.
    store_is_open: bool


def layout_of(draft: str) -> Layout:
    """The layout that a draft's text gives; Mistakes if it is none."""
    with tempfile.TemporaryDirectory(prefix="loyalty-") as folder:
        path = Path(folder) / "draft.yaml"
        path.write_text(draft, encoding="utf-8")
        return read_layout(path)


def tried(path: Path, layout: Layout, terms: ShopTerms) -> Trial:
    """Read a file of purchases by a layout, and count."""
    trial = Trial()
    own = Terms(timezone=terms.timezone, digits=terms.digits, currency=terms.currency)
    try:
        file = PurchaseFile(path, settled(layout, path), own, store=ANY_STORE)
        # Only a short file is read to its end; of a long one `--dry-run` of the import tells the rest.
        trial.whole = path.stat().st_size <= MOST_BYTES
        with contextlib.closing(file.batches(scattered=trial.whole)) as batches:
            for batch in batches:
                counted(trial, batch)
                if not trial.whole and trial.lines + trial.set_aside > ENOUGH:
                    break
    except LoyaltyError as error:
        trial.refused = error.phrase
    return trial


def counted(trial: Trial, batch: PurchaseBatch) -> None:
    """Count one batch."""
    trial.receipts += len(batch.numbers)
    trial.lines += len(batch.amounts)
    trial.total += sum(batch.totals)
    trial.ignored += batch.ignored
    trial.set_aside += len(batch.set_aside)
    trial.reasons += [(each.line, each.reason) for each in batch.set_aside[: MOST_REASONS - len(trial.reasons)]]
