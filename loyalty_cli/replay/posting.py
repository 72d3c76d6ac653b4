"""What one member's books lack: their facts replayed, less what is posted. Where facts come from and entries go is not known here."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Entry
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.replay.snapshot import saved

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Key
    from loyalty_cli.model.entry import Told
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.standing import Standing
    from loyalty_cli.replay.replayer import Replayer

# The database keeps 64 bits, and a sum of very many entries must fit, too.
MOST = 10**13
# An Entry from its values in order, without the call that costs twice as much: a return has all of its member's compared.
new_tuple = tuple.__new__


class Waiting(NamedTuple):
    """A member to be replayed: the state to go on from (None: from the start) and the sums posted since then, by key."""

    facts: MemberFacts
    state: str | None
    posted: Mapping[Key, int]


class Brought(NamedTuple):
    """A member whose replay is done: the entries that are missing, the state to go on from, the standing.

    `unfit` are returns that fit no purchase, or by how much they are more than theirs; `told` is what concerns others.
    """

    member: int
    missing: Sequence[Entry]
    state: str
    standing: Standing
    unfit: Sequence[tuple[int, int]]
    told: Sequence[Told]


def bring(replayer: Replayer, waiting: Waiting, until: Day) -> Brought:
    """Replay a member through a day."""
    facts = waiting.facts
    member = None if waiting.state is None else replayer.start(facts, waiting.state)
    replayed = replayer.replay(facts, until, member)
    # Most members of a first load have nothing posted, and every key once: a receipt and its return may share one.
    plain = not waiting.posted and not facts.returns
    missing = replayed.entries if plain else differences(replayed.entries, waiting.posted)
    quantities = [entry[-1] for entry in missing]
    if quantities and not -MOST < min(quantities) <= max(quantities) < MOST:
        raise too_much(max(missing, key=lambda entry: abs(entry.quantity)))
    brought = replayed.member
    return Brought(facts.member, missing, saved(brought), replayed.standing, brought.unfit, brought.memories.told)


def too_much(entry: Entry) -> Refused:
    """The refusal of a quantity that no program means and no book holds."""
    return Refused(
        "{asset} of {day} would be {quantity}, which is more than any program gives.",
        asset=entry.asset,
        day=OnDay(entry.day),
        quantity=entry.quantity,
    )


def differences(entries: Iterable[Entry], posted: Mapping[Key, int]) -> list[Entry]:
    """The entries that bring what is posted to what replay says: what was posted otherwise first, in one order wherever it was kept."""
    missing: dict[Key, int] = {key: -quantity for key, quantity in posted.items()}
    for entry in entries:
        key = entry[:-1]
        missing[key] = missing.get(key, 0) + entry[-1]
    changed = sorted(key for key in posted if missing[key])
    fresh = (key for key, quantity in missing.items() if quantity and key not in posted)
    return [new_tuple(Entry, (*key, missing[key])) for key in (*changed, *fresh)]
