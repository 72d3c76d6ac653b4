"""E-mail by a real mail server on this machine: everything once, refusals told apart, TLS, and a line that breaks at every point."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
from email import message_from_bytes
from email.policy import default
from typing import Any
from typing import TYPE_CHECKING

import pytest
import trustme
from aiosmtpd.smtp import AuthResult

from loyalty_cli.model.errors import OutOfReach
from loyalty_cli.program.blocks.senders import EmailWay
from loyalty_cli.render.words import say
from loyalty_cli.senders.smtp import SmtpSender
from loyalty_cli.senders.smtp import why_unreached
from tests.senders.mailroom import free_port
from tests.senders.mailroom import mail_server
from tests.senders.mailroom import Mailroom
from tests.senders.messages import message
from tests.senders.messages import NOW
from tests.senders.messages import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.message import Answer
    from loyalty_cli.model.message import Message

HEAD = {"sender": "Klub Łąka <club@shop.example>", "reply_to": "answers@shop.example", "unsubscribe": ("leave@shop.example",)}
# aiosmtpd speaks of its own deprecations while it closes.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def way_to(port: int, **more: str) -> EmailWay:
    return EmailWay(by="smtp", host="127.0.0.1", port=port, **{"security": "none", **HEAD, **more})


def sent(port: int, messages: list[Message], *, password: str = "", **more: str) -> list[Answer]:
    return list(SmtpSender(way_to(port, **more), password, NOW, timeout=5).send(messages))


def test_five_hundred_messages_arrive_once_and_whole() -> None:
    room = Mailroom()
    languages = ("pl", "ru", "ro", "en")
    messages = [message(number, language=languages[number % 4], html="<p>Łąka</p>") for number in range(500)]
    with mail_server(room) as port:
        answers = sent(port, messages)
    assert [answer.result for answer in answers] == ["sent"] * 500
    assert {address: len(mails) for address, mails in room.kept.items()} == {f"member{number}@x.example": 1 for number in range(500)}
    for number in range(0, 500, 7):
        mail = message_from_bytes(room.kept[f"member{number}@x.example"][0], policy=default)
        plain, html = mail.iter_parts()
        assert mail["Subject"] == f"Dziękujemy № {number}"
        assert mail["From"].addresses[0].display_name == "Klub Łąka"
        assert (mail["Message-ID"], mail["Reply-To"]) == (f"<k{number}@shop.example>", "answers@shop.example")
        assert mail["Content-Language"] == languages[number % 4]
        assert plain.get_content().replace("\r\n", "\n") == TEXTS[languages[number % 4]]
        assert (html.get_content_type(), html.get_content().strip()) == ("text/html", "<p>Łąka</p>")
        assert mail["List-Unsubscribe"] == f"<mailto:leave@shop.example?subject=leave%20t{number}>"
        assert mail["List-Unsubscribe-Post"] is None


def test_refusals_are_told_apart_and_greylisting_waits_for_another_night() -> None:
    room = Mailroom()
    addresses = ["nobody@x.example", "blocked@x.example", "full@x.example", "grey@x.example", "good@x.example"]
    messages = [message(number, address=address) for number, address in enumerate(addresses)]
    messages.append(message(5, text="spam"))
    with mail_server(room) as port:
        first = sent(port, messages)
        assert [(one.result, one.dead) for one in first] == [
            ("refused", True),
            ("refused", False),
            ("refused", False),
            ("again", False),
            ("sent", False),
            ("refused", False),
        ]
        assert first[0].said == "550 5.1.1 no such user"
        assert [one.result for one in sent(port, [messages[3]])] == ["sent"]
    assert {address: len(mails) for address, mails in room.kept.items()} == {"good@x.example": 1, "grey@x.example": 1}


def test_a_server_that_is_not_there_leaves_every_message_untouched() -> None:
    port = free_port()
    pulled: list[int] = []

    def claimed() -> Iterator[Message]:
        for number in range(3):
            pulled.append(number)
            yield message(number)

    sender = SmtpSender(way_to(port), "", NOW, timeout=2)
    with pytest.raises(OutOfReach):
        list(sender.send(claimed()))
    assert pulled == []


def test_why_a_server_is_not_reached_is_said_in_the_language_of_the_shop() -> None:
    with pytest.raises(OutOfReach) as caught:
        sent(free_port(), [message(0)])
    assert say(caught.value.phrase, "pl") == "Serwer poczty 127.0.0.1 nie odpowiada: pod tym portem nic nie odpowiada."
    for error, why in (
        (socket.gaierror(-2, "Name or service not known"), "there is no server of this name, or this computer is not on the network"),
        (TimeoutError("timed out"), "no answer came in time"),
        (ConnectionResetError(104, "reset"), "the connection broke off"),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "the connection broke off"),
        (OSError(101, "Network is unreachable"), "[Errno 101] Network is unreachable"),
    ):
        assert str(why_unreached(error)) == why


def test_the_password_goes_over_tls_only_and_a_wrong_one_stops(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    ours, others = tmp_path / "ours.pem", tmp_path / "others.pem"
    authority.cert_pem.write_to_path(str(ours))
    trustme.CA().cert_pem.write_to_path(str(others))

    def authenticator(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"right")

    room = Mailroom()
    more = {"tls_context": context, "require_starttls": True, "authenticator": authenticator, "auth_required": True}
    with mail_server(room, **more) as port:
        inside = {"security": "starttls", "user": "club", "certificates": str(ours)}
        assert [one.result for one in sent(port, [message(1)], password="right", **inside)] == ["sent"]
        with pytest.raises(OutOfReach):
            sent(port, [message(2)], password="wrong", **inside)
        with pytest.raises(OutOfReach):
            sent(port, [message(3)], security="starttls", user="club", password="right", certificates=str(others))
    assert list(room.kept) == ["member1@x.example"]


class Breaking(threading.Thread):
    """A mail server that hangs up at one point of the second message's dialogue, and keeps what it has taken."""

    def __init__(self, point: str) -> None:
        super().__init__(daemon=True)
        self.point = point
        self.kept: list[str] = []
        self.hung_up = False
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]

    def run(self) -> None:
        """One connection after another."""
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb", buffering=0) as line, contextlib.suppress(OSError):
                self.talk(line)

    def breaks(self, point: str, *, second: bool) -> bool:
        """Whether to hang up here; once only."""
        if self.hung_up or point != self.point or not second:
            return False
        self.hung_up = True
        return True

    def talk(self, line: Any) -> None:  # noqa: C901 -- a dialogue, line by line
        """The dialogue of RFC 5321."""
        line.write(b"220 here\r\n")
        address, body = "", 0
        while command := line.readline():
            word = command[:4].strip().upper().decode()
            second = len(self.kept) == 1
            if self.breaks(word, second=second):
                return
            if word == "RCPT":
                address = command.split(b"<")[1].split(b">")[0].decode()
            if word == "DATA":
                line.write(b"354 go on\r\n")
                while (text := line.readline()) != b".\r\n":
                    body += 1
                    if not text or (body == 3 and self.breaks("BODY", second=second)):
                        return
                if self.breaks("DOT, LOST", second=second):
                    return
                self.kept.append(address)
                if self.breaks("DOT, KEPT", second=second):
                    return
                body = 0
            line.write(b"250 fine\r\n" if word != "QUIT" else b"221 bye\r\n")
            if self.breaks(f"{word} ANSWERED", second=second):
                return


POINTS = ["MAIL", "RCPT", "DATA", "BODY", "DOT, LOST", "DOT, KEPT", "MAIL ANSWERED", "RCPT ANSWERED", "DATA ANSWERED"]


@pytest.mark.parametrize("point", POINTS)
def test_wherever_the_line_breaks_nothing_is_sent_twice_and_nothing_is_lost_unsaid(point: str) -> None:
    server = Breaking(point)
    server.start()
    messages = [message(number) for number in range(4)]
    results = {answer.key: answer.result for answer in sent(server.port, messages)}
    again = [one for one in messages if results[one.key] == "again"]
    results |= {answer.key: answer.result for answer in sent(server.port, again)}
    server.socket.close()
    assert server.hung_up
    arrived = {one.key: server.kept.count(one.address) for one in messages}
    assert all(count <= 1 for count in arrived.values())
    # A short body is on its way whole, dot and all, before the break is felt: nobody knows, either.
    in_doubt = ["k1"] if point.startswith(("DOT", "BODY")) else []
    assert [key for key, result in results.items() if result == "doubtful"] == in_doubt
    assert all(arrived[key] == 1 for key, result in results.items() if result == "sent")
    assert set(results.values()) <= {"sent", "doubtful"}
