"""`loyalty program show`: every setting, written or by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import in_a_row
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.program.reward_said import reward_said
from loyalty_cli.program.settings_list import settings_of

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

COLUMNS = (
    Column(name="setting", heading="Setting"),
    Column(name="value", heading="Value"),
    Column(name="from", heading="Written in", kind="word"),
)


def settings_table(shop: Shop) -> Outcome:
    """The settings of the file as a table, and each earn rule, discount and reward in the sentence that a poster would have."""
    program = program_file(shop)
    rows = [(line.path, line.value or "–", "file" if line.written else "default") for line in settings_of(program)]
    table = Table(
        name="settings",
        title=phrase("{name}: every setting", name=program.name),
        columns=COLUMNS,
        rows=rows,
        notes=[
            *(phrase("{name}: {what}", name=name, what=rule.announced(program.currency.money)) for name, rule in program.earn.items()),
            *(program.points.announced() if program.points else ()),
            *(phrase("{name}: {what}", name=name, what=offer.announced(program.currency.money)) for name, offer in program.offers.items()),
            *(program.ladder.announced(program.currency.money) if program.ladder else ()),
            *(
                phrase("{name}: {what}", name=name, what=in_a_row(reward_said(reward, program.currency.money)))
                for name, reward in program.rewards.items()
            ),
        ],
        currency=program.currency.code,
        digits=program.currency.digits,
    )
    return Outcome(tables=[table], language=program.language)
