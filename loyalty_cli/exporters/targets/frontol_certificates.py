"""Frontol (ATOL), certificates: vouchers that pay an amount (evidence A: a public program that writes this file, with its fields).

The file is that of the discount cards: `##@@&&`, `#` for "not loaded yet", then sections. `$$$ADDCARDGROUPS` names a group:
code, name, text for the receipt, how it is read (3 is a scanner), what it pays (1 is its nominal). `$$$ADDCARDS` has 13
cells for each certificate: group, number, name, text for the receipt, shortest and longest length, first and last prefix
(both are its code), first and last day, an empty one, the nominal in whole units of money, 1 for active.
The sections of a file that holds all begin with `$$$DELETEALL...`. The empty flag file starts the load.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

GROUP = "1;Loyalty;Loyalty;3;1;"

TARGET = Target(
    name="frontol-certificates",
    title="Frontol, certificates",
    evidence="A",
    about="coupons",
    columns=(
        Out("", "=1"),
        Out("", "number"),
        Out("", "coupon"),
        Out("", "code"),
        *(Out("", "length"),) * 2,
        *(Out("", "code"),) * 2,
        Out("", "from"),
        Out("", "until"),
        Out("", "="),
        Out("", "nominal"),
        Out("", "active"),
    ),
    key="code",
    needs=("nominal",),
    gone={"active": 0},
    refused={
        "discount": phrase("a certificate pays an amount, no percent"),
        "basket_at_least": phrase("a certificate pays whatever the basket is"),
        "uses": phrase("a certificate is used once"),
    },
    effects=phrase("A file that holds everybody empties the till's list of certificates first, also of those that you sell."),
    encoding="cp1251",
    delimiter=";",
    quote="none",
    header=False,
    top=("##@@&&", "#", "$$$ADDCARDGROUPS", GROUP, "$$$ADDCARDS"),
    top_of_all=("##@@&&", "#", "$$$DELETEALLCARDGROUPS", "$$$ADDCARDGROUPS", GROUP, "$$$DELETEALLCARDS", "$$$ADDCARDS"),
    date_form="DD.MM.YYYY",
    file="till-export/goods.txt",
    flag="{name}_flag.txt",
)
