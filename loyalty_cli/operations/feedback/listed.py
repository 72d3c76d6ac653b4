"""`loyalty feedback list` and `loyalty feedback show`: which complaints there are, which are late, and all about one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import local_day
from loyalty_cli.model.entry import POINTS
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.posted import posted_said
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.store.feedback.complaints import cases
from loyalty_cli.store.feedback.complaints import Step
from loyalty_cli.store.feedback.complaints import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.feedback import Case
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

COLUMNS = (
    Column(name="case", heading="Case", kind="count"),
    Column(name="day", heading="Day", kind="day"),
    Column(name="until", heading="Settle by", kind="day"),
    Column(name="state", heading="State", kind="word"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="score", heading="Score", kind="count"),
    Column(name="text", heading="Text"),
    Column(name="gave", heading="Given", kind="said"),
    Column(name="by", heading="By"),
)
STEPS = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="what", heading="What", kind="word"),
    Column(name="text", heading="Text"),
    Column(name="gave", heading="Given", kind="said"),
    Column(name="by", heading="By"),
)


def feedback_list(shop: Shop, *, everything: bool = False) -> Outcome:
    """The cases that are not settled, those whose deadline comes first in front; or all by their numbers."""
    with shop.reading() as connection:
        facts = shop_facts(shop, connection)
        now = local_day(shop.now, facts.timezone)
        found = cases(connection)
    if not everything:
        found = sorted((case for case in found if case.settled is None), key=lambda case: (case.deadline, case.number))
    rows = [row_of(case, now) for case in found]
    table = Table(
        name="cases",
        title=phrase("Complaints"),
        columns=COLUMNS,
        rows=rows,
        currency="",
        empty=phrase("No complaint is open."),
        notes=[phrase("Answer one with: loyalty feedback answer CASE --text …")] if rows else [],
    )
    return Outcome(tables=[table], language=facts.language)


def row_of(case: Case, today: Day) -> tuple[Cell, ...]:
    """A case as the list shows it."""
    state = "overdue" if case.overdue(today) else case.state
    head = (case.number, case.day, case.deadline, state, case.card, case.name)
    return (*head, case.score, case.text, gave_said(case.gave), case.by)


def feedback_show(shop: Shop, number: int) -> Outcome:
    """What was said, and what was done about it."""
    with shop.reading() as connection:
        language = shop_facts(shop, connection).language
        case = case_numbered(connection, number)
        steps = [Step("complaint", case.day, case.by, case.text, ""), *steps_of(connection, number)]
    text = "Case {case}: {name}, card {card}, to be settled by {day}"
    table = Table(
        name="case",
        title=phrase(text, case=number, name=case.name or "-", card=case.card, day=OnDay(case.deadline)),
        columns=STEPS,
        rows=[(step.day, step.what, step.text, gave_said(step.gave), step.by) for step in steps],
        currency="",
    )
    return Outcome(tables=[table], language=language, data={"state": case.state, "score": case.score})


def overdue_said(connection: Connection, today: Day) -> Iterator[Phrase]:
    """Each case whose deadline has passed and that is not settled; a shop that is new has none."""
    for case in cases(connection):
        if case.overdue(today):
            text = "Case {case} of card {card} was to be settled by {day}. Look: loyalty feedback show {case}"
            yield phrase(text, case=case.number, card=case.card, day=OnDay(case.deadline))


def case_numbered(connection: Connection, number: int) -> Case:
    """The case of a number."""
    for case in cases(connection):
        if case.number == number:
            return case
    raise Refused("There is no case {case}.", case=number, hint=phrase("They are listed by: loyalty feedback list --all"))


def gave_said(gave: str) -> str:
    """What was given, as it is kept (`50 points`, `1 coupon:sorry`), in words that every language has."""
    several = [one.partition(" ") for one in gave.split(", ") if one]
    said = [
        phrase("{count} point", "{count} points", count=int(count))
        if asset == POINTS
        else phrase("{count} × {what}", count=int(count), what=posted_said(asset))
        for count, _, asset in several
    ]
    return kept(phrase("{what}", what=said)) if said else ""
