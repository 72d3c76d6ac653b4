"""The token by which an answer is known as a member's: the member's number and a keyed hash of it, which nobody else can make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyalty_cli.model.keyed_hash import keyed_hash
from loyalty_cli.store.settings import secret_of

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

TOKEN = re.compile(r"\b(\d{1,18})-([0-9a-f]{16})\b")
# Sixty-four bits: guessing one takes longer than a mailbox lasts.
DIGITS = 16


def token_of(connection: Connection, member: int) -> str:
    """The token of a member; it stays the same as long as the shop's database lives."""
    return f"{member}-{hashed(connection, member)}"


def member_of_token(connection: Connection, text: str) -> int | None:
    """The member whose token stands in a text, and who that is today; None if none does, or it is made up."""
    # Imported here because few commands read letters.
    from hmac import compare_digest

    for member, given in TOKEN.findall(text):
        if compare_digest(given, hashed(connection, int(member))):
            return living(connection, int(member))
    return None


def hashed(connection: Connection, member: int) -> str:
    """What only this shop can make of a member's number."""
    return keyed_hash(bytes.fromhex(secret_of(connection)), f"leave {member}").hex()[:DIGITS]


def living(connection: Connection, member: int) -> int | None:
    """Who somebody is after merges."""
    row = connection.execute("SELECT id, merged_into FROM member WHERE id = ?", (member,)).fetchone()
    while row is not None and row[1] is not None:
        row = connection.execute("SELECT id, merged_into FROM member WHERE id = ?", (row[1],)).fetchone()
    return None if row is None else int(row[0])
