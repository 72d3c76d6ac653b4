"""MailerLite (evidence A: mailerlite.com, "How to import subscribers").

CSV, UTF-8. An import asks nobody to confirm, and must not be told to subscribe again who had left: who has left is loaded as
unsubscribed first.
"""

from __future__ import annotations

from loyalty_cli.senders.mailing_list import Service

SERVICE = Service(
    name="mailerlite",
    evidence="A",
    columns={"Email": "email", "Name": "first_name", "Last name": "last_name", "Language": "language"},
    withdrawn={"Email": "email"},
)
