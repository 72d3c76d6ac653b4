"""`loyalty program check`: the file, how its parts fit together, and the shop's own worked examples."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.layout_files import layout_path
from loyalty_cli.operations.in_force import EXAMPLES
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.store.nights import nights
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program


def check_program(shop: Shop) -> Outcome:
    """Read the program and run its examples; Mistakes lists everything that is wrong."""
    program = program_file(shop)
    count, broken = examples_tried(program, shop)
    said = [phrase("{file} is in order: {name}.", file=shop.program.name, name=program.name)]
    if count or broken:
        said.append(phrase("{count} worked example holds.", "{count} worked examples hold.", count=count))
    else:
        said.append(phrase("There are no worked examples; write some in examples.yaml: purchases, and what the member should then have."))
    return Outcome(
        said=said,
        warnings=[*missing_layouts(program, shop.folder), *nights_and_messages(shop, program), *broken],
        data={"program": program.name, "examples": count, "problems": []},
        language=program.language,
    )


def examples_tried(program: Program, shop: Shop) -> tuple[int, list[Phrase]]:
    """How many worked examples hold, and what those of a template say otherwise."""
    path = shop.folder / "examples.yaml"
    if not path.exists():
        return 0, []
    # Imported here, as playing examples takes longer than everything else, and many shops have none.
    from loyalty_cli.operations.worked_examples import checked

    form = ""
    with contextlib.suppress(LoyaltyError), replace(shop, wait=0.0).reading() as connection:
        form = settings(connection).get(EXAMPLES, "")
    return checked(program, path, form=form)


def nights_and_messages(shop: Shop, program: Program) -> Iterator[Phrase]:
    """What keeps messages from going out at night: hours that the night never falls into, and a country's law."""
    if "messages" not in program.nightly:
        return
    hours = program.contact.hours if program.contact else None
    if hours:
        yield from outside(hours, program.timezone, begun(shop))
    # Imported here, as most programs send nothing at night.
    from loyalty_cli.operations.messages.plan import rule_of_advertising

    rule = rule_of_advertising(program, local_day(shop.now, program.timezone))
    if rule and not rule.automatic:
        yield phrase(
            "{rule} ({source}, read on {day}) So nightly only prepares advertising, and a person sends it: loyalty messages send --by NAME",
            rule=rule.text,
            source=rule.source,
            day=rule.as_of,
        )


def begun(shop: Shop) -> list[datetime]:
    """When the last nights began; none where the shop has had none."""
    try:
        with shop.reading() as connection:
            return [datetime.fromisoformat(night.at) for night in nights(connection)]
    except LoyaltyError:
        return []


def outside(hours: tuple[int, int], timezone: str, moments: list[datetime]) -> Iterator[Phrase]:
    """That nights begin outside of the hours in which messages go out, or, while there were none, that they should not."""
    clocks = [moment.astimezone(ZoneInfo(timezone)) for moment in moments]
    if any(hours[0] <= clock.hour * 3600 + clock.minute * 60 + clock.second < hours[1] for clock in clocks):
        return
    first, last = (f"{seconds // 3600}:{seconds % 3600 // 60:02}" for seconds in hours)
    hint = phrase("Let loyalty messages send run in these hours, from cron or by hand, or run loyalty nightly then.")
    if clocks:
        began = f"{clocks[0]:%H:%M}"
        text = "Messages go out from {first} to {last}; the last night began at {began}, so none goes out at night. {hint}"
        yield phrase(text, first=first, last=last, began=began, hint=hint)
    else:
        yield phrase("Messages go out from {first} to {last}, not at night. {hint}", first=first, last=last, hint=hint)


def missing_layouts(program: Program, folder: Path) -> list[Phrase]:
    """Layouts that stores name and nobody has written; their exports would be refused at night."""
    if not program.stores:
        return []
    # Imported here, as a shop with one plain export names none.
    from loyalty_cli.importers.all_importers import PLAIN
    from loyalty_cli.importers.all_importers import till_named

    return [
        phrase("The store {store} names the layout {layout}, which is not there.", store=name, layout=store.layout)
        for name, store in program.stores.items()
        if store.layout != PLAIN and layout_path(store.layout, folder) is None and till_named(store.layout) is None
    ]
