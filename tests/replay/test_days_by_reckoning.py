"""Absences, birthdays, months in a row and what feeds on them, against a reckoning that looks at the plain receipts every day.

The program changes on a day, nights lie anywhere between, and the files of a shop come in any order, past a closed month.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.replay.snapshot import restored
from loyalty_cli.replay.snapshot import saved
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    import pytest

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop

FIRST = day_from_iso("2026-01-10")
DAYS = 200
LAST = FIRST + DAYS
BIRTHDAY = (4, 12)
HEAD = "program: Days\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\npoints: {earn: {}}\nrewards:\n"


class Terms(NamedTuple):
    """What a version asks: so many days of absence, so many months in a row, so many days beside the birthday."""

    absence: int
    months: int
    beside: int

    def text(self) -> str:
        """As a program says it."""
        beside = f"{abs(self.beside)} days {'before' if self.beside < 0 else 'after'}" if self.beside else "on the day"
        return HEAD + "".join(
            f"  {name}: {{when: {{{when}}}, give: {{{give}}}}}\n"
            for name, when, give in (
                ("away", f"absence: {self.absence} days", "badge: missed"),
                ("loyal", f"streak: {self.months} months, times: every time", "badge: loyal"),
                ("first", f"streak: {self.months} months", "points: 1"),
                ("born", f"birthday: {beside}", "points: 1"),
                ("fed", "badge: loyal", "points: 1"),
                ("quest", "all_of: [missed, loyal]", "points: 1"),
            )
        )


class Reckoning:
    """One member, day by day; it knows the receipts of each day and nothing of states."""

    def __init__(self, bought: list[Day], versions: tuple[Terms, Terms], switch: Day) -> None:
        self.bought = sorted(bought)
        self.versions = versions
        self.switch = switch
        self.due: Counter[tuple[str, Day]] = Counter()
        self.missed: set[Day] = set()
        self.born: set[int] = set()
        self.given_in_row: Counter[int] = Counter()

    def total(self, name: str) -> int:
        """How often a reward was due so far."""
        return sum(times for (reward, _), times in self.due.items() if reward == name)

    def through(self, until: Day) -> Counter[tuple[str, Day]]:
        """What is due on each day."""
        for today in range(FIRST, until + 1):
            terms = self.versions[today >= self.switch]
            known = [day for day in self.bought if day <= today]
            self.look_for_absence(today, terms, known)
            self.look_for_months(today, terms, known)
            year = date_of(today - terms.beside)
            if (year.month, year.day) == BIRTHDAY and year.year not in self.born:
                self.born.add(year.year)
                self.due["born", today] += 1
            if not self.total("quest") and self.total("away") and self.total("loyal"):
                self.due["quest", today] += 1
        return Counter({key: times for key, times in self.due.items() if times})

    def look_for_absence(self, today: Day, terms: Terms, known: list[Day]) -> None:
        """Once after each last receipt, as soon as it lies so far back."""
        if known and today - known[-1] >= terms.absence and known[-1] not in self.missed:
            self.missed.add(known[-1])
            self.due["away", today] += 1

    def look_for_months(self, today: Day, terms: Terms, known: list[Day]) -> None:
        """The row of months with a receipt that ends with this month or the last one, as often as it holds so many."""
        months = {month_number(day) for day in known}
        end = month_number(today) if month_number(today) in months else month_number(today) - 1
        start = end
        while start in months:
            start -= 1
        more = (end - start) // terms.months - self.given_in_row[start]
        if more > 0:
            self.given_in_row[start] += more
            self.due["first", today] += 0 if self.total("first") else 1
            self.due["loyal", today] += more
            self.due["fed", today] += more


def month_number(day: Day) -> int:
    """The number of a month, so that the next one is one more."""
    return 12 * date_of(day).year + date_of(day).month


terms = st.builds(Terms, st.sampled_from((12, 20, 33, 60)), st.integers(2, 4), st.sampled_from((-5, 0, 9)))
receipts = st.lists(st.integers(0, DAYS - 5), min_size=1, max_size=9, unique=True)


@settings(max_examples=100)
@given(bought=receipts, before=terms, after=terms, switch=st.integers(1, DAYS - 1), night=st.integers(0, DAYS - 1))
def test_what_is_due_each_day_is_what_the_receipts_of_that_day_say(
    bought: list[int], before: Terms, after: Terms, switch: int, night: int
) -> None:
    versions = ((0, before.text()), (FIRST + switch, after.text()))
    plan = Plan(tuple((day, program_of(text, "program.yaml")) for day, text in versions))
    replayer = Replayer(plan)
    days = sorted(FIRST + day for day in bought)
    facts = [Purchase(day, 0, PURCHASE, number, "", 500, ((0, 500),)) for number, day in enumerate(days, 1)]
    known = MemberFacts(1, facts, birthday=BIRTHDAY)
    whole = replayer.replay(known, LAST)
    due: Counter[tuple[str, Day]] = Counter()
    for entry in whole.entries:
        due[entry.rule.removeprefix("rewards."), entry.day] += entry.quantity
    reckoning = Reckoning(days, (before, after), FIRST + switch)
    assert Counter({key: times for key, times in due.items() if times}) == reckoning.through(LAST)
    # Until any day it is the same, and a night that lies on the same side of the change goes on from what it kept.
    split = FIRST + night
    early = replayer.replay(known, split)
    assert early.entries == [entry for entry in whole.entries if entry.day <= split]
    if split >= FIRST + switch:
        later = known._replace(facts=[fact for fact in facts if fact.day > split])
        second = replayer.replay(later, LAST, restored(saved(early.member), replayer.start(later)))
        assert early.entries + second.entries == whole.entries


@settings(max_examples=4)
@given(bought=receipts, before=terms, after=terms, chance=st.randoms(use_true_random=False))
def test_late_files_closed_months_and_another_program_end_where_the_receipts_say(
    tmp_path_factory: pytest.TempPathFactory, bought: list[int], before: Terms, after: Terms, chance: object
) -> None:
    shop = make_shop(tmp_path_factory.mktemp("days") / "shop", before.text(), members=1)
    with shop.changing() as connection:
        connection.execute("UPDATE member SET birthday = '--04-12'")
    days = [FIRST + day for day in bought]
    files = [Receipt(f"R{day}", 1, day, (("tea", 500),)) for day in days]
    chance.shuffle(files)  # type: ignore[attr-defined]
    put_receipts(shop, *(one for one in files[::2] if one.day <= FIRST + 60))
    recalc(shop, as_of=FIRST + 60)
    with shop.reading() as connection:
        first = connection.execute("SELECT strftime('%Y-%m', min(booked_on)) FROM ledger").fetchone()[0]
    if first and first <= "2026-02":
        month_close(shop, through="2026-02", accepted=Accepted(without=["all"], open_matters=True))
    put_receipts(shop, *(one for one in files if one.day <= FIRST + 60 and one not in files[::2]))
    recalc(shop, as_of=FIRST + 90)
    shop.program.write_text(after.text(), encoding="utf-8")
    adopt_program(shop, from_day=FIRST + 100, by="")
    put_receipts(shop, *(one for one in files if one.day > FIRST + 60))
    recalc(shop, as_of=LAST)
    reckoned = Reckoning(days, (before, after), FIRST + 100).through(LAST)
    assert posted(shop) == {name: times for name in {name for name, _ in reckoned} if (times := sum_of(reckoned, name))}
    assert proven_books(shop).entries == ()


def sum_of(due: Counter[tuple[str, Day]], name: str) -> int:
    """How often a reward was due."""
    return sum(times for (reward, _), times in due.items() if reward == name)


def posted(shop: Shop) -> dict[str, int]:
    """What the ledger holds of each reward."""
    with shop.reading() as connection:
        rows = connection.execute("SELECT r.name, sum(e.quantity) FROM ledger e JOIN rule r ON r.id = e.rule_id GROUP BY 1")
        return {name.removeprefix("rewards."): times for name, times in rows if times}
