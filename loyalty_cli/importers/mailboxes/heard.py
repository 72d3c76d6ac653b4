"""What a mail that came back says: it could not be delivered (RFC 3464), somebody leaves, confirms, or writes freely.

The first words decide: those of the subject, else of the first line that is not quoted. A mail that a machine wrote
(RFC 3834) says nothing.
"""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parseaddr
from email.utils import parsedate_to_datetime
from typing import cast
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from email.message import EmailMessage

What = Literal["bounce", "leave", "confirm", "reply", "machine"]

LEAVE = re.compile(
    r"\W*(leave|unsubscribe|stop|remove|wypisz|rezygnuj|rezygnacja|отписать|отпиш|отписка|стоп|dezabon|renunț|renunt)", re.IGNORECASE
)
CONFIRM = re.compile(r"\W*(confirm|yes|tak|potwierdzam|да|подтвержда|da)\b", re.IGNORECASE)
# What mail programs put before the subject of an answer.
ANSWER = re.compile(r"^\s*((re|odp|aw|отв|ответ|răsp|rasp|fwd?|pd)\s*(\[\d+\])?:\s*)+", re.IGNORECASE)
KEY = re.compile(r"<([\w.-]+)@[^<>\s]+>")
# No such mailbox, domain or host (RFC 3463, 3.2), or the mailbox is disabled.
DEAD = re.compile(r"5\.(1\.[0-6]|1\.10|2\.1)$")
# Where the writer's own words end: what is quoted, or the line in which a mail program says who wrote it.
QUOTED = re.compile(
    r"[>]|On |W dniu|----|____|.*(<[^<>\s]+@[^<>\s]+>|wrote|napisała?|napisał\(a\)|пишет|написала?|написал\(а\)|a scris)[^\w]*:\s*$"
)
LONGEST = 10_000


class Heard(NamedTuple):
    """One mail: its own id, who wrote it when, what it is, the words, the keys of messages it answers.

    Of a bounce `address` is whom it was for, `dead` whether there is no such address, `text` the server's words.
    """

    id: str
    what: What
    address: str
    at: datetime | None
    text: str = ""
    subject: str = ""
    keys: tuple[str, ...] = ()
    dead: bool = False


def heard_in(mail: EmailMessage) -> Iterator[Heard]:
    """What a mail says; a report may tell of several addresses."""
    id_, at = str(mail["Message-ID"] or "").strip(), moment_of(mail)
    if mail.get_content_type() == "multipart/report" and str(mail.get_param("report-type", "")).lower() == "delivery-status":
        yield from bounces_of(mail, id_, at)
        return
    subject = " ".join(str(mail["Subject"] or "").split())
    address = address_of(mail)
    text = words_of(mail)
    keys = tuple(KEY.findall(f"{mail['In-Reply-To'] or ''} {mail['References'] or ''}"))
    machine = str(mail["Auto-Submitted"] or "no").lower() != "no" or mail["List-Id"] is not None
    yield Heard(id_, "machine" if machine else meant(subject, text), address, at, text, subject, keys)


def meant(subject: str, text: str) -> What:
    """Whether somebody leaves, confirms or writes freely.

    >>> meant("leave 12-00", ""), meant("Re: News", "STOP"), meant("Odp: Zgoda", "tak, proszę"), meant("Re: News", "Thank you")
    ('leave', 'leave', 'confirm', 'reply')
    """
    answered = bool(ANSWER.match(subject))
    first = text.lstrip().partition("\n")[0]
    said = first if answered else subject or first
    if LEAVE.match(said):
        return "leave"
    return "confirm" if CONFIRM.match(said) else "reply"


def bounces_of(mail: EmailMessage, id_: str, at: datetime | None) -> Iterator[Heard]:
    """The addresses that a delivery report speaks of; one that is only late is no bounce."""
    keys: list[str] = []
    failed: list[tuple[str, str, str]] = []
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in cast("list[EmailMessage]", part.get_payload() if part.is_multipart() else []):
                to = str(block["Final-Recipient"] or block["Original-Recipient"] or "").partition(";")[2].strip()
                if to and str(block["Action"]).strip().lower() == "failed":
                    words = str(block["Diagnostic-Code"] or "").partition(";")[2]
                    codes = str(block["Status"] or "").split()
                    failed.append((to, codes[0] if codes else "", " ".join(words.split())))
        elif kind == "text/rfc822-headers":
            keys += KEY.findall("".join(re.findall(r"(?im)^message-id:.*$", str(part.get_payload(decode=False)))))
        elif part is not mail and part["Message-ID"] is not None:
            keys += KEY.findall(str(part["Message-ID"]))
    for to, status, words in failed:
        yield Heard(id_, "bounce", to, at, f"{status} {words}".strip(), "", tuple(keys), dead=bool(DEAD.search(status)))


def address_of(mail: EmailMessage) -> str:
    """Who wrote it, or nothing where that is no address: comments may lie within comments deeper than anybody reads."""
    try:
        return parseaddr(str(mail["From"] or ""))[1]
    except RecursionError:
        return ""


def moment_of(mail: EmailMessage) -> datetime | None:
    """When it was written, if it says so in a form that is known."""
    try:
        at = parsedate_to_datetime(str(mail["Date"]))
    except (TypeError, ValueError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def words_of(mail: EmailMessage) -> str:
    """The plain text as far as it is the writer's own: until the first quoted line."""
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):  # a set of letters that nobody knows, or whose name is no name
        text = bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")
    if part.get_content_type() == "text/html":
        text = re.sub(r"<[^<>]*>", " ", re.sub(r"(?i)<br\s*/?>|</p>", "\n", text))
    own: list[str] = []
    for line in text[:LONGEST].splitlines():
        if QUOTED.match(line):
            break
        own.append(line.rstrip())
    return "\n".join(own).strip()
