"""A shop's program: everything its file says, as values with their meaning."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.days import Dates
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.blocks.books import Books
    from loyalty_cli.program.blocks.cards import Cards
    from loyalty_cli.program.blocks.costs import CostsBlock
    from loyalty_cli.program.blocks.discounts import Discounts
    from loyalty_cli.program.blocks.feedback import FeedbackTerms
    from loyalty_cli.program.blocks.gifts import GiftTerms
    from loyalty_cli.program.blocks.goals import GoalBlock
    from loyalty_cli.program.blocks.messages import Contact
    from loyalty_cli.program.blocks.messages import MessageTerms
    from loyalty_cli.program.blocks.points import Points
    from loyalty_cli.program.blocks.points import Wallet
    from loyalty_cli.program.blocks.rewards import RewardBlock
    from loyalty_cli.program.blocks.rfm import Rfm
    from loyalty_cli.program.blocks.senders import Senders
    from loyalty_cli.program.blocks.stages import Stages
    from loyalty_cli.program.blocks.stores import StoreFiles
    from loyalty_cli.rules.at_most import AtMost
    from loyalty_cli.rules.coupons.terms import CouponTerms
    from loyalty_cli.rules.only import Only
    from loyalty_cli.rules.segment import Segment

# The name under which the discount of a member's tier stands among the others.
TIER_DISCOUNT = "tier discount"
NIGHTLY_STEPS = ("backup", "import", "recalc", "coupons", "messages", "dashboard", "till export NAME")
# A step for each till or webshop that gets a file.
TILL_EXPORT = "till export "


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """When something happens, give something. `when` and `gives` are kinds of rule, `block` says what goes for all kinds.

    `to_friend` is what a friend gets, where the reward is for bringing one.
    """

    name: str
    when: Any
    only: Only
    gives: tuple[Any, ...]
    block: RewardBlock
    to_friend: tuple[Any, ...] = ()

    @property
    def as_a_friend(self) -> str:
        """What remembers a member as somebody's friend for this reward; its own name remembers who brings friends."""
        return f"{self.name}, as a friend"

    @property
    def all_gives(self) -> tuple[Any, ...]:
        """Everything that is given, to the member and to the friend."""
        return (*self.gives, *self.to_friend)

    @property
    def at_most(self) -> AtMost | None:
        """How often a member gets it."""
        return self.block.at_most

    @property
    def on_return(self) -> str:
        """Whether a return takes it back."""
        return self.block.on_return


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One program file, read and found in order. `earn`, `offers`, `ladder` and `draws` hold kinds of rule by name."""

    name: str
    language: str
    currency: Currency
    timezone: str
    starts: Day
    counts_before_start: bool
    ends: Day
    last_redemption: Day
    returns_by_line: bool
    unknown_cards_join: bool
    nightly: tuple[str, ...]
    source: str
    country: str = "from the time zone"
    closed: tuple[Dates, ...] = ()
    cards: Cards | None = None
    stores: Mapping[str, StoreFiles] = field(default_factory=dict)
    ladder: Any = None
    points: Points | None = None
    earn: Mapping[str, Any] = field(default_factory=dict)
    discounts: Discounts | None = None
    offers: Mapping[str, Any] = field(default_factory=dict)
    coupons: Mapping[str, CouponTerms] = field(default_factory=dict)
    gifts: Mapping[str, GiftTerms] = field(default_factory=dict)
    segments: Mapping[str, Segment] = field(default_factory=dict)
    rewards: Mapping[str, Reward] = field(default_factory=dict)
    draws: Mapping[str, Any] = field(default_factory=dict)
    books: Books | None = None
    costs: CostsBlock | None = None
    senders: Senders | None = None
    goals: Mapping[str, GoalBlock] = field(default_factory=dict)
    feedback: FeedbackTerms | None = None
    messages: Mapping[str, MessageTerms] = field(default_factory=dict)
    contact: Contact | None = None
    stages: Stages | None = None
    rfm: Rfm | None = None
    terms: tuple[str, ...] = ()

    def watch_of(self, reward: Reward) -> Any:
        """A reward's `when`, which knows the closed days where it asks for them."""
        when = reward.when
        return when.model_copy(update={"closed": (*when.closed, *self.closed)}) if when.asks_closed else when

    def point_worth(self, wallet: str = "") -> int:
        """What one point pays, or one of a wallet, in thousandths of the smallest coin; 0 where points pay nothing."""
        terms = self.point_terms(wallet)
        return terms.one_point_pays if terms else 0

    def point_terms(self, wallet: str = "") -> Points | Wallet | None:
        """How long points live and what they pay, or those of a wallet; None where there are none."""
        return self.wallets.get(wallet) if wallet else self.points

    @property
    def wallets(self) -> Mapping[str, Wallet]:
        """The other kinds of points by name."""
        return self.points.wallets if self.points else {}

    def points_pay(self, points: int, wallet: str = "") -> int:
        """The money that so many points pay, or so many of a wallet."""
        terms = self.point_terms(wallet)
        return terms.pay(points) if terms else 0

    def way_of(self, channel: str) -> Any:
        """By which way messages of a channel leave the shop; None where nothing is said of it."""
        return getattr(self.senders, channel, None)

    def why_no_points(self, day: Day) -> Phrase | None:
        """Why no points can be used on a day any more."""
        last = self.last_redemption
        return phrase("Points could be used through {day}.", day=OnDay(last)) if day > last else None

    @property
    def catalogue(self) -> dict[str, int]:
        """How many points each gift costs that can be had for points."""
        own = {name: gift.points for name, gift in self.gifts.items() if gift.points is not None}
        return {**(self.points.gifts if self.points else {}), **own}

    def is_counted(self, asset: str) -> bool:
        """Whether there are only so many of a gift or a coupon, called as the ledger calls it."""
        if asset.startswith("coupon:"):
            coupon = self.coupons.get(asset.removeprefix("coupon:"))
            return coupon is not None and coupon.budget is not None
        gift = self.gifts.get(asset.removeprefix("gift:")) if asset.startswith("gift:") else None
        return gift is not None and gift.stock is not None

    @property
    def rankings(self) -> dict[str, Any]:
        """The conditions of segments that compare members, by the asset by which a member hears of being among them."""
        conditions = (each for segment in self.segments.values() for each in segment.all_conditions)
        return {each.ranking: each for each in conditions if each.ranking}

    @property
    def asks_the_month(self) -> bool:
        """Whether a discount has a ceiling for a calendar month: all together, a group, or one of them."""
        together = (self.discounts, *self.discounts.groups.values()) if self.discounts else ()
        return any(each.at_most and each.at_most.month is not None for each in (*together, *self.offers.values()))

    @property
    def tiers(self) -> Mapping[str, Any]:
        """The rungs of the ladder by name, from the lowest to the highest; without a ladder there are none."""
        return self.ladder.ladder if self.ladder else {}

    @property
    def base_tier(self) -> str:
        """The tier that everybody has, or '' without a ladder."""
        return next(iter(self.tiers), "")
