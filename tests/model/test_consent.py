"""Whether something may go out: by the last answer that holds on a day, for one channel and one purpose."""

from __future__ import annotations

import pytest

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.consent import consent_called
from loyalty_cli.model.consent import May
from loyalty_cli.model.consent import may


def test_advertising_needs_a_consent_and_service_only_that_nobody_said_no() -> None:
    assert may([], "email", "advertising", 100) == May(False, "never", None)
    assert may([], "email", "survey", 100) == May(False, "never", None)
    assert may([], "email", "service", 100) == May(True, "never", None)
    assert may([Consent("email", "service", False, 90)], "email", "service", 100) == May(False, "withdrawn", 90)


def test_an_answer_holds_from_its_day_until_the_next_one() -> None:
    # Given on day 10, withdrawn on day 20, given again on day 20 (entered later), withdrawn from day 30 on.
    said = [(True, 10, 1), (False, 20, 2), (True, 20, 3), (False, 30, 0)]
    consents = [Consent("sms", "advertising", given, day, number) for given, day, number in said]
    answers = {day: may(consents, "sms", "advertising", day) for day in (9, 10, 19, 20, 29, 30)}
    assert answers == {
        9: May(False, "never", None),
        10: May(True, "given", 10),
        19: May(True, "given", 10),
        20: May(True, "given", 20),
        29: May(True, "given", 20),
        30: May(False, "withdrawn", 30),
    }


def test_one_channel_or_purpose_says_nothing_of_another() -> None:
    consents = [Consent("sms", "advertising", True, 10), Consent("email", "survey", False, 10)]
    assert not may(consents, "email", "advertising", 10).allowed
    assert not may(consents, "sms", "survey", 10).allowed
    assert may(consents, "email", "service", 10).allowed


def test_who_was_asked_and_has_not_confirmed_has_not_agreed() -> None:
    assert may([Consent("email", "advertising", None, 10)], "email", "advertising", 11) == May(False, "asked", 10)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("email", ("email", "advertising")),
        (" E-Mail ", ("email", "advertising")),
        ("СМС", ("sms", "advertising")),
        ("telefon", ("phone", "advertising")),
        ("sms: Survey", ("sms", "survey")),
        ("draws", ("draws", "draws")),
        ("Viber", ("Viber", "advertising")),
    ],
)
def test_channels_are_known_as_people_write_them(written: str, meant: tuple[str, str]) -> None:
    assert consent_called(written) == meant
