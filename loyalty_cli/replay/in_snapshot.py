"""What a saved state tells without being restored: for reports, which need nothing else of replay or of the program."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.replay.lots import LAST
from loyalty_cli.replay.lots import LEFT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.memories import Memory

# The form of the text, for states that are kept across releases: those of another form are of no use.
FORM = 3
# Where in it the lots stand, and the points that wait.
LOTS, PENDING = 8, 9
WITHOUT_EXTRAS = 15
# What of a state says the points that are no wallet's, as SQL: the database cuts it out in a quarter of the time that reading all takes.
POINTS = f"iif(state = '', '', json_extract(state, '$[0]', '$[{LOTS}]', '$[{PENDING}]'))"


def lots_of(state: str, wallet: str = "") -> list[tuple[Day, int]] | None:
    """The points of a saved state, or of a wallet in it, by their last day, those still waiting too; None if its form is another."""
    if state.startswith("{"):
        _, by_day = json.loads(state).get(wallet, (0, None))
        return by_day and [(day, points) for day, points in by_day]
    kept = kept_in(state)
    if kept is None:
        return None
    lots, pending = kept[LOTS], kept[PENDING]
    if wallet:
        lots, pending, *_ = extras_in(kept).get("wallets", {}).get(wallet, ((), ()))
    return by_last_day(lots, pending)


def points_by_last_day(state: str) -> str:
    """What is kept of a state where a month is closed with it: what `wallet_balance` and `lots_of` say of each wallet, as JSON."""
    wallets = ("", *extras_in(kept_in(state)).get("wallets", ()))
    kept = {wallet: (wallet_balance(state, wallet), lots_of(state, wallet)) for wallet in wallets}
    return json.dumps({wallet: points for wallet, points in kept.items() if any(points)}, ensure_ascii=False, separators=(",", ":"))


def lots_in(points: str) -> list[tuple[Day, int]] | None:
    """The same of what `POINTS` cut out of a state."""
    form, lots, pending = json.loads(points) if points else (None, (), ())
    return by_last_day(lots, pending) if form == FORM else None


def by_last_day(lots: Iterable[Sequence[int]], pending: Iterable[Sequence[int]]) -> list[tuple[Day, int]]:
    """How many points of lots and of points that wait have which last day."""
    by_day: defaultdict[Day, int] = defaultdict(int)
    for last, left in [*((lot[LAST], lot[LEFT]) for lot in lots), *((wait[5], wait[4]) for wait in pending)]:
        by_day[last] += left
    return sorted(by_day.items())


def kept_in(state: str) -> list[Any] | None:
    """What a saved state holds; None of none, and of another release's form."""
    kept = json.loads(state) if state else None
    return kept if isinstance(kept, list) and kept[0] == FORM else None


def extras_in(kept: list[Any] | None) -> dict[str, Any]:
    """What few programs ask, by name."""
    return kept[-1] if kept is not None and len(kept) > WITHOUT_EXTRAS else {}


def wallet_balance(state: str, wallet: str) -> int:
    """The points of a wallet in a saved state that can be used."""
    if state.startswith("{"):
        return int(json.loads(state).get(wallet, (0,))[0])
    lots, _, debt, _ = extras_in(kept_in(state)).get("wallets", {}).get(wallet, ((), (), 0, 0))
    return int(sum(lot[LEFT] for lot in lots) - debt)


def debts_of_wallets(state: str) -> int:
    """The points of all wallets in a saved state that are missing."""
    return sum(int(debt) for _, _, debt, _ in extras_in(kept_in(state)).get("wallets", {}).values())


def counted_in(state: str, kind: str, first: Day) -> int:
    """What a saved state counts for a period of a kind that begins on a day."""
    periods = extras_in(kept_in(state)).get("periods", ())
    return sum(measure for name, day, measure in periods if (name, day) == (kind, first))


def remembered_in(state: str) -> tuple[dict[str, Memory], frozenset[str]]:
    """What a saved state remembers for each reward, and the segments that the member is in."""
    # Imported here because most who look into a state ask for points.
    from loyalty_cli.replay.memories import Memory

    extras = extras_in(kept_in(state))
    memories = {name: Memory(*kept) for name, kept in extras.get("rewards", {}).items()}
    return memories, frozenset(extras.get("segments", ((),))[0])


def without_memories(state: str, rewards: AbstractSet[str]) -> str:
    """A saved state that remembers nothing of the member for some rewards; of another release's form nothing is left."""
    kept = kept_in(state)
    remembered = extras_in(kept).get("rewards", {})
    for name in rewards & remembered.keys():
        remembered[name][0] = []
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else ""
