"""Frontol (ATOL), discount cards (evidence A: public programs that write this file and programs that read it).

Lines end with CR LF, cells are parted by semicolons without quotes, letters are cp1251. `##@@&&`, then `#` for "not loaded
yet", then a section: `$$$ADDCCARDDISCS` adds or changes cards, `$$$DELETEALLCCARDDISCS` before it empties the directory. A
card has 16 cells: number, series, code as scanned, first and last day, active, kind (0 is a percent off), value, 1 for the
whole receipt, seven empty ones. The empty flag file starts the load and is gone once the till has loaded.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_POINTS
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="frontol-cards",
    title="Frontol, discount cards",
    evidence="A",
    columns=(
        Out("", "card_id"),
        Out("", "=1"),
        Out("", "card"),
        Out("", "=01.01.2000"),
        Out("", "=01.01.3000"),
        Out("", "active"),
        Out("", "=0"),
        Out("", "discount"),
        Out("", "=1"),
        *(Out("", "="),) * 7,
    ),
    key="card",
    per="card",
    refused={"points": NO_POINTS, "tier": NO_TIER},
    effects=phrase("A file that holds everybody empties the till's list of cards first."),
    encoding="cp1251",
    delimiter=";",
    quote="none",
    header=False,
    top=("##@@&&", "#", "$$$ADDCCARDDISCS"),
    top_of_all=("##@@&&", "#", "$$$DELETEALLCCARDDISCS", "$$$ADDCCARDDISCS"),
    date_form="DD.MM.YYYY",
    file="till-export/goods.txt",
    flag="{name}_flag.txt",
)
