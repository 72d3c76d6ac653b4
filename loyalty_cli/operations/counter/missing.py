"""What a cashier types of a member of whom the shop does not know everything yet: one thing after the other."""

from __future__ import annotations

import re
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.consent import CHANNELS
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop

# As people say it at a counter: 24.12.1985, or 24.12. without the year.
BIRTHDAY = re.compile(r"(\d{1,2})[. ](\d{1,2})[. ]?\s*(\d{4})?")
# An answer to nothing: the member was asked and wants none of it.
NONE = "-"
CONSENT = "consent"
# What is asked for, by what is missing.
QUESTIONS: Mapping[str, Phrase] = {
    "name": phrase("Name (Enter: leave it)"),
    "birthday": phrase("Birthday as day.month.year or day.month (Enter: leave it)"),
    "email": phrase("E-mail (Enter: leave it)"),
    "phone": phrase("Phone (Enter: leave it)"),
    CONSENT: phrase("Agrees to: email, sms, letter, phone; - to none (Enter: leave it)"),
}


class Wording(NamedTuple):
    """The text that members agree to at this counter, and which version of it that is."""

    text: str = ""
    version: str = ""


def first_asked(missing: Sequence[str], after: str = "") -> str:
    """What of the missing things is asked for next; '' once all were."""
    order = list(QUESTIONS)
    rest = order[order.index(after) + 1 :] if after else order
    return next((what for what in rest if what in missing), "")


def keep(shop: Shop, card: str, what: str, text: str, *, by: str, wording: Wording) -> list[Phrase]:
    """Write down what the member has said, as `member set` and `consent give` would; what was done."""
    if what == CONSENT:
        return consents_kept(shop, card, text, by=by, wording=wording)
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.members.set import member_set
    from loyalty_cli.operations.members.wishes import MemberWishes

    wish = birthday_typed(text) if what == "birthday" else text
    wishes = MemberWishes(**{what: wish})  # type: ignore[arg-type]
    member_set(shop, card, wishes, Asked(by=by, reason="said at the counter"))
    # Whose it is stays unsaid: others may read the screen.
    return [phrase("Written down.")]


def birthday_typed(text: str) -> str:
    """A birthday in the form in which it is kept; what is no such date stays as it is, and is refused with the reason."""
    match = BIRTHDAY.fullmatch(text)
    if match is None:
        return text
    day, month, year = match.groups()
    bare = f"{month:0>2}-{day:0>2}"
    return f"{year}-{bare}" if year else bare


def consents_kept(shop: Shop, card: str, text: str, *, by: str, wording: Wording) -> list[Phrase]:
    """What the member agrees to, each channel an answer of its own, with the text they agreed to and who took it."""
    from loyalty_cli.operations.consents.given import Answer
    from loyalty_cli.operations.consents.given import consent_set
    from loyalty_cli.operations.consents.meant import consent_meant

    if not by.strip():
        raise LoyaltyError("A consent needs somebody who took it.", hint=phrase("Say who with --by."))
    if not wording.text.strip():
        hint = phrase("Open the counter with --wording 'the text' and --wording-version.")
        raise LoyaltyError("A consent needs the text that was agreed to.", hint=hint)
    asked = CHANNELS if text == NONE else [each for each in re.split(r"[,;\s]+", text) if each]
    for about in asked:
        consent_meant(about)
    answer = Answer(text != NONE, None, wording.text, wording.version, "counter")
    return [sentence for about in asked for sentence in consent_set(shop, card, about, answer, by=by).said]
