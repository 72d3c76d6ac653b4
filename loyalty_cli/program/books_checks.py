"""Whether the coupons of the books are coupons of the program, and each has a worth that can be booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.names_there import not_there
from loyalty_cli.reading.yaml.nodes import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.blocks.books import CouponInBooks
    from loyalty_cli.program.program import Program
    from loyalty_cli.reading.problems import Problems
    from loyalty_cli.reading.yaml.nodes import Mapping


def check_books(program: Program, root: Mapping, problems: Problems) -> None:
    """Add what does not fit to the problems."""
    for name, how in program.books.coupons.items() if program.books else ():
        for what, hint in mistakes(program, name, how):
            node = found(root, ("books", "coupons", name))
            problems.add(node.line, node.column, what, hint)


def mistakes(program: Program, name: str, how: CouponInBooks) -> Iterator[tuple[Phrase, Phrase | None]]:
    """What is wrong with the coupon of a name, and what to do. What owes nothing needs no worth."""
    terms = program.coupons.get(name)
    if terms is None:
        yield not_there("coupon", name, sorted(program.coupons))
        return
    if terms.worth is not None and how.worth:
        yield phrase("The coupon {name} has a worth of its own.", name=name), phrase("Take {key} out.", key="worth")
    if terms.worth is None and not how.worth and how.treatment != "discount":
        example = f"{{treatment: {how.treatment}, worth: 15.00}}"
        yield (
            phrase("The coupon {name} says no amount of money that could be booked for it.", name=name),
            phrase("Write what one use is usually worth, such as a tenth of a usual purchase of 150.00: {example}", example=example),
        )
