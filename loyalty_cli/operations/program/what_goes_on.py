"""What becomes of each reward's progress when the file is adopted: it goes on, or is counted again from the receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.posted import posted_said
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program
    from loyalty_cli.program.program import Reward

COLUMNS = (Column(name="reward", heading="Reward", kind="said"), Column(name="progress", heading="Progress", kind="said"))
GOES_ON = phrase("What members have reached goes on.")
AGAIN = phrase("It is counted again from the receipts; what was given stays.")
ANEW = phrase("It begins anew; what was given stays.")
NEW = phrase("It is new: it counts from the day of its version.")
GONE = phrase("It is gone; what was given stays.")


def progress_table(old: Program, new: Program) -> Table:
    """Every reward of both versions, those of the file first."""
    names = [*new.rewards, *(name for name in old.rewards if name not in new.rewards)]
    rows = [(called(name), kept(becomes(old, new, old.rewards.get(name), new.rewards.get(name)))) for name in names]
    return Table(
        name="progress",
        title=phrase("What becomes of the progress of rewards"),
        columns=COLUMNS,
        rows=rows,
        currency=new.currency.code,
        digits=new.currency.digits,
        empty=phrase("There are no rewards."),
    )


def called(name: str) -> str:
    """A reward's name; one that is a message's own stands under its message's."""
    return kept(posted_said(f"rewards.{name}")) if name.startswith("message ") else name


def becomes(old: Program, new: Program, before: Reward | None, after: Reward | None) -> Phrase:
    """What replay makes of a reward's memory (see change_rewards)."""
    if before is None or after is None:
        return NEW if before is None else GONE
    was, now = old.watch_of(before), new.watch_of(after)
    if (type(was), before.only) == (type(now), after.only) and now.counts_alike(was):
        return GOES_ON
    return AGAIN if now.hears_purchases else ANEW
