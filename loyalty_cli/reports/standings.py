"""What the reports on standings share: of which day they are, and the order of the tiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reports.in_force import LAST_RUN
from loyalty_cli.store.ledger.standings import USED_SINCE
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

# The points of a standing: of now (no :day), without those that were used since it was worked out.
POINTS_LEFT = f"standing.points - iif(:day IS NULL, {USED_SINCE}, 0)"
NEXT_TIERS = "SELECT DISTINCT tier, next_tier FROM standing WHERE tier <> '' AND next_tier <> ''"


def standing_basis(connection: Connection, question: Question) -> Phrase:
    """Of which day the standings are."""
    if question.closed_at:
        return phrase("At the end of {day}, as the month was closed.", day=OnDay(question.standing_on or 0))
    if question.standing_on is not None:
        return phrase("Standing at the end of {day}, by what is known now.", day=OnDay(question.standing_on))
    rows = rows_of(connection, LAST_RUN)
    if not rows or rows[0][0] is None:
        return phrase("Nothing has been worked out yet; run: loyalty recalc")
    return phrase("Standing at the end of {day}.", day=OnDay(int(rows[0][0])))


def used_since_said(connection: Connection, question: Question) -> list[Phrase]:
    """What is said of points where some of them were used since the standings were worked out."""
    if question.standing_on is not None or not rows_of(connection, f"SELECT 1 FROM standing WHERE {USED_SINCE} > 0 LIMIT 1"):
        return []
    return [phrase("Points that were used since are taken off.")]


def waiting_said(members: int) -> list[Phrase]:
    """What is said of members of whom something has come that is not worked out yet."""
    return [phrase("{count} member waits for recalc.", "{count} members wait for recalc.", count=members)] if members else []


def ladder(connection: Connection, question: Question) -> Sequence[str]:
    """The tiers from the lowest up: as the program lists them, else as members' next tiers tell."""
    if question.shop.ladder:
        return question.shop.ladder
    following = {str(tier): str(higher) for tier, higher in rows_of(connection, NEXT_TIERS)}
    return chain(following, question.shop.base_tier)


def chain(following: Mapping[str, str], lowest: str) -> Sequence[str]:
    """Names in the order in which one leads to the next.

    >>> chain({"guest": "friend", "friend": "patron"}, "guest")
    ['guest', 'friend', 'patron']
    """
    names = [lowest] if lowest else [name for name in following if name not in following.values()][:1]
    while names and (name := following.get(names[-1])) and name not in names:
        names.append(name)
    return names
