"""Unusual use of cards: what should be asked about, each with its receipts, a plain reason, and what else it may be.

A card is looked at, never a person: a household with a card each is not one card in many hands.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.codes import shown
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.tills.audit import Seen

HOUR = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From when on something is unusual; a shop where the ordinary is otherwise says its own figures."""

    in_an_hour: int = 4
    minutes_between_stores: int = 15
    of_a_shift: int = 6
    of_a_cashier: int = 3
    hours_between: int = 4
    round_sums: int = 6
    returns: int = 2
    days_to_return: int = 14


class Found(NamedTuple):
    """Something to ask about: its kind, the card, store and cashier it is about, the receipts, why, what else it may be."""

    kind: str
    card: str
    store: str
    cashier: str
    receipts: tuple[Seen, ...]
    why: Phrase
    or_else: Phrase


def unusual(receipts: Sequence[Seen], limits: Limits) -> Iterator[Found]:
    """All of it but what redemptions tell."""
    cards: dict[str, list[Seen]] = defaultdict(list)
    for seen in receipts:
        if seen.card and seen.total > 0:
            cards[seen.card].append(seen)
    for card, own in sorted(cards.items()):
        shift = list(of_a_shift(card, own, receipts, limits))
        told = {seen.id for found in shift for seen in found.receipts}
        yield from shift
        rest = [seen for seen in own if seen.id not in told]
        yield from in_an_hour(card, rest, limits)
        yield from with_one_cashier(card, rest, receipts, limits)
        yield from two_stores(card, own, limits)
        yield from round_sums(card, own, receipts, limits)


def in_an_hour(card: str, own: Sequence[Seen], limits: Limits) -> Iterator[Found]:
    """Many receipts within one hour, in one store; each receipt is told once."""
    first = 0
    while first < len(own):
        some = [seen for seen in own[first:] if seen.at - own[first].at <= HOUR and seen.store == own[first].store]
        if len(some) >= limits.in_an_hour:
            why = phrase("{count} receipts of one card within an hour", count=len(some))
            or_else = phrase("It may be a large order paid in parts, or a family shopping together.")
            yield Found("many in an hour", card, some[0].store, "", tuple(some), why, or_else)
            first += len(some)
        else:
            first += 1


def two_stores(card: str, own: Sequence[Seen], limits: Limits) -> Iterator[Found]:
    """One card in two stores within fewer minutes than the way takes."""
    for one, other in pairwise(own):
        minutes = (other.at - one.at) // 60
        if one.store != other.store and minutes < limits.minutes_between_stores:
            why = phrase("one card in two stores within {count} min", count=minutes)
            or_else = phrase("It may be two people with one card, or a till whose clock is wrong.")
            yield Found("two stores at once", card, other.store, other.cashier, (one, other), why, or_else)


def of_a_shift(card: str, own: Sequence[Seen], receipts: Sequence[Seen], limits: Limits) -> Iterator[Found]:
    """One card on most receipts with a card that a cashier makes on a day, and on many."""
    shifts: dict[tuple[int, str, str], list[Seen]] = defaultdict(list)
    for seen in own:
        if seen.cashier:
            shifts[seen.day, seen.store, seen.cashier].append(seen)
    for (day, store, cashier), some in sorted(shifts.items()):
        if len(some) < limits.of_a_shift:
            continue
        all_of_it = sum(one.day == day and one.store == store and one.cashier == cashier and bool(one.card) for one in receipts)
        if len(some) * 2 > all_of_it:
            text = "one card on {count} of the {all} receipts with a card that the cashier made that day"
            why = phrase(text, count=len(some), all=all_of_it)
            or_else = phrase("It may be the shop's own card for customers without one; then it should be a member of its own.")
            yield Found("one card all day", card, store, cashier, tuple(some), why, or_else)


def with_one_cashier(card: str, own: Sequence[Seen], receipts: Sequence[Seen], limits: Limits) -> Iterator[Found]:
    """Day after day one card several times, hours apart, and always with the same one of several cashiers.

    Who comes back for what was forgotten does so soon; a family that comes at all hours meets whoever is there.
    """
    days: dict[int, list[Seen]] = defaultdict(list)
    for seen in own:
        days[seen.day].append(seen)
    long = [some for some in days.values() if len(some) > 1 and some[-1].at - some[0].at >= limits.hours_between * HOUR]
    places = {(seen.store, seen.cashier) for some in days.values() for seen in some}
    if len(long) < limits.of_a_cashier or len(places) > 1 or sum(map(len, long)) < limits.of_a_shift:
        return
    ((store, cashier),) = places
    others = [seen.cashier for seen in receipts if seen.store == store and seen.day in days and seen.card != card]
    if cashier and others.count(cashier) * 3 < len(others) * 2:
        some = tuple(seen for each in long for seen in each)
        why = phrase("{count} receipts on {days} days, hours apart, all with one of several cashiers", count=len(some), days=len(long))
        or_else = phrase("It may be somebody who works next door and whose breaks are those of the cashier.")
        yield Found("one cashier's card", card, store, cashier, some, why, or_else)


def round_sums(card: str, own: Sequence[Seen], receipts: Sequence[Seen], limits: Limits) -> Iterator[Found]:
    """Most receipts of a card are round amounts, and most others of its stores are not: typed in rather than sold."""
    some = [seen for seen in own if is_round(seen)]
    if len(some) >= limits.round_sums and len(some) * 10 >= len(own) * 8:
        stores = {seen.store for seen in own}
        others = [is_round(seen) for seen in receipts if seen.card != card and seen.total > 0 and seen.store in stores]
        if len(others) >= limits.round_sums and sum(others) * 2 > len(others):
            return
        why = phrase("{count} of {all} receipts are round amounts", count=len(some), all=len(own))
        or_else = phrase("It may be that the goods cost round amounts.")
        yield Found("round amounts", card, some[0].store, "", tuple(some), why, or_else)


def is_round(seen: Seen) -> bool:
    """Whether a receipt's total is a round amount: tens of whole units where there are hundredths."""
    return seen.total % 1000 == 0


def returned_after_use(rows: Iterable[tuple[int, int, int]], seen: dict[int, Seen], limits: Limits) -> Iterator[Found]:
    """What was paid with points or coupons comes back again and again."""
    members: dict[int, list[Seen]] = defaultdict(list)
    for member, sale, back in rows:
        members[member] += [seen[receipt] for receipt in (sale, back) if receipt in seen]
    for _, some in sorted(members.items()):
        returns = [one for one in dict.fromkeys(some) if one.returned]
        if len(returns) >= limits.returns:
            why = phrase("{count} purchases paid with points or coupons came back", count=len(returns))
            or_else = phrase("It may be that the goods did not fit; look whether money was paid out for points.")
            all_of_it = tuple(dict.fromkeys(some))
            yield Found("returned after redeeming", some[0].card, some[0].store, returns[-1].cashier, all_of_it, why, or_else)


def used_again(rows: Iterable[tuple[str, int, int, str, str]], receipts: Sequence[Seen]) -> Iterator[Found]:
    """A coupon on paper that was used once more than it holds: its code, first day, and the day, store and receipt of the further use."""
    by_name = {(seen.day, seen.store, seen.number): seen for seen in receipts}
    for code, first, day, store, number in rows:
        seen = by_name.get((day, store, number))
        if seen is not None:
            why = phrase("the coupon {code} was used before, on {day}", code=shown(code), day=OnDay(first))
            or_else = phrase("It may be a till that did not know of the first use, or a code that was typed twice.")
            yield Found("coupon used twice", seen.card, seen.store, seen.cashier, (seen,), why, or_else)
