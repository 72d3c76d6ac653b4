"""A large file is read by a helper process: what comes in, and what is refused, is as if this one had read it."""

from __future__ import annotations

import sqlite3
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.receipts.travelling import Unpacking
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.operations.imports import reading_apart
from loyalty_cli.operations.imports.reading_apart import helper_for
from loyalty_cli.operations.imports.reading_apart import ReadApart
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.operations.hands import Hands

# So long that it is read in several pieces: 9000 receipts of two rows, every ninth without a card, every 500th of two cards.
GOOD = [
    f"2026-03-{1 + number % 28:02},10:00:{number % 60:02},North,{number},{card},P{row},1,{1 + row}.50"
    for number in range(9000)
    for card in ["" if number % 9 == 0 else 2_900_000 + number % 700]
    for row in (number % 50, number % 37 + 50)
]
CARDS_DIFFER = [row.replace(",290", ",291", 1) if place % 1000 == 999 else row for place, row in enumerate(GOOD)]
# The second row of receipt 7 stands at the end.
SCATTERED = [*GOOD[:15], *GOOD[16:], GOOD[15]]
# A card that a spreadsheet has counted with is found at the end, when the other one is known.
SPOILED = [*GOOD, "2026-03-28,11:00:00,North,A,0012345678,P1,1,2.50", "2026-03-28,12:00:00,North,B,12345678,P1,1,2.50"]
# More than a helper reads ahead.
LATER = [row.replace("2026-03", "2026-04").replace("North,", "North,L") for row in GOOD]
KNOWN_ONLY = f"{PROGRAM}unknown_cards: are set aside\n"
TOLD = ["receipt", "line", "card", "member", "article", "import", "store", "set_aside"]


def in_the_database(folder: Path, rows: Iterable[str], program: str = PROGRAM) -> tuple[Any, dict[str, list[Any]]]:
    """The figures of an import, and all that it has left."""
    shop = shop_in(folder, program)
    figures = taken_in(shop, export(shop, "a.csv", *rows))
    del figures["set_aside_file"]
    with sqlite3.connect(shop.database) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return figures, {name: asked(shop, f"SELECT * FROM {name} ORDER BY 1") for name in TOLD if name in there}


@pytest.fixture
def by_helper(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every file is large, and there are two cores; how many batches a helper has brought."""
    brought: list[int] = []
    unpacked = Unpacking.unpacked

    def counted(unpacking: Any, packed: Any) -> Any:
        brought.append(1)
        return unpacked(unpacking, packed)

    monkeypatch.setattr(reading_apart, "LARGE", 1)
    monkeypatch.setattr(reading_apart, "cores", lambda: 2)
    monkeypatch.setattr(Unpacking, "unpacked", counted)
    return brought


@pytest.mark.parametrize("rows", [GOOD, CARDS_DIFFER, SCATTERED, SPOILED], ids=["good", "two cards", "scattered", "spoiled"])
def test_it_comes_in_as_if_read_here(tmp_path: Path, by_helper: list[int], monkeypatch: pytest.MonkeyPatch, rows: list[str]) -> None:
    apart = in_the_database(tmp_path / "apart", rows)
    assert len(by_helper) > 1
    monkeypatch.setattr(reading_apart, "LARGE", 1 << 40)
    count = len(by_helper)
    assert in_the_database(tmp_path / "here", rows) == apart
    assert len(by_helper) == count


def test_what_is_wrong_in_it_is_told_in_the_same_words(tmp_path: Path, by_helper: list[int]) -> None:
    shop = shop_in(tmp_path)
    file = export(shop, "a.csv", *GOOD, '2026-03-02,10:00:00,North,X,,"P1,1,2.50')
    with pytest.raises(ExportRefused, match=r"a\.csv can not be read from line 18002 on: a quote opens there and is not closed\."):
        taken_in(shop, file)
    assert by_helper
    assert asked(shop, "SELECT count(*) FROM receipt") == [(0,)]


def test_what_a_lost_helper_had_to_read_is_read_here(tmp_path: Path, by_helper: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    helpers: list[Hands] = []
    read = ReadApart.batches

    def helped(files: Iterable[Path]) -> Hands:
        helpers.append(helper_for(files))
        return helpers[-1]

    def lost_after_one(source: ReadApart, *, scattered: bool = False) -> Iterator[PurchaseBatch]:
        """As a lack of memory ends it."""
        for place, batch in enumerate(read(source, scattered=scattered)):
            yield batch
            if place == 0:
                end_processes(helpers[0])

    monkeypatch.setattr("loyalty_cli.operations.imports.purchase_loading.helper_for", helped)
    monkeypatch.setattr(ReadApart, "batches", lost_after_one)
    apart = in_the_database(tmp_path / "apart", [*GOOD, *LATER])
    assert helpers[0].others == []
    assert len(by_helper) > 5
    monkeypatch.setattr(reading_apart, "LARGE", 1 << 40)
    assert in_the_database(tmp_path / "here", [*GOOD, *LATER]) == apart


def end_processes(helper: Hands) -> None:
    """End the process of a helper."""
    for other in helper.others or ():
        other.process.kill()
        other.process.join()


def test_a_shop_that_takes_known_cards_only_reads_for_itself(tmp_path: Path, by_helper: list[int]) -> None:
    figures, _ = in_the_database(tmp_path, GOOD[:200], KNOWN_ONLY)
    assert figures["set_aside"] > 0
    assert not by_helper
