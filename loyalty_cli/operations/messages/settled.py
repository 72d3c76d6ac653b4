"""What a stopped run of sending began, settled by looking: of messages that are a file each, the folder shows which went.

A file is laid aside before its message is noted as begun, appears under its name whole or not at all, and no other command
sends meanwhile; so one that still lies aside has not gone and is due again, and one that neither lies there nor stands in the
folder was not begun so, and stays doubtful. Which folder it was is kept with the claim, so that nothing is concluded from another
one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.consent import EMAIL
from loyalty_cli.model.days import NEVER
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.messages.ways_out import clear_begun
from loyalty_cli.operations.messages.ways_out import folder_shown
from loyalty_cli.operations.messages.ways_out import what_became
from loyalty_cli.senders.files import eml_name
from loyalty_cli.store.messages.messages import Event
from loyalty_cli.store.messages.messages import messages_kept
from loyalty_cli.store.messages.messages import note_answer

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program


def settle(shop: Shop, program: Program, by: str) -> None:
    """Note of each begun message of such a folder whether it went."""
    with shop.reading() as connection:
        doubtful = messages_kept(connection, first=0, last=NEVER, doubtful=True)
        begun = [one for one in doubtful if is_shown(program, one.event)]
    became = [(one, what) for one in begun if (what := what_became(shop, one.event.said, one.key))]
    if became:
        with shop.changing() as connection:
            day = today(shop, connection)
            for one, what in became:
                said = eml_name(one.key) if what == "sent" else ""
                note_answer(connection, one.key, Event(what, one.event.channel, day, shop.moment, by, said))
    if folder := folder_shown(program, EMAIL):
        clear_begun(shop, folder)


def is_shown(program: Program, event: Event) -> bool:
    """Whether a message was begun in the folder that the program still names."""
    return event.what == "begun" and bool(event.said) and event.said == folder_shown(program, event.channel)
