"""How the points of one purchase came to be: the same replay, watched at that purchase."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.replay.replayer import FACTS
from loyalty_cli.replay.replayer import happen
from loyalty_cli.replay.replayer import PARTS

if TYPE_CHECKING:
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.replayer import Replayer


class Step(NamedTuple):
    """One earn rule at a purchase: whether its conditions held, the money it looked at, the points it gave."""

    rule: str
    held: bool
    money: int
    points: int


class Explained(NamedTuple):
    """A purchase as its rules saw it: the tier before it, and each rule."""

    tier: str
    counted: bool
    steps: list[Step]


def explain_purchases(replayer: Replayer, facts: MemberFacts) -> dict[int, Explained]:
    """Every purchase of a member by its receipt, each seen when its turn comes."""
    member, found = replayer.start(facts), {}
    for fact in facts.facts:
        replayer.pass_time(member, fact.day * PARTS + FACTS, [])
        if fact.kind == PURCHASE:
            found[fact.id] = seen(member, fact)  # type: ignore[arg-type]
            member.buy(fact, [])  # type: ignore[arg-type]
        else:
            happen(member, fact, [])
    return found


def seen(member: Member, fact: Purchase) -> Explained:
    """What each earn rule made of a purchase."""
    version = member.version
    counted = version.promises(fact.day)
    steps: list[Step] = []
    for earning in (version.earning, *(wallet.earning for wallet in version.wallets)):
        held = earning.filled(earning.holding(member.moment(fact)), fact.parts)
        points = dict(earning.points(fact.parts, held, fact.units)) if counted else {}
        steps += [
            Step(
                name,
                bool(held >> index & 1),
                sum(amount for class_, amount in fact.parts if class_ & bit == bit),
                points.get(name, 0),
            )
            for index, (name, bit) in enumerate(zip(earning.names, earning.bits, strict=True))
        ]
    return Explained(member.tier, counted, steps)
