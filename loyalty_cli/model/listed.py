"""What lists from outside say: members, products, redemptions, opening balances, events. What is not said is None, and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase


class Clash(NamedTuple):
    """What a row says is at odds with what is kept, so it waits for somebody to decide."""

    reason: Phrase


class ListedGroup(NamedTuple):
    """A group, from a day through another where they are said, with what proves it."""

    name: str
    first: Day | None = None
    last: Day | None = None
    proof: str | None = None


class ListedConsent(NamedTuple):
    """A channel that a member agrees to or does not, since when, and where that was said."""

    channel: str
    given: bool = True
    day: Day | None = None
    source: str | None = None


class ListedAnswer(NamedTuple):
    """One row of a list of consents; `agreed` is None where the member was asked and has not confirmed yet."""

    card: str | None
    number: str | None
    day: Day | None
    channel: str
    agreed: bool | None
    wording: str = ""
    version: str = ""
    source: str = ""
    proof: str = ""
    taken_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMember:
    """One row of a list of members. The birthday is `1980-05-17`, or `05-17` where the year is not known; so is a name day.

    `referred_by` is a card or a number of the member who brought this one, whether or not that is known yet.
    """

    cards: tuple[str, ...] = ()
    number: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    language: str | None = None
    birthday: str | None = None
    name_day: str | None = None
    joined: Day | None = None
    referred_by: str | None = None
    groups: tuple[ListedGroup, ...] = ()
    consents: tuple[ListedConsent, ...] = ()
    blocked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProduct:
    """One row of a list of products; money in minor units."""

    code: str
    name: str | None = None
    category: str | None = None
    cost: int | None = None
    floor_price: int | None = None
    excluded: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedUse:
    """One row of a list of redemptions: a coupon by its code, or points of a card; the money it paid in minor units.

    `wallet` is the one whose points they are, empty for the program's own, None where the list has no such column.
    """

    card: str | None
    coupon: str | None
    points: int | None
    wallet: str | None
    amount: int | None
    store: str
    receipt: str
    day: Day
    clock: int
    key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedBalance:
    """One row of a list of opening balances; spend in minor units. `day` is None where the list does not say it."""

    card: str | None
    number: str | None
    day: Day | None = None
    points: int | None = None
    usable_through: Day | None = None
    tier: str | None = None
    tier_since: Day | None = None
    spent: int | None = None
    visits: int | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEvent:
    """One row of a list of events; a key tells two of one name and day apart."""

    card: str | None
    number: str | None
    day: Day
    event: str
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeedback:
    """One answer to a survey: who gave it, by any of the ways in which members are known, and what was said of which visit."""

    card: str | None
    number: str | None
    email: str | None
    phone: str | None
    coupon: str | None
    day: Day
    score: int | None
    text: str
    store: str | None
    receipt: str
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TillTotal:
    """What a till says it sold on a day; `till` is '' where the total is the whole store's."""

    store: str
    till: str
    day: Day
    total: int
    receipts: int | None = None
    first_receipt: str = ""
    last_receipt: str = ""
