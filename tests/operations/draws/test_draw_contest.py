"""Ranked contests: who did most wins, ties go as the rules say, and the close is the end of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.striking import Struck
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.open import draw_open
from loyalty_cli.operations.draws.result import draw_result
from loyalty_cli.operations.draws.result import Typed
from loyalty_cli.operations.draws.tickets import draw_tickets
from loyalty_cli.operations.draws.verify import draw_verify
from loyalty_cli.operations.draws.void import draw_void
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

CONTEST = """  best buyers:
    dates: 2027-03-01 to 2027-05-31
    contest: {contest}
    prizes: {{weekend: 1, hamper: 1}}
    reserves: 1
    claim_within: 14 days
"""


def contest(folder: Path, by: str, more: str = "", *, head: str = HEAD) -> Shop:
    """A shop with a contest, at its close."""
    return at(announced_shop(folder, CONTEST.format(contest=by) + more, head=head), CLOSING)


def ranking(shop: Shop) -> list[tuple[int, str]]:
    """Member and score in the frozen order, as kept and as published."""
    with shop.reading() as connection:
        rows = connection.execute("SELECT member_id, pseudonym, score FROM draw_rank ORDER BY place").fetchall()
    lines = (shop.database.parent / "draws/best-buyers/entries.txt").read_text().split("\n")[:-1]
    assert lines == [f"{pseudonym} {score}" for _, pseudonym, score in rows]
    return [(member, score.split(" ")[0]) for member, _, score in rows]


def winners(shop: Shop) -> list[tuple[object, ...]]:
    """Place, prize, whether a reserve, member."""
    with shop.reading() as connection:
        return connection.execute("SELECT place, prize, reserve, member_id FROM draw_winner ORDER BY place").fetchall()


def test_most_visits_counts_a_day_in_a_store_once_and_the_best_take_the_prizes(tmp_path: Path) -> None:
    shop = contest(tmp_path, "most visits")
    for day in ("2027-03-01", "2027-03-02"):
        buy(shop, 1, day, 1000)
    for clock in (36_000, 40_000, 44_000):
        buy(shop, 2, "2027-03-01", 1000, clock=clock)
    for day in ("2027-03-05", "2027-03-06", "2027-05-31", "2027-06-01"):
        buy(shop, 3, day, 1000)
    recalc(at(shop, "2027-06-02T06:00:00+00:00"))
    draw_close(at(shop, "2027-06-02T06:00:00+00:00"), "best buyers")
    # Member 3: three days in the period; member 1: two; member 2: one day, however often.
    assert ranking(shop) == [(3, "3"), (1, "2"), (2, "1")]
    assert winners(shop) == [(1, "weekend", 0, 3), (2, "hamper", 0, 1), (3, "", 1, 2)]


def test_most_bought_is_less_returns_and_of_the_same_who_reached_it_first_is_ahead(tmp_path: Path) -> None:
    shop = contest(tmp_path, "most bought")
    buy(shop, 1, "2027-03-10", 10_000)
    buy(shop, 2, "2027-03-09", 10_000)
    buy(shop, 3, "2027-03-01", 15_000, "A")
    buy(shop, 3, "2027-03-20", -6_000, "A")
    recalc(shop)
    draw_close(shop, "best buyers")
    # 100.00 and 100.00, the one of 9 March first; 150.00 - 60.00 = 90.00.
    assert ranking(shop) == [(2, "100.00"), (1, "100.00"), (3, "90.00")]


def test_ties_can_go_by_who_joined_first(tmp_path: Path) -> None:
    shop = contest(tmp_path, "most bought", "    ties: who joined first\n")
    changed(shop, "UPDATE member SET joined = ? WHERE id = 1", day_from_iso("2027-01-05"))
    changed(shop, "UPDATE member SET joined = ? WHERE id = 2", day_from_iso("2027-01-06"))
    buy(shop, 1, "2027-03-10", 10_000)
    buy(shop, 2, "2027-03-09", 10_000)
    buy(shop, 3, "2027-03-01", 10_000)
    recalc(shop)
    draw_close(shop, "best buyers")
    # Whose joining day is not known comes last.
    assert ranking(shop) == [(1, "100.00"), (2, "100.00"), (3, "100.00")]


def test_most_points_are_those_earned_in_the_period(tmp_path: Path) -> None:
    head = HEAD.replace("draws:\n", "points: {earn: {basic: {points: 1, for_every: 1.00}}, usable_after: 14 days}\ndraws:\n")
    shop = contest(tmp_path, "most points", head=head)
    buy(shop, 1, "2027-02-25", 50_000)
    buy(shop, 1, "2027-03-01", 3_000)
    buy(shop, 2, "2027-05-31", 4_000, "A")
    buy(shop, 2, "2027-05-31", -500, "A", clock=50_000)
    changed(
        shop,
        "INSERT INTO adjustment (member_id, asset, quantity, day, at, by, reason, key) VALUES (3, 'points', 999, ?, '', '', '', 'k')",
        day_from_iso("2027-04-01"),
    )
    recalc(shop, everyone=True)
    draw_close(shop, "best buyers")
    # Member 2: 40 - 5 = 35, still pending; member 1: 30, the 500 of February do not count; member 3's were a present.
    assert ranking(shop) == [(2, "35"), (1, "30")]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("highest result", [(2, "12.500"), (1, "9.000"), (3, "8.000")]),
        ("lowest result", [(1, "7.250"), (3, "8.000"), (2, "10.000")]),
    ],
)
def test_the_best_of_the_results_typed_in_counts(tmp_path: Path, by: str, expected: list[tuple[int, str]]) -> None:
    shop = contest(tmp_path, by)
    april = at(shop, "2027-04-01T10:00:00+00:00")
    for key, card, result in (
        ("a", "2901", "9"),
        ("b", "2901", "7.25"),
        ("c", "2902", "12.5"),
        ("d", "2902", "10"),
        ("e", "2903", "8"),
    ):
        draw_result(april, "best buyers", Typed(card=card, result=result), key=key)
    assert draw_result(april, "best buyers", Typed(card="2903", result="8"), key="e").quiet
    with pytest.raises(Refused, match="used for another result"):
        draw_result(april, "best buyers", Typed(card="2903", result="9"), key="e")
    draw_close(shop, "best buyers")
    assert ranking(shop) == expected


@pytest.mark.parametrize("result", ["-1", "1.2345", "fast"])
def test_a_result_is_a_number_from_0_up(tmp_path: Path, result: str) -> None:
    with pytest.raises(LoyaltyError):
        draw_result(contest(tmp_path, "highest result"), "best buyers", Typed(card="2901", result=result), key="a")


def test_results_come_in_time_and_only_where_they_are_asked_for(tmp_path: Path) -> None:
    typed = Typed(card="2901", result="5")
    with pytest.raises(Refused, match="Results of best buyers are of"):
        draw_result(contest(tmp_path, "highest result"), "best buyers", typed, key="a")
    with pytest.raises(Refused, match="does not go by results"):
        draw_result(contest(tmp_path, "most visits"), "best buyers", typed, key="a")


def test_those_left_out_have_no_place(tmp_path: Path) -> None:
    shop = contest(tmp_path, "most bought", "    excluded: {groups: staff}\n")
    changed(shop, "INSERT INTO member_group (member_id, name, from_day) VALUES (1, 'staff', 1)")
    buy(shop, 1, "2027-03-10", 90_000)
    buy(shop, 2, "2027-03-10", 100)
    recalc(shop)
    outcome = draw_close(shop, "best buyers")
    assert outcome.data["excluded"] == {"group staff": 1}
    assert ranking(shop) == [(2, "1.00")]
    # One entrant, two prizes and a reserve: two places stay empty.
    assert winners(shop) == [(1, "weekend", 0, 2)]


def test_a_contest_is_announced_without_a_number_and_closed_once(tmp_path: Path) -> None:
    shop = contest(tmp_path, "most bought")
    opened = draw_open(at(shop, "2027-02-20T09:00:00+00:00"), "best buyers")
    assert "A ranking, not a draw: the first places win. It goes by: most bought." in "\n".join(map(str, opened.said))
    buy(shop, 1, "2027-03-10", 10_000)
    recalc(shop)
    draw_close(shop, "best buyers")
    assert draw_close(shop, "best buyers").quiet
    assert draw_verify(shop.database.parent / "draws/best-buyers").exit_code == ExitCode.OK
    buy(shop, 2, "2027-03-11", 20_000)
    recalc(shop)
    with pytest.raises(Refused, match="tickets have changed since then: 1"):
        draw_close(shop, "best buyers")
    assert ranking(shop) == [(1, "100.00")]


def test_the_ranking_file_is_the_one_whose_hash_is_printed(tmp_path: Path) -> None:
    shop = contest(tmp_path, "most bought")
    buy(shop, 1, "2027-03-10", 10_000)
    recalc(shop)
    outcome = draw_close(shop, "best buyers")
    entries = (shop.database.parent / "draws/best-buyers/entries.txt").read_bytes()
    assert outcome.data["entries_sha256"] == hashlib.sha256(entries).hexdigest()
    # 10 March, 12:00 by the till, which the builder keeps as UTC.
    assert entries.decode().endswith(" 100.00 2027-03-10T12:00:00Z\n")


def test_the_preview_of_a_contest_shows_scores(tmp_path: Path) -> None:
    shop = contest(tmp_path, "most bought")
    buy(shop, 1, "2027-03-10", 10_050)
    recalc(shop)
    (one,) = draw_tickets(shop, "best buyers").tables[0].rows
    assert one[2:] == ("100.50", 1, "")


def test_a_draw_that_the_program_does_not_have_is_not_called_open(tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError, match="The program in force has no draw best byers"):
        draw_void(contest(tmp_path, "most visits"), "best byers", Struck(ticket=1, code="returned"))
