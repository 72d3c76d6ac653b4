"""Why a member with or without tickets does not enter a draw, in words that can be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase

REASONS = (
    phrase("nothing bought"),
    phrase("not enough bought"),
    phrase("no tickets"),
    phrase("no result"),
    phrase("forgotten"),
    phrase("blocked"),
    phrase("opted out"),
    phrase("birthday not known"),
    phrase("won before"),
    phrase("same household"),
)
CODES = {
    "returned": phrase("returned"),
    "blocked": phrase("blocked"),
    "not eligible": phrase("not eligible"),
    "own wish": phrase("own wish"),
    "mistake": phrase("mistake"),
}
"""Why a ticket was struck out, as it is published and as it is said."""
BY_TEXT = {reason.text: reason for reason in REASONS}
GROUP = "group "
YOUNGER = "younger than "


def reason_said(reason: str) -> Phrase | str:
    """A reason as it is kept and published, as a phrase."""
    if reason.startswith(GROUP):
        return phrase("group {name}", name=reason.removeprefix(GROUP))
    if reason.startswith(YOUNGER):
        years = int(reason.removeprefix(YOUNGER).partition(" ")[0])
        return phrase("younger than {count} year", "younger than {count} years", count=years)
    return BY_TEXT.get(reason, reason)


def code_said(code: str) -> Phrase | str:
    """Why a ticket was struck out, as a phrase."""
    return CODES.get(code, code)
