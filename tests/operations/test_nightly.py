from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.imports.purchases import import_as_said
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop import night_import
from loyalty_cli.operations.shop.night_import import import_of_the_night
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.shop.nightly import STEPS
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import opened
from tests.operations.small_shop import PROGRAM
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold
from tests.struck.calls import POSSIBLE
from tests.struck.calls import WHY_NOT
from tests.struck.commands import loyalty
from tests.struck.judging import striking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.imports.files_meant import Said
    from loyalty_cli.operations.open_shop import Shop
    from tests.operations.small_shop import SmallShop

NIGHT = "2026-10-05T02:00:00+00:00"
KILLED_BY_SIGNAL = 137


def two_days(there: SmallShop) -> None:
    there.export("market-1003.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    there.export("market-1004.csv", [sold(2, "2026-10-04 10:00", ANA, "40.00")])
    there.export("station-1004.csv", [sold(1, "2026-10-04 11:00", BORIS, "30.50")])


def warned(outcome: Outcome) -> str:
    return "\n".join(map(str, outcome.warnings))


def test_a_night_imports_recalculates_and_issues_and_says_nothing(there: SmallShop) -> None:
    two_days(there)
    night = nightly(there.shop)
    assert (night.quiet, night.exit_code, night.warnings) == (True, ExitCode.OK, [])
    # Ana: 150 + 40 = 190 points and the coupon for 150.00; Boris: 30 points.
    balances = "SELECT card.number, points FROM standing JOIN card USING (member_id) ORDER BY 1"
    assert there.ask(balances) == [(ANA, 190), (BORIS, 30)]
    assert there.ask("SELECT count(*) FROM coupon") == [(1,)]
    assert there.ask("SELECT steps, exit_code FROM night") == [("backup, import, recalc, coupons", 0)]
    assert len(list((there.folder / "backups").glob("loyalty-2026-10-05-*.zip"))) == 1


def test_a_second_night_changes_nothing(there: SmallShop) -> None:
    two_days(there)
    nightly(there.shop)
    before = there.dump()
    assert nightly(there.shop).quiet
    assert there.dump() == before


def test_a_row_that_is_set_aside_is_told_once(there: SmallShop) -> None:
    two_days(there)
    there.export("market-1005.csv", [sold(3, "2026-10-04 10:00", ANA, "ten"), sold(4, "2026-10-04 10:05", ANA, "1")])
    night = nightly(there.shop)
    assert (night.quiet, night.exit_code) == (False, ExitCode.SET_ASIDE)
    assert "market-1005.csv: 1 row set aside" in "\n".join(map(str, night.said))
    assert nightly(there.shop).quiet


def test_a_receipt_that_comes_back_different_is_told(there: SmallShop) -> None:
    two_days(there)
    nightly(there.shop)
    there.export("market-1005.csv", [sold(1, "2026-10-03 10:00", ANA, "15.00")])
    night = nightly(there.shop)
    assert not night.quiet
    assert "came back different" in "\n".join(map(str, night.said))


def test_a_file_that_is_still_growing_waits_and_the_night_goes_on(there: SmallShop) -> None:
    two_days(there)
    path = there.export("station-1005.csv", [sold(2, "2026-10-04 12:00", BORIS, "10.00")])
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + "3,2026-10-04 1", encoding="utf-8")
    night = nightly(there.shop)
    assert (night.exit_code, night.quiet) == (ExitCode.STILL_GROWING, False)
    assert "station-1005.csv is still being written" in warned(night)
    assert there.ask("SELECT count(*) FROM import") == [(3,)]
    assert there.ask("SELECT max(until) FROM run") == there.ask("SELECT CAST(julianday('2026-10-04') + 0.5 AS INTEGER)")
    path.write_text(whole + "3,2026-10-04 13:00:00," + BORIS + ",H01,1,5.00\n", encoding="utf-8")
    assert nightly(there.shop).quiet
    assert there.ask("SELECT count(*) FROM receipt") == [(5,)]


def test_a_refused_file_is_told_every_night_and_stops_nothing_else(there: SmallShop) -> None:
    two_days(there)
    (there.folder / "till" / "market-0000.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for _ in range(2):
        night = nightly(there.shop)
        assert (night.exit_code, night.quiet) == (ExitCode.LAYOUT_DOES_NOT_FIT, False)
        assert "market-0000.csv" in warned(night)
    assert there.ask("SELECT count(*) FROM import") == [(3,)]
    assert there.ask("SELECT count(*) FROM coupon") == [(1,)]


def test_mistakes_in_the_program_are_told_and_the_adopted_version_goes_on(there: SmallShop) -> None:
    two_days(there)
    there.shop.program.write_text(PROGRAM.replace("tiers:", "teirs:"), encoding="utf-8")
    night = nightly(there.shop)
    assert night.exit_code == ExitCode.PROGRAM_HAS_MISTAKES
    assert "program.yaml:9:1: " in warned(night)
    assert "goes on with the version that was adopted" in warned(night)
    assert there.ask("SELECT tier, points FROM standing ORDER BY member_id") == [
        ("guest", 190),
        ("guest", 30),
    ]
    assert there.ask("SELECT count(*) FROM coupon") == [(1,)]


def test_a_new_shop_with_mistakes_in_its_program_can_not_begin(tmp_path: Path) -> None:
    there = small_shop(tmp_path / "new", adopted=False)
    there.shop.program.write_text("program: x\n", encoding="utf-8")
    with pytest.raises(Mistakes):
        nightly(there.shop)


def test_a_program_that_is_not_adopted_yet_is_told_every_night(there: SmallShop) -> None:
    two_days(there)
    there.shop.program.write_text(PROGRAM.replace("points: 1", "points: 2"), encoding="utf-8")
    for _ in range(2):
        night = nightly(there.shop)
        assert "differs from the version in force" in warned(night)
        assert night.exit_code == ExitCode.OK
    assert there.ask("SELECT sum(points) FROM standing") == [(220,)]


def test_what_somebody_has_reverted_does_not_come_back_by_itself(there: SmallShop) -> None:
    two_days(there)
    nightly(there.shop)
    import_revert(there.shop, 1)
    nightly(there.shop)
    assert there.ask("SELECT sum(points) FROM standing") == [(70,)]


def test_a_till_folder_that_is_not_there_is_told(there: SmallShop) -> None:
    there.shop.program.write_text(PROGRAM.replace("till/station", "gone/station"), encoding="utf-8")
    assert "where the till of Station should leave its files" in warned(nightly(there.shop))


def test_the_steps_are_those_of_the_program_in_its_order(there: SmallShop) -> None:
    two_days(there)
    there.shop.program.write_text(PROGRAM.replace("[backup, import, recalc, coupons]", "[import]"), encoding="utf-8")
    nightly(there.shop)
    assert there.ask("SELECT steps FROM night") == [("import",)]
    assert not (there.folder / "backups").exists()


def test_a_step_that_does_not_exist_is_a_mistake_in_the_program(tmp_path: Path) -> None:
    there = small_shop(tmp_path / "new", adopted=False)
    text = PROGRAM.replace("recalc, coupons]", "recalc, till list]")
    there.shop.program.write_text(text, encoding="utf-8")
    with pytest.raises(Mistakes):
        nightly(there.shop)


def test_files_outside_the_folder_are_found_by_their_whole_path(there: SmallShop, tmp_path: Path) -> None:
    elsewhere = tmp_path / "drive"
    elsewhere.mkdir()
    two_days(there)
    shutil.move(there.folder / "till" / "station-1004.csv", elsewhere / "station-1004.csv")
    text = PROGRAM.replace("till/station", f"{elsewhere.as_posix()}/station")
    there.shop.program.write_text(text, encoding="utf-8")
    nightly(there.shop)
    assert there.ask("SELECT store.name, count(*) FROM receipt JOIN store ON store.id = store_id GROUP BY 1") == [
        ("Market", 2),
        ("Station", 1),
    ]


@pytest.mark.skipif(not POSSIBLE, reason=WHY_NOT)
def test_a_night_killed_at_any_moment_is_finished_by_the_next_one(tmp_path: Path) -> None:
    first = small_shop(tmp_path / "pristine")
    for day in range(1, 5):
        rows = [
            sold(
                number,
                f"2026-10-0{day} {8 + number % 12:02}:00",
                f"29{number % 40:011}",
                f"{number % 211}.00",
            )
            for number in range(day * 1000, day * 1000 + 300)
        ]
        first.export(f"market-{day}.csv", rows)
        first.export(f"station-{day}.csv", [sold(day, f"2026-10-0{day} 09:00", ANA, "1.00")])
    folders = [Path(shutil.copytree(first.folder, tmp_path / str(number))) for number in range(5)]
    undisturbed = loyalty(folders[0], "nightly", lambda _: None, now=NIGHT)
    assert undisturbed.code == ExitCode.OK
    expected = opened(folders[0]).dump()
    # Nights of the same files need nearly the same calls: the last tenth is left out.
    moments = random.Random(20261005).sample(range(1, undisturbed.calls * 9 // 10), 4)
    for folder, moment in zip(folders[1:], moments, strict=True):
        assert loyalty(folder, "nightly", striking("killed", moment), now=NIGHT).code == KILLED_BY_SIGNAL
        assert loyalty(folder, "nightly", now=NIGHT).code == ExitCode.OK
        assert opened(folder).dump() == expected


def test_a_mistake_of_ours_with_one_file_is_that_files_and_the_next_night_tries_again(
    there: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_days(there)
    whole = import_as_said

    def stumbling(shop: Shop, files: Sequence[str], said: Said, *, dry_run: bool) -> Outcome:
        if files[0].endswith("market-1004.csv"):
            raise ZeroDivisionError
        return whole(shop, files, said, dry_run=dry_run)

    with monkeypatch.context() as patched:
        patched.setattr(night_import, "import_as_said", stumbling)
        night = nightly(there.shop)
    assert night.exit_code == ExitCode.INTERNAL_ERROR
    assert [type(mistake) for mistake in night.mistakes] == [ZeroDivisionError]
    assert "market-1004.csv was left out by a mistake of ours (ZeroDivisionError)" in warned(night)
    # Ana without the 40 of the file that was left out; Boris has his 30.
    balances = "SELECT card.number, points FROM standing JOIN card USING (member_id) ORDER BY 1"
    assert there.ask(balances) == [(ANA, 150), (BORIS, 30)]
    nightly(there.shop)
    assert there.ask(balances) == [(ANA, 190), (BORIS, 30)]


def test_points_beyond_what_a_book_holds_leave_one_member_out_and_say_why(tmp_path: Path) -> None:
    there = small_shop(tmp_path, adopted=False)
    # Ana's 150.00 are 15,000 x 0.01, so 15,000 x 1,000,000,000 = 1.5 x 10^13 points; a book holds 10^13. Boris has 30.50.
    vast = "    vast: {points: 1000000000, for_every: 0.01, basket_at_least: 100.00}\n  lapse_after"
    text = PROGRAM.replace("  lapse_after", vast)
    there.shop.program.write_text(text, encoding="utf-8")
    two_days(there)
    night = nightly(there.shop)
    assert (night.exit_code, night.mistakes) == (ExitCode.REFUSED, [])
    assert "more than any program gives" in warned(night)
    assert there.ask("SELECT card.number, points FROM standing JOIN card USING (member_id)") == [(BORIS, 30)]


@pytest.mark.parametrize("step", ["backup", "import", "recalc", "coupons"])
def test_a_step_that_fails_by_a_mistake_of_ours_is_named_and_the_others_are_done(
    there: SmallShop, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    two_days(there)

    def stumbling(tonight: object) -> Outcome:
        raise ZeroDivisionError

    monkeypatch.setitem(STEPS, step, stumbling)
    night = nightly(there.shop)
    assert (night.exit_code, night.quiet, night.data["failed"]) == (ExitCode.INTERNAL_ERROR, False, step)
    assert [type(mistake) for mistake in night.mistakes] == [ZeroDivisionError]
    assert f"The step {step} was left out by a mistake of ours (ZeroDivisionError)" in warned(night)
    done = [name for name in ("backup", "import", "recalc", "coupons") if name != step]
    assert there.ask("SELECT steps, exit_code FROM night") == [(", ".join(done), ExitCode.INTERNAL_ERROR)]
    points = {"import": [], "recalc": []}.get(step, [(ANA, 190), (BORIS, 30)])
    assert there.ask("SELECT card.number, points FROM standing JOIN card USING (member_id) ORDER BY 1") == points


def test_a_backup_without_room_does_not_keep_the_night_from_the_rest(there: SmallShop) -> None:
    two_days(there)
    (there.folder / "backups").write_text("a file where the folder should be", encoding="utf-8")
    night = nightly(there.shop)
    assert night.exit_code not in {ExitCode.OK, ExitCode.INTERNAL_ERROR}
    assert night.data["failed"] == "backup"
    assert "The step backup was left out: " in warned(night)
    assert there.ask("SELECT steps FROM night") == [("import, recalc, coupons",)]


def test_a_damaged_database_ends_the_night_at_once(there: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(tonight: object) -> Outcome:
        raise StoreTrouble(ExitCode.DAMAGED, "{file} is damaged.", file="loyalty.db")

    monkeypatch.setitem(STEPS, "backup", damaged)
    night = nightly(there.shop)
    assert (night.exit_code, [step["step"] for step in night.data["steps"]]) == (ExitCode.DAMAGED, ["backup"])  # type: ignore[attr-defined]
    assert "The night stopped at the step backup." in warned(night)


@pytest.mark.parametrize("everyone", [False, True])
def test_a_member_whose_facts_can_not_be_read_is_left_out_and_the_others_get_what_is_theirs(there: SmallShop, everyone: bool) -> None:
    there.export("market-1003.csv", [sold(n, "2026-10-03 10:00", f"29{n:05}", f"{n}.00") for n in range(1, 300)])
    import_of_the_night(there.shop, program_file(there.shop))
    # Another program has written a birthday that is no day, of the 100th of 299 members.
    with there.shop.changing() as connection:
        connection.execute("UPDATE member SET birthday = 'in spring' WHERE id = (SELECT member_id FROM card WHERE number = '2900100')")
    outcome = recalc(there.shop, everyone=everyone)
    assert (outcome.exit_code, [type(error) for error in outcome.mistakes]) == (ExitCode.INTERNAL_ERROR, [ValueError])
    assert [str(warning)[:36] for warning in outcome.warnings] == ["2900100 was left out by a mistake of"]
    # The points are 1 for each 1.00: 1 + 2 + ... + 299 = 44,850, less the 100 of the one who was left out.
    assert there.ask("SELECT count(*), sum(points) FROM standing") == [(298, 44_750)]
    with there.shop.changing() as connection:
        connection.execute("UPDATE member SET birthday = '' WHERE birthday = 'in spring'")
    assert recalc(there.shop).exit_code == ExitCode.OK
    assert there.ask("SELECT count(*), sum(points) FROM standing") == [(299, 44_850)]


def test_a_night_whose_database_can_not_be_read_at_its_end_tells_the_trouble(there: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> None:
        raise StoreTrouble(ExitCode.NO_SPACE, "The disk is full.")

    monkeypatch.setattr("loyalty_cli.operations.shop.nightly.overdue_said", unreadable)
    two_days(there)
    assert nightly(there.shop).exit_code == ExitCode.OK
    monkeypatch.setitem(STEPS, "recalc", unreadable)
    night = nightly(there.shop)
    assert (night.exit_code, night.data["failed"]) == (ExitCode.NO_SPACE, "recalc")
