"""What members write back to a survey by e-mail: each answer is kept once, with its score and the visit that was asked about."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from loyalty_cli.importers.mailboxes.scored import score_in
from loyalty_cli.model.feedback import Answer
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.feedback.add import enter

if TYPE_CHECKING:
    from loyalty_cli.importers.mailboxes.heard import Heard
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.blocks.feedback import FeedbackTerms
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.messages.answered import Written

MAILBOX = "mailbox"


def keep_reply(shop: Shop, connection: Connection, terms: FeedbackTerms, mail: tuple[Heard, Day], survey: Written, *, by: str) -> bool:
    """Keep an answer that came on a day; False if it is known, or says nothing. A low score opens a case, as at the counter."""
    one, day = mail
    score = score_in(one.text, terms.least, terms.top)
    if score is None and not one.text:
        return False
    # Of a mail without an id of its own the words and the day tell whether it came before.
    own = one.id or f"{survey.member} {day} {one.text}"
    key = f"reply|{hashlib.sha256(own.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"
    done = Asked(by=by or MAILBOX, reason=MAILBOX, day=day).begun(shop, connection, "feedback", score=score)._replace(key=key)
    if before(connection, done) is not None:
        return False
    answer = Answer(day, score, terms.top, one.text, survey.store, survey.receipt)
    enter(shop, connection, done._replace(member=survey.member), answer, terms)
    return True
