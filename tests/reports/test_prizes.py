"""The prize register: who has which prize, its worth and the tax on it, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.proof.facts import rules_txt
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.draw import Formalities
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render import csv_text
from loyalty_cli.render import plain
from loyalty_cli.render.look import Look
from tests.operations.small_shop import small_shop

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection
    from tests.snapshots import Snapshot

ANA, BORIS = 1, 2
WORTH = (("car", 50_000_00), ("kettle", 150_00), ("box", 2_280_00))


def two_members(folder: Path) -> Shop:
    """A shop in Warsaw with Ana and Boris."""
    shop = small_shop(folder / "shop").at("2026-11-21T10:00")
    member_add(shop, "2900000000016", MemberWishes(name="Ana Popescu"))
    member_add(shop, "2900000000023", MemberWishes(name="=Борис"))
    return shop


def rules(name: str, country: str, **more: object) -> DrawRules:
    return DrawRules(
        name=name,
        first_day=day_from_iso("2026-09-01"),
        last_day=day_from_iso("2026-09-30"),
        prizes=(("car", 1), ("kettle", 1), ("box", 2), ("scarf", 1)),
        reserves=2,
        worth=WORTH,
        currency="PLN",
        formalities=Formalities(country=country, permit="0201-IWW/7"),
        **more,  # type: ignore[arg-type]
    )


def put_draw(connection: Connection, said: DrawRules, *, run_at: str | None = "2026-10-02T22:30:00+00:00") -> int:
    """A draw that was run, by default at half past midnight of 3 October by the shop's clocks."""
    columns = "name, slug, first_day, last_day, tickets, entrants, entries_sha256, void_sha256, rules_sha256, rules"
    row = connection.execute(
        f"INSERT INTO draw ({columns}, closed_at, folder, run_at) VALUES (?, ?, 1, 2, 9, 9, '', '', '', ?, '', '', ?) RETURNING id",
        (said.name, said.name.replace(" ", "-"), rules_txt(said), run_at),
    ).fetchone()
    return int(row[0])


def won(connection: Connection, draw: int, place: int, prize: str, member: int, *, reserve: int = 0) -> None:
    connection.execute(
        "INSERT INTO draw_winner (draw_id, place, prize, reserve, member_id, pseudonym, ticket, pick) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (draw, place, prize, reserve, member, f"P{place}", place, place),
    )


def claimed(connection: Connection, draw: int, place: int, what: str, day: str) -> None:
    connection.execute(
        "INSERT INTO draw_claim (draw_id, place, what, day, identity_checked, at, by) VALUES (?, ?, ?, ?, 1, '', '')",
        (draw, place, what, day_from_iso(day)),
    )


def passed_on(connection: Connection, draw: int, place: int, new: int, prize: str) -> None:
    connection.execute(
        "INSERT INTO draw_redraw (draw_id, place, new_place, prize, day, at, by, number, proof) VALUES (?, ?, ?, ?, 1, '', '', 0, '')",
        (draw, place, new, prize),
    )


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """One draw in Poland with every state of a prize; another not run yet."""
    shop = two_members(tmp_path)
    with shop.changing() as connection:
        draw = put_draw(connection, rules("spring draw", "PL"))
        won(connection, draw, 1, "car", ANA)
        won(connection, draw, 2, "kettle", BORIS)
        won(connection, draw, 3, "box", ANA)
        won(connection, draw, 4, "box", BORIS)
        won(connection, draw, 5, "scarf", ANA)
        won(connection, draw, 6, "", BORIS, reserve=1)
        won(connection, draw, 7, "", ANA, reserve=1)
        claimed(connection, draw, 1, "accepted", "2026-10-10")
        claimed(connection, draw, 2, "expired", "2026-10-20")
        claimed(connection, draw, 3, "refused", "2026-10-11")
        passed_on(connection, draw, 3, 6, "box")
        claimed(connection, draw, 6, "accepted", "2026-11-02")
        put_draw(connection, rules("next draw", "PL"), run_at=None)
    return shop


def register(shop: Shop, wanted: Wanted | None = None) -> Table:
    (table,) = report(shop, "prizes", wanted or Wanted()).tables
    return table


def brief(shop: Shop, wanted: Wanted | None = None) -> list[tuple[Cell, ...]]:
    return [(row[2], row[3], row[4], *row[8:11]) for row in register(shop, wanted).rows]


def test_each_prize_stands_once_with_who_has_it_now(shop: Shop) -> None:
    assert brief(shop) == [
        # of the draw's day, 3 October by the shop's clocks
        (4, "box", "not claimed", 2_280_00, 0, "flat tax"),  # 2280.00 is still free
        (5, "scarf", "not claimed", None, None, None),  # nobody said what it is worth
        (1, "car", "accepted", 50_000_00, 5_000_00, "flat tax"),  # 10 % of 50000.00
        (2, "kettle", "expired", None, None, None),  # given up: counts for nothing
        (6, "box", "accepted", 2_280_00, 0, "flat tax"),  # the reserve of place 3
    ]
    table = register(shop)
    assert [row[0] for row in table.rows] == [
        day_from_iso(day) for day in ("2026-10-03", "2026-10-03", "2026-10-10", "2026-10-20", "2026-11-02")
    ]
    # 50000.00 + 2 x 2280.00 = 54560.00, and 5000.00 of tax
    totals = table.totals()
    assert totals is not None
    assert (totals[8], totals[9]) == (54_560_00, 5_000_00)


def test_a_month_has_what_was_accepted_in_it(shop: Shop) -> None:
    november = Wanted(first=day_from_iso("2026-11-01"), last=day_from_iso("2026-11-30"))
    assert brief(shop, november) == [(6, "box", "accepted", 2_280_00, 0, "flat tax")]
    assert brief(shop, Wanted(draw="next draw")) == []
    assert len(brief(shop, Wanted(draw="spring-draw"))) == 5


def test_a_free_amount_of_a_year_is_used_up_prize_by_prize(tmp_path: Path) -> None:
    shop = two_members(tmp_path)
    with shop.changing() as connection:
        draw = put_draw(connection, rules("draw", "RU"))
        for place, (prize, member, day) in enumerate(
            [
                ("box", ANA, "2026-10-10"),
                ("box", ANA, "2026-10-11"),
                ("box", BORIS, "2026-10-12"),
                ("box", ANA, "2027-01-01"),
            ],
            start=1,
        ):
            won(connection, draw, place, prize, member)
            claimed(connection, draw, place, "accepted", day)
    assert [row[4] for row in brief(shop)] == [
        0,  # 2280.00 of 4000.00
        19_600,  # 4560.00 in the year: 35 % of 560.00
        0,  # another person
        0,  # another year
    ]
    # In the second half of the year's prizes the first ones are remembered.
    later = Wanted(first=day_from_iso("2026-10-11"), last=day_from_iso("2026-10-11"))
    assert [row[4] for row in brief(shop, later)] == [19_600]


def test_a_country_without_a_verified_figure_has_no_tax_and_says_so(tmp_path: Path) -> None:
    shop = two_members(tmp_path)
    with shop.changing() as connection:
        for name, country in (("east", "MD"), ("far", "XX"), ("unsaid", ""), ("west", "RO")):
            won(connection, put_draw(connection, rules(name, country)), 1, "car", ANA)
    table = register(shop)
    assert [row[8:11] for row in table.rows] == [
        (50_000_00, None, "not verified"),
        (50_000_00, None, None),
        (50_000_00, None, None),
        (50_000_00, None, "income tax"),  # the rule of 2025, of which nobody could say whether it still holds
    ]
    # Four cars are worth 200000.00; what tax is due on them is not known, which is not 0.00.
    totals = table.totals()
    assert totals is not None
    assert (totals[8], totals[9]) == (200_000_00, None)
    due = report(shop, "prize-tax", Wanted()).tables[0]
    assert [row[:5] for row in due.rows] == [
        ("2026-10", "income tax", 1, 50_000_00, None),
        ("2026-10", "not verified", 1, 50_000_00, None),
    ]
    notes = [str(note) for note in table.notes]
    assert any("not verified" in note for note in notes)
    assert any("far, unsaid" in note for note in notes)
    assert "not advice" in notes[-1]


def test_a_contest_is_taxed_as_one(tmp_path: Path) -> None:
    shop = two_members(tmp_path)
    with shop.changing() as connection:
        draw = put_draw(connection, rules("contest", "PL", contest="most visits"))
        won(connection, draw, 1, "box", ANA)
    assert brief(shop) == [(1, "box", "not claimed", 2_280_00, 228_00, "flat tax")]  # 10 %: 2000.00 are free, not 2280.00


def test_the_register_looks_as_it_did(shop: Shop, snapshot: Snapshot) -> None:
    outcome = report(shop, "prizes", Wanted())
    page = plain.render(outcome, Look()).decode()
    snapshot.check(f"{page}\n{csv_text.render(outcome, Look()).decode()}", "prizes_of_a_draw.txt")


def test_the_tax_of_a_month_has_the_days_on_which_it_is_paid_and_declared(shop: Shop) -> None:
    (table,) = report(shop, "prize-tax", Wanted()).tables
    # October: the car, 10 % of 50 000.00; the kettle has lapsed and the first box was refused, so both are free: in the
    # register they have no worth. A box that waits for Boris is of 3 October, as the draw: 2 280.00 is free. November: his other box.
    months = {(row[0], row[1]): row[3:] for row in table.rows}
    day = day_from_iso
    assert months["2026-10", "flat tax"] == (5_228_000, 500_000, day("2026-11-20"), "PIT-8AR", day("2027-01-31"))
    assert months["2026-11", "flat tax"] == (228_000, 0, day("2026-12-20"), "PIT-8AR", day("2027-01-31"))


def test_the_winners_of_a_year_are_one_line_each(shop: Shop) -> None:
    (table,) = report(shop, "prize-winners", Wanted()).tables
    lines = {(row[0], row[2], row[3]): row[4:] for row in table.rows}
    # Ana has the car; her scarf has no worth, so no tax is known. Boris has two boxes of 2 280.00.
    assert lines == {
        ("2026", "Ana Popescu", "flat tax"): (1, 5_000_000, 500_000),
        ("2026", "Ana Popescu", None): (1, 0, 0),
        ("2026", "=Борис", "flat tax"): (2, 456_000, 0),
    }


def test_december_is_paid_in_january_and_declared_in_the_same(shop: Shop) -> None:
    with shop.changing() as connection:
        connection.execute("UPDATE draw_claim SET day = ? WHERE place = 6", (day_from_iso("2026-12-31"),))
    (table,) = report(shop, "prize-tax", Wanted(first=day_from_iso("2026-12-01"), last=day_from_iso("2026-12-31"))).tables
    assert table.rows[0][5:] == (day_from_iso("2027-01-20"), "PIT-8AR", day_from_iso("2027-01-31"))
