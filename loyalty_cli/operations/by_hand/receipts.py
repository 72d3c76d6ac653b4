"""`loyalty receipt`: a paper receipt is added, or a receipt that was paid without the card becomes somebody's."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.content import Contents
from loyalty_cli.model.days import JULIAN_OF_1970
from loyalty_cli.model.days import SECONDS_OF_DAY
from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Obstacle
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import bring
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.by_hand.lists import list_of
from loyalty_cli.operations.coupons.at_the_till import known_store
from loyalty_cli.operations.coupons.at_the_till import money
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.store.by_hand import assign_receipt
from loyalty_cli.store.by_hand import receipts_named
from loyalty_cli.store.imports.booking import Booking
from loyalty_cli.store.imports.imports import begin_import
from loyalty_cli.store.imports.imports import Counts
from loyalty_cli.store.imports.imports import end_import
from loyalty_cli.store.imports.imports import ImportedFile
from loyalty_cli.store.imports.one_receipt import as_batch
from loyalty_cli.store.members.records import owner_of_card
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.by_hand import Done
    from loyalty_cli.store.database import Connection


class Wish(NamedTuple):
    """A receipt that is to be somebody's, and which line of a list says so."""

    number: str
    card: str
    store: str | None = None
    line: int = 0


def receipt_assign(shop: Shop, wishes: list[Wish], asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Let receipts be those of cards; of a list all or none, and what is wrong with it is told at once."""
    several = len(wishes) != 1 or bool(wishes[0].line)
    if several and not asked.key:
        raise LoyaltyError("A list needs a key.", hint=phrase("Say one with --key, so that a repeated command does nothing twice."))
    with shop.changing(dry_run=dry_run) as connection:
        wrong: list[Obstacle] = []
        numbers: list[int] = []
        changed: list[tuple[int, Day]] = []
        known = None
        for wish in wishes:
            try:
                done = asked.begun(shop, connection, "assign", receipt=wish.number, card=card_said(wish.card))
                done = done._replace(key=f"{done.key}|{wish.number}" if several else done.key)
                known = before(connection, done)
                if known is None:
                    numbers.append(assigned(connection, done, wish, changed))
            except LoyaltyError as error:
                if not wish.line:
                    raise
                wrong.append(Obstacle(phrase("line {line}: {what}", line=wish.line, what=error.phrase), error.hint))
        if wrong:
            raise Hindered("No receipt was assigned.", wrong)
        bring(shop, connection, changed)
    if known is not None and not numbers:
        return made(known)
    count = len(numbers)
    line = phrase(
        "{count} receipt assigned: no. {numbers}.", "{count} receipts assigned: no. {numbers}.", count=count, numbers=spans(numbers)
    )
    data = {"numbers": numbers, "receipts": len(numbers), "dry_run": dry_run}
    return Outcome(said=[line], data=data)


def spans(numbers: list[int]) -> str:
    """Numbers in a row, as first to last."""
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}" if numbers else "-"


def assigned(connection: Connection, done: Done, wish: Wish, changed: list[tuple[int, Day]]) -> int:
    """One receipt; whose it was loses it."""
    found = receipts_named(connection, wish.number, known_store(connection, wish.store))
    if not found:
        raise Refused("There is no receipt {receipt}.", receipt=wish.number)
    if len(found) > 1:
        stores = ", ".join(row[1] for row in found)
        raise Refused("{receipt} is a receipt of: {stores}.", receipt=wish.number, stores=stores, hint=phrase("Say it with --store"))
    receipt, _, _, day, was = found[0]
    member = member_of_card(connection, card_said(wish.card))
    if was == member:
        raise Refused("Receipt {receipt} is this member's already.", receipt=wish.number)
    assign_receipt(connection, receipt, member)
    changed += [(one, day) for one in (was, member) if one is not None]
    return keep(connection, done._replace(member=member), row=receipt, was=was, of_day=day)


def wishes_of(path: Path) -> list[Wish]:
    """A list with the columns receipt, card and, if it is there, store."""
    _, rows = list_of(path, ["receipt", "card"])
    return [Wish(row.get("receipt", ""), row.get("card", ""), row.get("store") or None, line) for line, row in rows]


class Paper(NamedTuple):
    """A receipt on paper: its number, store, card, amount and what was bought, if that matters; seconds since midnight."""

    number: str
    store: str
    card: str
    amount: str
    product: str = ""
    category: str = ""
    clock: int = 43_200


def receipt_add(shop: Shop, paper: Paper, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Enter a receipt that no export has; `revert` takes it out again."""
    if not paper.number.strip():
        raise LoyaltyError("The receipt has no number.", hint=phrase("Write the number that stands on it, or one of your own such as P17."))
    with shop.changing(dry_run=dry_run) as connection:
        done = asked.begun(shop, connection, "receipt", **paper._asdict())
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        amount = money(paper.amount, kept_facts(connection).currency) or 0
        card = card_said(paper.card)
        member = member_of_card(connection, card)
        store = known_store(connection, paper.store)
        if receipts_named(connection, paper.number, store):
            raise Refused("Receipt {receipt} of {store} is there already.", receipt=paper.number, store=paper.store)
        number = entered(connection, done, paper, amount)
        number = keep(connection, done._replace(member=owner_of_card(connection, card)), imported=number)
        bring(shop, connection, [(member, done.day)])
    line = phrase("Receipt {receipt} of {store} is entered: no. {number}.", receipt=paper.number, store=paper.store, number=number)
    return Outcome(said=[line], data={"number": number, "receipt": paper.number, "dry_run": dry_run})


def entered(connection: Connection, done: Done, paper: Paper, amount: int) -> int:
    """The receipt as an import of its own; the import's number."""
    file = ImportedFile(kind="purchases", file=f"by hand {done.key}", sha256=f"by hand {done.key}", store=paper.store, layout="by hand")
    number = begin_import(connection, file, done.at)
    line = [paper.product, paper.product, paper.category, "", 1000, amount, 0, 0]
    receipt = {
        "store": paper.store, "number": paper.number, "card": card_said(paper.card), "at": at_noon(done.day, paper.clock), "day": done.day,
        "clock": paper.clock, "total": amount, "returned": 0, "loyalty": 0, "original": None, "desk": ["", ""], "content": 0,
        "lines": [line],
    }  # fmt: skip
    batch = Contents().added(as_batch(receipt))
    booking = Booking(connection, number)
    booking.add(replace(batch, contents=batch.contents))
    booked = booking.finish()
    counts = Counts(read=1, imported=booked.receipts, lines=1, known=0, set_aside=0, ignored=0, conflicts=0, total=amount)
    end_import(connection, number, counts)
    return number


def at_noon(day: Day, clock: int) -> int:
    """The seconds since 1970 of a local moment, as if the shop kept UTC: a paper shows no zone."""
    return (day - JULIAN_OF_1970) * SECONDS_OF_DAY + clock
