"""The worked examples beside a program: the shop's own must hold, a template's are told where the program says otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.baskets.worked_example import basket_differences
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.shopper import shopper_of
from loyalty_cli.program.examples import Difference
from loyalty_cli.program.examples import Examples
from loyalty_cli.program.examples import ThenBasket
from loyalty_cli.program.examples_as_read import examples_kept
from loyalty_cli.program.names_there import not_there
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.replay.worked_example import differences
from loyalty_cli.replay.worked_example import played

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.examples import Example
    from loyalty_cli.program.examples import FromTemplate
    from loyalty_cli.program.program import Program

# Where an example names something of the program, and what it is.
NAMED = (("points_used", "wallet"), ("points_used", "gift"), ("tiers_given", "tier"), ("coupons_issued", "coupon"))


def checked(program: Program, path: Path, *, form: str = "") -> tuple[int, list[Phrase]]:
    """Run the examples of a file, if there is one: how many hold, and what those of a template say otherwise.

    An example of the shop's own that does not hold is one of the Mistakes. `form` are the examples as they were read before: if all
    of them hold, there is nothing to say of any line of the file.
    """
    if not path.exists():
        return 0, []
    before = examples_kept(form, read_text(path), currency=program.currency.code) if form else None
    if before is not None and not any(unlike(example, program) for example in before):
        return len(before), []
    # Imported here because examples that were read before and hold need no places in their file.
    from loyalty_cli.reading.yaml.nodes import found

    examples = Examples(path, currency=program.currency)
    promised: list[Phrase] = []
    broken: list[FromTemplate] = []
    for example, node in examples.read:
        otherwise = unlike(example, program)
        if otherwise and example.template is not None:
            broken.append(example.template)
            promised += [phrase("{where} {what}", where=f"{path.name}:{node.line}:", what=said_of(example, otherwise[0], program))]
            continue
        for difference in otherwise:
            at = found(node, difference.path)
            examples.problems.add(at.line, at.column, said_of(example, difference, program))
    examples.problems.stop_if_any()
    if broken:
        promised.append(
            phrase(
                "{count} example that came with the template {name} does not hold in your program (shown by: loyalty program "
                "check). If you mean it so, take it out of {file}.",
                "{count} examples that came with the template {name} do not hold in your program (shown by: loyalty program "
                "check). If you mean it so, take them out of {file}.",
                count=len(broken),
                name=broken[0].name,
                file=path.name,
            )
        )
    return len(examples.read) - len(broken), promised


def unlike(example: Example, program: Program) -> list[Difference]:
    """What comes out otherwise than an example says."""
    # A template's example holds whenever the program starts: it is reckoned by the day it was written for.
    then = program if example.template is None else replace(program, starts=example.template.starts)
    return example_differences(example, Replayer(Plan(((0, then),))), then)


def said_of(example: Example, difference: Difference, program: Program) -> Phrase:
    """What came out differently from what an example says."""
    if (difference.path[0], difference.path[-1]) in NAMED:
        what, _ = not_there(str(difference.path[-1]), str(difference.expected), [])
        return phrase("{where} {what}", where=f"{example.example}:", what=what)
    if difference.found is None and "off_this_month" in difference.path:
        return phrase("{example}: there is no discount {name} in this program.", example=example.example, name=difference.expected)
    if difference.found is None:
        return phrase("{example}: there is no coupon {name} in this program.", example=example.example, name=difference.expected)
    return phrase(
        "{example}: {name} is {found}, not {expected}.",
        example=example.example,
        name=" ".join(str(part + 1 if isinstance(part, int) else part) for part in difference.path[1:]),
        found=shown(difference, difference.found, program),
        expected=shown(difference, difference.expected, program),
    )


def unknown_names(example: Example, program: Program) -> Iterator[Difference]:
    """What an example uses or is given and the program has not."""
    known = {"wallet": program.wallets, "gift": {*program.catalogue, *program.gifts}, "tier": program.tiers, "coupon": program.coupons}
    for block, noun in NAMED:
        for index, each in enumerate(getattr(example, block)):
            name = getattr(each, noun)
            if name and name not in known[noun]:
                yield Difference((block, index, noun), name, None)


def example_differences(example: Example, replayer: Replayer, program: Program) -> list[Difference]:
    """What an example says otherwise than replay and the price of its basket; of names that are not there only these."""
    unlike = list(unknown_names(example, program))
    if unlike:
        return unlike
    replayed = played(example, replayer)
    unlike = differences(example, replayed)
    if example.basket is not None:
        basket = example.basket
        day = example.until if basket.on is None else basket.on
        month = {"": sum(basket.off_this_month.values()), **basket.off_this_month}
        shopper = replace(shopper_of(replayed.on_the_day.member, day, basket.at, basket.store), this_month=month)
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
