"""A draw's winners and reserves as the owner sees them, with names; the published folder has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.engine.draw_files import read_rules
from loyalty_cli.model.outcome import Outcome
from loyalty_cli.model.phrase import phrase
from loyalty_cli.model.table import Column
from loyalty_cli.model.table import Table
from loyalty_cli.store import draws

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.phrase import Phrase
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.draws import KeptDraw

COLUMNS = (
    Column(name="place", heading="Place", kind="count"),
    Column(name="prize", heading="Prize"),
    Column(name="place_kind", heading="Drawn as", kind="word"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="ticket", heading="Ticket", kind="count"),
    Column(name="pseudonym", heading="Number on the list", kind="code"),
)


def winners_shown(connection: Connection, kept: KeptDraw, folder: Path, seed: str) -> Outcome:
    """The result of a run."""
    won = draws.winners_with_names(connection, kept.id)
    return Outcome(
        said=(
            phrase("{name}: the draw is made.", name=kept.name),
            phrase("Seed: {seed}", seed=seed),
            phrase(
                "The proof lies in {folder}; anybody can check it: loyalty draw verify {folder}",
                folder=str(folder),
            ),
        ),
        warnings=empty_places(kept, won),
        tables=(winners_table(connection, kept, won),),
        data={
            "draw": kept.name,
            "folder": str(folder),
            "seed": seed,
            "winners": [winner.pseudonym for winner in won if not winner.reserve],
            "reserves": [winner.pseudonym for winner in won if winner.reserve],
        },
    )


def winners_table(connection: Connection, kept: KeptDraw, won: list[draws.NamedWinner]) -> Table:
    """Winners in the order they were drawn, then the reserves."""
    return Table(
        name="draw",
        title=phrase("Winners of {name}", name=kept.name),
        columns=COLUMNS,
        rows=[
            (
                one.place,
                one.prize,
                "reserve" if one.reserve else "winner",
                one.number,
                one.name,
                one.ticket,
                one.pseudonym,
            )
            for one in won
        ],
        currency=draws.currency(connection),
        empty=phrase("Nobody has won."),
    )


def empty_places(kept: KeptDraw, won: list[draws.NamedWinner]) -> list[Phrase]:
    """Which prizes and reserves nobody was left for."""
    rules = read_rules(kept.rules)
    said = []
    for prize, count in rules.prizes:
        missing = count - sum(one.prize == prize and not one.reserve for one in won)
        if missing:
            said.append(
                phrase("{prize}: {missing} stay empty, for nobody is left to win.", prize=prize, missing=missing)
            )
    missing = rules.reserves - sum(one.reserve for one in won)
    if missing:
        said.append(phrase("Reserves: {missing} places stay empty, for nobody is left.", missing=missing))
    return said
