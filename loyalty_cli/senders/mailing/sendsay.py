"""Sendsay (evidence A: docs.sendsay.ru; its older pages write dates `YYYYMMDD`).

CSV, cells parted by commas; dates are `YYYY-MM-DD`; a line that begins with # is skipped; an e-mail address is one subscriber.
Who has left is loaded as a stop list, one address a line.
"""

from __future__ import annotations

from loyalty_cli.senders.mailing_list import Service

SERVICE = Service(
    name="sendsay",
    evidence="A",
    columns={"email": "email", "first_name": "first_name", "last_name": "last_name", "birthday": "birthday"},
    withdrawn={"email": "email"},
    withdrawn_header=False,
)
