"""What each purchase of a member gave, and which of it comes back when its goods do.

Everything that a receipt gave belongs to its goods, in proportion to the money paid for them. So what a return takes is
what the goods that came back so far gave, less what was taken before; the last return takes the rest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from fractions import Fraction
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.money import shared
from loyalty_cli.replay.earning import Some
from loyalty_cli.replay.goods import came_whole
from loyalty_cli.replay.goods import goods_of
from loyalty_cli.replay.goods import money_back
from loyalty_cli.replay.goods import portion
from loyalty_cli.replay.plan import amount_for

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Item
    from loyalty_cli.model.facts import Payment
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.goods import Goods
    from loyalty_cli.rules.only import Moment
    from loyalty_cli.rules.watch import Heard


@dataclass(slots=True)
class Bought:
    """A purchase that was `sold`, what it gave by rule and what was taken of that.

    `earned` and `taken` are without any cap, `cut` is how much of that a cap has kept back. `measure` is what it counts
    towards a tier (None: it does not), `unmeasured` and `unspent` what returns have taken off that and off the turnover; `heard` are the
    rewards it was told to, `judged` the conditions of segments by number; `version` is the program's and `held` its earn
    rules that applied; `moment` is what filters saw; `undone` says that it came back whole. `named_back` is what returns
    that name it brought back: only these give used points back, `reinstated` by redemption. `purses` are held, earned and
    taken of each other wallet. `by_class` is the money of what came back, until more does.
    """

    sold: Purchase
    version: int
    held: int = 0
    earned: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    cut: int = 0
    purses: dict[str, tuple[int, dict[str, int], dict[str, int]]] = field(default_factory=dict)
    heard: dict[str, tuple[Any, Any, Any]] = field(default_factory=dict)
    judged: dict[int, Heard] = field(default_factory=dict)
    measure: int | None = None
    unmeasured: int = 0
    unspent: int = 0
    moment: Moment | None = None
    undone: bool = False
    named_back: int = 0
    reinstated: dict[int, int] = field(default_factory=dict)
    own: list[Goods] | None = None
    by_class: Sequence[tuple[int, int | Fraction]] | None = None

    @property
    def id(self) -> int:
        """The receipt."""
        return self.sold.id

    @property
    def day(self) -> Day:
        """The day it was bought on."""
        return self.sold.day

    @property
    def parts(self) -> Sequence[tuple[int, int]]:
        """Its money by class."""
        return self.sold.parts

    @property
    def payments(self) -> Sequence[Payment]:
        """What paid for it besides money."""
        return self.sold.payments

    @property
    def goods(self) -> list[Goods]:
        """Its goods, told apart when a return first looks at them: most purchases never come back."""
        if self.own is None:
            self.own = goods_of(self.sold)
        return self.own

    @property
    def price(self) -> int:
        """The price of all its goods, also of those that the product list excludes."""
        return sum(goods.price for goods in self.goods) + self.sold.excluded

    @property
    def back(self) -> int:
        """How much of that came back."""
        return sum([goods.back for goods in self.goods])

    @property
    def over(self) -> int:
        """How much more came back than was paid: goods at their price before a discount on a row of its own."""
        return max(0, -sum([goods.left for goods in self.goods]))

    @property
    def whole(self) -> bool:
        """Whether all of it came back."""
        return self.parts_back is self.parts

    @property
    def parts_back(self) -> Sequence[tuple[int, int | Fraction]]:
        """The money paid for what came back, by class; its very parts where all of it did."""
        if self.by_class is None:
            self.by_class = self.parts if came_whole(self.goods) else money_back(self.goods)
        return self.by_class

    @property
    def some(self) -> Some:
        """All its goods, by class."""
        return Some(self.parts, [(goods.class_, goods.quantity) for goods in self.goods if goods.quantity])

    @property
    def some_back(self) -> Some:
        """What came back, by class; pieces that a row of its own made free go with all of the receipt, for no money shows when they do."""
        if self.whole:
            return self.some
        return Some(self.parts_back, [(goods.class_, goods.units_back) for goods in self.goods if goods.quantity and goods.price])

    def kept(self, bit: int) -> int:
        """The money paid for what did not come back, of the products that a filter's bit takes."""
        return amount_for(bit, self.parts) - int(amount_for(bit, self.parts_back))

    @property
    def net(self) -> int:
        """The points that it gave and that were not taken back."""
        return self.left - self.cut

    @property
    def left(self) -> int:
        """The same without any cap."""
        return sum(self.earned.values()) - sum(self.taken.values())

    def unspend(self) -> int:
        """How much less it is than when this was last asked."""
        before, self.unspent = self.unspent, int(amount_for(0, self.parts_back))
        return self.unspent - before

    def give_back(self, items: Sequence[Item], *, by_line: bool) -> int:
        """Take returned items off their own products, and those without a product off all goods; what is too much."""
        over = self.over
        if not by_line:
            whole = sum(item.price for item in items)
            return whole - self.take(whole, self.goods)
        rest = [self.take_line(item, item.price, item.pieces)[0] if item.product else item.price for item in items]
        if sum(rest) <= 0:
            hold_back([self], list(zip(items, rest, strict=True)))
            return max(0, self.over - over)
        # What has no product, and what may be any of the goods that have none, goes by its share of the money.
        unsaid = min(sum(rest), sum(left for item, left in zip(items, rest, strict=True) if not item.product and left > 0))
        taken = self.take(unsaid, self.goods)
        return sum(rest) - taken - self.take(sum(rest) - taken, [goods for goods in self.goods if not goods.product])

    def take_line(self, item: Item, amount: int, pieces: int | None) -> tuple[int, int | None]:
        """Take money and pieces of an item off its own product, first where that is treated alike (reduced goods, say); what is left."""
        for alike in (True, False):
            if not amount:
                break
            own = [goods for goods in self.goods if goods.product == item.product and (goods.class_ == item.class_) is alike]
            before = sum(goods.units_back for goods in own)
            amount -= self.take(amount, own, pieces)
            if pieces is not None:
                pieces = max(0, pieces - int(sum(goods.units_back for goods in own) - before))
        return amount, pieces

    def pieces_left(self, product: int) -> int:
        """How many thousandths of a piece of a product did not come back; none where nobody counted them."""
        return int(sum(goods.quantity - goods.units_back for goods in self.goods if goods.product == product))

    def take_pieces(self, item: Item, amount: int, pieces: int) -> tuple[int, int]:
        """Take no more pieces of an item than its product has left here, each with its share of the money; what is left.

        Without any piece it goes by money: they were not counted, or came back for less than they had cost.
        """
        here = min(pieces, self.pieces_left(item.product))
        part = amount * here // pieces if here else amount
        left, _ = self.take_line(item, part, here or pieces)
        return amount - part + left, pieces - (here or pieces * (part - left) // part)

    def prices_of(self, product: int) -> set[tuple[int, int, bool]]:
        """At which prices for how many pieces a product was sold, row by row and after all that was taken off; which ones were paid."""
        own = [(row.price, row.quantity) for row in self.sold.items if row.product == product]
        whole = sum(price for price, _ in own), sum(quantity for _, quantity in own)
        paid = all(price >= 0 for price, _ in own)
        return {(price, quantity, after) for price, quantity, after in (*((*row, paid) for row in own), (*whole, True)) if quantity > 0}

    def hold_back(self, amount: int, products: Collection[int], counted: Collection[int]) -> int:
        """So much of some products was not paid back; how much there was. Pieces of those that are `counted` came back all the same."""
        came = [goods for goods in self.goods if goods.back > 0 and goods.product in products]
        amount = min(amount, sum(goods.back for goods in came))
        if amount:
            for goods, part in zip(came, shared(amount, [goods.back for goods in came]), strict=True):
                if goods.product not in counted:
                    goods.units -= goods.units * Fraction(part, goods.back)
                goods.back -= part
            self.by_class = None
        return amount

    def take(self, amount: int, goods: Sequence[Goods], pieces: int | None = None) -> int:
        """Take an amount off some goods in proportion to what is left of each; how much there was to take.

        Where the pieces are not said, they are taken in proportion to the money.
        """
        left = [each.left for each in goods]
        if amount > 0:
            amount = max(0, min(amount, sum(left)))
        else:
            # A row above zero in a return undoes one that took something off.
            left = [min(0, each) for each in left]
            amount = max(amount, sum(left))
        if not amount:
            return 0
        for each, part in zip(goods, shared(amount, left), strict=True):
            each.back += part
            if each.quantity:
                each.units += portion(each.quantity, part, each.price) if pieces is None else portion(pieces, part, amount)
        self.by_class = None
        return amount


def hold_back(some: Iterable[Bought], rest: Sequence[tuple[Item, int]]) -> None:
    """Rows of a return above zero that undo nothing: so much of its goods was not paid back, of their own products first, then of any.

    `rest` is what each row found nothing for.
    """
    own = Counter[int]()
    for item, left in rest:
        own[item.product] += left
    amount = -own.total()
    counted = {item.product for item, _ in rest if item.price > 0 and item.pieces is not None}
    below = [({product}, -left) for product, left in own.items() if left < 0]
    for products, most in (*below, (set(own), amount)) if amount > 0 else ():
        room = min(amount, most)
        for bought in some:
            held = bought.hold_back(room, products, counted)
            amount, room = amount - held, room - held
