"""Voids: tickets struck out between close and draw, whose numbers stay, and a kill at any moment."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.proof.files import read_hashes
from loyalty_cli.draws.striking import Struck
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws import folder as module
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.folder import add_in_place
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.verify import draw_verify
from loyalty_cli.operations.draws.void import draw_void

if TYPE_CHECKING:
    from loyalty_cli.model.draw import Randomness
    from tests.operations.draws.conftest import DrawShop

# Pseudonyms are sorted, so the members' tickets lie in another order than their numbers; see `range_of`.


@pytest.fixture
def closed(there: DrawShop) -> DrawShop:
    """The draw, closed, with cards 2901 to 2905 for its five members."""
    for member in range(1, 6):
        there.change("INSERT INTO card (number, member_id) VALUES (?, ?)", f"290{member}", member)
    draw_close(there.shop, "spring draw")
    return there


def range_of(there: DrawShop, member: int) -> list[int]:
    """The numbers of a member's tickets, counted in the published list."""
    ((pseudonym,),) = there.ask(f"SELECT pseudonym FROM draw_entrant WHERE member_id = {member}")
    lines = (there.folder / "entries.txt").read_text().split("\n")
    return [number for number, line in enumerate(lines, 1) if line == pseudonym]


def void_file(there: DrawShop) -> list[int]:
    """What void.txt says; its hash stands in hashes.txt and in the database."""
    content = (there.folder / "void.txt").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert f"{digest}  void.txt\n" in (there.folder / "hashes.txt").read_text()
    assert there.ask("SELECT void_sha256 FROM draw") == [(digest,)]
    return [int(line) for line in content.decode().split("\n")[:-1]]


def test_a_ticket_is_struck_out_and_no_number_shifts(closed: DrawShop) -> None:
    entries = (closed.folder / "entries.txt").read_bytes()
    outcome = draw_void(closed.shop, "spring draw", Struck(ticket=9, code="returned", reason="receipt 4711"), by="Ewa")
    assert (outcome.data["tickets"], outcome.data["void"]) == ([9], 1)
    assert void_file(closed) == [9]
    assert (closed.folder / "entries.txt").read_bytes() == entries
    assert closed.ask("SELECT ticket, code, reason, by FROM draw_void") == [(9, "returned", "receipt 4711", "Ewa")]
    assert draw_verify(closed.folder).exit_code == ExitCode.OK


def test_a_card_loses_its_last_tickets_or_all(closed: DrawShop) -> None:
    five = range_of(closed, 3)
    draw_void(closed.shop, "spring draw", Struck(card="2903", count=2, code="returned"))
    assert void_file(closed) == five[3:]
    draw_void(closed.shop, "spring draw", Struck(card="2903", count=1, code="returned"))
    assert void_file(closed) == five[2:]
    draw_void(closed.shop, "spring draw", Struck(card="2903", code="blocked"))
    assert void_file(closed) == five
    with pytest.raises(Refused, match="in spring draw: 0"):
        draw_void(closed.shop, "spring draw", Struck(card="2903", count=1, code="returned"))


def test_the_reasons_are_published_without_the_words(closed: DrawShop) -> None:
    draw_void(closed.shop, "spring draw", Struck(ticket=12, code="blocked", reason="stole a reel"))
    draw_void(closed.shop, "spring draw", Struck(ticket=3, code="returned"))
    draw_void(closed.shop, "spring draw", Struck(ticket=7, code="blocked"))
    text = (closed.folder / "hashes.txt").read_text()
    assert "# void, blocked: 7 12\n# void, returned: 3\n" in text
    assert read_hashes(text).voided == ((3, "returned"), (7, "blocked"), (12, "blocked"))
    assert "reel" not in text


def test_striking_out_twice_changes_nothing(closed: DrawShop) -> None:
    draw_void(closed.shop, "spring draw", Struck(ticket=9, code="returned"))
    assert draw_void(closed.shop, "spring draw", Struck(ticket=9, code="blocked")).quiet
    assert closed.ask("SELECT ticket, code FROM draw_void") == [(9, "returned")]


@pytest.mark.parametrize(
    ("struck", "error"),
    [
        (Struck(ticket=21, code="returned"), "tickets 1 to 20"),
        (Struck(ticket=0, code="returned"), "tickets 1 to 20"),
        (Struck(ticket=1, code="bad luck"), "not a reason"),
        (Struck(card="2999", code="returned"), "no card 2999"),
        (Struck(code="returned"), "Name either"),
    ],
)
def test_what_is_no_ticket_or_no_reason_is_refused(closed: DrawShop, struck: Struck, error: str) -> None:
    with pytest.raises(LoyaltyError, match=error):
        draw_void(closed.shop, "spring draw", struck)
    assert void_file(closed) == []


def test_nothing_is_struck_out_of_an_open_draw_or_once_it_is_run(there: DrawShop, chance: Randomness, evening: str) -> None:
    with pytest.raises(Refused, match="is not closed"):
        draw_void(there.shop, "spring draw", Struck(ticket=1, code="returned"))
    draw_close(there.shop, "spring draw")
    draw_run(there.at(evening), "spring draw", chance=chance)
    with pytest.raises(Refused, match="was run on"):
        draw_void(there.at(evening), "spring draw", Struck(ticket=1, code="returned"))


def test_a_run_passes_over_what_was_struck_out(closed: DrawShop, chance: Randomness, evening: str) -> None:
    for card in ("2901", "2902", "2903", "2904"):
        draw_void(closed.shop, "spring draw", Struck(card=card, code="blocked"))
    outcome = draw_run(closed.at(evening), "spring draw", chance=chance)
    # Only member 5 has live tickets, and one member wins one prize.
    ((winner,),) = closed.ask("SELECT member_id FROM draw_winner")
    assert winner == 5
    assert draw_verify(closed.folder).exit_code == ExitCode.OK, outcome.said


def test_a_dry_run_strikes_nothing_out(closed: DrawShop) -> None:
    draw_void(closed.shop, "spring draw", Struck(ticket=9, code="returned"), dry_run=True)
    assert void_file(closed) == []


def killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("moves", [0, 1])
def test_killed_between_commit_and_the_last_file_the_next_command_finishes_it(
    closed: DrawShop, monkeypatch: pytest.MonkeyPatch, chance: Randomness, evening: str, moves: int
) -> None:
    draw_void(closed.shop, "spring draw", Struck(ticket=4, code="blocked"))

    def stopped(folder: object, names: object) -> None:
        real(folder, list(names)[:moves])  # type: ignore[arg-type, call-overload]
        raise KeyboardInterrupt

    real = add_in_place
    with monkeypatch.context() as patch:
        patch.setattr(module, "add_in_place", stopped)
        with pytest.raises(KeyboardInterrupt):
            draw_void(closed.at("2026-04-19T09:00:00+00:00"), "spring draw", Struck(ticket=9, code="returned"))
    draw_run(closed.at(evening), "spring draw", chance=chance)
    assert void_file(closed) == [4, 9]
    assert draw_verify(closed.folder).exit_code == ExitCode.OK


def test_killed_before_the_commit_nothing_has_happened(closed: DrawShop, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("loyalty_cli.store.draws.draws.keep", killed)
        with pytest.raises(KeyboardInterrupt):
            draw_void(closed.shop, "spring draw", Struck(ticket=9, code="returned"))
    assert void_file(closed) == []
    assert closed.ask("SELECT count(*) FROM draw_void") == [(0,)]


def test_a_void_list_that_somebody_changed_is_not_mended_in_silence(closed: DrawShop, chance: Randomness, evening: str) -> None:
    draw_void(closed.shop, "spring draw", Struck(ticket=9, code="returned"))
    (closed.folder / "void.txt").write_bytes(b"8\n")
    with pytest.raises(Refused, match=r"void\.txt is not what was frozen"):
        draw_run(closed.at(evening), "spring draw", chance=chance)


def test_a_removed_folder_comes_back_with_its_voids(closed: DrawShop) -> None:
    draw_void(closed.shop, "spring draw", Struck(ticket=9, code="returned"))
    before = {path.name: path.read_bytes() for path in closed.folder.iterdir()}
    for path in closed.folder.iterdir():
        path.unlink()
    closed.folder.rmdir()
    draw_close(closed.shop, "spring draw")
    assert {path.name: path.read_bytes() for path in closed.folder.iterdir()} == before
