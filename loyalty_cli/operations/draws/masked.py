"""Names and card numbers as minutes may show them: enough for the winner to know, too little for anybody else."""

from __future__ import annotations

MASK = "***"
LAST_DIGITS = 4


def masked_name(name: str) -> str:
    """Each word of a name by its first letter: `A*** K***`."""
    return " ".join(f"{word[0]}{MASK}" for word in name.split())


def masked_card(number: str) -> str:
    """The last digits of a card number; nothing of one that is too short to hide the rest."""
    return f"{MASK}{number[-LAST_DIGITS:]}" if len(number) >= 2 * LAST_DIGITS else ""
