"""Import redemptions: coupons and points used elsewhere, each a fact that happened; nothing is dropped silently."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.importers.lists.redemptions import listed_use
from loyalty_cli.model.codes import is_sound
from loyalty_cli.model.codes import shown
from loyalty_cli.model.codes import typed
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.listed import Clash
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.coupons.own_receipt import after_its_receipt
from loyalty_cli.operations.coupons.own_receipt import too_early
from loyalty_cli.operations.coupons.what_it_pays import may_be_used
from loyalty_cli.operations.coupons.what_it_pays import worth_left
from loyalty_cli.operations.imports.lists import import_lists
from loyalty_cli.operations.imports.lists import ListKind
from loyalty_cli.operations.imports.lists_said import list_outcome
from loyalty_cli.operations.in_force import program_in_force
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.rules.coupons.kept import read_terms
from loyalty_cli.store.coupons import coupons
from loyalty_cli.store.coupons.bearer import bearer_coupon
from loyalty_cli.store.coupons.bearer import bearer_use_by_key
from loyalty_cli.store.coupons.bearer import BearerCoupon
from loyalty_cli.store.coupons.bearer import BearerUse
from loyalty_cli.store.coupons.bearer import save_bearer_use
from loyalty_cli.store.coupons.bearer import uses_of_bearer
from loyalty_cli.store.coupons.redemptions import day_of_effect
from loyalty_cli.store.coupons.redemptions import PastUse
from loyalty_cli.store.coupons.redemptions import same_use
from loyalty_cli.store.coupons.redemptions import save_further_use
from loyalty_cli.store.coupons.redemptions import save_use
from loyalty_cli.store.coupons.redemptions import save_what_for
from loyalty_cli.store.coupons.redemptions import store_entered
from loyalty_cli.store.coupons.redemptions import Use
from loyalty_cli.store.coupons.redemptions import use_by_key
from loyalty_cli.store.coupons.redemptions import uses_of
from loyalty_cli.store.coupons.redemptions import wallet_of_use
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.records import owner_of_card
from loyalty_cli.store.stores.names import present_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.listed import ListedUse
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.coupons.coupons import Coupon
    from loyalty_cli.store.database import Connection


@dataclass(slots=True, kw_only=True)
class Uses:
    """Writes the uses of lists down; what is out of order is noted, and counts all the same."""

    program: Program
    today: Day
    at: str
    by: str
    store: str
    money: int = 0
    points: int = 0
    # How often a content without a key stood in the file so far: two equal rows of points are two uses.
    times: Counter[tuple[int, str]] = field(default_factory=Counter)
    second: list[Phrase] = field(default_factory=list)
    odd: list[Phrase] = field(default_factory=list)

    def save(self, connection: Connection, import_id: int, listed: ListedUse) -> str | Phrase | Clash:
        """Write one use down: `new` or `known`; a Phrase says why it can not be."""
        if listed.day > self.today:
            return phrase("date: {day} has not come yet", day=OnDay(listed.day))
        return self.points_used(connection, import_id, listed) if listed.coupon is None else self.coupon_used(connection, import_id, listed)

    def points_used(self, connection: Connection, import_id: int, listed: ListedUse) -> str | Phrase | Clash:
        """Points of a card; what the balance does not hold becomes a debt."""
        member = owner_of_card(connection, listed.card or "")
        if member is None:
            return phrase("there is no card {card}", card=listed.card)
        wallet = listed.wallet
        if wallet and wallet not in self.program.wallets:
            return phrase("there is no wallet {wallet}", wallet=wallet)
        use = self.use_of(connection, import_id, listed, member=member)
        if listed.amount is None:
            use = use._replace(amount=self.program.points_pay(use.points, wallet or ""))
        before = known_as(connection, use, wallet=wallet)
        if before is not None:
            return before
        if use.receipt and same_use(connection, use, wallet=wallet):
            return "known"
        kept = self.keep(connection, use)
        if wallet:
            save_what_for(connection, use, wallet=wallet, gift="")
        return kept

    def coupon_used(self, connection: Connection, import_id: int, listed: ListedUse) -> str | Phrase | Clash:
        """A coupon; a use after the first is recorded as such."""
        code = typed(listed.coupon or "")
        printed = bearer_coupon(connection, code)
        if printed is not None:
            return self.bearer_used(connection, import_id, listed, printed)
        coupon = coupons.coupon_by_code(connection, code) if is_sound(code) else None
        if coupon is None:
            return phrase("there is no coupon {code}", code=listed.coupon)
        use = self.use_of(connection, import_id, listed, member=coupon.member)
        use = use._replace(kind="coupon", coupon=coupon.id, points=0)
        if listed.amount is None:
            use = use._replace(amount=worth_left(read_terms(coupon.terms), uses_of(connection, coupon.id)) or 0)
        before = known_as(connection, use) or ("known" if same_use(connection, use) else None)
        if before is not None:
            return before
        early = too_early(connection, coupon, use)
        if early is not None:
            return early.phrase
        use = after_its_receipt(connection, coupon, use)
        if coupon.used and not may_be_used(read_terms(coupon.terms), uses_of(connection, coupon.id)):
            return self.used_again(connection, coupon, use)
        self.note_odd(coupon, use.day)
        self.note_elsewhere(coupon, listed.store or self.store)
        coupons.note_events(connection, [(coupon.id, "used")], day=use.day, at=self.at, by=self.by)
        return self.keep(connection, use, again=coupon.used)

    def used_again(self, connection: Connection, coupon: Coupon, use: Use) -> str:
        """A coupon was used before: the first use stays its use, this one is told."""
        self.tell_second(coupon.code, uses_of(connection, coupon.id), use)
        save_further_use(connection, use, allowed=False)
        self.count(connection, use)
        return "new"

    def bearer_used(self, connection: Connection, import_id: int, listed: ListedUse, coupon: BearerCoupon) -> str | Phrase | Clash:
        """A printed coupon of no member; what it paid is the member's whose card the list names, if it names one."""
        terms, before = read_terms(coupon.terms), uses_of_bearer(connection, coupon.id)
        member = owner_of_card(connection, listed.card) if listed.card else None
        use = self.use_of(connection, import_id, listed, member=member or 0)._replace(kind="coupon", points=0)
        if listed.amount is None:
            use = use._replace(amount=worth_left(terms, before) or 0)
        kept, store = bearer_use_by_key(connection, use.key), present_name(connection, listed.store or self.store)
        if kept is not None and kept != (use.kind, use.points, use.amount, use.day):
            return Clash(phrase("the key stands for another use already, of {day}", day=OnDay(kept[3])))
        if kept is not None or any(one.was_on(use.receipt, use.day, store) for one in before):
            return "known"
        if before and not may_be_used(terms, before):
            self.tell_second(coupon.code, before, use)
        self.note_odd(coupon, use.day)
        self.note_elsewhere(coupon, listed.store or self.store)
        place = (use.store, use.receipt, use.day, use.clock)
        save_bearer_use(connection, coupon.id, BearerUse(use.amount, *place, use.at, use.by, use.key))
        if member is None:
            self.money += use.amount
            return "new"
        return self.keep(connection, use)

    def tell_second(self, code: str, before: Sequence[PastUse], use: Use) -> None:
        """A coupon was used once more than its terms allow."""
        self.second.append(
            phrase(
                "The coupon {code} was used twice: on {first} and on {day}, receipt {receipt}.",
                code=shown(code),
                first=OnDay(before[0].day) if before else "-",
                day=OnDay(use.day),
                receipt=use.receipt or "-",
            )
        )

    def note_odd(self, coupon: Coupon | BearerCoupon, day: Day) -> None:
        """A till without the database may have taken what should not have been taken."""
        code = shown(coupon.code)
        if coupon.state in ("withdrawn", "voided"):
            self.odd.append(phrase("The coupon {code} was used though it was withdrawn or void.", code=code))
        elif not coupon.from_day <= day <= coupon.until_day:
            text = "The coupon {code} was used on {day}, outside its days."
            self.odd.append(phrase(text, code=code, day=OnDay(day)))

    def note_elsewhere(self, coupon: Coupon | BearerCoupon, store: str) -> None:
        """It was used in a store that its terms do not name."""
        stores = read_terms(coupon.terms).only.stores
        if stores and store not in stores:
            text = "The coupon {code} was used in {store}, but it holds in: {stores}."
            self.odd.append(phrase(text, code=shown(coupon.code), store=store or "-", stores=", ".join(stores)))

    def use_of(self, connection: Connection, import_id: int, listed: ListedUse, *, member: int) -> Use:
        """The use as it is kept; without a key of its own, its content is the key."""
        store = listed.store or self.store
        if listed.key is not None:
            key = f"import|{listed.key}"
        else:
            what = typed(listed.coupon) if listed.coupon is not None else listed.card
            parts = [what, listed.points or 0, listed.amount, store, listed.receipt, iso(listed.day), listed.clock]
            if listed.wallet:
                parts.append(listed.wallet)
            content = "|".join("" if part is None else str(part) for part in parts)
            self.times[import_id, content] += 1
            key = f"import|{content}|{self.times[import_id, content]}"
        return Use(
            member=member,
            kind="points",
            points=listed.points or 0,
            amount=listed.amount or 0,
            coupon=None,
            store=store_entered(connection, store) if store else None,
            receipt=listed.receipt,
            day=listed.day,
            clock=listed.clock,
            at=self.at,
            by=self.by,
            key=key,
            import_id=import_id,
        )

    def keep(self, connection: Connection, use: Use, *, again: bool = False) -> str:
        """Write the use down, and let the member be recalculated; `again` where a coupon may be used several times."""
        if again:
            save_further_use(connection, use, allowed=True)
        else:
            save_use(connection, use)
        self.count(connection, use)
        return "new"

    def count(self, connection: Connection, use: Use) -> None:
        """Sum up; a use that names an earlier receipt changes what that receipt earned."""
        self.money += use.amount
        self.points += use.points
        mark_due(connection, [(use.member, day_of_effect(connection, use))])


def known_as(connection: Connection, use: Use, *, wallet: str | None = None) -> str | Clash | None:
    """What the key of a use says: `known`, a Clash if it stands for another use, None if it is new; a `wallet` of None is any."""
    kept = use_by_key(connection, use.key)
    if kept is None:
        return None
    if kept == (use.kind, use.points, use.amount, use.day) and wallet in (None, wallet_of_use(connection, use.key)):
        return "known"
    return Clash(phrase("the key stands for another use already, of {day}", day=OnDay(kept[3])))


def uses_of_lists(shop: Shop, *, store: str = "", by: str = "") -> Uses:
    """What keeps uses of a shop's lists."""
    program = program_in_force(shop)
    today = local_day(shop.now, program.timezone)
    if store:
        with shop.reading() as connection:
            store = store_meant(connection, store, in_program=program.stores)
    return Uses(program=program, today=today, at=shop.moment, by=by, store=store)


def list_of_uses(uses: Uses) -> ListKind:
    """How a list of uses is read and kept."""
    make = partial(listed_use, timezone=uses.program.timezone)
    return ListKind(name="redemptions", make=make, save=uses.save, digits=uses.program.currency.digits)


def import_redemptions(
    shop: Shop,
    files: Sequence[str],
    *,
    layout: str | None = None,
    store: str = "",
    by: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Bring in what was used elsewhere."""
    uses = uses_of_lists(shop, store=store, by=by)
    program = uses.program
    results = import_lists(shop, files, list_of_uses(uses), layout=layout, dry_run=dry_run, language=program.language)
    outcome = list_outcome(results, program, kind="redemptions", dry_run=dry_run)
    total = program.currency.plain(uses.money)
    more = {
        "totals": {program.currency.code: total},
        "points": uses.points,
        "second_uses": [str(said) for said in uses.second],
        "out_of_order": [str(said) for said in uses.odd],
    }
    return replace(
        outcome,
        warnings=[*outcome.warnings, *uses.second, *uses.odd],
        data={**outcome.data, **more},
        quiet=outcome.quiet and not uses.second,
    )
