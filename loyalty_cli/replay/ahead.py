"""What purchases alone make due, found for all purchases of a member at once; replay then gives it on its day.

Most rewards count purchases and ask nothing that replay itself brings about, no tier and no segment. Those that look at the
same purchases share one row of them, and are told it in one go: that costs a fraction of being asked receipt by receipt. A
member whose goods came back is replayed receipt by receipt, since a return changes what is counted in between.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.replay.memories import Found
from loyalty_cli.rules.watch import Heard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.listening import Listening
    from loyalty_cli.replay.rewarded import Rewarded
    from loyalty_cli.replay.rewarding import Row


# A Heard from its values in order, without the keywords that cost twice as much; made once for each receipt.
new_tuple = tuple.__new__


def read_ahead(member: Rewarded, until: Day) -> None:
    """Tell the purchases under the version in force to the watches that need nothing else, as far as replay will go."""
    version, ahead = member.version, member.memories.ahead
    rows = version.rewarding.beforehand
    if member.known.returns or not rows.listeners:
        return
    later = version.index + 1
    switch = member.versions[later].from_day if later < len(member.versions) else until + 1
    through = min(until, switch - 1, version.ends)
    if through <= ahead.through:
        return
    since = max(ahead.through + 1, version.from_day, version.earns_from)
    ahead.through = through
    for row, purchases in heard_in_rows(member, rows, since, through).items():
        for place, watched in row.watches:
            memory = member.memories.of(watched, member.known)
            for receipt, dues in watched.when.all_bought(memory.state, purchases):
                ahead.by_receipt.setdefault(receipt, []).append(Found(place, watched, memory, dues))


def heard_in_rows(member: Rewarded, rows: Listening[Row], since: Day, through: Day) -> Mapping[Row, Sequence[Heard]]:
    """The purchases from one day through another as each row sees them, if it sees them."""
    heard: dict[Row, list[Heard]] = defaultdict(list)
    for fact in member.known.facts:
        if fact.kind == PURCHASE and since <= fact.day <= through:
            hear(member, fact, rows, heard)  # type: ignore[arg-type]
    return heard


def hear(member: Rewarded, fact: Purchase, rows: Listening[Row], heard: dict[Row, list[Heard]]) -> None:
    """A purchase goes into the rows that see it."""
    whole = new_tuple(Heard, (fact.id, fact.day, fact.store, fact.amount, 0, (), False))
    moment = None
    for row in rows.to(fact):
        if row.asks:
            moment = moment or member.moment(fact)
            if not row.in_season.holds(moment):
                continue
        seen = whole if row.plain else row.sees.heard(fact)
        if seen:
            heard[row].append(seen)
