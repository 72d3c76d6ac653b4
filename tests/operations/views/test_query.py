"""Asking the data: what the views show of the tiny shop, and that a question can only look, only there, and not for ever."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.views.parquet import export_parquet
from loyalty_cli.operations.views.query import describe
from loyalty_cli.operations.views.query import query
from loyalty_cli.operations.views.query import views
from loyalty_cli.render.all_formats import ALL_FORMATS
from loyalty_cli.render.all_formats import renderer
from loyalty_cli.render.look import Look
from loyalty_cli.store.views import asking
from loyalty_cli.store.views.all_views import ALL_VIEWS
from tests.reports.shop_by_hand import shop_by_hand

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.operations.open_shop import Shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return shop_by_hand(tmp_path_factory.mktemp("asked"))


def asked(shop: Shop, question: str, limit: int | None = None) -> Table:
    (table,) = query(shop, question, limit=limit, over=lambda: False).tables
    return table


def test_turnover_by_store_is_that_of_the_receipts(shop: Shop) -> None:
    table = asked(shop, "SELECT store, round(sum(total), 2) AS turnover, count(*) AS receipts FROM receipts GROUP BY store")
    # Market: 120.00 - 20.00 + 50.00 + 45.50 = 195.50 on 4 receipts; Station: 80.00 + 300.00 = 380.00 on 2
    assert list(table.rows) == [("Market", "195.5", 4), ("Station", "380", 2)]
    assert [column.kind for column in table.columns] == ["text", "number", "count"]


def test_days_are_iso_text_and_money_is_a_decimal_number(shop: Shop) -> None:
    table = asked(
        shop,
        "SELECT day, total, typeof(day) AS d, typeof(total) AS t FROM receipts WHERE member IS NULL AND day >= '2026-10-01'",
    )
    assert list(table.rows) == [(day_from_iso("2026-10-15"), "50", "text", "real")]
    assert [column.kind for column in table.columns][:2] == ["day", "number"]


def test_the_views_say_what_the_reports_say(shop: Shop) -> None:
    members = asked(shop, "SELECT name, tier, discount, points, spent FROM members ORDER BY member")
    # Ana: 310 points, 8 %; Boris: 45 points; the card alone: 2.5 %
    assert list(members.rows) == [
        ("Ana Popescu", "patron", "8", 310, "400"), ("=Борис", "guest", "0", 45, "125.5"), ("", "guest", "2.5", 0, "0"),
    ]  # fmt: skip
    # The ledger's points of Ana: 120 + 300 - 20 - 100 + 10 = 310
    ledger = asked(shop, "SELECT sum(quantity) FROM ledger WHERE asset = 'points' AND member = 1")
    assert list(ledger.rows) == [(310,)]
    coupons = asked(shop, "SELECT code, state, worth, discount FROM coupons ORDER BY code")
    assert list(coupons.rows) == [
        ("2222CCCCFFFF2", "used", "50", None), ("3333CCCCFFFF3", "lapsed", "50", None), ("4444CCCCFFFF4", "issued", None, "20"),
    ]  # fmt: skip


def test_what_can_be_asked_is_written_down_and_every_column_can_be_read(shop: Shop) -> None:
    (table,) = views().tables
    assert [row[0] for row in table.rows] == [*ALL_VIEWS]
    for name in ALL_VIEWS:
        (columns,) = describe(name).tables
        names = [str(row[0]) for row in columns.rows]
        answer = asked(shop, f"SELECT {', '.join(names)} FROM {name}")
        assert [column.name for column in answer.columns] == names
        assert [column.name for column in asked(shop, f"SELECT * FROM {name}").columns] == names


OTHERS = [
    "SELECT * FROM member",
    "SELECT count(*) FROM member",
    "SELECT * FROM main.member",
    "SELECT name FROM sqlite_schema",
    "SELECT count(*) FROM sqlite_schema",
    "SELECT * FROM pragma_table_info('member')",
    # A name of a view in front of a table of the shop is no way around.
    "WITH members AS (SELECT * FROM member) SELECT * FROM members",
    "WITH receipts AS (SELECT secret FROM draw) SELECT * FROM receipts",
    "SELECT * FROM (SELECT value FROM setting) AS ledger",
    "SELECT (SELECT value FROM setting LIMIT 1) FROM members",
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM setting)",
]
CHANGES = [
    "DELETE FROM members", "DELETE FROM receipt", "UPDATE receipts SET total = 0", "INSERT INTO members (name) VALUES ('x')",
    "DROP VIEW members", "CREATE TABLE x (y)", "CREATE TEMP TABLE x (y)", "ATTACH 'other.db' AS other", "DETACH main",
    "PRAGMA table_info(member)", "PRAGMA query_only = OFF", "BEGIN", "VACUUM INTO 'copy.db'", "ANALYZE", "REINDEX",
    "SELECT load_extension('x')", "SELECT writefile('x', 'y')", "SELECT 1; DELETE FROM receipt",
]  # fmt: skip


@pytest.mark.parametrize("question", OTHERS + CHANGES)
def test_a_question_only_looks_and_only_at_the_views(question: str, shop: Shop) -> None:
    before = shop.database.read_bytes()
    with pytest.raises(LoyaltyError):
        asked(shop, question)
    assert shop.database.read_bytes() == before
    assert sorted(path.suffix for path in shop.database.parent.iterdir() if path.name != shop.database.name) in (
        [],
        [".lock"],
    )


def test_what_select_can_do_can_be_done(shop: Shop) -> None:
    table = asked(shop, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3) SELECT sum(i), count(*) FROM n")
    assert list(table.rows) == [(6, 3)]
    assert list(asked(shop, "SELECT value, value / 2.0 FROM json_each('[1, 2]')").rows) == [(1, "0.5"), (2, "1")]
    over = "SELECT member, sum(total) OVER (PARTITION BY member ORDER BY day) AS so_far FROM receipts WHERE member = 1"
    # Ana: 120, then 420, then 400
    assert [row[1] for row in asked(shop, over).rows] == ["120", "420", "400"]
    assert list(asked(shop, "SELECT total AS a, total AS a FROM receipts LIMIT 1").rows) == [("120", "120")]


@pytest.mark.parametrize(
    ("question", "what", "hint"),
    [
        ("SELECT nmae FROM members", "There is no column 'nmae' in these views.", "Did you mean 'name'?"),
        ("SELECT points FROM receipts", "There is no column 'points' in these views.", "It is a column of members."),
        ("SELECT m.pionts FROM members m", "There is no column 'pionts' in these views.", "Did you mean 'points'?"),
        ("SELECT * FROM recepts", "There is no view 'recepts'.", "Did you mean 'receipts'?"),
        ("SELECT 1 FORM members", "The question is not understood: near", "loyalty query --views"),
        ("SELECT :x", "The question is not understood:", "loyalty query --views"),
        ("SELECT 1; SELECT 2", "One question at a time: this is more than one.", "Ask with SELECT"),
        ("DROP TABLE members", "A question may only look, and only at the views.", "Ask with SELECT"),
    ],
)
def test_a_mistake_is_said_with_what_to_write_instead(question: str, what: str, hint: str, shop: Shop) -> None:
    with pytest.raises(LoyaltyError) as refused:
        asked(shop, question)
    assert str(refused.value).startswith(what)
    assert hint in str(refused.value.hint)


def test_a_question_without_end_is_stopped_in_time(shop: Shop) -> None:
    looks = count()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(LoyaltyError, match="takes longer than it may"):
        query(shop, endless, limit=None, over=lambda: next(looks) > 10)
    assert next(looks) == 12


def test_a_text_or_an_answer_without_end_is_refused(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LoyaltyError, match="too big"):
        asked(shop, f"SELECT hex(zeroblob({asking.LONGEST_VALUE}))")
    monkeypatch.setattr(asking, "MOST_VALUES", 10)
    with pytest.raises(LoyaltyError, match="more than 10 values"):
        asked(shop, "SELECT number, total FROM receipts")  # 6 x 2 = 12
    with pytest.raises(LoyaltyError, match="more than 10 values"):
        asked(shop, "SELECT printf('%01000d', 7)")  # 1 + 1,000 / 100 = 11
    table = asked(shop, "SELECT number FROM receipts", limit=4)
    assert (len(table.rows), [str(note) for note in table.notes]) == (4, ["There are more rows than the 4 shown."])


@pytest.mark.parametrize("form", ALL_FORMATS)
def test_an_answer_has_every_format(form: str, shop: Shop) -> None:
    outcome = query(shop, "SELECT name, discount, '2026-11' AS month FROM members ORDER BY member", limit=None, over=lambda: False)
    page = renderer(form)(outcome, Look(language="pl"))
    if form == "json":
        assert json.loads(page)["tables"][0]["rows"][2] == {"name": "", "discount": 2.5, "month": "2026-11"}
    elif form == "csv":
        assert page.decode().splitlines()[3] == ",2.5,2026-11"
    elif form == "table":
        assert page.decode().splitlines()[-1].split() == ["2,5", "2026-11"]
    else:
        assert page


def test_parquet_files_are_typed_and_hold_what_the_views_show(shop: Shop, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    outcome = export_parquet(shop, tmp_path / "data")
    assert outcome.data["rows"] == {"members": 3, "receipts": 6, "lines": 0, "ledger": 25, "coupons": 3, "messages": 0}
    table = parquet.read_table(tmp_path / "data" / "receipts.parquet")
    assert [str(table.schema.field(name).type) for name in ("day", "total", "member", "number")] == [
        "date32[day]", "decimal128(18, 2)", "int64", "string",
    ]  # fmt: skip
    first = table.to_pylist()[0]
    assert (first["day"], first["total"], first["store"]) == (date(2026, 9, 10), Decimal("120.00"), "Market")
    for name in ALL_VIEWS:
        shown = asked(shop, f"SELECT * FROM {name}")
        kept = parquet.read_table(tmp_path / "data" / f"{name}.parquet")
        assert kept.num_rows == len(shown.rows)
        assert kept.column_names == [column.name for column in shown.columns]


def test_without_the_library_parquet_is_refused_in_one_sentence(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(LoyaltyError, match="need the library pyarrow, which is not installed here") as refused:
        export_parquet(shop, tmp_path / "data")
    assert "pyarrow" in str(refused.value.hint)
    assert not (tmp_path / "data").exists()
