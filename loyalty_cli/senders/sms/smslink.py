"""SMSLink (Romania), many messages at once, version 3 (evidence A: the provider's own example in Python).

Rows `ID;NUMBER;SENDER;TEXT;TIME`, CR LF, UTF-8. The id is a number, the time are seconds since 1970; a number from abroad begins
with 00; within a text a line's end is `%0A` and a semicolon `%3B`.
"""

from __future__ import annotations

from loyalty_cli.senders.sms_file import Provider

PROVIDER = Provider(
    name="smslink",
    evidence="A",
    columns=("id", "number", "sender", "text", "time"),
    marks={";": "%3B", "\n": "%0A"},
    number="00{digits}",
    ending="txt",
)
