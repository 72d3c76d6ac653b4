"""One message as a way out gets it, and what the way out answers.

A way out pulls messages one by one: whoever hands them over notes each as begun (a claim) before it is pulled, and its
answer after. A way out that stops pulling has not touched the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import NamedTuple
from typing import Protocol
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day

CASHIER, SLIP = AT_THE_TILL = ("cashier", "slip")
"""Ways of a message that waits for the member at the till: the cashier says it, or it stands on the slip. They need no address, and
nobody is written to, so no consent either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One text to one member by one channel.

    `key` is the same however often the message is planned, and made of letters, digits and hyphens. `address` is an e-mail
    address, a telephone number, or a postal address with its lines; `language` two letters. `html` is '' where there is
    plain text only. `unsubscribe` is the token by which an answer is known as this member's (see `store.members.unsubscribing`),
    '' where nothing is to be unsubscribed from.
    """

    key: str
    member: int
    channel: str
    purpose: str
    address: str
    name: str = ""
    language: str = "en"
    subject: str = ""
    text: str
    html: str = ""
    unsubscribe: str = ""
    reply_to: str = ""


class DueMessage(NamedTuple):
    """A message that the ledger owes.

    `what` and `whose` say in words that stay what it is for, so that its key is the same however often it is planned; `whose`
    is '' where `what` says it all, as of a receipt. `since` is the day it became due, `reason` the rule and the receipt or day.
    `cause` is the kind and number of what caused it.
    """

    what: str
    member: int
    name: str
    since: Day
    reason: str = ""
    whose: str = ""
    cause: tuple[int, int] = (0, 0)

    @property
    def coupon(self) -> int:
        """The number of the coupon it is about, 0 where it is about none."""
        kind, number = self.cause
        return number if kind == Cause.COUPON else 0

    @property
    def key(self) -> str:
        """By which it goes once; reckoned when asked for, which for most is never."""
        return short_key(self.what + self.whose)


def short_key(words: str) -> str:
    """The same key always for the same words, of letters and digits alone.

    >>> len(short_key("message thanks|1|Market|17|2900000000016"))
    20
    """
    # Imported here because whoever reads messages makes no keys.
    import hashlib

    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:20]


Result = Literal["sent", "refused", "again", "doubtful"]


class Answer(NamedTuple):
    """What became of one message.

    `sent`: handed over, as far as anybody can know. `refused`: not this message to this address, `said` is why. `again`: not
    sent and not lost, to be tried another night. `doubtful`: it may have gone; a person looks. `dead` says that the address
    itself does not exist, so that nothing should go there again.
    """

    key: str
    result: Result
    said: str = ""
    dead: bool = False


class Sender(Protocol):
    """A way out for messages of one channel."""

    def send(self, messages: Iterable[Message]) -> Iterator[Answer]:
        """Hand over each message pulled and answer it; OutOfReach, before or after, if there is no way out at present."""
        ...
