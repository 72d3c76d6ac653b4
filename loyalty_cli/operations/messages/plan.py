"""What becomes of every message that is due: read in chunks of members, so that memory does not grow with their number."""

from __future__ import annotations

from itertools import groupby
from itertools import islice
from operator import attrgetter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.messages.planning import Clock
from loyalty_cli.messages.planning import Person
from loyalty_cli.messages.planning import planned
from loyalty_cli.model.consent import CHANNELS
from loyalty_cli.model.days import day_of
from loyalty_cli.operations.local_day import local_now
from loyalty_cli.program.messages_block import Contact
from loyalty_cli.store.feedback.complaints import complaining
from loyalty_cli.store.members.addresses import reach_of_many
from loyalty_cli.store.members.consents import consents_of_many
from loyalty_cli.store.messages.messages import messages_due
from loyalty_cli.store.messages.messages import written_since

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.messages.planning import Planned
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.addresses import Reach

AT_ONCE = 500
# No cap looks further back.
LONGEST_CAP = 400


class For(NamedTuple):
    """A planned message, and how its member is called and reached."""

    planned: Planned
    reach: Reach


def clock_of(shop: Shop, connection: Connection, as_of: Day | None = None) -> Clock:
    """The shop's day and time of day; another day, looked at beforehand, is taken at noon."""
    if as_of is not None:
        return Clock(as_of, 43_200)
    now = local_now(shop, connection)
    return Clock(day_of(now.date()), now.hour * 3600 + now.minute * 60 + now.second)


def all_planned(connection: Connection, program: Program, clock: Clock) -> Iterator[For]:
    """Every message that is due, member by member."""
    contact = program.contact or Contact()
    angry = complaining(connection)
    written = written_since(connection, clock.day - LONGEST_CAP)
    groups = ((member, list(dues)) for member, dues in groupby(messages_due(connection), key=attrgetter("member")))
    while chunk := dict(islice(groups, AT_ONCE)):
        consents = dict(consents_of_many(connection, chunk))
        reached = {reach.member: reach for reach in reach_of_many(connection, chunk)}
        for member, dues in chunk.items():
            if member in reached:
                person = Person(
                    addresses={channel: reached[member].at(channel) for channel in CHANNELS},
                    consents=consents.get(member, ()),
                    complains=member in angry,
                    written=written.get(member, ()),
                )
                yield from (For(one, reached[member]) for one in planned(dues, program.messages, contact, person, clock))


