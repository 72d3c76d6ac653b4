"""One receipt more: a member at the moment it comes, and what it brings by the day's end, through the very same replay."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import Redemption
from loyalty_cli.replay.posting import differences
from loyalty_cli.replay.replayer import FACTS
from loyalty_cli.replay.replayer import happen
from loyalty_cli.replay.replayer import PARTS
from loyalty_cli.replay.replayer import REVIEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.model.entry import Key
    from loyalty_cli.model.entry import Told
    from loyalty_cli.model.facts import Fact
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.facts import Payment
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.replayer import Replayer


class OneMore:
    """A member when a receipt may come, at a time of a day. `state` is what the member goes on from, None from the start."""

    def __init__(self, replayer: Replayer, facts: MemberFacts, state: str | None, moment: tuple[Day, int]) -> None:
        self.replayer = replayer
        self.facts = facts._replace(since=min(facts.since, moment[0]))
        self.state = state
        self.day = moment[0]
        # What is known of the same second was there before it.
        self.before = [fact for fact in facts.facts if fact[:2] <= moment]
        self.later = [fact for fact in facts.facts if fact[:2] > moment and fact.day == self.day]
        self.member = self.brought([])
        self.told_earlier = len(self.member.memories.told)

    def brought(self, entries: list[Entry]) -> Member:
        """The member once everything before that moment has happened."""
        member = self.replayer.start(self.facts, self.state)
        member.until = self.day
        self.go_on(member, self.before, entries)
        self.replayer.pass_time(member, self.day * PARTS + FACTS, entries)
        # What comes next is written down apart.
        member.heard_to = 0
        return member

    def go_on(self, member: Member, facts: Sequence[Fact], entries: list[Entry]) -> None:
        """Some facts happen, and what lies between them."""
        for fact in facts:
            if fact.day >= member.wake:
                self.replayer.pass_time(member, fact.day * PARTS + FACTS, entries)
            if fact.kind == PURCHASE:
                member.buy(fact, entries)  # type: ignore[arg-type]
            else:
                happen(member, fact, entries)

    def finish(self, member: Member, entries: list[Entry]) -> None:
        """The rest of the day."""
        self.go_on(member, self.later, entries)
        self.replayer.pass_time(member, self.day * PARTS + REVIEW, entries)

    def claims(self, *, earlier: bool = False) -> list[Told]:
        """What the member claims with this receipt, or has earlier, of what only so many get, and has no place for."""
        told, places = self.member.memories.told, self.facts.places or ()
        own = told[: self.told_earlier] if earlier else told[self.told_earlier :]
        return [each for each in own if not each.to and (each.reward, each.cause, each.cause_id) not in places]

    def bring(self, purchase: Purchase, payments: Sequence[Payment] = ()) -> list[Entry]:
        """The receipt comes, and the points that pay for it are used: the entries that the member has more, or fewer, at the day's end."""
        quiet = not self.later and self.replayer.next_time(self.member) > self.day * PARTS + REVIEW
        entries: list[Entry] = []
        for paid in payments:
            if paid.points:
                use = Redemption(self.day, purchase.clock, REDEMPTION, paid.redemption, paid.points, paid.amount)
                happen(self.member, use, entries)
        self.member.buy(purchase, entries)
        self.finish(self.member, entries)
        if quiet:
            return entries
        without: list[Entry] = []
        self.finish(self.brought([]), without)
        posted: Counter[Key] = Counter()
        for *key, quantity in without:
            posted[tuple(key)] += quantity  # type: ignore[index]
        return differences(entries, posted)
