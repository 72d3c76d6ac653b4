"""Looking: one report over the shop's data, without changing anything."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.reports.all_reports import ALL_REPORTS
from loyalty_cli.reports.all_reports import report_named
from loyalty_cli.reports.question import Question
from loyalty_cli.reports.question import ShopFacts
from loyalty_cli.store.known import first_known_day
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
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

    def wishes(self) -> dict[str, bool]:
        """Which wishes were expressed, by the word reports use for them."""
        return {
            "dates": self.first is not None or self.last is not None,
            "as-of": self.as_of is not None,
            "stores": bool(self.stores),
            "within": self.within is not None,
            "days": self.days is not None,
            "draw": self.draw is not None,
        }


OPTIONS = {
    "dates": "--month, --from, --to",
    "as-of": "--as-of",
    "stores": "--store",
    "within": "--within",
    "days": "--days",
    "draw": "--draw",
}


def report(shop: Shop, name: str, wanted: Wanted) -> Outcome:
    """The report of a name as an Outcome with one table."""
    chosen = report_named(name)
    for wish, expressed in wanted.wishes().items():
        if expressed and wish not in chosen.TAKES:
            hint = phrase("Leave it out: the report shows everything it has.")
            raise LoyaltyError(
                "The report '{name}' does not take {option}.", name=name, option=OPTIONS[wish], hint=hint
            )
    with read_as_of(shop, wanted.as_of if "standings" in chosen.TAKES else None) as connection:
        facts = shop_facts(settings(connection))
        wanted = replace(wanted, stores=[store_meant(connection, name) for name in wanted.stores])
        question = question_of(wanted, facts, shop.now)
        if "ahead" not in chosen.TAKES:
            refuse_days_without_anything(connection, question)
        table = chosen.table(connection, question)
    return Outcome(tables=[table], language=facts.language)


@contextmanager
def read_as_of(shop: Shop, day: Day | None) -> Iterator[Connection]:
    """The database; with standings of a day that lies before the last one recalculated, if that is wished."""
    with shop.reading() as connection:
        if day is None or day >= last_run_day(connection):
            yield connection
            return
    from loyalty_cli.operations.ledger.as_of import standings_of

    with standings_of(shop, day) as connection:
        yield connection


def refuse_days_without_anything(connection: Connection, question: Question) -> None:
    """Days that have not come, or lie before everything that is known, are a slip and no empty page."""
    first, last = question.first, question.last if question.last is not None else question.as_of
    if question.as_of is not None and question.as_of > question.today:
        raise LoyaltyError("--as-of: {day} has not come yet.", day=OnDay(question.as_of))
    if first is not None and first > question.today:
        raise LoyaltyError("{day} has not come yet.", day=OnDay(first))
    known = first_known_day(connection) if last is not None else None
    if last is not None and known is not None and last < known:
        raise LoyaltyError(
            "There is nothing until {day}: the first that is known is of {first}.", day=OnDay(last), first=OnDay(known)
        )


def question_of(wanted: Wanted, facts: ShopFacts, now: datetime) -> Question:
    """The reader's wishes with their defaults, on the shop's own calendar."""
    return Question(
        today=local_day(now, facts.timezone),
        first=wanted.first,
        last=wanted.last,
        as_of=wanted.as_of,
        stores=wanted.stores,
        limit=wanted.limit,
        within=wanted.within if wanted.within is not None else 20,
        days=wanted.days if wanted.days is not None else 30,
        draw=wanted.draw,
        shop=facts,
    )


def shop_facts(kept: Mapping[str, str]) -> ShopFacts:
    """The settings that reports use; what is not kept has its default."""
    return ShopFacts(
        currency=kept.get("currency", ""),
        digits=int(kept.get("digits", "2")),
        language=kept.get("language", ""),
        timezone=kept.get("timezone", "UTC") or "UTC",
        point_worth=int(kept.get("one_point_worth", "0") or 0),
        base_tier=kept.get("base_tier", ""),
        ladder=tuple(json.loads(kept.get("ladder", "[]") or "[]")),
        tiers_by=kept.get("tiers_by", "spend") or "spend",
    )


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
