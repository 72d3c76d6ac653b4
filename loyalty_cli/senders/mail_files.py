"""E-mail as files: an `.eml` for each message, or one mbox for a mail program (the form of RFC 4155, `>From ` quoted)."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import TYPE_CHECKING

from loyalty_cli.senders.files import batch_name
from loyalty_cli.senders.files import eml_name
from loyalty_cli.senders.files import Files
from loyalty_cli.senders.files import Made
from loyalty_cli.senders.mail import bytes_of
from loyalty_cli.senders.mail import mail_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from loyalty_cli.model.message import Message
    from loyalty_cli.program.blocks.senders import EmailWay

FROM_LINE = re.compile(rb"^(>*From )", re.MULTILINE)


def eml_files(messages: Sequence[Message], way: EmailWay, now: datetime) -> Files:
    """One file for each message, called by its key."""
    return Files([Made(eml_name(one.key), bytes_of(mail_of(one, way, now)), (one.key,)) for one in messages])


def mbox_file(messages: Sequence[Message], way: EmailWay, now: datetime) -> Files:
    """One file of all."""
    if not messages:
        return Files()
    start = f"From {parseaddr(way.sender)[1]} {now:%a %b %d %H:%M:%S %Y}\n".encode()
    mails = (bytes_of(mail_of(one, way, now)).replace(b"\r\n", b"\n") for one in messages)
    content = b"".join(start + FROM_LINE.sub(rb">\1", mail).rstrip(b"\n") + b"\n\n" for mail in mails)
    keys = tuple(one.key for one in messages)
    return Files([Made(f"mail-{batch_name(keys)}.mbox", content, keys)])
