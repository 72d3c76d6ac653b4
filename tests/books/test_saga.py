"""Saga C's table of accounting notes, read back byte by byte."""

from __future__ import annotations

import struct

import pytest

from loyalty_cli.books.journal import journal
from loyalty_cli.books.saga import file_name
from loyalty_cli.books.saga import saga
from loyalty_cli.model.bookkeeping import Bookkeeping
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.money import Currency
from tests.books.test_journal import CHANGES

LEU = Currency(code="RON", digits=2)
NUMBERS = {
    **Bookkeeping().accounts,
    "points": "472.01",
    "sales": "707",
    "points_used": "708.01",
    "points_lapsed": "708.02",
    "points_given": "623",
    "estimate": "708.03",
}


def written(accounts: dict[str, str] = NUMBERS, currency: Currency = LEU) -> bytes:
    now = Bookkeeping(policy="deferral", accounts=accounts)
    made = journal(CHANGES, {}, now, first=day_from_iso("2027-02-01"), last=day_from_iso("2027-02-28"))
    return saga(made, currency, lambda each: f"Piața; ȘTEFAN: {each.kind}")


def records(content: bytes) -> list[dict[str, str]]:
    """What any reader of dBASE finds."""
    rows, head, length = struct.unpack("<4xIHH", content[:12])
    columns = [struct.unpack("<11sc4xBB14x", content[place : place + 32]) for place in range(32, head - 1, 32)]
    assert content[head - 1 : head] == b"\r"
    assert content[head + rows * length :] == b"\x1a"
    found = []
    for number in range(rows):
        record, place, row = content[head + number * length : head + (number + 1) * length], 1, {}
        for name, _, size, _ in columns:
            row[name.rstrip(b"\0").decode()] = record[place : place + size].decode("cp1252")
            place += size
        assert (record[:1], place) == (b" ", length)
        found.append(row)
    return found


def test_each_transaction_is_a_row_with_its_debited_and_credited_account() -> None:
    rows = [{name: cell.strip() for name, cell in row.items()} for row in records(written())]
    # What was owed before February is no row. 0.07 more are owed by a new estimate, 3.00 were used, 5.00 lapsed.
    assert [(row["NDP"], row["DATA"], row["CONT_D"], row["CONT_C"], row["SUMA"]) for row in rows] == [
        ("LOY/27-02-01/1", "20270201", "708.03", "472.01", "0.07"),
        ("LOY/27-02-10/1", "20270210", "472.01", "708.01", "3.00"),
        ("LOY/27-02-10/2", "20270210", "472.01", "708.02", "5.00"),
    ]
    assert {(row["COD_VALUTA"], row["CURS"], row["SUMA_VAL"], row["GRUPA"]) for row in rows} == {("RON", "1.0000", "0.00", "")}
    assert rows[1]["EXPLICATIE"] == "Piata STEFAN: used"
    assert written() == written()


def test_numbers_stand_to_the_right_and_texts_to_the_left() -> None:
    row = records(written())[0]
    assert (row["SUMA"], row["CONT_C"]) == ("           0.07", "472.01              ")


def test_the_file_is_called_by_its_days() -> None:
    assert file_name(day_from_iso("2027-02-01"), day_from_iso("2027-02-28")) == "NC_01-02-2027_28-02-2027.dbf"


def test_what_the_form_can_not_carry_is_refused() -> None:
    with pytest.raises(LoyaltyError, match="Saga C has no account Income:Points:Estimate"):
        written(Bookkeeping().accounts)
    with pytest.raises(LoyaltyError, match="Saga C has no account 472-01"):
        written({**NUMBERS, "points": "472-01"})
    with pytest.raises(LoyaltyError, match="Saga C takes in RON, not PLN"):
        written(currency=Currency(code="PLN", digits=2))
