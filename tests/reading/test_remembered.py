"""What a text was read as is remembered, and taken only where the same code wrote it of the same text."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.model.days import Span
from loyalty_cli.reading.remembered import forms_of
from loyalty_cli.reading.remembered import Memory
from loyalty_cli.reading.remembered import MOST

LAYOUT = Layout.model_validate(
    {
        "columns": {"date": "Data", "receipt": "Nr", "card": ["Karta", "Nr klienta"], "amount": 3},
        "rates": {"EUR": "4.30"},
        "ignore": {"kind": "x"},
    }
)


def never() -> Any:
    pytest.fail("it was read again")


def next_command(memory: Memory) -> Memory:
    """A memory that begins with what another one keeps."""
    begun = Memory()
    begun.recall(forms_of(memory.kept()))
    return begun


@pytest.mark.parametrize("value", [LAYOUT, (1, None, "a"), {"a": [Fraction(1, 3)]}, Decimal("4.30"), Span(count=2, unit="weeks")])
def test_the_next_command_has_the_same_value_without_reading(value: Any) -> None:
    memory = Memory()
    assert memory.value("thing", "text", lambda: value) is value
    assert memory.value("thing", "text", never) is value
    later = next_command(memory)
    again = later.value("thing", "text", never)
    assert (again, type(again), repr(again)) == (value, type(value), repr(value))
    assert (memory.learned, later.learned) == (True, False)


def test_what_a_layout_leaves_unsaid_stays_unsaid() -> None:
    memory = Memory()
    memory.value("layout", "text", lambda: LAYOUT)
    again = next_command(memory).value("layout", "text", never)
    assert again.model_fields_set == {"columns", "rates", "ignore"}
    assert again.columns.model_fields_set == {"date", "receipt", "card", "amount"}


def test_another_text_and_another_kind_of_thing_are_read() -> None:
    memory = Memory()
    memory.value("layout", "text", lambda: 1)
    later = next_command(memory)
    assert later.value("layout", "text and more", lambda: 2) == 2
    assert later.value("program", "text", lambda: 3) == 3
    assert next_command(later).value("layout", "text", never) == 1


@pytest.mark.parametrize("form", [{"os:system": {}}, {"fraction": "1/0"}, {"a": 1, "b": 2}, {"loyalty_cli.model.days:Span": {}}, {}])
def test_a_form_that_gives_no_value_is_read_again_and_mended(form: Any) -> None:
    memory = Memory()
    memory.recall({("thing", "text"): form})
    assert memory.value("thing", "text", lambda: 5) == 5
    assert next_command(memory).value("thing", "text", never) == 5


def test_a_mistake_is_not_remembered() -> None:
    memory = Memory()
    with pytest.raises(ValueError, match="wrong"):
        memory.value("thing", "text", lambda: int("wrong"))
    assert not memory.learned
    assert memory.value("thing", "text", lambda: 1) == 1


def test_what_other_code_kept_or_what_is_damaged_is_nothing() -> None:
    memory = Memory()
    memory.value("thing", "text", lambda: 1)
    said = json.loads(memory.kept())
    for kept in ("", "[]", "{", memory.kept()[:-3], json.dumps({**said, "code": "other"}), json.dumps({**said, "read": [[1]]})):
        assert forms_of(kept) == {}


def test_the_oldest_go_where_there_are_too_many() -> None:
    memory = Memory()
    memory.value("thing", "first", lambda: 1)
    for number in range(MOST):
        memory = next_command(memory)
        # Each command asks for the first one, too, which keeps it among the latest.
        memory.value("thing", "first", never)
        memory.value("thing", f"text {number}", lambda: 2)
    kept = [text for _, text in next_command(memory).forms]
    # 40 texts and the first one are 41; the oldest of the others has gone.
    assert (len(kept), "first" in kept, "text 0" in kept, "text 1" in kept) == (MOST, True, False, True)
