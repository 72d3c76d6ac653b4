"""`loyalty member forget`: erase all members of whom nothing was heard for a length of time."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.by_hand.erase import made_before
from loyalty_cli.operations.by_hand.erase import points_lapse
from loyalty_cli.operations.by_hand.erase import points_lapsing
from loyalty_cli.operations.by_hand.erase import still_named
from loyalty_cli.operations.by_hand.erase import take_out_of_files
from loyalty_cli.operations.by_hand.erase import written_anew
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import PARTS
from loyalty_cli.operations.ledger.freezing import Freezer
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import span_of
from loyalty_cli.store.members.erasing import erase
from loyalty_cli.store.members.inactive import inactive_since
from loyalty_cli.store.members.scrubbing import forget_in_own_texts
from loyalty_cli.store.members.scrubbing import forget_in_texts
from loyalty_cli.store.members.scrubbing import names_in_any_case
from loyalty_cli.store.members.scrubbing import words_in_no_other_name
from loyalty_cli.store.members.scrubbing import words_of
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from loyalty_cli.model.days import Span
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.open_shop import Shop

UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
COLUMNS = (
    Column(name="card", heading="Card", kind="code"),
    Column(name="last", heading="Last heard of", kind="day"),
    Column(name="points", heading="Points", kind="points"),
)


def length_of(text: str) -> Span:
    """A length of time, also in short: 3y, 36m, 90d.

    >>> str(length_of("3y")), str(length_of("36 months"))
    ('3 years', '36 months')
    """
    short = re.fullmatch(r"\s*(\d+)\s*([dwmy])\s*", text)
    try:
        return span_of(f"{short[1]} {UNITS[short[2]]}" if short else text)
    except NotUnderstood as error:
        raise LoyaltyError.of(error.what, hint=error.hint) from error


def member_forget(shop: Shop, inactive: Span, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Everybody in one transaction; the books stay as they are."""
    with shop.changing(dry_run=dry_run) as connection:
        done = asked.begun(shop, connection, "forget", inactive=str(inactive))
        kept = before(connection, done)
        since = inactive.before(done.day)
        found = inactive_since(connection, since) if kept is None else []
        known = {one.member: words_of(connection, one.member) for one in found}
        words = [word for each in known.values() for word in each]
        freezer, names = Freezer(connection, done.day), names_in_any_case(connection, known)
        points: Counter[str] = Counter()
        for one in found:
            points += freezer.forget(one.member, partial(erase, connection, one.member, done.day))
            keep(connection, done._replace(what="erase", key=f"{done.key}{PARTS}{one.member}", member=one.member, detail={}), card=one.card)
        freezer.leave_nothing()
        # Of two with one name, who are both forgotten now, nobody has it any more.
        own = words_in_no_other_name(connection, known)
        currency = kept_facts(connection).currency.code
        number = keep(connection, done, members=len(found)) if found else None
        forget_in_texts(connection, words)
        forget_in_own_texts(connection, names)
        if found and not dry_run:
            take_out_of_files(shop, connection, done.day, own)
    if kept is not None:
        return made_before(shop, kept)
    if found and not dry_run:
        written_anew(shop)
    title = phrase("Members of whom nothing was heard since {day}", day=OnDay(since))
    rows = [(one.card, one.last, one.points) for one in found]
    table = Table(name="forgotten", title=title, columns=COLUMNS, rows=rows, currency=currency, empty=phrase("There are none."))
    said = phrase("{count} member is forgotten.", "{count} members are forgotten.", count=len(found))
    data = {"members": len(found), "number": number, **points_lapsing(points), "dry_run": dry_run}
    warnings = still_named(shop, words) if found and not dry_run else []
    lapse = points_lapse(points, freezer.day + 1)
    return Outcome(said=[said, *lapse], tables=[table], warnings=warnings, data=data)
