"""A small shop's messages from the receipt to the folder of mails: once at most, only with consent, told when given up."""

from __future__ import annotations

import re
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.messages.check import check_texts
from loyalty_cli.operations.messages.listed import list_messages
from loyalty_cli.operations.messages.listed import resolve_message
from loyalty_cli.operations.messages.preview import preview_messages
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.messages.send import Sending
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.shop.status import status
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.members import Hand
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loyalty_cli.operations.open_shop import Shop
    from tests.operations.small_shop import SmallShop

BLOCKS = """
messages:
  thanks:
    when: {one_purchase: 20.00}
    after: 1 day
    purpose: service
    by: email
    text: {en: "Thank you, {first_name}!", pl: "{Drogi|Droga} {first_name}, dziękujemy! Punkty: {points}"}
    subject: {en: Thank you, pl: Dziękujemy}
  news:
    when: {one_purchase: 100.00}
    by: [sms, email]
    text: "New fabrics!"
contact: {says_second: kobiety}
senders:
  email: {by: eml, sender: Club <club@example.com>, unsubscribe: club@example.com}
"""

GREETING = """
messages:
  birthday: {when: {birthday: 1 day before}, after: 1 day, purpose: service, by: email, text: "Happy birthday!"}
senders:
  email: {by: eml, sender: Club <club@example.com>}
"""


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana (Polish) buys for 120.00 on 1 October, Boris, of whom no address is known, for 30.00; it is 3 October."""
    program = there.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8") + BLOCKS, encoding="utf-8")
    women = (ListedGroup("kobiety", day_from_iso("2026-09-01")),)
    member_add(there.shop, ANA, MemberWishes(name="Ana Nowak", email="ana@example.com", language="pl", groups=women))
    member_add(there.shop, BORIS, MemberWishes(name="Boris"))
    there.export("market-1.csv", [sold(1, "2026-10-01 10:00", ANA, "120.00"), sold(2, "2026-10-01 11:00", BORIS, "30.00")])
    adopt_program(there.shop, from_day=day_from_iso("2026-09-01"), by="")
    nightly(there.at("2026-10-03T10:00"))
    return there


def consent(shop: Shop, *, given: bool = True) -> None:
    with shop.changing() as connection:
        (member,) = connection.execute("SELECT member_id FROM card WHERE number = ?", (ANA,)).fetchone()
        day = 2461315 if given else 2461317
        add_consent(connection, member, Consent("email", "advertising", given, day), Hand(at=shop.moment, today=day))


def mails(shop: SmallShop) -> list[Any]:
    return [message_from_bytes(path.read_bytes()) for path in sorted((shop.folder / "outbox").glob("*.eml"))]


def states(shop: Shop) -> dict[tuple[str, str], str]:
    (table,) = preview_messages(shop).tables
    return {(str(row[0]), str(row[2])): str(row[3]) for row in table.rows}


def test_who_gets_what_and_who_nothing_and_why(shop: SmallShop) -> None:
    assert states(shop.at("2026-10-03T10:00")) == {
        ("thanks", "Ana Nowak"): "ready",
        ("thanks", "Boris"): "no address",
        ("news", "Ana Nowak"): "no consent",
    }


def test_a_message_goes_once_in_the_members_language_and_form(shop: SmallShop) -> None:
    now = shop.at("2026-10-03T10:00")
    assert send_messages(now, {}).data["sent"] == 1
    (mail,) = mails(shop)
    assert mail["To"].endswith("ana@example.com>") or mail["To"] == "ana@example.com"
    text = next(part for part in mail.walk() if part.get_content_type() == "text/plain").get_payload(decode=True).decode()
    assert text.strip() == "Droga Ana, dziękujemy! Punkty: 120"
    assert send_messages(now, {}).data["sent"] == 0
    assert len(mails(shop)) == 1


def test_advertising_needs_the_consent_and_tells_how_to_leave(shop: SmallShop) -> None:
    now = shop.at("2026-10-03T10:00")
    consent(now)
    assert send_messages(now, {}).data["sent"] == 2
    news = next(mail for mail in mails(shop) if "New fabrics!" in mail.as_string() or mail["List-Unsubscribe"])
    assert "club@example.com" in news["List-Unsubscribe"]


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Does something after the plan, just before the first message is claimed."""

    def arranged(happens: Callable[[], object]) -> None:
        claim, done = Sending.claim, list[object]()

        def late(sending: Sending, each: Any) -> Any:
            if not done:
                done.append(happens())
            return claim(sending, each)

        monkeypatch.setattr(Sending, "claim", late)

    return arranged


def test_a_consent_withdrawn_between_plan_and_send_stops_it(shop: SmallShop, between: Any) -> None:
    now = shop.at("2026-10-03T10:00")
    consent(now)
    between(lambda: consent(now, given=False))
    assert send_messages(now, {}).data["sent"] == 1  # the thanks


def test_who_is_erased_between_plan_and_send_gets_nothing(shop: SmallShop, between: Any) -> None:
    now = shop.at("2026-10-03T10:00")
    between(lambda: member_erase(now, ANA, Asked(by="Ewa", reason="asked for it")))
    assert send_messages(now, {}).data["sent"] == 0
    assert mails(shop) == []


def test_who_becomes_another_between_plan_and_send_is_written_once_the_ledger_knows(shop: SmallShop, between: Any) -> None:
    now = shop.at("2026-10-03T10:00")
    between(lambda: member_merge(now, ANA, BORIS))
    assert send_messages(now, {}).data["sent"] == 0
    # The thanks for Ana's receipt and for Boris's, who has her address now.
    later = shop.at("2026-10-03T11:00")
    nightly(later)
    assert [send_messages(later, {}).data["sent"] for _ in range(2)] == [2, 0]


def test_a_greeting_goes_on_the_day_and_not_again_after_a_merge(there: SmallShop) -> None:
    program = there.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8") + GREETING, encoding="utf-8")
    joined = there.at("2026-09-02T10:00")
    # Boris is the older member, so that the first card of both together is another one.
    member_add(joined, BORIS, MemberWishes(name="Ana N", email="ana@example.com"))
    member_add(joined, ANA, MemberWishes(name="Ana Nowak", email="ana@example.com", birthday="1990-10-03"))
    adopt_program(there.shop, from_day=day_from_iso("2026-09-01"), by="")
    for day, sent in (("2026-10-02", 0), ("2026-10-03", 1), ("2026-10-04", 0), ("2026-10-05", 0)):
        now = there.at(f"{day}T10:00")
        nightly(now)
        assert send_messages(now, {}).data["sent"] == sent, day
        if day == "2026-10-03":
            member_merge(now, ANA, BORIS)


def test_a_return_before_it_goes_takes_the_thanks_away(shop: SmallShop) -> None:
    shop.export("market-2.csv", [sold(3, "2026-10-02 10:00", ANA, "-120.00", quantity="-1")])
    later = shop.at("2026-10-04T10:00")
    nightly(later)
    assert ("thanks", "Ana Nowak") not in states(later)


def test_what_is_too_late_is_dropped_and_told(shop: SmallShop) -> None:
    # Due on 2 October, at most seven days late: 9 October.
    late = shop.at("2026-10-10T10:00")
    outcome = send_messages(late, {})
    assert (outcome.data["sent"], outcome.data["dropped"]) == (0, 3)
    (table,) = list_messages(late, first=0, last=10**7, doubtful=False, why=True).tables
    assert {(row[1], row[4], row[7]) for row in table.rows} == {("thanks", "dropped", "too late"), ("news", "dropped", "too late")}
    assert any("Market 1 2026-10-01" in str(row[-1]) for row in table.rows)


def use(shop: SmallShop, way: str) -> None:
    """Another way out for e-mail."""
    program = shop.folder / "program.yaml"
    program.write_text(re.sub("{by: [a-z]+,", f"{{by: {way},", program.read_text(encoding="utf-8")), encoding="utf-8")


def crash_at(monkeypatch: pytest.MonkeyPatch, where: object, name: str, now: Shop) -> None:
    """Sending is killed when it comes to a function."""

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(where, name, crash)
        with pytest.raises(KeyboardInterrupt):
            send_messages(now, {})


def test_a_crash_after_the_claim_leaves_it_doubtful_until_somebody_says(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    now = shop.at("2026-10-03T10:00")
    use(shop, "mbox")
    crash_at(monkeypatch, Sending, "note", now)
    use(shop, "eml")
    # Begun by another way, which the folder can not show.
    assert send_messages(now, {}).data["sent"] == 0  # never twice
    (table,) = list_messages(now, first=0, last=10**7, doubtful=True).tables
    (row,) = table.rows
    assert (row[1], row[4]) == ("thanks", "begun")
    key = str(row[-1])
    resolve_message(now, key, "again", by="Ewa", reason="the folder was empty")
    assert send_messages(now, {}).data["sent"] == 1
    with pytest.raises(Refused, match="Nothing is doubtful"):
        resolve_message(now, key, "sent", by="Ewa", reason="")


def test_doubtful_messages_are_told_until_somebody_says_of_all_at_once(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    now = shop.at("2026-10-03T10:00")
    consent(now)
    use(shop, "mbox")
    crash_at(monkeypatch, Sending, "note", now)
    # The thanks and the news went into the outbox, and nobody noted it.
    for told in (send_messages(now, {}), nightly(now), status(now)):
        assert sum("Of 2 messages nobody knows" in str(warning) for warning in told.warnings) == 1
    resolved = resolve_message(now, "all", "sent", by="Ewa", reason="they lie in the folder")
    assert "2 messages were resolved." in str(resolved.said[0]).replace("{count}", "2")
    assert not any("nobody knows" in str(warning) for warning in status(now).warnings)


def test_no_way_out_leaves_everything_due(shop: SmallShop) -> None:
    program = shop.folder / "program.yaml"
    text = program.read_text(encoding="utf-8")
    program.write_text(text[: text.index("senders:")], encoding="utf-8")
    outcome = send_messages(shop.at("2026-10-03T10:00"), {})
    assert outcome.exit_code
    assert "no way out for email" in str(outcome.warnings[0])
    # The message that was to go waits beside those that waited before, and is not lost from the count.
    tried = send_messages(shop.at("2026-10-03T10:00"), {}, dry_run=True).data
    assert (tried["sent"], tried["waiting"], outcome.data["waiting"]) == (1, 2, 3)
    assert states(shop.at("2026-10-03T10:00"))["thanks", "Ana Nowak"] == "ready"


def test_every_text_is_tried_on_everybody(shop: SmallShop) -> None:
    (table,) = check_texts(shop.at("2026-10-03T10:00")).tables
    # Boris has no language, so the program's: "Thank you, Boris!" has 17 letters; nothing is missing.
    assert [row[:6] for row in table.rows] == [
        ("news", "en", 2, 12, 1, 0),
        ("thanks", "en", 1, 17, None, 0),
        ("thanks", "pl", 1, 34, None, 0),
    ]
