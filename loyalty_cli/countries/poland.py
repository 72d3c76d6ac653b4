"""Poland: a draw among buyers is a promotional lottery with a permit; prizes carry a flat income tax."""

from __future__ import annotations

from loyalty_cli.countries.country import TaxRule
from loyalty_cli.model.law import AdvertisingRule
from loyalty_cli.model.law import Formality
from loyalty_cli.model.law import RetentionRule
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase

READ_ON = "2026-11-22"
RETENTION_READ_ON = "2026-11-29"
GAMBLING_ACT = "Ustawa o grach hazardowych, 19.11.2009"

ADVERTISING = (
    AdvertisingRule(
        automatic=True,
        text=phrase("Commercial information by e-mail, text message or telephone needs a consent given before, for each way."),
        source="Prawo komunikacji elektronicznej, art. 398; radcaprawny.kirp.pl",
        as_of=READ_ON,
        since="2024-11-10",
    ),
)

FORMALITIES = (
    Formality(
        text=phrase(
            "A draw in which people take part by buying is a promotional lottery; the director of the tax chamber "
            "(Izba Administracji Skarbowej) must permit it before it starts."
        ),
        source=f"{GAMBLING_ACT}, art. 2(1)(10); loteria.org.pl/zezwolenie-na-loterie-promocyjna",
        as_of=READ_ON,
        kinds=("draw",),
        since="2010-01-01",
    ),
    Formality(
        text=phrase(
            "The rules are approved with the permit. They name the organiser, the authority, the area and the dates, "
            "the place and day of the draw, how it is kept correct, how results are announced, when and where prizes "
            "are handed over, how to complain, and what the prizes are worth."
        ),
        source=f"{GAMBLING_ACT}, art. 61(3); loteria.org.pl",
        as_of=READ_ON,
        kinds=("draw",),
        since="2010-01-01",
    ),
    Formality(
        text=phrase("A commission of the organiser supervises the draw; the staff, the commission and their relatives do not take part."),
        source=f"{GAMBLING_ACT}; prozam-kancelaria.pl, dlajurysty.pl",
        as_of=READ_ON,
        kinds=("draw",),
        since="2010-01-01",
    ),
    Formality(
        text=phrase(
            "A program that picks winners may count as a draw device that needs an opinion and a registration. Numbers "
            "from an urn or a registered device can be typed in instead (method: external)."
        ),
        source="Rozporządzenie z 8.06.2017; tekstu rozporządzenia nie czytano",
        as_of=READ_ON,
        kinds=("draw",),
        since="2017-06-08",
        verified=False,
    ),
    Formality(
        text=phrase(
            "A contest decided by results and not by chance needs no permit for a lottery; a quiz question does not "
            "make a contest of a stage that is left to chance."
        ),
        source="loteria.org.pl; NSA II GSK 849/11",
        as_of=READ_ON,
        kinds=("contest",),
        since="2010-01-01",
    ),
)

TAXES = (
    TaxRule(
        kind="flat tax",
        rate_bp=1000,
        exempt_up_to=228_000,
        text=phrase(
            "{rate} flat income tax on the whole worth; a prize of a permitted lottery worth up to {free} is free of "
            "it. The shop collects the tax before it hands the prize over and pays it by the 20th of the next month.",
            rate="10%",
            free=Money(228_000, "PLN"),
        ),
        # The rise to 15 % passed by Parliament for 2026 was vetoed on 18 December 2025 (druk 1836).
        source="PIT art. 30(1)(2), art. 21(1)(6a); infor.pl, nczas.info 23.08.2025, podatki.gazetaprawna.pl 19.12.2025",
        as_of=READ_ON,
        kinds=("draw",),
        since="2023-01-01",
        # PIT art. 42(1) and 42(1a).
        pay_by=20,
        form="PIT-8AR",
        form_by=(31, 1),
    ),
    TaxRule(
        kind="flat tax",
        rate_bp=1000,
        exempt_up_to=200_000,
        text=phrase(
            "{rate} flat income tax on the whole worth; a prize that comes with a sale, or of a contest announced by "
            "press, radio or television, is free of it up to {free}. Any other contest's prize is taxed from the "
            "first zloty. The shop collects the tax before it hands the prize over.",
            rate="10%",
            free=Money(200_000, "PLN"),
        ),
        source="PIT art. 30(1)(2), art. 21(1)(68); pro.rp.pl 22.09.2025, podatki.gazetaprawna.pl 19.12.2025",
        as_of=READ_ON,
        kinds=("contest",),
        since="2023-01-01",
        # PIT art. 42(1) and 42(1a).
        pay_by=20,
        form="PIT-8AR",
        form_by=(31, 1),
    ),
)

RETENTION = (
    RetentionRule(
        years=5,
        text=phrase("Books of account are kept for 5 years from the beginning of the year after theirs."),
        source="Ustawa o rachunkowości, art. 74 ust. 2 pkt 1 i ust. 3; sip.lex.pl (Dz.U.2021.217, stan na 29.07.2022)",
        as_of=RETENTION_READ_ON,
    ),
    RetentionRule(
        years=5,
        # The tax of a year's last month is paid in the year after it, whose end the five years are counted from.
        of_year=2,
        text=phrase(
            "Tax books and their documents are kept until the tax lapses: 5 years from the end of the year in which it was to be paid."
        ),
        source="Ordynacja podatkowa, art. 86 § 1, art. 70 § 1, za KIS 0114-KDIP2-2.4017.5.2017.11.SO/AP 30.12.2022 (sip.lex.pl)",
        as_of=RETENTION_READ_ON,
    ),
)
