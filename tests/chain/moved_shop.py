"""A shop's facts through Arrow and back into books, without an engine: what each of its workers does."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.chain.books import books_in
from loyalty_cli.chain.books import Replay
from loyalty_cli.chain.facts import batch_of
from loyalty_cli.chain.facts import members_in
from loyalty_cli.operations.chain.move import brought_up_to_date
from loyalty_cli.operations.chain.move import choose_everyone
from loyalty_cli.operations.chain.move import compare
from loyalty_cli.operations.ledger.source import Source
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.operations.chain.move import Compared
    from loyalty_cli.operations.open_shop import Shop


class Moved(NamedTuple):
    """The facts before and after their way through Arrow, and how the books compare."""

    facts: list[MemberFacts]
    back: list[MemberFacts]
    compared: Compared


def moved(shop: Shop, *, without: str = "") -> Moved:
    """Every member's facts as Arrow and back, and their books beside the shop's; some facts may get lost (by SQL)."""
    with shop.changing(dry_run=True) as connection:
        plan, until = brought_up_to_date(shop, connection)
        texts = tuple((day, each.source) for (day, _), each in zip(plan.versions, versions_in_force(connection), strict=True))
        choose_everyone(connection, until)
        if without:
            connection.execute(without)
        facts = [each._replace(facts=list(each.facts)) for each in Source(connection, plan, until).members()]
        batch = batch_of(facts)
        # A slice has an offset of its own in Arrow's lists.
        half = len(facts) // 2
        slices = [batch.slice(0, half), batch.slice(half)]
        back = [each for part in slices for each in members_in(part)]
        books = [list(books_in(each)) for each in Replay(texts, until)(slices)]
        return Moved(facts, back, compare(connection, iter(books), plan))
