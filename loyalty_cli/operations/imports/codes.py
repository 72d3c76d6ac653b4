"""`loyalty import codes`: codes of a webshop or a partner, of which each coupon gets one when it is issued."""

from __future__ import annotations

import csv
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.importers.cards import bare
from loyalty_cli.importers.cells import SPREADSHEET_NUMBER
from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Obstacle
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import program_in_force
from loyalty_cli.operations.local_day import today
from loyalty_cli.reading.csv.files import is_separator
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.store.coupons.foreign import codes_left
from loyalty_cli.store.coupons.foreign import coupon_of_code
from loyalty_cli.store.coupons.foreign import ForeignCode
from loyalty_cli.store.coupons.foreign import save_codes

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop


# What stands above the codes in lists of webshops and of people; of two columns the codes are in the one that is named earlier here.
HEADS = (
    *("coupon code", "discount code", "promo code", "voucher code", "kod kuponu", "kod promocyjny", "kod rabatowy", "kody rabatowe"),
    *("код купона", "промокод", "промокоды", "cod cupon", "cod de reducere", "cod promoțional"),
    *("code", "codes", "kod", "kody", "код", "коды", "cod", "coduri"),
    *("coupon", "voucher", "kupon", "купон", "cupon"),
)


class ForCoupon(NamedTuple):
    """For which coupon the codes are, through which day, by whom they are entered."""

    coupon: str
    until: Day | None = None
    by: str = ""


def import_codes(shop: Shop, path: Path, for_coupon: ForCoupon, *, dry_run: bool = False) -> Outcome:
    """Enter codes, one on a line, or in the column code; a code that is for another coupon is refused."""
    coupons = program_in_force(shop).coupons
    if for_coupon.coupon not in coupons:
        hint = did_you_mean(for_coupon.coupon, coupons)
        raise LoyaltyError("The program has no {kind} {name}.", kind="coupon", name=for_coupon.coupon, hint=hint)
    codes = codes_in(path)
    with shop.changing(dry_run=dry_run) as connection:
        kept = {code: coupon_of_code(connection, code) for code in codes}
        wrong = [
            Obstacle(phrase("{code} is a code for the coupon {name} already", code=code, name=name))
            for code, name in kept.items()
            if name not in (None, for_coupon.coupon)
        ]
        spoiled = filter(SPREADSHEET_NUMBER.fullmatch, codes)
        wrong += [Obstacle(phrase("{code} is no code any more: a spreadsheet has changed it", code=code)) for code in spoiled]
        if wrong:
            raise Hindered("{file}: no code was entered.", wrong, file=path.name)
        rows = [ForeignCode(code, for_coupon.coupon, for_coupon.until, shop.moment, for_coupon.by) for code in codes]
        new = save_codes(connection, rows)
        left = codes_left(connection, today(shop, connection))[for_coupon.coupon] if codes else 0
    line = phrase(
        "{count} new code for the coupon {name}; free: {left}.",
        "{count} new codes for the coupon {name}; free: {left}.",
        count=new,
        name=for_coupon.coupon,
        left=left,
    )
    data = {"coupon": for_coupon.coupon, "new": new, "known": len(codes) - new, "free": left, "dry_run": dry_run}
    return Outcome(said=[line], data=data, quiet=not new)


def codes_in(path: Path) -> list[str]:
    """The codes of a file, each once: under the head that says so, else one on each line."""
    lines = [line for line in read_text(path).splitlines() if line.strip()]
    cells = csv.reader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    rows = [row for row in ([bare(cell.strip()) for cell in row] for row in cells) if any(row) and not is_separator(row)]
    heads = [name.lower() for name in rows[0]] if rows else []
    place = next((heads.index(name) for name in HEADS if name in heads), None)
    if place is None and len(heads) > 1 and any(any(row[1:]) for row in rows):
        raise LoyaltyError("{file} needs the column {name}.", file=path.name, name="code")
    codes = (row[place or 0 :][:1] for row in (rows if place is None else rows[1:]))
    return list(dict.fromkeys(code for one in codes for code in one if code))
