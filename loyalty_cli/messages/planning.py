"""Which of the messages that are due go out now, by which way, and why the others do not: one member at a time, no database."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.consent import ADVERTISING
from loyalty_cli.model.consent import may
from loyalty_cli.model.consent import SERVICE
from loyalty_cli.model.consent import SURVEY
from loyalty_cli.model.message import AT_THE_TILL
from loyalty_cli.rules.weekdays import is_one_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.consent import Consent
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.message import DueMessage
    from loyalty_cli.program.blocks.messages import Contact
    from loyalty_cli.program.blocks.messages import MessageTerms
    from loyalty_cli.rules.at_most import AtMost

# What becomes of a message that is due; all but the first are why it does not go now.
READY, LATER = "ready", "not yet"
HOURS, DAY_OFF, CAP = "not at this hour", "no advertising on this day", "enough for now"
COMPLAINT, NO_ADDRESS, NO_CONSENT = "an open complaint", "no address", "no consent"
BY_NAME, TOO_LATE, NO_TEXT = "a person sends it, by name", "too late", "no text in the program"
WHEN_THERE = "when they come"
WAITS = frozenset({LATER, HOURS, DAY_OFF, CAP, COMPLAINT, NO_ADDRESS, NO_CONSENT, BY_NAME, WHEN_THERE})


class Person(NamedTuple):
    """What is known of a member.

    An address for each channel that works, the answers on consent, whether a complaint is open, the days on which advertising
    and surveys went out, and those of surveys among them.
    """

    addresses: Mapping[str, str]
    consents: Sequence[Consent] = ()
    complains: bool = False
    written: Sequence[Day] = ()
    asked: Sequence[Day] = ()


class Clock(NamedTuple):
    """The shop's day and the seconds since its midnight; `by_name` says that advertising goes only if a person sends it."""

    day: Day
    seconds: int
    by_name: bool = False


class Planned(NamedTuple):
    """A message and what becomes of it. `on` is the first day on which it may go, `channel` '' where there is no way.

    `ways` says why each way of the message before the one chosen is not possible, as `email: no consent`.
    """

    due: DueMessage
    state: str
    on: Day
    channel: str = ""
    address: str = ""
    ways: Sequence[str] = ()


class Way(NamedTuple):
    """By which channel, '' where none is possible; the state it leaves, and why not by those before."""

    channel: str
    state: str
    ways: tuple[str, ...]


class Verdict(NamedTuple):
    """What becomes of the message in a place of a list."""

    place: int
    state: str
    on: Day
    channel: str = ""
    ways: Sequence[str] = ()


class Situation(NamedTuple):
    """All of a member that decides: a way for each that the program asks for, an open complaint, when they were written to.

    `asked` are the days on which they were asked in a survey.
    """

    ways: tuple[Way, ...]
    complains: bool
    written: tuple[Day, ...]
    asked: tuple[Day, ...]


class Known(NamedTuple):
    """A message of the program at one moment, whoever gets it: the place of its way, and what each kind of way leaves it at.

    `now` has by READY what holds back what is written, or READY, by WHEN_THERE what holds back what is said at the till.
    """

    terms: MessageTerms
    now: Mapping[str, str]
    way: int


Asked = tuple[tuple[str, ...], str]
"""The channels of a message in their order, and its purpose."""
Shape = tuple[tuple[str, "Day"], ...]
"""Messages that are due together, each with the day since when."""
# So many different situations of members are remembered: most of them share few.
REMEMBERED = 20_000


def planned(
    dues: Iterable[DueMessage], messages: Mapping[str, MessageTerms], contact: Contact, person: Person, clock: Clock
) -> list[Planned]:
    """What becomes of each of one member's messages."""
    return Planner(messages, contact, clock).planned(dues, person)


class Planner:
    """What becomes of messages at one moment, member by member.

    All that does not depend on the member is reckoned once, and members in the same situation of whom the same is due get the
    same: what becomes of it is remembered.
    """

    def __init__(self, messages: Mapping[str, MessageTerms], contact: Contact, clock: Clock) -> None:
        self.contact = contact
        self.clock = clock
        self.asked: list[Asked] = sorted({(terms.by, terms.purpose) for terms in messages.values()})
        self.known = {
            name: Known(terms, states_now(terms, contact, clock), self.asked.index((terms.by, terms.purpose)))
            for name, terms in messages.items()
        }
        self.moments: dict[tuple[str, Day], tuple[int, Day, str]] = {}
        self.remembered: dict[tuple[Shape, Situation], list[Verdict]] = {}

    def planned(self, dues: Iterable[DueMessage], person: Person) -> list[Planned]:
        """What becomes of each of a member's messages: the most important first, then the longest due."""
        own = list(dues)
        verdicts = self.verdicts(tuple((due.name, due.since) for due in own), person)
        return [made_out(verdict, own[verdict.place], person) for verdict in verdicts]

    def verdicts(self, shape: Shape, person: Person) -> list[Verdict]:
        """The same, of messages by their names and days alone."""
        ways = tuple([way_for(asked, person, self.clock.day) for asked in self.asked])
        case = (shape, Situation(ways, person.complains, tuple(person.written), tuple(person.asked)))
        verdicts = self.remembered.get(case)
        if verdicts is None:
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            verdicts = self.remembered[case] = self.decided(*case)
        return verdicts

    def decided(self, shape: Shape, situation: Situation) -> list[Verdict]:
        """What becomes of messages in a situation. What goes now counts at once for the cap: the next one may have to wait.

        What waits at the till counts for what is told there, and keeps nothing from being written: they may never come.
        """
        counted = {way: (list(situation.written), list(situation.asked)) for way in (READY, WHEN_THERE)}
        moments = sorted((self.moment(*due), place) for place, due in enumerate(shape))
        found: list[Verdict] = []
        for (_, on, now), place in moments:
            if now != READY:
                found.append(Verdict(place, now, on))
                continue
            known = self.known[shape[place][0]]
            service = known.terms.purpose == SERVICE
            if situation.complains and not service:
                found.append(Verdict(place, COMPLAINT, on))
                continue
            way = situation.ways[known.way]
            state = known.now.get(way.state, way.state)
            if state in counted and not service:
                survey = known.terms.purpose == SURVEY
                if self.is_capped(*counted[state], survey=survey):
                    state = CAP
                else:
                    for written, asked in counted.values() if state == READY else (counted[state],):
                        written.append(self.clock.day)
                        asked.extend([self.clock.day] * survey)
            found.append(Verdict(place, state, on, way.channel, way.ways))
        return found

    def moment(self, name: str, since: Day) -> tuple[int, Day, str]:
        """How soon a message that became due on a day comes among others, from which day it may go, and READY if now."""
        moment = self.moments.get((name, since))
        if moment is None:
            moment = self.moments[name, since] = self.reckoned(name, since)
        return moment

    def reckoned(self, name: str, since: Day) -> tuple[int, Day, str]:
        """The same, not known yet."""
        if name not in self.known:
            return (0, since, NO_TEXT)
        terms = self.known[name].terms
        on = terms.after.after(since)
        late = self.clock.day > terms.drop_after.after(on)
        return (-terms.priority, on, LATER if self.clock.day < on else TOO_LATE if late else READY)

    def is_capped(self, written: Sequence[Day], asked: Sequence[Day], *, survey: bool) -> bool:
        """Whether a member gets nothing more for now: nothing at all, or no survey."""
        return self.is_enough(self.contact.at_most, written) or (survey and self.is_enough(self.contact.surveys, asked))

    def is_enough(self, cap: AtMost | None, written: Sequence[Day]) -> bool:
        """Whether a member of whom it is known when they were written to gets nothing more for now."""
        return cap is not None and not cap.room(written, self.clock.day, self.clock.day)


def made_out(verdict: Verdict, due: DueMessage, person: Person) -> Planned:
    """A verdict with the message and the address that it is about."""
    _, state, on, channel, ways = verdict
    return Planned(due, state, on, channel, person.addresses.get(channel, ""), ways)


def way_for(asked: Asked, person: Person, day: Day) -> Way:
    """The first way that is possible, and why those before it are not."""
    channels, purpose = asked
    ways: list[str] = []
    state = NO_ADDRESS
    for channel in channels:
        if channel in AT_THE_TILL:
            return Way(channel, WHEN_THERE, tuple(ways))
        if not person.addresses.get(channel):
            ways.append(f"{channel}: {NO_ADDRESS}")
        elif not may(person.consents, channel, purpose, day).allowed:
            state = NO_CONSENT
            ways.append(f"{channel}: {NO_CONSENT}")
        else:
            return Way(channel, READY, tuple(ways))
    return Way("", state, tuple(ways))


def states_now(terms: MessageTerms, contact: Contact, clock: Clock) -> dict[str, str]:
    """What becomes of a message by the state of its way, whoever gets it.

    Who stands at the till is there at this hour, and a person says it; a day without advertising has none there either.
    """
    off = terms.purpose == ADVERTISING and is_day_off(contact, clock.day)
    by_hour = contact.hours is not None and not contact.hours[0] <= clock.seconds < contact.hours[1]
    by_name = terms.purpose == ADVERTISING and clock.by_name
    written = HOURS if by_hour else DAY_OFF if off else BY_NAME if by_name else READY
    return {READY: written, WHEN_THERE: DAY_OFF if off else WHEN_THERE}


def is_day_off(contact: Contact, day: Day) -> bool:
    """Whether a day has no advertising."""
    during = any(dates.first <= day <= dates.last for dates in contact.no_advertising_during)
    return during or is_one_of(day, contact.no_advertising_on)
