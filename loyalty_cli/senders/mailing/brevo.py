"""Brevo (evidence A: the service's description of its import of contacts).

Cells are parted by semicolons, attributes are in capitals, UTF-8, 10 MB at most (8 are advised). Who has left is loaded with
`emailBlacklist` chosen.
"""

from __future__ import annotations

from loyalty_cli.senders.mailing_list import Service

SERVICE = Service(
    name="brevo",
    evidence="A",
    columns={"EMAIL": "email", "FIRSTNAME": "first_name", "LASTNAME": "last_name", "LANGUAGE": "language", "BIRTHDAY": "birthday"},
    withdrawn={"EMAIL": "email"},
    delimiter=";",
)
