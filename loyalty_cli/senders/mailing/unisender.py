"""UniSender (evidence A: unisender.com, "How to import your contact base"): CSV, UTF-8, 20 MB at most.

Who has left is loaded as unsubscribed.
"""

from __future__ import annotations

from loyalty_cli.senders.mailing_list import Service

SERVICE = Service(
    name="unisender",
    evidence="A",
    columns={"email": "email", "Name": "first_name", "Surname": "last_name", "Birthday": "birthday"},
    withdrawn={"email": "email"},
)
