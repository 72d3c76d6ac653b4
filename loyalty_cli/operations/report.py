"""Looking: one report over the shop's data, without changing anything."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.days import month_of
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shop_facts import shop_facts_from
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.called import in_money
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.reports.all_reports import ALL_REPORTS
from loyalty_cli.reports.all_reports import OfPictures
from loyalty_cli.reports.all_reports import OfSeveral
from loyalty_cli.reports.all_reports import report_named
from loyalty_cli.reports.question import Question
from loyalty_cli.store.known import first_known_day
from loyalty_cli.store.ledger.standings import standings_hold
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import datetime

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.dashboard import Dashboard
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.progress import Progress
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the reader asked for; None and empty is what was not said."""

    first: Day | None = None
    last: Day | None = None
    as_of: Day | None = None
    stores: Sequence[str] = ()
    limit: int | None = None
    within: int | None = None
    days: int | None = None
    draw: str | None = None
    about: str = ""

    def wishes(self) -> dict[str, bool]:
        """Which wishes were expressed, by the word reports use for them."""
        return {
            "dates": self.first is not None or self.last is not None,
            "as-of": self.as_of is not None,
            "stores": bool(self.stores),
            "within": self.within is not None,
            "days": self.days is not None,
            "draw": self.draw is not None,
            "about": bool(self.about),
        }


OPTIONS = {
    "dates": "--month, --from, --to",
    "as-of": "--as-of",
    "stores": "--store",
    "within": "--within",
    "days": "--days",
    "draw": "--draw",
}


# What a report takes that is of days to come.
LOOKS_AHEAD = frozenset({"ahead", "dates", "days"})


def not_taken(name: str, option: str, *, meant: str) -> LoyaltyError:
    """A report was asked for what it does not know; a draw's name stands behind an option of its own."""
    hint = phrase("Write {better}.", better=meant) if meant else phrase("Leave it out: the report shows everything it has.")
    return LoyaltyError("The report '{name}' does not take {option}.", name=name, option=option, hint=hint)


def nobody_listens(members: int) -> None:
    """Who need not be told how many members are being worked out."""


def report(shop: Shop, name: str, wanted: Wanted, *, begun: Callable[[int], None] = nobody_listens) -> Outcome:
    """The report of a name as an Outcome with its tables.

    Where everybody's standing of another day has to be worked out first, `begun` is told of how many members.
    """
    chosen = report_named(name)
    for wish, expressed in wanted.wishes().items():
        if expressed and wish not in chosen.TAKES:
            raise not_taken(name, OPTIONS.get(wish, wanted.about), meant=f'--draw "{wanted.about}"' if "draw" in chosen.TAKES else "")
    with shop.reading() as connection:
        facts = shop_facts(shop, connection)
        wanted = replace(wanted, stores=[store_meant(connection, name) for name in wanted.stores])
        question = question_of(wanted, facts, shop.now)
        if LOOKS_AHEAD <= chosen.TAKES:
            question = looking_ahead(wanted, question)
        if "ahead" not in chosen.TAKES:
            refuse_days_without_anything(connection, question)
        warnings: Sequence[Phrase] = ()
        mistakes: Sequence[Exception] = ()
        day = question.as_of if LOOKS_AHEAD <= chosen.TAKES else question.day
        worked_out = "standings" in chosen.TAKES and day is not None
        if worked_out and not ("kept" in chosen.TAKES and is_kept(connection, name, question)):
            as_closed = "as-closed" in chosen.TAKES
            question, warnings, mistakes = at_another_day(connection, question, begun, shop.progress, as_closed=as_closed)
        page: Dashboard | None = chosen.page(connection, question) if isinstance(chosen, OfPictures) else None
        if page:
            tables = [page.table, *(picture.table for picture in page.pictures)]
        else:
            tables = list(chosen.tables(connection, question) if isinstance(chosen, OfSeveral) else [chosen.table(connection, question)])
    outcome = Outcome(
        tables=tables,
        dashboard=page,
        warnings=list(warnings),
        mistakes=list(mistakes),
        language=facts.language,
        exit_code=ExitCode.INTERNAL_ERROR if mistakes else ExitCode.OK,
    )
    return in_money(outcome, facts)


def is_kept(connection: Connection, name: str, question: Question) -> bool:
    """Whether a closed month kept what a report shows of its last day: then nobody need be worked out."""
    # Imported here because most reports ask for no other day.
    from loyalty_cli.reports.as_closed import rows_as_closed

    return question.day is not None and rows_as_closed(connection, name, question.day) is not None


def at_another_day(
    connection: Connection, question: Question, begun: Callable[[int], None], progress: Progress, *, as_closed: bool
) -> tuple[Question, Sequence[Phrase], Sequence[Exception]]:
    """Let the report read how everybody stood at the end of the day asked for, by the program of that day.

    With `as_closed` the last day of a closed month is as it was closed.
    """
    # Imported here because most reports ask for no other day, and need no program.
    from loyalty_cli.operations.in_force import adopted_plan
    from loyalty_cli.operations.in_force import words_of
    from loyalty_cli.operations.ledger.another_day import stand_at
    from loyalty_cli.operations.ledger.left_out import left_out_said
    from loyalty_cli.reports.ledger.worths import closed_worths
    from loyalty_cli.store.ledger.closed_standings import as_they_were
    from loyalty_cli.store.ledger.closed_standings import stand_as_closed
    from loyalty_cli.store.months import closed_at

    day = min(question.day or question.today, question.today)
    # One transaction, so that what is read for the replay and for the page is of one moment.
    connection.execute("BEGIN")
    plan, version = adopted_plan(connection)
    # Goals, costs and the like are no rules: they hold as they are said today.
    words = settings(connection) | words_of(connection, plan.in_force(day), secret="")
    there = replace(shop_facts_from(words), language=question.shop.language)
    question = replace(question, standing_on=day, shop=there)
    if as_closed and stand_as_closed(connection, day, version):
        # What a point is worth is what it was, whatever program holds for that day now.
        there = replace(there, point_worth=closed_worths(connection)[month_of(day)])
        as_they_were(connection, day)
        return replace(question, shop=there, closed_at=closed_at(connection, month_of(day))), (), ()
    if standings_hold(connection, version, day):
        return question, (), ()
    done = stand_at(connection, (plan, version), day, begun=begun, progress=progress)
    return question, left_out_said(connection, done), [failure.error for failure in done.failed]


def refuse_days_without_anything(connection: Connection, question: Question) -> None:
    """Days that have not come, or lie before everything that is known, are a slip and no empty page."""
    first, last = question.first, question.last if question.last is not None else question.as_of
    if question.as_of is not None and question.as_of > question.today:
        raise LoyaltyError("--as-of: {day} has not come yet.", day=OnDay(question.as_of))
    if first is not None and question.as_of is not None and first > question.as_of:
        raise LoyaltyError("--from {first} is after --as-of {day}.", first=iso(first), day=iso(question.as_of))
    if first is not None and first > question.today:
        raise LoyaltyError("{day} has not come yet.", day=OnDay(first))
    known = first_known_day(connection) if last is not None else None
    if last is not None and known is not None and last < known:
        raise LoyaltyError("There is nothing until {day}: the first that is known is of {first}.", day=OnDay(last), first=OnDay(known))


def question_of(wanted: Wanted, facts: ShopFacts, now: datetime) -> Question:
    """The reader's wishes with their defaults, on the shop's own calendar; nothing is shown of days after the one asked for."""
    said = {each.name: value for each in fields(wanted) if (value := getattr(wanted, each.name)) is not None}
    if wanted.last is not None and wanted.as_of is not None:
        said["last"] = min(wanted.last, wanted.as_of)
    return Question(today=local_day(now, facts.timezone), shop=facts, **said)


def looking_ahead(wanted: Wanted, question: Question) -> Question:
    """A question of days to come, also after the day asked for; days that are over are looked at from the evening before them."""
    question = replace(question, last=wanted.last)
    days = question.ahead
    if days.first > days.last:
        hint = phrase("Say from which day on, too: --from")
        raise LoyaltyError("--from {first} is after --to {last}.", first=iso(days.first), last=iso(days.last), hint=hint)
    if wanted.as_of is None and days.last < question.today:
        return replace(question, as_of=days.first - 1)
    return question


def list_of_reports() -> Outcome:
    """The reports there are, for a reader who named none."""
    table = Table(
        name="reports",
        title=phrase("Reports"),
        columns=(
            Column(name="report", heading="Report", kind="code"),
            Column(name="shows", heading="Shows", kind="word"),
        ),
        rows=[(name, line) for name, (_, line) in ALL_REPORTS.items()],
        currency="",
        notes=[phrase("Show one with: loyalty report NAME")],
    )
    return Outcome(tables=[table])
