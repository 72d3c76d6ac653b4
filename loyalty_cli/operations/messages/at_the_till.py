"""Messages that wait for a member at the till: the cashier says them, or they stand on the slip; told once, then they are over."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.messages.planning import Clock
from loyalty_cli.messages.planning import WHEN_THERE
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import account_of_card
from loyalty_cli.operations.messages.known import known_of_many
from loyalty_cli.operations.messages.plan import all_planned
from loyalty_cli.operations.messages.texts import message_for
from loyalty_cli.store.members.households import people_of
from loyalty_cli.store.messages.messages import Event
from loyalty_cli.store.messages.messages import keep_message
from loyalty_cli.store.messages.messages import note_answer

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Sequence

    from loyalty_cli.messages.planning import Shape
    from loyalty_cli.messages.planning import Verdict
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.message import DueMessage
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection

# Where neither hours nor a country's rule on writing to people matter, any time of the day will do.
NOON = 43_200


class ToTell(NamedTuple):
    """A message that waits at the till: by which way, what it says."""

    due: DueMessage
    way: str
    text: str


def that_wait(_: Shape, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """Those of a member's messages that wait at the till."""
    return [verdict for verdict in verdicts if verdict.state == WHEN_THERE]


def to_tell(connection: Connection, program: Program, members: Collection[int], day: Day) -> list[ToTell]:
    """What waits for some members on a day."""
    found = list(all_planned(connection, program, Clock(day, NOON), that_wait, members=members))
    known = known_of_many(connection, program, {each.planned.due.member for each in found}, day) if found else {}
    return [
        ToTell(each.planned.due, each.planned.channel, message_for(program, each, known[each.planned.due.member], "").text)
        for each in found
    ]


def told(shop: Shop, card: str, *, by: str = "") -> Outcome:
    """All that waits for whoever has a card has been said, or stood on the slip."""
    program = program_file(shop)
    with shop.changing() as connection:
        day = today(shop, connection)
        people = people_of(connection, account_of_card(connection, card, day), day)
        done = to_tell(connection, program, people, day)
        for each in done:
            event = Event("begun", each.way, day, shop.moment, by)
            if keep_message(connection, each.due, program.messages[each.due.name].purpose, event):
                note_answer(connection, each.due.key, event._replace(what="sent"))
    names = [each.due.name for each in done]
    said = phrase("Told: {names}.", names=names) if names else phrase("No message waits for this card.")
    return Outcome(said=[said], data={"told": names}, language=program.language)
