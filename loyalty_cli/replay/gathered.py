"""What is known of a block of members as the database or files hold it, and the members' facts made of it.

Rows are plain values that another process can be told; what is made of them are many small objects, which cost as much to tell
as to make.
"""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.facts import HANDED_OVER
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import RETURN
from loyalty_cli.replay.posting import Waiting
from loyalty_cli.replay.receipts import by_member
from loyalty_cli.replay.receipts import in_order
from loyalty_cli.replay.receipts import items_of
from loyalty_cli.replay.receipts import paid_with
from loyalty_cli.replay.receipts import with_items
from loyalty_cli.replay.voided import unpaid
from loyalty_cli.replay.voided import without_voided

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.entry import Key
    from loyalty_cli.model.facts import Fact
    from loyalty_cli.model.facts import Paying
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.receipts import Row

# Facts that may take back what was given before.
LOOK_BACK = frozenset({RETURN, HANDED_OVER})
BY_TIME = itemgetter(0, 1, 2)


class Sold(NamedTuple):
    """The purchases of a block's members: rows in order, and what belongs to them.

    `numbers` are those of receipts of one second, `lines` those of members of whose goods some came back. `paid` are redemptions by
    member, `known` what tills say was paid otherwise, by member and receipt, `excluded` the price of goods that the product list
    excludes, by receipt.
    """

    rows: Sequence[Row]
    classes: Sequence[int]
    units: Sequence[int]
    stores: Mapping[int, str]
    numbers: Mapping[int, str]
    lines: Sequence[Row]
    paid: Mapping[int, Sequence[Paying]]
    known: Mapping[int, Mapping[int, int]]
    excluded: Mapping[int, int]

    def purchases(self, later: dict[int, Sequence[Fact]]) -> dict[int, list[Purchase]]:
        """The purchases by member, in order, less what was not paid with money, and what receipts took back of their own goods.

        `later` are the other facts, which are left without the latter.
        """
        purchases = by_member(self.rows, self.classes or (0,), self.units, self.stores)
        if self.numbers:
            purchases = {member: in_order(own, self.numbers) for member, own in purchases.items()}
        members, items = items_of(self.lines)
        for member in members & purchases.keys():
            own = [with_items(each, items.get(each.id, ())) for each in purchases[member]]
            purchases[member], later[member] = without_voided(own, later.get(member, ()))
            if len(purchases[member]) < len(own):
                kept = {purchase.id for purchase in purchases[member]}
                # What the product list excludes is bought all the same, and was paid with it.
                gone = (each for each in own if each.id not in kept and not self.excluded.get(each.id))
                paid = self.paid.get(member, ())
                later[member] = [*later[member], *(back for each in gone for back in unpaid(each, paid))]
        for member in {*self.paid, *self.known}:
            own = purchases.get(member, [])
            purchases[member] = paid_with(own, self.paid.get(member, []), self.known.get(member, {}), self.excluded)
        return purchases


class Gathered(NamedTuple):
    """A block of members: who they are, what they bought, their other facts, and from which state each goes on with what is posted."""

    members: Sequence[MemberFacts]
    sold: Sold
    later: Mapping[int, Sequence[Fact]]
    states: Mapping[int, str]
    posted: Mapping[int, Mapping[Key, int]]

    def facts(self) -> Iterator[MemberFacts]:
        """The members with their facts in order."""
        later = dict(self.later)
        purchases = self.sold.purchases(later)
        for member in self.members:
            own: Sequence[Fact] = purchases.get(member.member, ())
            others = later.get(member.member, ())
            facts = sorted((*own, *others), key=BY_TIME) if others else own
            found = MemberFacts(member.member, facts, *member[2:])
            if others:
                found = found._replace(returns=any(fact.kind in LOOK_BACK for fact in others))
            yield found._replace(since=min(member.since, facts[0].day)) if member.since and facts else found

    def one_by_one(self) -> Iterator[Gathered]:
        """Each member of the block alone."""
        for who in self.members:
            member = who.member
            rows = [row for row in self.sold.rows if row[0] == member]
            paid = {whose: own for whose, own in self.sold.paid.items() if whose == member}
            known = {whose: own for whose, own in self.sold.known.items() if whose == member}
            yield self._replace(members=[who], sold=self.sold._replace(rows=rows, paid=paid, known=known))

    def waiting(self) -> list[Waiting]:
        """The members ready to be replayed."""
        return [Waiting(facts, self.states.get(facts.member), self.posted.get(facts.member, {})) for facts in self.facts()]
