"""Reasons that the program itself writes down: kept in English, shown in the reader's language; what people type stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.model.shown.own_reasons import kept_reason
from loyalty_cli.model.shown.own_reasons import reason_said
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.feedback.add import feedback_add
from loyalty_cli.operations.feedback.add import Told
from loyalty_cli.operations.feedback.settle import feedback_answer
from loyalty_cli.operations.feedback.settle import gift_said
from loyalty_cli.operations.feedback.settle import Reply
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render.words import say
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.test_feedback import HEADER
from tests.operations.test_feedback import PROGRAM
from tests.operations.test_feedback import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop


def said(shop: Shop, name: str, column: str) -> list[tuple[str, str]]:
    """A column of a report as scripts and as readers of Polish have it."""
    [table] = report(shop, name, Wanted()).tables
    place = [each.name for each in table.columns].index(column)
    texts = [said_again(str(row[place])) for row in table.rows]
    return [(str(text), say(text, "pl")) for text in texts]


def test_what_was_written_down_for_a_complaint_is_shown_in_the_language_and_kept_as_it_was(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(shop, export(shop, "a.csv", *ROWS, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    hand = Asked(by="Ewa", day=day_from_iso("2026-11-20"))
    feedback_add(shop, "2901", Told(4, "slow"), replace(hand, key="a"))
    done = feedback_answer(shop, 1, Reply("Sorry.", gift_said("points: 50")), replace(hand, key="b"))
    assert [reason for (reason,) in asked(shop, "SELECT reason FROM by_hand ORDER BY id")][:2] == ["feedback", "complaint 1"]
    assert said(shop, "by-hand", "reason")[:2] == [("feedback", "opinia"), ("complaint 1", "skarga 1")]
    assert set(said(shop, "changes", "reason")) - {("", "")} == {("feedback", "opinia"), ("complaint 1", "skarga 1")}
    table = next(each for each in explain(shop, "2901").tables if each.name == "entries")
    cause = [each.name for each in table.columns].index("cause")
    assert "skarga 1" in [say(said_again(str(row[cause])), "pl") for row in table.rows]
    revert(shop, int(str(done.data["number"])), replace(hand, key="c", reason="by mistake"))
    assert ("complaint 1 (c)", "skarga 1 (c)") in said(shop, "changes", "reason")
    assert ("by mistake", "by mistake") in said(shop, "changes", "reason")


@pytest.mark.parametrize(
    "text",
    ["", "sorry", "5 points", "coupon: lost", "complaint", "complaint 12", "mailbox", "said at the counter (7)", "the program"]
    + [f"calendar {length} from 2026-09-01: 25981.00 MDL" for length in ("month", "quarter", "year")],
)
def test_a_script_reads_a_reason_as_it_is_kept(text: str) -> None:
    assert str(said_again(kept_reason(text))) == str(reason_said(text)) == text


@pytest.mark.parametrize(
    ("text", "polish"),
    [
        ("mailbox", "skrzynka pocztowa"),
        ("unsubscribed", "rezygnacja z wiadomości"),
        ("opening balance 2901", "saldo początkowe 2901"),
        ("complaint of a neighbour", "complaint of a neighbour"),
        ("sorry (3)", "sorry (3)"),
    ],
)
def test_only_own_reasons_are_translated(text: str, polish: str) -> None:
    assert say(reason_said(text), "pl") == polish


def test_who_gave_a_tier_to_the_best_and_for_what_is_said_in_the_language() -> None:
    assert say(reason_said("the program"), "ru") == "программа"
    assert say(reason_said("calendar month from 2026-09-01: 12"), "ru") == "календарный месяц с 01.09.2026: 12"
