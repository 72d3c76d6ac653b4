"""A block of members replayed, in this process or in another one: what their books lack, and how they stand."""

from __future__ import annotations

from functools import lru_cache
from functools import partial
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import columns_of
from loyalty_cli.operations.hands import that_travels
from loyalty_cli.operations.in_force import plan_of_texts
from loyalty_cli.operations.ledger.source import Failure
from loyalty_cli.operations.uncollected import uncollected
from loyalty_cli.replay.posting import bring
from loyalty_cli.replay.replayer import Replayer

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Columns
    from loyalty_cli.model.entry import Told
    from loyalty_cli.model.standing import Standing
    from loyalty_cli.operations.in_force import Texts
    from loyalty_cli.replay.gathered import Gathered
    from loyalty_cli.replay.posting import Brought
    from loyalty_cli.replay.posting import Waiting


class Done(NamedTuple):
    """Members whose replay is done: the entries that are missing, states and standings, and what concerns others.

    `unfit` are returns that fit no purchase, or by how much they are more than theirs; `failed` are members who stay as they were.
    """

    standings: Sequence[tuple[int, str, Standing]]
    lacking: Columns | None
    told: Sequence[tuple[int, Sequence[Told]]]
    unfit: Sequence[tuple[int, int]]
    failed: Sequence[Failure]


def waiting_in(gathered: Gathered | Failure) -> Iterator[Waiting | Failure]:
    """The members of a block ready to be replayed; where facts can not be made of what was gathered, it stays one member's."""
    if isinstance(gathered, Failure):
        yield gathered
        return
    try:
        yield from gathered.waiting()
    except Exception:  # noqa: BLE001 -- whatever it is, the others' night goes on
        for alone in gathered.one_by_one():
            try:
                yield from alone.waiting()
            except Exception as error:  # noqa: BLE001
                yield Failure(alone.members[0].member, error)


def replay_block(bring_one: Callable[[Waiting], Brought], gathered: Gathered | Failure) -> Done:
    """Replay each member of a block; our own mistakes with one member stay that member's."""
    brought, failed = [], []
    for waiting in waiting_in(gathered):
        if isinstance(waiting, Failure):
            failed.append(waiting)
            continue
        try:
            brought.append(bring_one(waiting))
        except Exception as error:  # noqa: BLE001 -- whatever it is, the others' night goes on
            failed.append(Failure(waiting.facts.member, error))
    return Done(
        [(each.member, each.state, each.standing) for each in brought],
        columns_of([(each.member, each.missing) for each in brought]),
        [(each.member, each.told) for each in brought],
        [unfit for each in brought for unfit in each.unfit],
        failed,
    )


class Apart(NamedTuple):
    """A block for another process: the versions it is replayed by, and the last day."""

    versions: Texts
    until: Day
    gathered: Gathered | Failure


def apart(versions: Texts, until: Day, gathered: Gathered | Failure) -> Apart:
    """A block as it can be told to another process."""
    return Apart(versions, until, travelling_failure(gathered) if isinstance(gathered, Failure) else gathered)


@lru_cache(maxsize=1)
def replayer_by(versions: Texts) -> Replayer:
    """A replayer, made once in each process."""
    return Replayer(plan_of_texts(versions))


def replay_apart(apart: Apart) -> Done:
    """Replay a block in a process of its own."""
    with uncollected():
        return travelling(replay_block(partial(bring, replayer_by(apart.versions), until=apart.until), apart.gathered))


def travelling(done: Done) -> Done:
    """The same as it can be told to another process."""
    return done._replace(failed=list(map(travelling_failure, done.failed)))


def travelling_failure(failure: Failure) -> Failure:
    """The same, if need be with less than it knew."""
    return failure._replace(error=that_travels(failure.error))
