"""How far every member is with each open reward: so much of so much, until when, what it brings."""

from __future__ import annotations

import json
from functools import cache
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.chance import chance_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.program.reward_said import gives_said
from loyalty_cli.program.reward_said import gives_to_friend_said
from loyalty_cli.replay.in_snapshot import remembered_in
from loyalty_cli.replay.progress import Friends
from loyalty_cli.replay.progress import NOBODY
from loyalty_cli.replay.progress import offered_on
from loyalty_cli.replay.progress import open_rewards
from loyalty_cli.replay.progress import Standing
from loyalty_cli.reports.in_force import worked_out
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.standings import standing_basis
from loyalty_cli.rules.watch import Progress
from loyalty_cli.store.by_hand import ERASED
from loyalty_cli.store.ledger.chances import key_of
from loyalty_cli.store.members.households import SHARING
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.program.program import Program
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit", "standings"})
OF_ONE = (
    Column(name="reward", heading="Reward"),
    Column(name="progress", heading="How far", kind="said"),
    Column(name="share", heading="Share", kind="percent"),
    Column(name="until", heading="Until", kind="day"),
    Column(name="brings", heading="What it brings", kind="said"),
)
COLUMNS = (Column(name="card", heading="Card", kind="code"), Column(name="name", heading="Name"), *OF_ONE)

GROUPS = """
       (SELECT group_concat(g.name, char(31)) FROM member_group g
         WHERE g.member_id = member.id AND g.ended = 0 AND g.from_day <= :day AND coalesce(g.until_day, :day) >= :day)
"""
SELECT = f"""
SELECT member.id, (SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1) AS first_card,
       (SELECT c.number FROM referral r JOIN card c ON c.member_id = r.by_id WHERE r.member_id = member.id ORDER BY c.id LIMIT 1),
       member.name, standing.state, standing.tier, member.joined, {GROUPS}
  FROM standing JOIN member ON member.id = standing.member_id AND member.merged_into IS NULL
 WHERE {{those}}
 ORDER BY first_card
"""

BROUGHT = "SELECT by_id, count(*) FROM referral GROUP BY by_id"
DID = "SELECT to_id, reward, sum(times) FROM hand_over WHERE to_id IS NOT NULL AND day <= :day GROUP BY to_id, reward"


class Open(NamedTuple):
    """One open reward of one member."""

    member: int
    card: str
    name: str
    reward: str
    progress: Progress
    brings: str

    def row(self, far: Callable[[int, int, str], str]) -> tuple[Cell, ...]:
        """How it is shown; the largest share that is not all of it is 99 %."""
        done, of, unit, until = self.progress
        day = None if until == NEVER else until
        share = done * 100 // of * 100 if of else 0
        return (self.reward, far(done, of, unit), share, day, self.brings)


def open_to(connection: Connection, program: Program, day: Day, members: Collection[int] | None = None) -> Iterator[Open]:
    """The open rewards of everybody, or of some members, at the end of a day."""
    money = program.currency.money

    key, offered = key_of(connection), offered_on(program, day)
    said = ((False, gives_said), (True, gives_to_friend_said))
    brings = {
        (name, as_a_friend): kept(phrase("{what}", what=gives(reward, money)))
        for name, reward in program.rewards.items()
        for as_a_friend, gives in said
    }
    friends = friends_of(connection, program, day)
    some = {"members": json.dumps(list(members))} if members is not None else {}
    everybody = f"member.id NOT IN ({SHARING}) AND member.id NOT IN ({ERASED})"
    select = SELECT.format(those="member.id IN (SELECT value FROM json_each(:members))" if some else everybody)
    for id_, card, theirs, name, *kept_of in rows_of(connection, select, {"day": day, **some}):
        member = int(str(id_))
        standing = standing_of(kept_of, day, chance_of(key, str(card or "")))._replace(
            recommender_chance=chance_of(key, str(theirs or "")), friends=friends.get(member, NOBODY)
        )
        for reward, progress, as_a_friend in open_rewards(program, offered, standing):
            yield Open(member, str(card), str(name), reward.name, progress, brings[reward.name, as_a_friend])


def friends_of(connection: Connection, program: Program, day: Day) -> dict[int, Friends]:
    """The friends whom members brought, and how many of them did what each reward asks for, at the end of a day."""
    if not any(reward.when.of_a_friend for reward in program.rewards.values()):
        return {}
    did: dict[int, dict[str, int]] = {}
    for member, reward, times in rows_of(connection, DID, {"day": day}):
        did.setdefault(int(str(member)), {})[str(reward)] = int(str(times))
    brought = rows_of(connection, BROUGHT, {})
    return {int(str(member)): Friends(int(str(count)), did.get(int(str(member)), {})) for member, count in brought}


def nearest_first(opened: Iterable[Open]) -> list[Open]:
    """Those that were begun, the nearest to what they bring first."""
    begun = [each for each in opened if each.progress.done > 0]
    return sorted(begun, key=lambda each: (-each.progress.done / each.progress.of, each.progress.until, each.card))


def standing_of(kept_of: Sequence[Cell], day: Day, chance: str) -> Standing:
    """The state, tier, joining day and groups of a row as progress asks for them, with the member's chance."""
    state, tier, joined, groups = kept_of
    held = frozenset(str(groups).split("\x1f")) if groups else frozenset()
    since = None if joined is None else int(joined)
    memories, segments = remembered_in(str(state))
    return Standing(memories, day, str(tier), held, since, chance, segments)


def kept_far(program: Program) -> Callable[[int, int, str], str]:
    """How far that is, as a kept phrase; many members are as far as others, so each is made once."""
    return cache(lambda done, of, unit: kept(Progress(done, of, unit, NEVER).said(program.currency.money)))


def table(connection: Connection, question: Question) -> Table:
    """Who has begun with a reward, the nearest first."""
    page = Page(
        name="progress",
        title=phrase("How far members are with rewards"),
        short=phrase("Progress"),
        basis=standing_basis(connection, question),
        empty=phrase("Nobody has begun with a reward that is open."),
        notes=[phrase("Rewards that surprise, that are out of season or that a member can not have are left out.")],
    )
    return tabled(question, page, COLUMNS, list(rows(connection, question)))


def rows(connection: Connection, question: Question) -> Iterator[tuple[Cell, ...]]:
    """One row for each member and reward that was begun."""
    program, day = worked_out(connection, question)
    if program is None:
        return
    far = kept_far(program)
    for each in nearest_first(open_to(connection, program, day)):
        yield each.card, each.name, *each.row(far)
