from __future__ import annotations

import csv

import pytest

from loyalty_cli.books.journal import journal
from loyalty_cli.books.mksiegowa import mksiegowa
from loyalty_cli.model.bookkeeping import Bookkeeping
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.money import Currency
from tests.books.test_journal import CHANGES
from tests.books.test_journal import said
from tests.books.test_journal import ZLOTY
from tests.books.test_symfonia import NUMBERS


def written(accounts: dict[str, str] = NUMBERS, currency: Currency = ZLOTY) -> str:
    now = Bookkeeping(policy="deferral", accounts=accounts)
    made = journal(CHANGES, {}, now, first=day_from_iso("2027-02-01"), last=day_from_iso("2027-02-28"))
    return mksiegowa(made, currency, said).decode()


def test_each_side_of_a_document_is_a_line_and_each_document_sums_to_nothing() -> None:
    rows = list(csv.DictReader(written().splitlines(), delimiter=";"))
    assert list(rows[0]) == ["nr_ewid", "data_ks", "data_dok", "data_op", "konto", "projekt1", "projekt2", "kwota", "opis"]
    # What was owed before February is no document; three documents with two sides each.
    assert [row["nr_ewid"] for row in rows[:2]] == [rows[0]["nr_ewid"]] * 2
    assert len(rows) == 6
    # The second document: 3.00 were used, from what is owed to revenue.
    assert [(row["nr_ewid"], row["data_ks"], row["konto"], row["kwota"]) for row in rows[2:4]] == [
        ("LOY/2027-02-10/1", "2027-02-10", "702", "-3.00"),
        ("LOY/2027-02-10/1", "2027-02-10", "845-01", "3.00"),
    ]
    assert all(len(row) == 9 and "'" not in row["opis"] for row in rows)


def test_what_the_form_can_not_carry_is_refused() -> None:
    with pytest.raises(LoyaltyError, match="mKsiegowa has no account Income:Points:Estimate"):
        written(Bookkeeping().accounts)
    with pytest.raises(LoyaltyError, match="mKsiegowa has no account 845-01-02-03-04-05"):
        written({**NUMBERS, "points": "845-01-02-03-04-05"})
    with pytest.raises(LoyaltyError, match="mKsiegowa takes in PLN, not RON"):
        written(currency=Currency(code="RON", digits=2))


def test_no_text_breaks_a_line() -> None:
    now = Bookkeeping(policy="deferral", accounts=NUMBERS)
    made = journal(CHANGES, {}, now, first=day_from_iso("2027-02-01"), last=day_from_iso("2027-02-28"))
    rows = mksiegowa(made, ZLOTY, lambda _: 'O\'Neil; "Żółć"\n' + "ą" * 300).decode().splitlines()
    assert {row.count(";") for row in rows} == {8}
    assert all(len(row.rpartition(";")[2].encode()) <= 255 and "'" not in row and '"' not in row for row in rows)
