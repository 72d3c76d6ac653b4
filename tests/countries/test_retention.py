"""How long the books of a year are kept: PL through the tax's lapse, RO from 1 July, RU five years."""

from __future__ import annotations

import pytest

from loyalty_cli.countries.all_countries import ALL_COUNTRIES
from loyalty_cli.countries.retention import kept_through
from loyalty_cli.countries.retention import retention_rules
from loyalty_cli.model.days import day_from_iso


@pytest.mark.parametrize(
    ("country", "through"),
    [
        # The VAT of December 2026 is paid in January 2027: 5 years from the end of 2027. The books alone: through 2031.
        ("PL", "2032-12-31"),
        # 1 July 2027 and 5 years.
        ("RO", "2032-06-30"),
        ("RU", "2031-12-31"),
    ],
)
def test_the_books_of_2026(country: str, through: str) -> None:
    assert kept_through(country, 2026) == day_from_iso(through)


def test_nothing_is_said_of_a_country_of_which_nothing_is_known() -> None:
    assert kept_through("MD", 2026) is None
    assert kept_through("XX", 2026) is None


def test_every_row_names_its_source_and_the_day_it_was_read() -> None:
    rules = [rule for code in ALL_COUNTRIES for rule in retention_rules(code)]
    assert rules
    assert all(rule.source and rule.as_of >= "2026-11-29" for rule in rules)
