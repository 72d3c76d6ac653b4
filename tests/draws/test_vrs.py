"""Drawing by rank against the draft's own example; the vectors name their source in the file."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.draws.methods import vrs

VECTOR: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "draw_vectors.json").read_text(encoding="utf-8"))["vrs"]


def order_of(key: str, labels: list[str]) -> list[str]:
    return [labels[ticket - 1] for ticket in vrs.ranked(key, lambda: labels, len(labels))]


def test_the_chain_of_codes_is_the_drafts() -> None:
    links = vrs.chain(VECTOR["secret"], VECTOR["links"])
    assert links[-1] == VECTOR["published"]
    # H^9 is revealed in round 1, H^8 in round 2: each is the SHA-256 preimage of the link published before.
    assert [links[-2], links[-3]] == [one["code"] for one in VECTOR["rounds"]]
    assert vrs.commitment_of(links[-2]) == links[-1]
    assert [vrs.code_of_round(VECTOR["secret"], number) for number in (0, 1, 2)] == links[:-4:-1]


@pytest.mark.parametrize("number", [0, 1])
def test_the_lowest_ranks_of_each_round_are_the_drafts(number: int) -> None:
    one = VECTOR["rounds"][number]
    key = vrs.round_key(one["code"], VECTOR["randomness"])
    labels = sorted(VECTOR["labels"])
    order = order_of(key, labels)
    assert len(labels) == 144
    assert [(label, vrs.rank(key, label)) for label in order[: len(one["lowest"])]] == [tuple(each) for each in one["lowest"]]
    # The whole round: every rank in order, none twice.
    ranks = [vrs.rank(key, label) for label in order]
    assert ranks == sorted(ranks)
    assert sorted(order) == labels


def test_a_committed_text_that_is_no_code_is_hashed_as_text() -> None:
    assert vrs.commitment_of("ja") == hashlib.sha256(b"ja").hexdigest()


def test_further_tickets_of_an_entrant_have_labels_of_their_own() -> None:
    assert list(vrs.labels(["a", "a", "a", "b"])) == ["a", "a 2", "a 3", "b"]


@given(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=40).map(sorted), st.integers(0, 2**32))
@settings(max_examples=60)
def test_every_ticket_is_ranked_once_and_leaving_moves_nobody(tickets: list[str], salt: int) -> None:
    key = hashlib.sha256(b"%d" % salt).hexdigest()
    order = list(vrs.ranked(key, lambda: tickets, len(tickets)))
    assert sorted(order) == list(range(1, len(tickets) + 1))
    labels = list(vrs.labels(tickets))
    leaver = tickets[-1]
    left = [label for label, owner in zip(labels, tickets, strict=True) if owner != leaver]
    owners = [owner for owner in tickets if owner != leaver]
    shrunk = [left[ticket - 1] for ticket in vrs.ranked(key, lambda: owners, len(owners))]
    assert shrunk == [labels[ticket - 1] for ticket in order if tickets[ticket - 1] != leaver]


def test_a_list_longer_than_the_first_look_is_ranked_wholly(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for 5 ranks a look, 100 tickets need several; the order is that of a plain sort."""
    monkeypatch.setattr(vrs, "ENOUGH", 5)
    labels = [f"{number:03}" for number in range(100)]
    key = "5a" * 32
    assert order_of(key, labels) == sorted(labels, key=lambda label: vrs.rank(key, label))


def test_chance_is_fair_in_proportion_to_tickets() -> None:
    """8 tickets, 1, 2 and 5 of them A's, B's and C's, 8,000 rounds: the first is A's in 1 of 8, C's in 5 of 8.

    Two degrees of freedom, critical value 13.8 at 0.1 %; the keys are fixed, so the figure is always the same.
    """
    tickets = ["A", "B", "B", "C", "C", "C", "C", "C"]
    seen: Counter[str] = Counter()
    for number in range(8_000):
        key = hashlib.sha256(b"%d" % number).hexdigest()
        seen[tickets[next(vrs.ranked(key, lambda: tickets, 8)) - 1]] += 1
    expected = {"A": 1_000, "B": 2_000, "C": 5_000}
    assert sum((seen[one] - many) ** 2 / many for one, many in expected.items()) < 13.8
