"""What owners write by mistake: the message names the right line, the cause and the remedy, in each language."""

from __future__ import annotations

import pytest

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.program.load import program_of
from loyalty_cli.reading.meant import percent_meant
from loyalty_cli.reading.meant_days import day_meant
from loyalty_cli.reading.meant_days import span_meant
from loyalty_cli.reading.meant_days import zone_meant
from loyalty_cli.render.mistakes import mistake_lines
from tests.program.mistakes import MISTAKES
from tests.program.mistakes import PROGRAM


def test_the_program_without_a_mistake_is_in_order() -> None:
    assert program_of(PROGRAM, "program.yaml").name == "Klub"


@pytest.mark.parametrize(("old", "new", "line", "says"), [mistake[1:] for mistake in MISTAKES], ids=[name for name, *_ in MISTAKES])
def test_a_mistake_is_told_with_its_line_its_cause_and_its_remedy(old: str, new: str, line: int, says: tuple[str, ...]) -> None:
    assert old in PROGRAM
    with pytest.raises(Mistakes) as caught:
        program_of(PROGRAM.replace(old, new, 1), "program.yaml")
    problems = [problem for problem in caught.value.problems if problem.line == line]
    assert problems, [problem.where for problem in caught.value.problems]
    said = "\n".join(text for problem in problems for text in mistake_lines(problem, "en"))
    assert all(part in said for part in says), said
    for language in ("pl", "ru", "ro"):
        for problem in caught.value.problems:
            told = mistake_lines(problem, language)
            assert told[0] != mistake_lines(problem, "en")[0], "not translated"
            assert problem.hint is None or told[-1] != mistake_lines(problem, "en")[-1], "not translated"


@pytest.mark.parametrize(
    "text",
    [
        PROGRAM.replace("  lapse_after", "\u00a0\u00a0lapse_after"),
        PROGRAM.replace("lapse_after: ", "lapse_after:\u00a0"),
        PROGRAM.replace("12 months", "12\u00a0months"),
        PROGRAM.replace("discount: 3%", "discount: 3\u00a0%"),
        PROGRAM.replace("20.00, valid", "20.00 zł, valid"),
    ],
    ids=["indented", "behind a colon", "before a unit", "before a percent sign", "an amount with its currency"],
)
def test_a_no_break_space_is_a_space_and_a_currency_may_stand_behind_an_amount(text: str) -> None:
    assert text != PROGRAM
    assert program_of(text, "program.yaml").coupons["next visit"].worth == 2000


def test_a_no_break_space_inside_a_name_stays() -> None:
    assert program_of(PROGRAM.replace("program: Klub", "program: Klub\u00a0Rynek"), "program.yaml").name == "Klub\u00a0Rynek"


def test_what_can_mean_two_things_is_not_guessed() -> None:
    # 5/1/2027 is 5 January or 1 May; 13/1/2027 can only be 13 January.
    assert (day_meant("5/1/2027"), day_meant("13/1/2027")) == (None, "2027-01-13")
    assert (day_meant("31.02.2027"), span_meant("soon"), zone_meant("nowhere at all")) == (None, None, None)
    assert (percent_meant("0.5"), percent_meant("12,5"), percent_meant("7 procent"), percent_meant("many")) == ("50%", "12.5%", "7%", None)
