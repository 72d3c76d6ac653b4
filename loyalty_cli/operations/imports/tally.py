"""What is counted while a file of purchases is read, and what its owner should look at though the import went through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.overlooked_gift_cards import CountedGiftCards
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.imports.exports import Export


@dataclass(slots=True)
class Tally:
    """What is counted while a file is read; receipts from `tomorrow` on lie in the future."""

    tomorrow: int
    # Looks for gift cards where the layout says nothing of them.
    overlooked: CountedGiftCards | None = None
    read: int = 0
    ignored: int = 0
    ambiguous: int = 0
    turned: int = 0
    headers: int = 0
    maybe_cut: int = 0
    gift_cards: int = 0
    gift_card_money: int = 0
    minus: int = 0
    again: int = 0
    future: int = 0

    def add(self, batch: PurchaseBatch) -> None:
        """Count a batch."""
        self.read += batch.read
        self.ignored += batch.ignored
        self.ambiguous += batch.ambiguous
        self.turned += batch.turned
        self.headers += batch.headers
        self.maybe_cut += batch.maybe_cut
        self.gift_cards += batch.gift_cards
        self.gift_card_money += batch.gift_card_money
        self.minus += batch.minus
        self.again += batch.again
        if self.overlooked is not None:
            self.overlooked.look(batch)
        if batch.at and max(batch.at) >= self.tomorrow:
            self.future += sum(at >= self.tomorrow for at in batch.at)


def warnings_of(export: Export, tally: Tally) -> list[Phrase]:
    """What an owner should look at though the import went through."""
    warnings = list(export.warnings)
    name = export.path.name
    open_end = export.survey.size and not export.survey.ends_with_newline
    if open_end and tally.maybe_cut:
        text = "{file}: if this till never ends the last line of its files, write in the layout: last_line: whole"
        warnings.append(phrase(text, file=name))
    elif open_end and not export.ends_whole:
        warnings.append(phrase("{file} ends in the middle of a line; its last row is complete and was taken.", file=name))
    if tally.headers:
        text = "{file}: a header stands within the file; several files may have been put together."
        warnings.append(phrase(text, file=name))
    if tally.ambiguous:
        warnings.append(
            phrase(
                "{file}: {count} receipt is from an hour that the clocks showed twice; the first was taken.",
                "{file}: {count} receipts are from an hour that the clocks showed twice; the first was taken.",
                file=name,
                count=tally.ambiguous,
            )
        )
    if tally.minus:
        warnings.append(
            phrase(
                "{file}: {count} row costs less than nothing though its quantity is above zero; look whether it is a sale.",
                "{file}: {count} rows cost less than nothing though their quantity is above zero; look whether they are sales.",
                file=name,
                count=tally.minus,
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
