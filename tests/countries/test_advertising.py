"""What countries ask of advertising: each row with its source and its days, and what a day finds."""

from __future__ import annotations

import re

import pytest

from loyalty_cli.countries.advertising import advertising_rule
from loyalty_cli.countries.all_countries import ALL_COUNTRIES
from loyalty_cli.countries.all_countries import country_named
from loyalty_cli.model.days import day_from_iso


def test_every_row_names_its_source_since_when_it_holds_and_the_day_it_was_read() -> None:
    rules = [rule for code in ALL_COUNTRIES if (known := country_named(code)) for rule in known.ADVERTISING]
    assert len(rules) >= len(ALL_COUNTRIES)
    for rule in rules:
        assert rule.source
        assert day_from_iso(rule.since) < day_from_iso(rule.as_of)
        # A row that nobody has read the words of says so.
        assert rule.verified is not rule.source.endswith(("text not read", "nu a fost citit"))


@pytest.mark.parametrize("code", ["PL", "RO", "MD", "RU"])
def test_a_source_is_named_in_the_language_of_its_law(code: str) -> None:
    known = country_named(code)
    assert known is not None
    tables = (known.ADVERTISING, known.FORMALITIES, known.RETENTION, known.TAXES)
    sources = [row.source for table in tables for row in table]
    assert [source for source in sources if re.search(r"\b(the|of|not|read|as|by|and|published|secondary)\b", source)] == []


@pytest.mark.parametrize(
    ("country", "day", "automatic"),
    # The Polish law of electronic communication has held since 10 November 2024.
    [
        ("PL", "2024-11-10", True),
        ("PL", "2024-11-09", None),
        ("RU", "2026-11-29", False),
        ("RO", "2026-11-29", True),
        ("XX", "2026-11-29", None),
    ],
)
def test_who_may_let_a_program_send_it(country: str, day: str, automatic: bool | None) -> None:
    rule = advertising_rule(country, day_from_iso(day))
    assert (rule.automatic if rule else None) is automatic
