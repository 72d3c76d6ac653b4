"""Brevo (evidence A: help.brevo.com 208729849 on import files).

Cells are parted by semicolons, commas or tabs, attributes are in capitals, UTF-8, 250 MB at most (10 by its API). Who has left
is loaded with `emailBlacklist` chosen.
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
