"""SerwerSMS (Poland), messages by a file (evidence A: dev.serwersms.pl, files over FTP).

Rows `NUMBER;TEXT;SENDER;POLISH LETTERS` without quotes; the fourth cell is 1 where letters beyond ASCII are to be kept, which
needs a sender: without one the text goes as "ECO" and without them. Numbers of Poland stand without the country's code, as in
the provider's samples. UTF-8 or ISO 8859-2, 5 MB at most. A file's name has no blanks or marks, and one that was used once is
never taken again. A semicolon or a line's end would be another cell or row: a comma and a blank stand for them.
"""

from __future__ import annotations

from loyalty_cli.senders.sms_file import Provider

PROVIDER = Provider(
    name="serwersms",
    evidence="A",
    columns=("number", "text", "sender", "special"),
    marks={";": ",", "\n": " "},
    home="48",
    largest=5_000_000,
)
