"""The sampler against published draws; each vector names its source in the file."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from loyalty_cli.draws.methods.prizedraw import drawn
from loyalty_cli.draws.methods.prizedraw import picked_tickets
from loyalty_cli.draws.methods.prizedraw import seed_lines
from loyalty_cli.draws.methods.prizedraw import seed_of
from loyalty_cli.draws.methods.urn import Urn
from loyalty_cli.draws.numbers.drand import CHAINS
from loyalty_cli.draws.numbers.drand import first_round_after
from loyalty_cli.draws.numbers.drand import first_round_from
from loyalty_cli.draws.numbers.drand import QUICKNET
from loyalty_cli.draws.numbers.drand import round_of
from loyalty_cli.draws.numbers.drand import value_of
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.draw import Randomness

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "draw_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("draw", VECTORS["rivest_sampler_with_replacement"]["draws"], ids=lambda draw: str(draw["total"]))
def test_picks_are_those_of_rivests_sampler(draw: dict[str, Any]) -> None:
    assert list(islice(picked_tickets(draw["seed"], draw["total"]), len(draw["expected"]))) == draw["expected"]


def test_a_ticket_that_has_won_is_passed_over_as_in_rivests_transcript() -> None:
    vector = VECTORS["rivest_sampler_without_replacement"]
    rules = DrawRules(name="a", first_day=1, last_day=2, prizes=[("prize", 47)], wins="any number")
    result = drawn(vector["seed"], Urn(tickets=876, entrants=876, entrant_of=str), rules)
    assert [winner.ticket for winner in result.winners] == vector["expected"]
    # The transcript rejects count 32 (611 again) and so ends at count 48.
    assert [pick.number for pick in result.picks if pick.result == "ticket-won"] == [32]
    assert result.picks[-1].number == 48


def test_the_seed_and_the_picks_of_prizedraw_1() -> None:
    vector = VECTORS["prizedraw_1"]
    owners = vector["entries"].split("\n")[:-1]
    frozen = Frozen(
        draw="spring-2025",
        tickets=20,
        closed_at="",
        entries=sha256_of(vector["entries"]),
        void=sha256_of(vector["void"]),
        rules=sha256_of(vector["rules"]),
    )
    chance = Randomness(public=vector["lines"][5])
    assert list(seed_lines(frozen, chance)) == vector["lines"]
    seed = seed_of(vector["lines"])
    assert seed == vector["seed"]
    urn = Urn(tickets=20, entrants=5, entrant_of=lambda ticket: owners[ticket - 1], void=frozenset({6}))
    result = drawn(seed, urn, DrawRules(name="a", first_day=1, last_day=2, prizes=[("prize", 5)]))
    assert [list(pick[:4]) for pick in result.picks] == vector["picks"]


@pytest.mark.parametrize("name", ["quicknet", "default"])
def test_a_drand_chain_is_known_by_its_hash(name: str) -> None:
    vector = VECTORS["drand"][name]
    assert CHAINS[vector["chain_hash"]] == (vector["chain_hash"], vector["genesis"], vector["period"])


@pytest.mark.parametrize("published", VECTORS["drand"]["quicknet"]["rounds"], ids=lambda one: str(one["round"]))
def test_a_drand_value_is_the_hash_of_its_signature(published: dict[str, Any]) -> None:
    assert value_of(published["signature"]) == published["randomness"]


def test_the_moment_of_a_drand_round() -> None:
    # The published times: 2026-04-20T00:00:00Z = 1,776,643,200 s, 12:30:45Z = 45,045 s later.
    rounds = [number for _, number in VECTORS["drand"]["quicknet"]["round_at"]]
    # The newest round by then: the one before the first that is published after it.
    assert [first_round_from(QUICKNET, 1_776_643_200 + passed + 1) - 1 for passed in (0, 45_045)] == rounds


def test_the_first_round_a_close_allows_lies_ten_seconds_after_it() -> None:
    # Round 5 is at genesis + 12 s, the first at least 10 s after a close at the genesis.
    assert first_round_after(QUICKNET, QUICKNET.genesis) == 5
    # genesis + 2 + 10 = genesis + 12, which is round 5 exactly; one second later it is round 6.
    assert first_round_after(QUICKNET, QUICKNET.genesis + 2) == 5
    assert first_round_after(QUICKNET, QUICKNET.genesis + 3) == 6


def test_a_public_line_names_its_round_and_moment() -> None:
    named = round_of(VECTORS["prizedraw_1"]["lines"][5])
    assert named is not None
    assert (named.number, named.at) == (1000, 1_692_803_367 + 999 * 3)
    assert round_of("dice 4261") is None
    assert round_of("drand unknown 1 ff") is None
