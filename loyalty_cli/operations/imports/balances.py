"""Import opening balances: what members bring along when a shop moves from another system."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.importers.lists.balances import listed_balance
from loyalty_cli.model.days import local_day
from loyalty_cli.model.listed import Clash
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.lists import import_lists
from loyalty_cli.operations.imports.lists import ListKind
from loyalty_cli.operations.imports.lists_said import list_outcome
from loyalty_cli.operations.in_force import program_in_force
from loyalty_cli.store.imports.opening import member_of_balance
from loyalty_cli.store.imports.opening import openings_of
from loyalty_cli.store.imports.opening import Said
from loyalty_cli.store.imports.opening import save_openings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.listed import ListedBalance
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


@dataclass(slots=True, kw_only=True)
class Balances:
    """Writes the balances of lists down; `day` is theirs where a list does not say it."""

    program: Program
    today: Day
    day: Day
    at: str
    by: str
    points: int = 0
    spent: int = 0
    undated: Day | None = None

    def save(self, connection: Connection, import_id: int, listed: ListedBalance) -> str | Phrase | Clash:
        """Write one balance down: `new` or `known`, or why not."""
        day = self.day if listed.day is None else listed.day
        if (listed.points or listed.tier) and day == self.program.starts - 1:
            # What somebody had on the evening before the program starts is there on its first morning.
            day = self.program.starts
        wrong = self.why_not(listed, day)
        if wrong is not None:
            return wrong
        member = member_of_balance(connection, listed)
        if isinstance(member, Clash):
            return member
        who = listed.card or listed.number or ""
        if member is None:
            return phrase("there is no card {card}", card=who)
        openings = openings_of(listed, day=day, import_id=import_id)
        said = Said(who, listed.day is not None, self.at, self.by)
        answer = save_openings(connection, member, openings, said=said)
        if answer == "new":
            self.points += listed.points or 0
            self.spent += listed.spent or 0
            if listed.day is None:
                self.undated = day
        return answer

    def why_not(self, listed: ListedBalance, day: Day) -> Phrase | None:
        """What no program allows: a day to come, promises before the start, points that have lapsed, unknown tiers."""
        if day > self.today:
            return phrase("date: {day} has not come yet", day=OnDay(day))
        if (listed.points or listed.tier) and day < self.program.starts:
            start = OnDay(self.program.starts)
            return phrase("date: {day} lies before the program starts on {start}", day=OnDay(day), start=start)
        if listed.usable_through is not None and listed.usable_through < day:
            return phrase("usable_through: {day} is over", day=OnDay(listed.usable_through))
        if listed.tier is not None and listed.tier not in self.program.tiers:
            return phrase("tier: there is no tier {name} in this program", name=listed.tier)
        return None


def balances_of(shop: Shop, *, day: Day | None = None, by: str = "") -> Balances:
    """What keeps balances of a shop's lists."""
    program = program_in_force(shop)
    today = local_day(shop.now, program.timezone)
    return Balances(program=program, today=today, day=today if day is None else day, at=shop.moment, by=by)


def list_of_balances(balances: Balances) -> ListKind:
    """How a list of balances is read and kept."""
    return ListKind(name="balances", make=listed_balance, save=balances.save, digits=balances.program.currency.digits)


def import_balances(
    shop: Shop,
    files: Sequence[str],
    *,
    layout: str | None = None,
    day: Day | None = None,
    by: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Bring in opening balances; the same list again adds nothing, another figure is set aside."""
    balances = balances_of(shop, day=day, by=by)
    program = balances.program
    results = import_lists(shop, files, list_of_balances(balances), layout=layout, dry_run=dry_run, language=program.language)
    outcome = list_outcome(results, program, kind="balances", dry_run=dry_run)
    if balances.undated is not None and day is None:
        # The night works through yesterday, so that nothing of them is seen yet.
        text = "Balances without a day of their own count from {day} on; --day gives another."
        outcome = replace(outcome, said=[*outcome.said, phrase(text, day=OnDay(balances.undated))])
    spent = program.currency.plain(balances.spent)
    more = {"points": balances.points, "totals": {program.currency.code: spent}}
    return replace(outcome, data={**outcome.data, **more})
