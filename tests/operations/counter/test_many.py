"""Many baskets in one start: each is answered, in order, and one with a mistake stops no other."""

from __future__ import annotations

import json
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.operations.counter import many
from loyalty_cli.operations.counter.answer import quote
from loyalty_cli.operations.counter.many import answers

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from loyalty_cli.operations.open_shop import Shop


def found(shop: Shop, text: str, **common: Any) -> list[dict[str, Any]]:
    """The answers to a file, as JSON lines."""
    path = shop.folder / "baskets"
    path.write_text(text, encoding="utf-8")
    return [json.loads(each.text) for each in answers(shop, path, common, "json", processes=1)]


def test_a_row_of_csv_is_a_basket(shop: Shop) -> None:
    answer, other = found(shop, "id;card;amount;points\nx1;2901;80,00;most\nx2;2902;200.00;\n")
    assert (answer["line"], answer["id"], answer["to_pay"]) == (2, "x1", "64.00")  # 76.00 less 120 points
    assert (other["id"], other["to_pay"]) == ("x2", "180.00")


def test_blank_lines_above_the_header_are_no_empty_file(shop: Shop) -> None:
    for above in ("\r\nsep=;", "  \r\n;;"):
        (answer,) = found(shop, f"{above}\r\nid;card;amount\r\nx1;2902;200.00\r\n")
        assert (answer["line"], answer["id"], answer["to_pay"]) == (4, "x1", "180.00")


def test_a_line_of_json_is_a_basket_with_lines(shop: Shop) -> None:
    text = '{"card": "2901", "lines": [{"price": 12.10, "quantity": 2}]}\n\n{"card": 2901, "amount": 80}\n'
    first, second = found(shop, text)
    # 24.20 less 5 % = 22.99; numbers are read as they stand, not as binary fractions
    assert (first["line"], first["to_pay"]) == (1, "22.99")
    assert (second["line"], second["to_pay"]) == (3, "76.00")


def test_a_mistake_is_told_in_its_row_and_the_others_are_answered(shop: Shop) -> None:
    rows = (
        '{"card": "2901", "amount": "80"}', "not json", "[1]", '{"amount": "x"}',
        '{"card": "nobody", "amount": "200"}', '{"card": "2902", "amount": "5"}',
    )  # fmt: skip
    answered = found(shop, "\n".join(rows))
    assert [each["exit_code"] for each in answered] == [0, 2, 2, 2, 40, 0]
    assert answered[1]["error"].endswith("baskets:2: this is not JSON.")
    assert answered[4]["to_pay"] == "180.00"  # a card that is unknown is quoted as nobody's
    assert answered[4]["refused"][0]["why"] == "There is no member and no card nobody."


def test_a_day_of_another_age_is_a_slip_and_the_others_are_answered(shop: Shop) -> None:
    rows = ('{"card": "2901", "amount": "80", "at": "9999-12-01"}', '{"card": "2901", "amount": "80"}')
    far, other = found(shop, "\n".join(rows))
    assert (far["exit_code"], far["error"]) == (2, "9999-12-01 lies more than a year ahead.")
    assert other["to_pay"] == "76.00"


def test_a_line_of_json_that_breaks_off_is_told_by_its_own_line(shop: Shop) -> None:
    # A program of Windows wrote it: a mark of UTF-8 first, lines that end in CR LF, an empty one.
    whole, broken, other = found(shop, '\ufeff{"card": "2901", "amount": "80"}\r\n\r\n{"card":\r\n{"card": "2902", "amount": "5"}\r\n')
    assert (whole["to_pay"], other["line"], other["exit_code"]) == ("76.00", 4, 0)
    assert (broken["line"], broken["error"].rpartition("baskets:")[2]) == (3, "3: this is not JSON.")


def test_a_basket_in_a_list_is_told_by_the_line_where_it_begins(shop: Shop) -> None:
    first, second, number, last = found(
        shop, '\n[{"card": "2901",\n  "amount": "80"}, {"amount": "x"}\n,\n 5,\n\n {"lines": [\n{"price": "9.00"}]}\n]\n'
    )
    # The list begins in line 2, where its first basket does; the second one stands behind the end of the first.
    assert [each["line"] for each in (first, second, number, last)] == [2, 3, 5, 7]
    assert number["error"].endswith("baskets:5: a basket stands here.")
    assert (first["to_pay"], last["to_pay"]) == ("76.00", "9.00")


def test_what_the_command_says_holds_for_rows_that_say_nothing(shop: Shop) -> None:
    one, other = found(shop, "card,amount,at\n2901,80.00,\n2901,80.00,2026-03-20\n", at="2026-03-18")
    assert (one["day"], other["day"]) == ("2026-03-18", "2026-03-20")


def test_each_answer_is_that_of_a_single_quote(shop: Shop) -> None:
    [answer] = found(shop, '{"card": "2901", "amount": "80.00"}')
    alone = quote(shop, {"card": "2901", "amount": "80.00"}).data
    assert {name: alone[name] for name in answer if name in alone} == {name: value for name, value in answer.items() if name in alone}


def test_many_parts_are_answered_in_order_by_several_processes(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shop.folder / "baskets.csv"
    path.write_text("id,card,amount\n" + "".join(f"{n},2901,{n}.00\n" for n in range(1, 8)), encoding="utf-8")
    monkeypatch.setattr(many, "AT_A_TIME", 3)
    rows = [each.text.split(",")[:2] for each in answers(shop, path, {}, "csv", processes=2)]
    assert rows == [[str(n + 1), str(n)] for n in range(1, 8)]


def test_the_rows_of_csv_have_all_columns(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "baskets.csv"
    path.write_text("card,amount\n2901,80.00\nx,abc\n", encoding="utf-8")
    first, second = (each.text for each in answers(shop, path, {}, "csv", processes=1))
    assert first == "2,,2901,80.00,76.00,76.00,tier discount: 4.00,,0,76,196,friend,points (points.basic): 76,0,\n"
    assert second == "3,,,,,,,,,,,,,2,amount: abc is not a number.\n"
