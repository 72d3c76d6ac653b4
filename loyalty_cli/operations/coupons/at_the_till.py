"""What `redeem coupon` and `redeem points` share: where and when something is used, and what it does to the books."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from loyalty_cli.model.days import day_of
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.operations.ledger.books import post_member
from loyalty_cli.operations.ledger.source import facts_of_members
from loyalty_cli.operations.stores.meant import store_of_counter
from loyalty_cli.reading.values import amount_of
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.store.by_hand import Done
from loyalty_cli.store.by_hand import is_lost
from loyalty_cli.store.by_hand import key_of_use
from loyalty_cli.store.by_hand import save_done
from loyalty_cli.store.coupons.redemptions import day_of_effect
from loyalty_cli.store.coupons.redemptions import store_entered
from loyalty_cli.store.members.records import is_blocked
from loyalty_cli.store.members.records import known_as
from loyalty_cli.store.members.records import owner_of_card
from loyalty_cli.store.stores.names import store_number

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.coupons.redemptions import Use
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheTill:
    """Where and when something is used: the basket in words of money, store, receipt number and card if they are known."""

    basket: str | None = None
    store: str | None = None
    receipt: str = ""
    day: Day | None = None
    by: str = ""
    key: str | None = None
    card: str | None = None
    reason: str = ""


def day_and_clock(shop: Shop, till: AtTheTill, timezone: str) -> tuple[Day, int]:
    """The local day of a use and the seconds since its midnight; a day to come is refused."""
    now = shop.now.astimezone(ZoneInfo(timezone))
    today = day_of(now.date())
    if till.day is None:
        return today, now.hour * 3600 + now.minute * 60 + now.second
    if till.day > today:
        raise Refused("{day} has not come yet.", day=OnDay(till.day))
    return till.day, 0


def money(text: str | None, currency: Currency) -> int | None:
    """An amount given on the command line."""
    if text is None:
        return None
    try:
        return amount_of(text, currency)
    except NotUnderstood as why:
        raise LoyaltyError.of(why.what, hint=why.hint) from why


def known_store(connection: Connection, name: str | None) -> int | None:
    """The store's number; a name that is neither known nor in the program is a mistake."""
    if name is None:
        return None
    number = store_number(connection, name)
    if number is not None:
        return number
    return store_entered(connection, store_of_counter(connection, name))


def balances_on(connection: Connection, plan: Plan, member: int, day: Day) -> Counter[str]:
    """The points a member can use on a day: replayed through it, so that what has lapsed since the last night is gone."""
    for facts in facts_of_members(connection, plan, [member], day):
        return balances_of(Replayer(plan).replay(facts, day).member)
    return Counter()


def balances_of(member: Member) -> Counter[str]:
    """The points a member can use, by wallet ('' are the points of the program itself)."""
    return Counter({"": member.lots.balance} | {name: purse.balance for name, purse in member.purses.by_name.items()})


def post_use(connection: Connection, use: Use, adopted: tuple[Plan, int], *, at: str) -> None:
    """Bring the member's books up to date; a use that names an earlier receipt changes what that receipt earned."""
    post_member(connection, use.member, day_of_effect(connection, use), adopted, at=at)


def refuse_blocked(connection: Connection, member: int, card: str | None, day: Day) -> None:
    """Nothing is used with a card that is lost, nor by a member who is blocked, nor from an account that is."""
    if card is not None and is_lost(connection, card, day):
        raise Refused("Card {card} is lost.", card=card)
    owner = None if card is None else owner_of_card(connection, card)
    if is_blocked(connection, member) or (owner is not None and is_blocked(connection, owner)):
        raise Refused("Card {card} is blocked.", card=card or known_as(connection, member))


def refuse_after_the_last_day(program: Program, day: Day) -> None:
    """No points are used once the program's last day for it is over."""
    why = program.why_no_points(day)
    if why is not None:
        raise Refused.of(why)


def noted(connection: Connection, use: Use, till: AtTheTill, *, coupon: int | None = None) -> int:
    """Write the use down among what was done by hand, so that it can be undone by its number.

    `coupon` is the number that the books know a coupon by: they tell the use of its own day also after it was undone.
    """
    key = key_of_use(connection, use.key)
    detail = {"key": use.key, "kind": use.kind} | ({} if coupon is None else {"coupon": coupon, "amount": use.amount})
    what = Done(0, key, "redeem", use.member or None, detail, use.day, use.at, till.by, till.reason)
    return save_done(connection, what)
