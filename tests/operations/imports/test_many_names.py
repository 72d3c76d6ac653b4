"""Files with more cards and articles than are kept in memory at a time come in as any other."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.terms import Terms
from loyalty_cli.operations.imports.on_engine import read_into
from loyalty_cli.reading.forms.encodings import survey
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.purchase_batch import PurchaseBatch

# 60 receipts of 23 cards (every 24th has none), each with two of 31 articles, some of them again much later.
ROWS = [
    f"2026-03-{1 + number % 28:02},10:00:00,North,{number},{number % 24 + 2_900_000 if number % 24 else ''},P{goods},1,{goods + 1}.00"
    for number in range(60)
    for goods in (number % 31, (number * 7 + 3) % 31)
]
SOLD = """
SELECT receipt.number, card.number, receipt.member_id IS NULL, article.code, line.amount
FROM line JOIN receipt ON receipt.id = line.id >> 12 JOIN article ON article.id = line.article_id
LEFT JOIN card ON card.id = receipt.card_id AND card.member_id = receipt.member_id
ORDER BY line.id"""


@pytest.fixture
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small batches, and short lists of names."""
    monkeypatch.setattr("loyalty_cli.reading.csv.files.LETTERS_AT_A_TIME", 300)
    monkeypatch.setattr("loyalty_cli.reading.csv.files.ROWS_AT_A_TIME", 6)
    monkeypatch.setattr("loyalty_cli.importers.receipts.quick.MOST_TAILS", 40)
    monkeypatch.setattr("loyalty_cli.importers.receipts.lines.MOST_ARTICLES", 5)
    monkeypatch.setattr("loyalty_cli.importers.receipts.card_column.MOST_CARDS", 4)


def expected() -> list[tuple[object, ...]]:
    """What every row says: receipt, card, whether nobody's, article, amount."""
    rows = [row.split(",") for row in ROWS]
    return [(row[3], row[4] or None, int(not row[4]), row[5], int(row[7][:-3]) * 100) for row in rows]


@pytest.mark.usefixtures("few_at_a_time")
@pytest.mark.parametrize("before", [False, True])
def test_every_row_keeps_its_card_and_its_article(tmp_path: Path, *, before: bool) -> None:
    shop = shop_in(tmp_path)
    if before:
        taken_in(shop, export(shop, "before.csv", "2026-02-01,10:00:00,North,before,2900003,P4,1,5.00"))
    taken_in(shop, export(shop, "a.csv", *ROWS))
    first = [("before", "2900003", 0, "P4", 500)] if before else []
    assert asked(shop, SOLD) == first + expected()
    # 23 cards, and a member for each.
    assert asked(shop, "SELECT count(*), count(DISTINCT member_id) FROM card") == [(23, 23)]


@pytest.mark.usefixtures("few_at_a_time")
def test_a_file_that_a_task_has_read_names_the_same_cards_and_articles(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    path = tmp_path / "a.csv"
    export(shop, path.name, *ROWS)

    def source() -> PurchaseFile:
        return PurchaseFile(path, None, Terms(timezone="Europe/Warsaw", digits=2), survey=survey(path))

    place = read_into(source(), tmp_path)
    assert place is not None
    ahead = pickle.loads(place.read_bytes())  # noqa: S301 -- written just now
    assert list(named(ahead.batches())) == list(named(source().batches())) == [(row[0], row[1] or "", row[3]) for row in expected()]


def named(batches: Iterator[PurchaseBatch]) -> Iterator[tuple[str, str, str]]:
    """Receipt, card and article of every line."""
    for batch in batches:
        for receipt, number in enumerate(batch.numbers):
            for line in range(batch.starts[receipt], batch.starts[receipt + 1]):
                yield number, batch.card_of(receipt), batch.catalogue[batch.articles[line]].code
