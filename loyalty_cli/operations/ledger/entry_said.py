"""Why each entry of a member is there, in a sentence that can be read aloud at the counter."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import ADJUST
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import LAPSE
from loyalty_cli.model.entry import PUT_BACK
from loyalty_cli.model.entry import REDEEM
from loyalty_cli.model.entry import REINSTATE
from loyalty_cli.model.entry import SEGMENTS
from loyalty_cli.model.entry import TIERS
from loyalty_cli.model.entry import USABLE
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.own_reasons import reason_said
from loyalty_cli.model.shown.phrase import in_a_row
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.reward_said import reward_said
from loyalty_cli.replay.explained import explain_purchases
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.store.ledger.explaining import reasons_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.entry import Key
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.explained import Explained
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.explaining import PostedEntry

# What lies in the nature of points, whatever the program says.
BY_NATURE = {
    USABLE: phrase("The waiting time is over: these points can be used."),
    LAPSE: phrase("Nobody used these points in time: they lapsed."),
    REINSTATE: phrase("Goods came back that were paid with points: the points came back, too."),
}
# What a later recalculation made of the same rule and cause on the same day: a receipt was mended, assigned or taken back, a use undone.
CORRECTION = phrase("A correction, after something became known later.")


def step_said(program: Program, rule: str, money: int, points: int) -> Phrase | None:
    """What one earn rule made of a receipt: its rate or its factor, and the arithmetic."""
    earn = program.earn.get(rule.removeprefix("points."))
    return earn.reckoned(program.currency.money, money, points) if earn else None


class Whys:
    """The sentences of one member's entries; the member is replayed once."""

    def __init__(self, connection: Connection, plan: Plan, facts: MemberFacts) -> None:
        self.plan = plan
        self.purchases: dict[int, Explained] = explain_purchases(Replayer(plan), facts)
        self.reasons = reasons_by_hand(connection, facts.member)
        # What all entries of one kind and cause come to.
        self.sums: Counter[Key] = Counter()

    def of(self, entries: Iterable[PostedEntry]) -> Iterator[str]:
        """The sentence of each entry, kept so that it can be said in any language; '' where nobody knows one."""
        entries = list(entries)
        first: dict[Key, int] = {}
        for entry in entries:
            first.setdefault(entry.key, entry.run)
            self.sums[entry.key] += entry.quantity
        for entry in entries:
            said = CORRECTION if entry.run != first[entry.key] else self.sentence(entry)
            yield kept(said) if said is not None else ""

    def sentence(self, entry: PostedEntry) -> Phrase | None:
        """The sentence, where there is one."""
        program = self.plan.in_force(entry.day)
        money = program.currency.money
        if entry.asset.startswith(PUT_BACK):
            return phrase("Goods came back that this voucher had paid for: {amount} are on it again.", amount=money(entry.quantity))
        if entry.rule in BY_NATURE:
            return BY_NATURE[entry.rule]
        family, _, name = entry.rule.partition(".")
        match family:
            case "points" if entry.quantity < 0:
                said: Phrase | None = phrase("Goods came back, and with them the points they had given.")
            case "points":
                said = self.earned(entry, program)
            case "rewards" if name in program.rewards:
                said = in_a_row(reward_said(program.rewards[name], money))
                if entry.quantity < 0:
                    said = phrase("What this was given for came back: {what}", what=said)
            case "draws" if name in program.draws:
                said = program.draws[name].announced(money)
            case _:
                said = self.by_other(entry)
        return said

    def earned(self, entry: PostedEntry, program: Program) -> Phrase | None:
        """The points of a receipt by one rule."""
        explained = self.purchases.get(entry.cause_id) if entry.cause_kind == Cause.RECEIPT else None
        step = next((step for step in explained.steps if step.rule == entry.rule), None) if explained else None
        if step is None:
            return None
        said = step_said(program, entry.rule, step.money, step.points)
        if said is not None and self.sums[entry.key] < step.points and entry.quantity < step.points:
            return phrase("{what} The limit left {points} of them.", what=said, points=entry.quantity)
        return said

    def by_other(self, entry: PostedEntry) -> Phrase | None:
        """Tiers, segments, what was used, and what somebody entered by hand."""
        _, _, name = entry.asset.partition(":")
        if entry.rule == TIERS and name:
            text = "From this day on the tier is {tier}." if entry.quantity > 0 else "From this day on the tier is no longer {tier}."
            return phrase(text, tier=name)
        if entry.rule == SEGMENTS and name:
            text = "From this morning on a member of {name}." if entry.quantity > 0 else "From this morning on no longer of {name}."
            return phrase(text, name=name)
        if entry.rule == REDEEM:
            return phrase("Exchanged for points: {name}.", name=name) if name else phrase("These points paid at the till.")
        if entry.rule == ADJUST and (reason := self.reasons.get(entry.cause_id)):
            return phrase("Entered by hand: {reason}", reason=reason_said(reason))
        return None
