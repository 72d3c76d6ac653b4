"""United Kingdom: draws by chance must be verifiably random or supervised; prizes of consumers are not taxed."""

from __future__ import annotations

from loyalty_cli.countries.country import TaxRule
from loyalty_cli.model.law import AdvertisingRule
from loyalty_cli.model.law import Formality
from loyalty_cli.model.law import RetentionRule
from loyalty_cli.model.shown.phrase import phrase

READ_ON = "2026-11-22"
RETENTION_READ_ON = "2026-11-29"

ADVERTISING = (
    AdvertisingRule(
        automatic=True,
        text=phrase("Advertising by e-mail or text message needs a consent given before."),
        source="PECR 2003, reg. 22; text not read",
        as_of=READ_ON,
        since="2003-12-11",
        verified=False,
    ),
)

FORMALITIES = (
    Formality(
        text=phrase(
            "Prizes by the laws of chance are awarded by, or under the eye of, an independent person, unless a computer "
            "process gives verifiably random results."
        ),
        source="CAP Code 8.24",
        as_of=READ_ON,
        kinds=("draw",),
    ),
    Formality(
        text=phrase("Where entry is paid, there is a free way to take part, with the same chance."),
        source="Gambling Act 2005; sweepzy.co.uk 18.12.2024, fjg.co.uk",
        as_of=READ_ON,
        kinds=("draw",),
    ),
    Formality(
        text=phrase("Those who signed the voluntary code for prize draws keep a draw auditable, too."),
        source="DCMS Voluntary Code of 20.11.2025, clause 2.2",
        as_of=READ_ON,
        kinds=("draw",),
        since="2026-05-20",
    ),
    Formality(
        text=phrase("What a contest decided by results needs was not found in public texts (not verified)."),
        source="-",
        as_of=READ_ON,
        kinds=("contest",),
        verified=False,
    ),
)

TAXES = (
    TaxRule(
        kind="no tax",
        rate_bp=0,
        text=phrase("A prize won by a consumer is not taxed as income; what it earns later may be."),
        source="sweepzy.co.uk 18.12.2024, accountingweb.co.uk (secondary)",
        as_of=READ_ON,
        since="2024-01-01",
    ),
)

RETENTION = (
    RetentionRule(
        years=6,
        text=phrase("VAT records are kept for 6 years, unless HMRC allows less."),
        source="VAT Act 1994, sch. 11 para. 6(3), by HMRC manual VATREC3010 (gov.uk); VAT Notice 700/21",
        as_of=RETENTION_READ_ON,
    ),
)
