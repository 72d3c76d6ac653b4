"""Lists from shops whose members have no cards: who they are is told by e-mail or telephone, as their orders tell it."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.imports.balances import import_balances
from loyalty_cli.operations.imports.inspect_file import inspect_file
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.ledger.recalc import recalc
from tests.importers.test_inspect_counts_right import drafted
from tests.operations.imports.till_shop import asked

if TYPE_CHECKING:
    from pathlib import Path

MOVING = "First name,Last name,Email,Points balance,Member since\nAla,Test,Ala@x.pl,120,2026-01-02\nOla,Test,ola@x.pl,30,2026-03-02\n"


@pytest.mark.parametrize(
    ("header", "rows", "kind", "card"),
    [
        ("user_email,points", "ala@x.pl,120\nola@x.pl,30\n", "balances", "user_email"),
        ("Klient e-mail;Saldo punktów", "ala@x.pl;120\nola@x.pl;30\n", "balances", "Klient e-mail"),
        ("Телефон;Баллы", "+79161234567;120\n+79161234568;30\n", "balances", "Телефон"),
        ("Imię i nazwisko;E-mail;Data urodzenia", "Ala Test;ala@x.pl;13.02.1990\nOla Test;ola@x.pl;02.03.1991\n", "members", "E-mail"),
        ("Nume;Telefon;Data nașterii", "Ana Test;+40721234567;13.02.1990\nIon Test;+40721234568;02.03.1991\n", "members", "Telefon"),
        ("Email,Date,Event", "ala@x.pl,2026-03-13,opened\nola@x.pl,2026-03-14,opened\n", "events", "Email"),
        (
            "Name,Last Active,Date Registered,Email,Orders,Total Spend",
            "Ala T,2026-03-05,2026-01-15,ala@x.pl,3,300.00\nOla T,2026-03-06,2026-02-15,ola@x.pl,1,30.00\n",
            "members",
            "Email",
        ),
        # With days and sums they are purchases, as before.
        ("Data;Klient;E-mail;Wartość", "13.02.2026;Ala T;ala@x.pl;10,00\n14.02.2026;Ola T;ola@x.pl;12,00\n", "purchases", "E-mail"),
        ("E-mail;Data;Wartość", "ala@x.pl;13.02.2026;10,00\nola@x.pl;14.02.2026;12,00\n", "purchases", "E-mail"),
        # A card is a card, whatever stands beside it.
        ("Card,Email,Points", "2900001,ala@x.pl,120\n2900002,ola@x.pl,30\n", "members", "Card"),
    ],
)
def test_members_without_cards_are_known_by_how_they_are_reached(tmp_path: Path, header: str, rows: str, kind: str, card: str) -> None:
    _, found = drafted(tmp_path, f"{header}\n{rows}")
    named = {"e-mail": "card_is: e-mail\n", "tele": "card_is: phone\n", "тел": "card_is: phone\n", "email": "card_is: e-mail\n"}
    way = next((line for part, line in named.items() if part in card.lower()), "")
    assert (found["kind"], f"card: {card}" in found["draft"], way in found["draft"]) == (kind, True, True)


def test_a_list_from_another_program_brings_members_and_then_what_they_have(tmp_path: Path) -> None:
    shop, found = drafted(tmp_path, MOVING)
    told = [str(row[-1]) for row in inspect_file(shop, str(tmp_path / "a.csv")).tables[0].rows]
    assert found["kind"] == "members"
    assert any("with --kind balances" in why and '"Points balance"' in why for why in told)
    import_members(shop, [str(tmp_path / "a.csv")], layout="mine")
    assert asked(shop, "SELECT card.number, name, email FROM card JOIN member ON member.id = member_id") == [
        ("ala@x.pl", "Ala Test", "Ala@x.pl"),
        ("ola@x.pl", "Ola Test", "ola@x.pl"),
    ]
    moved: Any = inspect_file(shop, str(tmp_path / "a.csv"), kind="balances", write=tmp_path / "layouts" / "moved.yaml").data
    assert (moved["trial"]["lines"], moved["trial"]["set_aside"]) == (2, 0)
    import_balances(shop, [str(tmp_path / "a.csv")], layout="moved")
    # They are of today, and a recalculation works through yesterday.
    assert recalc(shop).exit_code == 0
    assert asked(shop, "SELECT sum(quantity) FROM adjustment") == [(150,)]
