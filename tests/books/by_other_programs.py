"""The balances of a journal as hledger and beancount work them out, to be held against our own reports."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections import Counter
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.books.journal import accounts_of
from loyalty_cli.books.journal_texts import beancount
from loyalty_cli.books.journal_texts import hledger
from loyalty_cli.model.bookkeeping import ACCOUNTS
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import month_of
from loyalty_cli.operations.books import books_export
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.books.journal import Journal
    from loyalty_cli.books.journal import Transaction
    from loyalty_cli.model.money import Currency
    from loyalty_cli.operations.open_shop import Shop

Changes = Counter[tuple[str, str]]
"""What a month changed on an account, in minor units; debits less credits."""


def said(transaction: Transaction) -> str:
    """A name of a transaction."""
    return f"{transaction.store}: {transaction.kind}"


def by_hledger(journal: Journal, currency: Currency, folder: Path) -> Changes:
    """Checked strictly by hledger, and its balance of each account in each month."""
    path = folder / "points.journal"
    path.write_bytes(hledger(journal, currency, said))
    checked = subprocess.run(["hledger", "-f", str(path), "check", "-s", "ordereddates"], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    shown = subprocess.run(
        ["hledger", "-f", str(path), "balance", "--monthly", "--flat", "--no-total", "--layout=bare", "-O", "csv"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    head, *rows = csv.reader(io.StringIO(shown.stdout))
    months = [name[:7] for name in head[2:]]
    found: Changes = Counter()
    for account, _, *amounts in rows:
        for month, amount in zip(months, amounts, strict=True):
            found[month, account] = minor(amount, currency)
    return without_nothing(found)


def by_beancount(journal: Journal, currency: Currency) -> Changes:
    """Loaded by beancount without a word, and the sums of its postings."""
    from beancount import loader
    from beancount.core.data import Transaction as Entry

    entries, errors, _ = loader.load_string(beancount(journal, currency, said).decode())
    assert errors == []
    found: Changes = Counter()
    for entry in entries:
        if isinstance(entry, Entry):
            for posting in entry.postings:
                assert posting.units is not None
                found[month_of(day_from_iso(entry.date.isoformat())), posting.account] += minor(str(posting.units.number), currency)
    return without_nothing(found)


def ours(journal: Journal) -> Changes:
    """The sums of our own postings."""
    found: Changes = Counter()
    for transaction in journal.transactions:
        for posting in transaction.postings:
            found[month_of(transaction.day), posting.account] += posting.amount
    return without_nothing(found)


def minor(amount: str, currency: Currency) -> int:
    """An amount as these programs write it, in minor units."""
    whole, _, part = amount.replace(",", "").partition(".")
    return int(f"{whole}{part:0<{currency.digits}}")


def without_nothing(found: Changes) -> Changes:
    """The changes that are one."""
    return Counter({key: amount for key, amount in found.items() if amount})


def rows_of(shop: Shop, name: str) -> list[dict[str, Any]]:
    """The rows of a report over all days, by the names of its columns."""
    table = report(shop, name, Wanted()).tables[0]
    return [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]


def held_against_both(shop: Shop, folder: Path) -> Journal:
    """The whole journal of a shop: both programs find it sound, and their balances are those of the reports of what is owed.

    hledger is left out where it is not installed; CI installs it.
    """
    booked = books_export(shop)
    journal, currency = booked.journal, booked.currency
    found = ours(journal)
    assert by_beancount(journal, currency) == found
    if shutil.which("hledger"):
        assert by_hledger(journal, currency, folder) == found
    points, coupons = rows_of(shop, "owed"), rows_of(shop, "owed-for-coupons")
    accounts = accounts_of(dict(ACCOUNTS), {str(row["store"]) for row in points}, {str(row["coupon"]) for row in coupons})
    reported: Changes = Counter()
    for row in (*points, *coupons):
        month, of = str(row["month"]), "coupons" if "coupon" in row else "points"
        account = accounts.of_coupon[str(row["coupon"])] if "coupon" in row else accounts.of_store[str(row["store"])]
        reported[month, account] += int(row["opening"] or 0) - int(row["closing"] or 0)
        for kind, name in (("used", f"{of}_used"), ("lapsed", f"{of}_lapsed"), ("estimate", "estimate"), ("restated", "estimate")):
            reported[month, ACCOUNTS[name]] += int(row[kind] or 0)
        reported[month, ACCOUNTS["vat"]] -= int(row.get("vat") or 0)
    others = {ACCOUNTS[name] for name in ("sales", "points_given", "coupons_given", "coupons_sold")}
    assert without_nothing(reported) == {key: amount for key, amount in found.items() if key[1] not in others}
    # What is left to be compared is all of the other side: a month's sums of everything are nothing.
    for month in {month for month, _ in found}:
        rest = sum(amount for key, amount in found.items() if key[0] == month and key[1] in others)
        assert rest == -sum(amount for key, amount in reported.items() if key[0] == month)
    return journal
