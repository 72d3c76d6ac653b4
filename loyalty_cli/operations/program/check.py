"""`loyalty program check`: the file, how its parts fit together, and the shop's own worked examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import PLAIN
from loyalty_cli.importers.all_importers import till_named
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.layout_files import layout_path
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.worked_examples import checked

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program


def check_program(shop: Shop) -> Outcome:
    """Read the program and run its examples; Mistakes lists everything that is wrong."""
    program = program_file(shop)
    count, broken = checked(program, shop.folder / "examples.yaml")
    said = [phrase("{file} is in order: {name}.", file=shop.program.name, name=program.name)]
    if count or broken:
        said.append(phrase("{count} worked example holds.", "{count} worked examples hold.", count=count))
    else:
        said.append(
            phrase(
                "There are no worked examples; write some in examples.yaml: purchases, and what the member "
                "should then have."
            )
        )
    return Outcome(
        said=said,
        warnings=[*missing_layouts(program, shop.folder), *broken],
        data={"program": program.name, "examples": count, "problems": []},
        language=program.language,
    )


def missing_layouts(program: Program, folder: Path) -> list[Phrase]:
    """Layouts that stores name and nobody has written; their exports would be refused at night."""
    return [
        phrase("The store {store} names the layout {layout}, which is not there.", store=name, layout=store.layout)
        for name, store in program.stores.items()
        if store.layout != PLAIN and layout_path(store.layout, folder) is None and till_named(store.layout) is None
    ]
