"""The members who stand at the counter: what replay goes on from, and what has come since."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.ledger import standings
from loyalty_cli.store.ledger.block import Block
from loyalty_cli.store.ledger.facts import members_of
from loyalty_cli.store.ledger.places import places_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection


class Standing(NamedTuple):
    """A member's facts since the state that replay goes on from; no state is from the start."""

    facts: MemberFacts
    state: str | None


def stand(
    connection: Connection, plan: Plan, version: int, members: Collection[int], day: Day, *, from_start: bool = False
) -> dict[int, Standing]:
    """Members as they can be brought to a day: from their saved state where nothing older has changed, else from the start."""
    switch = max((from_day for from_day, _ in plan.versions if from_day <= day), default=0)
    values = {"version": version, "until": day, "switch": switch, "all": int(from_start)}
    new = standings.choose_asked(connection, members, values)
    states: dict[int, str] = {}
    facts: list[MemberFacts] = []
    for first, last, _ in standings.blocks(connection):
        states |= standings.snapshots(connection, first, last)
        if not new:
            facts += quiet_members(connection, plan, asked_of(plan, first, last, day))
    if new:
        # Most members have nothing new since the night, and need none of this.
        from loyalty_cli.operations.ledger.source import Source

        facts = list(Source(connection, plan, day).members())
    return {each.member: Standing(each, states.get(each.member)) for each in facts}


def asked_of(plan: Plan, first: int, last: int, day: Day) -> Block:
    """What is asked of members beside their goods and receipts."""
    return Block(first, last, day, (), cards=plan.asks_cards, friends=plan.asks_friends, chance=plan.asks_chance, since=plan.asks_since)


def quiet_members(connection: Connection, plan: Plan, block: Block) -> Iterator[MemberFacts]:
    """Members of whom nothing has come since: neither goods nor receipts need to be looked at."""
    places = places_of(connection, block) if plan.limits else {}
    for member in members_of(connection, block):
        own = frozenset(places.get(member.member, ())) if plan.limits else None
        yield member._replace(places=own, returns=False)
