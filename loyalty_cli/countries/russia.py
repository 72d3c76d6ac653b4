"""Russia: promotional events under the law on advertising; advertising prizes are taxed at 35 %."""

from __future__ import annotations

from loyalty_cli.countries.country import TaxRule
from loyalty_cli.model.law import AdvertisingRule
from loyalty_cli.model.law import Formality
from loyalty_cli.model.law import RetentionRule
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase

READ_ON = "2026-11-22"
RETENTION_READ_ON = "2026-11-29"

ADVERTISING = (
    AdvertisingRule(
        automatic=False,
        text=phrase(
            "Advertising by mail, telephone or text message needs a consent given before, and the sender proves "
            "it; means that choose and dial by themselves, without a person, may not send it."
        ),
        source="38-ФЗ «О рекламе», ст. 18, ч. 1 и 2; businesspravo.ru",
        as_of=READ_ON,
        since="2006-07-01",
    ),
)

FORMALITIES = (
    Formality(
        text=phrase(
            "Adverts give the dates and a source of information on the organiser, the rules, the number of prizes, and "
            "when, where and how prizes are received."
        ),
        source="38-ФЗ «О рекламе», ст. 9; zakonbase.ru/content/part/468081",
        as_of=READ_ON,
        since="2006-07-01",
    ),
    Formality(
        text=phrase("Stimulating lotteries ended on 1 July 2014; a draw among buyers is a promotional event under the law on advertising."),
        source="asiik74.ru (вторичный источник)",
        as_of=READ_ON,
        kinds=("draw",),
        since="2014-07-01",
    ),
    Formality(
        text=phrase(
            "Rules usually name the event, the area, the organiser with its address and tax number, the dates, the rights "
            "of those who take part, the way winners are found, how prizes are received and how people are informed."
        ),
        source="138-ФЗ «О лотереях» (ред. 2003), ст. 9, по сложившейся практике; rdelo.ru",
        as_of=READ_ON,
        kinds=("draw",),
        since="2014-07-01",
    ),
)

TAXES = (
    TaxRule(
        kind="income tax",
        rate_bp=3500,
        exempt_up_to=400_000,
        above=True,
        free_per="year",
        text=phrase(
            "{rate} income tax on what the advertising prizes of one person exceed {free} by in a year. The shop withholds "
            "it from money; of a thing it tells the winner and the tax office.",
            rate="35%",
            free=Money(400_000, "RUB"),
        ),
        source="НК РФ ст. 217 п. 28, ст. 224 п. 2; i-actions.ru 30.01.2026, 100yuristov.com/q/320626",
        as_of=READ_ON,
        since="2024-01-01",
    ),
)

RETENTION = (
    RetentionRule(
        years=5,
        text=phrase("Primary documents, registers and tax data are kept for at least 5 years after their year."),
        source="402-ФЗ ст. 29 ч. 1 (zakonrf.info/zakon-o-buhuchete/29); НК РФ ст. 23 п. 1 пп. 8 (klerk.ru/user/2113699/676006 20.01.2026)",
        as_of=RETENTION_READ_ON,
    ),
)
