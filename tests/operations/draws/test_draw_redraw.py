"""A place that was given up: to the next reserve, or drawn again with a proof of its own."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.claiming import Claiming
from loyalty_cli.draws.methods import vrs
from loyalty_cli.draws.numbers import chance as draw_chance
from loyalty_cli.draws.numbers.drand import first_round_after
from loyalty_cli.draws.numbers.drand import QUICKNET
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.kept_draw import Opening
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws import folder as draw_folder
from loyalty_cli.operations.draws.claim import draw_claim
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.redraw import draw_redraw
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.verify import draw_verify
from loyalty_cli.store.draws.openings import save_opening

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.draw import Wins
    from loyalty_cli.model.draw_method import Method
    from tests.operations.draws.conftest import DrawShop

NAME = "spring draw"
REFUSED_AT = "2026-04-25T10:00:00+00:00"
LATER = "2026-04-26T10:00:00+00:00"
ROUND = first_round_after(QUICKNET, int(datetime.fromisoformat(REFUSED_AT).timestamp()))
FRESH = draw_chance.from_drand(ROUND, "c3" * 32)


@pytest.fixture
def drawn(there: DrawShop, chance: Randomness, evening: str) -> DrawShop:
    """Eight members, three prizes, two reserves; the draw is made."""
    there.give({6: 2, 7: 4, 8: 1})
    draw_close(there.shop, NAME)
    draw_run(there.at(evening), NAME, chance=chance)
    return there


def give_up(there: DrawShop, *places: int) -> None:
    for place in places:
        draw_claim(there.at(REFUSED_AT), NAME, place, claiming=Claiming(what="refused", by="Anna"))


def holders(there: DrawShop) -> dict[int, str]:
    return {int(str(place)): str(who) for place, who in there.ask("SELECT place, pseudonym FROM draw_winner")}


def test_the_next_reserve_of_the_same_sequence_takes_the_place(drawn: DrawShop) -> None:
    before = {path.name: path.read_bytes() for path in drawn.folder.iterdir()}
    give_up(drawn, 2, 1)
    # Places 1 to 3 are prizes, 4 and 5 the reserves in their order.
    assert draw_redraw(drawn.at(LATER), NAME, 2).data["new_place"] == 4
    outcome = draw_redraw(drawn.at(LATER), NAME, 1)
    assert (outcome.data["new_place"], outcome.data["prize"]) == (5, "sewing machine")
    assert {path.name: path.read_bytes() for path in drawn.folder.iterdir()} == before
    give_up(drawn, 3)
    with pytest.raises(Refused, match="no reserve left"):
        draw_redraw(drawn.at(LATER), NAME, 3)


def test_a_reserve_who_moved_up_claims_or_gives_up_as_any_winner(drawn: DrawShop) -> None:
    give_up(drawn, 2)
    draw_redraw(drawn.at(LATER), NAME, 2)
    draw_claim(drawn.at(LATER), NAME, 4, claiming=Claiming(what="refused"))
    assert draw_redraw(drawn.at(LATER), NAME, 4).data["new_place"] == 5


def test_only_a_place_that_was_given_up_goes_to_somebody_else_and_only_once(drawn: DrawShop) -> None:
    with pytest.raises(Refused, match="has not been given up"):
        draw_redraw(drawn.at(LATER), NAME, 1)
    give_up(drawn, 1)
    draw_redraw(drawn.at(LATER), NAME, 1)
    for chance in (None, FRESH):
        with pytest.raises(Refused, match="already"):
            draw_redraw(drawn.at(LATER), NAME, 1, chance=chance)
    with pytest.raises(Refused, match="has gone to place 4"):
        draw_claim(drawn.at(LATER), NAME, 1, claiming=Claiming(what="accepted"))


def test_a_fresh_draw_has_a_proof_of_its_own_that_is_verified(drawn: DrawShop) -> None:
    give_up(drawn, 1)
    outcome = draw_redraw(drawn.at(LATER), NAME, 1, chance=FRESH, by="Anna")
    assert (outcome.data["new_place"], outcome.data["prize"], outcome.data["fresh"]) == (6, "sewing machine", True)
    assert (drawn.folder / "proof-2.json").is_file()
    assert draw_verify(drawn.folder).exit_code == ExitCode.OK
    # Nobody who has won before wins again; a reserve may.
    won = holders(drawn)
    assert won[6] not in {won[1], won[2], won[3]}


def test_a_second_fresh_draw_knows_the_first_and_the_reserves_who_moved_up(drawn: DrawShop) -> None:
    give_up(drawn, 1, 2, 3)
    draw_redraw(drawn.at(LATER), NAME, 2)
    draw_redraw(drawn.at(LATER), NAME, 1, chance=FRESH)
    draw_redraw(drawn.at(LATER), NAME, 3, chance=draw_chance.from_drand(ROUND, "d4" * 32))
    won = holders(drawn)
    assert len({won[place] for place in (1, 2, 3, 4, 6, 7)}) == 6
    assert draw_verify(drawn.folder).exit_code == ExitCode.OK
    assert sorted(path.name for path in drawn.folder.iterdir() if "proof-" in path.name) == [
        "proof-2.json",
        "proof-3.json",
    ]


@pytest.mark.parametrize(
    ("number", "value", "why"),
    [
        (ROUND + 1, "c3" * 32, "drawn again from drand round"),
        (ROUND - 1, "c3" * 32, "drawn again from drand round"),
        (27_946_612, "5a" * 32, "was used before"),
    ],
)
def test_nobody_chooses_the_number_of_a_fresh_draw(drawn: DrawShop, number: int, value: str, why: str) -> None:
    give_up(drawn, 1)
    with pytest.raises(Refused, match=why):
        draw_redraw(drawn.at(LATER), NAME, 1, chance=draw_chance.from_drand(number, value))
    with pytest.raises(Refused, match="not been published"):
        draw_redraw(drawn.at(REFUSED_AT), NAME, 1, chance=FRESH)


@pytest.mark.parametrize("wins", ["one prize", "one of each kind", "any number"])
@pytest.mark.parametrize("method", ["prizedraw/1", "rfc3797", "vrs", "external"])
def test_every_method_draws_a_place_again(there: DrawShop, evening: str, method: Method, wins: Wins) -> None:
    there.give({6: 2, 7: 4, 8: 1})
    commitment = vrs.code_of_round("secret", 0) if method == "vrs" else ""
    object.__setattr__(there, "rules", replace(there.rules, method=method, wins=wins, commitment=commitment))
    with there.shop.changing() as connection:
        save_opening(connection, Opening(NAME, "2026-02-01", "", "", "", "secret" if method == "vrs" else ""))
    monkey = pytest.MonkeyPatch()
    monkey.setattr("loyalty_cli.operations.draws.close.as_opened", lambda _connection, rules: rules)
    draw_close(there.shop, NAME)
    monkey.undo()
    urn = " ".join(map(str, [7, *range(1, 28)]))
    numbers = {
        "prizedraw/1": [draw_chance.from_dice("1" * 20), draw_chance.from_dice("2" * 20)],
        "rfc3797": [draw_chance.from_sources(["1 2 3"]), draw_chance.from_sources(["4 5 6"])],
        "vrs": [draw_chance.from_public("first"), draw_chance.from_public("second")],
        "external": [draw_chance.from_external(urn), draw_chance.from_external(f"9 {urn}")],
    }[method]
    draw_run(there.at(evening), NAME, chance=numbers[0])
    give_up(there, 1)
    draw_redraw(there.at(LATER), NAME, 1, chance=numbers[1])
    outcome = draw_verify(there.folder)
    assert outcome.exit_code == ExitCode.OK, outcome.said
    won = holders(there)
    assert won[6] != won[1]
    if wins == "one prize":
        assert won[6] not in {won[2], won[3]}


def test_every_changed_byte_of_a_later_proof_and_of_its_list_is_named(drawn: DrawShop, places: Callable[[int, int], Sequence[int]]) -> None:
    give_up(drawn, 1)
    draw_redraw(drawn.at(LATER), NAME, 1, chance=FRESH)
    for name in ("proof-2.json", "redraws.txt"):
        file = drawn.folder / name
        right = file.read_bytes()
        for place in places(len(right), 60):
            wrong = bytearray(right)
            wrong[place] ^= 1 << place % 8
            file.write_bytes(wrong)
            said = said_of(drawn.folder)
            assert "proof-2.json" in said or name in said, (place, said)
        file.write_bytes(right)
    assert draw_verify(drawn.folder).exit_code == ExitCode.OK


def test_a_later_proof_that_is_missing_or_renamed_is_named(drawn: DrawShop) -> None:
    give_up(drawn, 1)
    draw_redraw(drawn.at(LATER), NAME, 1, chance=FRESH)
    for name in ("proof-2.json", "redraws.txt"):
        aside = (drawn.folder / name).rename(drawn.folder.parent / name)
        assert said_of(drawn.folder).startswith(f"{name} is missing")
        aside.rename(drawn.folder / name)
    (drawn.folder / "proof-2.json").rename(drawn.folder / "proof-3.json")
    assert said_of(drawn.folder) == "proof-2.json is missing, which redraws.txt names."


def said_of(folder: Path) -> str:
    outcome = draw_verify(folder)
    assert outcome.exit_code == ExitCode.DIFFERENCES
    return str(outcome.said[0])


def test_stopped_before_the_commit_nothing_is_drawn_again(drawn: DrawShop, monkeypatch: pytest.MonkeyPatch) -> None:
    give_up(drawn, 1)
    with monkeypatch.context() as patch:
        patch.setattr("loyalty_cli.store.draws.draws.keep", killed)
        with pytest.raises(KeyboardInterrupt):
            draw_redraw(drawn.at(LATER), NAME, 1, chance=FRESH)
    assert drawn.ask("SELECT count(*), (SELECT count(*) FROM draw_redraw) FROM draw_winner") == [(5, 0)]
    assert not (drawn.folder / "proof-2.json").exists()
    assert draw_verify(drawn.folder).exit_code == ExitCode.OK


@pytest.mark.parametrize("moved", [0, 1])
def test_stopped_after_the_commit_the_same_command_finishes_it(drawn: DrawShop, monkeypatch: pytest.MonkeyPatch, moved: int) -> None:
    give_up(drawn, 1)
    with monkeypatch.context() as patch:
        patch.setattr(draw_folder, "add_in_place", killed_after(moved))
        with pytest.raises(KeyboardInterrupt):
            draw_redraw(drawn.at(LATER), NAME, 1, chance=FRESH)
    with pytest.raises(Refused, match="already"):
        draw_redraw(drawn.at(LATER), NAME, 1, chance=draw_chance.from_drand(ROUND, "d4" * 32))
    draw_redraw(drawn.at(LATER), NAME, 1, chance=FRESH)
    assert draw_verify(drawn.folder).exit_code == ExitCode.OK
    assert (drawn.folder / "redraws.txt").is_file()


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def killed_after(moved: int) -> object:
    """Moves so many files into the folder, then stops."""

    def some(folder: Path, names: object) -> None:
        from loyalty_cli.operations.draws.folder import aside

        for name in list(names)[:moved]:  # type: ignore[call-overload]
            shutil.move(aside(folder) / name, folder / name)
        raise KeyboardInterrupt

    return some


def test_nobody_left_is_said(there: DrawShop, chance: Randomness, evening: str) -> None:
    object.__setattr__(there.rules, "prizes", (("box", 5),))
    draw_close(there.shop, NAME)
    draw_run(there.at(evening), NAME, chance=chance)
    give_up(there, 1)
    with pytest.raises(Refused, match="Nobody is left"):
        draw_redraw(there.at(LATER), NAME, 1, chance=FRESH)
