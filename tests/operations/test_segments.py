"""Segments in a real shop: what nights post, what the reports say of them, and who is written because of them; worked by hand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.feedback.add import feedback_add
from loyalty_cli.operations.feedback.add import Told
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.messages.preview import preview_messages
from loyalty_cli.operations.program.terms import program_terms
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.test_feedback import ewa

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
segments:
  drowsy: {not_here_for: 45 days, not: {not_here_for: 180 days}}
  fans: {opinion: promoter}
points:
  earn:
    basic: {points: 1, for_every: 10.00}
    welcome back: {multiply: 2x, only: {segments: [drowsy]}}
messages:
  wake up: {when: {enters: drowsy}, purpose: service, by: phone, text: "We miss you, {first_name}!"}
"""
ROWS = (
    "2026-03-02,10:00:00,Market,1,2901,tea,1,100.00",
    "2026-04-20,10:00:00,Market,2,2901,tea,1,100.00",
    "2026-03-10,10:00:00,Market,3,2902,tea,1,40.00",
)
ENTRIES = """
SELECT number, name, effective_on - 2461041, quantity FROM ledger JOIN asset ON asset.id = asset_id JOIN card USING (member_id)
 WHERE name GLOB 'segment:*' ORDER BY 1, 3"""


def shop_with_rows(folder: Path) -> Shop:
    made = replace(shop_in(folder, PROGRAM), now=datetime(2026, 6, 1, 10, tzinfo=UTC))
    taken_in(made, export(made, "a.csv", *ROWS))
    return made


def rows(shop: Shop, name: str, wanted: Wanted | None = None) -> list[Any]:
    return [list(row) for row in report(shop, name, wanted or Wanted()).tables[0].rows]


def test_night_by_night_posts_what_one_night_posts(tmp_path: Path) -> None:
    at_once = shop_with_rows(tmp_path / "a")
    recalc(at_once, as_of=day_from_iso("2026-06-01"))
    shutil.copytree(tmp_path / "a", tmp_path / "b", ignore=lambda *_: ["loyalty.db"])
    nightly = shop_with_rows(tmp_path / "b")
    for day in range(day_from_iso("2026-04-15"), day_from_iso("2026-06-01") + 1):
        recalc(nightly, as_of=day)
    # Day 1 is 1 January. Card 2901: 2 March + 45 = 16 April, in on 17 April (day 107), out on 21 April (111); 20 April + 45 =
    # 4 June. Card 2902: 10 March + 45 = 24 April, in on 25 April (115).
    expected = [("2901", "segment:drowsy", 107, 1), ("2901", "segment:drowsy", 111, -1), ("2902", "segment:drowsy", 115, 1)]
    assert asked(at_once, ENTRIES) == asked(nightly, ENTRIES) == expected
    # 100.00 / 10.00 = 10, and on 20 April, still among the drowsy, twice as many: 10 + 20
    assert asked(nightly, "SELECT points FROM standing ORDER BY member_id") == [(30,), (4,)]


def test_nobody_is_in_a_segment_before_being_a_member(tmp_path: Path) -> None:
    program = PROGRAM.replace("segments:\n", "segments:\n  new: {not: {member_for: 30 days}}\n")
    made = replace(shop_in(tmp_path / "shop", program), now=datetime(2026, 6, 1, 10, tzinfo=UTC))
    taken_in(made, export(made, "a.csv", *ROWS))
    with made.changing() as connection:
        connection.execute("UPDATE member SET joined = ? WHERE id = 1", (day_from_iso("2026-02-20"),))
    recalc(made, as_of=day_from_iso("2026-04-10"))
    # New for 30 days: from 20 February (31 + 20 = day 51) through 21 March, out on 22 March (51 + 30 = day 81).
    found = [row for row in asked(made, ENTRIES) if row[:2] == ("2901", "segment:new")]
    assert found == [("2901", "segment:new", 51, 1), ("2901", "segment:new", 81, -1)]


# Rewards that want to know of reviews, and a segment that anything may change: both look at the member each month.
REVIEWED = """\
tiers: {by: spend, counted_over: calendar month, ladder: {guest: {at_least: 0}, gold: {at_least: 900.00}}}
rewards:
  kept: {when: {kept_tier: gold}, give: {points: 1}}
  hello: {when: {enters: new}, give: {points: 7}}
segments:
  rich: {points: 9000}
  new: ready
"""


@pytest.mark.parametrize("more", ["rewards:\n  hello: {when: {enters: new}, give: {points: 7}}\nsegments:\n  new: ready\n", REVIEWED])
def test_who_is_known_by_a_card_only_is_in_no_segment_before_the_first_purchase(tmp_path: Path, more: str) -> None:
    program = PROGRAM.replace("segments:\n", more)
    at_once = replace(shop_in(tmp_path / "a", program), now=datetime(2026, 6, 1, 10, tzinfo=UTC))
    taken_in(at_once, export(at_once, "a.csv", ROWS[0]))
    shutil.copytree(tmp_path / "a", tmp_path / "b", ignore=lambda *_: ["loyalty.db"])
    nightly = replace(shop_in(tmp_path / "b", program), now=at_once.now)
    taken_in(nightly, export(nightly, "b.csv", ROWS[0]))
    recalc(at_once, as_of=day_from_iso("2026-04-10"))
    for day in ("2026-02-10", "2026-03-01", "2026-03-02", "2026-03-20", "2026-04-10"):
        recalc(nightly, as_of=day_from_iso(day))
    # 2 March is day 61; new for 30 days, through 31 March.
    expected = [("2901", "segment:new", 61, 1), ("2901", "segment:new", 91, -1)]
    assert asked(at_once, ENTRIES) == asked(nightly, ENTRIES) == expected
    given = "SELECT effective_on - 2461041, quantity FROM ledger JOIN rule ON rule.id = rule_id WHERE name = 'rewards.hello'"
    assert asked(at_once, given) == asked(nightly, given) == [(61, 7)]


def test_a_name_that_is_written_down_later_moves_nothing_of_who_was_known_by_a_card_only(tmp_path: Path) -> None:
    program = PROGRAM.replace("segments:\n", "segments:\n  new: ready\n")
    program += "rewards:\n  hello: {when: {enters: new}, give: {points: 7}}\n  monthly: {when: {each_month: 15}, give: {points: 3}}\n"
    shop = replace(shop_in(tmp_path, program), now=datetime(2026, 6, 1, 10, tzinfo=UTC))
    taken_in(shop, export(shop, "a.csv", ROWS[0]))
    recalc(shop, as_of=day_from_iso("2026-04-20"))
    import_members(shop, [export(shop, "m.csv", "2901,Anna Nowak,", "2902,Jan Lis,", header="card,name,phone")])
    import_members(shop, [export(shop, "n.csv", "2901,Anna Nowak,600100200", "2902,Jan Lis,600300400", header="card,name,phone")])
    recalc(shop, as_of=day_from_iso("2026-05-20"))
    # 2901 is here from 2 March (day 61) on: 15 March is day 74, 15 April 105, 15 May 135. 2902 stood in a list before any purchase,
    # without a day: here since the program began, on day 1, with the 15th of January (15), February (46) and the other months.
    given = """
SELECT number, effective_on - 2461041, quantity FROM ledger JOIN rule ON rule.id = rule_id JOIN card USING (member_id)
 WHERE rule.name IN ('rewards.hello', 'rewards.monthly') ORDER BY 1, 2"""
    assert asked(shop, given) == [
        *(("2901", day, points) for day, points in ((61, 7), (74, 3), (105, 3), (135, 3))),
        *(("2902", day, points) for day, points in ((1, 7), (15, 3), (46, 3), (74, 3), (105, 3), (135, 3))),
    ]
    assert recalc(shop, as_of=day_from_iso("2026-05-20"), everyone=True).data["entries"] == 0


def test_a_card_that_is_put_into_a_group_before_its_first_purchase_is_known_from_then_on(tmp_path: Path) -> None:
    program = PROGRAM.replace("segments:\n", "segments:\n  ours: {groups: [staff]}\n")
    shop = replace(shop_in(tmp_path, program), now=datetime(2026, 2, 10, 10, tzinfo=UTC))
    import_members(shop, [export(shop, "m.csv", "2901,staff from 2026-02-20", header="card,groups")])
    recalc(shop, as_of=day_from_iso("2026-02-09"))
    later = replace(shop, now=datetime(2026, 3, 10, 10, tzinfo=UTC))
    recalc(later, as_of=day_from_iso("2026-02-25"))
    taken_in(later, export(later, "a.csv", ROWS[0]))
    recalc(later, as_of=day_from_iso("2026-03-09"))
    # 20 February is day 51; the purchase of 2 March changes nothing.
    assert asked(later, ENTRIES) == [("2901", "segment:ours", 51, 1)]
    assert recalc(later, as_of=day_from_iso("2026-03-09"), everyone=True).data["entries"] == 0


def test_a_group_that_is_said_later_counts_on_its_day_of_who_never_bought(tmp_path: Path) -> None:
    program = PROGRAM.replace("segments:\n", "segments:\n  ours: {groups: [staff]}\n")
    shop = replace(shop_in(tmp_path, program), now=datetime(2026, 3, 30, 23, tzinfo=UTC))
    import_members(shop, [export(shop, "m.csv", "2901,Jan Lis", "2902,Anna Lis", header="card,name")])
    recalc(shop, as_of=day_from_iso("2026-03-09"))
    groups = "2901,staff from 2026-03-10", "2902,staff from 2026-03-20 until 2026-03-24"
    import_members(shop, [export(shop, "n.csv", *groups, header="card,groups")])
    recalc(shop, as_of=day_from_iso("2026-03-12"))
    recalc(shop, as_of=day_from_iso("2026-03-30"))
    # 10 March is day 69, 20 March 79; the 25th, the day after the last one, is 84.
    assert asked(shop, ENTRIES) == [("2901", "segment:ours", 69, 1), ("2902", "segment:ours", 79, 1), ("2902", "segment:ours", 84, -1)]


def test_a_group_that_is_said_later_to_begin_before_somebody_joins_is_looked_at_on_joining(tmp_path: Path) -> None:
    program = PROGRAM.replace("segments:\n", "segments:\n  ours: {groups: [staff]}\n")
    shop = replace(shop_in(tmp_path, program), now=datetime(2026, 6, 1, 10, tzinfo=UTC))
    import_members(shop, [export(shop, "m.csv", "2901,2026-02-23,", header="card,joined,groups")])
    recalc(shop, as_of=day_from_iso("2026-01-20"))
    import_members(shop, [export(shop, "n.csv", "2901,2026-02-23,staff from 2026-02-10", header="card,joined,groups")])
    recalc(shop, as_of=day_from_iso("2026-04-10"))
    # Joined on 23 February, day 54.
    assert asked(shop, ENTRIES) == [("2901", "segment:ours", 54, 1)]
    assert recalc(shop, as_of=day_from_iso("2026-04-10"), everyone=True).data["entries"] == 0


def test_a_gift_of_each_month_comes_from_the_first_purchase_on_of_who_is_known_by_a_card_only(tmp_path: Path) -> None:
    program = PROGRAM + "rewards:\n  monthly: {when: {each_month: 15}, give: {points: 3}}\n"
    shop = replace(shop_in(tmp_path, program), now=datetime(2026, 6, 1, 10, tzinfo=UTC))
    taken_in(shop, export(shop, "a.csv", ROWS[0]))
    recalc(shop, as_of=day_from_iso("2026-05-20"))
    # Bought on 2 March: 15 March is day 74, 15 April 105, 15 May 135.
    given = "SELECT effective_on - 2461041, quantity FROM ledger JOIN rule ON rule.id = rule_id WHERE name = 'rewards.monthly'"
    assert asked(shop, given) == [(74, 3), (105, 3), (135, 3)]


def test_who_became_one_with_another_gets_nothing_beside_that_member(tmp_path: Path) -> None:
    program = PROGRAM.replace("segments:\n", "segments:\n  new: ready\n")
    program += "rewards:\n  hello: {when: {enters: new}, give: {points: 7}}\n  monthly: {when: {each_month: 15}, give: {points: 3}}\n"
    shop = replace(shop_in(tmp_path, program), now=datetime(2026, 6, 1, 10, tzinfo=UTC))
    import_members(shop, [export(shop, "m.csv", "2902,Jan Lis,2026-02-20", header="card,name,joined")])
    taken_in(shop, export(shop, "a.csv", ROWS[0]))
    recalc(shop, as_of=day_from_iso("2026-04-20"))
    member_merge(shop, "2902", "2901")
    recalc(shop, as_of=day_from_iso("2026-05-20"))
    # The one member is here since Jan Lis joined, 20 February (day 51): 15 March is day 74, 15 April 105, 15 May 135.
    given = """
SELECT member_id = (SELECT member_id FROM card WHERE number = '2901'), effective_on - 2461041, sum(quantity)
  FROM ledger JOIN rule ON rule.id = rule_id WHERE rule.name IN ('rewards.hello', 'rewards.monthly')
 GROUP BY 1, 2 HAVING sum(quantity) <> 0 ORDER BY 1, 2"""
    assert asked(shop, given) == [(1, 51, 7), (1, 74, 3), (1, 105, 3), (1, 135, 3)]


@pytest.mark.parametrize("merged", [("2902", "2901"), ("2901", "2902")])
def test_who_stood_in_a_list_stays_known_where_they_become_one_with_a_card(tmp_path: Path, merged: tuple[str, str]) -> None:
    program = PROGRAM + "rewards:\n  monthly: {when: {each_month: 15}, give: {points: 3}}\n"
    shop = replace(shop_in(tmp_path, program), now=datetime(2026, 6, 1, 10, tzinfo=UTC))
    # Jan Lis stands in a list without a day: here since the program began. 2901 is a card that bought on 2 March, day 61.
    import_members(shop, [export(shop, "m.csv", "2902,Jan Lis", "2903,Ola Lis", header="card,name")])
    taken_in(shop, export(shop, "a.csv", ROWS[0]))
    recalc(shop, as_of=day_from_iso("2026-04-20"))
    member_merge(shop, *merged)
    recalc(shop, as_of=day_from_iso("2026-05-20"))
    # The 15th of January is day 15, of February 46, of March 74, of April 105, of May 135.
    given = """
SELECT effective_on - 2461041, sum(quantity) FROM ledger JOIN rule ON rule.id = rule_id
 WHERE rule.name = 'rewards.monthly' AND member_id = (SELECT member_id FROM card WHERE number = '2901')
 GROUP BY 1 HAVING sum(quantity) <> 0 ORDER BY 1"""
    assert asked(shop, given) == [(day, 3) for day in (15, 46, 74, 105, 135)]
    # Through another merge, too.
    taken_in(shop, export(shop, "b.csv", ROWS[1].replace("2901", "2904")))
    member_merge(shop, "2901", "2904")
    recalc(shop, as_of=day_from_iso("2026-05-20"))
    assert asked(shop, given) == [(day, 3) for day in (15, 46, 74, 105, 135)]


def test_reports_say_who_belongs_where(tmp_path: Path) -> None:
    shop = shop_with_rows(tmp_path / "shop")
    recalc(shop, as_of=day_from_iso("2026-06-01"))
    april = Wanted(first=day_from_iso("2026-04-01"), last=day_from_iso("2026-04-30"))
    drowsy, fans = rows(shop, "segments", april)
    # In April both entered and one left; the one that belongs to it at the end bought nothing in April.
    assert (drowsy[0], *drowsy[2:]) == ("drowsy", 1, 5000, 2, 1, 0)
    assert (fans[0], *fans[2:]) == ("fans", 0, 0, 0, 0, 0)
    members = rows(shop, "segment-members", Wanted(about="drowsy", as_of=day_from_iso("2026-04-18")))
    assert members == [["drowsy", day_from_iso("2026-04-17"), "2901", "", day_from_iso("2026-03-02"), 100_00]]
    feedback_add(shop, "2902", Told(9, "fine"), ewa(day_from_iso("2026-05-30")))
    recalc(shop, as_of=day_from_iso("2026-06-01"))
    assert [row[:3] for row in rows(shop, "segment-members", Wanted(about="fans"))] == [["fans", day_from_iso("2026-05-31"), "2902"]]
    with pytest.raises(LoyaltyError, match="drwsy is not known here") as refused:
        rows(shop, "segment-members", Wanted(about="drwsy"))
    assert str(refused.value.hint) == "Did you mean drowsy?"


def test_entering_a_segment_is_explained_and_brings_a_message(tmp_path: Path) -> None:
    shop = shop_with_rows(tmp_path / "shop")
    recalc(shop, as_of=day_from_iso("2026-04-26"))
    told = str([table.rows for table in explain(shop, "2902").tables])
    assert "From this morning on a member of {name}." in told
    previewed = preview_messages(shop, as_of=day_from_iso("2026-04-26"))
    assert ["2902" in map(str, row) for row in previewed.tables[0].rows].count(True) == 1


def test_the_terms_say_who_belongs_to_a_segment(tmp_path: Path) -> None:
    _, document = program_terms(shop_with_rows(tmp_path / "shop"))
    # Nobody is promised anything by the answers of a survey: that segment is not in the terms.
    (section,) = [section for section in document.sections if str(section.heading) == "Who belongs to a segment"]
    assert [(str(fact.label), str(fact.value)) for fact in section.facts] == [
        ("drowsy", "no purchase for 45 days, but not: no purchase for 180 days")
    ]


def test_a_segment_of_those_who_are_not_something_says_only_that(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM.replace("segments:\n", "segments:\n  new: {not: {member_for: 30 days}}\n"))
    recalc(shop)
    (said,) = [str(said_again(str(row[1]))) for row in report(shop, "segments", Wanted()).tables[0].rows if row[0] == "new"]
    assert said == "not: a member for at least 30 days"
