"""Answers as form services write them: the service is known by its header, the questions by their names or their answers."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.forms.all_forms import form_layout
from loyalty_cli.importers.forms.all_forms import form_service
from loyalty_cli.importers.forms.all_forms import FORMS
from loyalty_cli.importers.lists.feedback import listed_feedback
from loyalty_cli.importers.lists.rows import ListFile
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.listed import ListedFeedback

GOOGLE = """\
Timestamp,Email Address,How likely are you to recommend us?,What could we do better?
2026/11/20 3:04:05 PM GMT+1,ana@x.example,9,"More tea, please"
2026/11/21 9:00:00 AM GMT+1,jan@x.example,3,
"""
GOOGLE_PL = """\
Sygnatura czasowa,Numer karty,Czy nas polecisz?,Uwagi
2026-11-20 15:04:05,2901,10,Miło
"""
MICROSOFT = """\
ID,Start time,Completion time,Email,Name,Your e-mail,Score,What was good?
1,2026-11-20 10:00:00,2026-11-20 10:01:00,anonymous,,ana@x.example,8,Fabrics
2,2026-11-20 11:00:00,2026-11-20 11:01:00,anonymous,,jan@x.example,10,Thread
"""
TYPEFORM = """\
#,How was it?,Tell us more,card,receipt,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags
ab12,9,Fine,2901,17,completed,2026-11-20 09:00:00,,2026-11-20 09:01:00,n1,
cd34,2,Slow,2902,18,completed,2026-11-21 09:00:00,,2026-11-21 09:01:00,n2,
"""
LIMESURVEY = """\
"id","submitdate","lastpage","startlanguage","seed","card","nps","why"
"1","2026-11-20 09:01:00","2","pl","123","2901","7","Kolejka"
"2","","1","pl","124","2902","",""
"""


def read(tmp_path: Path, text: str) -> list[Any]:
    path = tmp_path / "answers.csv"
    path.write_text(text, encoding="utf-8")
    return [record for _, _, record in ListFile(path, None, "feedback", make=listed_feedback, digits=2).records()]


def said(record: ListedFeedback) -> tuple[object, ...]:
    return (record.card or record.email, iso(record.day), record.score, record.text, record.receipt, record.key)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            GOOGLE,
            [
                ("ana@x.example", "2026-11-20", 9, "More tea, please", "", None),
                ("jan@x.example", "2026-11-21", 3, "", "", None),
            ],
        ),
        (
            MICROSOFT,
            [
                ("ana@x.example", "2026-11-20", 8, "Fabrics", "", None),
                ("jan@x.example", "2026-11-20", 10, "Thread", "", None),
            ],
        ),
        (TYPEFORM, [("2901", "2026-11-20", 9, "Fine", "17", "ab12"), ("2902", "2026-11-21", 2, "Slow", "18", "cd34")]),
    ],
)
def test_a_file_is_read_without_a_layout(tmp_path: Path, text: str, expected: list[tuple[object, ...]]) -> None:
    assert [said(record) for record in read(tmp_path, text)] == expected


def test_who_did_not_finish_is_set_aside(tmp_path: Path) -> None:
    first, second = read(tmp_path, LIMESURVEY)
    assert said(first) == ("2901", "2026-11-20", 7, "Kolejka", "", None)
    assert isinstance(second, Phrase)


def test_a_form_that_does_not_say_who_answered_or_could_mean_several_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError, match=r"Nothing in answers\.csv says who answered"):
        read(tmp_path, GOOGLE_PL)
    two = GOOGLE.replace("What could we do better?", "How clean is it?").replace('"More tea, please"', "8")
    with pytest.raises(LoyaltyError, match=r"several questions could be score: How likely .*; How clean is it"):
        read(tmp_path, two)
    # A question that has one of our words for a title is meant by it.
    (answer,) = read(tmp_path, GOOGLE_PL.replace("Numer karty", "card"))
    assert said(answer) == ("2901", "2026-11-20", 10, "Miło", "", None)


def test_no_other_list_is_taken_for_a_form() -> None:
    assert form_layout(["card", "date", "score", "text"], [], "a.csv") is None
    # Day and month in an order that nobody can tell stay for a layout: every row is set aside.
    layout = form_layout(["Timestamp", "Email Address", "score"], [["5/10/2026 09:15:00", "ana@x.example", "9"]], "a.csv")
    assert layout is not None
    assert layout.date_form == ("YYYY/MM/DD h:mm:ss A Z",)


@pytest.mark.parametrize("module", FORMS)
def test_each_service_says_what_it_is_by_its_own_columns_alone(module: str) -> None:
    service = form_service(module)
    header = [service.date[0], *service.known_by]
    assert service.name == module.replace("_", "-")
    assert [each for each in FORMS if form_service(each).claims(header)] == [module]
