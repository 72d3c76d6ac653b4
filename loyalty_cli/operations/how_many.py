"""How many, for sentences that count two things: each with its own plural."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase


def members_said(count: int) -> Phrase:
    """`1 member`, `2 members`."""
    return phrase("{count} member", "{count} members", count=count)


def receipts_said(count: int) -> Phrase:
    """`1 receipt`, `2 receipts`."""
    return phrase("{count} receipt", "{count} receipts", count=count)


def lines_said(count: int) -> Phrase:
    """`1 line`, `2 lines`."""
    return phrase("{count} line", "{count} lines", count=count)


def entries_said(count: int) -> Phrase:
    """`1 entry`, `2 entries`."""
    return phrase("{count} entry", "{count} entries", count=count)
