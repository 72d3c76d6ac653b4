"""Months that are closed with one command have the packs they would have one by one; what is late is looked for once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.reports import discounts
from loyalty_cli.store.packs import kept_pack
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.test_late_facts_in_reports import HEADER
from tests.operations.test_late_facts_in_reports import PROGRAM

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.reports.question import Question

EVERYTHING = Accepted(without=("all",), open_matters=True)
MONTHS = [f"2026-{month:02}" for month in range(5, 10)]


def closed(folder: Path) -> Shop:
    """May is closed; then 20.00 of May come late, and there are four more months of 10.00 each."""
    shop = replace(shop_in(folder, PROGRAM), now=datetime(2026, 10, 5, 10, tzinfo=UTC))
    rows = [f"{month}-05,10:00:00,North,{month},2900001,MILK,dairy,1,10.00,1.00,A" for month in MONTHS]
    taken_in(shop, export(shop, "north.csv", *rows, header=HEADER))
    recalc(shop)
    month_close(shop, "2026-05", accepted=EVERYTHING)
    taken_in(shop, export(shop, "late.csv", "2026-05-20,10:00:00,North,L1,2900002,MILK,dairy,1,20.00,2.00,A", header=HEADER))
    recalc(shop)
    return shop


def packs(shop: Shop) -> list[str]:
    with shop.reading() as connection:
        return [kept_pack(connection, month).replace(str(shop.folder), "") for month in MONTHS]


def test_the_packs_are_those_of_months_that_were_closed_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Question] = []
    rows = discounts.rows

    def counted(connection: object, question: Question, books: object) -> object:
        looks.append(question)
        return rows(connection, question, books)  # type: ignore[arg-type]

    monkeypatch.setattr(discounts, "rows", counted)
    one, together = closed(tmp_path / "one"), closed(tmp_path / "together")
    for month in MONTHS[1:]:
        month_close(one, month, accepted=EVERYTHING)
    looks.clear()
    month_close(together, through=MONTHS[-1], accepted=EVERYTHING)
    assert packs(together) == packs(one)
    # Each of four months once, and once what is late of May.
    assert len(looks) == len(MONTHS[1:]) + 1
    assert '"2026-06","North","A",2300,2200,200,0,2000,2000,1626,374,"2026-05"' in packs(together)[1]
