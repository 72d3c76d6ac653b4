"""Every report: its word on the command line, the module that makes it, and what it shows."""

from __future__ import annotations

import importlib
from typing import Protocol
from typing import runtime_checkable
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.dashboard import Dashboard
    from loyalty_cli.model.shown.table import Column
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

ALL_REPORTS = {
    "dashboard": ("dashboard.dashboard", "How the program is doing: a page of numbers and pictures for every Monday."),
    "money": ("money.money", "What the program costs and leaves: in all, month by month, rule by rule; when it is paid back."),
    "goals": ("goals.goals", "The goals of the program: today's value, its trend, and whether each is on the way."),
    "members": ("members.members", "Every member: tier, points, spend, visits, discount."),
    "rfm": ("knowing.rfm", "Members by recency, frequency and money, by fifths or bounds of your own, in groups."),
    "joined": ("knowing.joined", "Members by the month of their first purchase: how many came back, and what they spent."),
    "surprise": ("knowing.surprise", "Whom to surprise, and why."),
    "rhythm": ("knowing.rhythm", "How often each member usually comes, and who is late against their own rhythm."),
    "active": ("knowing.active", "Who is probably still active; visits and spend to expect in the days ahead."),
    "stages": ("knowing.stages", "How members passed from visitor to buyer, client, advocate, or fell asleep, month by month."),
    "growth": ("knowing.growth", "Members who are new, active, sleeping, lost or back, month by month."),
    "concentration": ("knowing.concentration", "How much the best tenth of the members brings."),
    "categories": ("knowing.categories", "What members spend on: the share of each category."),
    "together": ("knowing.together", "What is bought together, and how much likelier than by chance."),
    "next-category": ("knowing.next_category", "Which category each member will probably buy next, and how much likelier than by chance."),
    "favourites": ("knowing.favourites", "In which store and at which hour each member usually buys."),
    "forecast": ("knowing.forecast", "What the next 3 and 12 months will bring, with a range and its error."),
    "uplift": ("knowing.uplift", "What a rule brings: members with it against members without it, and how sure that is."),
    "control": ("knowing.control", "Who is kept out of a rule by chance, and how that was worked out."),
    "tiers": ("members.tiers", "How many members each tier has, and what they spend."),
    "moves": ("members.moves", "Who moved from one tier to another."),
    "segments": ("members.segments", "The segments: who belongs to them, how many entered and left."),
    "segment-members": ("members.segment_members", "The members of each segment, and since when."),
    "birthdays": ("members.birthdays", "Whose birthday or name day comes next."),
    "near-tier": ("members.near_tier", "Who is near the next tier, or about to lose one."),
    "progress": ("members.progress", "How far members are with rewards that are open."),
    "without-reward": ("members.without_reward", "Who bought and got nothing, and why not, rule by rule."),
    "points": ("ledger.points", "Points of each member: earned, redeemed, lapsed, taken back."),
    "points-by-month": ("ledger.points_by_month", "Points of all members month by month, as booked."),
    "expiring": ("ledger.expiring", "Whose points lapse soon."),
    "liability": ("ledger.liability", "What the shop owes in points, month by month, as booked."),
    "owed": ("ledger.owed", "What is owed for points in money, under the policy of the program's books."),
    "owed-for-coupons": ("ledger.owed_for_coupons", "What is owed for coupons that are worth money, as the program's books say of each."),
    "cohorts": ("ledger.cohorts", "Points by the month they were earned: used, lapsed, open, expected to be used."),
    "points-by-store": ("ledger.points_by_store", "Points of each store month by month, as booked."),
    "points-by-tier": ("ledger.points_by_tier", "Points of each tier month by month, as booked."),
    "ageing": ("ledger.ageing", "Open points by the month they lapse in."),
    "coupons": ("coupons.coupons", "Every coupon and its state."),
    "coupon-batches": ("coupons.batches", "Coupons printed for whoever brings them: how many were used, what they paid."),
    "coupon-register": ("coupons.register", "Coupons issued, used, lapsed and withdrawn, and how many are open."),
    "lapsing-coupons": ("coupons.lapsing", "Coupons that lapse soon and can still be used."),
    "gifts-by-month": ("gifts_by_month", "Gifts handed out and brought back month by month, and what they cost."),
    "discount-reasons": ("discount_reasons", "What was taken off prices, by store and reason: the till, points, each coupon."),
    "retention": ("retention", "How long the receipts and books of each year are to be kept, and which may go."),
    "limits": ("limits", "Rewards that only so many get, gifts in stock and budgets: how much is left."),
    "households": ("members.households", "Members who share one account: whose cards count there, since when, what they brought."),
    "referrals": ("members.referrals", "Who brought whom: how many friends bought, and what it gave."),
    "feedback": ("feedback.feedback", "What members say, by store, cashier and month: NPS and mean with their intervals."),
    "opinions": ("feedback.opinions", "What members said in their own words."),
    "complaints": ("feedback.complaints", "Complaints: how long they took, and how many of these members came back."),
    "reviews": ("feedback.reviews", "Who would recommend the shop, and may be asked for a public review."),
    "gifts": ("gifts", "Gifts: due, chosen, handed out, left in stock, and what they cost."),
    "draws": ("draws.draws", "Every draw: announced, closed, drawn, what was claimed and until when."),
    "draw": ("draws.draw", "Winners of a draw, or its tickets until it is closed."),
    "prizes": ("draws.prizes", "The prize register: who won what, its worth and the tax on it."),
    "prize-tax": ("draws.prize_tax", "Tax on prizes month by month: how much, by when it is paid and declared."),
    "prize-winners": ("draws.prize_winners", "Who won what in a year, for the yearly tax form."),
    "imports": ("imports.imports", "Files brought in, and what became of their rows."),
    "conflicts": ("imports.conflicts", "Receipts that came back different."),
    "set-aside": ("imports.set_aside", "Rows that could not be read, and why."),
    "runs": ("ledger.runs", "Every recalculation, and which were taken back."),
    "second-uses": ("coupons.second_uses", "Coupons that were used more than once."),
    "between-stores": ("ledger.between_stores", "Points earned in one store and used in another, in money, month by month."),
    "by-hand": ("by_hand", "What was done by hand or redeemed: by whom, why, and its number for `revert`."),
    "activity": ("activity", "Turnover by month and store."),
    "discounts": ("discounts", "Discounts by store and VAT rate."),
    "changes": ("changes", "Who did what by hand, when and why."),
    "stores": ("stores", "Every store: its receipts, and the names it had before."),
}


class Report(Protocol):
    """What a report's module holds. TAKES says which of the reader's wishes it can fulfil.

    Besides, `standings`: it reads how members stand, so that a day asked for is worked out first; `kept`: unless that
    day is the last of a closed month, whose pack kept it; `as-closed`: the last day of a closed month is read as it was closed;
    `ahead`: days to come mean something to it.
    """

    COLUMNS: Sequence[Column]
    TAKES: frozenset[str]

    def table(self, connection: Connection, question: Question) -> Table:
        """The report's content."""


@runtime_checkable
class OfPictures(Protocol):
    """A report that is also a page of pictures."""

    def page(self, connection: Connection, question: Question) -> Dashboard | None:
        """The page; None where there is nothing to draw."""


@runtime_checkable
class OfSeveral(Protocol):
    """A report of several tables; its `table` is the first of them."""

    def tables(self, connection: Connection, question: Question) -> Sequence[Table]:
        """All of them, in their order."""


def report_named(name: str) -> Report:
    """The report of a name, imported now."""
    if name not in ALL_REPORTS:
        from loyalty_cli.reading.problems import nearest

        near = nearest(name, ALL_REPORTS)
        hint = phrase("Did you mean '{name}'?", name=near) if near else phrase("loyalty report lists them.")
        raise LoyaltyError("There is no report '{name}'.", name=name, hint=hint)
    module: Report = importlib.import_module(f"loyalty_cli.reports.{ALL_REPORTS[name][0]}")
    return module
