"""Customers known by a contact, and time zones by the names that tills show."""

from __future__ import annotations

import pytest

from loyalty_cli.importers.cards import card_number
from loyalty_cli.importers.cards import CardRule
from loyalty_cli.importers.receipts.zone_names import zone_named

CONTACT = CardRule(what="contact", country_prefix="+48")


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("Ala@Example.pl", "ala@example.pl"),
        ("600 100 200", "+48600100200"),
        ("+48 600-100-200, ala@example.pl", "ala@example.pl"),
        ("'+48600100200", "+48600100200"),
        ("", ""),
        ("Ala", None),
        ("ala@", None),
    ],
)
def test_a_contact_is_an_address_or_else_a_phone_number(text: str, card: str | None) -> None:
    assert card_number(text, CONTACT) == card


@pytest.mark.parametrize(
    ("shown", "zone"),
    [
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("pacific time (us & canada)", "America/Los_Angeles"),
        ("Warsaw", "Europe/Warsaw"),
        ("St. Petersburg", "Europe/Moscow"),
        ("Bucharest", "Europe/Bucharest"),
        ("Kyiv", "Europe/Kyiv"),
        ("Sydney", "Australia/Sydney"),
        ("Europe/Chisinau", "Europe/Chisinau"),
        ("UTC", "UTC"),
        ("Nowhere", None),
        ("", None),
    ],
)
def test_zones_are_known_by_the_names_that_tills_show(shown: str, zone: str | None) -> None:
    assert zone_named(shown) == zone
