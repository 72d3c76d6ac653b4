"""Importing twice changes nothing, the order of files does not matter, and both ways of reading agree."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.terms import Terms
from loyalty_cli.model.content import Contents
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.reading.forms.encodings import survey
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import HEADER
from tests.operations.imports.till_shop import kept_by
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = settings(max_examples=25)

LINE = st.tuples(st.sampled_from(["MILK", "BREAD", "TEA"]), st.integers(-2, 3), st.integers(0, 9999))


@st.composite
def receipts(draw: st.DrawFn) -> list[list[str]]:
    """Some receipts of two stores, each a list of rows; the numbers are unique."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        store, card = (
            draw(st.sampled_from(["North", "South"])),
            draw(st.sampled_from(["", "2900001", "2900002"])),
        )
        day, hour = draw(st.integers(1, 28)), draw(st.integers(0, 23))
        head = f"2026-03-{day:02},{hour:02}:00:00,{store},{number},{card}"
        lines = draw(st.lists(LINE, min_size=1, max_size=4))
        rows = []
        for product, quantity, amount in lines:
            sign = "-" if quantity < 0 else ""
            rows.append(f"{head},{product},{quantity},{sign}{amount / 100:.2f}")
        made.append(rows)
    return made


def flat(parts: Sequence[Sequence[str]]) -> list[str]:
    return [row for part in parts for row in part]


@FEW
@given(receipts())
def test_importing_twice_changes_nothing(made: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        shop = shop_in(Path(folder))
        taken_in(shop, export(shop, "a.csv", *flat(made)))
        before = kept_by(shop)
        # Another name and an empty row at the end, so that it is not the same bytes.
        figures = taken_in(shop, export(shop, "b.csv", *flat(made), ""))
        assert (figures["imported"], figures["conflicts"], figures["known"]) == (0, 0, len(made))
        assert kept_by(shop) == before


@FEW
@given(receipts(), st.data())
def test_the_order_of_files_and_how_receipts_are_spread_over_them_do_not_matter(made: list[list[str]], data: st.DataObject) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        shop, other = shop_in(Path(first)), shop_in(Path(second))
        taken_in(shop, export(shop, "all.csv", *flat(made)))
        order = data.draw(st.permutations(range(len(made))))
        cut = data.draw(st.integers(0, len(made)))
        parts = [[made[place] for place in order[:cut]], [made[place] for place in order[cut // 2 :]]]
        files = [export(other, f"{place}.csv", *flat(part)) for place, part in enumerate(parts) if part]
        import_purchases(other, files)
        assert kept_by(other) == kept_by(shop)


@FEW
@given(receipts(), st.data())
def test_scattered_rows_give_the_same_receipts(made: list[list[str]], data: st.DataObject) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        shop, other = shop_in(Path(first)), shop_in(Path(second))
        rows = data.draw(st.permutations(flat(made)))
        # Pieces of one receipt that are all alike can not be told from an export copied twice: left out here.
        runs: dict[str, list[tuple[str, ...]]] = {}
        for key, group in groupby(rows, key=lambda row: row.split(",")[3]):
            runs.setdefault(key, []).append(tuple(group))
        if any(len(pieces) > 1 and len(set(pieces)) == 1 for pieces in runs.values()):
            return
        taken_in(shop, export(shop, "a.csv", *flat(made)))
        taken_in(other, export(other, "a.csv", *rows))
        assert kept_by(other) == kept_by(shop)


BAD_CELL = st.sampled_from(["", "x", "1.2.3", "1e5", " ", "2026-02-30", "25:00:00", "5.9E+12", "7,50", "'1"])


@FEW
@given(receipts(), st.data())
def test_the_quick_and_the_exact_reader_agree_on_every_file(made: list[list[str]], data: st.DataObject) -> None:
    rows = flat(made)
    for place in data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=4)):
        cells = rows[place].split(",")
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(BAD_CELL)
        rows[place] = ",".join(cells)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("".join(f"{row}\n" for row in (HEADER, *rows)), encoding="utf-8")
        assert all_of(path, quoted=False) == all_of(path, quoted=True)


def all_of(path: Path, *, quoted: bool) -> tuple[object, ...]:
    """Receipts and rows set aside of a file, in an order of their own."""
    source = PurchaseFile(path, None, Terms(timezone="Europe/Warsaw", digits=2), survey=None if quoted else survey(path))
    contents = Contents()
    receipts, aside, read = [], [], 0
    for plain_batch in source.batches():
        batch = contents.added(plain_batch)
        heads = zip(
            batch.file_lines,
            batch.stores,
            batch.numbers,
            map(batch.card_of, range(len(batch.numbers))),
            batch.at,
            batch.totals,
            batch.contents,
            strict=True,
        )
        receipts += list(heads)
        aside += [(row.line, tuple(row.cells), str(row.reason)) for row in batch.set_aside]
        read += batch.read
    return sorted(receipts), sorted(aside), read


@pytest.mark.parametrize("first", [True, False])
def test_a_receipt_that_stands_twice_with_its_rows_in_another_order_counts_once(tmp_path: Path, *, first: bool) -> None:
    shop = shop_in(tmp_path)
    if not first:
        taken_in(shop, export(shop, "before.csv", "2026-02-01,10:00:00,North,9,2900001,MILK,1,3.00"))
    milk, tea = (f"2026-03-01,10:00:00,North,1,2900001,{goods}" for goods in ("MILK,1,3.00", "TEA,2,8.00"))
    figures = taken_in(shop, export(shop, "a.csv", milk, tea, "2026-03-02,10:00:00,North,2,2900002,TEA,1,4.00", tea, milk))
    assert (figures["imported"], figures["known"], figures["lines"]) == (2, 1, 3)
    # 3.00 + 8.00, and not twice as much.
    assert asked(shop, "SELECT total FROM receipt WHERE number = '1'") == [(1100,)]
