"""What the shop noted itself is told: a coupon before its last day, a consent that was asked for; what is answered is not asked."""

from __future__ import annotations

import random
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.void import void_coupon
from loyalty_cli.operations.imports.consents import import_consents
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.mailboxes.heard import consent_replies
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.messages.preview import preview_messages
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store.coupons.coupons import IN_HAND
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.members import Hand
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.small_shop import SmallShop

SENDERS = "senders: {email: {by: eml, sender: Club <club@example.com>}}\n"
REMINDS = """
messages:
  use it: {when: {coupon_lapses: 5 days before}, purpose: service, by: email, drop_after: 3 days, text: "{coupons} until {coupon_day}"}
"""
ASKS = """
messages:
  confirm: {when: {consent: asked}, purpose: service, by: email, text: "May we write to you? Answer yes."}
"""


def with_messages(there: SmallShop, blocks: str, *, since: str = "2026-09-01") -> None:
    program = there.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8") + SENDERS + blocks, encoding="utf-8")
    adopt_program(there.shop, from_day=day_from_iso(since), by="")


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana and Boris can be written to; Ana's purchase of 1 October brings a coupon on the 2nd, good through 1 November."""
    for card, name in ((ANA, "Ana"), (BORIS, "Boris")):
        member_add(there.shop, card, MemberWishes(name=name, email=f"{name}@example.com"))
    there.export("market-1.csv", [sold(1, "2026-10-01 10:00", ANA, "150.00")])
    return there


def night(there: SmallShop, day: str) -> int:
    """A night and what it sends; the books are what a replay from the start finds."""
    now = there.at(f"{day}T10:00")
    nightly(now)
    sent = send_messages(now, {}).data["sent"]
    proof = proven_books(now)
    assert (proof.entries, proof.standings) == ((), ())
    return int(str(sent))


def code_of(there: SmallShop) -> str:
    return str(there.ask("SELECT code FROM coupon ORDER BY id DESC LIMIT 1")[0][0])


def test_a_coupon_is_told_of_once_before_its_last_day(shop: SmallShop) -> None:
    with_messages(shop, REMINDS)
    # 1 November less five days is 27 October, a day that the night of the 28th works through.
    assert [night(shop, f"2026-10-{day:02}") for day in (2, 3, 27, 28, 29)] == [0, 0, 0, 1, 0]
    (mail,) = (shop.folder / "outbox").glob("*.eml")
    assert f"{code_of(shop)} until 2026-11-01" in mail.read_text(encoding="utf-8")


def test_who_used_it_before_is_not_told(shop: SmallShop) -> None:
    with_messages(shop, REMINDS)
    night(shop, "2026-10-02")
    redeem_coupon(shop.at("2026-10-20T10:00"), code_of(shop), AtTheTill(by="Ola"))
    assert [night(shop, f"2026-10-{day}") for day in (28, 29)] == [0, 0]
    assert shop.ask("SELECT count(*) FROM ledger JOIN asset a ON a.id = asset_id WHERE a.name LIKE 'message:%'") == [(0,)]


def test_who_uses_it_between_the_night_and_the_sending_is_not_told(shop: SmallShop) -> None:
    with_messages(shop, REMINDS)
    night(shop, "2026-10-02")
    nightly(shop.at("2026-10-28T04:00"))
    assert preview_messages(shop.at("2026-10-28T05:00")).data["states"] == {"ready": 1}
    redeem_coupon(shop.at("2026-10-28T09:00"), code_of(shop), AtTheTill(by="Ola"))
    assert preview_messages(shop.at("2026-10-28T09:30")).data["states"] == {}
    assert night(shop, "2026-10-28") == 0


def test_a_withdrawn_coupon_is_not_told_of(shop: SmallShop) -> None:
    with_messages(shop, REMINDS)
    night(shop, "2026-10-02")
    shop.export("market-2.csv", [sold(2, "2026-10-20 10:00", ANA, "-150.00")])
    assert night(shop, "2026-10-21") == 0
    assert shop.ask("SELECT what FROM coupon_event ORDER BY id DESC LIMIT 1") == [("withdrawn",)]
    assert night(shop, "2026-10-28") == 0


def test_a_voided_coupon_is_not_told_of(shop: SmallShop) -> None:
    with_messages(shop, REMINDS)
    night(shop, "2026-10-02")
    void_coupon(shop.at("2026-10-27T15:00"), code_of(shop), by="Ola", reason="lost")
    assert night(shop, "2026-10-28") == 0


def test_coupons_issued_before_the_program_asked_are_told_of_too(shop: SmallShop) -> None:
    night(shop, "2026-10-02")
    night(shop, "2026-10-10")
    with_messages(shop, REMINDS, since="2026-10-12")
    assert [night(shop, f"2026-10-{day}") for day in (13, 28, 29)] == [0, 1, 0]


def test_every_night_and_now_and_then_come_to_the_same(there: SmallShop) -> None:
    """Forty days of purchases, uses and voids: who is told is who holds a coupon on the fifth day before its last."""
    with_messages(there, REMINDS.replace("5 days", "20 days"))
    chance = random.Random(7)
    cards = [ANA, BORIS]
    for card in cards:
        member_add(there.shop, card, MemberWishes(name=card, email=f"{card}@example.com"))
    for receipt, day in enumerate(range(day_from_iso("2026-10-01"), day_from_iso("2026-11-10"))):
        there.export(f"market-{day}.csv", [sold(receipt, f"{iso(day)} 10:00", chance.choice(cards), f"{chance.randrange(60, 140)}.00")])
        open_ones = there.ask(f"SELECT code FROM coupon WHERE {IN_HAND}")
        if open_ones and chance.random() < 0.3:
            code = str(chance.choice(open_ones)[0])
            if chance.random() < 0.5:
                redeem_coupon(there.at(f"{iso(day)}T12:00"), code, AtTheTill(by="Ola"))
            else:
                void_coupon(there.at(f"{iso(day)}T12:00"), code, by="Ola", reason="lost")
        if chance.random() < 0.6:
            nightly(there.at(f"{iso(day + 1)}T02:00"))
    nightly(there.at("2026-11-11T02:00"))
    assert proven_books(there.at("2026-11-11T03:00")).entries == ()
    # By plain SQL: the day to tell has come by 10 November, and on it nothing had ended the coupon yet.
    told = """SELECT c.id FROM coupon c WHERE c.until_day - 20 <= :day AND NOT EXISTS (
      SELECT 1 FROM coupon_event e WHERE e.coupon_id = c.id AND e.what IN ('used', 'voided') AND e.day <= c.until_day - 20)"""
    with there.shop.reading() as connection:
        expected = {number for (number,) in connection.execute(told, {"day": day_from_iso("2026-11-10")})}
        assert expected
        assert {number for (number,) in connection.execute("SELECT cause_id FROM ledger WHERE cause_kind = 10")} == expected


def asked(there: SmallShop, moment: str, member: int = 1, *, given: bool | None = None) -> None:
    now = there.at(moment)
    with now.changing() as connection:
        day = day_from_iso(moment[:10])
        add_consent(connection, member, Consent("email", "advertising", given, day, source="web form"), Hand(at=now.moment, today=day))


def answer(folder: Path, sender: str, text: str) -> Path:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"], mail["Date"] = sender, "<a@example.com>", "Sun, 04 Oct 2026 12:00:00 +0000"
    mail.set_content(text)
    folder.mkdir()
    (folder / "1.eml").write_bytes(bytes(mail))
    return folder


def test_a_consent_asked_for_is_asked_about_once_and_yes_confirms_it(shop: SmallShop) -> None:
    with_messages(shop, ASKS)
    asked(shop, "2026-10-02T12:00")
    assert [night(shop, f"2026-10-{day:02}") for day in (2, 3, 4)] == [0, 1, 0]
    done = consent_replies(shop.at("2026-10-04T13:00"), [answer(shop.folder / "box", "Ana <Ana@example.com>", "Yes, gladly.")])
    assert done.data["confirmed"] == 1
    assert shop.ask("SELECT given, source FROM consent ORDER BY id") == [(None, "web form"), (1, "reply")]


@pytest.mark.parametrize("given", [True, False])
def test_who_has_answered_before_the_question_goes_is_not_asked(shop: SmallShop, *, given: bool) -> None:
    with_messages(shop, ASKS)
    asked(shop, "2026-10-02T12:00")
    nightly(shop.at("2026-10-03T04:00"))
    asked(shop, "2026-10-03T09:00", given=given)
    assert night(shop, "2026-10-03") == 0


def test_a_list_of_consents_that_is_taken_back_asks_nobody(shop: SmallShop) -> None:
    with_messages(shop, ASKS)
    there = shop.at("2026-10-03T12:00")
    listed = shop.folder / "asked.csv"
    listed.write_text(f"card,date,channel,agreed\n{ANA},2026-10-02,email,asked\n", encoding="utf-8")
    import_consents(there, [str(listed)])
    nightly(shop.at("2026-10-04T04:00"))
    assert preview_messages(shop.at("2026-10-04T05:00")).data["states"] == {"ready": 1}
    (number,) = shop.ask("SELECT id FROM import WHERE kind = 'consents'")[0]
    import_revert(shop.at("2026-10-04T06:00"), int(str(number)))
    assert night(shop, "2026-10-04") == 0
