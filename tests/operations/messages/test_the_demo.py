"""The demo shop's two years: what anybody got is explained, agreed to, below the caps, and nothing to who complains.

The demo itself has sent what was due on its morning; here its next weeks follow, with a complaint in between. What went out is
checked by plain SQL over the tables, without a line of the planning.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import NEVER
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.feedback.add import complaint_add
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.messages.listed import list_messages
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.shop.demo import MORNING
from loyalty_cli.operations.shop.demo import SECRET

if TYPE_CHECKING:
    from pathlib import Path

# So many days after the demo's morning; what is due stays due for a week.
NIGHTS = (2, 7, 12, 17, 22)
# Of what goes out, what is not of service; the program's cap is 2 in 7 days and one survey in 90.
BEGUN = "message m JOIN message_event e ON e.message_id = m.id AND e.what = 'begun'"
WITHOUT_CONSENT = f"""
SELECT m.name, date(e.day), m.member_id FROM {BEGUN} WHERE m.purpose <> 'service' AND coalesce((
  SELECT given FROM consent c WHERE c.member_id = m.member_id AND c.channel = e.channel AND c.purpose = m.purpose
     AND c.from_day <= e.day AND c.gone = 0 ORDER BY c.from_day DESC, c.id DESC LIMIT 1), 0) <> 1"""
ABOVE_THE_CAP = f"""
SELECT m.member_id, date(e.day), count(*) FROM {BEGUN}
  JOIN message b ON b.member_id = m.member_id AND b.purpose <> 'service'
  JOIN message_event eb ON eb.message_id = b.id AND eb.what = 'begun' AND eb.day BETWEEN e.day - 6 AND e.day
 WHERE m.purpose <> 'service' GROUP BY m.id HAVING count(*) > 2"""
ASKED_TWICE = f"""
SELECT m.member_id FROM {BEGUN} JOIN message b ON b.member_id = m.member_id AND b.purpose = 'survey'
  JOIN message_event eb ON eb.message_id = b.id AND eb.what = 'begun' AND eb.day BETWEEN e.day - 89 AND e.day
 WHERE m.purpose = 'survey' GROUP BY m.id HAVING count(*) > 1"""
TO_WHO_COMPLAINS = f"""
SELECT m.name, date(e.day) FROM {BEGUN} JOIN complaint c ON c.member_id = m.member_id AND c.day <= e.day
 WHERE m.purpose <> 'service' AND NOT EXISTS (
   SELECT 1 FROM complaint_step s WHERE s.complaint_id = c.id AND s.what = 'settled' AND s.day <= e.day)"""
TWICE = "SELECT message_id FROM message_event WHERE what = 'sent' GROUP BY 1 HAVING count(*) > 1"
# Every message but for the entry of the ledger that it is for: due by then, for this member, under its name.
UNEXPLAINED = """
SELECT m.name, m.due_on FROM message m WHERE NOT EXISTS (
  SELECT 1 FROM ledger l JOIN asset a ON a.id = l.asset_id WHERE a.name = 'message:' || m.name AND l.member_id = m.member_id
    AND l.effective_on = m.due_on AND l.quantity > 0)"""
ALL = (WITHOUT_CONSENT, ABOVE_THE_CAP, ASKED_TWICE, TO_WHO_COMPLAINS, TWICE, UNEXPLAINED)
# Who complains on the first night: a member whom a survey is due.
WHO_COMPLAINS = """
SELECT c.number FROM ledger l JOIN asset a ON a.id = l.asset_id JOIN card c ON c.member_id = l.member_id
  JOIN consent s ON s.member_id = l.member_id AND s.purpose = 'survey' AND s.given = 1
 WHERE a.name = 'message:survey' AND l.effective_on BETWEEN ? + 5 AND ? + 20 AND l.quantity > 0
   AND l.member_id NOT IN (SELECT member_id FROM message WHERE purpose = 'survey') ORDER BY l.id LIMIT 1"""


@pytest.fixture(scope="module")
def lived(made_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The demo's shop after some more nights."""
    folder = shutil.copytree(made_demo, tmp_path_factory.mktemp("talk") / "shop")
    shop = Shop(program=folder / "program.yaml", database=folder / "loyalty.db", now=MORNING, secret=SECRET)
    for night in NIGHTS:
        at = replace(shop, now=MORNING + timedelta(days=night))
        recalc(at)
        issue_coupons(at)
        if night == NIGHTS[0]:
            complaint_add(at, complaining(at), "The cup was broken.", Asked(by="Ewa", reason="at the counter", key="cup"))
        send_messages(at, {})
    return shop


def complaining(shop: Shop) -> str:
    """The card of who complains."""
    with shop.reading() as connection:
        first = connection.execute("SELECT max(day) FROM receipt").fetchone()[0] - 30
        return str(connection.execute(WHO_COMPLAINS, (first, first)).fetchone()[0])


def rows(shop: Shop, question: str) -> list[tuple[object, ...]]:
    with shop.reading() as connection:
        return connection.execute(question).fetchall()


def test_all_kinds_went_out(lived: Shop) -> None:
    sent = rows(lived, "SELECT DISTINCT m.name FROM message m JOIN message_event e ON e.message_id = m.id WHERE e.what = 'sent'")
    assert {name for (name,) in sent} == {"thanks", "birthday greeting", "survey", "coupon lapses", "thank you"}


@pytest.mark.parametrize("question", ALL)
def test_nobody_got_what_they_should_not(lived: Shop, question: str) -> None:
    assert rows(lived, question) == []


def test_every_question_finds_what_it_looks_for(lived: Shop) -> None:
    """Each question with its condition turned round finds something, so that it can fail."""
    assert rows(lived, WITHOUT_CONSENT.replace("<> 1", "= 1"))
    assert rows(lived, ABOVE_THE_CAP.replace("> 2", "<= 2"))
    assert rows(lived, ASKED_TWICE.replace("> 1", "= 1"))
    assert rows(lived, TWICE.replace("> 1", "= 1"))
    assert rows(lived, UNEXPLAINED.replace("NOT EXISTS", "EXISTS"))


def test_who_complains_is_not_asked_though_it_was_due_and_agreed_to(lived: Shop) -> None:
    """The survey of the silenced member is kept from going, and nothing else than the complaint does that."""
    silenced = f"""
    SELECT c.id FROM complaint c JOIN ledger l ON l.member_id = c.member_id JOIN asset a ON a.id = l.asset_id
     WHERE c.text LIKE 'The cup%' AND a.name = 'message:survey'
       AND l.effective_on + 31 BETWEEN c.day AND c.day + {NIGHTS[-1] - NIGHTS[0]}"""
    sent = "SELECT m.id FROM message m JOIN complaint c ON c.member_id = m.member_id WHERE m.purpose = 'survey' AND c.text LIKE 'The cup%'"
    assert rows(lived, silenced)
    assert not rows(lived, sent + " AND EXISTS (SELECT 1 FROM message_event e WHERE e.message_id = m.id AND e.what = 'begun')")


def test_the_list_says_of_every_message_what_it_was_for(lived: Shop) -> None:
    (table,) = list_messages(lived, first=0, last=NEVER, doubtful=False, why=True).tables
    assert len(table.rows) == rows(lived, "SELECT count(*) FROM message")[0][0]
    for row in table.rows:
        rule, _, day = str(row[-1]).rpartition(" ")
        assert rule.startswith("rewards.your opinion," if row[1] == "thank you" else f"rewards.message {row[1]},")
        assert day.startswith("202")
