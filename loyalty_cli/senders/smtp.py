"""E-mail by a mail server (RFC 5321), over STARTTLS (RFC 3207) or TLS (RFC 8314).

A message is the server's once it has answered the lone dot with 250. Before the dot nothing can have been delivered, so a
broken connection only means another night; after it, without an answer, nobody knows (RFC 1047), and a person looks.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from email.utils import parseaddr
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import OutOfReach
from loyalty_cli.model.message import Answer
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.senders.mail import bytes_of
from loyalty_cli.senders.mail import mail_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import datetime

    from loyalty_cli.model.message import Message
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.blocks.senders import EmailWay

READY, GO_ON, CLOSING, PERMANENT = 250, 354, 421, 500
TIMEOUT = 30.0
"""Seconds for each answer of the server."""
# So many connections that break in a row are a server that is down.
MOST_BROKEN = 3
# An address that does not exist: bad mailbox, system or syntax (5.1.x), mailbox disabled (5.2.1), or no word on it (RFC 3463).
DEAD = re.compile(r"5\.(1\.[0-6]|1\.10|2\.1|0\.0)\b")
STATUS = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


class Broken(Exception):
    """The connection broke; whether the message may have gone."""

    def __init__(self, why: object, *, may_have_gone: bool = False) -> None:
        super().__init__(str(why))
        self.why = why_unreached(why)
        self.may_have_gone = may_have_gone


class SmtpSender:
    """Sends one message after another over one connection, and over a new one where it broke."""

    def __init__(self, way: EmailWay, password: str, now: datetime, *, timeout: float = TIMEOUT) -> None:
        self.way = way
        self.password = password
        self.now = now
        self.timeout = timeout

    def send(self, messages: Iterable[Message]) -> Iterator[Answer]:
        """A message is pulled only while a connection stands; without one the rest stays where it is."""
        connection = self.connected()
        broken = 0
        try:
            for message in messages:
                try:
                    yield self.answer_to(connection, message)
                    broken = 0
                except Broken as error:
                    yield Answer(message.key, "doubtful" if error.may_have_gone else "again", str(error))
                    connection.close()
                    broken += 1
                    if broken == MOST_BROKEN:
                        text = "The mail server {host} breaks the connection: {why}."
                        raise OutOfReach(text, host=self.way.host, why=error.why) from error
                    connection = self.connected()
                except OutOfReach as error:
                    yield Answer(message.key, "again", str(error))
                    raise
            self.leave(connection)
        finally:
            connection.close()

    def connected(self) -> smtplib.SMTP:
        """A connection that is protected as asked and logged in, or OutOfReach."""
        way = self.way
        try:
            trusted = ssl.create_default_context(cafile=way.certificates or None)
            if way.security == "tls":
                connection: smtplib.SMTP = smtplib.SMTP_SSL(way.host, way.port, timeout=self.timeout, context=trusted)
            else:
                connection = smtplib.SMTP(way.host, way.port, timeout=self.timeout)
        except (OSError, smtplib.SMTPException) as error:
            raise OutOfReach("The mail server {host} can not be reached: {why}.", host=way.host, why=why_unreached(error)) from error
        # The lone dot follows a message at once, without waiting until the network has confirmed the text.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # type: ignore[union-attr]
        try:
            connection.ehlo_or_helo_if_needed()
            if way.security == "starttls":
                connection.starttls(context=trusted)
                connection.ehlo()
            if way.user:
                connection.login(way.user, self.password)
        except (OSError, smtplib.SMTPException) as error:
            connection.close()
            raise OutOfReach("The mail server {host} does not let us in: {why}.", host=way.host, why=why_unreached(error)) from error
        return connection

    def answer_to(self, connection: smtplib.SMTP, message: Message) -> Answer:
        """Hand over one message; Broken where the connection ends."""
        mail = mail_of(message, self.way, self.now)
        to = parseaddr(str(mail["To"]))[1] or message.address
        options = []
        if not to.isascii():
            if not connection.has_extn("smtputf8"):
                return Answer(message.key, "refused", "SMTPUTF8")
            options = ["SMTPUTF8"]
        try:
            code, said = connection.mail(parseaddr(self.way.sender)[1], options)
            if code == READY:
                code, said = connection.rcpt(to)
                if code // 100 != READY // 100:
                    return self.turned_down(connection, message, (code, said), at_address=True)
                code, said = connection.docmd("data")
            elif code >= PERMANENT:
                raise OutOfReach("The mail server takes nothing from {sender}: {why}.", sender=self.way.sender, why=words(said))
            if code != GO_ON:
                return self.turned_down(connection, message, (code, said))
            connection.send(dotted(bytes_of(mail, utf8=bool(options))))
        except (OSError, smtplib.SMTPException) as error:
            raise Broken(error) from error
        return self.end_of_data(connection, message)

    def end_of_data(self, connection: smtplib.SMTP, message: Message) -> Answer:
        """The lone dot and its answer: from here on the message may have gone."""
        try:
            connection.send(b".\r\n")
            code, said = connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise Broken(error, may_have_gone=True) from error
        if code // 100 == READY // 100:
            return Answer(message.key, "sent", words(said))
        return self.turned_down(connection, message, (code, said))

    def turned_down(self, connection: smtplib.SMTP, message: Message, reply: tuple[int, bytes], *, at_address: bool = False) -> Answer:
        """For good (5xx) or for now (4xx); the next message begins afresh."""
        code, said = reply
        text = f"{code} {words(said)}"
        if code == CLOSING or code < 0:
            raise Broken(text)
        try:
            connection.rset()
        except (OSError, smtplib.SMTPException) as error:
            raise Broken(error) from error
        if code < PERMANENT:
            return Answer(message.key, "again", text)
        return Answer(message.key, "refused", text, dead=at_address and says_dead(text))

    def leave(self, connection: smtplib.SMTP) -> None:
        """Say goodbye; what was answered stands, whatever comes of it."""
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            return


BROKE_OFF = phrase("the connection broke off")
# The usual reasons; the system says them in a language of its own. Without a network no name is found.
UNREACHED: tuple[tuple[type[OSError], Phrase], ...] = (
    (socket.gaierror, phrase("there is no server of this name, or this computer is not on the network")),
    (TimeoutError, phrase("no answer came in time")),
    (ConnectionRefusedError, phrase("nothing answers at this port")),
    (ConnectionError, BROKE_OFF),
    (smtplib.SMTPServerDisconnected, BROKE_OFF),
)


def why_unreached(error: object) -> object:
    """Why a server could not be spoken with, in words; what is rarer as the system or the server says it."""
    return next((why for kind, why in UNREACHED if isinstance(error, kind)), error)


def says_dead(text: str) -> bool:
    """Whether a refusal of an address says that there is none, not that something else is wrong.

    >>> says_dead("550 5.1.1 no such user"), says_dead("550 5.7.1 blocked"), says_dead("550 no mailbox here"), says_dead("552 5.2.2 full")
    (True, False, True, False)
    """
    return bool(DEAD.search(text)) or (STATUS.search(text) is None and text[:3] in {"550", "551", "553"})


def words(said: bytes) -> str:
    """What the server said, on one line."""
    return " ".join(said.decode("utf-8", "replace").split())


def dotted(mail: bytes) -> bytes:
    """A mail's lines as they go over the wire, without the lone dot: a dot at a line's beginning is doubled (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"(?m)^\.", b"..", mail)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
