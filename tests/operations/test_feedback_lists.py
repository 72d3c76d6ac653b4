"""Answers from a form service: found by card, coupon, e-mail or telephone, each once, taken back with their file."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.feedback.listed import feedback_list
from loyalty_cli.operations.imports.feedback import import_feedback
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.imports.till_shop import asked
from tests.shop_builder import balances
from tests.shop_builder import make_shop

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {}}
feedback: {complaint_at: 3}
rewards:
  opinion: {when: {feedback: given}, give: {points: 30}}
"""
FORM = """\
kind: feedback
date_form: M/D/YYYY H:mm:ss
columns:
  date: Timestamp
  email: Email Address
  score: How likely are you to recommend us?
  text: What could we do better?
"""
GOOD = ("2901,,2026-03-02,9,quick,a", ",Ana@x.example,2026-03-03,2,slow,b")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Three members; the second has an e-mail address, the third a telephone."""
    made = make_shop(tmp_path / "shop", PROGRAM)
    with made.changing() as connection:
        connection.execute("UPDATE member SET email = 'ana@x.example' WHERE id = 2")
        connection.execute("UPDATE member SET phone = '+48 601-202-303' WHERE id = 3")
    recalc(made)
    return made


def listed(shop: Shop, *rows: str, header: str = "card,email,date,score,text,key", layout: str | None = None) -> dict[str, Any]:
    """The figures of an import of these rows."""
    path = shop.folder / "answers.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    files: Any = import_feedback(shop, [str(path)], layout=layout, by="Ewa").data["files"]
    figures: dict[str, Any] = files[0]
    return figures


def test_an_answer_counts_once_opens_a_case_and_goes_with_its_file(shop: Shop) -> None:
    assert listed(shop, *GOOD)["new"] == 2
    assert listed(shop, *GOOD)["known"] == 2
    recalc(shop)
    assert [balances(shop, number) for number in (1, 2)] == [{"points": 30}, {"points": 30}]
    assert [row[4:8] for row in feedback_list(shop).tables[0].rows] == [("2902", "", 2, "slow")]
    # Both files told the answers: one alone that goes changes nothing.
    import_revert(shop, 1)
    assert len(feedback_list(shop).tables[0].rows) == 1
    assert str(import_revert(shop, 2).said[0]) == "Import 2 was taken back: feedback of 2 members."
    recalc(shop)
    assert [balances(shop, number) for number in (1, 2)] == [{}, {}]
    assert not feedback_list(shop).tables[0].rows
    assert listed(shop, *GOOD)["new"] == 2


def test_rows_that_make_no_sense_are_set_aside_with_their_reason(shop: Shop) -> None:
    listed(shop, *GOOD)
    told = listed(
        shop,
        "7777,,2026-03-02,9,,c",  # no such card
        ",,2026-03-02,9,,d",  # nobody
        "2901,,2026-03-02,11,,e",  # no score of 0-10
        "2901,,2026-03-02,,,f",  # nothing said
        "2901,,2030-03-02,9,,g",  # a day to come
        "2901,,2026-03-02,8,quick,a",  # another score under the key of an answer
        "2901,,2026-03-04,8,,h",
    )
    assert (told["new"], told["set_aside"], told["conflicts"]) == (1, 6, 1)


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("+373 69 123 456", "069123456"),
        ("069123456", "+37369123456"),
        ("601/202.303", "601 202 303"),
        ("tel. 601 202 303", "601202303"),
        ("'+48601202303", "Ana: 601—202—303"),
    ],
)
def test_a_telephone_is_known_with_its_country_and_without(shop: Shop, kept: str, told: str) -> None:
    with shop.changing() as connection:
        connection.execute("UPDATE member SET phone = ? WHERE id = 3", (kept,))
    assert listed(shop, f"{told},2026-03-02,9", header="phone,date,score")["new"] == 1


def test_a_telephone_is_known_however_it_is_written(shop: Shop) -> None:
    assert listed(shop, "601 202 303,2026-03-02,9", header="phone,date,score")["new"] == 1
    assert asked(shop, "SELECT member_id FROM feedback") == [(3,)]


def test_a_form_of_a_service_is_read_by_a_layout_that_names_its_questions(shop: Shop) -> None:
    (shop.folder / "layouts").mkdir()
    (shop.folder / "layouts" / "form.yaml").write_text(FORM, encoding="utf-8")
    header = "Timestamp,Email Address,How likely are you to recommend us?,What could we do better?"
    told = listed(shop, '1/15/2026 9:05:00,ana@x.example,10,"more, please"', header=header, layout="form")
    assert told["new"] == 1
    assert asked(shop, "SELECT date(day), score, text FROM feedback") == [("2026-01-15", 10, "more, please")]
