"""Who is erased leaves the books as they would be: through the day itself, on every day before, and later nobody waits for them."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.household import member_household
from loyalty_cli.operations.chain.begin import make_chain
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.check import check
from loyalty_cli.store.chain.control_book import Place
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import opened
from tests.operations.small_shop import Row
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import SmallShop
from tests.operations.small_shop import sold
from tests.operations.test_month_pack import differences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REASON = Asked(by="Ewa", reason="asked for by letter")
REPORTS = ("ageing", "points", "tiers", "dashboard", "members", "expiring")
LEDGER = """
SELECT e.member_id, rule.name, e.cause_kind, e.cause_id, asset.name, e.effective_on, e.booked_on, sum(e.quantity) FROM ledger e
JOIN rule ON rule.id = e.rule_id JOIN asset ON asset.id = e.asset_id GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7"""
# Pensioners earn double, and a birthday brings 50 points: both are known of Ana only until she is erased.
PERSONAL = """
rewards:
  birthday: {when: {birthday: on the day}, give: {points: 50}}
"""


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana is a pensioner, born on 3 October; she and Boris bought before and after the last recalculation."""
    program = there.folder / "program.yaml"
    text = program.read_text(encoding="utf-8").replace("\nrewards:\n", PERSONAL)
    double = "for_every: 1.00}\n    pensioners: {multiply: 2, only: {groups: [emeryt]}}"
    program.write_text(text.replace("for_every: 1.00}", double, 1), encoding="utf-8")
    member_add(there.at("2026-09-02T10:00"), ANA, MemberWishes(name="Zofia", birthday="1950-10-03", groups=(ListedGroup("emeryt"),)))
    member_add(there.at("2026-09-02T10:00"), BORIS, MemberWishes(name="Boris"))
    adopt_program(there.at("2026-09-02T10:00"), from_day=day_from_iso("2026-09-01"), by="")
    bring_in(there, "market-9.csv", [sold(1, "2026-09-10 10:00", ANA, "150.00"), sold(2, "2026-09-12 10:00", BORIS, "40.00")])
    recalc(there.at("2026-10-01T02:00"))
    bring_in(there, "market-10.csv", [sold(3, "2026-10-02 10:00", ANA, "20.00"), sold(4, "2026-10-02 10:00", BORIS, "30.00")])
    give(there.at("2026-10-04T10:00"), Gift(kind="points", count=50), ToWhom(card=ANA), REASON)
    return there


def bring_in(shop: SmallShop, name: str, rows: list[Row]) -> None:
    """What a till left is imported."""
    import_purchases(shop.at("2026-10-04T08:00"), [str(shop.export(name, rows))])


def figures(shop: SmallShop, moment: str, days: list[str]) -> dict[str, str]:
    """Reports of some days, without the own row of who is erased."""
    found = {}
    for name in REPORTS:
        for day in days:
            tables = report(shop.at(moment), name, Wanted(as_of=day_from_iso(day))).tables
            rows = [[row for row in table.rows if ANA not in str(row)] for table in tables]
            found[f"{name} {day}"] = json.dumps(rows, default=str)
    return found


def test_reports_of_every_day_say_what_they_said(shop: SmallShop) -> None:
    days = [f"2026-09-{day:02}" for day in (10, 11, 12, 30)] + [f"2026-10-{day:02}" for day in range(1, 6)]
    before = figures(shop, "2026-10-05T10:00", days)
    # Ana: 150 doubled, on 2 October 20 doubled, on the 3rd 50 for the birthday, on the 4th 50 by hand: 300, 340, 390, 440. Boris has
    # 40, from 2 October on 70.
    owed = [report(shop.at("2026-10-05T10:00"), "tiers", Wanted(as_of=day_from_iso(day))).tables[0].rows[0] for day in days[3:]]
    assert [row[5] for row in owed] == [340, 340, 410, 460, 510, 510]
    member_erase(shop.at("2026-10-05T10:00"), ANA, REASON)
    assert figures(shop, "2026-10-05T10:00", days) == before


def test_the_books_get_through_the_day_what_they_would_have_got_and_nothing_after(shop: SmallShop, tmp_path: Path) -> None:
    shutil.copytree(shop.folder, tmp_path / "twin")
    twin = opened(tmp_path / "twin")
    member_erase(shop.at("2026-10-05T10:00"), ANA, REASON)
    for moment in ("2026-10-03T02:00", "2026-10-05T02:00", "2026-10-06T02:00"):
        for each in (shop, twin):
            recalc(each.at(moment))
        # On 2 October the purchase, on the 3rd the birthday, on the 4th what was given by hand: each with its own night.
        assert shop.ask(LEDGER) == twin.ask(LEDGER)
    assert shop.ask("SELECT points, until FROM standing WHERE member_id = 1") == [(440, day_from_iso("2026-10-04"))]
    entries = [row for row in shop.ask(LEDGER) if row[0] == 1]
    # On the day after the points lapse, once: 300 of September and 40, 50 and 50 of October. Nothing is worked out for her later.
    recalc(shop.at("2027-11-02T02:00"), as_of=day_from_iso("2027-11-01"))
    after = day_from_iso("2026-10-06")
    more = [row for row in shop.ask(LEDGER) if row[0] == 1 and row not in entries]
    assert sorted((row[1], *row[4:]) for row in more) == [("lapse", "points", after, after, by) for by in (-300, -50, -50, -40)]
    assert shop.ask("SELECT points, until FROM standing WHERE member_id = 1") == [(0, after)]
    assert shop.ask("SELECT * FROM due WHERE member_id = 1") == []
    assert check(shop.at("2027-11-02T02:00"), full=True).exit_code == 0


def test_what_is_kept_of_the_days_knows_no_birthday(shop: SmallShop) -> None:
    """Ana is born on 3 October: until she is erased her state remembers [10, 3, 2027], and from then on none that is kept does."""
    recalc(shop.at("2026-10-04T02:00"))
    assert "[[10,3,2027]]" in str(shop.ask("SELECT state FROM standing WHERE member_id = 1"))
    member_erase(shop.at("2026-10-05T10:00"), ANA, REASON)
    recalc(shop.at("2026-10-07T02:00"))
    states = shop.ask("SELECT state, NULL FROM standing WHERE member_id = 1 UNION ALL SELECT state, standing FROM frozen")
    assert len(states) > 4
    assert [state for state, _ in states if '"birthday":[[]]' not in str(state)] == []
    # Nor does the day tell it on which a member would be looked at next.
    assert {json.loads(str(standing))[-1] for _, standing in states if standing} == {NEVER}


def test_the_next_release_cleans_what_an_earlier_one_left_in_the_states_of_who_was_erased(shop: SmallShop) -> None:
    """Of an erasing by such a release the states still remember Ana's [10, 3, 2027], which the first recalculation takes out."""
    recalc(shop.at("2026-10-04T02:00"))
    member_erase(shop.at("2026-10-05T10:00"), ANA, REASON)
    recalc(shop.at("2026-10-07T02:00"))
    for table in ("frozen", "standing WHERE member_id = 1"):
        name, _, where = table.partition(" ")
        shop.change(f"UPDATE {name} SET state = replace(state, '\"birthday\":[[]]', '\"birthday\":[[10,3,2027]]') {where}")
    shop.change("UPDATE setting SET value = '2' WHERE name = 'reckoned by'")
    recalc(shop.at("2026-10-08T02:00"))
    states = shop.ask("SELECT state FROM standing WHERE member_id = 1 UNION ALL SELECT state FROM frozen")
    assert len(states) > 4
    assert [state for state in states if '"birthday":[[]]' not in str(state)] == []


def test_no_file_of_a_chain_knows_the_birthday_of_who_was_erased(shop: SmallShop) -> None:
    """Ana and Boris, born on 7 May, lie in one bucket of the files: only what is known of Boris stays."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'loyalty-cli[cluster]'")
    member_set(shop.at("2026-10-04T00:00"), BORIS, MemberWishes(birthday="1980-05-07"))
    make_chain(shop.shop.database, Place("here", "tables", 1), at=shop.shop.moment)
    recalc(shop.at("2026-10-04T02:00"))
    assert remembered_in_files(shop.folder) >= {"[[10,3,2027]]", "[[5,7,2027]]"}
    member_erase(shop.at("2026-10-05T10:00"), ANA, REASON)
    assert remembered_in_files(shop.folder) == {"[[5,7,2027]]", "[[]]"}
    recalc(shop.at("2026-10-07T02:00"))
    assert check(shop.at("2026-10-07T03:00"), full=True).exit_code == 0
    assert remembered_in_files(shop.folder) == {"[[5,7,2027]]", "[[]]"}


def remembered_in_files(folder: Path) -> set[str]:
    """What all files of states that lie there, named or not, remember for the birthday."""
    import pyarrow.parquet

    tables = [pyarrow.parquet.read_table(path, partitioning=None) for path in folder.glob("tables/states/*/*.parquet")]
    states = [state for table in tables for state in table["state"].to_pylist()]
    return {found for state in states for found in re.findall(r'"birthday":(\[\[.*?\]\])', state)}


def test_months_are_closed_and_programs_adopted_as_if_nobody_had_been_erased(shop: SmallShop) -> None:
    member_erase(shop.at("2026-10-05T10:00"), ANA, REASON)
    program = shop.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8").replace("points: 50", "points: 60"), encoding="utf-8")
    adopt_program(shop.at("2026-10-20T10:00"), from_day=day_from_iso("2026-10-21"), by="")
    # Points of September lapse in a year: on 1 November 2027 their day has come for whoever is still replayed.
    recalc(shop.at("2027-11-02T02:00"), as_of=day_from_iso("2027-11-01"))
    month_close(shop.at("2027-11-02T10:00"), through="2027-10", accepted=Accepted(without=("Market",)))
    assert shop.ask("SELECT max(month) FROM month") == [("2027-10",)]


def test_who_is_erased_before_the_first_recalculation_is_booked_once(tmp_path: Path) -> None:
    there = small_shop(tmp_path / "new", adopted=False)
    member_add(there.at("2026-09-02T10:00"), ANA, MemberWishes(name="Zofia"))
    bring_in(there, "market-9.csv", [sold(1, "2026-09-10 10:00", ANA, "150.00")])
    member_erase(there.at("2026-10-01T10:00"), ANA, REASON)
    recalc(there.at("2026-10-02T02:00"))
    assert there.ask("SELECT sum(quantity) FROM ledger JOIN asset ON asset.id = asset_id WHERE asset.name = 'points'") == [(150,)]


def test_what_comes_late_of_who_is_erased_changes_nothing_and_stands_in_no_month_s_way(shop: SmallShop) -> None:
    recalc(shop.at("2026-10-05T02:00"))
    # 300 of September and 40, 50 and 50 of October.
    member_erase(shop.at("2026-10-05T10:00"), ANA, REASON)
    before = standing(shop)
    bring_in(shop, "market-late.csv", [sold(9, "2026-09-20 10:00", ANA, "500.00")])
    recalc(shop.at("2026-11-02T02:00"), as_of=day_from_iso("2026-10-31"))
    assert shop.ask("SELECT * FROM due WHERE member_id = 1") == []
    assert standing(shop) == before
    closing = shop.at("2026-11-02T10:00")
    month_close(closing, through="2026-10", accepted=Accepted(without=("Market",), open_matters=True))
    for month in ("2026-09", "2026-10"):
        assert not any(differences(month_pack(closing, month)))
    assert check(closing, full=True).exit_code == 0


def standing(shop: SmallShop) -> dict[str, str]:
    """What reports on standings say; the page tells the turnover, too, and what was sold late was sold."""
    found = figures(shop, "2026-10-20T10:00", ["2026-09-30", "2026-10-04"])
    return {name: rows for name, rows in found.items() if not name.startswith("dashboard")}


def test_nothing_is_given_to_who_is_erased_nor_made_one_with_them(shop: SmallShop) -> None:
    recalc(shop.at("2026-10-05T02:00"))
    member_erase(shop.at("2026-10-05T10:00"), ANA, REASON)
    before = shop.ask(LEDGER)
    later = shop.at("2026-10-07T10:00")
    gift, past = Gift(kind="points", count=50), replace(REASON, key="again", day=day_from_iso("2026-10-02"))
    refused: list[Callable[[], object]] = [
        lambda: give(later, gift, ToWhom(card=ANA), past),
        lambda: member_merge(later, ANA, BORIS, REASON),
        lambda: member_merge(later, BORIS, ANA, REASON),
        lambda: member_household(later, BORIS, ANA, REASON),
    ]
    for wish in refused:
        with pytest.raises(Refused, match="Whose this was is forgotten"):
            wish()
    assert shop.ask(LEDGER) == before
