"""Mailchimp (evidence A: mailchimp.com, "Format guidelines for your import file").

CSV, UTF-8; only `Email Address` is required. A birthday is `MM/DD` without a year; texts are cut at 255 bytes. Who has left is
loaded as a list of its own, with the status unsubscribed chosen in the import.
"""

from __future__ import annotations

from loyalty_cli.senders.mailing_list import Service

SERVICE = Service(
    name="mailchimp",
    evidence="A",
    columns={
        "Email Address": "email", "First Name": "first_name", "Last Name": "last_name", "Birthday": "month_day", "Language": "language",
    },
    withdrawn={"Email Address": "email"},
    longest=255,
    date_mark="/",
)  # fmt: skip
