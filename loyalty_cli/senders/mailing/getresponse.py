"""GetResponse (evidence A: getresponse.com, "How to prepare a file for import?").

CSV, UTF-8, 50 MB at most; the column `name` is known by itself, dates are `YYYY-MM-DD`, texts are cut at 255. Who has left
is loaded to the list of those never to be written to, e-mail alone.
"""

from __future__ import annotations

from loyalty_cli.senders.mailing_list import Service

SERVICE = Service(
    name="getresponse",
    evidence="A",
    columns={"email": "email", "name": "first_name", "birthdate": "birthday"},
    withdrawn={"email": "email"},
    withdrawn_header=False,
    longest=255,
)
