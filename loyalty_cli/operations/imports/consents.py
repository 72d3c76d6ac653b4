"""Import consents: what members said to each channel and purpose, with what proves it; the same list again adds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.lists.consents import listed_answer
from loyalty_cli.model.consent import Consent
from loyalty_cli.model.consent import consent_called
from loyalty_cli.model.days import local_day
from loyalty_cli.model.listed import Clash
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.lists import import_lists
from loyalty_cli.operations.imports.lists import ListKind
from loyalty_cli.operations.imports.lists_said import list_outcome
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.store.imports.opening import member_of_balance
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.members import Hand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.listed import ListedAnswer
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def import_consents(shop: Shop, files: Sequence[str], *, layout: str | None = None, by: str = "", dry_run: bool = False) -> Outcome:
    """Bring in consents, such as `loyalty consent list -o consents.csv` writes them."""
    program = program_file(shop)
    today = local_day(shop.now, program.timezone)

    def save(connection: Connection, import_id: int, listed: ListedAnswer) -> str | Phrase | Clash:
        day = today if listed.day is None else listed.day
        if day > today:
            return phrase("date: {day} has not come yet", day=OnDay(day))
        member = member_of_balance(connection, listed)
        if isinstance(member, Clash):
            return member
        if member is None:
            return phrase("there is no card {card}", card=listed.card or listed.number)
        consent = Consent(
            *consent_called(listed.channel),
            listed.agreed,
            day,
            wording=listed.wording,
            version=listed.version,
            source=listed.source or f"import {import_id}",
            proof=listed.proof,
            by=listed.taken_by,
        )
        hand = Hand(at=shop.moment, today=today, by=by, reason="import", import_id=import_id)
        return "new" if add_consent(connection, member, consent, hand) else "known"

    kind = ListKind(name="consents", make=listed_answer, save=save, digits=program.currency.digits)
    results = import_lists(shop, files, kind, layout=layout, dry_run=dry_run, language=program.language)
    return list_outcome(results, program, kind="consents", dry_run=dry_run)
