"""Which of the messages that are due go out now, by which way, and why the others do not: one member at a time, no database."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.consent import may
from loyalty_cli.model.consent import SERVICE
from loyalty_cli.rules.weekdays import is_one_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.consent import Consent
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.message import DueMessage
    from loyalty_cli.program.messages_block import Contact
    from loyalty_cli.program.messages_block import MessageTerms

# What becomes of a message that is due; all but the first are why it does not go now.
READY, LATER = "ready", "not yet"
HOURS, DAY_OFF, CAP = "not at this hour", "no advertising on this day", "enough for now"
COMPLAINT, NO_ADDRESS, NO_CONSENT = "an open complaint", "no address", "no consent"
TOO_LATE, NO_TEXT = "too late", "no text in the program"
WAITS = frozenset({LATER, HOURS, DAY_OFF, CAP, COMPLAINT, NO_ADDRESS, NO_CONSENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known of a member.

    An address for each channel that works, the answers on consent, whether a complaint is open, and the days on which
    advertising and surveys went out.
    """

    addresses: Mapping[str, str]
    consents: Sequence[Consent] = ()
    complains: bool = False
    written: Sequence[Day] = ()


class Clock(NamedTuple):
    """The shop's day and the seconds since its midnight."""

    day: Day
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A message and what becomes of it. `on` is the first day on which it may go, `channel` '' where there is no way."""

    due: DueMessage
    state: str
    on: Day
    channel: str = ""
    address: str = ""
    ways: Sequence[str] = field(default=())
    """Why each way of the message before the one chosen is not possible, as `email: no consent`."""


def planned(
    dues: Iterable[DueMessage], messages: Mapping[str, MessageTerms], contact: Contact, person: Person, clock: Clock
) -> list[Planned]:
    """What becomes of each of a member's messages: the most important first, then the longest due.

    What goes now counts at once for the cap, so that the next one may have to wait.
    """
    written = list(person.written)
    found: list[Planned] = []
    for due in sorted(dues, key=lambda due: order(due, messages)):
        terms = messages.get(due.name)
        if terms is None:
            found.append(Planned(due=due, state=NO_TEXT, on=due.since))
            continue
        one = decided(due, terms, contact, person, clock, written)
        if one.state == READY and is_capped(terms):
            written.append(clock.day)
        found.append(one)
    return found


def order(due: DueMessage, messages: Mapping[str, MessageTerms]) -> tuple[int, Day, str]:
    """More priority first, then earlier, then by key."""
    terms = messages.get(due.name)
    return (-terms.priority, terms.after.after(due.since), due.key) if terms else (0, due.since, due.key)


def is_capped(terms: MessageTerms) -> bool:
    """Whether a message counts for how often a member is written to."""
    return terms.purpose != SERVICE


def decided(
    due: DueMessage, terms: MessageTerms, contact: Contact, person: Person, clock: Clock, written: Sequence[Day]
) -> Planned:
    """What becomes of one message."""
    on = terms.after.after(due.since)
    if clock.day < on:
        return Planned(due=due, state=LATER, on=on)
    if clock.day > terms.drop_after.after(on):
        return Planned(due=due, state=TOO_LATE, on=on)
    if terms.purpose != SERVICE and person.complains:
        return Planned(due=due, state=COMPLAINT, on=on)
    channel, address, ways = way_for(terms, person, clock.day)
    state = READY if channel else NO_CONSENT if any(NO_CONSENT in way for way in ways) else NO_ADDRESS
    if channel:
        state = held_back(terms, contact, clock, written)
    return Planned(due=due, state=state, on=on, channel=channel, address=address, ways=ways)


def way_for(terms: MessageTerms, person: Person, day: Day) -> tuple[str, str, list[str]]:
    """The first way that is possible with its address, and why those before it are not."""
    ways: list[str] = []
    for channel in terms.by:
        address = person.addresses.get(channel, "")
        if not address:
            ways.append(f"{channel}: {NO_ADDRESS}")
        elif not may(person.consents, channel, terms.purpose, day).allowed:
            ways.append(f"{channel}: {NO_CONSENT}")
        else:
            return channel, address, ways
    return "", "", ways


def held_back(terms: MessageTerms, contact: Contact, clock: Clock, written: Sequence[Day]) -> str:
    """Ready, or what holds a message back for now."""
    if contact.hours and not contact.hours[0] <= clock.seconds < contact.hours[1]:
        return HOURS
    if terms.purpose == SERVICE:
        return READY
    off = is_one_of(clock.day, contact.no_advertising_on) or any(
        dates.first <= clock.day <= dates.last for dates in contact.no_advertising_during
    )
    if off and terms.purpose == "advertising":
        return DAY_OFF
    if contact.at_most and not contact.at_most.room(written, clock.day, clock.day):
        return CAP
    return READY
