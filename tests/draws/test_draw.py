"""Drawing by lot: who can win what, what stays empty, and that chance is fair."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.draws.methods.prizedraw import drawn
from loyalty_cli.draws.methods.urn import Urn
from loyalty_cli.model.draw import DrawResult
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.draw import Wins

SEEDS = st.integers(0, 2**64).map(str)
HOLDINGS = st.lists(st.integers(1, 6), min_size=1, max_size=8)


def urn_for(tickets: list[int], void: frozenset[int] = frozenset()) -> Urn:
    """Entrants A, B, C… with so many tickets each."""
    owners = [chr(65 + index) for index, count in enumerate(tickets) for _ in range(count)]
    live = {owner for number, owner in enumerate(owners, 1) if number not in void}
    return Urn(tickets=len(owners), entrants=len(live), entrant_of=lambda ticket: owners[ticket - 1], void=void)


def result_of(
    tickets: list[int],
    prizes: dict[str, int],
    *,
    reserves: int = 0,
    wins: Wins = "one prize",
    seed: str = "1",
    void: frozenset[int] = frozenset(),
) -> DrawResult:
    rules = DrawRules(name="draw", first_day=1, last_day=2, prizes=tuple(prizes.items()), reserves=reserves, wins=wins)
    return drawn(seed, urn_for(tickets, void), rules)


def test_with_more_prizes_than_entrants_everybody_wins_and_the_rest_stays_empty() -> None:
    result = result_of([3, 1], {"machine": 1, "box": 4}, reserves=2)
    assert {winner.entrant for winner in result.winners} == {"A", "B"}
    # 5 prizes, 2 entrants with one each: the machine and a box go, 3 boxes stay; nobody is left as reserve.
    assert [winner.prize for winner in result.winners] == ["machine", "box"]
    assert result.empty == (("box", 3),)


def test_one_entrant_with_one_ticket_wins_at_once() -> None:
    result = result_of([1], {"machine": 1}, reserves=1)
    assert [(pick.ticket, pick.result) for pick in result.picks] == [(1, "win")]


def test_one_of_each_kind_lets_a_single_ticket_win_every_kind_once() -> None:
    result = result_of([1], {"machine": 2, "box": 1}, wins="one of each kind")
    assert [winner.prize for winner in result.winners] == ["machine", "box"]
    assert result.empty == (("machine", 1),)


def test_any_number_ends_when_every_ticket_has_won() -> None:
    result = result_of([2, 1], {"box": 5}, wins="any number")
    # 3 tickets, 5 boxes: every ticket wins one, 2 stay.
    assert sorted(winner.ticket for winner in result.winners) == [1, 2, 3]
    assert result.empty == (("box", 2),)


def test_reserves_are_entrants_who_have_won_nothing_whatever_the_rule() -> None:
    wins: Wins
    for wins in ("one prize", "one of each kind", "any number"):
        result = result_of([1, 1, 1, 1], {"box": 1}, reserves=5, wins=wins)
        assert [winner.reserve for winner in result.winners] == [False, True, True, True]
        assert len({winner.entrant for winner in result.winners}) == 4


def test_a_void_ticket_is_passed_over_and_numbers_do_not_shift() -> None:
    whole = result_of([1, 1, 1, 1, 1], {"box": 1})
    first = whole.picks[0].ticket
    result = result_of([1, 1, 1, 1, 1], {"box": 1}, void=frozenset({first}))
    assert (result.picks[0].ticket, result.picks[0].result) == (first, "void")
    assert all(pick.ticket != first for pick in result.picks if pick.result == "win")


def test_an_entrant_all_of_whose_tickets_are_void_does_not_count() -> None:
    result = result_of([2, 1], {"box": 2}, void=frozenset({1, 2}))
    assert [winner.entrant for winner in result.winners] == ["B"]
    assert result.empty == (("box", 1),)


@given(HOLDINGS, SEEDS, st.integers(0, 6), st.integers(0, 4))
@settings(max_examples=200)
def test_nobody_wins_twice_and_every_place_goes_while_somebody_could_win(tickets: list[int], seed: str, boxes: int, reserves: int) -> None:
    result = result_of(tickets, {"machine": 1, "box": boxes}, reserves=reserves, seed=seed)
    entrants = [winner.entrant for winner in result.winners]
    assert len(set(entrants)) == len(entrants) == min(len(tickets), 1 + boxes + reserves)
    assert [pick.number for pick in result.picks] == list(range(1, len(result.picks) + 1))


@given(HOLDINGS, SEEDS)
@settings(max_examples=100)
def test_the_same_seed_and_tickets_give_the_same_draw(tickets: list[int], seed: str) -> None:
    assert result_of(tickets, {"box": 3}, seed=seed) == result_of(tickets, {"box": 3}, seed=seed)


def test_sixty_thousand_draws_are_fair_in_proportion_to_tickets() -> None:
    """A, B, C with 1, 2 and 5 tickets: the order of winners as if drawn one after another in proportion.

    For example P(C, B, A) = 5/8 x 2/3 x 1; the chi-square of six orders has five degrees of freedom, critical
    value 20.5 at 0.1 %. The seeds are fixed, so the figure is always the same.
    """
    draws = 60_000
    weights = {"A": 1, "B": 2, "C": 5}
    seen: Counter[str] = Counter()
    for number in range(draws):
        result = result_of([1, 2, 5], {"box": 3}, seed=f"draw {number}")
        seen["".join(winner.entrant for winner in result.winners)] += 1
    chi_square = 0.0
    for first, second, third in permutations("ABC"):
        expected = draws * weights[first] / 8 * weights[second] / (8 - weights[first])
        chi_square += (seen[first + second + third] - expected) ** 2 / expected
    assert chi_square < 20.5
