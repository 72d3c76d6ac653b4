"""Import feedback: answers to a survey, each once; one as low as the program says opens a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.lists.feedback import listed_feedback
from loyalty_cli.model.days import local_day
from loyalty_cli.model.feedback import Answer
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.feedback.add import terms_of
from loyalty_cli.operations.imports.lists import import_lists
from loyalty_cli.operations.imports.lists import ListKind
from loyalty_cli.operations.imports.lists_said import list_outcome
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.store.feedback.complaints import open_case
from loyalty_cli.store.feedback.complaints import Opened
from loyalty_cli.store.feedback.listed import members_who
from loyalty_cli.store.feedback.listed import save_listed
from loyalty_cli.store.stores.names import store_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.listed import Clash
    from loyalty_cli.model.listed import ListedFeedback
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def import_feedback(shop: Shop, files: Sequence[str], *, layout: str | None = None, by: str = "", dry_run: bool = False) -> Outcome:
    """Bring in answers; the same list again adds nothing."""
    program, asked = program_file(shop), terms_of(shop)
    today = local_day(shop.now, program.timezone)

    def save(connection: Connection, import_id: int, listed: ListedFeedback) -> str | Phrase | Clash:
        if listed.day > today:
            return phrase("date: {day} has not come yet", day=OnDay(listed.day))
        if listed.score is not None and not asked.least <= listed.score <= asked.top:
            return phrase("score: {score} is no score of {scale}", score=listed.score, scale=asked.scale)
        members = members_who(connection, listed)
        if len(members) != 1:
            return phrase("it is not known who answered") if not members else phrase("it may be of several members")
        store = store_number(connection, listed.store) if listed.store else None
        if listed.store and store is None:
            return phrase("there is no store {name}", name=listed.store)
        answer = Answer(listed.day, listed.score, asked.top, listed.text, store, listed.receipt)
        became, feedback = save_listed(connection, members[0], (answer, listed.key), import_id, (shop.moment, by))
        if feedback is not None and asked.complains(listed.score):
            # An old answer that comes in late has as many days as any other.
            deadline = asked.settle_within.after(today)
            open_case(connection, Opened(members[0], feedback, None, listed.day, deadline, listed.text, shop.moment, by))
        return became

    kind = ListKind(name="feedback", make=listed_feedback, save=save, digits=program.currency.digits)
    results = import_lists(shop, files, kind, layout=layout, dry_run=dry_run, language=program.language)
    return list_outcome(results, program, kind="feedback", dry_run=dry_run)
