"""A receipt that files tell in several versions: whatever is imported, decided, taken back and imported again, what counts
is what the live files and the decisions about them say, and whatever nobody has decided is a question.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize
from hypothesis.stateful import invariant
from hypothesis.stateful import precondition
from hypothesis.stateful import rule
from hypothesis.stateful import RuleBasedStateMachine

from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.imports.conflicts import decide_conflicts
from loyalty_cli.operations.imports.conflicts import list_conflicts
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.check import check
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

WITH_POINTS = PROGRAM + "points: {earn: {basic: {points: 1, for_every: 1.00}}}\n"
AMOUNTS = (100, 150, 200)
RECEIPTS = ("1", "2")


def row(number: str, amount: int) -> str:
    return f"2026-03-0{number},10:00:00,North,{number},290000{number},MILK,1,{amount}.00"


class Receipt:
    """What is told of one receipt, and what was decided: slow and obvious."""

    def __init__(self) -> None:
        self.told: dict[int, int] = {}  # import: amount
        self.counts: int | None = None
        self.replaced: list[int] = []  # versions that a newer one replaced, the latest last
        self.rejected: dict[int, int] = {}  # a version, and the one for whose sake it was rejected

    def tell(self, file: int, amount: int) -> None:
        self.told[file] = amount
        if self.counts is None:
            self.counts = amount

    def accept(self, amount: int) -> None:
        assert self.counts is not None
        self.replaced.append(self.counts)
        self.counts = amount

    def reject(self, amount: int) -> None:
        assert self.counts is not None
        self.rejected[amount] = self.counts

    def take_back(self, file: int) -> None:
        """A version that no live file tells any more is not there, and takes its decisions along."""
        amount = self.told.pop(file, None)
        if amount is None or amount in self.told.values():
            return
        self.rejected.pop(amount, None)
        if amount in self.replaced:
            next_one = [*self.replaced, self.counts][self.replaced.index(amount) + 1]
            self.replaced.remove(amount)
            self.rejected = {who: next_one if why == amount else why for who, why in self.rejected.items()}  # type: ignore[misc]
        elif amount == self.counts:
            self.rejected = {who: why for who, why in self.rejected.items() if why != amount}
            first_told = sorted(self.told.items())
            self.counts = self.replaced.pop() if self.replaced else first_told[0][1] if first_told else None
            self.rejected.pop(self.counts or 0, None)

    def questions(self) -> list[int]:
        return sorted({*self.told.values()} - {self.counts, *self.replaced, *self.rejected})


class Versions(RuleBasedStateMachine):
    """Files with two receipts each come, are decided about, go and come again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.files = 0
        self.receipts: dict[str, Receipt] = defaultdict(Receipt)
        self.live: list[int] = []

    @initialize()
    def open_shop(self) -> None:
        self.shop = shop_in(Path(self.folder.name), WITH_POINTS)

    def teardown(self) -> None:
        if self.live:
            recalc(self.shop)
            points = dict(asked(self.shop, "SELECT number, points FROM standing JOIN card USING (member_id)"))
            for number, receipt in self.receipts.items():
                assert points.get(f"290000{number}", 0) == (receipt.counts or 0)
            assert check(self.shop, full=True).exit_code == 0
        self.folder.cleanup()

    @rule(first=st.sampled_from(AMOUNTS), second=st.sampled_from((None, *AMOUNTS)))
    def import_file(self, first: int, second: int | None) -> None:
        self.files += 1
        amounts = {"1": first, "2": second}
        rows = [row(number, amount) for number, amount in amounts.items() if amount is not None]
        # A blank line more in each file, so that no two have the same bytes.
        file = taken_in(self.shop, export(self.shop, f"{self.files}.csv", *rows, *[""] * self.files))["import"]
        self.live.append(file)
        for number, amount in amounts.items():
            if amount is not None:
                self.receipts[number].tell(file, amount)

    @precondition(lambda self: self.live)
    @rule(place=st.integers(0, 9))
    def take_back(self, place: int) -> None:
        file = self.live.pop(place % len(self.live))
        import_revert(self.shop, file)
        for receipt in self.receipts.values():
            receipt.take_back(file)

    @precondition(lambda self: any(receipt.questions() for receipt in self.receipts.values()))
    @rule(place=st.integers(0, 9), accept=st.booleans())
    def decide(self, place: int, accept: bool) -> None:
        rows = list_conflicts(self.shop).tables[0].rows
        conflict, *_, number, _, _, _, total, _ = rows[place % len(rows)]
        receipt = self.receipts[str(number)]
        if accept:
            decide_conflicts(self.shop, None, accept=str(conflict), by="Ola")
            receipt.accept(int(str(total)) // 100)
        else:
            decide_conflicts(self.shop, None, reject=str(conflict), by="Ola")
            receipt.reject(int(str(total)) // 100)

    @precondition(lambda self: any(receipt.questions() for receipt in self.receipts.values()))
    @rule()
    def accept_all(self) -> None:
        open_ones = {number: receipt.questions() for number, receipt in self.receipts.items()}
        if any(len(several) > 1 for several in open_ones.values()):
            with pytest.raises(Refused, match="came back different in"):
                decide_conflicts(self.shop, None, accept="all", by="Ola")
            return
        decide_conflicts(self.shop, None, accept="all", by="Ola")
        for number, several in open_ones.items():
            for amount in several:
                self.receipts[number].accept(amount)

    @invariant()
    def what_counts_is_what_files_and_decisions_say(self) -> None:
        if not self.files:
            return
        counted = dict(asked(self.shop, "SELECT number, total FROM receipt WHERE gone = 0"))
        asks = sorted((str(row[5]), int(str(row[9]))) for row in list_conflicts(self.shop).tables[0].rows)
        assert counted == {n: r.counts * 100 for n, r in self.receipts.items() if r.counts is not None}
        assert asks == sorted((n, amount * 100) for n, r in self.receipts.items() for amount in r.questions())


TestVersions = Versions.TestCase
TestVersions.settings = settings(max_examples=8, stateful_step_count=12)


def shop_with(folder: Path, *amounts: int) -> Shop:
    shop = shop_in(folder, WITH_POINTS)
    for place, amount in enumerate(amounts):
        taken_in(shop, export(shop, f"{place}.csv", row("1", amount)))
    return shop


def counted(shop: Shop) -> list[tuple[int]]:
    return asked(shop, "SELECT total FROM receipt WHERE gone = 0")


def test_two_versions_of_one_receipt_are_not_accepted_at_once(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, 150, 200, 100)
    with pytest.raises(Refused) as refused:
        decide_conflicts(shop, None, accept="all", by="Ola")
    assert str(refused.value) == "Receipt 1 of North came back different in 2 versions: conflicts 1, 2."
    assert counted(shop) == [(15_000,)]
    # One after the other: each stands in the place of what counted then.
    decide_conflicts(shop, None, accept="1", by="Ola")
    assert counted(shop) == [(20_000,)]
    decide_conflicts(shop, None, accept="2", by="Ola")
    assert counted(shop) == [(10_000,)]


def test_a_rejected_version_counts_where_no_other_file_tells_the_receipt_any_more(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, 150, 200)
    decide_conflicts(shop, None, reject="all", by="Ola")
    import_revert(shop, 1)
    assert counted(shop) == [(20_000,)]


def test_a_replaced_version_that_another_file_tells_comes_back_with_all_its_files(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, 150, 200)
    decide_conflicts(shop, None, accept="all", by="Ola")
    taken_in(shop, export(shop, "again.csv", row("1", 150), ""))
    # The first file goes, the third has the same; then the accepted one goes.
    import_revert(shop, 1)
    import_revert(shop, 2)
    assert counted(shop) == [(15_000,)]


def test_three_versions_accepted_one_after_the_other_stand_back_in_order(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, 150, 200)
    decide_conflicts(shop, None, accept="all", by="Ola")
    taken_in(shop, export(shop, "third.csv", row("1", 100)))
    decide_conflicts(shop, None, accept="all", by="Ola")
    import_revert(shop, 2)
    assert counted(shop) == [(10_000,)]
    import_revert(shop, 3)
    assert counted(shop) == [(15_000,)]


def test_the_same_lines_in_another_order_are_one_question(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, 150)
    tea = row("1", 20).replace("MILK", "TEA")
    taken_in(shop, export(shop, "b.csv", row("1", 100), tea))
    assert taken_in(shop, export(shop, "c.csv", tea, row("1", 100)))["conflicts"] == 0
    assert len(list_conflicts(shop).tables[0].rows) == 1
