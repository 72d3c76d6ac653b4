"""`loyalty messages send`: each message is claimed before it leaves, so that it goes once at most, whatever breaks when.

A claim that has no answer stays doubtful until a person looks (`messages resolve`): it may have gone; only where each message is
a file of its own the next run looks itself (`settled`). What is too late is given up and told. A server that is down, or a
refusal for now, leaves the message due: the next night tries again. A disk that fails ends the run.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from itertools import groupby
from typing import TYPE_CHECKING

from loyalty_cli.messages.planning import BY_NAME
from loyalty_cli.messages.planning import NO_TEXT
from loyalty_cli.messages.planning import READY
from loyalty_cli.messages.planning import TOO_LATE
from loyalty_cli.messages.planning import WAITS
from loyalty_cli.model.consent import may
from loyalty_cli.model.consent import SERVICE
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.messages.doubtful import doubtful_said
from loyalty_cli.operations.messages.known import known_of_many
from loyalty_cli.operations.messages.plan import all_planned
from loyalty_cli.operations.messages.plan import clock_of
from loyalty_cli.operations.messages.plan import looked_back
from loyalty_cli.operations.messages.plan import rule_of_advertising
from loyalty_cli.operations.messages.settled import settle
from loyalty_cli.operations.messages.texts import message_for
from loyalty_cli.operations.messages.ways_out import begin_file
from loyalty_cli.operations.messages.ways_out import clear_begun
from loyalty_cli.operations.messages.ways_out import folder_shown
from loyalty_cli.operations.messages.ways_out import way_out
from loyalty_cli.operations.messages.ways_out import what_became
from loyalty_cli.store.feedback.complaints import complaining
from loyalty_cli.store.lock import one_at_a_time
from loyalty_cli.store.members.addresses import note_address
from loyalty_cli.store.members.addresses import reach_of_many
from loyalty_cli.store.members.consents import consents_of
from loyalty_cli.store.members.members import Hand
from loyalty_cli.store.members.unsubscribing import token_of
from loyalty_cli.store.messages.due import last_entry
from loyalty_cli.store.messages.due import note_looked_through
from loyalty_cli.store.messages.due import still_stands
from loyalty_cli.store.messages.messages import Event
from loyalty_cli.store.messages.messages import keep_message
from loyalty_cli.store.messages.messages import note_answer
from loyalty_cli.store.troubles import HINTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.messages.planning import Planned
    from loyalty_cli.messages.planning import Shape
    from loyalty_cli.messages.planning import Verdict
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.message import Answer
    from loyalty_cli.model.message import Message
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.messages.plan import For
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


@dataclass(slots=True)
class Sending:
    """One run of sending: what has become of messages so far."""

    shop: Shop
    program: Program
    day: Day
    by: str
    counts: Counter[str] = field(default_factory=Counter)
    warnings: list[Phrase] = field(default_factory=list)
    claimed: dict[str, For] = field(default_factory=dict)
    stopped: StoreTrouble | None = None

    def event(self, what: str, channel: str, said: str = "") -> Event:
        """Something that happens now."""
        return Event(what, channel, self.day, self.shop.moment, self.by, said)

    def give_up(self, connection: Connection, late: list[For]) -> None:
        """What is too late is dropped, and counted."""
        for each in late:
            due = each.planned.due
            if keep_message(connection, due, self.program.messages[due.name].purpose, self.event("dropped", "", TOO_LATE)):
                self.counts["dropped"] += 1

    def claim(self, each: For) -> Message | None:
        """Begin one message: kept before it leaves. None if somebody else has begun it, or it may not go any more."""
        one = each.planned
        purpose = self.program.messages[one.due.name].purpose
        with self.shop.changing() as connection:
            if not still_may(connection, one, purpose, self.day):
                return None
            if not keep_message(connection, one.due, purpose, self.event("begun", one.channel, folder_shown(self.program, one.channel))):
                return None
            of = known_of_many(connection, self.program, [one.due.member], self.day)[one.due.member]
            token = "" if purpose == SERVICE else token_of(connection, one.due.member)
        self.claimed[one.due.key] = each
        return message_for(self.program, each, of, token)

    def messages(self, ready: list[For]) -> Iterator[Message]:
        """The messages of a channel as its way out pulls them."""
        for each in ready:
            folder, key = folder_shown(self.program, each.planned.channel), each.planned.due.key
            if folder:
                begin_file(self.shop, folder, key)
            message = self.claim(each)
            if message is not None:
                yield message
                continue
            self.counts["passed over"] += 1
            if folder:
                clear_begun(self.shop, folder, key)

    def note(self, answer: Answer) -> None:
        """Keep what became of a message."""
        one = self.claimed[answer.key].planned
        with self.shop.changing() as connection:
            note_answer(connection, answer.key, self.event(answer.result, one.channel, answer.said))
            if answer.dead:
                hand = Hand(at=self.shop.moment, today=self.day, by=self.by, reason=answer.said)
                note_address(connection, one.due.member, (one.channel, one.address), hand, works=False, source="answer of the server")
        del self.claimed[answer.key]
        self.counts[answer.result] += 1

    def send(self, channel: str, ready: list[For], environment: Mapping[str, str]) -> None:
        """Send what is ready for one channel; what was claimed and not answered is doubtful, unless its folder shows it."""
        try:
            sender = way_out(self.shop, self.program, channel, environment)
            for answer in sender.send(self.messages(ready)):
                self.note(answer)
        except StoreTrouble as error:
            self.stopped = error
        except LoyaltyError as error:
            self.warnings.append(error.phrase)
        folder = folder_shown(self.program, channel)
        became = Counter(what_became(self.shop, folder, key) if folder else "" for key in self.claimed)
        self.counts["sent"] += became["sent"]
        self.counts["doubtful"] += became[""]
        self.claimed.clear()

    def end(self, ready: int, waiting: int) -> StoreTrouble | None:
        """How the run ends if the disk or the database stopped it; `ready` were to go now, `waiting` later."""
        if self.stopped is None:
            return None
        counts = {what: self.counts[what] for what in ("sent", "refused", "doubtful", "passed over")}
        return StoreTrouble(
            self.stopped.exit_code,
            "Sending stopped at {file}: {sent} sent, {refused} refused, {doubtful} doubtful, {waiting} waiting for the next run.",
            file=self.stopped.phrase.values.get("file", "?"),
            sent=counts["sent"],
            refused=counts["refused"],
            doubtful=counts["doubtful"],
            waiting=waiting + ready - sum(counts.values()),
            hint=self.stopped.hint or HINTS.get(self.stopped.exit_code),
        )


@dataclass(slots=True)
class Seen:
    """What planning tells of all messages: how many of each state, and since when one is due that the program has no text for."""

    only_count: bool
    states: Counter[str] = field(default_factory=Counter)
    without_text: Day = NEVER

    def go_or_end(self, _: Shape, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
        """Those of a member's messages that go now or are given up; none of them where they are only counted."""
        states = [verdict.state for verdict in verdicts]
        self.states.update(states)
        if NO_TEXT in states:
            self.without_text = min(self.without_text, *(verdict.on for verdict in verdicts if verdict.state == NO_TEXT))
        return [] if self.only_count else [verdict for verdict in verdicts if verdict.state in {READY, TOO_LATE}]

    @property
    def waiting(self) -> int:
        """How many may go later."""
        return sum(self.states[state] for state in WAITS)


def send_messages(shop: Shop, environment: Mapping[str, str], *, by: str = "", dry_run: bool = False) -> Outcome:
    """Send what may go now, one command at a time; a dry run only counts."""
    program = program_file(shop)
    if dry_run:
        return send_due(shop, program, environment, by=by, dry_run=True)
    with one_at_a_time(shop.database.with_name(f"{shop.database.name}.sending.lock")):
        settle(shop, program, by)
        return send_due(shop, program, environment, by=by)


def send_due(shop: Shop, program: Program, environment: Mapping[str, str], *, by: str, dry_run: bool = False) -> Outcome:
    """Plan afresh, give up what is too late, and send channel by channel."""
    with shop.reading() as connection:
        clock = clock_of(shop, connection, program, by=by)
        entry = last_entry(connection)
        seen = Seen(dry_run)
        found = list(all_planned(connection, program, clock, seen.go_or_end))
    late = [each for each in found if each.planned.state == TOO_LATE]
    ready = [each for each in found if each.planned.state == READY]
    sending = Sending(shop, program, clock.day, by)
    if dry_run:
        sending.counts = Counter(sent=seen.states[READY], dropped=seen.states[TOO_LATE])
    else:
        with shop.changing() as connection:
            sending.give_up(connection, late)
            note_looked_through(connection, min(looked_back(program, clock.day), seen.without_text), entry)
        for channel, own in groupby(sorted(ready, key=lambda each: each.planned.channel), key=lambda each: each.planned.channel):
            sending.send(channel, list(own), environment)
            if trouble := sending.end(len(ready), seen.waiting):
                raise trouble from sending.stopped
    return sent_said(sending, seen, dry_run=dry_run)


def still_may(connection: Connection, one: Planned, purpose: str, day: Day) -> bool:
    """Whether nothing has come between since the message was planned.

    Not if the member became another or was erased, moved, complained, took a consent back, or has used the coupon it is about; it is
    due still, if to anybody.
    """
    member = one.due.member
    reach = next(reach_of_many(connection, [member]), None)
    if reach is None or reach.at(one.channel) != one.address:
        return False
    if (purpose != SERVICE and member in complaining(connection)) or not still_stands(connection, one.due, day):
        return False
    return may(consents_of(connection, member), one.channel, purpose, day).allowed


def sent_said(sending: Sending, seen: Seen, *, dry_run: bool) -> Outcome:
    """What a run of sending says of itself."""
    counts = {what: sending.counts[what] for what in ("sent", "refused", "again", "doubtful", "dropped")}
    # Where a way out could not be taken, what was to go by it waits, too.
    begun = sum(sending.counts[what] for what in ("sent", "refused", "again", "doubtful", "passed over"))
    waiting = seen.waiting + seen.states[READY] - begun
    said = [
        phrase(
            "Messages: {sent} sent, {refused} refused, {again} to be tried again, {doubtful} doubtful, {dropped} too late, "
            "{waiting} waiting.",
            **counts,
            waiting=waiting,
        )
    ]
    with sending.shop.reading() as connection:
        warnings = [*sending.warnings, *doubtful_said(connection)]
    if seen.states[BY_NAME]:
        warnings.append(by_name_said(sending, seen.states[BY_NAME]))
    stopped = bool(sending.warnings or counts["doubtful"])
    return Outcome(
        said=said,
        warnings=warnings,
        data={**counts, "waiting": waiting, "dry_run": dry_run},
        quiet=not any(counts.values()) and not warnings,
        exit_code=ExitCode.REFUSED if stopped else ExitCode.OK,
        language=sending.program.language,
    )


def by_name_said(sending: Sending, count: int) -> Phrase:
    """That advertising is prepared and a person sends it, by which law."""
    rule = rule_of_advertising(sending.program, sending.day)
    return phrase(
        "{count} message of advertising is ready, and a person sends it: loyalty messages send --by NAME ({source})",
        "{count} messages of advertising are ready, and a person sends them: loyalty messages send --by NAME ({source})",
        count=count,
        source=rule.source if rule else "",
    )
