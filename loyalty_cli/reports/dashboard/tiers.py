"""How many members stand on each tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.dashboard import Series
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.members import tiers

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.reading import Connection


def picture(connection: Connection, asked: Asked, _seen: Seen) -> Picture | Phrase:
    """Bars from the lowest tier up."""
    table = tiers.table(connection, asked.question)
    if len(table.rows) < 2:
        return phrase("Tiers: the program has none, or nothing has been worked out yet.")
    place = {column.name: number for number, column in enumerate(table.columns)}
    names = [str(row[place["tier"]]) for row in table.rows]
    members, spent = ([int(row[place[name]] or 0) for row in table.rows] for name in ("members", "spent"))
    says = phrase(
        "Above {tier} stand {share} of the members; they brought {part} of what members spent.",
        tier=names[0],
        share=in_percent(share_of(sum(members[1:]), sum(members))),
        part=in_percent(share_of(sum(spent[1:]), sum(spent))),
    )
    chart = Chart(shape="bars", labels=names, series=[Series(name=phrase("Members"), values=members)], unit="count")
    return Picture(title=table.title, says=says, drawn=chart, table=table)
