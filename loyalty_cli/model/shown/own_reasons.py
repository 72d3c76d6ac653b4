"""Reasons that nobody typed: they are kept in English, and said in the reader's language."""

from __future__ import annotations

import re

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase

# As they are kept. A hand that nobody named is called by its place: the counter, the mailbox.
OWN = {
    said.text: said
    for said in (
        phrase("complaint"), phrase("counter"), phrase("feedback"), phrase("mailbox"), phrase("opening balance"),
        phrase("said at the counter"), phrase("the card was forgotten"), phrase("the program"), phrase("unsubscribed"),
    )
}  # fmt: skip
# Those with a number or a key behind them.
A_COMPLAINT = re.compile(r"complaint (?P<number>[0-9]+)")
AN_OPENING = re.compile(r"opening balance (?P<key>.+)")
# By which a tier for the best of a period was given.
A_RANK = re.compile(r"(?P<window>calendar (month|quarter|year)) from (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}): (?P<score>.+)")
# Behind a reason stands what undid it.
UNDONE = re.compile(r"(?P<reason>.+) \((?P<undone>[^()]+)\)")
AS_TYPED = "{text}"


def reason_said(text: str) -> Phrase:
    """A reason as it is said; what somebody typed stays as it is."""
    if text in OWN:
        return OWN[text]
    if found := A_COMPLAINT.fullmatch(text):
        return phrase("complaint {number}", number=found["number"])
    if found := AN_OPENING.fullmatch(text):
        return phrase("opening balance {key}", key=found["key"])
    if found := A_RANK.fullmatch(text):
        day = OnDay(day_from_iso(found["day"]))
        return phrase("{window} from {day}: {score}", window=phrase(found["window"]), day=day, score=found["score"])
    if (found := UNDONE.fullmatch(text)) and (own := reason_said(found["reason"])).text != AS_TYPED:
        return phrase("{reason} ({undone})", reason=own, undone=found["undone"])
    return phrase(AS_TYPED, text=text)


def kept_reason(text: str) -> str:
    """One of them, kept so that it can be said in any language; what somebody typed as it is."""
    said = reason_said(text)
    return text if said.text == AS_TYPED else kept(said)
