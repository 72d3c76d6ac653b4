"""A shop with members and tickets for one draw, whose rules a test may change."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.draw import Randomness
from loyalty_cli.operations.draws import close as draw_close
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.store.database import create

if TYPE_CHECKING:
    from pathlib import Path

FIRST, LAST = day_from_iso("2026-03-01"), day_from_iso("2026-04-18")
# The drand quicknet round of 2026-04-20T00:00:00Z (tests/draws/vectors/draw_vectors.json).
ROUND = 27_946_612
CLOSED_AT = "2026-04-19T08:00:00+00:00"


@dataclass
class DrawShop:
    """A shop, the rules of its draw, and the commands' moment."""

    shop: Shop
    folder: Path
    rules: DrawRules = field(
        default_factory=lambda: DrawRules(
            name="spring draw",
            first_day=FIRST,
            last_day=LAST,
            prizes=(("sewing machine", 1), ("pudełko tkanin", 2)),
            reserves=2,
            rules_text="One ticket for every 50.00.",
        )
    )

    def give(self, tickets: dict[int, int], *, day: int = FIRST) -> None:
        """Post tickets to members, who are added where they are new."""
        with self.shop.changing() as connection:
            connection.execute("INSERT OR IGNORE INTO asset (id, name) VALUES (1, 'ticket:spring draw')")
            for member, count in tickets.items():
                connection.execute(
                    "INSERT OR IGNORE INTO member (id, number, name) VALUES (?, ?, ?)",
                    (member, f"M{member:04}", f"Person {member}"),
                )
                connection.execute(
                    "INSERT INTO ledger (member_id, rule_id, cause_kind, cause_id, asset_id, quantity,"
                    " effective_on, booked_on, run_id) VALUES (?, 1, 1, 1, 1, ?, ?, ?, 1)",
                    (member, count, day, day),
                )

    def change(self, statement: str, *values: object) -> None:
        """Any other change of the database."""
        with self.shop.changing() as connection:
            connection.execute(statement, values)

    def ask(self, select: str) -> list[tuple[object, ...]]:
        """The rows of a SELECT."""
        with self.shop.reading() as connection:
            return connection.execute(select).fetchall()

    def at(self, moment: str) -> Shop:
        """The shop at another moment."""
        return replace(self.shop, now=datetime.fromisoformat(moment))


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DrawShop:
    """A shop the day after the last day of its draw."""
    database = tmp_path / "loyalty.db"
    connection = create(database)
    settings = {"secret": "07" * 32, "timezone": "Europe/Warsaw", "currency": "PLN"}
    connection.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", settings.items())
    connection.close()
    shop = Shop(
        program=tmp_path / "program.yaml",
        database=database,
        now=datetime.fromisoformat(CLOSED_AT),
        secret="",
        wait=1,
    )
    there = DrawShop(shop, tmp_path / "draws" / "spring-draw")
    monkeypatch.setattr(draw_close, "draw_rules", lambda _connection, _name: there.rules)
    there.give({1: 3, 2: 1, 3: 5, 4: 3, 5: 8})
    return there


@pytest.fixture
def chance() -> Randomness:
    """The value of a public round after the close; the value itself is invented."""
    chain = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
    return Randomness(public=f"drand {chain} {ROUND} {'5a' * 32}")


@pytest.fixture
def evening() -> str:
    """A moment after the round."""
    return "2026-04-20T18:00:00+00:00"
