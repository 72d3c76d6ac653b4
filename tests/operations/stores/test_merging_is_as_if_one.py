"""Two names made one store: everything is as if the files had come under one name from the start."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.imports.conflicts import decide_conflicts
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.stores.change import store_merge
from loyalty_cli.operations.stores.change import store_rename
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

RULES = "points: {earn: {basic: {points: 1, for_every: 1.00}}}\nstores: {Old: {}, New: {}}\n"
LAYOUT = "columns: {receipt: nr, date: date, card: card, amount: amount, refunded: refunded}\n"
# number, amount, how much was paid back
SALES = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from((100, 100, 100, 70)), st.sampled_from((0, 0, 20, 50))),
    min_size=1,
    max_size=4,
    unique_by=lambda sale: sale[0],
)


def shop_of(folder: Path) -> Shop:
    shop = shop_in(folder, PROGRAM + RULES)
    (shop.folder / "layouts").mkdir()
    (shop.folder / "layouts" / "till.yaml").write_text(LAYOUT, encoding="utf-8")
    return shop


def bring(shop: Shop, name: str, sales: list[tuple[int, int, int]], store: str) -> None:
    rows = [f"{n},2026-03-0{n} 10:00:00,290000{n % 2},{amount}.00,{back or ''}" for n, amount, back in sales]
    path = export(shop, name, *rows, header="nr,date,card,amount,refunded")
    taken_in(shop, path, layout="till", store=store, another_store=True)


def counted(shop: Shop) -> tuple[list[tuple[object, ...]], ...]:
    recalc(shop)
    return (
        asked(shop, "SELECT s.name, number, total FROM receipt r JOIN store s ON s.id = store_id WHERE gone = 0 ORDER BY 2"),
        asked(shop, "SELECT number, points FROM standing JOIN card USING (member_id) ORDER BY 1"),
    )


@settings(max_examples=12)
@given(SALES, SALES, st.booleans())
def test_a_merge_is_as_if_the_files_had_come_under_one_name(
    first: list[tuple[int, int, int]], second: list[tuple[int, int, int]], reckoned: bool
) -> None:
    with TemporaryDirectory() as folder:
        apart, together = shop_of(Path(folder) / "apart"), shop_of(Path(folder) / "together")
        bring(apart, "a.csv", first, "Old")
        bring(apart, "b.csv", second, "New")
        bring(together, "b.csv", second, "New")
        bring(together, "a.csv", first, "New")
        if reckoned:
            recalc(apart)
        amounts = dict(sale[:2] for sale in first)
        differing = [n for n, amount, _ in second if amounts.get(n, amount) != amount]
        before = counted(apart)
        try:
            store_merge(apart, "Old", "New")
        except Refused:
            assert counted(apart) == before
            assert differing
            return
        assert not differing
        assert counted(apart) == counted(together)
        assert check(apart, full=True).exit_code == 0


def test_a_question_about_a_receipt_is_answered_under_the_new_name(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    bring(shop, "a.csv", [(1, 100, 0)], "Old")
    bring(shop, "b.csv", [(1, 70, 0)], "Old")
    store_rename(shop, "Old", "North")
    decide_conflicts(shop, None, accept="all", by="Ola")
    assert counted(shop) == ([("North", "1", 7_000)], [("2900001", 70)])
