"""Whose an address in a card's place is does not depend on which list came first, held against one obvious reckoning."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.imports.purchases import import_purchases
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

LAYOUT = "card_is: contact\ncolumns: {receipt: receipt, date: date, time: time, card: card, amount: amount}\n"
MAILS = [f"p{place}@x.pl" for place in range(6)]
PHONES = [f"+4860010020{place}" for place in range(6)]


@pytest.mark.parametrize("seed", range(12))
def test_a_receipt_is_of_the_one_member_who_has_its_address(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    people = [(str(100 + place), f"N{place}", chance.choice([*MAILS, ""]), chance.choice([*PHONES, ""])) for place in range(5)]
    receipts = [(number, chance.choice([*MAILS, *PHONES])) for number in range(1, 9)]
    owners = {address: [name for _, name, *ways in people if address in ways] for address in (*MAILS, *PHONES)}
    expected = [(str(number), owners[address][0] if len(owners[address]) == 1 else "") for number, address in receipts]
    shop = shop_in(tmp_path)
    (shop.folder / "layouts").mkdir(exist_ok=True)
    (shop.folder / "layouts" / "mail.yaml").write_text(LAYOUT)
    rows = [f"{number},2026-03-02,10:00:0{number},{address},1.00" for number, address in receipts]
    parts = [rows[:4], rows[4:], list(map(",".join, people))]
    members = parts[2]
    chance.shuffle(parts)
    for place, part in enumerate(parts):
        if part is members:
            import_members(shop, [str(export(shop, f"{place}.csv", *part, header="card,name,email,phone"))])
        else:
            file = export(shop, f"{place}.csv", *part, header="receipt,date,time,card,amount")
            import_purchases(shop, [str(file)], layout="mail", store="North")
    found = asked(shop, "SELECT receipt.number, member.name FROM receipt JOIN member ON member.id = member_id ORDER BY receipt.number")
    assert found == expected
