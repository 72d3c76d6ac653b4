"""What becomes of every message that is due: read in chunks of members, so that memory does not grow with their number."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.countries.advertising import advertising_rule
from loyalty_cli.messages.planning import Clock
from loyalty_cli.messages.planning import made_out
from loyalty_cli.messages.planning import Person
from loyalty_cli.messages.planning import Planner
from loyalty_cli.model.consent import ADVERTISING
from loyalty_cli.model.consent import SURVEY
from loyalty_cli.model.consent import WITH_CONSENT
from loyalty_cli.model.days import day_of
from loyalty_cli.operations.days_off import calendar_of
from loyalty_cli.operations.local_day import local_now
from loyalty_cli.program.blocks.messages import Contact
from loyalty_cli.store.feedback.complaints import complaining
from loyalty_cli.store.members.addresses import reach_of_many
from loyalty_cli.store.members.consents import consents_of_many
from loyalty_cli.store.messages.due import messages_due
from loyalty_cli.store.messages.messages import written_since

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.messages.planning import Planned
    from loyalty_cli.messages.planning import Shape
    from loyalty_cli.messages.planning import Verdict
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.law import AdvertisingRule
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.at_most import AtMost
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.addresses import Reach

AT_ONCE = 500
# Months back and forth are not always the same days.
LENGTHS_OF_MONTHS = 7
# What counts for how often a member is written to.


class For(NamedTuple):
    """A planned message, and how its member is called and reached."""

    planned: Planned
    reach: Reach


def clock_of(shop: Shop, connection: Connection, program: Program, as_of: Day | None = None, by: str = "") -> Clock:
    """The shop's day and time of day; another day, looked at beforehand, is taken at noon. `by` is the person who sends, if any."""
    now = local_now(shop, connection)
    day, seconds = day_of(now.date()), now.hour * 3600 + now.minute * 60 + now.second
    if as_of is not None:
        day, seconds = as_of, 43_200
    return Clock(day, seconds, by_name=not by and not may_go_by_itself(program, day))


def may_go_by_itself(program: Program, day: Day) -> bool:
    """Whether the shop's country lets advertising go without a person who sends it."""
    rule = rule_of_advertising(program, day)
    return rule is None or rule.automatic


def rule_of_advertising(program: Program, day: Day) -> AdvertisingRule | None:
    """What the shop's country asks of advertising; None where the program has none, or nothing is known of the country."""
    country = calendar_of(program).country
    if not country or not any(terms.purpose == ADVERTISING for terms in program.messages.values()):
        return None
    return advertising_rule(country, day)


def everything(_: Shape, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """Every message is wanted."""
    return verdicts


def all_planned(
    connection: Connection,
    program: Program,
    clock: Clock,
    wanted: Callable[[Shape, Sequence[Verdict]], Iterable[Verdict]] = everything,
    *,
    members: Collection[int] | None = None,
) -> Iterator[For]:
    """What becomes of every message that is due to everybody or some members, one by one.

    `wanted` hears of each member's, by their names, and says which to make out.
    """
    contact = program.contact or Contact()
    planner = Planner(program.messages, contact, clock)
    angry = complaining(connection)
    for due in messages_due(connection, clock.day, AT_ONCE, members):
        consents = dict(consents_of_many(connection, due.owed))
        written = written_within(connection, due.owed, WITH_CONSENT, contact.at_most, clock.day)
        asked = written_within(connection, due.owed, (SURVEY,), contact.surveys, clock.day)
        name_of = due.words.message
        for reach in reach_of_many(connection, due.owed):
            own = due.owed[reach.member]
            person = Person(
                addresses=reach.addresses,
                consents=consents.get(reach.member, ()),
                complains=reach.member in angry,
                written=written.get(reach.member, ()),
                asked=asked.get(reach.member, ()),
            )
            shape = tuple([(name_of[asset], since) for _, _, asset, _, _, since in own])
            for verdict in wanted(shape, planner.verdicts(shape, person)):
                yield For(made_out(verdict, due.message(own[verdict.place]), person), reach)


def written_within(
    connection: Connection, members: Collection[int], purposes: Sequence[str], cap: AtMost | None, day: Day
) -> Mapping[int, Sequence[Day]]:
    """When messages of some purposes went to members, as far back as a cap looks; without a cap nobody asks."""
    return {} if cap is None else written_since(connection, members, purposes, cap.window.first_day(day, 0))


def looked_back(program: Program, day: Day) -> Day:
    """What became due before this day is too late on a day, whichever message of the program it is."""
    firsts = (terms.drop_after.before(terms.after.before(day)) for terms in program.messages.values())
    return min(firsts, default=0) - LENGTHS_OF_MONTHS
