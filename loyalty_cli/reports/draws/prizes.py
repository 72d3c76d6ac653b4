"""The prize register: each prize that was won, who has it, what it is worth and the tax on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.countries.prize_tax import tax_in_draw
from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.model.days import local_day
from loyalty_cli.model.days import start_of_year
from loyalty_cli.model.kept_draw import GIVEN_UP
from loyalty_cli.model.law import NOT_ADVICE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.law import TaxLine
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"ahead", "dates", "draw", "limit"})

COLUMNS = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="draw", heading="Draw"),
    Column(name="place", heading="Place", kind="count"),
    Column(name="prize", heading="Prize"),
    Column(name="state", heading="State", kind="word"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="permit", heading="Permit", kind="code"),
    Column(name="worth", heading="Worth", kind="money", total=True),
    Column(name="tax", heading="Tax", kind="money", total=True),
    Column(name="tax_kind", heading="Kind of tax", kind="word"),
    Column(name="handed_over_on", heading="Handed over", kind="day"),
)

# A prize that was passed on is shown once, with the member who stands in. The last claim of a place counts.
SELECT = """
SELECT draw.name, draw.slug, draw.rules, winner.place, coalesce(stands.prize, winner.prize), winner.member_id,
       coalesce((SELECT number FROM card WHERE card.member_id IN (member.id, member.merged_into) ORDER BY card.id LIMIT 1),
                member.number, ''),
       coalesce(member.name, ''), coalesce(claim.what, 'not claimed'), claim.day, draw.run_at,
       claim.handed_over_on
  FROM draw_winner AS winner
  JOIN draw ON draw.id = winner.draw_id
  LEFT JOIN member ON member.id = winner.member_id
  LEFT JOIN draw_claim AS claim ON claim.id = (
    SELECT max(id) FROM draw_claim AS any_claim
     WHERE any_claim.draw_id = winner.draw_id AND any_claim.place = winner.place)
  LEFT JOIN draw_redraw AS given ON given.draw_id = winner.draw_id AND given.place = winner.place
  LEFT JOIN draw_redraw AS stands ON stands.draw_id = winner.draw_id AND stands.new_place = winner.place
 WHERE draw.run_at IS NOT NULL AND given.id IS NULL AND coalesce(stands.prize, winner.prize) <> ''
   AND (winner.reserve = 0 OR stands.id IS NOT NULL)
 ORDER BY draw.id, winner.place
"""


class Won(NamedTuple):
    """A row of SELECT."""

    draw: str
    slug: str
    rules: str
    place: int
    prize: str
    member: int
    card: str
    name: str
    state: str
    claimed: Day | None
    run_at: str
    handed_over_on: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize:
    """A prize won, the day it counts on, its draw's rules, its worth where one is said, and its tax."""

    won: Won
    day: Day
    rules: DrawRules
    worth: int | None
    tax: TaxLine | None

    def row(self) -> tuple[Cell, ...]:
        """The prize as a line of the register."""
        won, tax = self.won, self.tax
        return (
            self.day,
            won.draw,
            won.place,
            won.prize,
            won.state,
            won.card,
            won.name,
            self.rules.formalities.permit,
            self.worth,
            tax.figure if tax is not None else None,
            tax.kind if tax is not None else None,
            won.handed_over_on,
        )


def table(connection: Connection, question: Question) -> Table:
    """The prizes by the day they were accepted; before that, by the day of the draw."""
    found = [prize for prize in prizes_of(connection, question) if question.draw in {None, prize.won.draw, prize.won.slug}]
    page = Page(
        name="prizes",
        title=phrase("Prizes"),
        basis=phrase("Days: {dates}, by the day a prize was accepted, before that of the draw.", dates=question.dates),
        empty=phrase("No prizes were won on these days."),
        notes=notes(found),
    )
    return tabled(question, page, COLUMNS, [prize.row() for prize in found])


def prizes_of(connection: Connection, question: Question) -> list[Prize]:
    """The prizes of the days asked for, in the order of their days."""
    won = [Won._make(row) for row in rows_of(connection, SELECT, {})]
    span = question.span
    return [prize for prize in taxed(won, question.shop.timezone) if span["first"] <= prize.day <= span["last"]]


def taxed(rows: Sequence[Won], timezone: str) -> list[Prize]:
    """The prizes in the order of their days, each with its tax; a free amount of a year is used up in this order."""
    dated = [(won.claimed if won.claimed is not None else local_day(datetime.fromisoformat(won.run_at), timezone), won) for won in rows]
    earlier: dict[tuple[int, Day], int] = {}
    found = []
    for day, won in sorted(dated, key=lambda each: each[0]):
        rules = read_rules(won.rules)
        worth = dict(rules.worth).get(won.prize) if won.state not in GIVEN_UP else None
        person = (won.member, start_of_year(day))
        tax = tax_in_draw(rules, worth, on=day, earlier=earlier.get(person, 0))
        earlier[person] = earlier.get(person, 0) + (worth or 0)
        found.append(Prize(won=won, day=day, rules=rules, worth=worth, tax=tax))
    return found


def notes(prizes: Sequence[Prize]) -> list[Phrase]:
    """Each rule of tax that was used with its source, and what is missing."""
    rules = {prize.tax.source: prize.tax for prize in prizes if prize.tax is not None}
    said = [phrase("{text} Source: {source}; read on {date}.", text=tax.text, source=tax.source, date=tax.as_of) for tax in rules.values()]
    open_ones = [prize for prize in prizes if prize.won.state not in GIVEN_UP]
    if unvalued := {prize.won.prize: None for prize in open_ones if prize.worth is None}:
        said.append(phrase("The program does not say what these prizes are worth: {names}.", names=list(unvalued)))
    if stateless := {prize.won.draw: None for prize in open_ones if prize.worth is not None and prize.tax is None}:
        said.append(phrase("There is no tax table for the country of these draws, or none is said: {names}.", names=list(stateless)))
    return [*said, NOT_ADVICE] if rules else said
