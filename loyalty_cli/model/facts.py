"""What is known of one member from outside: purchases, returns, redemptions, adjustments, groups.

Purchases come by the million, so facts are tuples. They sort by day, time and kind: the one order of events.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import SECONDS_OF_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day

PURCHASE, RETURN, REDEMPTION, ADJUSTMENT, HANDED_OVER = 0, 1, 2, 3, 4
# A time after all times of a day.
AFTER_THE_DAY = SECONDS_OF_DAY
# How the asset of an adjustment begins that only says what happened.
EVENT = "event:"
# The one by which rewards hear of an answer.
FEEDBACK = f"{EVENT}feedback"
# Likewise of what the shop noted itself: a coupon that came into the member's hand (1) or left it (-1), with its last day, and
# a consent that the member was asked for by a channel.
IN_HAND = "coupon in hand:"
ASKED = "consent asked:"
NO_PIECES = -1


class Item(NamedTuple):
    """A product on a receipt (0 where the till does not say which): its class, its price, the part paid with money.

    Of a return both are what came back. A row that takes something off, such as a discount, is below zero. `quantity` is
    in thousandths of a piece, a litre or a kilogram; what was given away for nothing has none. Of a return 0 says that it is not
    known, NO_PIECES that money alone came back.
    """

    product: int
    class_: int
    price: int
    money: int
    quantity: int = 0

    @property
    def pieces(self) -> int | None:
        """The quantity, where it is known."""
        return max(0, self.quantity) if self.quantity else None


class Payment(NamedTuple):
    """What paid a part of a receipt besides money: a redemption, or (0) what the till's own column says.

    `voucher` is the code of one that keeps what it has not paid.
    """

    redemption: int
    points: int
    amount: int
    voucher: str = ""


class Paying(NamedTuple):
    """A redemption that paid something; `receipt` is the one it names, 0 while that has not come in, None where it names none."""

    day: Day
    clock: int
    store: str
    redemption: int
    points: int
    amount: int
    receipt: int | None
    voucher: str = ""


class Purchase(NamedTuple):
    """The lines of a receipt that were sold: what was paid for them, without the part paid by coupon or points.

    `parts` is the money by class of products (see replay/plan.py). Single items are given only where a return may look
    at them, payments only where there were any, `units` (thousandths by class) only where the program counts them. `excluded` is
    the price of goods that the product list excludes, where a redemption paid a part of all.
    """

    day: Day
    clock: int
    kind: int
    id: int
    store: str
    amount: int
    parts: Sequence[tuple[int, int]]
    items: Sequence[Item] = ()
    payments: Sequence[Payment] = ()
    units: Sequence[tuple[int, int]] = ()
    excluded: int = 0


class Return(NamedTuple):
    """The lines of a receipt that came back, as positive money; `sale` is the receipt they were bought on, if it is named.

    `excluded` is the price of those that the product list excludes: they earned nothing, but points may have paid for them. `unpaid`
    is what had paid a receipt that took back all its own goods.
    """

    day: Day
    clock: int
    kind: int
    id: int
    store: str
    items: Sequence[Item]
    sale: int | None = None
    excluded: int = 0
    unpaid: Sequence[Payment] = ()


class Redemption(NamedTuple):
    """Points used, of another wallet or for a gift of the catalogue; `amount` is the money they paid."""

    day: Day
    clock: int
    kind: int
    id: int
    points: int
    amount: int
    wallet: str = ""
    gift: str = ""


class Adjustment(NamedTuple):
    """An asset given or taken by hand, or brought along: points with their last day, a tier since a day.

    `opinion` is that of an answer with a score: `promoter`, `passive` or `detractor`.
    """

    day: Day
    clock: int
    kind: int
    id: int
    asset: str
    quantity: int
    last: Day | None = None
    since: Day | None = None
    opinion: str = ""


class HandedOver(NamedTuple):
    """What a friend did whom the member brought: so many times more or fewer for a reward; `id` is the friend.

    It comes after the member's own facts of the day.
    """

    day: Day
    clock: int
    kind: int
    id: int
    reward: str
    times: int


Fact = Purchase | Return | Redemption | Adjustment | HandedOver


class InGroup(NamedTuple):
    """A group a member is in, from a day through another (None: without end)."""

    name: str
    first: Day
    last: Day | None


NONE: frozenset[str] = frozenset()
# A reward, a kind of cause and its number.
Place = tuple[str, int, int]


class MemberFacts(NamedTuple):
    """Everything replay may know of one member; the facts in their order. `returns` says whether one may be among them.

    Birthday and name day are month and day.
    `cards` are given only where a filter asks for them. `places` are the causes for which the member has one of the places
    of a reward that only so many get; None where nobody counts them, as in a worked example. `referred_by` is the member
    who brought this one, 0 for nobody. `chance` is given only where a rule has a control group (see model/chance.py), and with it
    `recommender_chance`, that of who brought the member.
    `elsewhere` are the days, first and last, on which the member's cards count for the account of a household.
    `since` is the day on which somebody of whom only a card was known at first did anything or was put into a group; 0 of others,
    and NEVER of who became another member.
    """

    member: int
    facts: Sequence[Fact]
    joined: Day | None = None
    birthday: tuple[int, int] | None = None
    groups: tuple[InGroup, ...] = ()
    returns: bool = True
    cards: tuple[str, ...] = ()
    places: frozenset[Place] | None = None
    name_day: tuple[int, int] | None = None
    referred_by: int = 0
    chance: str = ""
    elsewhere: tuple[tuple[Day, Day | None], ...] = ()
    recommender_chance: str = ""
    since: Day = 0

    def buys_elsewhere(self, day: Day) -> bool:
        """Whether what is bought on the member's cards on a day is not told to the member but to a household's account."""
        return any(first <= day and (last is None or day <= last) for first, last in self.elsewhere)

    def moves_after(self, day: Day) -> Day:
        """The next day after one from which on that is so, or no longer, or NEVER."""
        days = [each for first, last in self.elsewhere for each in (first, NEVER if last is None else last + 1)]
        return min([each for each in days if each > day], default=NEVER)

    def regrouped_after(self, day: Day) -> Day:
        """The next day after one on which the member enters a group or has left one, or NEVER."""
        days = [each for _, first, last in self.groups for each in (first, NEVER if last is None else last + 1)]
        return min([each for each in days if each > day], default=NEVER)

    def groups_on(self, day: Day) -> frozenset[str]:
        """The names of the groups on a day."""
        if not self.groups:
            return NONE
        return frozenset(name for name, first, last in self.groups if first <= day and (last is None or day <= last))
