from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Dates
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.json_text import render
from tests.render.pages import DAY
from tests.render.pages import look
from tests.render.pages import PAGE

if TYPE_CHECKING:
    from tests.snapshots import Snapshot


def test_json_looks_as_it_did_in_every_language(snapshot: Snapshot) -> None:
    snapshot.check(render(PAGE, look()).decode(), "page.json")
    assert render(PAGE, look("pl")) == render(PAGE, look())


def test_a_row_has_money_as_a_decimal_string_and_days_as_iso_dates() -> None:
    (table,) = json.loads(render(PAGE, look()))["tables"]
    first, second, _ = table["rows"]
    assert (first["spent"], second["spent"]) == ("12345.67", "-5.00")
    assert (first["last_visit"], second["last_visit"]) == ("2026-11-21", None)
    assert (first["points"], first["share"]) == (12345, "12.5")


def test_the_document_says_what_was_done_and_how_it_ended() -> None:
    outcome = Outcome(
        said=[phrase("{count} card", "{count} cards", count=2)],
        warnings=[phrase("Look out.")],
        data={
            "worth": Money(1250, "PLN"),
            "day": OnDay(DAY),
            "dates": Dates(first=DAY, last=DAY),
            "imported": 7,
        },
        exit_code=ExitCode.SET_ASIDE,
    )
    document = json.loads(render(outcome, look()))
    assert document == {
        "schema": 1,
        "exit_code": 100,
        "said": ["2 cards"],
        "warnings": ["Look out."],
        "data": {
            "worth": "12.50",
            "day": "2026-11-21",
            "dates": {"from": "2026-11-21", "to": "2026-11-21"},
            "imported": 7,
        },
        "tables": [],
    }
