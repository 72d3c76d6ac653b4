"""Штрих-М: Кассир 5, coupons (evidence A for the row: the maker's own page on its file of coupons, as of 23 January 2025).

A row begins with `$%` and has the code (up to 50 signs), the name (up to 100), the number of the group of coupons, the
nominal with two decimals, the day from which it is active, and its state: 1 given out, 4 void. Not read on the maker's
pages, and therefore as other tills of that family have it: Windows letters, semicolons, days as DD.MM.YYYY.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="shtrih-coupons",
    title="Штрих-М: Кассир 5, coupons",
    evidence="A",
    about="coupons",
    columns=(
        Out("", "code"),
        Out("", "coupon"),
        Out("", "=1"),
        Out("", "worth"),
        Out("", "from"),
        Out("", "active", {"yes": "1", "no": "4"}),
    ),
    key="code",
    needs=("worth",),
    writes="changes",
    gone={"active": 0},
    refused={
        "discount": phrase("a coupon of that till has an amount, no percent"),
        "basket_at_least": phrase("the file has no column for a smallest basket"),
        "uses": phrase("the file has no column for how often it can be used"),
        "until": phrase("the file has no column for a last day"),
    },
    deletion=phrase("A coupon that can not be used any more, or whose last day is over, gets a row that makes it void."),
    effects=phrase("The group of coupons with the number 1 must be there: make it in the till first."),
    encoding="cp1251",
    delimiter=";",
    quote="none",
    header=False,
    row_start="$%",
    date_form="DD.MM.YYYY",
    file="till-export/shtrih-coupons-{run}.txt",
)
