"""What a receipt's member was entitled to when it was paid: by the program on that day, and by what the till had been told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.basket import Line
from loyalty_cli.baskets.basket import Shopper
from loyalty_cli.baskets.pricing import price
from loyalty_cli.model.money import WHOLE
from loyalty_cli.operations.ledger.source import facts_of_members
from loyalty_cli.operations.shopper import nobody_of
from loyalty_cli.operations.shopper import shopper_of
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.store.tills.audit import discounts_told
from loyalty_cli.store.tills.audit import lines_seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.member import Member
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.tills.audit import Seen


class Entitled:
    """Works out what was due on receipts, day by day; who bought is replayed through the day before, and through the day."""

    def __init__(self, connection: Connection, plan: Plan, receipts: Iterable[Seen]) -> None:
        self.connection = connection
        self.plan = plan
        self.told = discounts_told(connection)
        self.buyers: dict[Day, set[int]] = {}
        for seen in receipts:
            if seen.member is not None:
                self.buyers.setdefault(seen.day, set()).add(seen.member)
        self.day: Day = 0
        self.members: dict[int, list[Member]] = {}

    def discount(self, seen: Seen) -> int:
        """The most that may have been taken off."""
        lines = [
            Line(total=line.amount + line.discount, quantity=line.quantity, product=line.product, category=line.category)
            for line in lines_seen(self.connection, seen.id)
            if line.amount + line.discount > 0
        ]
        gross = sum(line.total for line in lines)
        program = self.plan.in_force(seen.day)
        basket = Basket(lines=lines)
        priced = [price(program, basket, shopper) for shopper in self.shoppers(seen)] if lines else []
        by_program = max((sum(one.before) - sum(one.prices) for one in priced), default=0)
        return max(by_program, gross * self.percent_told(seen) // WHOLE)

    def points_worth(self, seen: Seen) -> int:
        """What the member's points could pay, before the day or after it."""
        held = [shopper.points for shopper in self.shoppers(seen)]
        return self.plan.in_force(seen.day).points_pay(max(held, default=0))

    def shoppers(self, seen: Seen) -> list[Shopper]:
        """Who bought, as they were before the day and after it; nobody where no card was shown."""
        if seen.member is None:
            return [nobody_of(seen.day, seen.clock, seen.store)]
        return [shopper_of(member, seen.day, seen.clock, seen.store) for member in self.replayed(seen.day).get(seen.member, ())]

    def replayed(self, day: Day) -> dict[int, list[Member]]:
        """The buyers of a day, replayed."""
        if day != self.day:
            self.day, self.members = day, {}
            for until in (day - 1, day):
                replayer = Replayer(self.plan)
                for facts in facts_of_members(self.connection, self.plan, sorted(self.buyers[day]), until):
                    self.members.setdefault(facts.member, []).append(replayer.replay(facts, until).member)
        return self.members

    def percent_told(self, seen: Seen) -> int:
        """What the tills knew of the member when the receipt was paid."""
        by_till = {target: discount for at, target, discount in self.told.get(seen.member or 0, ()) if at <= seen.at}
        return max(by_till.values(), default=0)
