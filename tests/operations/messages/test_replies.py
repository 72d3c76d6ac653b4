"""What comes back to a survey by e-mail: an answer with its score, about the visit that was asked about, once."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.consents.heard import consent_replies
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.members import Hand
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import CORA
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.small_shop import SmallShop

BLOCKS = """
messages:
  how was it: {when: {one_purchase: 20.00}, purpose: survey, by: email, text: "From 0 to 10?"}
feedback: {complaint_at: 6}
senders:
  email: {by: eml, sender: Club <club@example.com>}
"""
KEPT = """SELECT m.name, f.score, f.text, s.name, f.receipt FROM feedback f JOIN member m ON m.id = f.member_id
  LEFT JOIN store s ON s.id = f.store_id ORDER BY f.id"""


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana and her husband share an address; both bought twice on 1 October and were asked on the 3rd about each visit."""
    program = there.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8") + BLOCKS, encoding="utf-8")
    for card, name in ((ANA, "Ana"), (BORIS, "Boris")):
        member_add(there.shop, card, MemberWishes(name=name, email="both@example.com"))
    there.export("market-1.csv", [sold(1, "2026-10-01 10:00", ANA, "50.00"), sold(2, "2026-10-01 11:00", BORIS, "30.00")])
    there.export("station-1.csv", [sold(1, "2026-10-01 12:00", ANA, "40.00")])
    adopt_program(there.shop, from_day=day_from_iso("2026-09-01"), by="")
    with there.shop.changing() as connection:
        day = day_from_iso("2026-09-01")
        for member in (1, 2):
            add_consent(connection, member, Consent("email", "survey", True, day), Hand(at=there.shop.moment, today=day))
    now = there.at("2026-10-03T10:00")
    nightly(now)
    assert send_messages(now, {}).data["sent"] == 3
    return there


def questions(shop: SmallShop) -> dict[str, str]:
    """The id of each question that went out, by whom and what it was about."""
    with shop.shop.reading() as connection:
        reasons = dict(connection.execute("SELECT key, reason FROM message"))
    found = {}
    for path in (shop.folder / "outbox").glob("*.eml"):
        id_ = str(message_from_bytes(path.read_bytes())["Message-ID"])
        found[reasons[id_.strip("<>").partition("@")[0]].partition(", ")[2]] = id_
    return found


def reply(folder: Path, to: str, text: str, *, id_: str = "<r1@x.example>") -> list[Path]:
    """A mailbox with one reply."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"], mail["In-Reply-To"] = "both@example.com", "Re: Club", id_, to
    mail["Date"] = "Sun, 04 Oct 2026 09:00:00 +0200"
    mail.set_content(text)
    box = folder / "reply.eml"
    box.write_bytes(bytes(mail))
    return [box]


def kept(shop: SmallShop) -> list[tuple[object, ...]]:
    with shop.shop.reading() as connection:
        return connection.execute(KEPT).fetchall()


def test_an_answer_is_that_of_whom_the_question_went_to_and_about_the_visit_it_asked_about(shop: SmallShop, tmp_path: Path) -> None:
    now, asked = shop.at("2026-10-05T10:00"), questions(shop)
    assert sorted(asked) == ["Market 1 2026-10-01", "Market 2 2026-10-01", "Station 1 2026-10-01"]
    box = reply(tmp_path, asked["Market 1 2026-10-01"], "9\nAll was well.\n\n> From 0 to 10?")
    assert consent_replies(now, box).data["answers"] == 1
    assert consent_replies(now, box).data["answers"] == 0  # the same mailbox again
    assert kept(shop) == [("Ana", 9, "9\nAll was well.", "Market", "1")]


@pytest.mark.parametrize("merged", [False, True])
def test_nobody_is_asked_again_before_the_time_is_over(shop: SmallShop, *, merged: bool) -> None:
    program = shop.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8") + "contact: {surveys: once in 30 days}\n", encoding="utf-8")
    adopt_program(shop.shop, from_day=day_from_iso("2026-10-04"), by="")
    if merged:
        member_add(shop.at("2026-10-04T10:00"), CORA, MemberWishes(name="Ana", email="ana.cora@example.com"))
        member_merge(shop.at("2026-10-04T11:00"), ANA, CORA)
    # Ana and Boris were asked on 3 October; 27 days later it is too early, 30 days later it is not.
    for number, (on, sent) in enumerate((("2026-10-29", 0), ("2026-11-01", 1)), 7):
        shop.export(f"market-{number}.csv", [sold(number, f"{on} 10:00", ANA, "50.00")])
        now = shop.at(f"{on[:8]}{int(on[8:]) + 1:02}T10:00")
        nightly(now)
        assert send_messages(now, {}).data["sent"] == sent, on


def test_yes_is_an_answer_to_a_question_not_a_consent_and_a_low_score_opens_a_case(shop: SmallShop, tmp_path: Path) -> None:
    now, asked = shop.at("2026-10-05T10:00"), questions(shop)
    assert consent_replies(now, reply(tmp_path, asked["Market 2 2026-10-01"], "Yes, 9/10")).data["confirmed"] == 0
    assert consent_replies(now, reply(tmp_path, asked["Station 1 2026-10-01"], "3, the queue", id_="<r2@x.example>")).data["answers"] == 1
    assert kept(shop) == [("Boris", 9, "Yes, 9/10", "Market", "2"), ("Ana", 3, "3, the queue", "Station", "1")]
    with shop.shop.reading() as connection:
        assert connection.execute("SELECT member_id, text FROM complaint").fetchall() == [(1, "3, the queue")]
    assert not check(now).exit_code


def test_who_leaves_by_answering_a_question_is_the_one_who_was_asked(shop: SmallShop, tmp_path: Path) -> None:
    now, asked = shop.at("2026-10-05T10:00"), questions(shop)
    assert consent_replies(now, reply(tmp_path, asked["Market 2 2026-10-01"], "stop")).data["left"] == 1
    with shop.shop.reading() as connection:
        left = "SELECT DISTINCT member_id FROM consent WHERE given = 0"
        assert connection.execute(left).fetchall() == [(2,)]
