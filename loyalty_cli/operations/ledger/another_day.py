"""How everybody stood at the end of another day: replayed in memory, under what is known now, and read by reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.ledger.run import Posted
from loyalty_cli.operations.ledger.source import Failure
from loyalty_cli.operations.ledger.source import Source
from loyalty_cli.operations.uncollected import uncollected
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.replay.snapshot import saved
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.members.frozen import shadow_frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.standing import Standing
    from loyalty_cli.operations.progress import Progress
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection


def stand_at(
    connection: Connection,
    adopted: tuple[Plan, int],
    day: Day,
    *,
    begun: Callable[[int], None],
    progress: Progress,
    points_alone: bool = False,
) -> Posted:
    """Let this connection's standings be those at the end of a day; `begun` is told of how many members that are worked out.

    Replay until a day gives what a recalculation of that day would have kept, had it known today's facts. Whose replay
    fails is left out and named. `adopted` are the adopted versions and the number of the latest. With `points_alone` only
    the points of a standing and their last days are those of that day, and few need a replay.
    """
    plan, version = adopted
    replayer = Replayer(plan)
    standings.choose_known_by(connection, day)
    # Where points lapse without a purchase, one that brings none moves their last days all the same.
    points_alone = points_alone and not replayer.versions.rest
    standings.shadow_standings(connection, version, day, points_alone=points_alone)
    shadow_frozen(connection, version, day)
    done = Posted(members=standings.to_be_worked(connection))
    begun(done.members)

    def stood() -> Iterator[tuple[int, int, str, Standing]]:
        for facts in Source(connection, plan, day, progress).members():
            try:
                replayed = replayer.replay(facts, day)
            except Exception as error:  # noqa: BLE001 -- our own mistake with one member hides nobody else
                done.failed.append(Failure(facts.member, error))
            else:
                yield facts.member, version, saved(replayed.member), replayed.standing

    with uncollected():
        standings.save_standings(connection, stood())
    return done
