"""Adopting a changed program file: other rules replay members, other words only change what is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.program.adopt import compare_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.status import status
from loyalty_cli.operations.shop_language import shop_language
from tests.operations.small_shop import ANA
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop


def rewrite(there: SmallShop, old: str, new: str) -> None:
    text = there.shop.program.read_text(encoding="utf-8")
    assert old in text
    there.shop.program.write_text(text.replace(old, new), encoding="utf-8")


def test_another_language_and_name_are_adopted_without_replaying_anybody(there: SmallShop) -> None:
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00")])
    recalc(there.shop)
    before = there.ask("SELECT count(*), max(id) FROM run"), there.ask("SELECT count(*) FROM version")
    rewrite(there, "language: en", "language: ro")
    rewrite(there, "Fabric Corner Club", "Clubul Stofelor")
    assert compare_program(there.shop).data["differs"] is True
    assert status(there.shop).data["program_file"] == "differs"
    adopted = adopt_program(there.shop, from_day=None, by="Maria")
    assert [str(each) for each in adopted.said] == [
        "Adopted: Clubul Stofelor. Only its words changed, so nobody has something else now."
    ]
    assert [row[0] for row in adopted.tables[0].rows] == ["program", "language"]
    assert report(there.shop, "tiers", Wanted()).language == shop_language(there.shop) == "ro"
    assert status(there.shop).data["program"] == "Clubul Stofelor"
    assert (there.ask("SELECT count(*), max(id) FROM run"), there.ask("SELECT count(*) FROM version")) == before
    assert compare_program(there.shop).data["differs"] is False
    assert status(there.shop).data["program_file"] == "in force"
    assert recalc(there.shop).warnings == []


def test_a_dry_run_adopts_no_words(there: SmallShop) -> None:
    rewrite(there, "language: en", "language: ro")
    assert adopt_program(there.shop, from_day=None, by="", dry_run=True).data["adopted"] is False
    assert shop_language(there.shop) == "en"


def test_a_file_with_other_stores_is_adopted_too_but_warns_nobody_before(there: SmallShop) -> None:
    rewrite(there, "till/station-*.csv", "till/quay-*.csv")
    assert recalc(there.shop).warnings == []
    assert compare_program(there.shop).data["differs"] is False
    assert adopt_program(there.shop, from_day=None, by="").data["adopted"] is True
    assert compare_program(there.shop).tables[0].rows == []


def test_the_same_file_says_that_nothing_was_changed(there: SmallShop) -> None:
    same = adopt_program(there.shop, from_day=None, by="")
    assert [str(each) for each in same.said] == [
        "The file says the same as the version in force; nothing was changed."
    ]
    assert not same.quiet


def test_words_of_a_version_to_come_wait_for_its_day(there: SmallShop) -> None:
    rewrite(there, "points: 1,", "points: 2,")
    adopt_program(there.shop, from_day=2461406, by="")  # 31 December 2026
    rewrite(there, "language: en", "language: ro")
    adopt_program(there.shop, from_day=None, by="")
    assert shop_language(there.shop) == "en"
    later = replace(there.shop, now=there.shop.now.replace(year=2027))
    recalc(later, as_of=day_from_iso("2027-10-04"))
    assert shop_language(later) == "ro"
