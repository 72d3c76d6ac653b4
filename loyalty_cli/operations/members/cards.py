"""`loyalty cards`: numbers for new cards, each made once and kept until somebody has it; and cards as a sheet to print."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from loyalty_cli.model.card_numbers import card_number_of
from loyalty_cli.model.card_numbers import EAN_DIGITS
from loyalty_cli.model.card_numbers import may_be_anothers
from loyalty_cli.model.card_numbers import places
from loyalty_cli.model.codes import shown
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.sheet import Label
from loyalty_cli.model.shown.sheet import Sheet
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.store.coupons.printing import Batch
from loyalty_cli.store.coupons.printing import batch_numbers
from loyalty_cli.store.coupons.printing import holders
from loyalty_cli.store.coupons.printing import last_serial
from loyalty_cli.store.coupons.printing import made_numbers
from loyalty_cli.store.coupons.printing import number_is_taken
from loyalty_cli.store.coupons.printing import save_batch
from loyalty_cli.store.members.referrals import friend_codes
from loyalty_cli.store.settings import secret_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.check_digits import CheckDigit
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

MOST_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CardForm:
    """How the numbers look; what is None is as the program's `cards` says."""

    prefix: str | None = None
    check: CheckDigit | None = None
    digits: int | None = None


def make_cards(shop: Shop, number: int, form: CardForm, *, key: str = "", by: str = "", dry_run: bool = False) -> Outcome:
    """Make the numbers; the same key again gives the same ones and makes none."""
    if not 1 <= number <= MOST_AT_ONCE:
        raise LoyaltyError("Make from 1 to {most} cards at once.", most=MOST_AT_ONCE)
    with shop.changing(dry_run=dry_run) as connection:
        batch = batch_of(shop, connection, form, key=key or f"cards|{shop.secret[:24]}", by=by)
        known = batch_numbers(connection, batch.key)
        if known is not None:
            return again(known, batch, number)
        cards = next_cards(connection, batch, number)
        save_batch(connection, batch, cards)
    numbers = [text for _, text in cards]
    said = [phrase("{count} card made.", "{count} cards made.", count=number)]
    return made(numbers, said, batch)


def batch_of(shop: Shop, connection: Connection, form: CardForm, *, key: str, by: str) -> Batch:
    """The form of the numbers, checked."""
    cards = program_file(shop).cards
    prefix = form.prefix if form.prefix is not None else cards.prefix if cards else ""
    check = form.check or (cards.check if cards else "ean")
    digits = form.digits or (cards.digits if cards else EAN_DIGITS)
    if not (prefix.isascii() and prefix.isdigit()):
        raise LoyaltyError(
            "The cards' prefix is missing: the digits that every number begins with.",
            hint=phrase("Say --prefix 29012, or write in the program: cards: {{prefix: 29012}}"),
        )
    if check == "ean" and digits != EAN_DIGITS:
        raise LoyaltyError("An EAN has 13 digits.", hint=phrase("Leave --digits out, or say --check luhn."))
    if places(prefix, check=check, digits=digits) < 1:
        raise LoyaltyError("The prefix {text} leaves no place for a number of its own.", text=prefix)
    return Batch(key, prefix, check, digits, today(shop, connection), shop.moment, by)


def next_cards(connection: Connection, batch: Batch, number: int) -> list[tuple[int, str]]:
    """The next numbers that nobody has, with their running numbers."""
    end = 10 ** places(batch.prefix, check=batch.check, digits=batch.digits)
    found: list[tuple[int, str]] = []
    for serial in count(last_serial(connection, batch) + 1):
        if serial >= end:
            raise Refused(
                "Numbers left with the prefix {text}: {left}.",
                text=batch.prefix,
                left=len(found),
                hint=phrase("Take a shorter prefix or another one."),
            )
        text = card_number_of(batch.prefix, serial, check=batch.check, digits=batch.digits)
        if not number_is_taken(connection, text):
            found.append((serial, text))
            if len(found) == number:
                return found
    return found


def again(known: tuple[Batch, Sequence[str]], batch: Batch, number: int) -> Outcome:
    """The same wish again has been fulfilled; another wish under its key is refused."""
    earlier, numbers = known
    if (earlier.prefix, earlier.check, earlier.digits, len(numbers)) != (batch.prefix, batch.check, batch.digits, number):
        raise Refused(
            "With the key {text} cards have been made already ({made}), in another form or number.",
            text=batch.key,
            made=len(numbers),
            hint=phrase("Take another key."),
        )
    return made(numbers, [phrase("These cards have been made before; nothing was changed.")], earlier)


def made(numbers: Sequence[str], said: Sequence[Phrase], batch: Batch) -> Outcome:
    """The numbers as a table, so that a card printer gets them with -o cards.csv."""
    warnings = []
    if may_be_anothers(batch.prefix, batch.check):
        warnings.append(
            phrase(
                "An EAN that begins with {text} may be the number of another company's goods; shops use 04 or 20 to 29.",
                text=batch.prefix,
            )
        )
    table = Table(
        name="cards",
        title=phrase("Cards made"),
        columns=(Column(name="card", heading="Card", kind="code"),),
        rows=[(number,) for number in numbers],
        currency="",
        notes=[phrase("Print them with: loyalty cards print")],
    )
    data = {"count": len(numbers), "key": batch.key, "numbers": list(numbers)}
    return Outcome(said=said, warnings=warnings, tables=[table], data=data)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWishes:
    """Which cards are printed: numbers said or listed in a file, a batch by its key, all members'; else the unused."""

    numbers: Sequence[str] = ()
    file: Path | None = None
    key: str | None = None
    members: bool = False


def cards_to_hand_on(shop: Shop, wishes: CardWishes) -> tuple[Outcome, Sheet]:
    """A card for each member with which friends say who sent them; its code pays nothing."""
    with shop.reading() as connection:
        if not secret_of(connection):
            raise Refused("Nothing has been worked out yet.", hint=phrase("Run: loyalty recalc"))
        facts = shop_facts(shop, connection)
        known = holders(connection)
        codes = friend_codes(connection, [number for number in wanted_numbers(connection, wishes, known) if number in known])
    labels = [
        Label(
            code=code,
            shown=shown(code),
            worth=phrase("An invitation"),
            title=name,
            lines=[phrase("Show this card when you join, and we know who sent you.")],
        )
        for name, code in codes
    ]
    said = phrase("{count} card to hand on.", "{count} cards to hand on.", count=len(labels))
    if not labels:
        said = phrase("There is no card to print. Say whose with --card, or --members for everybody's.")
    sheet = Sheet(kind="coupon", shop=facts.program, title=phrase("Cards to hand on"), labels=labels)
    data = {"count": len(labels), "codes": [label.code for label in labels]}
    return Outcome(said=[said], data=data, language=facts.language), sheet


def print_cards(shop: Shop, wishes: CardWishes) -> tuple[Outcome, Sheet]:
    """The sheet, and what it holds."""
    with shop.reading() as connection:
        facts = shop_facts(shop, connection)
        known = holders(connection)
        numbers = wanted_numbers(connection, wishes, known)
    labels = [
        Label(
            code=number,
            shown=number,
            holder=known.get(number, ""),
            lines=[phrase("Please show this card at the till.")],
        )
        for number in dict.fromkeys(numbers)
    ]
    said = phrase("{count} card on the sheet.", "{count} cards on the sheet.", count=len(labels))
    if not labels:
        said = phrase("There is no card to print. Numbers are made by: loyalty cards make")
    sheet = Sheet(kind="card", shop=facts.program, title=phrase("Cards"), labels=labels)
    data = {"count": len(labels), "numbers": [label.code for label in labels]}
    return Outcome(said=[said], data=data, language=facts.language), sheet


def wanted_numbers(connection: Connection, wishes: CardWishes, known: Mapping[str, str]) -> Sequence[str]:
    """The numbers, in the order they were given; any card's number may be printed, whoever made it."""
    if wishes.numbers or wishes.file is not None:
        listed = read_text(wishes.file).splitlines() if wishes.file is not None else []
        return [card_said(text) for text in (*wishes.numbers, *listed) if text.strip()]
    if wishes.members:
        return list(known)
    if wishes.key is not None and batch_numbers(connection, wishes.key) is None:
        raise LoyaltyError("No cards have been made with the key {text}.", text=wishes.key)
    return made_numbers(connection, wishes.key)
