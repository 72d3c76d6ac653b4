"""A draw in the database is compared with its proofs and its folder, whatever its seals say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.claiming import Claiming
from loyalty_cli.draws.numbers import chance as draw_chance
from loyalty_cli.draws.striking import Struck
from loyalty_cli.operations.draws.claim import draw_claim
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.compared import differing_draws
from loyalty_cli.operations.draws.redraw import draw_redraw
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.void import draw_void
from loyalty_cli.store.seals.broken import seals_proven_by

if TYPE_CHECKING:
    from tests.operations.draws.conftest import DrawShop

NAME = "spring draw"
LATER = "2026-04-23T08:00:00+00:00"


@pytest.fixture
def drawn(there: DrawShop, evening: str) -> DrawShop:
    """A draw with a void ticket, a place passed to a reserve and one drawn again."""
    draw_close(there.shop, NAME)
    draw_void(there.shop, NAME, Struck(code="blocked", ticket=1))
    draw_run(there.at(evening), NAME, chance=draw_chance.from_public("1-2-3-4"))
    for place in (1, 2):
        draw_claim(there.at(LATER), NAME, place, claiming=Claiming(what="refused"))
    draw_redraw(there.at(LATER), NAME, 2)
    draw_redraw(there.at(LATER), NAME, 1, chance=draw_chance.from_public("5-6-7-8"))
    return there


def differing(there: DrawShop) -> list[str]:
    """What is not as it was published."""
    with there.shop.reading() as connection:
        return [what for _, what in differing_draws(there.shop, connection)]


def test_a_draw_that_went_its_way_is_as_published(drawn: DrawShop) -> None:
    assert differing(drawn) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE draw_entrant SET tickets = tickets + 1 WHERE member_id = 3", "entries.txt"),
        ("UPDATE draw_void SET ticket = 2", "void.txt"),
        ("UPDATE draw_void SET code = 'own wish'", "hashes.txt"),
        ("DELETE FROM draw_void", "void.txt"),
        ("UPDATE draw SET rules = rules || 'x'", "rules.txt"),
        ("UPDATE draw SET proof = 'x'", "proof.json"),
        ("UPDATE draw_winner SET prize = 'two sewing machines' WHERE place = 1", "winners"),
        ("UPDATE draw_winner SET pseudonym = 'somebody' WHERE place = 3", "winners"),
        ("UPDATE draw_claim SET what = 'accepted' WHERE place = 1", "winners: 1"),
        ("DELETE FROM draw_claim WHERE place = 2", "winners: 2"),
        ("UPDATE draw_redraw SET proof = replace(proof, '5-6-7-8', '5-6-7-9') WHERE number > 0", "proof-2.json"),
        ("UPDATE draw SET closed_at = '2026-04-19T08:00:01+00:00'", "hashes.txt"),
    ],
)
def test_a_row_that_says_otherwise_than_the_proofs_is_named(drawn: DrawShop, statement: str, what: str) -> None:
    drawn.change(statement)
    assert differing(drawn)[0] == what


@pytest.mark.parametrize("file", ["entries.txt", "void.txt", "rules.txt", "hashes.txt", "proof.json", "proof-2.json", "redraws.txt"])
def test_a_published_file_that_was_changed_is_named(drawn: DrawShop, file: str) -> None:
    path = drawn.folder / file
    path.write_bytes(path.read_bytes() + b"x")
    assert differing(drawn) == [file]


def test_who_seals_all_rows_anew_has_not_the_proof_that_was_published(drawn: DrawShop) -> None:
    with drawn.shop.changing() as connection:
        connection.execute("UPDATE seal SET sha256 = substr(sha256, 2) || substr(sha256, 1, 1)")
    assert differing(drawn) == ["hashes.txt"]


def test_a_close_and_a_run_print_the_proof_of_the_rows_behind_them_and_it_is_found_later(there: DrawShop, evening: str) -> None:
    outcomes = [draw_close(there.shop, NAME), draw_run(there.at(evening), NAME, chance=draw_chance.from_public("1-2-3-4"))]
    proofs = [str(outcome.data["proof"]) for outcome in outcomes]
    assert [str(outcome.said[-1]) for outcome in outcomes] == [f"Proof of everything until now: {proof}" for proof in proofs]
    there.change("UPDATE member SET name = 'Somebody' WHERE id = 1")
    with there.shop.reading() as connection:
        assert [len(seals_proven_by(connection, proof)) for proof in proofs] == [1, 1]
        assert seals_proven_by(connection, "0" * 64) == []
