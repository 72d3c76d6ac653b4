"""The minutes of a draw: every field a commission needs, in four languages, on paper and as text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.claiming import Claiming
from loyalty_cli.draws.papers.prizes import masked_card
from loyalty_cli.draws.papers.prizes import masked_name
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.draw import Formalities
from loyalty_cli.model.draw import NumberSource
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.draws import protocol as module
from loyalty_cli.operations.draws.claim import draw_claim
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.protocol import draw_protocol
from loyalty_cli.operations.draws.redraw import draw_redraw
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.render.document import as_page
from loyalty_cli.render.document_text import as_text

if TYPE_CHECKING:
    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.shown.document import Document
    from tests.operations.draws.conftest import DrawShop

NAME = "spring draw"
NAMES = {1: "Żaneta Ślączka", 2: "Łukasz Gąsior", 3: "Иван Щукин", 4: "Ștefan Țurcanu", 5: "Zofia Bąk"}


@pytest.fixture
def drawn(there: DrawShop, chance: Randomness, evening: str, monkeypatch: pytest.MonkeyPatch) -> DrawShop:
    """A draw with everything that the minutes can say, made on 2026-04-20 at 20:00 in Warsaw."""
    rules = replace(
        there.rules,
        worth=(("sewing machine", 300_000), ("pudełko tkanin", 5_000)),
        currency="PLN",
        claim_within=Span(count=14, unit="days"),
        source=NumberSource(kind="drand quicknet", round=27_946_612, at="2026-04-20T00:00:00+00:00"),
        formalities=Formalities(
            country="PL",
            organiser="Tkaniny Sp. z o.o.",
            permit="1001-IAZ.12.2026",
            notary="Anna Rejent",
            commission=("Ewa Źrebiec, chair", "Jan Kos"),
            place="Łódź, ul. Długa 5",
            results_on=day_from_iso("2026-04-22"),
        ),
    )
    there.rules = rules
    monkeypatch.setattr(module, "draw_rules", lambda _connection, _name: rules)
    for member, name in NAMES.items():
        there.change("UPDATE member SET name = ? WHERE id = ?", name, member)
    draw_close(there.shop, NAME)
    draw_run(there.at(evening), NAME, chance=chance)
    draw_claim(there.at("2026-04-25T10:00:00+00:00"), NAME, 2, claiming=Claiming(what="refused", by="Anna"))
    draw_redraw(there.at("2026-04-26T10:00:00+00:00"), NAME, 2)
    return there


def minutes_of(there: DrawShop) -> Document:
    return draw_protocol(there.shop, NAME, program="loyalty 1.0").document


def test_the_minutes_say_everything_a_commission_signs_for(drawn: DrawShop, chance: Randomness) -> None:
    text = as_text(minutes_of(drawn), "en").decode()
    flat = re.sub(r"\s+", " ", text)
    proof = drawn.ask("SELECT seed, entries_sha256, void_sha256, rules_sha256 FROM draw")[0]
    for part in (
        "Minutes of the prize draw",
        "Draw id: spring-draw",
        "Organiser: Tkaniny Sp. z o.o.",
        "Permit: 1001-IAZ.12.2026",
        "Notary: Anna Rejent",
        "Legal basis: Ustawa o grach hazardowych",
        "Where: Łódź, ul. Długa 5",
        "Period of sale: 2026-03-01 to 2026-04-18",
        # Closed at 08:00 UTC; Warsaw is two hours ahead in April.
        "Closed: 2026-04-19 10:00:00 (Europe/Warsaw, UTC+02:00)",
        "Drawn: 2026-04-20 20:00:00 (Europe/Warsaw, UTC+02:00)",
        # 3 + 1 + 5 + 3 + 8 tickets of five members.
        "Tickets: 20 Entrants: 5",
        "Void tickets: 0",
        "Method: prizedraw/1 Program: loyalty 1.0",
        "Source of the number: drand quicknet Round: 27946612",
        "Public since: 2026-04-20 02:00:00 (Europe/Warsaw, UTC+02:00)",
        chance.public,
        *map(str, proof),
        # 1 x 3,000.00 + 2 x 50.00
        "Worth of all prizes: 3,100.00 PLN",
        "Prizes can be claimed until: 2026-05-06 (14 days after the results)",
        "Results announced on: 2026-04-22",
        "pudełko tkanin of place 2 went to the reserve at place 4.",
        "Commission: Ewa Źrebiec, chair",
        "Commission: Jan Kos",
        "Notary: Anna Rejent",
        "entries.txt",
        "proof.json",
    ):
        assert part in flat, part


def test_winners_are_masked_and_every_pick_is_in_the_log(drawn: DrawShop) -> None:
    text = as_text(minutes_of(drawn), "en").decode()
    assert not any(name in text for name in NAMES.values())
    winner = str(drawn.ask("SELECT name FROM draw_winner JOIN member ON member.id = member_id WHERE place = 1")[0][0])
    assert masked_name(winner) in text
    picks = len((drawn.folder / "proof.tsv").read_text(encoding="utf-8").splitlines()) - 1
    log = text.split("Every pick")[1].split("Incidents")[0]
    assert len(re.findall(r"^ +\d+ +\d+  [0-9a-f]{20}", log, re.MULTILINE)) == picks


@pytest.mark.parametrize("language", ["en", "pl", "ru", "ro"])
def test_the_text_fits_80_columns_and_the_page_loads_nothing(drawn: DrawShop, language: str) -> None:
    document = minutes_of(drawn)
    text = as_text(document, language).decode()
    assert max(map(len, text.splitlines())) <= 80
    page = as_page(document, language).decode()
    assert f'<html lang="{language}">' in page
    assert "http" not in page.replace("http-equiv", "")
    assert "size: A4" in page
    for part in ("pudełko tkanin", "Łódź", "Ewa Źrebiec"):
        assert part in page
        assert part in text


def test_on_a_narrow_screen_digests_break_and_headings_wrap(drawn: DrawShop) -> None:
    page = as_page(minutes_of(drawn), "ru").decode()
    # 64 digits of a digest and a row of headings of amounts are wider than 360 px.
    assert "th.number, .annexes td.code { white-space: normal; }" in page.split("@media screen and (max-width: 700px)")[1]


def test_a_draw_that_was_not_made_has_no_minutes(there: DrawShop) -> None:
    draw_close(there.shop, NAME)
    with pytest.raises(Refused, match="has not been made"):
        draw_protocol(there.shop, NAME)


def test_names_and_cards_are_masked() -> None:
    assert masked_name("Anna Maria Nowak-Kowalska") == "A*** M*** N***"
    assert (masked_name(""), masked_card("2900000012345"), masked_card("M0003")) == ("", "***2345", "")


def test_a_names_markup_is_text_on_the_page(drawn: DrawShop) -> None:
    drawn.change("UPDATE member SET name = '<b>Bad</b>'")
    assert b"<b>" not in as_page(minutes_of(drawn), "en")
