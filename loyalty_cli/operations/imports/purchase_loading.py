"""Reading exports of purchases into the database: receipts and lines go in, what can not be read is set aside."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import PLAIN
from loyalty_cli.importers.overlooked import CalledOff
from loyalty_cli.importers.overlooked_gift_cards import CountedGiftCards
from loyalty_cli.importers.overlooked_gift_cards import says_nothing
from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.terms import Terms
from loyalty_cli.model.content import Contents
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.engine_room import book_of
from loyalty_cli.operations.imports.called_off_before import called_off_before_said
from loyalty_cli.operations.imports.exports import exports_of
from loyalty_cli.operations.imports.files_meant import growing
from loyalty_cli.operations.imports.files_meant import refuse_if_growing
from loyalty_cli.operations.imports.new_cards import rounded
from loyalty_cli.operations.imports.on_engine import read_on_engine
from loyalty_cli.operations.imports.read_otherwise import numbers_begin_anew
from loyalty_cli.operations.imports.read_otherwise import read_otherwise
from loyalty_cli.operations.imports.rejects_file import ENOUGH_OF_A_LONG_FILE
from loyalty_cli.operations.imports.rejects_file import published
from loyalty_cli.operations.imports.rejects_file import SetAsideKeeper
from loyalty_cli.operations.imports.said import FileResult
from loyalty_cli.operations.imports.said import outcome_of
from loyalty_cli.operations.imports.tally import Tally
from loyalty_cli.operations.imports.tally import warnings_of
from loyalty_cli.operations.imports.told_twice import told_twice_said
from loyalty_cli.operations.in_force import keep_readings
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.stores.meant import new_stores_said
from loyalty_cli.operations.stores.meant import refuse_first_name
from loyalty_cli.operations.stores.meant import refuse_twins
from loyalty_cli.store.imports import imports
from loyalty_cli.store.imports.booking import Booking
from loyalty_cli.store.imports.imports import Counts
from loyalty_cli.store.imports.names import card_exists
from loyalty_cli.store.imports.receipts import ScatteredError
from loyalty_cli.store.imports.set_aside import mark_read_again
from loyalty_cli.store.imports.spoiled_cards import SpoiledCardsError
from loyalty_cli.store.stores.names import known_stores
from loyalty_cli.store.stores.twins import twins_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.imports.exports import Export
    from loyalty_cli.operations.imports.files_meant import Said
    from loyalty_cli.operations.imports.on_engine import ReadAhead
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.reading.forms.encodings import Fingerprint
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.imports.booking import Booked
    from loyalty_cli.store.imports.imports import BookedBefore


# So many dates that are right only with day and month turned round, one in so many rows, speak against the file.
FEW_TURNED = 3
TURNED_IN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a file has to be read, as earlier tries have shown: by receipt, and without cards that were spoiled.

    `ahead` is what a chain's engine has read of it already.
    """

    gathered: bool = False
    spoiled: Mapping[str, str] = field(default_factory=dict)
    ahead: ReadAhead | None = None


def load_purchases(shop: Shop, prints: Mapping[Path, Fingerprint], said: Said, *, dry_run: bool) -> Outcome:
    """Read files of purchases into the shop's database, all in one transaction."""
    program = said.program or program_file(shop)
    exports = exports_of(shop, prints, program, said)
    results: list[FileResult] = []
    keepers: list[SetAsideKeeper] = []
    # Millions of small objects come and go without cycles; looking for cycles costs a tenth.
    gc.freeze()
    gc.disable()
    try:
        with shop.changing(dry_run=dry_run) as connection:
            ahead = {} if book_of(connection) is None else read_on_engine(connection, new_files(connection, exports, program))
            for export in exports:
                keeper = SetAsideKeeper(shop.database.parent, language=program.language)
                keepers.append(keeper)
                way = Way(ahead=ahead.get(export.path))
                results.append(import_one(shop, connection, export, program, keeper=keeper, way=way))
                keeper.complete()
            keep_readings(connection)
        if not dry_run:
            for result, path in zip(results, published(keepers), strict=True):
                result.set_aside_file = path
    finally:
        gc.enable()
        for keeper in keepers:
            keeper.discard()
        for export in exports:
            export.discard()
    return outcome_of(results, program, dry_run=dry_run)


def import_one(shop: Shop, connection: Connection, export: Export, program: Program, *, keeper: SetAsideKeeper, way: Way) -> FileResult:
    """Import one file, unless the same bytes are booked already."""
    if (booked := booked_as_it_is(connection, export)) is not None:
        return FileResult(file=export.path.name, store=export.store, booked_before=booked, layout=booked.layout)
    if export.store and not export.another:
        refuse_first_name(connection, export.store, program.stores, export.path.name)
    connection.execute("SAVEPOINT file")
    while True:
        try:
            result = read_file(shop, connection, export, program, keeper=keeper, way=way)
            break
        except ScatteredError:
            way = replace(way, gathered=True, ahead=None)
        except SpoiledCardsError as error:
            way = replace(way, spoiled=error.cards, ahead=None)
        connection.execute("ROLLBACK TO file")
    connection.execute("RELEASE file")
    refuse_if_growing(export.path, export.stamp)
    return result


def names_said(connection: Connection, booking: Booking, export: Export, program: Program, tally: Tally) -> list[Phrase]:
    """What is said of the cards, stores and receipts that a file names."""
    stores = [] if export.another else new_stores_said(connection, booking.first_store, program.stores, export.path.name)
    file = export.path.name
    return [
        *rounded(connection, booking.first_card),
        *stores,
        *read_otherwise(connection, booking, file),
        *numbers_begin_anew(connection, booking, file),
        *told_twice_said(connection, booking, file, tally),
        *called_off_before_said(connection, booking.import_id, export),
    ]


def booked_as_it_is(connection: Connection, export: Export) -> BookedBefore | None:
    """The import by which these very bytes are booked, read as they would be now."""
    booked = imports.live_import_of(connection, kind="purchases", sha256=export.record.sha256, store=export.store)
    return booked if booked is not None and booked.by_the_same(export.record.layout, export.record.layout_sha256) else None


def read_file(
    shop: Shop,
    connection: Connection,
    export: Export,
    program: Program,
    *,
    keeper: SetAsideKeeper,
    way: Way,
) -> FileResult:
    """Read all batches of a file and book them."""
    source = way.ahead or file_of(export, program, way, connection)
    import_id = imports.begin_import(connection, export.record, shop.moment)
    keeper.begin(connection, import_id, file=export.path, layout=export.layout, mends=export.record.mends)
    booking = Booking(connection, import_id, gathered=way.gathered)
    contents = Contents()
    tally = Tally(int(shop.now.timestamp()) + 86_400, CountedGiftCards() if says_nothing(export.layout) else None)
    # Closed at once if anything goes wrong, so that temporary files of a scattered export go.
    with contextlib.closing(source.batches(scattered=way.gathered)) as batches:
        for batch in batches:
            tally.add(batch)
            if batch.set_aside:
                keeper.keep(batch.set_aside, source.header)
            booking.add(batch if batch.contents else contents.added(batch))
            keeper.refuse_if_nothing_fits(tally.read - tally.ignored, enough=ENOUGH_OF_A_LONG_FILE)
            shop.progress(phrase("Rows read of {file}", file=export.path.name), tally.read, 0)
    keeper.refuse_if_nothing_fits(tally.read - tally.ignored)
    if not tally.maybe_cut and keeper.last_row_is_cut(export.survey, source.last_line):
        raise growing(export.path)
    refuse_if_turned(export, tally)
    counted = counted_gift_cards(export, tally.overlooked, program.currency)
    booked = booking.finish()
    if not export.another:
        twins = twins_of(connection, import_id, booking.first_receipt, booking.book.next_receipt - 1)
        refuse_twins(twins, export.path.name)
    if export.mended is not None:
        export.mended.mark(connection, import_id)
    mark_read_again(connection, import_id)
    named = names_said(connection, booking, export, program, tally)
    imports.end_import(connection, import_id, counts := counts_of(tally, booked, keeper))
    return FileResult(
        file=export.path.name,
        store=export.store,
        import_id=import_id,
        layout=export.record.layout,
        counts=counts,
        reasons=keeper.first,
        told_before=keeper.told_before,
        gift_cards=(tally.gift_cards, tally.gift_card_money),
        warnings=[*warnings_of(export, tally), *counted, *named],
    )


def file_of(export: Export, program: Program, way: Way, connection: Connection) -> PurchaseFile:
    """The reader of a file, of the text of a workbook, or of mended rows."""
    path, layout = export.read_as
    terms = Terms(
        timezone=program.timezone,
        digits=program.currency.digits,
        currency=program.currency.code,
        stores=tuple(program.stores or known_stores(connection)) if not export.store else (),
        card_is_known=None if program.unknown_cards_join else lambda number: card_exists(connection, number),
        spoiled=way.spoiled,
    )
    source = PurchaseFile(path, layout, terms, store=export.store, survey=export.survey, ends_whole=export.ends_whole)
    source.watched_by = partial(CalledOff, file=export.path.name) if export.by_header else None
    return source


def new_files(connection: Connection, exports: Sequence[Export], program: Program) -> dict[Path, PurchaseFile]:
    """The readers of the files that are not booked yet."""
    return {each.path: file_of(each, program, Way(), connection) for each in exports if booked_as_it_is(connection, each) is None}


def counted_gift_cards(export: Export, overlooked: CountedGiftCards | None, currency: Currency) -> list[Phrase]:
    """What is said of gift cards that count because nobody has said that they do not; a question where no layout was named."""
    if overlooked is None or not overlooked.rows:
        return []
    if export.by_header:
        raise overlooked.refusal(export.path.name, currency)
    layout = export.record.layout.partition(" [")[0]
    return [overlooked.warning(export.path.name, layout, currency)] if layout != PLAIN else []


def refuse_if_turned(export: Export, tally: Tally) -> None:
    """Where many dates are right only with day and month turned round, the others can not be trusted either."""
    if tally.turned >= FEW_TURNED and tally.turned * TURNED_IN >= tally.read:
        raise ExportRefused(
            "{file} has dates with day and month turned round ({count}), so the others can not be trusted.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase("Export the file again and do not open it in a spreadsheet, or mend date_form in its layout."),
            file=export.path.name,
            count=tally.turned,
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
        refunds=booked.refunds,
        total=booked.total,
        known_lines=booked.known_lines,
        conflict_lines=booked.conflict_lines,
    )
