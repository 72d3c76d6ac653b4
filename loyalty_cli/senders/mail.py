"""A message as e-mail: plain text, HTML beside it where there is one, and how to leave the list (RFC 2369, RFC 8058).

One click needs an address of the web, and the signature of the mail server (DKIM) over both headers; with an e-mail
address alone `List-Unsubscribe-Post` must not stand.
"""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import quote

from loyalty_cli.program.blocks.senders import TOKEN
from loyalty_cli.senders.mail_page import page_of

if TYPE_CHECKING:
    from datetime import datetime

    from loyalty_cli.model.message import Message
    from loyalty_cli.program.blocks.senders import EmailWay

# Every relay takes lines of seven bits.
POLICY = SMTP.clone(cte_type="7bit")
# A long address begins a line of its own, as the library folds it; some mail programs then see no value.
FOLDED, UNFOLDED = b"List-Unsubscribe:\r\n <", b"List-Unsubscribe: <"
ONE_CLICK = "List-Unsubscribe=One-Click"
LEAVE = "leave"
"""The first word of the subject by which a list is left; the member's token follows."""


def mail_of(message: Message, way: EmailWay, now: datetime) -> EmailMessage:
    """The e-mail; a line break within a name or an address is taken out, so that nobody writes headers of their own."""
    mail = EmailMessage(policy=POLICY)
    name, address = parseaddr(way.sender)
    mail["From"] = written(name, address)
    mail["To"] = written(message.name, message.address)
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.key}@{address.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    if message.reply_to or way.reply_to:
        mail["Reply-To"] = one_line(message.reply_to or way.reply_to)
    if message.unsubscribe:
        add_ways_to_leave(mail, way.unsubscribe or (address,), message.unsubscribe)
    mail.set_content(message.text, cte=None)
    if message.html or way.html:
        mail.add_alternative(message.html or page_of(message.text, message.subject, message.language), subtype="html", cte=None)
    # Last, because whatever is said of the content moves into its parts with them.
    mail["Content-Language"] = message.language
    return mail


def add_ways_to_leave(mail: EmailMessage, ways: tuple[str, ...], token: str) -> None:
    """By e-mail with the token in the subject, by a click on an address of the web, or both."""
    web = [way.replace(TOKEN, quote(token)) for way in ways if way.startswith("https://")]
    post = [f"mailto:{way}?subject={LEAVE}%20{quote(token)}" for way in ways if not way.startswith("https://")]
    mail["List-Unsubscribe"] = ", ".join(f"<{way}>" for way in (*web, *post))
    if web:
        mail["List-Unsubscribe-Post"] = ONE_CLICK


def written(name: str, address: str) -> Address | str:
    """A name and an address as a header has them; an address the library can not take apart stays as it is."""
    local, _, domain = one_line(address).rpartition("@")
    try:
        return Address(one_line(name), local, domain.encode("idna").decode() if not domain.isascii() else domain)
    except (ValueError, UnicodeError):
        return one_line(address)


def one_line(text: str) -> str:
    r"""Without line breaks.

    >>> one_line(" Ana\r\nBcc: all@x.example")
    'Ana Bcc: all@x.example'
    """
    return " ".join(text.split())


def bytes_of(mail: EmailMessage, *, utf8: bool = False) -> bytes:
    """As it goes over the wire; `utf8` where the server takes addresses of any letters (RFC 6531)."""
    return mail.as_bytes(policy=POLICY.clone(utf8=utf8)).replace(FOLDED, UNFOLDED, 1)
