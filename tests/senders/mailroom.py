"""A real mail server on this machine, which keeps what arrives and answers to addresses as they say."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

if TYPE_CHECKING:
    from collections.abc import Iterator

TURNED_DOWN = {"nobody": "550 5.1.1 no such user", "blocked": "550 5.7.1 not you", "full": "552 5.2.2 full"}


class Mailroom:
    """Keeps what arrives, by address, in the order it came."""

    def __init__(self) -> None:
        self.kept: dict[str, list[bytes]] = {}
        self.grey: set[str] = set()
        self.lines = 0
        self.changed = threading.Condition()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        """No such user, a blocked sender, a full mailbox, and whoever comes for the first time."""
        for word, answer in TURNED_DOWN.items():
            if address.startswith(word):
                return answer
        if address.startswith("grey") and address not in self.grey:
            self.grey.add(address)
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Taken, unless it is thought to be spam."""
        if b"spam" in envelope.content:
            return "554 5.7.1 spam"
        self.kept.setdefault(envelope.rcpt_tos[0], []).append(envelope.content)
        return "250 2.0.0 queued"

    def opened(self, more: int) -> None:
        """A line to the server was opened, or closed."""
        with self.changed:
            self.lines += more
            self.changed.notify_all()

    def arrived(self) -> dict[str, int]:
        """How many mails arrived for each address, once the server has heard every line to its end."""
        with self.changed:
            assert self.changed.wait_for(lambda: not self.lines, timeout=10)
        return {address: len(mails) for address, mails in self.kept.items()}

    def empty(self) -> None:
        """As it was before the first mail."""
        self.arrived()
        self.kept.clear()
        self.grey.clear()


class Line(SMTP):
    """A line to the server, which the room knows of."""

    def connection_made(self, transport: Any) -> None:
        """Opened."""
        self.event_handler.opened(1)
        # STARTTLS makes the line again without closing it.
        self.made = getattr(self, "made", 0) + 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Closed."""
        super().connection_lost(error)
        self.event_handler.opened(-self.made)
        self.made = 0


class Server(Controller):
    """The server, with lines that the room counts."""

    def factory(self) -> SMTP:
        """One line."""
        return Line(self.handler, **self.SMTP_kwargs)


@contextlib.contextmanager
def mail_server(room: Mailroom, **more: Any) -> Iterator[int]:
    """A server on a free port."""
    controller = Server(room, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
