"""All draws and how far each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.facts import rules_txt
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.shop_facts import ShopFacts
from loyalty_cli.reports.draws.draws import table
from loyalty_cli.reports.question import Question
from loyalty_cli.store import database

if TYPE_CHECKING:
    from pathlib import Path

FIRST, LAST = day_from_iso("2026-03-01"), day_from_iso("2026-04-18")
RULES = DrawRules(
    name="spring draw",
    first_day=FIRST,
    last_day=LAST,
    prizes=(("machine", 1), ("box", 2)),
    reserves=1,
    claim_within=Span(count=14, unit="days"),
)
QUESTION = Question(today=LAST, shop=ShopFacts(timezone="Europe/Warsaw"))


def test_a_draw_is_announced_then_closed_then_drawn_then_claimed(tmp_path: Path) -> None:
    connection = database.create(tmp_path / "loyalty.db")
    connection.execute(
        "INSERT INTO draw_opening (name, opened_at, rules_sha256, rules) VALUES ('spring draw', '2026', '', ?)",
        (rules_txt(RULES),),
    )

    def row() -> tuple[object, ...]:
        (only,) = table(connection, QUESTION).rows
        return only

    assert row()[:5] == ("spring draw", "announced", FIRST, LAST, 3)
    connection.execute(
        "INSERT INTO draw (id, name, slug, first_day, last_day, tickets, entrants, entries_sha256, void_sha256,"
        " rules_sha256, rules, closed_at, folder) VALUES (1, 'spring draw', 's', ?, ?, 20, 5, '', '', '', ?, '2026', '')",
        (FIRST, LAST, rules_txt(RULES)),
    )
    assert row()[1:] == ("closed", FIRST, LAST, 3, None, None, None, 20, 5)
    # 22:30 UTC is the next day in Warsaw: 21 April + 14 days = 5 May.
    connection.execute("UPDATE draw SET run_at = '2026-04-20T22:30:00+00:00'")
    connection.executemany(
        "INSERT INTO draw_winner (draw_id, place, prize, reserve, member_id, pseudonym, ticket, pick) VALUES (1, ?, ?, ?, ?, ?, 1, 1)",
        [(1, "machine", 0, 1, "a"), (2, "box", 0, 2, "b"), (3, "box", 0, 3, "c"), (4, "", 1, 4, "d")],
    )
    assert row()[1:8] == ("drawn", FIRST, LAST, 3, 0, 0, day_from_iso("2026-05-05"))
    claim = "INSERT INTO draw_claim (draw_id, place, what, day, identity_checked, at, by) VALUES (1, ?, ?, 1, 0, '', '')"
    connection.executemany(claim, [(1, "accepted"), (2, "accepted"), (3, "expired")])
    assert row()[5:8] == (2, 1, None)
    # The reserve moved up on 8 May: 14 days more.
    connection.execute(
        "INSERT INTO draw_redraw (draw_id, place, new_place, prize, day, at, by, number, proof) VALUES (1, 3, 4, 'box', ?, '', '', 0, '')",
        (day_from_iso("2026-05-08"),),
    )
    assert row()[5:8] == (2, 0, day_from_iso("2026-05-22"))
    connection.execute(claim, (4, "accepted"))
    assert row()[1] == "all claimed"
    connection.close()
