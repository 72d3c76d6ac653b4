"""Receipts that come back different, and imports that are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.imports.conflicts import decide_conflicts
from loyalty_cli.operations.imports.conflicts import list_conflicts
from loyalty_cli.operations.imports.rejects import list_rejects
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import kept_by
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.test_month_pack import tables_of

if TYPE_CHECKING:
    from pathlib import Path

MILK = "2026-03-02,10:00:00,North,1,2900001,MILK,1,3.50"
DEARER = "2026-03-02,10:00:00,North,1,2900001,MILK,1,4.50"
OTHERS = "2026-03-02,10:00:00,North,1,2900002,MILK,1,3.50"
TEA = "2026-03-02,11:00:00,North,2,,TEA,1,12.00"

LIVE = "SELECT number, total FROM receipt WHERE gone = 0 ORDER BY number"


def test_a_receipt_that_comes_back_different_changes_nothing_and_is_noted_once(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK, TEA))
    before = kept_by(shop)
    assert taken_in(shop, export(shop, "b.csv", DEARER))["conflicts"] == 1
    figures = taken_in(shop, export(shop, "c.csv", DEARER, TEA))
    assert (figures["conflicts"], figures["known"]) == (0, 2)
    assert kept_by(shop) == before
    rows = list_conflicts(shop).tables[0].rows
    # conflict, import, file, line, store, receipt, day, total, new day, new total, new card
    assert rows == [("1", "2", "b.csv", 2, "North", "1", 2461102, 350, 2461102, 450, "2900001")]


def test_accepting_lets_the_new_receipt_count_and_marks_both_members(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK))
    taken_in(shop, export(shop, "b.csv", OTHERS))
    decide_conflicts(shop, None, accept="all", by="Ola")
    receipts, lines, due = kept_by(shop)
    assert [row[2] for row in receipts] == ["2900002"]
    assert len(lines) == 1
    assert [card for card, _ in due] == ["2900001", "2900002"]
    assert asked(shop, "SELECT decision, by FROM conflict") == [("accepted", "Ola")]
    # The old export is an old version of what counts now, the new one is known.
    assert taken_in(shop, export(shop, "c.csv", MILK, TEA))["known"] == 1
    assert taken_in(shop, export(shop, "d.csv", OTHERS, TEA))["known"] == 2


def test_rejecting_keeps_the_old_receipt_and_is_not_asked_again(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK))
    taken_in(shop, export(shop, "b.csv", DEARER))
    decide_conflicts(shop, 2, reject="1")
    assert asked(shop, LIVE) == [("1", 350)]
    assert list_conflicts(shop).tables[0].rows == []
    assert taken_in(shop, export(shop, "c.csv", DEARER, TEA))["conflicts"] == 0
    with pytest.raises(Refused, match="no open conflict 1"):
        decide_conflicts(shop, None, accept="1")


def test_a_reverted_import_leaves_and_comes_back_as_the_same_receipts(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    file = export(shop, "a.csv", MILK, TEA)
    taken_in(shop, file)
    before = asked(shop, "SELECT id, number, content FROM receipt ORDER BY id")
    import_revert(shop, 1)
    assert asked(shop, LIVE) == []
    assert asked(shop, "SELECT count(*) FROM due") == [(1,)]
    assert taken_in(shop, file)["imported"] == 2
    assert asked(shop, "SELECT id, number, content FROM receipt WHERE gone = 0 ORDER BY id") == before


def test_a_receipt_that_another_live_import_saw_stays(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK, TEA))
    taken_in(shop, export(shop, "b.csv", TEA))
    outcome = import_revert(shop, 1)
    assert (outcome.data["left"], outcome.data["stayed"]) == (1, 1)
    assert asked(shop, LIVE) == [("2", 1200)]
    assert import_revert(shop, 2).data["left"] == 1


def test_reverting_an_accepted_correction_brings_the_old_receipt_back(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK))
    taken_in(shop, export(shop, "b.csv", DEARER))
    decide_conflicts(shop, None, accept="all")
    assert asked(shop, LIVE) == [("1", 450)]
    import_revert(shop, 2)
    assert asked(shop, LIVE) == [("1", 350)]


def test_who_took_an_import_back_and_why_is_kept_in_one_line(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK))
    taken_in(shop, export(shop, "b.csv", TEA))
    import_revert(shop, 1, Asked(by="Ola", reason="wrong store"))
    import_revert(shop, 2)
    changed = tables_of(report(shop, "changes", Wanted()))["changes"]
    told = [(row["by"], row["subject"], row["detail"], row["reason"]) for row in changed if row["what"] == "import reverted"]
    assert sorted(told) == [("", "2", "b.csv", ""), ("Ola", "1", "a.csv", "wrong store")]
    with pytest.raises(Refused, match="can not be undone"):
        revert(shop, 1, Asked(by="Ola", reason="x"))


def test_only_a_live_import_of_purchases_can_be_reverted(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK))
    import_revert(shop, 1)
    for number, why in ((1, "already"), (7, "no import 7")):
        with pytest.raises(Refused, match=why):
            import_revert(shop, number)


def test_rows_set_aside_can_be_looked_at_later(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", MILK, TEA.replace("12.00", "12,00x")))
    assert len(list_rejects(shop, 1).tables[0].rows) == 1
