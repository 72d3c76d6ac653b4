"""The facts of rules.txt are read back as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.draws.proof.facts import rules_txt
from loyalty_cli.draws.proof.files import hashes_txt
from loyalty_cli.draws.proof.files import read_hashes
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.draw import Formalities
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.draw import NumberSource

FULL = DrawRules(
    name="wiosna",
    first_day=day_from_iso("2027-03-01"),
    last_day=day_from_iso("2027-05-31"),
    prizes=(("samochód", 1), ("box, large", 10)),
    reserves=5,
    wins="one of each kind",
    rules_text="one_ticket_for_every: 50.00",
    method="vrs",
    worth=(("samochód", 5_000_000), ("box, large", 5)),
    currency="PLN",
    digits=2,
    claim_within=Span(count=1, unit="months"),
    source=NumberSource(kind="drand quicknet", round=39_805_012, at="2027-06-05T18:00:00+00:00"),
    formalities=Formalities(
        country="PL",
        organiser="Fabric: Corner",
        permit="1/2",
        notary="N",
        place="P",
        results_on=day_from_iso("2027-06-10"),
    ),
    commitment="ab" * 32,
    excluded=(("group staff", 3), ("blocked", 1)),
)


def test_every_fact_has_a_line() -> None:
    assert rules_txt(FULL).split("\n\n")[0].split("\n")[:6] == [
        "draw: wiosna",
        "dates: 2027-03-01 to 2027-05-31",
        "prize: 1 x samochód",
        "prize: 10 x box, large",
        "worth: 50000.00 PLN each, samochód",
        "worth: 0.05 PLN each, box, large",
    ]


def test_rules_with_everything_are_read_back() -> None:
    text = rules_txt(FULL)
    again = read_rules(text)
    assert rules_txt(again) == text
    assert (again.worth, again.source, again.claim_within) == (FULL.worth, FULL.source, FULL.claim_within)
    assert (again.formalities, again.excluded, again.method) == (FULL.formalities, FULL.excluded, FULL.method)


def test_rules_of_the_first_release_are_read_as_before() -> None:
    text = "draw: a\ndates: 2027-03-01 to 2027-05-31\nprize: 1 x car\nreserves: 2\nwins: one prize\n"
    rules = read_rules(text)
    assert (rules.method, rules.contest, rules.source) == ("prizedraw/1", "", NumberSource())
    assert rules_txt(rules) == text


@pytest.mark.parametrize(
    "line",
    [
        "method: lots",
        "number from: roulette",
        "worth: 5.00 car",
        "claim within: 5 moons",
        "excluded: some",
        "contest: x",
    ],
)
def test_a_fact_that_is_none_is_refused(line: str) -> None:
    text = f"draw: a\ndates: 2027-03-01 to 2027-05-31\nreserves: 2\nwins: one prize\n{line}\n"
    with pytest.raises(ValueError):  # noqa: PT011
        read_rules(text)


@given(st.dictionaries(st.integers(1, 10**7), st.sampled_from(["returned", "blocked", "own wish"]), max_size=20))
def test_void_reasons_are_read_back_from_the_hashes(voided: dict[int, str]) -> None:
    frozen = Frozen(
        draw="a",
        tickets=10**7,
        closed_at="2027-06-01T00:00:00+00:00",
        entries="0" * 64,
        void="1" * 64,
        rules="2" * 64,
        voided=tuple(sorted(voided.items())),
    )
    assert read_hashes(hashes_txt(frozen)) == frozen
