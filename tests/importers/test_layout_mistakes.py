"""What people write by mistake into a layout: the line, the cause and the remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.layouts.layout import layout_of_text
from loyalty_cli.importers.layouts.layout import read_layout
from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.terms import Terms
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.render.mistakes import mistake_lines

if TYPE_CHECKING:
    from pathlib import Path

LAYOUT = """\
kind: purchases
encoding: cp1250
delimiter: ";"
decimal_mark: ","
date_form: DD.MM.YYYY
receipt_key: [receipt]
columns:
  receipt: Paragon
  date: Data
  amount: Kwota
"""
MISTAKES = [
    ("kind: purchases", "kind: zakupy", 1, ("not one of the choices", "purchases")),
    ("kind: purchases", "rodzaj: purchases", 1, ("not known here", "kind")),
    ("cp1250", "ANSI", 2, ("not an encoding", "cp1250")),
    ('";"', "semicolon", 3, ("not a mark between cells", "in quotes")),
    ('decimal_mark: ","', "decimal_mark: ,", 4, ("can not begin with this character", "quotes")),
    ("DD.MM.YYYY", "dd.mm.rrrr", 5, ("does not name a year", "DD.MM.YYYY")),
    ("[receipt]", "receipt, date", 6, ("as if they were one", "[receipt, date]")),
    ("  date: Data", "\tdate: Data", 9, ("a tab", "spaces")),
    ("  date: Data", "  date = Data", 9, ("A colon stands between", "date: Data")),
    ("  amount: Kwota", "  kwota: Kwota", 10, ("not known here", "amount")),
    ("  receipt: Paragon", "  Nr: receipt", 8, ("not known here", "receipt: Nr")),
    ("columns:", "ignore: Anulowany\ncolumns:", 7, ("A block of keys", "ignore: {Status: [cancelled]}")),
    ("columns:", "cancelled: [Anulowany]\ncolumns:", 7, ("A block of keys", "cancelled: {Status: [cancelled]}")),
    ("columns:", "rates: 4.30\ncolumns:", 7, ("A block of keys", "rates: {EUR: 4.30}")),
    ("columns:", "timezone: Polska\ncolumns:", 7, ("not a time zone", "Europe/Warsaw")),
    ("columns:", "card_is: mail\ncolumns:", 7, ("not one of the choices", "e-mail")),
    ("date_form", "dаte_form", 5, ("another alphabet", "again: date_form")),
    ("  amount: Kwota", "  amount: [Kwota, Suma]", 10, ("One value stands here", "such as")),
    ("  amount: Kwota\n", "", 1, ("column amount is missing", "columns:")),
    ("kind: purchases", "kind: balances", 1, ("needs the column card / number", "Write it under columns:")),
    ("[receipt]", "[]", 6, ("The list is empty", "at least one name")),
    ("[receipt]", "[paragon]", 6, ("not one of the choices", "receipt")),
    ("columns:", "thousands_mark: ','\ncolumns:", 7, ("are the same", "thousands_mark: none")),
    ("columns:", "country_prefix: [48]\ncolumns:", 7, ("One value stands here", "such as 48")),
    ("columns:", "country_prefix: {48: 9}\ncolumns:", 7, ("One value stands here", "take the line out")),
]


@pytest.mark.parametrize(("old", "new", "line", "says"), MISTAKES, ids=[new.strip() or "no amount" for _, new, *_ in MISTAKES])
def test_a_mistake_of_a_layout_is_told_with_its_line_its_cause_and_its_remedy(
    old: str, new: str, line: int, says: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "till.yaml"
    file.write_text(LAYOUT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        read_layout(file)
    problems = [problem for problem in caught.value.problems if problem.line == line]
    said = "\n".join(text for problem in problems for text in mistake_lines(problem, "en"))
    assert all(part in said for part in says), said or [problem.where for problem in caught.value.problems]


def test_a_list_of_empty_or_unknown_words_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "till.yaml"
    file.write_text(LAYOUT.replace("[receipt]", "[paragon]"), encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        read_layout(file)
    assert len(caught.value.problems) == 1


def test_columns_that_only_lists_have_change_nothing_of_purchases(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Paragon;Data;Imię;Nazwisko;Kwota\n1;02.03.2026;Ewa;Lis;10,00\n", encoding="cp1250")
    layout = layout_of_text(LAYOUT + "  name: [Imię, Nazwisko]\n  consents: [Imię, Nazwisko]\n", tmp_path / "till.yaml")
    terms = Terms(timezone="Europe/Warsaw", digits=2, currency="PLN")
    [batch] = PurchaseFile(file, layout, terms, store="Rynek").batches()
    assert (batch.numbers, batch.totals) == (["1"], [1000])
