"""How long the books of a shop are to be kept, as status and the report say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.shop.status import status
from tests.operations.small_shop import ANA
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop


def test_status_and_the_report_say_when_the_oldest_books_may_go(there: SmallShop) -> None:
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00"), sold(2, "2026-09-11 10:00", ANA, "12.00")])
    nightly(there.shop)
    told = [str(each) for each in status(there.shop).said]
    assert "Books of 2026 are to be kept through 2032-12-31: loyalty report retention" in told
    later = replace(there.shop, now=datetime(2033, 1, 2, 9, tzinfo=UTC))
    told = [str(each) for each in status(later).said]
    assert "Books through 2026 need not be kept any more, for all that is known here: loyalty report retention" in told
    (row,) = report(later, "retention", Wanted()).tables[0].rows
    assert (row[0], row[1], row[3], row[4]) == ("2026", 2, day_from_iso("2032-12-31"), "yes")
