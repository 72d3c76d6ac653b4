"""Fakturownia, clients (evidence A: the header of the maker's sample).

Only a note can be carried; a client is known by the short name, which is the card here.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_POINTS
from loyalty_cli.exporters.target import NO_TIER
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target

TARGET = Target(
    name="fakturownia-clients",
    title="Fakturownia, clients",
    evidence="A",
    columns=(
        Out("Lp", "=line"),
        Out("Nazwa skrócona (systemowa)", "card"),
        Out("Nazwa firmy", "="),
        Out("Numer NIP", "="),
        Out("Miejscowość", "="),
        Out("Kod pocztowy", "="),
        Out("Ulica", "="),
        Out("Kraj", "="),
        Out("E-mail", "email"),
        Out("Strona WWW", "="),
        Out("Telefon", "phone"),
        Out("Tel. komórkowy", "="),
        Out("Fax", "="),
        Out("Imię", "first_name"),
        Out("Nazwisko", "last_name"),
        Out("Bank", "="),
        Out("Numer rachunku", "="),
        Out("Indywidualne konto bankowe (lub końcówka konta)", "="),
        Out("Dodatkowy opis", "note"),
    ),
    key="card",
    refused={"discount": NO_PERCENT, "points": NO_POINTS, "tier": NO_TIER},
)
