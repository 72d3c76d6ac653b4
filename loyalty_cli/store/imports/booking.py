"""Booking one import of purchases: each receipt is new, known, back after a revert, or in conflict with what is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.older_content import KnownContents
from loyalty_cli.store.imports.names import next_id
from loyalty_cli.store.imports.receipts import drop_indexes
from loyalty_cli.store.imports.receipts import incoming_lines
from loyalty_cli.store.imports.receipts import is_empty
from loyalty_cli.store.imports.receipts import Kept
from loyalty_cli.store.imports.receipts import put_back
from loyalty_cli.store.imports.receipts import ReceiptBook
from loyalty_cli.store.imports.receipts import ScatteredError
from loyalty_cli.store.imports.receipts import written_in_two_ways
from loyalty_cli.store.imports.refunds import settle_refunds_of
from loyalty_cli.store.imports.refunds import tell_refunds
from loyalty_cli.store.imports.set_aside import mend_receipts_that_came
from loyalty_cli.store.imports.spoiled_cards import refuse_spoiled_cards
from loyalty_cli.store.imports.standing_in import see_conflict_again
from loyalty_cli.store.ledger.due import mark_everyone_due
from loyalty_cli.store.ledger.due import mark_members_of_receipts
from loyalty_cli.store.ledger.due import mark_members_of_receipts_from

if TYPE_CHECKING:
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.store.database import Connection

SEEN_BEFORE = "SELECT 1 FROM sighting WHERE import_id = ? AND receipt_id = ?"
SIGHT = "INSERT OR IGNORE INTO sighting (import_id, receipt_id) VALUES (?, ?)"
REVIVE = "UPDATE receipt SET gone = 0, import_id = ? WHERE id = ?"
# Other versions of a receipt that live imports tell, whether somebody has rejected them or nobody has decided.
BESIDE = """
SELECT conflict.id, conflict.import_id, conflict.incoming
FROM receipt JOIN conflict ON conflict.receipt_id = receipt.id JOIN import ON import.id = conflict.import_id
WHERE receipt.store_id = ? AND receipt.number = ? AND conflict.decision IS NOT 'accepted' AND import.reverted_at IS NULL"""
# A receipt that does not count though a live import has it was replaced by another version.
IS_TOLD = "SELECT 1 FROM import WHERE id = ? AND reverted_at IS NULL"
NOTE_CONFLICT = "INSERT INTO conflict (import_id, receipt_id, line, incoming) VALUES (?, ?, ?, ?)"

# So many receipts of a first load are remembered to see early whether they come in pieces.
EARLY = 20_000

# A first load enters everything before the key is checked; these are receipts that stand in the file more than once.
DOUBLES = """
SELECT number, count(DISTINCT content) FROM receipt GROUP BY store_id, number HAVING count(*) > 1
  ORDER BY 2 DESC LIMIT 1"""
EXTRA = """
SELECT id, total FROM (
  SELECT id, total, row_number() OVER (PARTITION BY store_id, number ORDER BY id) AS place FROM receipt
) WHERE place > 1"""


@dataclass(slots=True, kw_only=True)
class Booked:
    """What became of the receipts of one file."""

    receipts: int = 0
    lines: int = 0
    known: int = 0
    # Rows of known receipts, and of those that came back different.
    known_lines: int = 0
    conflict_lines: int = 0
    conflicts: int = 0
    refunds: int = 0
    total: int = 0


class Booking:
    """Books the batches of one import. `gathered` says that the rows were brought together by receipt."""

    def __init__(self, connection: Connection, import_id: int, *, gathered: bool = False) -> None:
        self.connection = connection
        self.import_id = import_id
        self.gathered = gathered
        self.booked = Booked()
        self.book = ReceiptBook(connection, import_id)
        self.first_receipt = self.book.next_receipt
        self.conflicting: set[int] = set()
        self.sighted: list[tuple[int, int]] = []
        self.entering: list[int] = []
        self.reviving: dict[int, int] = {}
        self.known_contents = KnownContents()
        self.early: dict[tuple[str, str], int] = {}
        self.lost: list[tuple[str, str]] = []
        self.refunds: list[tuple[int, str, int | None]] = []
        self.first_card = next_id(connection, "card")
        self.first_store = next_id(connection, "store")
        # The first load builds the indexes once at the end, which is faster than keeping them up.
        self.indexes = drop_indexes(connection) if is_empty(connection) else []
        self.book.cards_wait = bool(self.indexes)

    def add(self, batch: PurchaseBatch) -> None:
        """Book the receipts of a batch."""
        self.lost += batch.lost
        self.refunds += [(self.book.stores[refund.store], refund.number, refund.amount) for refund in batch.refunds]
        if not batch.numbers:
            return
        if self.indexes:
            self.notice_scattered(batch)
            self.enter(batch)
            return
        batch = self.without_doubles(batch)
        found = self.book.find(batch)
        self.entering = [place for place in range(len(batch.numbers)) if place not in found]
        for place, kept in found.items():
            self.compare(batch, place, kept)
        self.enter(batch.only(sorted(self.entering)))
        self.revive(batch)
        self.connection.executemany(SIGHT, self.sighted)
        self.sighted.clear()

    def enter(self, batch: PurchaseBatch) -> None:
        """Enter new receipts."""
        if batch.numbers:
            self.book.enter(batch)
            self.count(batch)

    def count(self, batch: PurchaseBatch) -> None:
        """Count receipts that came in."""
        self.booked.receipts += len(batch.numbers)
        self.booked.lines += len(batch.amounts)
        self.booked.total += sum(batch.totals)

    def notice_scattered(self, batch: PurchaseBatch) -> None:
        """See early in a first load, which checks the key at its end, that receipts come in pieces."""
        if self.gathered or len(self.early) > EARLY:
            return
        for store, number, content in zip(batch.stores, batch.numbers, batch.contents, strict=True):
            if self.early.setdefault((store, number), content) != content:
                raise ScatteredError

    def without_doubles(self, batch: PurchaseBatch) -> PurchaseBatch:
        """The batch without receipts that stand in it a second time with the same content."""
        first: dict[tuple[str, str], int] = {}
        kept = []
        for place, key in enumerate(zip(batch.stores, batch.numbers, strict=True)):
            if first.setdefault(key, place) == place:
                kept.append(place)
            elif batch.contents[first[key]] != batch.contents[place] and not self.gathered:
                raise ScatteredError
            else:
                self.count_known(batch, place)
        return batch.only(kept)

    def compare(self, batch: PurchaseBatch, place: int, found: list[Kept]) -> None:
        """Book a receipt whose key is in the database."""
        live = next((kept for kept in found if not kept.gone), None)
        if live is None:
            self.enter_or_revive(batch, place, found)
        elif (same := self.told_as(batch, place, live, found)) is not None:
            # Also what somebody has replaced: an old export, nothing new.
            self.count_known(batch, place)
            if same.import_id != self.import_id:
                self.sighted.append((self.import_id, same.id))
        elif self.came_in_this_file(live) and not self.gathered:
            raise ScatteredError
        else:
            self.note_conflict(batch, place, live)

    def told_as(self, batch: PurchaseBatch, place: int, live: Kept, found: list[Kept]) -> Kept | None:
        """The version that counts, or was replaced by one that counts, if the receipt is the same."""
        if self.known_contents.has(batch, place, live.content) or self.book.same_lines(batch, place, live):
            return live
        replaced = [kept for kept in found if kept.gone and self.connection.execute(IS_TOLD, (kept.import_id,)).fetchone()]
        return self.same_as(batch, place, replaced)

    def same_as(self, batch: PurchaseBatch, place: int, found: list[Kept]) -> Kept | None:
        """The one that is the same sale, if there is one."""
        same = (kept for kept in found if self.known_contents.has(batch, place, kept.content))
        return next(same, None) or next((kept for kept in found if self.book.same_lines(batch, place, kept)), None)

    def count_known(self, batch: PurchaseBatch, place: int) -> None:
        """Count a receipt that is there already."""
        self.booked.known += 1
        self.booked.known_lines += batch.starts[place + 1] - batch.starts[place]

    def enter_or_revive(self, batch: PurchaseBatch, place: int, found: list[Kept]) -> None:
        """A receipt of a reverted import comes back under its old number if it is the same."""
        same = self.same_as(batch, place, found)
        if same is None:
            self.entering.append(place)
        else:
            self.reviving[place] = same.id

    def revive(self, batch: PurchaseBatch) -> None:
        """Let receipts of reverted imports count again."""
        if self.reviving:
            receipts = list(self.reviving.values())
            self.connection.executemany(REVIVE, [(self.import_id, receipt) for receipt in receipts])
            mark_members_of_receipts(self.connection, receipts)
            self.count(batch.only(list(self.reviving)))
            self.reviving.clear()

    def came_in_this_file(self, live: Kept) -> bool:
        """Whether another part of the file had this receipt."""
        if live.import_id == self.import_id or live.id in self.conflicting:
            return True
        return self.connection.execute(SEEN_BEFORE, (self.import_id, live.id)).fetchone() is not None

    def note_conflict(self, batch: PurchaseBatch, place: int, live: Kept) -> None:
        """Keep a receipt that came back different, once, for somebody to decide."""
        self.conflicting.add(live.id)
        incoming = incoming_receipt(batch, place)
        key = (self.book.stores[batch.stores[place]], batch.numbers[place])
        for noted, import_id, other in self.connection.execute(BESIDE, key).fetchall():
            if same_sale(json.loads(other), incoming):
                self.count_known(batch, place)
                if import_id != self.import_id:
                    see_conflict_again(self.connection, noted, self.import_id)
                return
        self.booked.conflict_lines += batch.starts[place + 1] - batch.starts[place]
        text = json.dumps(incoming, ensure_ascii=False, sort_keys=True)
        self.connection.execute(NOTE_CONFLICT, (self.import_id, live.id, batch.file_lines[place], text))
        self.booked.conflicts += 1

    def finish(self) -> Booked:
        """Build the indexes of a first load and mark the members of new receipts."""
        self.book.cards.put_in()
        if self.indexes and not put_back(self.connection, self.indexes):
            self.drop_doubles()
            put_back(self.connection, self.indexes)
        if not self.gathered and self.lie_scattered():
            raise ScatteredError
        if self.indexes:
            mark_everyone_due(self.connection)
        elif self.book.next_receipt > self.first_receipt:
            mark_members_of_receipts_from(self.connection, self.first_receipt)
        refuse_spoiled_cards(self.connection, self.first_card)
        tell_refunds(self.connection, self.import_id, self.refunds)
        mend_receipts_that_came(self.connection, self.import_id)
        paid_back = settle_refunds_of(self.connection, self.import_id)
        self.booked.refunds = len(paid_back)
        self.booked.total -= sum(paid_back)
        return self.booked

    def lie_scattered(self) -> bool:
        """Whether parts of a receipt that does not count stand in several places of the file."""
        numbered = [key for key in self.lost if key[1]]
        return len(set(numbered)) < len(numbered) or any(self.was_booked(store, number) for store, number in numbered)

    def told_otherwise(self) -> set[tuple[int, str]]:
        """Store and number of the receipts of the file that were set aside, called off or paid back."""
        lost = {(dict.get(self.book.stores, store, 0), number) for store, number in self.lost}
        return lost | {(store, number) for store, number, _ in self.refunds}

    def was_booked(self, store: str, number: str) -> bool:
        """Whether a part of a receipt that was set aside went in from another place of the file."""
        select = "SELECT id, content, import_id, gone FROM receipt WHERE store_id = ? AND number = ? AND gone = 0"
        if dict.get(self.book.stores, store) is None:
            return False
        row = self.connection.execute(select, (self.book.stores[store], number)).fetchone()
        return row is not None and self.came_in_this_file(Kept(*row))

    def drop_doubles(self) -> None:
        """Take out receipts that a first load has in two places with the same content."""
        number, different = self.connection.execute(DOUBLES).fetchone()
        if different > 1:
            # Rows already brought together can only differ in how the number is written.
            raise written_in_two_ways(number) if self.gathered else ScatteredError
        for receipt, total in self.connection.execute(EXTRA).fetchall():
            gone = self.connection.execute("DELETE FROM line WHERE id BETWEEN ? AND ?", (receipt << 12, receipt << 12 | 4095))
            self.connection.execute("DELETE FROM receipt WHERE id = ?", (receipt,))
            self.booked.lines -= gone.rowcount
            self.booked.receipts -= 1
            self.booked.total -= total
            self.booked.known += 1
            self.booked.known_lines += gone.rowcount


def same_sale(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two versions are the same but for the order of their lines."""
    heads = [[receipt[word] for word in ("at", "card", "original")] for receipt in (one, other)]
    return heads[0] == heads[1] and sorted(one["lines"]) == sorted(other["lines"])


def incoming_receipt(batch: PurchaseBatch, place: int) -> dict[str, Any]:
    """A receipt of a batch with all that is needed to enter it later."""
    return {
        "store": batch.stores[place],
        "number": batch.numbers[place],
        "card": batch.card_of(place),
        "at": batch.at[place],
        "day": batch.days[place],
        "clock": batch.clocks[place],
        "total": batch.totals[place],
        "returned": batch.returned[place],
        "loyalty": batch.loyalty[place] if batch.loyalty else 0,
        "original": batch.originals[place] if batch.originals else "",
        "desk": list(batch.desks[place]) if batch.desks else ["", ""],
        "content": batch.contents[place],
        "lines": [list(line) for line in incoming_lines(batch, place)],
    }
