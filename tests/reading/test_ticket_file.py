"""A frozen ticket file: counted and hashed in one pass, any line found again."""

from __future__ import annotations

import hashlib
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from loyalty_cli.reading.csv.tickets import BLOCK
from loyalty_cli.reading.csv.tickets import ticket_file


def test_every_line_of_a_file_longer_than_a_block_is_found_again() -> None:
    # 4,000 owners of 1 to 4 tickets with names of 5 to 44 bytes: about 250 kB, eight blocks.
    owners = [f"{number:05}" + "x" * (number % 40) for number in range(4000) for _ in range(1 + number % 4)]
    content = "".join(f"{owner}\n" for owner in owners).encode()
    assert len(content) > 5 * BLOCK
    tickets = ticket_file(BytesIO(content))
    assert (tickets.tickets, tickets.sha256) == (len(owners), hashlib.sha256(content).hexdigest())
    assert [tickets.entrant_of(number) for number in range(1, len(owners) + 1)] == owners
    assert tickets.entrants(enough=10**9) == 4000
    assert tickets.entrants(enough=10) >= 10


@given(
    st.lists(st.text(st.characters(codec="ascii", exclude_characters="\n"), max_size=5), max_size=20),
    st.data(),
)
def test_entrants_are_those_with_a_ticket_that_is_not_void(owners: list[str], data: st.DataObject) -> None:
    void = data.draw(st.frozensets(st.integers(1, len(owners)))) if owners else frozenset()
    tickets = ticket_file(BytesIO("".join(f"{owner}\n" for owner in owners).encode()))
    live = {owner for number, owner in enumerate(owners, 1) if number not in void}
    assert tickets.entrants(void=void, enough=10**9) == len(live)


def test_a_last_line_without_an_end_is_no_ticket() -> None:
    assert ticket_file(BytesIO(b"a\nb\nc")).tickets == 2
    assert ticket_file(BytesIO(b"")).tickets == 0
