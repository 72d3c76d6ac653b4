"""Rapporto (Russia), messages by a file over FTP (evidence A: docs.rapporto.ru, "SMS Sending with IDs").

Lines `name: value` first, then an empty line, then rows `IDENTIFIER;NUMBER;TEXT`; UTF-8, quotes doubled, a text of 2,000 letters
at most; identifiers are numbers in the provider's sample. A `name` is used once. Of two rows to one number only the first is
sent: that is said of files without identifiers, and kept here as well. `auto_start: Y` is as in the sample and has to be agreed
with the provider; which other values it and `use_timediff` (the zone of whoever receives) take was not to be read.
"""

from __future__ import annotations

from loyalty_cli.senders.sms_file import Provider

PROVIDER = Provider(
    name="rapporto",
    evidence="A",
    columns=("id", "number", "text"),
    quote='"',
    top=("name: {name}", "service_number: {sender}", "auto_start: Y", ""),
    marks={},
    longest=2_000,
    once_a_number=True,
    ending="txt",
)
