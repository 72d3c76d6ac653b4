"""A draw is closed when everything is in: what holds it up, and how that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.tickets import draw_tickets
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.draws.announced_shop import announced_shop
from tests.operations.draws.announced_shop import at
from tests.operations.draws.announced_shop import buy
from tests.operations.draws.announced_shop import changed
from tests.operations.draws.announced_shop import CLOSING
from tests.operations.draws.announced_shop import HEAD

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

STORES = HEAD.replace("draws:\n", "stores: {Market: {files: [market/*.csv]}, Station: {files: [station/*.csv]}}\ndraws:\n")
IMPORT = (
    "INSERT INTO import (id, kind, file, sha256, store, layout, at, rows_read, imported, lines, known, set_aside,"
    " ignored, conflicts, total) VALUES (1, 'purchases', '', '', '', '', '', 9, ?, 9, 0, 1, 0, 0, 0)"
)


def closing(folder: Path, *, head: str = HEAD, last: str = "2027-05-31") -> Shop:
    """A shop at the close, with one purchase, on the last day if nothing else is said."""
    shop = at(announced_shop(folder, head=head), CLOSING)
    buy(shop, 1, last, 5000)
    recalc(shop)
    return shop


def test_a_store_whose_last_day_is_missing_holds_up_the_close(tmp_path: Path) -> None:
    shop = closing(tmp_path, head=STORES, last="2027-05-30")
    with pytest.raises(Refused, match="No receipt of the last day or later: Market, Station"):
        draw_close(shop, "spring draw")
    buy(shop, 1, "2027-05-31", 5000)
    recalc(shop)
    with pytest.raises(Refused, match="No receipt of the last day or later: Station"):
        draw_close(shop, "spring draw")
    outcome = draw_close(shop, "spring draw", accept_late=True)
    assert [str(warning) for warning in outcome.warnings] == ["No receipt of the last day or later: Station."]


def test_the_preview_warns_of_the_same(tmp_path: Path) -> None:
    shop = closing(tmp_path, head=STORES)
    (warning,) = draw_tickets(shop, "spring draw").warnings
    assert str(warning) == "No receipt of the last day or later: Station."
    assert not draw_tickets(at(shop, "2027-05-31T12:00:00+00:00"), "spring draw").warnings


@pytest.mark.parametrize(
    ("day", "imported", "settled", "holds_up"),
    [
        ("2027-05-31", 1, "", True),  # others of the file are of the period
        ("2027-02-28", 1, "", False),  # they are not
        ("2027-02-28", 0, "", True),  # nothing of the file could be read
        ("2027-05-31", 1, "UPDATE set_aside SET dropped_at = '2027-06-01'", False),
        ("2027-05-31", 1, "UPDATE import SET reverted_at = '2027-06-01'", False),
    ],
)
def test_rows_set_aside_hold_up_the_close_if_they_may_be_of_the_period(
    tmp_path: Path, day: str, imported: int, settled: str, *, holds_up: bool
) -> None:
    shop = closing(tmp_path)
    changed(shop, IMPORT, imported)
    changed(shop, "INSERT INTO set_aside (import_id, line, row, reason) VALUES (1, 7, 'x', 'y')")
    if imported:
        buy(shop, 2, day, 100, "S")
        changed(shop, "INSERT INTO sighting SELECT 1, id FROM receipt WHERE number = 'S'")
    if settled:
        changed(shop, settled)
    recalc(shop)
    if holds_up:
        with pytest.raises(Refused, match="1 row of the tills is set aside"):
            draw_close(shop, "spring draw")
    else:
        assert not draw_close(shop, "spring draw").warnings


def test_a_return_that_waits_for_recalc_holds_up_the_close(tmp_path: Path) -> None:
    shop = closing(tmp_path, last="2027-05-20")
    later = at(shop, "2027-06-03T06:00:00+00:00")
    recalc(later)
    changed(later, "INSERT INTO due (member_id, since) VALUES (1, julianday('2027-06-02') + 0.5)")
    with pytest.raises(Refused, match="1 member waits for recalc"):
        draw_close(later, "spring draw")
    # What happened today can wait: the books go through yesterday.
    changed(later, "UPDATE due SET since = since + 1")
    draw_close(later, "spring draw")
