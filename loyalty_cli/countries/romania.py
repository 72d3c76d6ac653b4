"""Romania: an advertising lottery has rules authenticated by a notary; prizes above 600 lei are taxed at 10 %."""

from __future__ import annotations

from loyalty_cli.countries.country import TaxRule
from loyalty_cli.model.law import AdvertisingRule
from loyalty_cli.model.law import Formality
from loyalty_cli.model.law import RetentionRule
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase

READ_ON = "2026-11-22"
RETENTION_READ_ON = "2026-11-29"
ORDINANCE = "OG 99/2000 (numerele articolelor nu au fost citite)"

ADVERTISING = (
    AdvertisingRule(
        automatic=True,
        text=phrase(
            "Commercial messages by e-mail, text message or automatic means need an express consent given before; the sender proves it."
        ),
        source="Legea 365/2002, art. 6; Legea 506/2004, art. 12; legal-easy.ro, legalup.ro",
        as_of=READ_ON,
        since="2004-11-25",
    ),
)

FORMALITIES = (
    Formality(
        text=phrase(
            "The rules of an advertising lottery are authenticated by a notary and free to anyone who asks; changes are "
            "made by an additional act."
        ),
        source=f"{ORDINANCE}; greculawyers.ro, regulamente publicate 2013-2021 (scribd.com/doc/191158977)",
        as_of=READ_ON,
        kinds=("draw",),
    ),
    Formality(
        text=phrase("Nobody pays extra to take part; the purchase itself is not such a cost."),
        source=f"{ORDINANCE}; greculawyers.ro",
        as_of=READ_ON,
        kinds=("draw",),
    ),
    Formality(
        text=phrase("The staff and their relatives to the second degree do not take part."),
        source="regulamente publicate 2013-2021; woobox.com/caaucv",
        as_of=READ_ON,
    ),
    Formality(
        text=phrase("The name must not suggest gambling; the draw needs no opinion of the gambling office."),
        source="OUG 77/2009 art. 3(3); legestart.ro",
        as_of=READ_ON,
        kinds=("draw",),
        since="2009-06-30",
    ),
    Formality(
        text=phrase("Prizes are handed over against a signed act, and the winners are published."),
        source="vreau1site.ro, premium-lubricants.ro (regulamente publicate)",
        as_of=READ_ON,
        kinds=("draw",),
    ),
    Formality(
        text=phrase("What a contest decided by results needs was not found in public texts (not verified)."),
        source="-",
        as_of=READ_ON,
        kinds=("contest",),
        verified=False,
    ),
)

TEXT = phrase(
    "{rate} income tax on what each prize exceeds {free} by. The shop withholds it when it hands the prize over and pays it "
    "by the 25th of the next month. Bonus points and price reductions are not taxed.",
    rate="10%",
    free=Money(60_000, "RON"),
)
UNSURE = phrase(
    "{rate} income tax on what each prize exceeds {free} by, as it was until 2025; whether it still holds was not verified.",
    rate="10%",
    free=Money(60_000, "RON"),
)

TAXES = (
    TaxRule(
        kind="income tax",
        rate_bp=1000,
        exempt_up_to=60_000,
        above=True,
        text=TEXT,
        source="Cod fiscal art. 108-110; wolterskluwer.ro 07.05.2019, crisana.ro (ANAF)",
        as_of=READ_ON,
        since="2019-01-01",
        until="2025-12-31",
        pay_by=25,
    ),
    TaxRule(
        kind="income tax",
        rate_bp=1000,
        exempt_up_to=60_000,
        above=True,
        text=UNSURE,
        source="Cod fiscal art. 108-110, forma din 2025; pentru 2026 nu s-a găsit niciun text public",
        as_of=READ_ON,
        since="2026-01-01",
        verified=False,
    ),
)

RETENTION = (
    RetentionRule(
        years=5,
        counted_from=(7, 1),
        text=phrase("Registers and the documents behind them are kept for 5 years from 1 July of the year after theirs."),
        source="Legea contabilității 82/1991, art. 25, modificat prin Legea 36/2023; hotnews.ro/76732",
        as_of=RETENTION_READ_ON,
    ),
)
