from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.books.journal import accounts_of
from loyalty_cli.books.journal import journal
from loyalty_cli.books.journal_texts import beancount
from loyalty_cli.books.journal_texts import hledger
from loyalty_cli.books.owed import Change
from loyalty_cli.model.bookkeeping import Bookkeeping
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.money import Currency

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.books.journal import Journal
    from loyalty_cli.books.journal import Transaction

ZLOTY = Currency(code="PLN", digits=2)
DAYS = ("2027-01-30", "2027-01-31", "2027-02-01", "2027-02-10")


def change(day: str, store: str, kind: str, *, by_sale: bool = True) -> Change:
    return Change(day_from_iso(day), store, by_sale, kind)


CHANGES = {
    change("2027-01-30", "Rynek 5; *Główny", "earned"): 1_000,
    change("2027-01-30", "", "other", by_sale=False): 500,
    change("2027-01-31", "Rynek 5; *Główny", "taken back"): -100,
    change("2027-02-01", "Rynek 5; *Główny", "estimate"): 7,
    change("2027-02-10", "Rynek 5; *Główny", "used"): -300,
    change("2027-02-10", "", "lapsed", by_sale=False): -500,
}


def made(first: str = "2027-01-01", last: str = "2027-02-28", policy: str = "deferral") -> Journal:
    books = Bookkeeping(policy=policy)  # type: ignore[arg-type]
    return journal(CHANGES, {}, books, first=day_from_iso(first), last=day_from_iso(last))


def said(transaction: Transaction) -> str:
    return f"{transaction.store}: {transaction.kind}"


def test_each_day_store_and_kind_is_a_transaction_that_balances() -> None:
    found = made()
    assert all(sum(posting.amount for posting in each.postings) == 0 for each in found.transactions)
    assert [(each.store, each.kind, each.postings[0]) for each in found.transactions] == [
        ("Rynek 5; *Główny", "earned", ("Income:Sales", 1_000)),
        ("", "other", ("Expenses:Points", 500)),
        ("Rynek 5; *Główny", "taken back", ("Income:Sales", -100)),
        ("Rynek 5; *Główny", "estimate", ("Income:Points:Estimate", 7)),
        ("Rynek 5; *Główny", "used", ("Income:Points:Used", -300)),
        ("", "lapsed", ("Income:Points:Lapsed", -500)),
    ]
    assert [(balance.account, balance.amount) for balance in found.balances] == [
        ("Liabilities:Points:Given", -500),
        ("Liabilities:Points:Rynek-5-Główny", -900),
        ("Liabilities:Points:Given", 0),
        ("Liabilities:Points:Rynek-5-Główny", -607),
    ]


def test_a_provision_costs_and_takes_nothing_from_sales() -> None:
    assert made(policy="provision").transactions[0].postings[0] == ("Expenses:Points", 1_000)


def test_a_later_month_begins_with_what_was_owed() -> None:
    found = made("2027-02-01")
    assert found.transactions[0].kind == "opening"
    assert found.transactions[0].postings == (
        ("Liabilities:Points:Given", -500),
        ("Liabilities:Points:Rynek-5-Główny", -900),
        ("Equity:Opening", 1_400),
    )
    assert found.balances[-1].amount == -607


def test_stores_whose_names_become_the_same_keep_accounts_of_their_own() -> None:
    accounts = accounts_of(Bookkeeping().accounts, ["Rynek 1", "rynek-1", "", "given", "***"])
    assert sorted(accounts.of_store.values()) == [
        "Liabilities:Points:Given",
        "Liabilities:Points:Given-2",
        "Liabilities:Points:Rynek-1",
        "Liabilities:Points:Rynek-1-2",
        "Liabilities:Points:Store",
    ]


def test_hledger_is_text_that_a_person_can_read() -> None:
    text = hledger(made("2027-02-01", "2027-02-05"), ZLOTY, said).decode()
    assert text.splitlines()[-7:] == [
        "2027-02-01 Rynek 5 *Główny: estimate",
        "    Income:Points:Estimate                        0.07 PLN",
        "    Liabilities:Points:Rynek-5-Główny             -0.07 PLN",
        "",
        "2027-02-05 =",
        "    Liabilities:Points:Given                      0 PLN = -5.00 PLN",
        "    Liabilities:Points:Rynek-5-Główny             0 PLN = -9.07 PLN",
    ]


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed here")
@pytest.mark.parametrize("first", ["2027-01-01", "2027-02-01"])
def test_hledger_checks_what_it_is_given(tmp_path: Path, first: str) -> None:
    path = tmp_path / "points.journal"
    text = hledger(made(first), ZLOTY, said).decode()
    path.write_text(text, encoding="utf-8")
    checked = subprocess.run(["hledger", "-f", str(path), "check", "-s", "ordereddates"], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    path.write_text(text.replace("= -6.07", "= -6.08"), encoding="utf-8")
    assert subprocess.run(["hledger", "-f", str(path), "check"], capture_output=True, check=False).returncode == 1


def test_beancount_checks_what_it_is_given() -> None:
    loader = pytest.importorskip("beancount.loader")
    text = beancount(made(), ZLOTY, said).decode()
    assert loader.load_string(text)[1] == []
    assert len(loader.load_string(text.replace("-6.07 PLN", "-6.17 PLN"))[1]) == 1


def test_accounts_by_number_are_those_of_all_stores_and_beancount_refuses_them(tmp_path: Path) -> None:
    """12.00 and -3.00 of two stores stand on 845 together: 9.00."""
    numbers = {**Bookkeeping().accounts, "points": "845", "sales": "701-1"}
    january = day_from_iso("2027-01-05")
    changes = Counter({change("2027-01-05", "A", "earned"): 1_200, change("2027-01-05", "B", "taken back"): -300})
    now = Bookkeeping(policy="deferral", accounts=numbers)
    found = journal(changes, {}, now, first=january, last=january)
    assert [(balance.account, balance.amount) for balance in found.balances] == [("845", -900)]
    path = tmp_path / "numbers.journal"
    path.write_bytes(hledger(found, ZLOTY, said))
    if shutil.which("hledger"):
        subprocess.run(["hledger", "-f", str(path), "check", "-s", "ordereddates"], check=True)
    with pytest.raises(LoyaltyError, match="beancount has no account 701-1"):
        beancount(found, ZLOTY, said)
