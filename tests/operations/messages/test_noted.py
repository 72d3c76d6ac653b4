"""What the shop noted itself is told: a coupon before its last day, a consent that was asked for; what is answered is not asked."""

from __future__ import annotations

import random
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.consents.heard import consent_replies
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.void import void_coupon
from loyalty_cli.operations.imports.consents import import_consents
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.messages.preview import preview_messages
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
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


def undo_last_use(there: SmallShop, moment: str) -> None:
    number = int(str(there.ask("SELECT max(id) FROM by_hand WHERE what = 'redeem'")[0][0]))
    revert(there.at(moment), number, Asked(by="Ola", reason="typed twice", key=moment))


def test_a_coupon_whose_use_was_undone_is_told_of(shop: SmallShop) -> None:
    """And it stands as issued again where coupons are listed."""
    with_messages(shop, REMINDS)
    night(shop, "2026-10-02")
    redeem_coupon(shop.at("2026-10-20T10:00"), code_of(shop), AtTheTill(by="Ola"))
    undo_last_use(shop, "2026-10-22T10:00")
    for name, days in (("coupons", None), ("lapsing-coupons", 30)):
        (row,) = report(shop.at("2026-10-22T11:00"), name, Wanted(days=days)).tables[0].rows
        assert code_of(shop) in row
        assert name != "coupons" or "issued" in row
    assert [night(shop, f"2026-10-{day}") for day in (23, 28, 29)] == [0, 1, 0]


def test_a_coupon_that_comes_back_after_its_day_is_told_of_at_once_and_never_twice(shop: SmallShop) -> None:
    with_messages(shop, REMINDS)
    night(shop, "2026-10-02")
    redeem_coupon(shop.at("2026-10-20T10:00"), code_of(shop), AtTheTill(by="Ola"))
    assert night(shop, "2026-10-29") == 0
    undo_last_use(shop, "2026-10-29T12:00")
    assert night(shop, "2026-10-30") == 1
    redeem_coupon(shop.at("2026-10-30T12:00"), code_of(shop), AtTheTill(by="Ola"))
    undo_last_use(shop, "2026-10-30T13:00")
    assert night(shop, "2026-10-31") == 0


def test_the_night_puts_back_a_coupon_whose_use_was_undone_without_a_word(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    """As older releases did: the coupon could be used again, and its last event was the use."""
    with_messages(shop, REMINDS)
    night(shop, "2026-10-02")
    redeem_coupon(shop.at("2026-10-20T10:00"), code_of(shop), AtTheTill(by="Ola"))
    with monkeypatch.context() as older:
        older.setattr("loyalty_cli.store.by_hand.put_back", lambda *_, **__: None)
        undo_last_use(shop, "2026-10-22T10:00")
    assert [night(shop, f"2026-10-{day}") for day in (23, 28, 29)] == [0, 1, 0]
    assert shop.ask("SELECT what FROM coupon_event ORDER BY id") == [("issued",), ("used",), ("issued",)]


def test_every_night_and_now_and_then_come_to_the_same(there: SmallShop) -> None:
    """Forty days of purchases, uses, some of them undone, and voids: told is who has a coupon in hand on one of its last 20 days."""
    with_messages(there, REMINDS.replace("5 days", "20 days"))
    chance = random.Random(7)
    cards, undone = [ANA, BORIS], list[int]()
    for card in cards:
        member_add(there.shop, card, MemberWishes(name=card, email=f"{card}@example.com"))
    for receipt, day in enumerate(range(day_from_iso("2026-10-01"), day_from_iso("2026-11-10"))):
        there.export(f"market-{day}.csv", [sold(receipt, f"{iso(day)} 10:00", chance.choice(cards), f"{chance.randrange(60, 140)}.00")])
        open_ones = there.ask(f"SELECT code FROM coupon WHERE {IN_HAND}")
        if open_ones and chance.random() < 0.3:
            code = str(chance.choice(open_ones)[0])
            if chance.random() < 0.6:
                redeem_coupon(there.at(f"{iso(day)}T12:00"), code, AtTheTill(by="Ola"))
                undone = [*undone, day + chance.randrange(4)] if chance.random() < 0.6 else undone
            else:
                void_coupon(there.at(f"{iso(day)}T12:00"), code, by="Ola", reason="lost")
        if day in undone:
            undo_last_use(there, f"{iso(day)}T13:00")
            undone = []
        if chance.random() < 0.6:
            nightly(there.at(f"{iso(day + 1)}T02:00"))
    nightly(there.at("2026-11-11T02:00"))
    assert proven_books(there.at("2026-11-11T03:00")).entries == ()
    last = day_from_iso("2026-11-10")
    events: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for number, until, when, what in there.ask("SELECT c.id, until_day, day, what FROM coupon c JOIN coupon_event ON coupon_id = c.id"):
        events.setdefault((int(str(number)), int(str(until))), []).append((int(str(when)), str(what)))
    expected = {
        number
        for (number, until), told in events.items()
        for day in range(until - 20, min(until, last) + 1)
        if [what for when, what in told if when <= day][-1:] == ["issued"]
    }
    assert [what for told in events.values() for _, what in told[1:]].count("issued") > 2
    assert {number for (number,) in there.ask("SELECT cause_id FROM ledger WHERE cause_kind = 10")} == expected


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
