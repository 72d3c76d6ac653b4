"""`loyalty feedback answer` and `loyalty feedback close`: a complaint is answered, something is given, and it is settled."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.posted import posted_said
from loyalty_cli.operations.by_hand.give import check
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import bring
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.feedback.add import with_reason
from loyalty_cli.operations.feedback.listed import case_numbered
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.local_day import today
from loyalty_cli.store.by_hand import save_adjustment
from loyalty_cli.store.feedback.complaints import add_step
from loyalty_cli.store.feedback.complaints import Step

if TYPE_CHECKING:
    from loyalty_cli.model.feedback import Case
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


class Reply(NamedTuple):
    """What the member is told, what is given for it (None: nothing), and whether that settles the case."""

    text: str = ""
    gift: Gift | None = None
    settles: bool = False


def gift_said(text: str) -> Gift | None:
    """What is given, of `coupon: sorry`, `points: 100`, `gift: mug`.

    >>> gift_said("coupon: sorry").asset, gift_said("points: 100").count
    ('coupon:sorry', 100)
    """
    if not text:
        return None
    kind, _, name = (part.strip() for part in text.partition(":"))
    if kind == "points" and name.isdecimal():
        return Gift(kind=kind, count=int(name))
    if not name:
        raise LoyaltyError("{text} does not say what is given.", text=text, hint=phrase("Write {example}.", example="coupon: sorry"))
    return Gift(kind=kind, name=name)


def feedback_answer(shop: Shop, number: int, reply: Reply, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Note what a member was told, and give what was promised, once; with `settles` the case is done."""
    if not reply.text.strip():
        raise LoyaltyError("What is the member told?", hint=phrase("Say it with --text."))
    gift = reply.gift
    with shop.changing(dry_run=dry_run) as connection:
        detail = {"case": number} if gift is None else {"case": number, "asset": gift.asset, "count": gift.count}
        done = with_reason(asked, f"complaint {number}").begun(shop, connection, "answer", **detail)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        case = open_case_numbered(connection, number)
        done = done._replace(member=case.member)
        adjustments = []
        if gift is not None:
            plan, _ = adopted_plan(connection)
            check(plan.in_force(today(shop, connection)), gift)
            adjustments.append(save_adjustment(connection, done, gift.asset, gift.count))
        id_ = keep(connection, done, adjustments=adjustments)
        gave = "" if gift is None else f"{gift.count} {gift.asset}"
        add_step(connection, number, id_, Step("answered", done.day, done.by, reply.text, gave))
        if reply.settles:
            add_step(connection, number, id_, Step("settled", done.day, done.by, "", ""))
        bring(shop, connection, [(case.member, done.day)] if adjustments else [])
    line = phrase("Case {case} is answered: no. {number}.", case=number, number=id_)
    given: list[Phrase] = []
    if gift is not None:
        given = [phrase("{gave} for card {card}.", gave=posted_said(gave), card=case.card)]
    settled = [phrase("Case {case} is settled.", case=number)] if reply.settles else []
    data = {"number": id_, "case": number, "gave": gave, "settled": reply.settles, "dry_run": dry_run}
    return Outcome(said=[line, *given, *settled], data=data)


def feedback_close(shop: Shop, number: int, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """A case is settled; the reason says how."""
    with shop.changing(dry_run=dry_run) as connection:
        done = asked.begun(shop, connection, "close", case=number)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        case = open_case_numbered(connection, number)
        id_ = keep(connection, done._replace(member=case.member), adjustments=[])
        add_step(connection, number, id_, Step("settled", done.day, done.by, "", ""))
    said = phrase("Case {case} is settled.", case=number)
    return Outcome(said=[said], data={"number": id_, "case": number, "dry_run": dry_run})


def open_case_numbered(connection: Connection, number: int) -> Case:
    """The case of a number that is not settled yet."""
    case = case_numbered(connection, number)
    if case.settled is not None:
        raise Refused("Case {case} was settled on {day}.", case=number, day=OnDay(case.settled))
    return case
