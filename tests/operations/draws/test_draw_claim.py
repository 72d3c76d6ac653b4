"""Claiming a prize: in time, once, with the tax and a note to sign."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.claiming import Claiming
from loyalty_cli.draws.claiming import What
from loyalty_cli.draws.proof.facts import rules_txt
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.draw import Formalities
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.draws.claim import Claimed
from loyalty_cli.operations.draws.claim import draw_claim
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.render.document import as_page
from loyalty_cli.render.document_text import as_text

if TYPE_CHECKING:
    from loyalty_cli.model.draw import Randomness
    from tests.operations.draws.conftest import DrawShop

NAME = "spring draw"
# Run on 2026-04-20 at 18:00 UTC, 20:00 in Warsaw; 14 days later is 2026-05-04, the last day to claim.
LAST_DAY = "2026-05-04"


@pytest.fixture
def drawn(there: DrawShop, chance: Randomness, evening: str) -> DrawShop:
    """A draw of a machine worth 3,000.00 and two boxes worth 50.00 in Poland, made on 2026-04-20."""
    object.__setattr__(there.rules, "claim_within", Span(count=14, unit="days"))
    object.__setattr__(there.rules, "worth", (("sewing machine", 300_000), ("pudełko tkanin", 5_000)))
    object.__setattr__(there.rules, "currency", "PLN")
    object.__setattr__(there.rules, "formalities", Formalities(country="PL", organiser="Tkaniny Sp. z o.o."))
    draw_close(there.shop, NAME)
    draw_run(there.at(evening), NAME, chance=chance)
    return there


def claim(there: DrawShop, place: int, what: What, *, on: str = "", at: str = "2026-05-04T10:00:00+00:00", seen: bool = False) -> Claimed:
    day = day_from_iso(on) if on else None
    claiming = Claiming(what=what, identity_checked=seen, day=day, by="Anna")
    return draw_claim(there.at(at), NAME, place, claiming=claiming)


def handed_over(there: DrawShop, place: int, *, on: str = "", at: str = "2026-05-04T10:00:00+00:00") -> Claimed:
    day = day_from_iso(on) if on else None
    return draw_claim(there.at(at), NAME, place, claiming=Claiming(what="accepted", handed_over=True, day=day))


def test_a_prize_is_handed_over_later_than_it_was_accepted(drawn: DrawShop) -> None:
    claim(drawn, 1, "accepted", on="2026-04-22", seen=True)
    outcome = handed_over(drawn, 1, on="2026-04-30").outcome
    assert str(outcome.said[1]) == "It was handed over on 2026-04-30."
    assert (outcome.data["on"], outcome.data["handed_over_on"]) == ("2026-04-22", "2026-04-30")
    assert outcome.data["identity_checked"]
    assert handed_over(drawn, 1).outcome.quiet
    assert handed_over(drawn, 1).outcome.data["handed_over_on"] == "2026-04-30"


def test_a_prize_that_is_handed_over_is_accepted_by_that(drawn: DrawShop) -> None:
    outcome = handed_over(drawn, 2, on="2026-04-21").outcome
    assert (outcome.data["on"], outcome.data["handed_over_on"]) == ("2026-04-21", "2026-04-21")


def test_no_prize_is_handed_over_before_it_was_accepted(drawn: DrawShop) -> None:
    claim(drawn, 1, "accepted", on="2026-04-22")
    with pytest.raises(Refused, match="handed over from then on"):
        handed_over(drawn, 1, on="2026-04-21")


def test_the_time_to_claim_runs_from_the_day_the_results_are_published(drawn: DrawShop) -> None:
    published = replace(drawn.rules, formalities=Formalities(country="PL", results_on=day_from_iso("2026-04-25")))
    drawn.change("UPDATE draw SET rules = ?", rules_txt(published))
    # 25 April and 14 days are 9 May.
    assert claim(drawn, 1, "accepted", at="2026-05-09T10:00:00+00:00").outcome.data["claim_until"] == "2026-05-09"
    with pytest.raises(Refused, match="until 2026-05-09"):
        claim(drawn, 2, "accepted", at="2026-05-10T10:00:00+00:00")


def test_an_accepted_prize_is_recorded_with_its_day_and_who_recorded_it(drawn: DrawShop) -> None:
    claimed = claim(drawn, 1, "accepted", seen=True)
    assert str(claimed.outcome.said[0]) == "spring draw, place 1: sewing machine was accepted on 2026-05-04."
    assert drawn.ask("SELECT place, what, date(day), identity_checked, by FROM draw_claim") == [(1, "accepted", "2026-05-04", 1, "Anna")]
    assert claimed.outcome.data["claim_until"] == LAST_DAY


def test_the_tax_line_comes_from_the_countrys_table(drawn: DrawShop) -> None:
    # Poland: 10 % of 3,000.00 = 300.00; a prize of 50.00 stays below the free 2,000.00 where that applies.
    outcome = claim(drawn, 1, "accepted").outcome
    assert (outcome.data["worth"], outcome.data["tax"]) == (300_000, 30_000)
    # The money that pays it is taxed, too: 300.00 / 0.9 = 333.333, up to 333.34; 10 % of 3,333.34 is 333.33.
    assert outcome.data["tax_to_add"] == 33_334
    assert "Money to add for the winner to pay it from: 333.34 PLN" in map(str, outcome.said)
    assert claim(drawn, 2, "accepted").outcome.data["tax_to_add"] == 0


def test_the_same_claim_again_changes_nothing_and_a_later_check_of_identity_is_added(drawn: DrawShop) -> None:
    claim(drawn, 1, "accepted", on="2026-04-30")
    assert claim(drawn, 1, "accepted").outcome.quiet
    assert not claim(drawn, 1, "accepted", seen=True).outcome.quiet
    assert drawn.ask("SELECT date(day), identity_checked FROM draw_claim") == [("2026-04-30", 0), ("2026-04-30", 1)]


def test_a_prize_is_claimed_until_its_last_day_included(drawn: DrawShop) -> None:
    with pytest.raises(Refused, match="could be claimed until 2026-05-04"):
        claim(drawn, 1, "accepted", at="2026-05-05T10:00:00+00:00")
    claim(drawn, 1, "accepted", at="2026-05-05T10:00:00+00:00", on=LAST_DAY)
    with pytest.raises(Refused, match="it has not expired"):
        claim(drawn, 2, "expired")
    claim(drawn, 2, "expired", at="2026-05-05T10:00:00+00:00")


@pytest.mark.parametrize("on", ["2026-04-19", "2026-05-05"])
def test_a_claim_lies_between_the_draw_and_today(drawn: DrawShop, on: str) -> None:
    with pytest.raises(Refused, match="lies between"):
        claim(drawn, 1, "refused", on=on)


def test_what_was_accepted_stays_and_what_was_given_up_can_still_be_accepted(drawn: DrawShop) -> None:
    claim(drawn, 1, "refused")
    claim(drawn, 1, "accepted")
    what: What
    for what in ("refused", "expired"):
        with pytest.raises(Refused, match="was accepted"):
            claim(drawn, 1, what)


def test_a_reserve_and_a_place_that_is_not_there_can_not_claim(drawn: DrawShop) -> None:
    with pytest.raises(Refused, match="is a reserve"):
        claim(drawn, 4, "accepted")
    with pytest.raises(LoyaltyError, match="has no place 9"):
        claim(drawn, 9, "accepted")


def test_a_draw_that_was_not_made_has_nothing_to_claim(there: DrawShop) -> None:
    draw_close(there.shop, NAME)
    with pytest.raises(Refused, match="has not been made"):
        claim(there, 1, "accepted")


@pytest.mark.parametrize("language", ["en", "pl", "ru", "ro"])
def test_the_handover_note_names_prize_winner_and_both_who_sign(drawn: DrawShop, language: str) -> None:
    note = claim(drawn, 1, "accepted", seen=True).note
    assert note is not None
    winner = str(drawn.ask("SELECT name FROM draw_winner JOIN member ON member.id = member_id WHERE place = 1")[0][0])
    text = as_text(note, language).decode()
    page = as_page(note, language).decode()
    for part in ("sewing machine", winner, "Tkaniny Sp. z o.o."):
        assert part in text
        assert part in page
    assert max(map(len, text.splitlines())) <= 80


def test_only_an_accepted_prize_has_a_note(drawn: DrawShop) -> None:
    assert claim(drawn, 1, "refused").note is None
