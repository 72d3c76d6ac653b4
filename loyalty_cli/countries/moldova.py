"""Moldova: what a promotional campaign is; today's tax on its prizes could not be verified."""

from __future__ import annotations

from loyalty_cli.countries.country import TaxRule
from loyalty_cli.model.law import AdvertisingRule
from loyalty_cli.model.law import Formality
from loyalty_cli.model.law import RetentionRule
from loyalty_cli.model.shown.phrase import phrase

READ_ON = "2026-11-22"

ADVERTISING = (
    AdvertisingRule(
        automatic=True,
        text=phrase("Advertising to a person needs a consent that can be proved and taken back at any time, as in the European Union."),
        source="Legea 195/2024; webdirect.md, clym.io; textul legii nu a fost citit",
        as_of=READ_ON,
        since="2026-08-23",
        verified=False,
    ),
)

FORMALITIES = (
    Formality(
        text=phrase(
            "A promotional campaign is a contest, game or lottery that is announced in public, lasts for a limited time and "
            "gives presents or prizes. What it must be permitted or notarised by was not found (not verified)."
        ),
        source="Codul fiscal art. 5(38); sfs.md/ro/intrebare-baza-de-date-generalizare/87",
        as_of=READ_ON,
        verified=False,
    ),
)

TAXES = (
    TaxRule(
        kind="no tax",
        rate_bp=0,
        text=phrase("What is won in a promotional campaign is not taxed."),
        source="Legea 292/2016, Codul fiscal art. 20 lit. p1); lex.justice.md/md/368331, timpul.md 19.01.2017",
        as_of=READ_ON,
        since="2017-07-05",
        until="2017-12-31",
    ),
    TaxRule(
        kind="not verified",
        rate_bp=0,
        text=phrase(
            "Today's tax on what is won in a promotional campaign was not found in public texts (not verified); ask the tax office."
        ),
        source="Codul fiscal art. 20, art. 90-1 (textele de după 2017 nu au fost citite)",
        as_of=READ_ON,
        since="2018-01-01",
        verified=False,
    ),
)

# Legea 287/2017, art. 17 (contabilsef.md) leaves the terms to the list of the State Archive Service (order 57 of 27.07.2016,
# lex.justice.md/…id=373963), whose years were not read.
RETENTION: tuple[RetentionRule, ...] = ()
