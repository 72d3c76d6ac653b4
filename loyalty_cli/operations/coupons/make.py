"""`loyalty coupons make`: a batch of coupons for whoever brings them, to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.codes import code_of
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.local_day import today
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.rules.coupons.kept import terms_text
from loyalty_cli.store.coupons.bearer import batch_of_key
from loyalty_cli.store.coupons.bearer import BearerBatch
from loyalty_cli.store.coupons.bearer import save_bearer_batch
from loyalty_cli.store.coupons.coupons import code_is_taken
from loyalty_cli.store.settings import secret_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

MOST_AT_ONCE = 10_000


def make_coupons(shop: Shop, name: str, number: int, *, key: str, by: str = "", dry_run: bool = False) -> Outcome:
    """Make the codes; the same key again gives the same ones and makes none."""
    if not 1 <= number <= MOST_AT_ONCE:
        raise LoyaltyError("Make from 1 to {most} coupons at once.", most=MOST_AT_ONCE)
    with shop.changing(dry_run=dry_run) as connection:
        known = batch_of_key(connection, key)
        if known is not None:
            return again(known, name, number)
        batch = batch_of(shop, connection, name, key=key, by=by)
        codes = new_codes(connection, key, number)
        save_bearer_batch(connection, batch, codes)
    said = [phrase("{count} coupon made.", "{count} coupons made.", count=number)]
    return made(batch, codes, said)


def batch_of(shop: Shop, connection: Connection, name: str, *, key: str, by: str) -> BearerBatch:
    """The batch with the terms of today, which must be those of a coupon for whoever brings it."""
    plan, _ = adopted_plan(connection)
    day = today(shop, connection)
    coupons = plan.in_force(day).coupons
    terms = coupons.get(name)
    if terms is None:
        raise LoyaltyError("There is no coupon {name} in the program.", name=name, hint=did_you_mean(name, list(coupons)))
    if terms.held_by == "member":
        hint = phrase("Write in the program: held_by: bearer")
        raise Refused("The coupon {name} is for its member only.", name=name, hint=hint)
    return BearerBatch(key, name, terms_text(terms), day, *terms.days_from(day), shop.moment, by)


def new_codes(connection: Connection, key: str, number: int) -> list[str]:
    """So many codes that no coupon has."""
    secret = secret_of(connection)
    codes: dict[str, None] = {}
    for serial in range(1, number + 1):
        attempt = 0
        while (code := code_of(secret, f"bearer|{key}|{serial}", attempt)) in codes or code_is_taken(connection, code):
            attempt += 1
        codes[code] = None
    return list(codes)


def again(known: tuple[BearerBatch, list[str]], name: str, number: int) -> Outcome:
    """The same wish again has been fulfilled; another wish under its key is refused."""
    batch, codes = known
    if (batch.name, len(codes)) != (name, number):
        raise Refused(
            "With the key {text} coupons {name} have been made already: {made}.",
            text=batch.key,
            made=len(codes),
            name=batch.name,
            hint=phrase("Take another key."),
        )
    return made(batch, codes, [phrase("These coupons have been made before; nothing was changed.")])


def made(batch: BearerBatch, codes: Sequence[str], said: Sequence[Phrase]) -> Outcome:
    """The codes as a table, so that a printer gets them with -o coupons.csv."""
    table = Table(
        name="coupons",
        title=phrase("Coupons made"),
        columns=(
            Column(name="code", heading="Code", kind="code"),
            Column(name="coupon", heading="Coupon"),
            Column(name="from", heading="From", kind="day"),
            Column(name="until", heading="Until", kind="day"),
        ),
        rows=[(code, batch.name, batch.from_day, batch.until_day) for code in codes],
        currency="",
        notes=[phrase("Print them with: loyalty coupons print --key {key}", key=typed(batch.key))],
    )
    data = {"count": len(codes), "key": batch.key, "until": iso(batch.until_day), "codes": list(codes)}
    return Outcome(said=said, tables=[table], data=data)
