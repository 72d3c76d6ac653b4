"""Reading exports of purchases into the database: receipts and lines go in, what can not be read is set aside."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.importers.ahead import read_ahead
from loyalty_cli.importers.purchases import PurchaseFile
from loyalty_cli.importers.terms import Terms
from loyalty_cli.model.content import Contents
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.phrase import phrase
from loyalty_cli.operations.files_meant import growing
from loyalty_cli.operations.files_meant import refuse_if_growing
from loyalty_cli.operations.import_files import entry_of
from loyalty_cli.operations.import_files import import_terms
from loyalty_cli.operations.import_files import layout_named
from loyalty_cli.operations.import_said import FileResult
from loyalty_cli.operations.import_said import outcome_of
from loyalty_cli.operations.rejects_file import ENOUGH_OF_A_LONG_FILE
from loyalty_cli.operations.rejects_file import SetAsideKeeper
from loyalty_cli.reading.encodings import judged_survey
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.store import imports
from loyalty_cli.store.booking import Booking
from loyalty_cli.store.imports import Counts
from loyalty_cli.store.imports import ImportedFile
from loyalty_cli.store.names import card_exists
from loyalty_cli.store.receipts import ScatteredError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.importers.layout import Layout
    from loyalty_cli.model.outcome import Outcome
    from loyalty_cli.model.phrase import Phrase
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.operations.import_files import ShopTerms
    from loyalty_cli.operations.shop import Shop
    from loyalty_cli.reading.encodings import Fingerprint
    from loyalty_cli.reading.encodings import Survey
    from loyalty_cli.store.booking import Booked
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One file with all that is known before its rows are read."""

    path: Path
    store: str
    layout: Layout | None
    survey: Survey
    stamp: tuple[int, int]
    record: ImportedFile


@dataclass(slots=True)
class Tally:
    """What is counted while a file is read; receipts from `tomorrow` on lie in the future."""

    tomorrow: int
    read: int = 0
    ignored: int = 0
    ambiguous: int = 0
    future: int = 0

    def add(self, batch: PurchaseBatch) -> None:
        """Count a batch."""
        self.read += batch.read
        self.ignored += batch.ignored
        self.ambiguous += batch.ambiguous
        if batch.at and max(batch.at) >= self.tomorrow:
            self.future += sum(at >= self.tomorrow for at in batch.at)


def load_purchases(
    shop: Shop,
    prints: Mapping[Path, Fingerprint],
    *,
    layout: str | None,
    store: str,
    dry_run: bool,
    terms: ShopTerms | None = None,
) -> Outcome:
    """Read files of purchases into the shop's database, all in one transaction."""
    terms = terms or import_terms(shop)
    exports = [export_of(shop, path, taken, terms, layout=layout, store=store) for path, taken in prints.items()]
    results: list[FileResult] = []
    keepers: list[SetAsideKeeper] = []
    # Millions of small objects come and go without cycles; looking for cycles costs a tenth.
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        with shop.changing(dry_run=dry_run) as connection:
            for export in exports:
                keeper = SetAsideKeeper(shop.database.parent)
                keepers.append(keeper)
                results.append(import_one(shop, connection, export, terms, keeper=keeper))
        if not dry_run:
            for keeper, result in zip(keepers, results, strict=True):
                result.set_aside_file = keeper.publish()
    finally:
        gc.enable()
        for keeper in keepers:
            keeper.discard()
    return outcome_of(results, terms, dry_run=dry_run)


def export_of(
    shop: Shop, path: Path, taken: Fingerprint, terms: ShopTerms, *, layout: str | None, store: str
) -> Export:
    """A file with its store and layout; refused if its bytes can not be of that layout."""
    entry_store, entry = entry_of(path, shop.folder, terms.stores)
    name = layout or entry.layout
    chosen = layout_named(name, shop.folder, "purchases")
    surveyed = judged_survey(path, chosen.encoding if chosen else "utf-8-sig")
    if store and terms.stores and store not in terms.stores:
        hint = did_you_mean(store, terms.stores)
        raise LoyaltyError("There is no store {name} in this program.", name=store, hint=hint)
    store = store or entry_store
    record = ImportedFile(kind="purchases", file=path.name, sha256=taken.sha256, store=store, layout=name)
    return Export(path=path, store=store, layout=chosen, survey=surveyed, stamp=taken.stamp, record=record)


def import_one(
    shop: Shop, connection: Connection, export: Export, terms: ShopTerms, *, keeper: SetAsideKeeper
) -> FileResult:
    """Import one file, unless the same bytes are booked already."""
    booked = imports.live_import_of(connection, kind="purchases", sha256=export.record.sha256, store=export.store)
    if booked is not None:
        return FileResult(file=export.path.name, store=export.store, booked_before=booked)
    connection.execute("SAVEPOINT file")
    try:
        result = read_file(shop, connection, export, terms, keeper=keeper, gathered=False)
    except ScatteredError:
        connection.execute("ROLLBACK TO file")
        result = read_file(shop, connection, export, terms, keeper=keeper, gathered=True)
    connection.execute("RELEASE file")
    refuse_if_growing(export.path, export.stamp)
    return result


def read_file(
    shop: Shop,
    connection: Connection,
    export: Export,
    terms: ShopTerms,
    *,
    keeper: SetAsideKeeper,
    gathered: bool,
) -> FileResult:
    """Read all batches of a file and book them."""
    known = None if terms.unknown_cards_join else lambda number: card_exists(connection, number)
    terms_of_file = Terms(timezone=terms.timezone, digits=terms.digits, card_is_known=known)
    file = PurchaseFile(export.path, export.layout, terms_of_file, store=export.store, quoted=export.survey.has_quotes)
    source = read_ahead(file)
    import_id = imports.begin_import(connection, export.record, shop.moment)
    keeper.begin(connection, import_id, export.path, export.layout)
    booking = Booking(connection, import_id, gathered=gathered)
    contents = Contents()
    tally = Tally(tomorrow=int(shop.now.timestamp()) + 86_400)
    # Closed at once if anything goes wrong, so that a second process that reads ahead ends, too.
    with contextlib.closing(source.batches(scattered=gathered)) as batches:
        for batch in batches:
            tally.add(batch)
            if batch.set_aside:
                keeper.keep(batch.set_aside, source.header)
            booking.add(contents.added(batch))
            keeper.refuse_if_nothing_fits(tally.read - tally.ignored, enough=ENOUGH_OF_A_LONG_FILE)
    keeper.refuse_if_nothing_fits(tally.read - tally.ignored)
    if keeper.last_row_is_cut(export.survey, source.last_line):
        raise growing(export.path)
    booked = booking.finish()
    counts = counts_of(tally, booked, keeper)
    imports.end_import(connection, import_id, counts)
    return FileResult(
        file=export.path.name,
        store=export.store,
        import_id=import_id,
        counts=counts,
        reasons=keeper.first,
        told_before=keeper.told_before,
        warnings=warnings_of(export, tally),
    )


def counts_of(tally: Tally, booked: Booked, keeper: SetAsideKeeper) -> Counts:
    """The figures of one import."""
    return Counts(
        read=tally.read,
        imported=booked.receipts,
        lines=booked.lines,
        known=booked.known,
        set_aside=keeper.count,
        ignored=tally.ignored,
        conflicts=booked.conflicts,
        total=booked.total,
    )


def warnings_of(export: Export, tally: Tally) -> list[Phrase]:
    """What an owner should look at though the import went through."""
    warnings = []
    name = export.path.name
    if export.survey.size and not export.survey.ends_with_newline:
        warnings.append(
            phrase("{file} ends in the middle of a line; its last row is complete and was taken.", file=name)
        )
    if tally.ambiguous:
        warnings.append(
            phrase(
                "{file}: {count} receipt is from an hour that the clocks showed twice; the first was taken.",
                "{file}: {count} receipts are from an hour that the clocks showed twice; the first was taken.",
                file=name,
                count=tally.ambiguous,
            )
        )
    if tally.future:
        warnings.append(
            phrase(
                "{file}: {count} receipt lies in the future.",
                "{file}: {count} receipts lie in the future.",
                file=name,
                count=tally.future,
            )
        )
    return warnings
