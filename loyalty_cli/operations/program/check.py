"""`loyalty program check`: the file, how its parts fit together, and the shop's own worked examples."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.baskets.worked_example import basket_differences
from loyalty_cli.importers.all_importers import PLAIN
from loyalty_cli.importers.all_importers import till_named
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.baskets.shopper import shopper_of
from loyalty_cli.operations.imports.layout_files import layout_path
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.program.examples import Examples
from loyalty_cli.program.examples import ThenBasket
from loyalty_cli.reading.yaml.nodes import found
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.replay.worked_example import differences
from loyalty_cli.replay.worked_example import played

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.examples import Difference
    from loyalty_cli.program.examples import Example
    from loyalty_cli.program.program import Program


def check_program(shop: Shop) -> Outcome:
    """Read the program and run its examples; Mistakes lists everything that is wrong."""
    program = program_file(shop)
    count = check_examples(program, shop.folder / "examples.yaml")
    said = [phrase("{file} is in order: {name}.", file=shop.program.name, name=program.name)]
    if count:
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
        warnings=missing_layouts(program, shop.folder),
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


def check_examples(program: Program, path: Path) -> int:
    """Run the examples of a file, if there is one; how many hold. Mistakes lists those that do not."""
    if not path.exists():
        return 0
    examples = Examples(path, digits=program.currency.digits)
    replayer = Replayer(Plan(((0, program),)))
    for example, node in examples.read:
        for difference in example_differences(example, replayer, program):
            at = found(node, difference.path)
            what = phrase(
                "{example}: {name} is {found}, not {expected}.",
                example=example.example,
                name=" ".join(str(part + 1 if isinstance(part, int) else part) for part in difference.path[1:]),
                found=shown(difference, difference.found, program),
                expected=shown(difference, difference.expected, program),
            )
            if difference.found is None:
                what = phrase("{example}: there is no coupon {name} in this program.", example=example.example, name=difference.expected)
            examples.problems.add(at.line, at.column, what)
    examples.problems.stop_if_any()
    return len(examples.read)


def example_differences(example: Example, replayer: Replayer, program: Program) -> list[Difference]:
    """What an example says otherwise than replay and the price of its basket."""
    replayed = played(example, replayer)
    unlike = differences(example, replayed)
    if example.basket is not None:
        basket = example.basket
        day = example.until if basket.on is None else basket.on
        shopper = replace(shopper_of(replayed.member.member, day, basket.at, basket.store), this_month=basket.off_this_month)
        unlike += basket_differences(basket, example.then.basket or ThenBasket(), program, shopper)
    return unlike


def shown(difference: Difference, value: object, program: Program) -> str:
    """A value as the example writes it."""
    path = [part for part in difference.path if part != "friends" and not isinstance(part, int)]
    name, money = str(path[1]), program.currency.plain
    if name == "discount" and isinstance(value, int):
        return f"{value / 100:g}%"
    if name in {"spent", "basket", "put_back"} and isinstance(value, int):
        return money(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(money, value))}]"
    return str(value)
