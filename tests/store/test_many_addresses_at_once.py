"""A list of members with many addresses that bought before costs no more for each of them than one of few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.store.members.listed import bring_by_contact
from loyalty_cli.store.members.members import Hand
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

HAND = Hand(at="2026-11-21T10:00:00", today=day_from_iso("2026-11-21"), by="Ola")
SHAPE = "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"


def steps_for(folder: Path, count: int) -> int:
    """How many steps of SQLite it takes, in hundreds, to bring so many addresses to their members."""
    shop = shop_in(folder)
    shape = asked(shop, SHAPE)
    steps: list[int] = []
    with shop.changing() as connection:
        for place in range(1, count + 1):
            connection.execute("INSERT INTO member (id, name, email) VALUES (?, 'N', ?)", (place, f"p{place}@x.pl"))
            connection.execute("INSERT INTO member (id) VALUES (?)", (count + place,))
            connection.execute("INSERT INTO card (number, member_id) VALUES (?, ?)", (f"p{place}@x.pl", count + place))
        connection.set_progress_handler(lambda: steps.append(1), 100)
        bring_by_contact(connection, HAND)
        connection.set_progress_handler(None, 0)
    assert asked(shop, "SELECT DISTINCT member_id <= count(*) OVER () FROM card") == [(1,)]
    assert asked(shop, SHAPE) == shape
    return len(steps)


def test_each_of_many_addresses_takes_as_little_as_each_of_few(tmp_path: Path) -> None:
    # Eight times as many take eight times as long and not sixty-four times.
    assert steps_for(tmp_path / "many", 400) < 12 * steps_for(tmp_path / "few", 50)
