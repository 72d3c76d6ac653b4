"""loyalty import inspect: what it sees, what it asks, and that its drafts import a file right."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.importers.inspecting.judged import looked_at
from loyalty_cli.importers.inspecting.judged import tried
from loyalty_cli.importers.layouts.layout import read_layout
from loyalty_cli.importers.receipts.shaping import TotalRows
from loyalty_cli.importers.terms import Terms
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.operations.imports.inspect_file import inspect_file
from loyalty_cli.operations.open_shop import Shop
from tests.importers.any_export import DATES
from tests.importers.any_export import ENCODINGS
from tests.importers.any_export import export
from tests.importers.any_export import Way

SAMPLES = Path(__file__).parents[2] / "sample_data" / "tills"
TERMS = Terms(timezone="Europe/Warsaw", currency="PLN", digits=2)
MARKS = ((".", "none"), (",", "none"), (",", "space"), (".", ","), (",", "."), (".", "'"))


@st.composite
def ways(draw: st.DrawFn) -> Way:
    language = draw(st.sampled_from(sorted(ENCODINGS)))
    decimal, thousands = draw(st.sampled_from(MARKS))
    return Way(
        language=language,
        encoding=draw(st.sampled_from(ENCODINGS[language])),
        delimiter=draw(st.sampled_from([",", ";", "\t", "|"])),
        decimal=decimal,
        thousands=thousands,
        sign=draw(st.sampled_from(["", " zł"])) if language == "pl" else "",
        date=draw(st.sampled_from(sorted(DATES))),
        one_cell=draw(st.booleans()),
        title=draw(st.booleans()),
        total_row=draw(st.booleans()),
        blanks=draw(st.booleans()),
        anew_each_day=draw(st.booleans()),
        labels=draw(st.booleans()),
        seed=draw(st.integers(0, 10_000)),
    )


def truth(way: Way) -> list[str]:
    """What an owner knows of the file, in the words of a layout."""
    return [
        f"encoding: {way.encoding}",
        f"date_form: {way.date}",
        f"decimal_mark: {way.decimal}",
        f"thousands_mark: {way.thousands}",
        "receipt_key: [date, receipt]" if way.anew_each_day else "receipt_key: [receipt]",
    ]


def answered(draft: str, known: list[str]) -> str:
    """The draft with its questions answered: of each the line that is true instead of all others."""
    plain = [line.strip().removeprefix("# ").replace('"', "") for line in draft.splitlines()]
    answers = {line.partition(":")[0]: line for line in known if line in plain}
    lines = []
    for line, bare in zip(draft.splitlines(), plain, strict=True):
        answer = answers.get(bare.partition(":")[0])
        if bare == answer:
            lines.append(line.replace("# ", "", 1))
        elif answer is None or line.strip().startswith("#"):
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(way=ways())
# The columns of a known till, whose numbers have other marks here.
@example(
    way=Way(
        language="ru", encoding="utf-8", delimiter=",", decimal=".", thousands=",", sign="", date="DD.MM.YYYY", one_cell=False,
        title=False, total_row=False, blanks=False, anew_each_day=False, labels=False, seed=3360,
    )
)  # fmt: skip
def test_a_draft_with_its_questions_answered_imports_the_same_totals(way: Way, tmp_path: Path) -> None:
    path = tmp_path / "till.csv"
    sold = export(path, way)
    seen = looked_at(path, TERMS)
    draft = tmp_path / "draft.yaml"
    draft.write_text(answered(seen.draft, truth(way)), encoding="utf-8")
    trial = seen.trial if seen.is_known and seen.trial else tried(path, read_layout(draft), TERMS)
    assert trial.refused is None, f"{trial.refused}\n{draft.read_text(encoding='utf-8')}"
    assert trial.reasons == []
    assert (trial.receipts, trial.lines, trial.total) == (len(sold.receipts), sold.lines, sold.total), seen.draft


def shop_in(folder: Path) -> Shop:
    return Shop(
        program=folder / "program.yaml",
        database=folder / "loyalty.db",
        now=datetime(2026, 11, 21, 10, tzinfo=UTC),
        secret="ab" * 32,
    )


def data_of(folder: Path, content: str | bytes, name: str = "till.csv", **options: Any) -> dict[str, Any]:
    """What `-O json` gives of a file."""
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    found: Any = inspect_file(shop_in(folder), str(folder / name), **options).data
    return found  # type: ignore[no-any-return]


def questions(data: dict[str, Any]) -> dict[str, list[list[str]]]:
    return {question["setting"]: question["choices"] for question in data["questions"]}


HEADER = "Nr paragonu;Data;Towar;Ilość;Wartość\n"


def test_a_day_that_could_be_a_month_is_asked_and_nothing_is_imported_until_then(tmp_path: Path) -> None:
    data = data_of(tmp_path, HEADER + "1;03/04/2025;Kawa;1;12,50\n2;05/04/2025;Kawa;1;12,50\n")
    assert questions(data) == {"date_form": [["date_form: DD/MM/YYYY"], ["date_form: MM/DD/YYYY"]]}
    assert data["open"] is True
    assert data["trial"] is None
    assert "# date_form: DD/MM/YYYY\n# date_form: MM/DD/YYYY\n" in data["draft"]


def test_dots_between_day_and_month_leave_nothing_to_ask(tmp_path: Path) -> None:
    data = data_of(tmp_path, HEADER + "1;03.04.2025;Kawa;1;12,50\n")
    assert data["questions"] == []
    assert data["settings"]["date_form"] == "DD.MM.YYYY"


def test_one_mark_that_could_be_of_thousands_is_asked(tmp_path: Path) -> None:
    data = data_of(tmp_path, HEADER + "1;2025-04-13;Kawa;1;1,234\n")
    assert questions(data)["decimal_mark"] == [
        ['decimal_mark: ","', "thousands_mark: none"],
        ['decimal_mark: "."', 'thousands_mark: ","'],
    ]


def test_numbers_that_begin_anew_each_day_need_the_date(tmp_path: Path) -> None:
    rows = "1;2025-04-13;Kawa;1;2,00\n2;2025-04-13;Sok;1;3,00\n1;2025-04-14;Kawa;2;4,00\n"
    data = data_of(tmp_path, HEADER + rows)
    assert data["settings"]["receipt_key"] == ("date", "receipt")
    assert (data["trial"]["receipts"], data["trial"]["total_minor"]) == (3, 900)


def test_blank_cells_below_the_first_row_are_filled_and_a_total_row_is_left_out(tmp_path: Path) -> None:
    rows = "1;2025-04-13;Kawa;1;2,00\n;;Sok;1;3,00\n2;2025-04-13;Kawa;2;4,00\nRazem;;;;9,00\n"
    data = data_of(tmp_path, "Sklep Narożny;;;;\n" + HEADER + rows)
    assert data["settings"]["fill_down"] == "within receipt"
    assert data["settings"]["total_rows"] == ("Razem",)
    assert data["settings"]["skip_top"] == "until header"
    trial = data["trial"]
    assert (trial["receipts"], trial["lines"], trial["total_minor"], trial["ignored"]) == (2, 3, 900, 1)


@pytest.mark.parametrize(
    ("rows", "pattern"),
    [
        ("Strona 1 z 2;;;;\n", "Strona [0-9]*"),
        ("Razem:;;;;5,00\n", "Razem:"),
        ("Razem dzień 13.04.2025:;;;;5,00\n", "Razem dzień [0-9]*"),
        ("13.04.2025 razem;;;;5,00\n", "*[0-9]* razem"),
        ("Anna razem;;;;5,00\n", "* razem"),
        ("Grand total;;;;5,00\n", "Grand total"),
        ("2 strona;;;;\n", "*[0-9]* strona*"),
        ("2 s.;;;;\n", "*[0-9]* s.*"),
        ("Wydruk pani kierowniczki Anny;;;;\n", "Wydruk pani kierowniczki*"),
        # By its marks, and never by a minus alone, with which the amount of a return begins.
        ("- 1 -;;;;\n", "- * -"),
        ("* * *;;;;\n", "[*] [*] [*]"),
    ],
)
def test_a_row_that_is_none_is_told_by_its_words_whatever_number_stands_among_them(tmp_path: Path, rows: str, pattern: str) -> None:
    data = data_of(tmp_path, HEADER + f"1;2025-04-13;Kawa;1;2,00\n2;2025-04-13;Sok;1;3,00\n{rows}3;2025-04-14;Sok;1;3,00\n")
    assert data["settings"]["total_rows"] == (pattern,)
    # 2.00 + 3.00 + 3.00
    assert (data["trial"]["total_minor"], data["trial"]["set_aside"]) == (800, 0)


@pytest.mark.parametrize(
    ("row", "goods"),
    [
        ("Strona 1 z 2;;;;\n", "Strona tytułowa do albumu"),
        ("Razem;;;;5,00\n", "Razem raźniej (gra)"),
        ("Grand total;;;;5,00\n", "Colgate Total"),
        ("13.04.2025 razem;;;;5,00\n", "Bawimy się razem"),
    ],
)
def test_goods_that_begin_or_end_like_a_row_that_is_none_are_not_left_out_of_later_files(tmp_path: Path, row: str, goods: str) -> None:
    data = data_of(tmp_path, HEADER + f"1;2025-04-13;Kawa;1;2,00\n2;2025-04-13;Sok;1;3,00\n{row}")
    totals = TotalRows(data["settings"]["total_rows"])
    assert totals.has(row.strip().split(";"))
    assert not totals.has(["3", "2025-04-14", goods, "1", "3,00"])


def test_an_amount_that_every_row_of_an_order_repeats_is_its_total(tmp_path: Path) -> None:
    # 30.00 + 50.00 + 17.00, each once
    rows = "".join(
        f"{number};2025-04-13;{item};{count};{total},00\n"
        for number, total in ((1, 30), (2, 50), (3, 17))
        for item, count in (("Kawa", 1), ("Sok", 2))
    )
    data = data_of(tmp_path, HEADER + rows)
    assert data["settings"]["columns.total"] == "Wartość"
    assert (data["trial"]["lines"], data["trial"]["total_minor"]) == (6, 9700)


def test_two_columns_that_could_be_the_amount_are_asked(tmp_path: Path) -> None:
    text = "Receipt,Date,Item,Net Sales,Total Collected\n1,2025-04-13,A,10.00,12.30\n2,2025-04-14,B,20.00,24.60\n"
    data = data_of(tmp_path, text)
    assert questions(data) == {"columns.amount": [["amount: Net Sales"], ["amount: Total Collected"]]}


def test_returns_that_carry_the_number_of_their_sale_are_asked_about(tmp_path: Path) -> None:
    rows = "1;2025-04-13;Kawa;1;2,00\n2;2025-04-13;Sok;1;3,00\n1;2025-04-20;Kawa;-1;-2,00\n"
    data = data_of(tmp_path, HEADER + rows)
    assert questions(data) == {"returns_share_number": [["returns_share_number: yes"], ["returns_share_number: no"]]}
    assert data["settings"]["returns_share_number"] == "yes"


def test_a_status_that_says_cancelled_is_shown_with_its_counts(tmp_path: Path) -> None:
    text = "Order;Date;Status;Total\n1;2025-04-13;paid;10,00\n2;2025-04-13;cancelled;5,00\n3;2025-04-14;paid;7,00\n"
    data = data_of(tmp_path, text)
    assert questions(data) == {}
    assert "paid (2), cancelled (1)" in data["draft"].replace("\n#  ", "")
    assert data["settings"]["cancelled"] == {"Status": ("cancelled",)}
    assert data["trial"]["total_minor"] == 1700


def test_a_state_that_says_cancelled_after_other_words_is_known_too(tmp_path: Path) -> None:
    states = ("Opłacone", "Zamówienie anulowane", "Anulowane częściowo")
    text = "Order;Date;Status;Total\n" + "".join(f"{line};2025-04-13;{state};10,00\n" for line, state in enumerate(states))
    data = data_of(tmp_path, text)
    # Of what was cancelled in part the rest is a sale: that one is asked about, and the draft leaves it in.
    assert questions(data)["cancelled"][1] == ["cancelled: {Status: [Zamówienie anulowane]}"]


@pytest.mark.parametrize(
    ("counts", "gone"),
    [("Nie anulowany", "Anulowany"), ("Not cancelled", "Cancelled"), ("Не был отменён", "Отменён"), ("Nu este anulat", "Anulat")],
)
def test_a_state_that_says_not_cancelled_calls_nothing_off(tmp_path: Path, counts: str, gone: str) -> None:
    data = data_of(tmp_path, f"Order;Date;Status;Total\n1;2026-03-13;{counts};10,00\n2;2026-03-14;{gone};5,00\n")
    assert questions(data)["cancelled"] == [[f"cancelled: {{Status: [{gone}, {counts}]}}"], [f"cancelled: {{Status: [{gone}]}}"]]


def test_a_remark_with_a_word_for_cancelling_within_is_no_state(tmp_path: Path) -> None:
    rows = "1;2026-03-13;;10,00\n2;2026-03-14;Klient anulował jedną pozycję;5,00\n"
    data = data_of(tmp_path, f"Nr paragonu;Data;Uwagi;Kwota\n{rows}")
    # 10.00 + 5.00
    assert (questions(data), data["trial"]["total_minor"]) == ({}, 1_500)


@pytest.mark.parametrize(
    "state", ["Cancellation requested", "CANCEL_PENDING", "Anulowanie zamówienia odrzucone", "Отмена запрошена", "Anulare respinsă",
              "Cannot be cancelled", "Nie będzie anulowane", "N-a fost anulat", "De anulat", "Zamówienie zostanie anulowane",
              "Заказ будет отменён", "Order will be cancelled", "Anulowano 1 z 3 pozycji", "Anulowano 2 z 12"],
)  # fmt: skip
def test_what_is_yet_to_be_called_off_or_will_not_be_is_asked_about(tmp_path: Path, state: str) -> None:
    data = data_of(tmp_path, f"Order;Date;Status;Total\n1;2026-03-13;Paid;10,00\n2;2026-03-14;{state};5,00\n")
    assert questions(data)["cancelled"][0] == [f"cancelled: {{Status: [{state}]}}"]


@pytest.mark.parametrize(
    "state", ["Cancelled at customer request", "Cancellation - payment rejected", "Отмена заказа", "Anulowane na prośbę klienta",
              "Отменён по запросу клиента", "Void, payment declined", "Stornat la cererea clientului", "Anulowanie na wniosek klienta",
              "Anulowano 3 z 3 pozycji", "Anulowano zamówienie 5 z 12.03.2026", "Anulowano zamówienie 5 z 12 marca",
              "Cancelled, not refunded", "Anulowane, nie zwrócono pieniędzy", "Отменён, деньги не возвращены"],
)  # fmt: skip
def test_why_something_was_called_off_does_not_matter(tmp_path: Path, state: str) -> None:
    data = data_of(tmp_path, f"Order;Date;Status;Total\n1;2026-03-13;Paid;10,00\n2;2026-03-14;{state};5,00\n")
    # The 5.00 do not count.
    assert (questions(data), data["trial"]["total_minor"]) == ({}, 1_000)


@pytest.mark.parametrize(("name", "gone"), [("Realizacja", "Zamówienie anulowane"), ("Выполнение", "Заказ отменён")])
def test_what_each_row_says_is_a_state_also_where_the_word_is_within(tmp_path: Path, name: str, gone: str) -> None:
    rows = f"1;2026-03-13;W drodze;10,00\n2;2026-03-14;{gone};5,00\n"
    data = data_of(tmp_path, f"Nr paragonu;Data;{name};Kwota\n{rows}")
    assert questions(data)["cancelled"] == [[f"cancelled: {{{name}: [{gone}, W drodze]}}"], [f"cancelled: {{{name}: [{gone}]}}"]]


@pytest.mark.parametrize("amount", ["10,00", "-10,00"])
def test_a_row_that_stands_as_sold_and_as_called_off_is_asked_about(tmp_path: Path, amount: str) -> None:
    rows = f"1;2026-03-13;Tea;Paid;10,00\n1;2026-03-13;Tea;Void;{amount}\n1;2026-03-13;Cake;Paid;4,00\n2;2026-03-14;Tea;Paid;5,00\n"
    data = data_of(tmp_path, f"Order;Date;Item;Status;Total\n{rows}")
    # Leaving out the second row alone would count a tea that nobody has bought.
    assert questions(data)["ignore"] == [["ignore: {Status: [Void]}"]]
    assert not {"ignore", "cancelled"} & set(data["settings"])


@pytest.mark.parametrize("sold", ["Paid", ""])
def test_a_state_that_differs_within_a_receipt_is_one_of_rows(tmp_path: Path, sold: str) -> None:
    rows = "1;2025-04-13;Tea;Sold;10,00\n1;2025-04-13;Wine;Void;12,00\n2;2025-04-13;Tea;Sold;10,00\n"
    data = data_of(tmp_path, "Order;Date;Item;Line status;Total\n" + rows)
    assert questions(data)["ignore"] == [["ignore: {Line status: [Void, Sold]}"], ["ignore: {Line status: [Void]}"]]
    data = data_of(tmp_path, "Order;Date;Item;Line status;Total\n" + rows.replace("Sold", sold))
    assert (questions(data), data["settings"]["ignore"]) == ({}, {"Line status": ("Void",)})
    # 10.00 + 10.00: the tea of the first receipt counts.
    assert (data["trial"]["total_minor"], data["trial"]["receipts"]) == (2_000, 2)


def test_a_label_that_begins_with_a_word_for_returns_is_one(tmp_path: Path) -> None:
    text = (
        "Typ dokumentu;Nr;Dokument powiązany;Data;Karta;Nazwa;Ilość;Brutto\n"
        "Paragon;PA/1;;2026-03-02;2900001;Kawa;1;12,30\n"
        "Zwrot do paragonu;ZW/1;PA/1;2026-03-04;2900001;Kawa;1;12,30\n"
        "Faktura VAT;FV/7;;2026-03-05;2900002;Kawa;10;123,00\n"
        "Korekta faktury;KFV/1;FV/7;2026-03-06;2900002;Kawa;-2;-24,60\n"
    )
    data = data_of(tmp_path, text)
    assert data["settings"]["return_labels"] == ("Zwrot do paragonu", "Korekta faktury")
    assert data["settings"]["columns.original_receipt"] == "Dokument powiązany"
    # 12.30 - 12.30 + 123.00 - 24.60
    assert data["trial"]["total_minor"] == 9_840


@pytest.mark.parametrize(
    ("header", "sale", "back"),
    [
        ("Tip", "Vânzare", "Bon retur"),
        ("Operațiune", "Bon fiscal", "Retur client"),
        ("Tip", "Vânzare", "Stornare"),
        ("Typ", "Paragon", "Przyjęto zwrot"),
    ],
)
def test_a_word_for_returns_among_others_makes_a_label_one_whatever_sign_its_rows_have(
    tmp_path: Path, header: str, sale: str, back: str
) -> None:
    rows = f"1;2026-03-02;{sale};2900001;A;1;10.00\n2;2026-03-02;{sale};;B;1;30.00\n3;2026-03-13;{back};2900001;A;1;10.00\n"
    data = data_of(tmp_path, f"Nr bon;Data;{header};Card;Produs;Cantitate;Valoare\n{rows}")
    assert (data["settings"]["return_labels"], "cancelled" in data["settings"]) == ((back,), False)
    # 10.00 + 30.00 - 10.00
    assert data["trial"]["total_minor"] == 3_000


@pytest.mark.parametrize(
    ("sale", "back", "gone"),
    [("Paragon", "Zwrot", "Zwrot anulowany"), ("Продажа", "Возврат", "Возврат отменён"), ("Sale", "Refund", "Cancelled refund")],
)
def test_a_return_that_was_called_off_is_none(tmp_path: Path, sale: str, back: str, gone: str) -> None:
    rows = f"1;2026-03-02;{sale};A;30.00\n2;2026-03-03;{back};A;10.00\n3;2026-03-03;{gone};A;10.00\n"
    data = data_of(tmp_path, f"Nr;Data;Typ;Towar;Wartość\n{rows}")
    assert (data["settings"]["return_labels"], data["settings"]["cancelled"]) == ((back,), {"Typ": (gone,)})
    # 30.00 - 10.00
    assert (questions(data), data["trial"]["total_minor"]) == ({}, 2_000)


@pytest.mark.parametrize(
    "label", ["Wniosek o zwrot", "Return requested", "Заявка на возврат", "Zwrot w trakcie", "Retur respinsă", "Refund failed",
              "Zwrot w realizacji", "Возврат в обработке", "Retur în curs"],
)  # fmt: skip
def test_a_wish_for_a_return_is_asked_about(tmp_path: Path, label: str) -> None:
    rows = f"1;2026-03-02;Paragon;A;30.00\n2;2026-03-03;Zwrot;A;10.00\n3;2026-03-03;{label};A;10.00\n"
    data = data_of(tmp_path, f"Nr;Data;Typ;Towar;Wartość\n{rows}")
    assert (data["settings"]["return_labels"], questions(data)) == (("Zwrot",), {"ignore": [[f"ignore: {{Typ: [{label}]}}"]]})


def test_a_storno_is_a_return_by_its_minus_and_without_one_is_asked_about(tmp_path: Path) -> None:
    head, sold = "Nr;Data;Typ;Towar;Wartość\n", "1;2026-03-02;Paragon;A;30.00\n2;2026-03-03;Zwrot;A;{sign}10.00\n"
    data = data_of(tmp_path, head + sold.format(sign="-") + "3;2026-03-03;Storno;A;-5.00\n")
    assert "cancelled" not in data["settings"]
    # 30.00 - 10.00 - 5.00
    assert data["trial"]["total_minor"] == 1_500
    for sign in ("", "-"):
        # The minus of another label says nothing of this one.
        data = data_of(tmp_path, head + sold.format(sign=sign) + "3;2026-03-03;Storno;A;5.00\n")
        assert questions(data)["return_labels"] == [["return_labels: [Zwrot, Storno]"], ["return_labels: [Zwrot]"]]


@pytest.mark.parametrize(
    ("before", "after"),
    [("Valoare fără reducere", "Valoare cu reducere"), ("Subtotal", "Net sales"), ("Amount before discount", "Amount after discount")],
)
def test_an_amount_with_the_discount_off_is_no_discount_and_which_was_paid_is_asked(tmp_path: Path, before: str, after: str) -> None:
    rows = "1;2026-03-02;2900001;A;2;20.00;18.00\n1;2026-03-02;2900001;B;1;8.00;8.00\n2;2026-03-13;;A;1;10.00;9.00\n"
    data = data_of(tmp_path, f"Receipt;Date;Card;Item;Qty;{before};{after}\n{rows}")
    assert "columns.discount" not in data["settings"]
    assert sorted(data["questions"][0]["choices"][place][0] for place in (0, 1)) == sorted([f"amount: {after}", f"amount: {before}"])


@pytest.mark.parametrize("name", ["Disc. %", "% rabatu", "Процент скидки", "Procent reducere"])
def test_a_percent_of_discount_beside_an_amount_is_asked_about(tmp_path: Path, name: str) -> None:
    rows = "1;2026-03-02;2900001;A;2;20.00;10\n1;2026-03-02;2900001;B;1;8.00;0\n2;2026-03-13;;A;1;10.00;10\n"
    data = data_of(tmp_path, f"Paragon;Data;Karta;Towar;Ilość;Wartość;{name}\n{rows}")
    assert data["settings"]["discount_is"] == "percent"
    assert "amounts_are" in questions(data)


@pytest.mark.parametrize("names", ["VAT amount;Gross", "Tax;Gross", "Gross price;Net;Tax;Gross", "Price;Net;VAT amount;Gross amount"])
def test_a_tax_is_never_what_was_paid_whatever_it_is_called(tmp_path: Path, names: str) -> None:
    # A net of 10.00 at 23 % is 12.30 with its 2.30, one of 8.00 at 8 % is 8.64 with 0.64.
    cells = [
        {"VAT amount": tax, "Tax": tax, "Gross": gross, "Gross amount": gross, "Gross price": gross, "Price": gross, "Net": net}
        for net, tax, gross in (("10.00", "2.30", "12.30"), ("8.00", "0.64", "8.64"), ("10.00", "2.30", "12.30"))
    ]
    said = (";".join(row[name] for name in names.split(";")) for row in cells)
    rows = [f"{place};2026-03-1{place};2900001;A;1;{each}" for place, each in enumerate(said, 3)]
    data = data_of(tmp_path, "\n".join([f"Receipt;Date;Card;Item;Qty;{names}", *rows, ""]))
    # 12.30 + 8.64 + 12.30
    assert (questions(data), data["trial"]["total_minor"]) == ({}, 3_324)


@pytest.mark.parametrize("name", ["Total incl. tax", "Amount with tax", "Total (VAT incl.)", "Сумма, вкл. НДС", "Total inc. TVA"])
def test_an_amount_that_says_that_the_tax_is_in_it_is_one(tmp_path: Path, name: str) -> None:
    data = data_of(tmp_path, f'Receipt;Date;Item;"{name}"\n1;2026-03-02;A;20.00\n2;2026-03-13;B;8.00\n')
    # 20.00 + 8.00
    assert (questions(data), data["settings"]["columns.amount"], data["trial"]["total_minor"]) == ({}, name, 2_800)


@pytest.mark.parametrize(
    ("gross", "net"),
    [("Wartość brutto", "Wartość netto"), ("Сумма", "Сумма без НДС"), ("Betrag", "Betrag netto"), ("Kwota po rabacie", "Net amount")],
)
def test_what_is_without_the_tax_is_no_question_where_some_goods_have_none(tmp_path: Path, gross: str, net: str) -> None:
    # 23 % of 10.00 are 2.30; a book of 8.00 has none.
    data = data_of(tmp_path, f"Receipt;Date;Item;{gross};{net}\n1;2026-03-02;A;12.30;10.00\n2;2026-03-13;B;8.00;8.00\n")
    # 12.30 + 8.00
    assert (questions(data), data["trial"]["total_minor"]) == ({}, 2_030)


def test_a_short_word_for_a_time_is_known_beside_others_where_times_stand(tmp_path: Path) -> None:
    data = data_of(tmp_path, "Nr bon;Data bon;Ora bon;Valoare\n1;02.03.2026;10:05;12,50\n2;13.03.2026;9:30;9,00\n")
    assert (data["settings"]["columns.time"], data["settings"]["time_form"]) == ("Ora bon", "H:mm")


def test_cards_that_a_spreadsheet_spoiled_are_told_with_their_line(tmp_path: Path) -> None:
    text = "Receipt;Date;Card;Total\n1;2025-04-13;5901234123457;10,00\n2;2025-04-13;5.90123E+12;5,00\n"
    (damage,) = data_of(tmp_path, text)["damage"]
    assert damage["line"] == 3
    assert "5.90123E+12" in damage["what"]


def test_a_quote_that_is_never_closed_is_a_question_with_its_line(tmp_path: Path) -> None:
    data = data_of(tmp_path, HEADER + '1;2025-04-13;Kawa;1;2,00\n2;2025-04-13;"Nóż;1;3,00\n')
    assert questions(data) == {"quote": [["quote: none"]]}
    assert data["damage"][0]["line"] == 3


def test_a_list_of_members_is_known_by_its_columns(tmp_path: Path) -> None:
    text = "Numer karty;Imię i nazwisko;E-mail;Data urodzenia\n2900000000018;Jan;jan@example.com;13.04.1975\n"
    data = data_of(tmp_path, text)
    assert data["kind"] == "members"
    assert data["settings"]["date_form"] == "DD.MM.YYYY"
    assert data["settings"]["columns.card"] == "Numer karty"


def test_a_file_without_a_header_is_asked_about_by_number(tmp_path: Path) -> None:
    data = data_of(tmp_path, "17;11.02.2026;10:24:29;31105;1;10,00\n18;12.02.2026;10:25:29;31105;1;10,00\n")
    assert data["settings"]["header"] == "no"
    assert questions(data)["columns.date"] == [["date: 2"]]
    assert ["amount: 6"] in questions(data)["columns.amount"]


def test_our_own_names_need_no_layout(tmp_path: Path) -> None:
    text = "receipt,date,amount\n1,2025-04-13 10:00:00,10.00\n"
    outcome = inspect_file(shop_in(tmp_path), written_to(tmp_path / "plain.csv", text))
    assert any("needs no layout" in str(said) for said in outcome.said)


def test_a_column_that_our_own_form_would_overlook_needs_a_layout(tmp_path: Path) -> None:
    text = "receipt,date,card,product,quantity,amount,original\nG1,2026-11-07,2901,T1,-1,-30.00,B1\nG2,2026-11-07,2901,T2,1,5.00,\n"
    path = tmp_path / "returns.csv"
    path.write_text(text, encoding="utf-8")
    seen = looked_at(path, TERMS)
    # B1 was sold before this file: only the header says what it is.
    assert not seen.is_plain
    assert "original_receipt: original" in seen.draft


def test_a_known_till_is_named_and_the_draft_is_like_it(tmp_path: Path) -> None:
    text = (
        "Учетный день;Номер чека;Номер карты;Блюдо;Количество блюд;Сумма со скидкой, р.\n"
        "13.03.2026;1;;Борщ;1;300,00\n;;;Чай;2;100,00\n13.03.2026 Всего;;;;;400,00\n"
    )
    data = data_of(tmp_path, text.encode("cp1251"))
    assert [till["name"] for till in data["tills"]] == ["iiko-olap"]
    assert "like: iiko-olap" in data["draft"]


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.csv")), ids=lambda path: path.stem)
def test_every_sample_of_a_known_till_is_known_and_read_by_it(sample: Path) -> None:
    seen = looked_at(sample, TERMS)
    assert [claim.till.name for claim in seen.claims] == [sample.stem.replace("_", "-")]
    assert seen.is_known


def test_a_till_that_would_overlook_returns_is_not_followed(tmp_path: Path) -> None:
    text = "Дата;Номер чека;Товар;Количество;Сумма;Признак расчёта;Тип\n13.03.2026;1;Чай;1;100,00;x;Продажа\n"
    data = data_of(tmp_path, text + "13.03.2026;2;Чай;1;100,00;x;Возврат\n14.03.2026;3;Чай;1;100,00;x;Продажа\n")
    # 100 - 100 + 100
    assert data["trial"]["total_minor"] == 10_000


def test_an_amount_that_is_the_same_on_all_rows_is_no_total_where_it_is_quantity_times_price(tmp_path: Path) -> None:
    rows = "".join(f"{row // 2},2026-01-{row // 2 % 28 + 1:02},Item {row % 3},1,12.50,12.50\n" for row in range(40))
    data = data_of(tmp_path, "Receipt,Date,Product,Quantity,Price,Value\n" + rows)
    assert data["settings"]["columns.amount"] == "Value"
    # 40 rows of 12.50
    assert data["trial"]["total_minor"] == 50_000


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b'{"a": 1}', b'[INFO]\r\n"1.05"', b"<html><table>", b"", b"one\ntwo\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(LoyaltyError):
        data_of(tmp_path, content)


def test_the_draft_is_written_once_and_never_over_another_file(tmp_path: Path) -> None:
    file = written_to(tmp_path / "till.csv", HEADER + "1;2025-04-13;Kawa;1;2,00\n")
    target = tmp_path / "layouts" / "kasa.yaml"
    inspect_file(shop_in(tmp_path), file, write=target)
    assert read_layout(target).columns.amount == "Wartość"
    with pytest.raises(LoyaltyError):
        inspect_file(shop_in(tmp_path), file, write=target)


def test_the_keys_of_json_are_stable(tmp_path: Path) -> None:
    data = data_of(tmp_path, HEADER + "1;2025-04-13;Kawa;1;2,00\n")
    assert set(data) == {
        "file", "kind", "tills", "settings", "questions", "open", "findings", "damage", "trial", "rows", "whole_file",
        "draft", "written",
    }  # fmt: skip


def written_to(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("language", "asked"),
    [("en", "# QUESTION 1. Which receipts"), ("pl", "# PYTANIE 1. "), ("ru", "# ВОПРОС 1. "), ("ro", "# ÎNTREBAREA 1. ")],
)
def test_a_draft_asks_in_the_language_of_the_shop(language: str, asked: str, tmp_path: Path) -> None:
    (tmp_path / "program.yaml").write_text(
        f"program: Klub\nlanguage: {language}\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n", encoding="utf-8"
    )
    file = tmp_path / "export.csv"
    rows = ["2026-11-02,A1,290001,10.00,Na stole", "2026-11-03,A2,290002,12.00,Anulowany"]
    file.write_text("\n".join(["date,receipt,card,amount,status", *rows, ""]), encoding="utf-8")
    draft = tmp_path / "draft.yaml"
    inspect_file(shop_in(tmp_path), str(file), write=draft)
    remarks = [line for line in draft.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert any(line.startswith(asked) for line in remarks), remarks
    if language != "en":
        assert not {"How", "draft", "question", "QUESTION", "Does"} & {word for line in remarks for word in line.split()}
    # Whatever its language, it is read as a layout, once it is answered.
    text = draft.read_text(encoding="utf-8").replace("undecided: [cancelled]", "cancelled: {status: [Anulowany]}")
    draft.write_text(text, encoding="utf-8")
    assert read_layout(draft).cancelled == {"status": ("Anulowany",)}


def test_a_layout_that_still_asks_which_day_is_meant_says_so_until_it_is_answered(tmp_path: Path) -> None:
    file, draft = tmp_path / "export.csv", tmp_path / "draft.yaml"
    # Each may be day and month or month and day.
    rows = [f"0{month}/0{month + 1}/2026,A{month},29000{month},10.00" for month in range(1, 7)]
    file.write_text("\n".join(["date,receipt,card,amount", *rows, ""]), encoding="utf-8")
    inspect_file(shop_in(tmp_path), str(file), write=draft)
    asking = draft.read_text(encoding="utf-8")
    with pytest.raises(Mistakes) as refused:
        read_layout(draft)
    (problem,) = refused.value.problems
    line = asking.splitlines().index("undecided: [date_form]") + 1
    assert (problem.line, str(problem.what)) == (line, "This layout still asks about date_form.")
    draft.write_text(asking.replace("# date_form: MM/DD/YYYY", "date_form: MM/DD/YYYY"), encoding="utf-8")
    assert read_layout(draft).date_form == ("MM/DD/YYYY",)


def test_a_known_till_whose_layout_overlooks_called_off_receipts_is_not_taken_as_it_is(tmp_path: Path) -> None:
    """The header is that of 1C's report of cheques, which knows no column of states."""
    header = "Чек;Дата;Время;Карта;Товар;Группа;Количество;Сумма"
    sold = "1001;03.11.2026;09:12;2900001;Чай;Чай;2;34,00"
    other = "1003;05.11.2026;12:01;2900002;Чай;Чай;3;45,00"
    plain = data_of(tmp_path, f"{header}\n{sold}\n{other}\n", "plain.csv")
    assert plain["settings"] == {"like": "one-c"}
    # 34.00 + 45.00, and without the receipt that was called off 34.00.
    assert (plain["trial"]["receipts"], plain["trial"]["total_minor"]) == (2, 7900)
    with_states = data_of(tmp_path, f"{header};Статус\n{sold};Оплачен\n{other};Отменён\n", "states.csv")
    assert (with_states["trial"]["receipts"], with_states["trial"]["total_minor"]) == (1, 3400)
    # Where nothing was called off there is nothing to overlook.
    done = data_of(tmp_path, f"{header};Статус\n{sold};Оплачен\n{other};Оплачен\n", "done.csv")
    assert done["settings"] == {"like": "one-c"}


@pytest.mark.parametrize("key", ["", ";1"])
def test_a_day_above_its_receipts_is_the_day_of_each(tmp_path: Path, key: str) -> None:
    rows = [
        "02.03.2026;;;;;;", ";1;10:00;2900001;Хлеб;1;40,00", ";2;10:30;;Молоко;1;80,00",
        "03.03.2026;;;;;;", f";{'1' if key else '3'};9:00;2900001;Сыр;1;300,00", ";4;9:30;;Чай;2;70,00",
    ]  # fmt: skip
    text = "Дата;Чек;Время;Карта;Товар;Кол-во;Сумма\n" + "".join(f"{row}\n" for row in rows)
    data = data_of(tmp_path, text, kind="purchases")
    assert questions(data) == {}
    assert (data["settings"]["fill_down"], data["settings"]["date_form"]) == ("grouped", "DD.MM.YYYY")
    assert ("receipt_key" in data["settings"]) == bool(key)
    # 40.00 + 80.00 + 300.00 + 70.00; the two rows of days sell nothing and are left out.
    assert (data["trial"]["total_minor"], data["trial"]["set_aside"], data["trial"]["receipts"]) == (49_000, 0, 4)


def test_sums_of_days_below_their_receipts_are_left_out_and_those_without_a_word_are_no_receipts(tmp_path: Path) -> None:
    head = "Data;Nr;Towar;Ilość;Wartość\n"
    rows = "02.03.2026;;;;\n;1;Chleb;1;40,00\n;2;Mleko;1;80,00\n{first};;;2;120,00\n13.03.2026;;;;\n;3;Ser;1;300,00\n{second};;;1;300,00\n"
    data = data_of(tmp_path, head + rows.format(first="Razem 02.03.2026", second="Razem 13.03.2026"))
    # 40.00 + 80.00 + 300.00; two days and two sums are left out.
    assert (questions(data), data["trial"]["total_minor"], data["trial"]["ignored"]) == ({}, 42_000, 4)
    assert (data["settings"]["total_rows"], data["settings"]["date_form"]) == (("Razem [0-9]*",), "DD.MM.YYYY")
    # Where no word tells the sums they would count twice, so nothing is taken as it seems.
    assert "date_form" in questions(data_of(tmp_path, head + rows.format(first="", second="")))
    # Nor where a report has no goods: a figure alone, or two, may be a sum. 100.00 + 20.00 + 50.00
    head, rows = "Data;Nr;Sztuk;Kwota\n", "02.03.2026;;;\n;P1;1;100,00\n;P2;2;20,00\n{first}03.03.2026;;;\n;P3;4;50,00\n{second}"
    assert data_of(tmp_path, head + rows.format(first="", second=""))["trial"]["total_minor"] == 17_000
    for first, second in ((";;;120,00\n", ";;;50,00\n"), (";;3;120,00\n", ";;4;50,00\n")):
        assert "date_form" in questions(data_of(tmp_path, head + rows.format(first=first, second=second)))


def test_a_header_without_rows_is_told_and_the_column_of_dates_is_named(tmp_path: Path) -> None:
    data = data_of(tmp_path, "receipt,date,store,card,amount\n")
    assert [one["line"] for one in data["damage"]] == [1]
    assert "QUESTION 1. date: how are dates written?" in data["draft"]


def test_columns_that_blanks_set_apart_are_no_table_whatever_commas_stand_before_decimals(tmp_path: Path) -> None:
    text = "NR   DATA        TOWAR   ILOSC  KWOTA\n1    2026-03-02  Chleb    1,00   4,50\n2    2026-03-02  Mleko    1,00   3,20\n"
    with pytest.raises(ExportRefused, match="no mark cuts its lines into cells"):
        data_of(tmp_path, text)
    # Padded cells with a mark between are a table.
    padded = "nr,   date,        card,     amount\n1,    2026-03-02,  2900001,  4.50\n2,    2026-03-02,  2900002,  3.20\n"
    # 4.50 + 3.20
    assert data_of(tmp_path, padded)["trial"]["total_minor"] == 770


def test_a_list_with_birthdays_and_each_card_once_is_of_members_whatever_money_and_points_stand_beside(tmp_path: Path) -> None:
    text = (
        "Карта;ФИО;День рождения;Тел. моб.;Почта;Дата регистрации;Баланс баллов;Сумма покупок\n"
        "2900003;Иванов Иван;05.03.1980;+79161234567;i@example.com;01.02.2024;1 200;45 000,50\n"
        "2900004;Петрова Анна;15.11.1975;+79161234568;;15.03.2024;0;0,00\n"
    )
    data = data_of(tmp_path, text)
    assert (questions(data), data["kind"]) == ({}, "members")
    columns = {name: data["settings"][f"columns.{name}"] for name in ("birthday", "joined", "phone")}
    assert columns == {"birthday": "День рождения", "joined": "Дата регистрации", "phone": "Тел. моб."}


def test_sales_with_the_day_on_which_a_member_joined_beside_are_sales(tmp_path: Path) -> None:
    rows = "2900001;2026-03-02;10,00;2024-01-01\n2900002;2026-03-13;20,00;2024-02-01\n"
    data = data_of(tmp_path, f"Karta;Data;Kwota;Data dołączenia\n{rows}")
    # 10.00 + 20.00
    assert (data["kind"], data["trial"]["total_minor"]) == ("purchases", 3_000)


@pytest.mark.parametrize("name", ["Etap", "Этап", "Stage"])
def test_stages_of_orders_are_states(tmp_path: Path, name: str) -> None:
    data = data_of(tmp_path, f"Order;Date;{name};Total\n1;2025-04-13;Zamówienie zrealizowane;10,00\n2;2025-04-13;Porzucone;5,00\n")
    assert "cancelled" in questions(data)
