"""Files come, are taken back and come again: what counts depends on the imports that are live, and on nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.imports.revert import import_revert
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

LAYOUT = """\
columns: {receipt: nr, date: date, card: card, amount: amount, refunded: refunded, cancelled: cancelled}
"""
HEADER = "nr,date,card,amount,refunded,cancelled"
EXAMPLES = 30


@dataclass(frozen=True)
class Order:
    """What one file says of one order."""

    number: int
    amount: int
    refunded: int
    cancelled: bool

    @property
    def row(self) -> str:
        paid_back = f"{self.refunded}.00" if self.refunded else ""
        cancelled = "2026-03-05" if self.cancelled else ""
        return f"{self.number},2026-03-0{self.number} 10:00:00,290000{self.number},{self.amount}.00,{paid_back},{cancelled}"


ORDERS = st.builds(
    Order,
    number=st.integers(1, 3),
    amount=st.sampled_from([100, 100, 100, 70]),
    refunded=st.sampled_from([0, 0, 20, 50, 100, 120]),
    cancelled=st.sampled_from([False, False, False, True]),
)
FILES = st.lists(st.lists(ORDERS, min_size=1, max_size=3, unique_by=lambda order: order.number), min_size=2, max_size=4)


class Model:
    """What should count: the version of an order stays as long as a live import has it; then the earliest other one."""

    def __init__(self) -> None:
        self.live: dict[int, list[Order]] = {}
        self.holds: dict[int, int] = {}

    def settle(self) -> None:
        for number in (1, 2, 3):
            versions = [o.amount for told in self.live.values() for o in told if o.number == number and not o.cancelled]
            if self.holds.get(number) not in versions:
                self.holds.pop(number, None)
                if versions:
                    self.holds[number] = versions[0]

    def left(self) -> dict[str, int]:
        """What is left of each order in minor units."""
        found = {}
        for number, amount in self.holds.items():
            told = [order for orders in self.live.values() for order in orders if order.number == number]
            back = amount if any(o.cancelled for o in told) else min(amount, max(o.refunded for o in told))
            found[str(number)] = (amount - back) * 100
        return found


def left_in(shop: Shop) -> dict[str, int]:
    rows = asked(shop, "SELECT number, total, original FROM receipt WHERE gone = 0 ORDER BY id")
    assert len({number for number, _, _ in rows}) == len(rows)
    found: dict[str, int] = {}
    for number, total, original in rows:
        found[original or number] = found.get(original or number, 0) + total
    lines = "SELECT sum(line.amount) FROM line JOIN receipt ON receipt.id = line.id >> 12 WHERE receipt.gone = 0"
    assert (asked(shop, lines)[0][0] or 0) == sum(found.values())
    return found


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(FILES, st.lists(st.integers(0, 3), min_size=1, max_size=10))
def test_what_counts_depends_on_the_live_imports_only(files: list[list[Order]], moves: list[int]) -> None:
    with TemporaryDirectory() as folder:
        shop = shop_in(Path(folder))
        (shop.folder / "layouts").mkdir()
        (shop.folder / "layouts" / "till.yaml").write_text(LAYOUT, encoding="utf-8")
        model = Model()
        numbers: dict[int, int] = {}
        for move in moves:
            place = move % len(files)
            if place in numbers:
                import_revert(shop, numbers.pop(place))
                del model.live[place]
            else:
                path = shop.folder / f"{place}.csv"
                path.write_text(
                    "\n".join([HEADER, *(o.row for o in files[place]), f"#{place}", ""]).replace(f"#{place}\n", "\n" * place),
                    encoding="utf-8",
                )
                data: object = import_purchases(shop, [str(path)], layout="till").data["files"]
                numbers[place] = data[0]["import"]  # type: ignore[index]
                model.live[place] = files[place]
            model.settle()
            assert left_in(shop) == model.left()
        for number in numbers.values():
            import_revert(shop, number)
        assert left_in(shop) == {}
