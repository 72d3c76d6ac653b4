"""Adopting a changed program file: other rules replay members, all that is no rule holds at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.program.compare import compare_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.status import status
from loyalty_cli.operations.shop_language import shop_language
from loyalty_cli.operations.shop_language import words_in_file
from loyalty_cli.render.words import say
from tests.operations.small_shop import ANA
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop


def rewrite(there: SmallShop, old: str, new: str) -> None:
    text = there.shop.program.read_text(encoding="utf-8")
    assert old in text
    there.shop.program.write_text(text.replace(old, new), encoding="utf-8")


IN_FORCE = (
    "The rules of the file are those in force. Name, language, stores and the steps of the night are no rules: they hold as "
    "soon as the file says them."
)


def test_another_language_and_name_hold_as_soon_as_the_file_says_them(there: SmallShop) -> None:
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00")])
    recalc(there.shop)
    before = there.ask("SELECT count(*), max(id) FROM run"), there.ask("SELECT count(*) FROM version")
    rewrite(there, "language: en", "language: ro")
    rewrite(there, "Fabric Corner Club", "Clubul Stofelor   # the new name")
    assert report(there.shop, "tiers", Wanted()).language == shop_language(there.shop) == "ro"
    assert status(there.shop).data["program"] == "Clubul Stofelor"
    assert status(there.shop).data["program_file"] == "in force"
    assert compare_program(there.shop).data["differs"] is False
    assert compare_program(there.shop).tables[0].rows == []
    adopted = adopt_program(there.shop, from_day=None, by="Maria")
    assert [str(each) for each in adopted.said] == [IN_FORCE]
    assert (there.ask("SELECT count(*), max(id) FROM run"), there.ask("SELECT count(*) FROM version")) == before
    assert recalc(there.shop).warnings == []


def test_a_file_that_was_taken_away_leaves_the_words_that_were_known(there: SmallShop) -> None:
    rewrite(there, "language: en", "language: ro")
    recalc(there.shop)
    there.shop.program.unlink()
    assert shop_language(there.shop) == "ro"
    assert report(there.shop, "tiers", Wanted()).language == "ro"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("program: Nitka i Herbata", "Nitka i Herbata"),
        ('program: "Klub: Rynek"   # ours', "Klub: Rynek"),
        ("program: 'U Ani'", "U Ani"),
        ("program:\tKlub#1 # ours", "Klub#1"),
        ("program: Klub\r", "Klub"),
    ],
)
def test_the_name_is_read_as_yaml_reads_it(there: SmallShop, line: str, name: str) -> None:
    there.shop.program.write_text(f"{line}\nlanguage: 'pl'  # here\n", encoding="utf-8", newline="")
    assert words_in_file(there.shop) == {"program": name, "language": "pl"}


@pytest.mark.parametrize("line", ['program: "a \\" b"', "program: |", "program: [a]", "  program: inside"])
def test_a_name_that_only_yaml_can_read_is_left_to_it(there: SmallShop, line: str) -> None:
    there.shop.program.write_text(line + "\n", encoding="utf-8")
    assert words_in_file(there.shop) == {}


def test_other_stores_and_nights_hold_and_warn_nobody(there: SmallShop) -> None:
    rewrite(there, "till/station-*.csv", "till/quay-*.csv")
    assert compare_program(there.shop).data["differs"] is False
    assert recalc(there.shop).warnings == []
    assert "till/quay-*.csv" in str(there.ask("SELECT value FROM setting WHERE name = 'watched'")[0][0])
    assert adopt_program(there.shop, from_day=None, by="").data["adopted"] is False


def test_the_same_file_says_that_its_rules_are_in_force(there: SmallShop) -> None:
    same = adopt_program(there.shop, from_day=None, by="")
    assert [str(each) for each in same.said] == [IN_FORCE]
    assert not same.quiet


def test_the_name_holds_at_once_and_the_rules_of_a_version_to_come_on_their_day(there: SmallShop) -> None:
    rewrite(there, "one_point_pays: 0.05", "one_point_pays: 0.10")
    adopt_program(there.shop, from_day=day_from_iso("2026-12-31"), by="")
    rewrite(there, "language: en", "language: ro")
    adopt_program(there.shop, from_day=None, by="")
    assert shop_language(there.shop) == "ro"
    worth = "SELECT value FROM setting WHERE name = 'one_point_worth'"
    now = there.ask(worth)
    later = replace(there.shop, now=there.shop.now.replace(year=2027))
    recalc(later, as_of=day_from_iso("2027-10-04"))
    assert int(str(there.ask(worth)[0][0])) == 2 * int(str(now[0][0]))


def test_the_difference_says_for_each_reward_whether_its_progress_goes_on(there: SmallShop) -> None:
    many, visits = "many: {when: {spend: 100.00}, give: {badge: a}}", "visits: {when: {visits: 5}, give: {badge: b}}"
    rewrite(there, "rewards:\n", f"rewards:\n  {many}\n  {visits}\n")
    adopt_program(there.shop, from_day=None, by="Maria")
    rewrite(there, "{when: {spend: 100.00}", "{when: {spend: 200.00}")
    rewrite(there, "{when: {visits: 5}", "{when: {visits: 5, counted_over: calendar month}")
    rewrite(there, "  coupon for 100:", "  welcome: {when: {joined: yes}, give: {badge: c}}\n  coupon for 150:")
    rewrite(there, "rewards:\n", "messages: {hello: {when: {joined: yes}, text: Hello}}\nrewards:\n")
    table = compare_program(there.shop).tables[1]
    assert {say(said_again(str(name)), "pl"): str(said_again(str(how))) for name, how in table.rows} == {
        "wiadomość hello": "It is new: it counts from the day of its version.",
        "many": "What members have reached goes on.",
        "visits": "It is counted again from the receipts; what was given stays.",
        "welcome": "It is new: it counts from the day of its version.",
        "coupon for 150": "It is new: it counts from the day of its version.",
        "coupon for 100": "It is gone; what was given stays.",
    }
