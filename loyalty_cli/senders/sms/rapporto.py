"""Rapporto (Russia), messages by a file over FTP (evidence A: the provider's description of its files).

Lines `name: value` first, then an empty line, then rows `IDENTIFIER;NUMBER;TEXT`; UTF-8, quotes doubled, a text of 2,000 letters
at most. A `name` is used once; of two rows to one number in a file only the first is sent. Quiet hours and the zone of
whoever receives are the provider's (`use_timediff`).
"""

from __future__ import annotations

from loyalty_cli.senders.sms_file import Provider

PROVIDER = Provider(
    name="rapporto",
    evidence="A",
    columns=("key", "number", "text"),
    quote='"',
    top=("name: {name}", "service_number: {sender}", "auto_start: 0", "use_timediff: 1", ""),
    marks={},
    longest=2_000,
    once_a_number=True,
    ending="txt",
)
