"""What concerns several members: after the replay hand-overs are settled, then places of limited rewards, until nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.ledger.limits_said import limits_said
from loyalty_cli.store.gifts import gifts_gone_otherwise
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.ledger.hand_overs import receivers
from loyalty_cli.store.ledger.limits import keep_limits
from loyalty_cli.store.ledger.limits import kept_limits
from loyalty_cli.store.ledger.limits import Limit
from loyalty_cli.store.ledger.places import settle_places
from loyalty_cli.store.ledger.places import Taken
from loyalty_cli.store.ledger.places import Under

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.entry import Told
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.ledger.books import Books
    from loyalty_cli.operations.ledger.run import Posted
    from loyalty_cli.replay.plan import Limit as PlannedLimit
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection


def settle_between_members(books: Books, posted: Posted) -> list[Phrase]:
    """Replay who was handed something over, give the places that are free; what to say of the limits."""
    plan, connection = books.plan, books.connection
    if not plan.tells:
        return []
    room = room_of(books)
    limits = limits_in(plan, room)
    taken = Taken(limits, room)
    for _ in range(plan.rounds):
        settle_hand_overs(books, posted)
        settled = settle_places(connection, limits, room, books.at)
        taken = settled.taken
        if not settled.members:
            break
        mark_due(connection, [(member, 0) for member in settled.members])
        posted.add(books.bring_up_to_date())
    before, now = kept_limits(connection), list(standing_limits(plan, taken))
    keep_limits(connection, now)
    program = plan.in_force(books.until)
    return list(limits_said(before, now, program.currency.money))


def limits_in(plan: Plan, room: Container[str]) -> dict[str, list[Under]]:
    """The limits of each reward; a gift that the last version does not count any more is there for everybody."""
    return {name: [under for under in limits_above(limit, plan) if under.limit in room] for name, limit in plan.limits.items()}


def limits_above(limit: PlannedLimit, plan: Plan) -> Iterator[Under]:
    """The limits that a reward stands under: its own, those of its gifts and coupons, and its budget."""
    if limit.in_all:
        yield Under(f"reward:{limit.reward}")
    for asset in limit.counted:
        budget = plan.coupon_budgets.get(asset)
        yield Under(asset, ((0, budget[1]),)) if budget else Under(asset)
    if limit.budget:
        yield Under(f"budget:{limit.reward}", limit.worths)


def room_left(connection: Connection, plan: Plan, earlier: Iterable[Told]) -> Taken:
    """How the limits stand since the last recalculation, and with earlier claims of a member; where somebody waits there is no room."""
    kept = {f"{each.kind}:{each.name}": each for each in kept_limits(connection)}
    taken = Taken(limits_in(plan, kept), {name: each.of for name, each in kept.items()})
    taken.taken.update({name: each.taken for name, each in kept.items()})
    taken.waiting.update({name: {0} for name, each in kept.items() if each.waiting})
    taken.places_got(earlier)
    return taken


def room_of(books: Books) -> dict[str, int]:
    """How much there is of each limit."""
    limits = books.plan.limits.values()
    room = {f"reward:{limit.reward}": limit.in_all for limit in limits if limit.in_all}
    room |= {coupon: budget.amount for coupon, (budget, _) in books.plan.coupon_budgets.items()}
    room |= {f"budget:{limit.reward}": limit.budget.amount for limit in limits if limit.budget}
    return room | ({f"gift:{gift}": left for gift, left in stock_for_rewards(books).items()} if limits else {})


def standing_limits(plan: Plan, taken: Taken) -> Iterator[Limit]:
    """How each limit stands."""
    warned = {f"budget:{limit.reward}": limit.budget.warned_from for limit in plan.limits.values() if limit.budget}
    warned |= {coupon: budget.warned_from for coupon, (budget, _) in plan.coupon_budgets.items()}
    for limit, room in sorted(taken.room.items()):
        kind, _, name = limit.partition(":")
        yield Limit(kind, name, taken.taken[limit], room, warned.get(limit, room), taken.last.get(limit, 0), len(taken.waiting[limit]))


def settle_hand_overs(books: Books, posted: Posted) -> None:
    """Whoever was handed something over is replayed, which may hand over more to the next one."""
    before = 0
    while receivers(posted.told[before:]):
        before = len(posted.told)
        posted.add(books.bring_up_to_date())


def stock_for_rewards(books: Books) -> dict[str, int]:
    """How many of each counted gift rewards may give in all: those that have come in, less what went otherwise."""
    otherwise = gifts_gone_otherwise(books.connection)
    came = {name: gift.came_by(books.until) for name, gift in books.plan.gifts.items()}
    return {name: pieces - otherwise[name] for name, pieces in came.items() if pieces is not None}
