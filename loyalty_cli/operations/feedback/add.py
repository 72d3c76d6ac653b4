"""`loyalty feedback add` and `loyalty feedback complaint add`: what a member says at the counter; a low score opens a case."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.facts import FEEDBACK
from loyalty_cli.model.feedback import Answer
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import bring
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.coupons.at_the_till import known_store
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.program.blocks.feedback import FeedbackTerms
from loyalty_cli.store.by_hand import save_adjustment
from loyalty_cli.store.feedback.answers import save_answer
from loyalty_cli.store.feedback.complaints import open_case
from loyalty_cli.store.feedback.complaints import Opened

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.by_hand import Done
    from loyalty_cli.store.database import Connection


class Told(NamedTuple):
    """What a member says: a score, words, about which store and receipt."""

    score: int | None = None
    text: str = ""
    store: str | None = None
    receipt: str = ""


def terms_of(shop: Shop) -> FeedbackTerms:
    """What the program file says of feedback; as usual if it says nothing."""
    return program_file(shop).feedback or FeedbackTerms.model_validate({})


def feedback_add(shop: Shop, card: str, told: Told, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Enter an answer, which rewards hear of; one as low as the program says opens a case."""
    number, terms = card_said(card), terms_of(shop)
    refuse_without_sense(told, terms)
    with shop.changing(dry_run=dry_run) as connection:
        done = with_reason(asked, "feedback").begun(shop, connection, "feedback", card=number, score=told.score)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        done = done._replace(member=member_of_card(connection, number))
        answer = Answer(done.day, told.score, terms.top, told.text, known_store(connection, told.store), told.receipt)
        id_, case = enter(shop, connection, done, answer, terms)
    said = [phrase("Feedback of card {card}: no. {number}.", card=number, number=id_)]
    if case is not None:
        said.append(opened_said(case, terms.settle_within.after(done.day)))
    data = {"number": id_, "card": number, "score": told.score, "case": case, "dry_run": dry_run}
    return Outcome(said=said, data=data)


def enter(shop: Shop, connection: Connection, done: Done, answer: Answer, terms: FeedbackTerms) -> tuple[int, int | None]:
    """Keep what a member says, with its event: the number of what was done, and that of the case it opens, if it does."""
    member = done.member or 0
    adjustment = save_adjustment(connection, done, FEEDBACK, 1)
    feedback = save_answer(connection, member, answer, adjustment)
    id_, case = keep(connection, done, adjustments=[adjustment]), None
    if terms.complains(answer.score):
        deadline = terms.settle_within.after(done.day)
        case = open_case(connection, Opened(member, feedback, id_, done.day, deadline, answer.text, done.at, done.by))
    bring(shop, connection, [(member, done.day)])
    return id_, case


def complaint_add(shop: Shop, card: str, text: str, asked: Asked, *, until: Day | None = None, dry_run: bool = False) -> Outcome:
    """Open a case for what a member complains of, to be settled by a day."""
    number, terms = card_said(card), terms_of(shop)
    if not text.strip():
        raise LoyaltyError("What does the member complain of?", hint=phrase("Say it with --text."))
    with shop.changing(dry_run=dry_run) as connection:
        done = with_reason(asked, "complaint").begun(shop, connection, "complaint", card=number)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        deadline = terms.settle_within.after(done.day) if until is None else until
        if deadline < done.day:
            raise LoyaltyError("{day} is before the complaint.", day=OnDay(deadline))
        done = done._replace(member=member_of_card(connection, number))
        id_ = keep(connection, done, adjustments=[])
        case = open_case(connection, Opened(done.member or 0, None, id_, done.day, deadline, text, done.at, done.by))
    data = {"number": id_, "card": number, "case": case, "dry_run": dry_run}
    return Outcome(said=[opened_said(case, deadline)], data=data)


def with_reason(asked: Asked, reason: str) -> Asked:
    """What a member says is reason enough to enter it."""
    return replace(asked, reason=asked.reason or reason)


def opened_said(case: int, deadline: Day) -> Phrase:
    """A case and its deadline."""
    return phrase("Case {case} is open, to be settled by {day}.", case=case, day=OnDay(deadline))


def refuse_without_sense(told: Told, terms: FeedbackTerms) -> None:
    """A score must be one of the scale, and something must be said."""
    if told.score is None and not told.text.strip():
        raise LoyaltyError("There is neither a score nor a text.", hint=phrase("Say a score of {scale}, or --text.", scale=terms.scale))
    if told.score is not None and not terms.least <= told.score <= terms.top:
        raise LoyaltyError("{score} is no score of {scale}.", score=told.score, scale=terms.scale)
