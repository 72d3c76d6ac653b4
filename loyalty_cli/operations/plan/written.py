"""A proposal as a program file and its worked examples, in the words of the templates."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.paying.trade import WEEK
from loyalty_cli.reading.meant_days import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.costs import Costs
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.operations.shop.template import Wording
    from loyalty_cli.paying.proposal import Proposal

# Points wait so long, so that a return takes back points that nobody has used yet.
WAIT = 14
# As the templates begin.
HEAD = """\
# How to read this file: what stands behind # is a note for you. Everything else is `word: value`, the words in English.
# Amounts have a point (500.00), percents a sign (3%), dates are year-month-day. Names are yours to choose.
# Try every change first:  loyalty program check

program: Friends of the House     # the name on reports and letters
language: en                      # of reports and messages: en, pl, ru or ro
currency: PLN
timezone: Europe/Warsaw
starts: 2027-01-01                # nothing before this day earns anything. Change it to yours
"""
NIGHT = "nightly: [backup, import, recalc, coupons]    # what `loyalty nightly` does, in this order"


class Writing:
    """Writes proposals; names and notes are those of the templates, so that each language has them."""

    def __init__(self, wording: Wording, currency: Currency) -> None:
        self.wording = wording
        self.money = currency.plain
        self.digits = currency.digits

    def program(self, proposal: Proposal, costs: Costs, goal: int) -> str:
        """The program file; its cost shall stay below a share of members' turnover, in basis points."""
        parts = (self.tiers(proposal), self.points(proposal), self.rewards(proposal), self.costs(costs, goal), [NIGHT])
        written = [["", *part] for part in map(list, parts) if part]
        lines = [line for part in written for line in part]
        return self.wording.text([*HEAD.splitlines(), *lines])

    def tiers(self, each: Proposal) -> Iterator[str]:
        """The ladder."""
        if not each.friend:
            return
        yield "tiers:"
        yield "  by: spend                       # money paid; or points, or visits"
        yield "  counted_over: 12 months         # always the last twelve months; or lifetime, calendar year, membership year"
        yield "  going_down: one step            # looked at on the last day of each month; or never, or at once"
        yield "  ladder:                         # from the lowest to the highest; the first one is everybody's"
        yield "    guest: {at_least: 0}"
        yield f"    friend: {{at_least: {self.money(each.friend)}, discount: {each.friend_percent / 100:g}%}}"
        yield f"    patron: {{at_least: {self.money(each.patron)}, discount: {each.patron_percent / 100:g}%}}"

    def points(self, each: Proposal) -> Iterator[str]:
        """Earning and using points."""
        pays = Decimal(each.point_pays) / (1000 * 10**self.digits)
        yield "points:"
        yield "  earn:"
        yield f"    for purchases: {{points: 1, for_every: {self.money(each.unit)}}}"
        if each.quiet is not None:
            yield f"    quiet day: {{multiply: 2, only: {{weekdays: [{WEEKDAYS[each.quiet]}]}}}}"
        yield f"  usable_after: {WAIT} days           # so that a return takes back points that nobody has used yet"
        yield "  lapse_after: 12 months          # usable through the same day a year later"
        yield f"{f'  one_point_pays: {pays.normalize():f}':<34}# what one point pays"
        yield "  pays_up_to: 50%                 # points pay at most half of a purchase"

    def rewards(self, each: Proposal) -> Iterator[str]:
        """Coupons and what brings them."""
        if not each.coupon:
            return
        yield "coupons:"
        basket = self.money(each.basket)
        yield f"  next visit: {{worth: {self.money(each.coupon)}, basket_at_least: {basket}, valid_for: 30 days}}"
        if each.present:
            yield f"  birthday present: {{worth: {self.money(each.present)}, basket_at_least: {basket}, valid_for: 14 days}}"
        yield ""
        yield "rewards:                          # when something happens, give something"
        if each.visits:
            yield f"  ten times: {{when: {{visits: {each.visits}, times: every time}}, give: {{coupon: next visit}}}}"
        else:
            yield f"  coupon for much: {{when: {{one_purchase: {self.money(each.big)}}}, give: {{coupon: next visit}}}}"
        if each.present:
            yield "  your day: {when: {birthday: on the day}, give: {coupon: birthday present}}"

    def costs(self, costs: Costs, goal: int) -> Iterator[str]:
        """What it shall not exceed, what it costs besides, and the margin."""
        yield "goals:"
        yield f"  cost: {{cost_below: {goal / 100:g}%}}"
        yield "  half with card: {turnover_with_card: 50%}"
        yield ""
        yield "costs:"
        for block, named in (("set_up", costs.set_up), ("each_month", costs.each_month)):
            if named:
                yield f"  {block}: {{{', '.join(f'{each.name}: {self.money(each.amount)}' for each in named)}}}"
        yield f"  margin: {(costs.margin or 0) / 100:g}%"

    def examples(self, each: Proposal, starts: Day) -> str:
        """Worked examples of every rule; their figures are those of the proposal, by other arithmetic than replay's."""
        day = starts + 1 if each.quiet is None or (starts + 1) % WEEK != each.quiet else starts + 2
        lines = ["# Worked examples: purchases in, what the member has on the evening of `until`. `loyalty program check` runs them."]
        for title, purchases, until, then in self.worked(each, day):
            lines += ["", f"- example: {title}", *purchases, f"  until: {iso(until)}", f"  then: {{{then}}}"]
        return self.wording.worked(lines)

    def worked(self, each: Proposal, day: Day) -> Iterator[tuple[str, list[str], Day, str]]:
        """Title, purchases, last day and what is had then."""
        after = day + WAIT
        yield "what is left over is not a point", self.paid((day, 21 * each.unit // 2)), after, "points: 10"
        if each.quiet is not None:
            quiet = day + (each.quiet - day) % WEEK
            yield "a quiet day counts twice", self.paid((quiet, 21 * each.unit // 2)), quiet + WAIT, "points: 21"
        if each.friend:
            least = self.paid((day, each.friend))
            yield "exactly the amount of a tier is enough", least, day, f"tier: friend, discount: {each.friend_percent / 100:g}%"
            yield "a little less is not", self.paid((day, each.friend - 1)), day, "tier: guest, discount: 0%"
        if each.visits:
            often = self.paid(*((day + number, each.unit) for number in range(each.visits)))
            yield "ten visits bring the coupon", often, day + each.visits, "coupons: {next visit: 1}"
        elif each.coupon:
            yield "exactly the amount of the coupon is enough", self.paid((day, each.big)), day, "coupons: {next visit: 1}"
            yield "a little less is not", self.paid((day, each.big - 1)), day, "coupons: {next visit: 0}"
        if each.present:
            born = iso(day + 3)[5:]
            purchase = [f"  member: {{birthday: 1990-{born}}}", *self.paid((day, each.unit))]
            yield "a coupon for the birthday", purchase, day + 3, "coupons: {birthday present: 1}"

    def paid(self, *purchases: tuple[Day, int]) -> list[str]:
        """Purchases on days."""
        return ["  purchases:", *(f"    - {{on: {iso(day)}, paid: {self.money(amount)}}}" for day, amount in purchases)]
