"""SMSLink (Romania), many messages at once, version 3 (evidence A: the provider's own example in Python).

Rows `ID;NUMBER;SENDER;TEXT;TIME` with CR LF between them, UTF-8. The id is a number; the time is 0 for at once, else seconds since
1970 that are to come; a number from abroad begins with 00; within a text a line's end is `%0A` and a semicolon `%3B`, tabs and CR
are left out. This is the package that the provider's address `bulk-v3` takes, with its MD5 and number of rows beside it.
"""

from __future__ import annotations

from loyalty_cli.senders.sms_file import Provider

PROVIDER = Provider(
    name="smslink",
    evidence="A",
    columns=("id", "number", "sender", "text", "=0"),
    marks={";": "%3B", "\n": "%0A", "\t": "", "\r": ""},
    ends_open=True,
    number="00{digits}",
    ending="txt",
)
