"""The three sizes as a person reads them: what each costs, why, and when it pays; then each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import OnWeekday
from loyalty_cli.model.shown.phrase import Percent
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.paying.planned import COUPONS_USED
from loyalty_cli.paying.planned import POINTS_USED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.plan.planning import Plan
    from loyalty_cli.paying.planned import Planned

SIZES = (
    Column(name="size", heading="Size", kind="said"),
    Column(name="cost", heading="Cost a month", kind="money"),
    Column(name="most", heading="If all is used", kind="money"),
    Column(name="share", heading="Of members' turnover", kind="percent"),
    Column(name="pays_at", heading="Pays at more turnover of", kind="percent"),
    Column(name="months_at_10", heading="Months until paid back, a tenth more bought", kind="count"),
    Column(name="months_at_20", heading="Months until paid back, a fifth more bought", kind="count"),
)
RULES = (
    Column(name="size", heading="Size", kind="said"),
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="asset", heading="What", kind="posted"),
    Column(name="quantity", heading="Given a month", kind="count"),
    Column(name="given", heading="If all is used", kind="money"),
    Column(name="expected", heading="Expected", kind="money"),
)
USED = "Until the shop's own history says it, {points} of the points and {coupons} of the coupons are taken to be used."
# No survey that can be cited says how often members come or what is left of a sale in each branch.
SUPPOSED = phrase(
    "Visits or margin are supposed for the branch, only to begin with: put in your own with {example}, and the figures change.",
    example="--visits 2.5 --margin 30%",
)
# The uplifts of which it is said when setting up is paid back.
UPLIFTS = (10_00, 20_00)
NAMES = {"small": phrase("small"), "middle": phrase("middle"), "large": phrase("large")}


def sentences(plan: Plan) -> Iterator[Phrase]:
    """What was taken for true, and each size with its reason."""
    trade, money = plan.trade, plan.planning.money
    yield phrase(
        "Expected: {members} members who come {visits} times a month and pay {receipt} each time: {turnover} a month, margin {margin}.",
        members=trade.members,
        visits=Percent(trade.visits),
        receipt=money(trade.receipt),
        turnover=money(trade.turnover),
        margin=Share(trade.margin),
    )
    if trade.supposed:
        yield SUPPOSED
    for each in plan.sizes:
        yield phrase("{size}: {why}", size=NAMES[each.proposal.size], why=why(each, plan))


def why(each: Planned, plan: Plan) -> Phrase:
    """What a size has, and for whom it is."""
    money, proposal = plan.planning.money, each.proposal
    back = Share(proposal.point_pays * 10 // proposal.unit)
    if proposal.size == "small":
        return phrase("points that give {back} back. One sentence on a poster, nothing to explain; begin here if in doubt.", back=back)
    if proposal.size == "middle":
        return phrase(
            "points that give {back} back, a coupon of {coupon} that brings the next visit, and tiers that reward those who stay.",
            back=back,
            coupon=money(proposal.coupon),
        )
    return phrase(
        "points that give {back} back, a coupon of {coupon}, tiers, double points on {weekday}, the quiet day, and a birthday coupon "
        "of {present}; it needs somebody who looks after it.",
        back=back,
        coupon=money(proposal.coupon),
        weekday=OnWeekday(proposal.quiet or 0),
        present=money(proposal.present),
    )


def tables(plan: Plan) -> list[Table]:
    """The sizes side by side, and what each rule of them gives."""
    points, coupons = (Share(used * WHOLE // of) for of, used in (POINTS_USED, COUPONS_USED))
    notes = [
        phrase("Break-even: cost / (margin x turnover - cost of rewards), for more turnover brings more rewards, too."),
        phrase(USED, points=points, coupons=coupons),
    ]
    if plan.trade.big is None:
        notes.append(phrase("Receipts and members' spend are taken as spread exponentially around their mean."))
    return [
        page(plan, "plan", phrase("A first program in three sizes"), SIZES, sizes(plan), notes),
        page(plan, "plan-by-rule", phrase("What each rule gives a month"), RULES, rules(plan), ()),
    ]


def page(
    plan: Plan, name: str, title: Phrase, columns: Sequence[Column], rows: Iterable[tuple[Cell, ...]], notes: Sequence[Phrase]
) -> Table:
    """One table."""
    currency = plan.planning.currency
    return Table(name=name, title=title, columns=columns, rows=list(rows), currency=currency.code, digits=currency.digits, notes=notes)


def sizes(plan: Plan) -> Iterator[tuple[Cell, ...]]:
    """A row for each size."""
    monthly, set_up = plan.planning.monthly, plan.planning.set_up
    for each in plan.sizes:
        months = [each.paid_back(uplift, set_up) for uplift in UPLIFTS]
        name, paying = kept(NAMES[each.proposal.size]), each.paying
        yield name, paying.cost, each.most + monthly, paying.share, paying.break_even, *months


def rules(plan: Plan) -> Iterator[tuple[Cell, ...]]:
    """A row for each rule of each size."""
    for each in plan.sizes:
        for line in each.lines:
            yield kept(NAMES[each.proposal.size]), line.rule, line.asset, line.quantity, line.given, line.expected
