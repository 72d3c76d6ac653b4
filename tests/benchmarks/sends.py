"""Strike `messages send` at every call, and send 500 messages through a server that fails; count what arrived.

    TMPDIR=/dev/shm python -m tests.benchmarks.sends [--every N] [--way WAY] [--tls] [--messages N --crashes K]
    TMPDIR=/dev/shm python -m tests.benchmarks.sends --port 25 --mailbox /var/mail/catch --messages 500 --crashes 4

Linux on x86-64 only. With `--messages` sending is killed K times, each time at another place, and each time begun again.
With `--port` and `--mailbox` the server is a real one on this machine that puts everything for x.example into one mbox file:

    postconf -e mydestination=x.example local_recipient_maps= luser_relay=catch@localhost.localdomain
"""

from __future__ import annotations

import argparse
import contextlib
import mailbox
import random
import ssl
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import trustme

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.senders.mailroom import mail_server
from tests.senders.mailroom import Mailroom
from tests.struck.commands import loyalty
from tests.struck.judging import striking
from tests.struck.judging import WAYS
from tests.struck.sending import doubtful_in
from tests.struck.sending import Mailing
from tests.struck.sending import SEND
from tests.struck.sending import shop_with_mail
from tests.struck.sending import wrong_in_mails

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW = ("ana@x.example", "nobody@x.example", "grey@x.example", "jan@x.example")


class MboxRoom(Mailroom):
    """What a real server has put into an mbox file; it may take a moment."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.before = self.addresses()

    def addresses(self) -> Counter[str]:
        """How many mails lie there, by the address that they were for; they are kept as if they came over the wire."""
        self.kept.clear()
        if self.path.exists():
            box = mailbox.mbox(self.path, create=False)
            for key, mail in box.iteritems():
                self.kept.setdefault(str(mail["X-Original-To"]), []).append(box.get_bytes(key))
            box.close()
        return Counter({address: len(mails) for address, mails in self.kept.items()})

    def arrived(self) -> dict[str, int]:
        """Once nothing more has come for two seconds."""
        last = self.addresses()
        while True:
            time.sleep(2)
            if (now := self.addresses()) == last:
                return dict(now - self.before)
            last = now

    def empty(self) -> None:
        """What lies there is of before."""
        self.before = self.addresses()


def main() -> None:
    """Every call of a small mailing, or a large one with crashes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="strike at every N-th call only")
    parser.add_argument("--way", action="append", choices=WAYS)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--messages", type=int, default=0)
    parser.add_argument("--crashes", type=int, default=8)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--mailbox", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loyalty-sends-") as name, server_of(asked, Path(name)) as (room, port, security):
        began = time.monotonic()
        if asked.messages:
            many(asked, shop_with_mail(Path(name), addresses(asked), port, security=security), room)
        else:
            mailing = Mailing(shop_with_mail(Path(name), FEW, port, security=security), room)
            result = mailing.struck(mailing.moments(asked.way or WAYS, every=asked.every))
            codes = " ".join(f"{code}:{count}" for code, count in sorted(result.codes.items()))
            say(f"{len(mailing.names)} calls, {dict(result.moments)}, {len(result.wrong)} wrong; exit codes {codes}")
            for fault in result.wrong:
                say(f"  {fault}")
        say(f"{time.monotonic() - began:.0f} s")


def addresses(asked: argparse.Namespace) -> list[str]:
    """Members, some of whom can not be reached, or at the second try."""
    kinds = ("ana", "jan", "nobody", "grey", "ewa", "blocked", "ola", "full") if not asked.port else ("ana",)
    return [f"{kinds[number % len(kinds)]}{number}@x.example" for number in range(asked.messages)]


@contextlib.contextmanager
def server_of(asked: argparse.Namespace, folder: Path) -> Iterator[tuple[Mailroom, int, str]]:
    """The server that is there, or one of our own."""
    if asked.port:
        yield MboxRoom(asked.mailbox), asked.port, "security: none"
        return
    room = Mailroom()
    if not asked.tls:
        with mail_server(room) as port:
            yield room, port, "security: none"
        return
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "trusted.pem"))
    with mail_server(room, tls_context=context, require_starttls=True) as port:
        yield room, port, f"security: starttls, certificates: {folder / 'trusted.pem'}"


def many(asked: argparse.Namespace, shop: Path, room: Mailroom) -> None:
    """Sending that is killed so often, each time begun again."""
    room.empty()
    chance = random.Random(asked.messages)
    for _ in range(asked.crashes):
        ran = loyalty(shop, SEND, striking("killed", chance.randint(1, 55 * asked.messages // asked.crashes)))
        say(f"  killed ({ran.code}): {sum(room.arrived().values())} arrived")
    for _ in range(2):
        ran = loyalty(shop, SEND)
        say(f"  {ran.out.strip()} {ran.err.strip()}")
    arrived, in_doubt = room.arrived(), doubtful_in(shop)
    wanted = {address for address in addresses(asked) if address.startswith(("ana", "jan", "grey", "ewa", "ola"))}
    lost = wanted - arrived.keys() - {address for _, address in in_doubt}
    twice = [address for address, count in arrived.items() if count > 1]
    gone = sum(address in arrived for _, address in in_doubt)
    say(f"{len(arrived)} arrived, {len(twice)} twice, {len(lost)} lost, {len(in_doubt)} doubtful ({gone} of them arrived)")
    say(f"mails that are wrong: {wrong_in_mails(room)[:5]}")


def say(text: str) -> None:
    """A line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
