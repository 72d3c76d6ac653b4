"""Everything that can be wrong in one table; and what the tills leave brought in while the shop is open."""

from __future__ import annotations

import errno
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.shop import watch
from loyalty_cli.operations.shop.doctor import doctor
from loyalty_cli.operations.shop.night_import import import_what_is_new
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.shop.watch import Lookout
from tests.operations.small_shop import ANA
from tests.operations.small_shop import PROGRAM
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from tests.operations.small_shop import SmallShop

LOOKED_AT = ["this computer", "program file", "folder and nights", "database and books"]


def states(outcome: Outcome) -> dict[str, str]:
    """How each thing is that was looked at."""
    return {str(what): str(state) for what, state, _ in outcome.tables[0].rows}


def after_a_night(there: SmallShop) -> None:
    there.export("market-10.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    there.export("station-10.csv", [])
    nightly(there.shop)


def test_a_shop_in_order_has_nothing_to_look_at(there: SmallShop) -> None:
    after_a_night(there)
    before = there.dump()
    found, _ = doctor(there.shop, {"Python": "3.11"})
    assert states(found) == dict.fromkeys(LOOKED_AT, "in order")
    assert (found.exit_code, found.data["amiss"]) == (ExitCode.OK, 0)
    assert there.dump() == before


def test_each_trouble_is_told_and_hides_no_other(there: SmallShop) -> None:
    after_a_night(there)
    there.shop.program.write_text(PROGRAM.replace("guest:", "guest"), encoding="utf-8")
    with there.shop.changing() as connection:
        connection.execute("UPDATE line SET amount = 1")
    found, problems = doctor(there.shop, {})
    assert states(found) == {
        "this computer": "in order",
        "program file": "trouble",
        "folder and nights": "look here",
        "database and books": "look here",
    }
    assert found.exit_code == ExitCode.PROGRAM_HAS_MISTAKES
    # The line itself comes along, so that it is shown with a caret as everywhere.
    assert ["guest" in problem.excerpt for problem in problems] == [True]
    assert found.data["problems"] == [problem.data for problem in problems]


def test_a_folder_without_a_shop_is_told_what_to_do(there: SmallShop) -> None:
    nowhere = replace(there.shop, program=there.folder / "no" / "program.yaml", database=there.folder / "no" / "loyalty.db")
    found, _ = doctor(nowhere, {})
    assert set(states(found).values()) == {"in order", "trouble"}
    assert found.exit_code != ExitCode.OK
    assert all("loyalty init" in str(detail) for _, state, detail in found.tables[0].rows if state == "trouble")


def test_a_look_brings_in_what_is_new_and_works_it_out(there: SmallShop) -> None:
    assert Lookout().look(there.shop).said == []
    there.export("market-10.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    first = Lookout().look(there.shop)
    assert str(first.said[0]) == "1 file imported."
    # 150.00 at one point for each whole zloty
    assert there.ask("SELECT points FROM standing") == [(150,)]
    assert Lookout().look(there.shop).said == []


def test_a_program_that_is_being_written_waits_for_the_next_look(there: SmallShop) -> None:
    after_a_night(there)
    there.shop.program.write_text(PROGRAM.replace("guest:", "guest"), encoding="utf-8")
    there.export("market-11.csv", [sold(2, "2026-10-04 10:00", ANA, "10.00")])
    waiting = Lookout().look(there.shop)
    # What is wrong, and that the file has a mistake.
    assert (waiting.said, len(waiting.warnings), waiting.exit_code) == ((), 2, ExitCode.PROGRAM_HAS_MISTAKES)
    there.shop.program.write_text(PROGRAM, encoding="utf-8")
    assert str(Lookout().look(there.shop).said[0]) == "1 file imported."


@pytest.mark.parametrize(
    "trouble",
    [
        StoreTrouble(ExitCode.NO_SPACE, "There is no room."),
        LoyaltyError("Something is refused."),
        PermissionError(errno.EACCES, "Permission denied", "till.csv"),
    ],
)
def test_what_one_night_survives_ends_no_watch(there: SmallShop, monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    def hindered(*_: object) -> Outcome:
        raise trouble

    there.export("market-10.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    looking = Lookout()
    with monkeypatch.context() as patched:
        patched.setattr(watch, "import_what_is_new", hindered)
        told = looking.look(there.shop)
    assert (told.said, len(told.warnings)) == ((), 1)
    assert str(looking.look(there.shop).said[0]) == "1 file imported."


def test_a_damaged_database_ends_the_watch(there: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object) -> Outcome:
        raise StoreTrouble(ExitCode.DAMAGED, "The database is damaged.")

    monkeypatch.setattr(watch, "import_what_is_new", damaged)
    with pytest.raises(StoreTrouble):
        Lookout().look(there.shop)


def test_what_came_in_while_another_command_was_at_work_is_worked_out_at_the_next_look(
    there: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: Shop) -> Outcome:
        raise StoreTrouble(ExitCode.LOCKED, "Another command is at work.")

    there.export("market-10.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    looking = Lookout()
    with monkeypatch.context() as patched:
        patched.setattr(watch, "recalc", locked)
        first = looking.look(there.shop)
    assert ([str(each) for each in first.warnings], str(first.said[0])) == (["Another command is at work."], "1 file imported.")
    assert there.ask("SELECT points FROM standing") == []
    second = looking.look(there.shop)
    # Nothing new has come, and the 150.00 of before are worth 150 points now.
    assert (second.said != (), there.ask("SELECT points FROM standing")) == (True, [(150,)])
    assert looking.look(there.shop).said == []


def test_what_a_killed_watch_brought_in_is_worked_out_by_the_one_after_it(there: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_: Shop) -> Outcome:
        raise KeyboardInterrupt

    there.export("market-10.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    with monkeypatch.context() as patched:
        patched.setattr(watch, "recalc", killed)
        with pytest.raises(KeyboardInterrupt):
            Lookout().look(there.shop)
    assert there.ask("SELECT points FROM standing") == []
    after = Lookout()
    # No file is new, and the 150.00 of before are worth 150 points now.
    assert ["1 member" in str(each) for each in after.look(there.shop).said] == [True]
    assert there.ask("SELECT points FROM standing") == [(150,)]
    assert after.look(there.shop).said == []


def test_a_new_watch_recalculates_nothing_for_what_is_of_a_day_that_has_not_ended(there: SmallShop) -> None:
    after_a_night(there)
    runs = there.ask("SELECT count(*) FROM run")
    there.export("market-11.csv", [sold(2, "2026-10-05 00:30", ANA, "10.00")])
    import_what_is_new(there.shop, program_file(there.shop))
    assert Lookout().look(there.shop).said == []
    assert there.ask("SELECT count(*) FROM run") == runs
