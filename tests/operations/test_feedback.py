"""What members say: answers that rewards hear of, cases with deadlines, what is given for them, and what the reports make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.feedback.add import complaint_add
from loyalty_cli.operations.feedback.add import feedback_add
from loyalty_cli.operations.feedback.add import Told
from loyalty_cli.operations.feedback.listed import feedback_list
from loyalty_cli.operations.feedback.listed import feedback_show
from loyalty_cli.operations.feedback.settle import feedback_answer
from loyalty_cli.operations.feedback.settle import feedback_close
from loyalty_cli.operations.feedback.settle import gift_said
from loyalty_cli.operations.feedback.settle import Reply
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.export import member_export
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.shop.status import status
from loyalty_cli.render.words import say
from loyalty_cli.store.feedback.answers import scores_of_many
from loyalty_cli.store.feedback.complaints import complaining
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 10.00}
  lapse_after: 12 months
coupons:
  sorry: {worth: 20.00, valid_for: 30 days}
rewards:
  your opinion: {when: {feedback: given}, at_most: once in 90 days, give: {points: 30}}
feedback:
  complaint_at: 6
  settle_within: 3 days
  reviews: {Map: "https://map.example/corner"}
nightly: [recalc]
"""
HEADER = "receipt,date,time,store,card,cashier,product,amount"
ROWS = (
    "1,2026-11-01,10:00:00,Market,2901,Ola,T,100.00",
    "2,2026-11-02,10:00:00,Market,2902,Ola,T,100.00",
    "3,2026-11-03,10:00:00,Station,2903,Jan,T,100.00",
    "4,2026-11-10,10:00:00,Station,2901,Jan,T,50.00",
)
NUMBERS = count()
DAY_20 = day_from_iso("2026-11-20")


def ewa(day: int | None = None) -> Asked:
    """A request of its own, for a day."""
    return Asked(by="Ewa", reason="at the counter", key=f"request {next(NUMBERS)}", day=day)


def on_20() -> Asked:
    """For 20 November, without a reason."""
    return replace(ewa(DAY_20), reason="")


def early(day: int) -> Asked:
    """For a day of November."""
    return ewa(DAY_20 - 20 + day)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Three members with purchases; the day is 21 November 2026."""
    made = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(made, export(made, "a.csv", *ROWS, header=HEADER))
    recalc(made, as_of=day_from_iso("2026-11-20"))
    return made


def points(shop: Shop, card: str) -> int:
    found = asked(shop, f"SELECT points FROM standing JOIN card USING (member_id) WHERE number = '{card}'")
    return int(found[0][0])


def rows(shop: Shop, name: str, wanted: Wanted | None = None) -> list[Any]:
    return [list(row) for row in report(shop, name, wanted or Wanted()).tables[0].rows]


def later(shop: Shop, days: int) -> Shop:
    return replace(shop, now=shop.now + timedelta(days=days))


def open_numbers(shop: Shop) -> list[Any]:
    return [row[0] for row in feedback_list(shop).tables[0].rows]


def test_rewards_hear_of_an_answer_and_undoing_it_takes_all_of_it_back(shop: Shop) -> None:
    # 100.00 / 10.00 + 50.00 / 10.00 = 15, and 30 for the answer
    done = feedback_add(shop, "2901", Told(4, "slow"), on_20())
    assert points(shop, "2901") == 45
    assert done.data["case"] == 1
    assert open_numbers(shop) == [1]
    revert(shop, int(str(done.data["number"])), ewa())
    assert points(shop, "2901") == 15
    assert open_numbers(shop) == []
    assert rows(shop, "feedback") == []
    with shop.reading() as connection:
        assert list(scores_of_many(connection)) == []
        assert complaining(connection) == frozenset()
    assert check(shop, full=True).exit_code == 0


def test_the_same_key_enters_an_answer_once_and_another_score_under_it_is_refused(shop: Shop) -> None:
    once = replace(on_20(), key="form 7")
    feedback_add(shop, "2901", Told(9), once)
    assert feedback_add(shop, "2901", Told(9), once).data["again"]
    assert asked(shop, "SELECT count(*) FROM feedback") == [(1,)]
    with pytest.raises(Refused, match="something else"):
        feedback_add(shop, "2901", Told(3), once)


@pytest.mark.parametrize("told", [Told(), Told(text="  "), Told(11), Told(-1)])
def test_a_score_of_another_scale_or_nothing_at_all_is_refused(shop: Shop, told: Told) -> None:
    with pytest.raises(LoyaltyError):
        feedback_add(shop, "2901", told, on_20())


@pytest.mark.parametrize(("score", "opens"), [(6, True), (7, False), (None, False)])
def test_a_case_is_opened_by_the_score_that_the_program_says_and_below(shop: Shop, score: int | None, opens: bool) -> None:
    assert (feedback_add(shop, "2901", Told(score, "so so"), on_20()).data["case"] == 1) is opens


def test_an_answer_to_a_complaint_gives_once_and_undoing_it_opens_the_case_again(shop: Shop) -> None:
    complaint_add(shop, "2902", "the cup broke", on_20())
    reply = Reply("a new one", gift_said("points: 100"), settles=True)
    done = feedback_answer(shop, 1, reply, replace(on_20(), key="case 1"))
    # 100 is counted as the language counts, and not only named: "100 points", "100 punktów".
    assert say(done.said[1], "pl") == "100 punktów dla karty 2902."
    assert points(shop, "2902") == 110
    assert feedback_answer(shop, 1, reply, replace(on_20(), key="case 1")).data["again"]
    assert points(shop, "2902") == 110
    with pytest.raises(Refused, match="settled on"):
        feedback_answer(shop, 1, reply, ewa())
    shown = feedback_show(shop, 1).tables[0].rows
    said = [(row[1], row[2], str(said_again(str(row[3])))) for row in shown]
    assert said == [("complaint", "the cup broke", ""), ("answered", "a new one", "100 points"), ("settled", "", "")]
    revert(shop, int(str(done.data["number"])), ewa())
    assert points(shop, "2902") == 10
    assert open_numbers(shop) == [1]


def test_what_the_program_does_not_have_is_not_given_and_nothing_is_noted(shop: Shop) -> None:
    complaint_add(shop, "2902", "the cup broke", on_20())
    with pytest.raises(LoyaltyError, match="no coupon"):
        feedback_answer(shop, 1, Reply("here", gift_said("coupon: sory")), ewa())
    with pytest.raises(LoyaltyError, match="does not say"):
        gift_said("coupon")
    assert len(feedback_show(shop, 1).tables[0].rows) == 1


def test_an_overdue_case_is_told_every_night_until_it_is_settled(shop: Shop) -> None:
    # 20 November and 3 days: the 23rd is the last day in time
    complaint_add(shop, "2902", "the cup broke", on_20())
    told = "Case 1 of card 2902 was to be settled by 2026-11-23"
    assert told not in "".join(map(str, status(later(shop, 2)).warnings))
    for days in (3, 4, 5):
        assert told in "".join(map(str, status(later(shop, days)).warnings))
        night = nightly(later(shop, days))
        assert told in "".join(map(str, night.warnings))
        assert not night.quiet
    assert feedback_list(later(shop, 5)).tables[0].rows[0][3] == "overdue"
    feedback_answer(later(shop, 5), 1, Reply("we are on it"), ewa())
    assert told in "".join(map(str, status(later(shop, 5)).warnings))
    feedback_close(later(shop, 5), 1, ewa())
    assert told not in "".join(map(str, status(later(shop, 5)).warnings))
    assert nightly(later(shop, 6)).quiet


def test_who_complains_hears_no_advertising_and_scores_are_told_with_their_day(shop: Shop) -> None:
    feedback_add(shop, "2901", Told(2), on_20())
    feedback_add(shop, "2903", Told(10), on_20())
    with shop.reading() as connection:
        assert complaining(connection) == {1}
        found = list(scores_of_many(connection, [3]))
    assert [(member, answer.score, answer.day, answer.promotes) for member, answer in found] == [(3, 10, day_from_iso("2026-11-20"), True)]


def test_feedback_is_counted_by_store_cashier_and_month(shop: Shop) -> None:
    # 2901 was last at Station with Jan on the 10th; its second answer names receipt 1, sold by Ola at Market
    feedback_add(shop, "2901", Told(10), on_20())
    feedback_add(shop, "2901", Told(8, receipt="1"), on_20())
    feedback_add(shop, "2902", Told(3, "rude"), on_20())
    # All: 1 promoter, 1 passive, 1 detractor of 3: too few for an NPS; mean 21 / 3 = 7; 3 answers for 4 visits are 75 %.
    found = {(row[0], row[1]): row[2:] for row in rows(shop, "feedback")}
    assert found["all", ""] == ["0-10", 4, 3, 7500, 1, 1, 1, None, None, None, "7.00", None, None]
    assert found["store", "Market"][1:7] == [2, 2, 10_000, 1, 1, 0]
    assert found["store", "Station"][1:7] == [2, 1, 5000, 0, 0, 1]
    assert found["cashier", "Ola"][8:9] == found["store", "Market"][8:9]
    assert found["month", "2026-11"][1:3] == [4, 3]
    only = rows(shop, "feedback", Wanted(stores=["Station"]))
    assert [row[:2] for row in only] == [["all", ""], ["store", "Station"], ["cashier", "Jan"], ["month", "2026-11"]]
    assert rows(shop, "opinions") == [[DAY_20, "2902", 3, "Market", "Ola", "rude"]]
    feedback_add(shop, "2903", Told(9), on_20())
    feedback_add(shop, "2902", Told(7), on_20())
    # 2 promoters, 2 passives, 1 detractor of 5: NPS 100 x (2 - 1) / 5 = 20, mean 37 / 5 = 7.4.
    # Adjusted Wald: p = 2.75 / 8, d = 1.75 / 8, p - d = 0.125, variance 0.546875, sqrt(0.546875 / 8) x 1.96 = 0.512.
    # Student: squares 6.76 + 0.36 + 19.36 + 2.56 + 0.16 = 29.2, s = 2.70, x 2.776 / sqrt(5) = 3.35
    assert rows(shop, "feedback")[0][9:] == ["20", "-39", "64", "7.40", "4.05", "10.75"]


def test_who_gave_nine_or_ten_last_and_does_not_complain_is_asked_for_a_review(shop: Shop) -> None:
    feedback_add(shop, "2901", Told(9), on_20())
    feedback_add(shop, "2902", Told(10), on_20())
    feedback_add(shop, "2902", Told(8), ewa())
    feedback_add(shop, "2903", Told(10), on_20())
    complaint_add(shop, "2903", "closed too early", ewa())
    table = report(shop, "reviews", Wanted()).tables[0]
    assert [row[1] for row in table.rows] == ["2901"]
    assert str(table.notes[0]) == "Map: https://map.example/corner"


def test_complaints_are_compared_with_those_who_did_not_complain(shop: Shop) -> None:
    # 2901 complains on 5 November, settled the next day: at once; bought again on the 10th.
    # 2902 complains on 5 November, answered after 3 days, settled after 8: later; never came again.
    # 2903 did not complain; bought on the 3rd, and never again.
    complaint_add(shop, "2901", "cold tea", early(5))
    complaint_add(shop, "2902", "no bag", early(5))
    feedback_close(shop, 1, early(6))
    feedback_answer(shop, 2, Reply("sorry"), early(8))
    feedback_close(shop, 2, early(13))
    # 90 days after 5 November is 3 February: watched from the 4th on
    assert [row[3] for row in rows(later(shop, 74), "complaints")] == [0, 0, 0, 1]
    assert rows(later(shop, 75), "complaints") == [
        ["settled at once", 1, None, 1, 1, 10_000],
        ["settled later", 1, "3.0", 1, 0, 0],
        ["not settled", 0, None, 0, 0, None],
        ["did not complain", None, None, 1, 0, 0],
    ]


def test_a_member_that_is_merged_brings_answers_and_cases_along(shop: Shop) -> None:
    feedback_add(shop, "2901", Told(2, "slow"), on_20())
    member_merge(shop, "2901", "2902", Asked(by="Ewa", reason="one person"))
    assert feedback_list(shop).tables[0].rows[0][4] in {"2901", "2902"}
    with shop.reading() as connection:
        (member,) = complaining(connection)
        assert [each for each, _ in scores_of_many(connection)] == [member]


def test_all_that_was_said_is_exported_and_an_erased_member_leaves_only_figures(shop: Shop) -> None:
    feedback_add(shop, "2901", Told(2, "my name is Anna"), on_20())
    feedback_answer(shop, 1, Reply("dear Anna"), ewa())
    kept = member_export(shop, "2901")[0].data
    assert {"feedback", "complaint", "complaint_step"} <= set(kept)
    before = rows(shop, "feedback")
    member_erase(shop, "2901", ewa())
    assert b"Anna" not in shop.database.read_bytes()
    assert rows(shop, "feedback") == before
    assert rows(shop, "opinions") == []
    feedback_close(shop, 1, ewa())
    assert check(shop, full=True).exit_code == 0


def test_a_program_whose_cases_would_be_opened_by_good_scores_is_refused(tmp_path: Path) -> None:
    made = shop_in(tmp_path / "shop", PROGRAM.replace("complaint_at: 6", "complaint_at: 9"))
    with pytest.raises(LoyaltyError) as refused:
        feedback_add(made, "2901", Told(9), on_20())
    assert "good score" in str(refused.value.problems[0].what)  # type: ignore[attr-defined]
