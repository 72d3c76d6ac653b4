"""What a planned program costs a month, by the same arithmetic by which its real cost is told later."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import TIERS
from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE
from loyalty_cli.paying.break_even import Paying
from loyalty_cli.paying.proposal import times_a_month
from loyalty_cli.paying.spending import Line
from loyalty_cli.paying.spending import together
from loyalty_cli.paying.trade import MONTHS
from loyalty_cli.paying.worths import Usual
from loyalty_cli.paying.worths import worths_of
from loyalty_cli.rules.earn.multiplier import Multiplier
from loyalty_cli.rules.when.birthday import Birthday

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.paying.proposal import Proposal
    from loyalty_cli.paying.trade import Trade
    from loyalty_cli.program.program import Program

# Until a shop has a history: of a hundred points so many are used, of a hundred coupons so many.
POINTS_USED, COUPONS_USED = (100, 80), (100, 50)
# A plan looks so many months ahead for setting up to be paid back.
FAR = 120


class Planned(NamedTuple):
    """A proposal with its program's text and the program itself, and what each rule gives a month."""

    proposal: Proposal
    text: str
    program: Program
    lines: list[Line]
    paying: Paying

    @property
    def most(self) -> int:
        """What it costs a month if all of it is used."""
        return sum(line.given for line in self.lines)

    @property
    def expected(self) -> int:
        """What it costs a month as it is expected to be used."""
        return sum(line.expected for line in self.lines)

    def paid_back(self, uplift: int, set_up: int) -> int | None:
        """In how many months setting up is paid back if members buy so many basis points more; None if that is too far."""
        more, cost = self.paying.if_more(uplift)
        months = rounded(set_up, more - cost, "up") if more > cost else None
        return months if months is None or months <= FAR else None


def planned(trade: Trade, proposal: Proposal, text: str, program: Program, running: int) -> Planned:
    """A proposal as its program says it, and what a month of it costs; `running` is what each month costs besides."""
    lines = together(lines_of_month(trade, proposal, program), by_month=False)
    cost = sum(line.expected for line in lines) + running
    return Planned(proposal, text, program, lines, Paying(trade.turnover, cost, trade.margin, fixed=running))


def lines_of_month(trade: Trade, proposal: Proposal, program: Program) -> Iterator[Line]:
    """What each rule gives in a month in which members buy as they are expected to."""
    quantities = [*points_given(trade, proposal, program), *coupons_given(trade, proposal, program)]
    assets = dict.fromkeys(asset for _, asset, _ in quantities)
    uses = {asset: POINTS_USED if asset == "points" else COUPONS_USED for asset in assets}
    worths = worths_of([program], assets, uses, Usual(trade.turnover, trade.receipts))
    for rule, asset, quantity in quantities:
        yield Line("", rule, asset, quantity, worths.of_all(asset, quantity), worths.of(asset, quantity), 0, 0)
    if program.ladder:
        _, friend, patron = program.tiers
        of_patrons = trade.turnover_from(proposal.patron)
        of_friends = trade.turnover_from(proposal.friend) - of_patrons
        for tier, part, percent in ((friend, of_friends, proposal.friend_percent), (patron, of_patrons, proposal.patron_percent)):
            off = rounded(trade.turnover * part * percent, WHOLE * WHOLE, "half up")
            yield Line("", TIERS, f"tier:{tier}", rounded(trade.receipts * part, WHOLE, "half up"), off, off, 0, 0)


def points_given(trade: Trade, proposal: Proposal, program: Program) -> Iterator[tuple[str, str, int]]:
    """Points of each rule; those of the quiet day come on top of the others."""
    points = trade.turnover // proposal.unit
    for name, rule in program.earn.items():
        more = isinstance(rule, Multiplier)
        yield f"points.{name}", "points", rounded(points * trade.on_quiet_day, WHOLE, "half up") if more else points


def coupons_given(trade: Trade, proposal: Proposal, program: Program) -> Iterator[tuple[str, str, int]]:
    """Coupons of each reward: every member has one birthday a year."""
    often = times_a_month(trade, proposal.visits, proposal.big)
    birthdays = rounded(trade.members, MONTHS, "half up")
    for name, reward in program.rewards.items():
        (give,) = reward.gives
        yield f"rewards.{name}", give.given().asset, birthdays if isinstance(reward.when, Birthday) else often
