"""What becomes of a message, one reason at a time, and a member's messages together."""

from __future__ import annotations

from typing import Any

from loyalty_cli.messages.planning import Clock
from loyalty_cli.messages.planning import Person
from loyalty_cli.messages.planning import planned
from loyalty_cli.model.consent import Consent
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.message import DueMessage
from loyalty_cli.program.blocks.messages import Contact
from loyalty_cli.program.blocks.messages import MessageTerms

MONDAY = day_from_iso("2026-11-30")
NOON = 43_200
GIVEN = (Consent("email", "advertising", True, MONDAY - 100), Consent("email", "survey", True, MONDAY - 100))
ANA = Person(addresses={"email": "ana@example.com", "sms": "+48600000000"}, consents=GIVEN)


def terms(**said: Any) -> MessageTerms:
    return MessageTerms.model_validate({"text": "Hello", **said})


def due(name: str = "offer", since: str = "2026-11-30") -> DueMessage:
    return DueMessage(f"key of {name}", 1, name, day_from_iso(since))


def states(
    *dues: DueMessage, person: Person = ANA, contact: dict[str, Any] | None = None, day: int = MONDAY, **messages: Any
) -> list[tuple[str, str, str]]:
    found = planned(dues, messages, Contact.model_validate(contact or {}), person, Clock(day, NOON))
    return [(one.due.name, one.state, one.channel) for one in found]


def test_the_first_way_that_is_possible_is_taken() -> None:
    offer = terms(by=["sms", "email"])
    assert states(due(), offer=offer) == [("offer", "ready", "email")]  # no consent to text messages
    (one,) = planned([due()], {"offer": offer}, Contact(), ANA, Clock(MONDAY, NOON))
    assert one.ways == ("sms: no consent",)
    assert states(due(), offer=terms(by="letter")) == [("offer", "no address", "")]
    assert states(due(), offer=terms(by="sms")) == [("offer", "no consent", "")]


def test_service_needs_no_consent_unless_somebody_wants_none() -> None:
    thanks = terms(purpose="service", by="sms")
    assert states(due("thanks"), thanks=thanks) == [("thanks", "ready", "sms")]
    none = Person(addresses=ANA.addresses, consents=(Consent("sms", "service", False, MONDAY),))
    assert states(due("thanks"), person=none, thanks=thanks) == [("thanks", "no consent", "")]


def test_a_consent_holds_from_its_day_until_it_is_withdrawn() -> None:
    gone = Person(addresses=ANA.addresses, consents=(*GIVEN, Consent("email", "advertising", False, MONDAY, number=9)))
    assert states(due(), person=gone, offer=terms()) == [("offer", "no consent", "")]
    later = Person(addresses=ANA.addresses, consents=(Consent("email", "advertising", True, MONDAY + 1),))
    assert states(due(), person=later, offer=terms()) == [("offer", "no consent", "")]


def test_a_message_waits_for_its_day_and_is_dropped_when_it_is_too_late() -> None:
    # Since 30 November and a month: 30 December; 7 days later at most: 6 January.
    survey = terms(purpose="survey", after="1 month", drop_after="7 days")
    (one,) = planned([due("survey")], {"survey": survey}, Contact(), ANA, Clock(MONDAY, NOON))
    assert (one.state, iso(one.on)) == ("not yet", "2026-12-30")
    for day, state in (("2026-12-29", "not yet"), ("2026-12-30", "ready"), ("2027-01-06", "ready"), ("2027-01-07", "too late")):
        assert states(due("survey"), day=day_from_iso(day), survey=survey)[0][1] == state


def test_a_month_after_the_last_day_of_january_is_the_last_of_february() -> None:
    survey = terms(purpose="survey", after="1 month")
    (one,) = planned([due("survey", "2027-01-31")], {"survey": survey}, Contact(), ANA, Clock(MONDAY, NOON))
    assert iso(one.on) == "2027-02-28"


def test_an_open_complaint_silences_everything_but_service() -> None:
    angry = Person(addresses=ANA.addresses, consents=GIVEN, complains=True)
    messages: dict[str, Any] = {"offer": terms(), "thanks": terms(purpose="service"), "survey": terms(purpose="survey")}
    found = states(due("offer"), due("thanks"), due("survey"), person=angry, **messages)
    assert {(name, state) for name, state, _ in found} == {
        ("offer", "an open complaint"), ("survey", "an open complaint"), ("thanks", "ready"),
    }  # fmt: skip


def test_the_most_important_goes_first_and_the_others_wait_when_it_is_enough() -> None:
    messages: dict[str, Any] = {
        "offer": terms(), "greeting": terms(priority="5"), "survey": terms(purpose="survey"), "thanks": terms(purpose="service"),
    }  # fmt: skip
    dues = [due("offer", "2026-11-28"), due("greeting"), due("survey", "2026-11-29"), due("thanks")]
    found = states(*dues, contact={"at_most": "2 in 7 days"}, **messages)
    assert found == [
        ("greeting", "ready", "email"),  # priority 5
        ("offer", "ready", "email"),  # due since the 28th
        ("survey", "enough for now", "email"),  # the third in seven days
        ("thanks", "ready", "email"),  # service is never held back
    ]


def test_what_went_out_before_counts_as_long_as_the_window_is() -> None:
    for days_ago, state in ((6, "enough for now"), (7, "ready")):
        person = Person(addresses=ANA.addresses, consents=GIVEN, written=(MONDAY - days_ago,))
        assert states(due(), person=person, contact={"at_most": "once in 7 days"}, offer=terms())[0][1] == state


def test_a_member_is_asked_for_an_opinion_so_often_only_whichever_survey_it_is() -> None:
    surveys: dict[str, Any] = {"visit": terms(purpose="survey"), "year": terms(purpose="survey"), "offer": terms()}
    cap = {"surveys": "once in 90 days"}
    dues = [due("visit", "2026-11-28"), due("year", "2026-11-29"), due("offer")]
    # The older one goes and the other waits; an offer is no question.
    found = [(name, state) for name, state, _ in states(*dues, contact=cap, **surveys)]
    assert found == [("visit", "ready"), ("year", "enough for now"), ("offer", "ready")]
    for days_ago, state in ((89, "enough for now"), (90, "ready")):
        person = Person(addresses=ANA.addresses, consents=GIVEN, written=(MONDAY - days_ago,), asked=(MONDAY - days_ago,))
        assert states(due("visit"), person=person, contact=cap, **surveys)[0][1] == state
        # That many advertisements went out in the meantime does not matter to questions.
        told = Person(addresses=ANA.addresses, consents=GIVEN, written=(MONDAY - 1,))
        assert states(due("visit"), person=told, contact=cap, **surveys)[0][1] == "ready"


def test_hours_hold_for_everything_and_days_off_for_advertising() -> None:
    messages = {"offer": terms(), "thanks": terms(purpose="service")}
    contact = Contact.model_validate({"hours": "9:00 to 20:00", "no_advertising_on": "monday"})
    for seconds, wanted in ((8 * 3600, "not at this hour"), (9 * 3600, None), (20 * 3600 - 1, None), (20 * 3600, "not at this hour")):
        found = planned([due("offer"), due("thanks")], messages, contact, ANA, Clock(MONDAY, seconds))
        assert [one.state for one in found] == [wanted or "no advertising on this day", wanted or "ready"]


def test_at_the_till_no_hour_holds_anything_back_but_a_day_without_advertising_does() -> None:
    messages = {"offer": terms(by="cashier"), "thanks": terms(by="slip", purpose="service")}
    contact = Contact.model_validate({"hours": "9:00 to 20:00", "no_advertising_on": "monday"})
    for seconds in (8 * 3600, 12 * 3600, 21 * 3600):
        for day, wanted in ((MONDAY, "no advertising on this day"), (MONDAY + 1, "when they come")):
            found = planned([due("offer"), due("thanks")], messages, contact, ANA, Clock(day, seconds, by_name=True))
            assert [one.state for one in found] == [wanted, "when they come"]


def test_at_the_till_as_much_is_told_as_is_enough_and_it_keeps_nothing_from_being_written() -> None:
    messages: dict[str, Any] = {
        "first": terms(by="cashier", priority="5"), "second": terms(by="slip", priority="4"), "mail": terms(priority="3"),
        "third": terms(by="slip", priority="2"), "thanks": terms(by="slip", purpose="service"),
    }  # fmt: skip
    dues = [due(name) for name in messages]
    # Once: the first one; the mail goes, for they may not come this week.
    assert [state for _, state, _ in states(*dues, contact={"at_most": "once in 7 days"}, **messages)] == [
        "when they come", "enough for now", "ready", "enough for now", "when they come",
    ]  # fmt: skip
    # Three times: two are told and the mail goes, which leaves nothing for the third.
    found = [state for _, state, _ in states(*dues, contact={"at_most": "3 in 7 days"}, **messages)]
    assert found == ["when they come", "when they come", "ready", "enough for now", "when they come"]
    surveys: dict[str, Any] = {"visit": terms(by="slip", purpose="survey"), "year": terms(by="slip", purpose="survey")}
    found = [state for _, state, _ in states(due("visit"), due("year"), contact={"surveys": "once in 90 days"}, **surveys)]
    assert found == ["when they come", "enough for now"]


def test_a_call_is_held_back_as_any_other_way_is() -> None:
    given = (Consent("phone", "advertising", True, MONDAY - 9),)
    person = Person(addresses={"phone": "+48600000000"}, consents=given, written=(MONDAY - 1,))
    contact = {"at_most": "once in 7 days"}
    assert states(due(), person=person, contact=contact, offer=terms(by="phone")) == [("offer", "enough for now", "phone")]


def test_a_message_that_left_the_program_is_told_and_not_sent() -> None:
    assert states(due("gone")) == [("gone", "no text in the program", "")]
