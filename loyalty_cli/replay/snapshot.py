"""A member as text between two nights, so that the next night reads only what is new.

A snapshot forgets single purchases: a member whose new facts are not plain later ones is replayed from the start.
"""

from __future__ import annotations

import json
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import start_of_month
from loyalty_cli.replay.in_snapshot import FORM
from loyalty_cli.replay.in_snapshot import WITHOUT_EXTRAS
from loyalty_cli.replay.lots import NUMBER
from loyalty_cli.replay.memories import Memory
from loyalty_cli.replay.ranked import RankedClimb
from loyalty_cli.replay.reviews import look_at_reviews
from loyalty_cli.replay.rewards import look
from loyalty_cli.rules.watch import InHand

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.qualifying import Climb

# Where in a state the last day stands that was replayed.
UNTIL = 7

encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False).encode


def saved(member: Member) -> str:
    """The member's state as JSON."""
    climb, lots, tickets = member.climb, member.lots, member.tickets
    place = [climb.rank, climb.since, climb.counted, climb.sum, climb.review_on, climb.grace_from] if climb is not None else None
    return encode(
        [
            FORM,
            member.version.index,
            member.begun,
            member.spent,
            member.visits,
            member.first_on,
            member.last_on,
            member.until,
            lots.lots,
            lots.pending,
            lots.debt,
            lots.number,
            place,
            tickets.spent,
            tickets.held,
            *extras_of(member),
        ]
    )


def extras_of(member: Member) -> list[dict[str, Any]]:
    """What few programs ask, by name; nothing where nothing is asked."""
    extras = extras_of_points(member)
    if member.climb and (member.climb.holds or isinstance(member.climb, RankedClimb)):
        extras |= extras_of_climb(member.climb, member.until)
    if member.by_day:
        extras["by day"] = list(member.by_day.items())
    if member.known.since and member.versions.reward_or_ask:
        extras["since"] = member.known.since
    if member.segmented:
        extras["segments"] = member.segmented.kept(member.until, member.anchor)
    if member.memories.coupons or member.memories.by_name:
        extras |= memories_of(member)
    return [extras] if extras else []


def extras_of_points(member: Member) -> dict[str, Any]:
    """What of points few programs have: caps of a month, points that lapse without a purchase, other wallets."""
    extras: dict[str, Any] = {}
    if member.caps.months and (month := start_of_month(member.until)) in member.caps.months:
        extras["month"] = [month, member.caps.months[month]]
    if member.sliding:
        own = [[lot[NUMBER], member.sliding.own[lot[NUMBER]]] for lot in member.lots.lots]
        extras["sliding"] = [member.sliding.active_on, own]
    if member.purses.by_name:
        extras["wallets"] = {name: [purse.lots, purse.pending, purse.debt, purse.number] for name, purse in member.purses.by_name.items()}
    return extras


def extras_of_climb(climb: Climb, until: Day) -> dict[str, Any]:
    """What of a ladder few programs have: tiers that are held, tiers for the best of a period."""
    extras: dict[str, Any] = {"holds": climb.holds} if climb.holds else {}
    if isinstance(climb, RankedClimb):
        extras["periods"] = climb.recent(until)
    return extras


def memories_of(member: Member) -> dict[str, Any]:
    """The coupons in hand, and what is remembered for each reward, as far as later purchases and days need it."""
    held = [coupon for coupon in member.memories.coupons.values() if coupon.last >= member.until]
    found: dict[str, list[Any]] = {}
    for name, watched in member.version.rewarding.watched.items():
        memory = member.memories.by_name.get(name)
        if memory and memory.said:
            state = watched.when.kept(memory.state, member.until) if memory.state else []
            limited = watched.limited(memory.times, member.until, member.anchor) if memory.times else []
            if limited or memory.kept:
                found[name] = [state or watched.when.fresh(member.known, watched.since), limited, memory.kept]
            elif state:
                found[name] = [state]
    return ({"coupons": held} if held else {}) | ({"rewards": found} if found else {})


def restored(state: str, member: Member) -> Member:
    """A member of whom nothing has happened yet, brought to a saved state; ValueError if that is of another release's form."""
    kept = json.loads(state)
    extras = kept.pop() if len(kept) > WITHOUT_EXTRAS else {}
    if kept[0] != FORM:
        raise ValueError(kept[0])
    if extras.get("since", 0) > kept[UNTIL]:  # nothing has happened so far
        return looked(member)
    _, index, member.begun, member.spent, member.visits, *dates, lots, pending, debt, number, place, spent, held = kept
    member.known = member.known._replace(since=extras.get("since", member.known.since))
    member.by_day = dict(extras.get("by day", ()))
    member.version = member.versions[index]
    member.first_on, member.last_on, member.until = dates
    member.memories.by_name = {name: Memory(*kept) for name, kept in extras.get("rewards", {}).items()}
    looked(member)
    member.lots.lots, member.lots.pending, member.lots.debt, member.lots.number = lots, pending, debt, number
    member.climb = member.first_rung(member.version)
    climb = member.climb
    if climb is not None:
        rank, climb.since, climb.counted, climb.sum, climb.review_on, climb.grace_from = place
        climb.stand_on(rank)
        if isinstance(climb, RankedClimb):
            climb.periods = {(kind, first): measure for kind, first, measure in extras.get("periods", ())}
        climb.holds = extras.get("holds", [])
        if climb.holds and member.begun:
            climb.look_at_holds(member.until, (0, 0))
            climb.since = place[1]
        climb.dips = any(measure < 0 for _, measure in climb.counted)
    member.tickets.spent, member.tickets.held = spent, held
    restore_extras(member, extras)
    look_at_reviews(member, member.until + 1)
    return member


def looked(member: Member) -> Member:
    """The next day that a reward waits for is found."""
    if member.version.rewarding.waiting:
        look(member)
    return member


def restore_extras(member: Member, extras: dict[str, Any]) -> None:
    """What few programs ask, by name."""
    if member.sliding:
        member.sliding.active_on, own = extras["sliding"]
        member.sliding.own, member.sliding.rests = dict(own), member.version.rests
    for name, (lots, pending, debt, number) in extras.get("wallets", {}).items():
        purse = member.purses.of(name)
        purse.lots, purse.pending, purse.debt, purse.number = lots, pending, debt, number
    if member.segmented:
        member.segmented.since = member.known.since
        member.segmented.restore(extras["segments"])
        # That the cards count for a household from some day on or no longer, or of a group, may have been said since the state was saved.
        # Before the program begins, and before somebody joins, nothing is said of them.
        if member.begun and member.segmented.next_day != member.known.joined:
            member.segmented.look_on(min(member.known.moves_after(member.until), member.known.regrouped_after(member.until)))
    member.memories.coupons = {coupon[0]: InHand(*coupon) for coupon in extras.get("coupons", ())}
    if "month" in extras:
        month, points = extras["month"]
        member.caps.months[month] = points
