import pytest

from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Settings
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only


class Tea(Settings):
    cups: int
    sugar: int = Field(2, description="spoons")
    only: Only = EVERYTHING


class Chai(Tea):
    spice: str = "ginger"
    sugar: int = Field(3, description="spoons")


def test_a_block_is_its_values_and_those_of_its_bases_come_first() -> None:
    tea = Chai(cups=1)
    assert repr(tea) == f"Chai(cups=1, sugar=3, only={EVERYTHING!r}, spice='ginger')"
    assert tea == Chai(cups=1, sugar=3)
    assert tea != Tea(cups=1)
    assert len({tea, Chai(cups=1), Chai(cups=2)}) == 2


def test_what_was_said_is_remembered_in_copies() -> None:
    assert Chai(cups=1).model_copy(update={"sugar": 5}).model_fields_set == {"cups", "sugar"}
    assert Tea.model_validate({"cups": 1}).model_fields_set == {"cups"}


def test_a_block_never_changes_and_takes_no_unknown_or_missing_setting() -> None:
    with pytest.raises(AttributeError):
        Tea(cups=1).cups = 2
    for wrong in ({}, {"cups": 1, "milk": 1}):
        with pytest.raises(TypeError):
            Tea(**wrong)


def test_what_is_not_as_usual_is_written_and_read_again() -> None:
    tea = Chai(cups=1, only=Only(tiers=("gold",)))
    assert Chai.model_validate(tea.model_dump(exclude_defaults=True)) == tea
