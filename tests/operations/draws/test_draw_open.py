"""Opening a draw: what must be said before it is announced, and that the announcement holds."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.open import draw_open
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.render.words import say
from tests.operations.draws.announced_shop import announced_shop
from tests.operations.draws.announced_shop import at
from tests.operations.draws.announced_shop import BEFORE
from tests.operations.draws.announced_shop import buy
from tests.operations.draws.announced_shop import CLOSING
from tests.operations.draws.announced_shop import DRAW
from tests.operations.draws.announced_shop import EVENING
from tests.operations.draws.announced_shop import HEAD

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop


def said(outcome: Outcome) -> str:
    """Everything that was printed."""
    return "\n".join(map(str, outcome.said))


def adopt(shop: Shop, draw: str) -> None:
    """Another program file, adopted."""
    shop.program.write_text(HEAD + draw, encoding="utf-8")
    adopt_program(shop, from_day=None, by="")


def test_the_announcement_says_dates_tickets_prizes_deadline_and_the_round(tmp_path: Path) -> None:
    text = said(draw_open(announced_shop(tmp_path), "spring draw"))
    assert "It runs from 2027-03-01 through 2027-05-31." in text
    assert "One ticket for every 50.00 PLN bought." in text
    assert "Prize: 1 x sewing machine, worth 1900.00 PLN each" in text
    assert "A prize can be claimed within 14 days" in text
    # 5 June 2027 18:00 UTC is 1,812,218,400; less the genesis 1,692,803,367 it is 119,415,033 s = 39,805,011 periods
    # of 3 s to the second, so round 39,805,012.
    assert "drand quicknet round 39805012, published at 2027-06-05 18:00 UTC." in text


def test_opening_again_prints_the_same_announcement(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path)
    first = draw_open(shop, "spring draw")
    again = draw_open(at(shop, "2027-02-25T09:00:00+00:00"), "spring draw")
    assert said(again) == said(first)
    assert again.data == first.data


@pytest.mark.parametrize(
    ("without", "instead", "why"),
    [
        ("    claim_within: 14 days\n", "", "claim_within: 14 days"),
        ("    randomness: {from: drand quicknet, at: 2027-06-05 20:00}\n", "", "where the number comes from"),
        (", at: 2027-06-05 20:00", "", "every 3 seconds"),
        ("at: 2027-06-05 20:00", "at: 2027-05-31 23:59", "before the draw can be closed"),
        ("14 days", "14 days\n    results_on: 2027-05-31", "before the draw can be closed"),
        ("one_ticket_for_every: 50.00", "tickets_from: rewards", "no reward gives any"),
        ("reserves: 1", "reserves: 1\n    method: rfc3797", "lottery numbers"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_announced(tmp_path: Path, without: str, instead: str, why: str) -> None:
    shop = announced_shop(tmp_path, DRAW.replace(without, instead))
    with pytest.raises(Refused, match=why):
        draw_open(shop, "spring draw")
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM draw_opening").fetchone() == (0,)


def test_each_thing_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    without = DRAW.replace("    claim_within: 14 days\n", "").replace("    randomness: {from: drand quicknet, at: 2027-06-05 20:00}\n", "")
    with pytest.raises(Refused) as caught:
        draw_open(announced_shop(tmp_path, without), "spring draw")
    assert str(caught.value).endswith(
        " It does not say how long a prize can be claimed (such as claim_within: 14 days). It does not say where the number comes from "
        "(such as randomness: {from: drand quicknet, at: 2027-06-05 20:00})."
    )


def test_a_draw_whose_last_day_is_over_is_not_announced(tmp_path: Path) -> None:
    with pytest.raises(Hindered, match="Its last day 2027-05-31 is over") as caught:
        draw_open(at(announced_shop(tmp_path, DRAW.replace("claim_within: 14 days\n    ", "")), CLOSING), "spring draw")
    # Each mistake is told by itself.
    first, second = (say(each.what, "pl") for each in caught.value.obstacles)
    assert first.startswith("Nie podano, jak długo można odebrać nagrodę")
    assert second == "Jego ostatni dzień 31.05.2027 już minął."


def test_the_secret_stays_in_the_database_and_its_hash_is_in_the_rules(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path)
    outcome = draw_open(shop, "spring draw", commit_secret=True)
    with shop.reading() as connection:
        secret = connection.execute("SELECT secret FROM draw_opening").fetchone()[0]
    committed = hashlib.sha256(secret.encode()).hexdigest()
    assert len(secret) == 64
    assert secret not in said(outcome)
    assert committed in said(outcome)
    buy(shop, 1, "2027-03-01", 5000)
    recalc(at(shop, CLOSING))
    draw_close(at(shop, CLOSING), "spring draw")
    assert f"secret committed: {committed}\n" in (tmp_path / "shop/draws/spring-draw/rules.txt").read_text()
    # Opened again, it is the same secret.
    assert secret != shop.secret


def test_rules_that_promise_a_secret_want_to_be_opened_before_the_close(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path, DRAW + "    secret: yes\n")
    with pytest.raises(Refused, match="promise a secret"):
        draw_close(at(shop, CLOSING), "spring draw")


def test_what_was_announced_is_changed_only_knowingly_and_closed_only_as_announced(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path)
    draw_open(shop, "spring draw")
    adopt(shop, DRAW.replace("fabric box: 2", "fabric box: 1"))
    with pytest.raises(Refused, match="announced with other rules"):
        draw_open(shop, "spring draw")
    with pytest.raises(Refused, match=r"prize: 2 x fabric box.*prize: 1 x fabric box"):
        draw_close(at(shop, CLOSING), "spring draw")
    draw_open(shop, "spring draw", changed=True)
    buy(shop, 1, "2027-03-01", 5000)
    recalc(at(shop, CLOSING))
    draw_close(at(shop, CLOSING), "spring draw")
    with pytest.raises(Refused, match="is closed since"):
        draw_open(at(shop, CLOSING), "spring draw", changed=True)


def test_moments_are_said_by_the_clock_of_the_shop(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path)
    # 9:00 UTC in February is 10:00 in Warsaw, 6:00 UTC in June is 8:00.
    assert say(draw_open(shop, "spring draw").said[0]) == "spring draw is announced since 2027-02-20 10:00."
    buy(shop, 1, "2027-03-01", 5000)
    recalc(at(shop, CLOSING))
    assert say(draw_close(at(shop, CLOSING), "spring draw").said[0]) == "spring draw is closed since 2027-06-01 08:00."
    with pytest.raises(Refused) as refused:
        draw_open(at(shop, CLOSING), "spring draw", changed=True)
    assert say(refused.value.phrase) == "The draw spring draw is closed since 2027-06-01 08:00."


def test_a_draw_is_not_closed_once_its_number_is_known(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path)
    buy(shop, 1, "2027-03-01", 5000)
    recalc(at(shop, EVENING))
    with pytest.raises(Refused, match="would prove nothing"):
        draw_close(at(shop, EVENING), "spring draw")
    draw_close(at(shop, "2027-06-05T17:59:59+00:00"), "spring draw")


def test_a_country_brings_its_formalities_with_source_and_date_and_is_no_advice(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path, DRAW + "    country: PL\n    permit: 12/2027\n    commission: [Anna Nowak - chair, Jan Kot]\n")
    text = said(draw_open(shop, "spring draw"))
    assert "What PL asks for:" in text
    assert "not advice" in text
    assert "Commission: Anna Nowak - chair, Jan Kot" in text
    assert "Permit: 12/2027" in text


def test_the_commissions_names_are_not_published(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path, DRAW + "    permit: 12/2027\n    commission: Anna Nowak\n")
    buy(shop, 1, "2027-03-01", 5000)
    recalc(at(shop, CLOSING))
    draw_close(at(shop, CLOSING), "spring draw")
    rules = (tmp_path / "shop/draws/spring-draw/rules.txt").read_text()
    assert "permit: 12/2027" in rules
    assert "Anna" not in rules


def test_a_dry_run_announces_nothing(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path)
    draw_open(shop, "spring draw", dry_run=True)
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM draw_opening").fetchone() == (0,)


def test_it_is_said_if_the_first_day_has_passed_already(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path)
    assert "first day" not in " ".join(map(str, draw_open(at(shop, BEFORE), "spring draw", dry_run=True).warnings))
    late = draw_open(at(shop, "2027-03-02T12:00:00+00:00"), "spring draw")
    assert "Its first day 2027-03-01 has passed" in " ".join(map(str, late.warnings))
