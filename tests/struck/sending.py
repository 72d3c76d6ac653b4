"""A shop with messages that are due and a real mail server: sending is struck at its calls, and what arrived is counted."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from tests.struck.commands import loyalty
from tests.struck.judging import may_strike
from tests.struck.judging import striking
from tests.struck.judging import Struck

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.senders.mailroom import Mailroom
    from tests.struck.calls import Call

SEND = "messages send"
MAY_HAVE_GONE = {"begun", "doubtful"}
LANGUAGES = ("pl", "ru", "ro", "en")
TEXTS = {
    "pl": "{Drogi|Droga} {first_name}, dziękujemy!",
    "ru": "Спасибо, {first_name}!",
    "ro": "Mulțumim, {first_name}!",
    "en": "Thank you, {first_name}!",
}
PROGRAM = """\
program: Kącik
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
messages:
  thanks: {when: {one_purchase: 20.00}, by: email, subject: "Dziękujemy", text: TEXTS}
senders:
  email: {by: smtp, host: 127.0.0.1, port: PORT, sender: Kącik <club@shop.example>, unsubscribe: leave@shop.example, html: yes, SECURITY}
"""
# How the last event of a message stands after everything has been sent that may go.
GONE = """SELECT m.email, e.what FROM message AS g JOIN member AS m ON m.id = g.member_id
  JOIN message_event AS e ON e.id = (SELECT max(id) FROM message_event WHERE message_id = g.id)"""


def shop_with_mail(folder: Path, addresses: Iterable[str], port: int, *, security: str = "security: none") -> Path:
    """Every address bought something yesterday and is to be thanked; everybody has agreed to it."""
    shop = folder / "prepared"
    shop.mkdir()
    texts = "{" + ", ".join(f'{language}: "{text}"' for language, text in TEXTS.items()) + "}"
    program = PROGRAM.replace("TEXTS", texts).replace("PORT", str(port)).replace("SECURITY", security)
    (shop / "program.yaml").write_text(program, encoding="utf-8")
    people, bought = ["card,name,email,language,consents"], ["date,time,store,receipt,card,product,quantity,amount"]
    for number, address in enumerate(addresses):
        card = f"29{number:05}"
        people.append(f"{card},Ewa Łąka {number},{address},{LANGUAGES[number % 4]},email")
        bought.append(f"2026-11-20,10:{number % 60:02}:00,Market,N{number},{card},P1,1,30.00")
    (shop / "people.csv").write_text("\n".join(people), encoding="utf-8")
    (shop / "bought.csv").write_text("\n".join(bought), encoding="utf-8")
    before = ("init", "import purchases bought.csv --store Market --another-store", "import members people.csv")
    for words in (*before, "recalc --as-of 2026-11-20"):
        done = loyalty(shop, words)
        assert not done.code, (words, done.out, done.err)
    return shop


class Mailing:
    """Sending in a prepared shop, to be struck at one of its calls on a copy each time."""

    def __init__(self, shop: Path, room: Mailroom) -> None:
        self.shop = shop
        self.room = room
        self.names: list[str] = []
        # The calls with the lone dot: from there on a message may have gone.
        self.dots: list[int] = []
        copy = self.copied()
        room.empty()
        done = loyalty(copy, SEND, self.recorded)
        assert done.code in {0, 10}, (done.code, done.out, done.err)
        # Whom the server would not take at the first try is written at the second.
        loyalty(copy, SEND)
        self.whole = room.arrived()

    def recorded(self, call: Call) -> None:
        """A call of sending that nothing strikes."""
        self.names.append(call.name)
        if call.name in {"sendto", "write"} and call.content() == b".\r\n":
            self.dots.append(call.number)

    def copied(self) -> Path:
        """The shop afresh."""
        copy = self.shop.parent / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.shop, copy)
        return copy

    def moments(self, ways: Iterable[str], *, every: int = 1) -> list[tuple[str, int]]:
        """Every moment at which sending can be struck."""
        numbered = list(enumerate(self.names, 1))[::every]
        return [(way, number) for way in ways for number, name in numbered if may_strike(way, name)]

    def struck(self, moments: Iterable[tuple[str, int]]) -> Struck:
        """Strike at each moment, and send what is left."""
        result = Struck()
        for way, number in moments:
            copy = self.copied()
            self.room.empty()
            ran = loyalty(copy, SEND, striking(way, number))
            result.moments[way] += 1
            result.codes[ran.code] += 1
            fault = "" if "Traceback" not in ran.err else ran.err[-600:]
            if fault := fault or self.judged(copy):
                result.wrong.append(f"{way} at {number} ({self.names[number - 1]}): {fault}")
        return result

    def judged(self, copy: Path) -> str:
        """What is wrong once the rest was sent, and once a person has said of the doubtful ones what became of them."""
        again = loyalty(copy, SEND)
        if again.code not in {0, 10} or "Traceback" in again.err:
            return f"again ends with {again.code}: {again.err[-400:]}"
        if fault := self.miscounted(copy):
            return fault
        if doubtful_in(copy) and "messages list --doubtful" not in again.out + again.err:
            return f"nobody was told that {doubtful_in(copy)} may have gone"
        return self.resolved(copy) or self.ended(copy)

    def resolved(self, copy: Path) -> str:
        """A person says of each doubtful message what became of it; what is wrong with that."""
        arrived = self.room.arrived()
        for key, address in doubtful_in(copy):
            done = loyalty(copy, f"messages resolve {key} {'sent' if arrived.get(address) else 'not-sent'} --by Ewa")
            if done.code:
                return f"resolve ends with {done.code}: {done.err[-400:]}"
        return ""

    def ended(self, copy: Path) -> str:
        """What is wrong at the end; who was not taken at the first try comes at the second."""
        for _ in range(2):
            if self.room.arrived() != self.whole:
                loyalty(copy, SEND)
        if self.room.arrived() != self.whole:
            return f"arrived {self.room.arrived()}, not {self.whole}"
        checked = loyalty(copy, "check --full")
        return f"check ends with {checked.code}: {checked.out[-300:]}" if checked.code else ""

    def miscounted(self, copy: Path) -> str:
        """Where what the shop knows of a message and what the server has do not agree."""
        arrived = self.room.arrived()
        with closing(sqlite3.connect(copy / "loyalty.db")) as connection:
            known = dict(connection.execute(GONE).fetchall())
        doubtful = [address for address, what in known.items() if what in MAY_HAVE_GONE]
        sent = [address for address, what in known.items() if what == "sent"]
        wrong = [f"{address} came {count} times" for address, count in arrived.items() if count > 1]
        wrong += [f"{address} was sent and did not come" for address in sent if address not in arrived]
        wrong += [f"{address} came and is {known.get(address)}" for address in arrived if address not in {*sent, *doubtful}]
        wrong += [f"{address} was not begun" for address in self.whole if address not in known]
        return "; ".join([*wrong, *([f"{len(doubtful)} are doubtful"] if len(doubtful) > 1 else [])])


def doubtful_in(shop: Path) -> list[tuple[str, str]]:
    """Key and address of each message of which nobody knows whether it went."""
    with closing(sqlite3.connect(shop / "loyalty.db")) as connection:
        asked = connection.execute(GONE.replace("SELECT m.email", "SELECT g.key, m.email")).fetchall()
    return [(key, address) for key, address, what in asked if what in MAY_HAVE_GONE]


def wrong_in_mails(room: Mailroom) -> list[str]:
    """What is wrong with the mails that arrived: headers, language, text, the way to leave."""
    wrong: list[str] = []
    leaving: Counter[str] = Counter()
    for address, mails in room.kept.items():
        mail = message_from_bytes(mails[-1], policy=default)
        language = str(mail["Content-Language"])
        body = mail.get_body(("plain",))
        text = "" if body is None else str(body.get_content()).strip()
        wanted = TEXTS[language].replace("{first_name}", "Ewa").replace("{Drogi|Droga}", "Drogi/Droga")
        page = mail.get_body(("html",))
        leave = str(mail["List-Unsubscribe"])
        leaving[leave] += 1
        seen = (mail["To"].addresses[0].addr_spec, mail["Subject"], mail["From"].addresses[0].display_name, text)
        if page is None or f"<p>{wanted}</p>" not in page.get_content() or f'<html lang="{language}">' not in page.get_content():
            wrong.append(f"{address}: another page")
        if seen != (address, "Dziękujemy", "Kącik", wanted) or mail["List-Unsubscribe-Post"] is not None:
            wrong.append(f"{address}: {seen}")
        if not leave.startswith("<mailto:leave@shop.example?subject=leave%20") or mail.defects:
            wrong.append(f"{address}: {leave} {mail.defects}")
    return [*wrong, *(f"{leave} is of {count}" for leave, count in leaving.items() if count > 1)]
