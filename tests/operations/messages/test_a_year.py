"""A year of a shop, every few nights: what anybody got is explained, agreed to, below the caps, and nothing to who complains.

The shop lives by its own verbs; what went out is checked by plain SQL over the tables, without a line of the planning.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.feedback.add import complaint_add
from loyalty_cli.operations.feedback.settle import feedback_close
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.messages.listed import list_messages
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.members import Hand
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.small_shop import Row
    from tests.operations.small_shop import SmallShop

NIGHTS = "nightly: [backup, import, recalc, coupons]"
TALKS = """
nightly: [import, recalc, messages]
contact: {at_most: 3 in 30 days, hours: 0:00 to 24:00, no_advertising_on: sunday}
senders: {email: {by: mbox, sender: Club <club@example.com>}}
messages:
  thanks:    {when: {one_purchase: 150.00}, after: 1 day, purpose: service, by: email, text: "Thank you, {first_name}!"}
  birthday:  {when: {birthday: 1 day before}, after: 1 day, by: email, priority: 2, text: "Happy birthday, {first_name}!"}
  survey:    {when: {visits: 5, times: every time}, after: 2 days, purpose: survey, by: email, text: "How was it?"}
  news:      {when: {one_purchase: 60.00}, by: email, text: "New fabrics!"}
  statement: {when: {each_month: 1}, purpose: service, by: email, drop_after: 3 days, text: "{points} points. {progress}"}
"""
FIRST, LAST = day_from_iso("2026-09-01"), day_from_iso("2027-08-31")
CARDS = [f"29000410{number:05}" for number in range(6)]
EVERY = 8
BY_HAND = Asked(by="Ewa", reason="at the counter")

# A message goes for advertising or a survey only with the last answer of its day being yes.
WITHOUT_CONSENT = """
SELECT m.name, date(e.day), m.member_id FROM message m JOIN message_event e ON e.message_id = m.id AND e.what = 'begun'
 WHERE m.purpose <> 'service' AND coalesce((SELECT given FROM consent c WHERE c.member_id = m.member_id AND c.channel = e.channel
   AND c.purpose = m.purpose AND c.from_day <= e.day AND c.gone = 0 ORDER BY c.from_day DESC, c.id DESC LIMIT 1), 0) <> 1"""
ABOVE_THE_CAP = """
SELECT a.member_id, date(ea.day), count(*) FROM message a JOIN message_event ea ON ea.message_id = a.id AND ea.what = 'begun'
  JOIN message b ON b.member_id = a.member_id AND b.purpose <> 'service'
  JOIN message_event eb ON eb.message_id = b.id AND eb.what = 'begun' AND eb.day BETWEEN ea.day - 29 AND ea.day
 WHERE a.purpose <> 'service' GROUP BY a.id HAVING count(*) > 3"""
TO_WHO_COMPLAINS = """
SELECT m.name, date(e.day) FROM message m JOIN message_event e ON e.message_id = m.id AND e.what = 'begun'
  JOIN complaint c ON c.member_id = m.member_id AND c.day <= e.day
 WHERE m.purpose <> 'service' AND NOT EXISTS (
   SELECT 1 FROM complaint_step s WHERE s.complaint_id = c.id AND s.what = 'settled' AND s.day <= e.day)"""
TWICE = "SELECT message_id FROM message_event WHERE what = 'sent' GROUP BY 1 HAVING count(*) > 1"
ON_SUNDAY = """
SELECT date(e.day) FROM message m JOIN message_event e ON e.message_id = m.id AND e.what = 'begun'
 WHERE m.purpose = 'advertising' AND strftime('%w', date(e.day)) = '0'"""
TOO_LATE = """
SELECT m.name FROM message m JOIN message_event e ON e.message_id = m.id AND e.what = 'begun' WHERE e.day > m.due_on + 2 + 7"""
# Every message but for the entry of the ledger that it is for: due by then, for this member, under its name.
UNEXPLAINED = """
SELECT m.name, m.due_on FROM message m WHERE NOT EXISTS (
  SELECT 1 FROM ledger l JOIN asset a ON a.id = l.asset_id WHERE a.name = 'message:' || m.name AND l.member_id = m.member_id
    AND l.effective_on = m.due_on AND l.quantity > 0)"""
COUNTS = "SELECT m.name, e.what, count(*) FROM message m JOIN message_event e ON e.message_id = m.id GROUP BY 1, 2"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> SmallShop:
    """The shop after its year."""
    return a_year(tmp_path_factory.mktemp("year") / "shop")


def a_year(folder: Path) -> SmallShop:
    """Six members, two receipts a day, a night every eighth day."""
    there = small_shop(folder)
    program = there.folder / "program.yaml"
    tenth = "rewards:\n  tenth: {when: {visits: 10}, give: {points: 5}}\n"
    program.write_text(program.read_text(encoding="utf-8").replace(NIGHTS, TALKS).replace("rewards:\n", tenth), encoding="utf-8")
    chance = random.Random(4)
    for number, card in enumerate(CARDS):
        born = iso(FIRST - 9000 + 37 * number)
        member_add(there.at("2026-09-01T06:00"), card, MemberWishes(name=f"Member {number}", email=f"m{number}@example.com", birthday=born))
    adopt_program(there.shop, from_day=FIRST, by="")
    receipt = 0
    open_cases: list[int] = []
    for day in range(FIRST, LAST + 1, EVERY):
        rows: list[Row] = []
        for bought in range(day, day + EVERY):
            for card in chance.sample(CARDS, 2):
                receipt += 1
                rows.append(sold(receipt, f"{iso(bought)} 12:00", card, f"{chance.randrange(10, 200)}.00"))
        night = there.at(f"{iso(day + EVERY)}T08:00")
        there.export(f"market-{day}.csv", rows)
        answers(there, night.moment, day + EVERY, chance)
        complains(there, f"{iso(day + EVERY)}T07:00", chance, open_cases)
        nightly(night)
    return there


def answers(there: SmallShop, at: str, day: int, chance: random.Random) -> None:
    """Some give a consent or take it back."""
    with there.shop.changing() as connection:
        known = dict(connection.execute("SELECT number, member_id FROM card"))
        for card in chance.sample(CARDS, 2):
            purpose = chance.choice(["advertising", "survey"])
            consent = Consent("email", purpose, given=chance.random() < 0.7, day=day)
            add_consent(connection, known[card], consent, Hand(at=at, today=day))


def complains(there: SmallShop, moment: str, chance: random.Random, open_cases: list[int]) -> None:
    """Now and then somebody complains, and a complaint is settled."""
    if open_cases and chance.random() < 0.3:
        feedback_close(there.at(moment), open_cases.pop(0), replace(BY_HAND, key=f"{moment} closed"))
    if chance.random() < 0.2:
        case = complaint_add(there.at(moment), chance.choice(CARDS), "The zip broke.", replace(BY_HAND, key=moment))
        open_cases.append(int(str(case.data["case"])))


def rows(there: SmallShop, question: str) -> list[tuple[object, ...]]:
    with there.shop.reading() as connection:
        return connection.execute(question).fetchall()


def test_enough_happened_for_the_year_to_say_something(lived: SmallShop) -> None:
    counts = {(name, what): count for name, what, count in rows(lived, COUNTS)}
    assert {name for name, what in counts if what == "sent"} == {"thanks", "birthday", "survey", "news", "statement"}
    assert counts["news", "sent"] > 20  # type: ignore[operator]
    assert counts["news", "dropped"] > 20  # type: ignore[operator]


@pytest.mark.parametrize("question", [WITHOUT_CONSENT, ABOVE_THE_CAP, TO_WHO_COMPLAINS, TWICE, ON_SUNDAY, TOO_LATE, UNEXPLAINED])
def test_nobody_got_what_they_should_not(lived: SmallShop, question: str) -> None:
    assert rows(lived, question) == []


def test_every_question_finds_what_it_looks_for(lived: SmallShop) -> None:
    """Each question over the same year with its condition turned round finds something, so that it can fail."""
    assert rows(lived, WITHOUT_CONSENT.replace("<> 1", "= 1"))
    assert rows(lived, ABOVE_THE_CAP.replace("> 3", "= 3"))
    assert rows(lived, TO_WHO_COMPLAINS.replace("<> 'service'", "= 'service'"))
    assert rows(lived, TWICE.replace("> 1", "= 1"))
    assert rows(lived, ON_SUNDAY.replace("= 'advertising'", "= 'service'"))
    assert rows(lived, TOO_LATE.replace("> m.due_on + 2 + 7", "<= m.due_on + 2 + 7"))
    assert rows(lived, UNEXPLAINED.replace("NOT EXISTS", "EXISTS"))


def test_the_list_says_of_every_message_what_it_was_for(lived: SmallShop) -> None:
    (table,) = list_messages(lived.shop, first=FIRST, last=LAST + 10, doubtful=False, why=True).tables
    kept = rows(lived, "SELECT count(*) FROM message")[0][0]
    assert len(table.rows) == kept
    for row in table.rows:
        reason = str(row[-1])
        assert reason.startswith(f"rewards.message {row[1]}, ")
        # A purchase by store, receipt and day; what comes of a day by that.
        assert reason.rsplit(maxsplit=1)[-1].startswith("202")
        assert row[1] not in {"thanks", "news"} or " Market " in reason
