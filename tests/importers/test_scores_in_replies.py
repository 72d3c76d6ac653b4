"""The score that somebody writes back; a wrong one is worse than none, as it may open a case."""

from __future__ import annotations

import pytest

from loyalty_cli.importers.mailboxes.heard import heard_in
from loyalty_cli.importers.mailboxes.opened import read
from loyalty_cli.importers.mailboxes.scored import score_in


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("9", 9),
        ("10!", 10),
        ("Ocena: 8", 8),
        ("8, bardzo miło", 8),
        ("0 - nigdy więcej", 0),
        ("Dzień dobry,\n\n7\n\nAnna", 7),
        ("Daję 9 z 10, dziękuję", 9),
        ("Думаю, 10 из 10!", 10),
        ("Aș da 6 din 10.", 6),
        ("I'd say 9/10 as I waited 5 minutes", 9),
        ("Czekałam 5 minut.", None),
        ("5 minut czekania", None),
        ("Byłam 3 dni temu, bilet 2/5", None),
        ("9-10", None),
        ("9,5", None),
        ("11", None),
        ("7\n8", None),
        ("tel. 501 234 567", None),
        ("2026-11-20", None),
        ("Dziękuję!", None),
        ("", None),
    ],
)
def test_a_score_out_of_ten(text: str, score: int | None) -> None:
    assert score_in(text, 0, 10) == score


def test_a_score_out_of_five_has_its_own_bounds() -> None:
    assert [score_in(text, 1, 5) for text in ("5", "4/5", "0", "9/10", "6")] == [5, 4, None, None, None]


@pytest.mark.parametrize(
    "quoted",
    [
        "> Jak było?",
        "pt., 20 lis 2026 o 10:00 Klub <club@shop.example> napisał(a):",
        "пт, 20 нояб. 2026 г. в 10:00, Klub <club@shop.example>:",
        "În vin., 20 nov. 2026 la 10:00, Klub a scris:",
        "On Fri, 20 Nov 2026 at 10:00, Klub <club@shop.example> wrote:",
        "________________________________",
    ],
)
def test_what_a_mail_program_quotes_is_not_the_writers(quoted: str) -> None:
    heads = "From: ana@x.example\nSubject: Re: Jak było?\nContent-Type: text/plain; charset=utf-8\n\n"
    (heard,) = heard_in(read(f"{heads}9\n\n{quoted}\nOcena od 0 do 10: 10/10\n".encode()))
    assert (heard.text, score_in(heard.text, 0, 10)) == ("9", 9)
